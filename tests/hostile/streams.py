"""Streams that unpack to far more than they are, by every filter, and filters that are none."""

import zlib
from functools import partial

from tests.hostile.build import Hostile, Pdf, between, good_text, squeezed

_MEGABYTE = 1 << 20
_LINES = b"0 0 m 9 9 l S\n" * 75_000
"""About a megabyte of drawing."""


def _content(pdf: Pdf, data: bytes, entries: bytes) -> None:
    pdf.page(pdf.stream(data, entries))


def _flate(pdf: Pdf, megabytes: int) -> None:
    _content(pdf, squeezed(b" " * _MEGABYTE, megabytes), b"/Filter/FlateDecode")


def _flate_of_lines(pdf: Pdf) -> None:
    _content(pdf, squeezed(_LINES, 600), b"/Filter/FlateDecode")


def _flate_twice(pdf: Pdf) -> None:
    _content(pdf, zlib.compress(squeezed(_LINES, 600), 9), b"/Filter[/FlateDecode/FlateDecode]")


def _flate_thrice(pdf: Pdf) -> None:
    data = zlib.compress(zlib.compress(squeezed(b" " * _MEGABYTE, 2000), 9), 9)
    _content(pdf, data, b"/Filter[/Fl/Fl/FlateDecode]")


def lzw_run() -> bytes:
    """About 59 MB of blanks in the LZW code; such runs may follow one another.

    Every code stands for one byte more than the one before it. Eight rounds of the table end with a whole byte.
    """
    held = bits = 0
    out = bytearray()
    for _ in range(8):
        for code in (32, *range(258, 4094), 256):
            size = 258 if code == 32 else 4094 if code == 256 else code
            width = 9 if size < 511 else 10 if size < 1023 else 11 if size < 2047 else 12
            held, bits = (held << width) | code, bits + width
            while bits >= 8:
                bits -= 8
                out.append((held >> bits) & 255)
                held &= (1 << bits) - 1
    return bytes(out)


def _lzw(pdf: Pdf) -> None:
    _content(pdf, lzw_run() * 9, b"/Filter/LZWDecode")


def _lzw_in_flate(pdf: Pdf) -> None:
    _content(pdf, zlib.compress(lzw_run() * 40, 9), b"/Filter[/FlateDecode/LZWDecode]")


