"""Page images as pages of a PDF with unchanged pixels: JPEGs are embedded as they are, others compressed losslessly."""

import io
from pathlib import Path
from typing import Final

import pikepdf
from PIL import Image, ImageOps

from vnreport_ocr.sources.picture.files import opened_frame, resolution

_JPEG_COLOURS: Final = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}
_UPRIGHT: Final = 1
_ORIENTATION: Final = 274


def add_picture(pdf: pikepdf.Pdf, path: Path, number: int) -> pikepdf.Page:
    """Add a page that is one picture."""
    with opened_frame(path, number) as (image, file):
        wide, high = image.size
        if image.format == "JPEG" and image.mode in _JPEG_COLOURS and image.getexif().get(_ORIENTATION, 1) == _UPRIGHT:
            stream = pdf.make_stream(file.read_bytes())
            _describe(stream, (wide, high), _JPEG_COLOURS[image.mode], 8)
            stream.Filter = pikepdf.Name.DCTDecode
            dpi = resolution(image)
        else:
            upright = ImageOps.exif_transpose(image)
            wide, high = upright.size
            dpi = resolution(upright)
            stream = _packed(pdf, upright)
    size = (wide * 72 / dpi, high * 72 / dpi)
    page = pdf.add_blank_page(page_size=size)
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=stream))
    page.obj["/Contents"] = pdf.make_stream(b"q %.4f 0 0 %.4f 0 0 cm /Picture Do Q" % size)
    return page


def _packed(pdf: pikepdf.Pdf, image: Image.Image) -> pikepdf.Stream:
    if image.mode == "1":
        return _filled(pdf, image, "/DeviceGray", 1)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    if image.mode not in _JPEG_COLOURS:
        image = image.convert("L" if image.mode.startswith(("I", "F")) else "RGB")
    return _filled(pdf, image, _JPEG_COLOURS[image.mode], 8)


def _filled(pdf: pikepdf.Pdf, image: Image.Image, colours: str, bits: int) -> pikepdf.Stream:
    """Filter the pixels as PNG does, which predicts each from its neighbours."""
    held = io.BytesIO()
    image.save(held, "PNG")
    data = b"".join(_chunks(held.getvalue()))
    stream = pdf.make_stream(data)
    _describe(stream, image.size, colours, bits)
    stream.Filter = pikepdf.Name.FlateDecode
    stream.DecodeParms = pikepdf.Dictionary(
        Predictor=15, Colors=3 if colours == "/DeviceRGB" else 1, BitsPerComponent=bits, Columns=image.width
    )
    return stream


def _chunks(png: bytes) -> list[bytes]:
    """Unpack the pixels of a PNG."""
    place, found = 8, []
    while place + 8 <= len(png):
        length = int.from_bytes(png[place : place + 4], "big")
        if png[place + 4 : place + 8] == b"IDAT":
            found.append(png[place + 8 : place + 8 + length])
        place += 12 + length
    return found


def _describe(stream: pikepdf.Stream, size: tuple[int, int], colours: str, bits: int) -> None:
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = size
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name(colours), bits
