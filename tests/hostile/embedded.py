"""Pictures in PDFs that say they are larger than anything, or are; in every code that a PDF may have them in."""

import io
import struct
import zlib
from functools import partial

from PIL import Image

from tests.hostile.build import Hostile, Pdf, between, squeezed

_MEGABYTE = 1 << 20


def _picture(pdf: Pdf, data: bytes, entries: bytes, drawn: bytes = b"400 0 0 300 0 0 cm /I Do") -> None:
    image = pdf.stream(data, b"/Type/XObject/Subtype/Image" + entries)
    pdf.page(drawn, b"/XObject<</I %d 0 R>>" % image)


def _entries(wide: int, high: int, more: bytes, bits: int = 8) -> bytes:
    return b"/Width %d/Height %d/BitsPerComponent %d/ColorSpace/DeviceGray%s" % (wide, high, bits, more)


def _flate(pdf: Pdf, wide: int, high: int, bits: int = 8) -> None:
    _picture(pdf, zlib.compress(b"\0" * 999), _entries(wide, high, b"/Filter/FlateDecode", bits))


def _more_than_said(pdf: Pdf) -> None:
    _picture(pdf, squeezed(b"\x80" * _MEGABYTE, 2000), _entries(900, 900, b"/Filter/FlateDecode"))


def _flate_before_jpeg(pdf: Pdf) -> None:
    data = squeezed(b"\0" * _MEGABYTE, 2000)
    _picture(pdf, data, _entries(900, 900, b"/Filter[/FlateDecode/DCTDecode]"))


def _flate_before_fax(pdf: Pdf) -> None:
    data = zlib.compress(squeezed(b"\0" * _MEGABYTE, 2000))
    parms = b"/Filter[/FlateDecode/FlateDecode/CCITTFaxDecode]/DecodeParms[null null<</K -1/Columns 900/Rows 900>>]"
    _picture(pdf, data, _entries(900, 900, parms, 1))


def _jpeg(size: tuple[int, int] | None, said: tuple[int, int], progressive: bool = False) -> bytes:
    """A JPEG whose head says another size than its picture has."""
    packed = io.BytesIO()
    Image.new("L", said, 200).save(packed, "JPEG", progressive=progressive)
    data = packed.getvalue()
    if size is None:
        return data
    mark = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    return data[: mark + 5] + struct.pack(">HH", size[1], size[0]) + data[mark + 9 :]


def _wild_jpeg(pdf: Pdf) -> None:
    _picture(pdf, _jpeg((65_500, 65_500), (64, 64)), _entries(65_500, 65_500, b"/Filter/DCTDecode"))


def _other_jpeg(pdf: Pdf) -> None:
    _picture(pdf, _jpeg((65_500, 65_500), (64, 64)), _entries(900, 900, b"/Filter/DCTDecode"))


def scans_jpeg(scans: int, side: int = 65_500) -> bytes:
    """A progressive JPEG of many passes, each of which goes over the whole picture again."""
    data = _jpeg((side, side), (64, 64), progressive=True)
    start = data.rindex(b"\xff\xda")
    last = data[start:-2]
    return data[:start] + last * scans + b"\xff\xd9"


def _passes(pdf: Pdf) -> None:
    _picture(pdf, scans_jpeg(3000, 9000), _entries(9000, 9000, b"/Filter/DCTDecode"))


def _fax(pdf: Pdf, wide: int, high: int, rows: int) -> None:
    parms = b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns %d/Rows %d>>" % (wide, rows)
    _picture(pdf, b"\xff" * 200_000, _entries(wide, high, parms, 1))


def _jbig2(pdf: Pdf, wide: int, high: int) -> None:
    """A page of that size, then one generic region as large."""
    page = struct.pack(">IBBI", 0, 48, 1, 19) + struct.pack(">IIIIBH", wide, high, 0, 0, 0, 0)
    region = struct.pack(">IIIIB", wide, high, 0, 0, 0) + b"\x08" + b"\x03\xff\xfd\xff\x02\xfe\xfe\xfe" + b"\0" * 64
    body = struct.pack(">IBBI", 1, 38, 1, len(region)) + region
    _picture(pdf, page + body, _entries(900, 900, b"/Filter/JBIG2Decode", 1))


def jpeg2000(size: int, said: int) -> bytes:
    """A JPEG 2000 whose head says another size than its picture has."""
    packed = io.BytesIO()
    Image.new("L", (size, size), 200).save(packed, "JPEG2000", no_jp2=True)
    data = bytearray(packed.getvalue())
    mark = data.index(b"\xff\x51")
    struct.pack_into(">II", data, mark + 6, said, said)
    struct.pack_into(">II", data, mark + 22, said, said)
    return bytes(data)