def _run_length(pdf: Pdf) -> None:
    # Each two bytes stand for 128 blanks.
    _content(pdf, squeezed(b"\x81 " * (_MEGABYTE // 2), 20), b"/Filter[/FlateDecode/RunLengthDecode]")


def _ascii85(pdf: Pdf) -> None:
    _content(pdf, squeezed(b"z" * _MEGABYTE, 100), b"/Filter[/FlateDecode/ASCII85Decode]")


def _many_filters(pdf: Pdf) -> None:
    _content(pdf, b"20" * 1000, b"/Filter[%s]" % (b"/ASCIIHexDecode" * 50_000))


def _unknown_filter(pdf: Pdf) -> None:
    _content(pdf, good_text(), b"/Filter/\xff\xfe\x80Decode")


def _picture_with_unknown_filter(pdf: Pdf) -> None:
    image = pdf.stream(
        b"\0" * 99,
        b"/Type/XObject/Subtype/Image/Width 900/Height 900/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/\xfe\xffX",
    )
    pdf.page(b"400 0 0 300 0 0 cm /I Do", b"/XObject<</I %d 0 R>>" % image)


def _predictor(pdf: Pdf) -> None:
    parms = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32/BitsPerComponent 16>>"
    _content(pdf, zlib.compress(good_text()), parms)


def _tiff_predictor(pdf: Pdf) -> None:
    parms = b"/Filter/FlateDecode/DecodeParms<</Predictor 2/Columns -5/Colors 2147483647/BitsPerComponent 16>>"
    _content(pdf, zlib.compress(good_text()), parms)


def _contents_again_and_again(pdf: Pdf) -> None:
    stream = pdf.stream(squeezed(_LINES, 4), b"/Filter/FlateDecode")
    pdf.page(pdf.add(b"[%s]" % (b"%d 0 R " % stream * 20_000)))


def _contents_in_itself(pdf: Pdf) -> None:
    array = pdf.room()
    pdf.objects[array] = b"[%d 0 R %d 0 R]" % (array, array)
    pdf.page(array)


def _in_a_form(pdf: Pdf) -> None:
    form = pdf.stream(
        squeezed(_LINES, 600), b"/Type/XObject/Subtype/Form/BBox[0 0 400 300]/Resources<<>>/Filter/FlateDecode"
    )
    pdf.page(b"/F Do", b"/XObject<</F %d 0 R>>" % form)


def _length_of_itself(pdf: Pdf) -> None:
    number = pdf.room()
    pdf.objects[number] = b"<</Length %d 0 R>>\nstream\n%s\nendstream" % (number, good_text())
    pdf.page(number)


def _map(pdf: Pdf, cmap: bytes, entries: bytes = b"") -> None:
    mapping = pdf.room()
    pdf.stream(cmap.replace(b"ITSELF", b"%d 0 R" % mapping), entries.replace(b"ITSELF", b"%d 0 R" % mapping), mapping)
    font = pdf.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode %d 0 R/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>]>>" % mapping
    )
    pdf.page(b"BT /X 12 Tf 9 9 Td <00410042> Tj ET")
    pdf.objects[pdf.kids[-1]] = pdf.objects[pdf.kids[-1]].replace(b"/G 3 0 R", b"/G 3 0 R/X %d 0 R" % font)


_HEAD = b"/CMapName/X def begincmap 1 begincodespacerange <0000><ffff> endcodespacerange\n"


def _wide_maps(pdf: Pdf) -> None:
    _map(pdf, zlib.compress(_HEAD + b"1 beginbfrange <0000><ffff><0000> endbfrange\n" * 20_000), b"/Filter/FlateDecode")


def _map_of_itself(pdf: Pdf) -> None:
    _map(pdf, _HEAD, b"/UseCMap ITSELF")


def _packed_map(pdf: Pdf) -> None:
    _map(pdf, squeezed(b"1 beginbfchar <0041><0042> endbfchar\n" * 30_000, 600), b"/Filter/FlateDecode")


FILES = (
    Hostile("flate-to-two-gigabytes", between(partial(_flate, megabytes=2000)), 6),
    Hostile("flate-of-lines", between(_flate_of_lines), 6),
    Hostile("flate-twice", between(_flate_twice), 6),
    Hostile("flate-thrice", between(_flate_thrice), 6),
    Hostile("lzw", between(_lzw), 6),
    Hostile("lzw-in-flate", between(_lzw_in_flate), 6),
    Hostile("run-length-in-flate", between(_run_length), 6),
    Hostile("ascii85-in-flate", between(_ascii85), 6),
    Hostile("fifty-thousand-filters", between(_many_filters), 6),
    Hostile("filter-that-is-no-text", between(_unknown_filter), 0, good=3),
    Hostile("picture-with-filter-that-is-no-text", between(_picture_with_unknown_filter), 6),
    Hostile("predictor-out-of-range", between(_predictor), 6),
    Hostile("tiff-predictor-out-of-range", between(_tiff_predictor), 6),
    Hostile("contents-again-and-again", between(_contents_again_and_again), 6),
    Hostile("contents-in-itself", between(_contents_in_itself), 0),
    Hostile("form-to-gigabytes", between(_in_a_form), 6),
    Hostile("length-of-itself", between(_length_of_itself), 0, good=3),
    Hostile("wide-maps-of-letters", between(_wide_maps), 0),
    Hostile("map-of-letters-in-itself", between(_map_of_itself), 0),
    Hostile("map-of-letters-to-gigabytes", between(_packed_map), 6),
)