def _wild_jpeg2000(pdf: Pdf, said: int) -> None:
    _picture(pdf, jpeg2000(64, said), b"/Width 900/Height 900/Filter/JPXDecode")


def _tiled_jpeg2000(pdf: Pdf) -> None:
    data = bytearray(jpeg2000(64, 60_000))
    mark = data.index(b"\xff\x51")
    struct.pack_into(">II", data, mark + 22, 1, 1)
    _picture(pdf, bytes(data), b"/Width 900/Height 900/Filter/JPXDecode")


def _mask_of_itself(pdf: Pdf) -> None:
    image = pdf.room()
    entries = _entries(900, 900, b"/Filter/FlateDecode/SMask %d 0 R" % image)
    pdf.stream(zlib.compress(bytes(810_000)), b"/Type/XObject/Subtype/Image" + entries, image)
    pdf.page(b"400 0 0 300 0 0 cm /I Do", b"/XObject<</I %d 0 R>>" % image)


def _huge_mask(pdf: Pdf) -> None:
    mask = pdf.stream(
        squeezed(b"\x80" * _MEGABYTE, 1600),
        b"/Type/XObject/Subtype/Image" + _entries(40_000, 40_000, b"/Filter/FlateDecode"),
    )
    entries = _entries(900, 900, b"/Filter/FlateDecode/SMask %d 0 R" % mask)
    _picture(pdf, zlib.compress(bytes(810_000)), entries)


def _often(pdf: Pdf) -> None:
    data = zlib.compress(bytes(range(250)) * 100_000)
    _picture(pdf, data, _entries(5000, 5000, b"/Filter/FlateDecode"), b"q 400 0 0 300 0 0 cm /I Do Q\n" * 20_000)


def _inline(pdf: Pdf) -> None:
    pdf.page(b"q 400 0 0 300 0 0 cm BI /W 100000 /H 100000 /BPC 8 /CS /G ID " + b"\0" * 99 + b" EI Q")


def _inline_again(pdf: Pdf) -> None:
    one = (
        b"q 400 0 0 300 0 0 cm BI /W 9000 /H 9000 /BPC 8 /CS /G /F /Fl ID " + squeezed(b"\0" * 900_000, 90) + b" EI Q\n"
    )
    pdf.page(one * 200)


FILES = (
    Hostile("picture-of-millions-across", between(partial(_flate, wide=2_000_000_000, high=2_000_000_000)), 6),
    Hostile("picture-of-100000-across", between(partial(_flate, wide=100_000, high=100_000)), 6),
    Hostile("picture-of-less-than-nothing", between(partial(_flate, wide=-900, high=-900)), 6),
    Hostile("picture-of-strange-bits", between(partial(_flate, wide=900, high=900, bits=2147483647)), 6),
    Hostile("picture-of-more-than-said", between(_more_than_said), 0),
    Hostile("flate-before-jpeg", between(_flate_before_jpeg), 6),
    Hostile("flate-twice-before-fax", between(_flate_before_fax), 6),
    Hostile("wild-jpeg", between(_wild_jpeg), 6),
    Hostile("jpeg-of-another-size", between(_other_jpeg), 6),
    Hostile("jpeg-of-many-passes", between(_passes), 6),
    Hostile("fax-of-millions-across", between(partial(_fax, wide=2_000_000_000, high=900, rows=900)), 6),
    Hostile("fax-of-millions-of-rows", between(partial(_fax, wide=9000, high=2_000_000_000, rows=2_000_000_000)), 6),
    Hostile("fax-of-65000", between(partial(_fax, wide=60_000, high=60_000, rows=60_000)), 6),
    Hostile("jbig2-of-65000", between(partial(_jbig2, wide=65_000, high=65_000)), 0),
    Hostile("jbig2-of-millions", between(partial(_jbig2, wide=4_000_000_000, high=4_000_000_000)), 0),
    Hostile("wild-jpeg2000", between(partial(_wild_jpeg2000, said=60_000)), 6),
    Hostile("jpeg2000-of-millions", between(partial(_wild_jpeg2000, said=4_000_000_000)), 6),
    Hostile("jpeg2000-of-tiny-tiles", between(_tiled_jpeg2000), 6),
    Hostile("picture-that-masks-itself", between(_mask_of_itself), 0),
    Hostile("huge-mask", between(_huge_mask), 6),
    Hostile("picture-drawn-often", between(_often), 6),
    Hostile("inline-picture", between(_inline), 6),
    Hostile("inline-pictures", between(_inline_again), 6),
)
