"""Whether a page shows nothing because its picture is broken: such a page is no empty page."""

import io
import warnings
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as raw
from PIL import Image

from vnreport_ocr.errors import DamagedImageError, OversizedPageError
from vnreport_ocr.sources.imagefile import MOST_PIXELS, UNDECODABLE
from vnreport_ocr.sources.pdffile import PdfPage

_PACKED: Final = ("DCTDecode", "JPXDecode")
_LACKING: Final = 0.9
_MOST_PICTURES: Final = 200

CUT_OFF: Final = "its picture is cut off; what could be seen was read"
CUT_OFF_QUALITY: Final = 0.5
"""However good the words are that could be read, a person must look at such a page."""


def refuse_unseen(page: PdfPage, file: str) -> None:
    """Raise where a picture of a page on which nothing was found cannot be decoded."""
    for seen, item in enumerate(page.page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        if seen >= _MOST_PICTURES:
            return
        wide, high = item.get_px_size()
        if wide * high > MOST_PIXELS:
            problem = f"Nothing was found in its picture of {wide} by {high} pixels."
            raise OversizedPageError(problem, file=file, page=page.number)
        if _is_broken(item):
            raise DamagedImageError("The picture on the page cannot be decoded.", file=file, page=page.number)


def is_cut_off(page: PdfPage) -> bool:
    """Whether a JPEG on the page ends too early, so that a part of the page is not seen; quick where all is well."""
    for seen, item in enumerate(page.page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        if seen >= _MOST_PICTURES:
            return False
        if _filters(item)[-1:] != ["DCTDecode"] or len(_filters(item)) > 1:
            continue
        data = bytes(item.get_data())
        if b"\xff\xd9" not in data[-1024:] and _is_broken(item):
            return True
    return False


def _is_broken(item: Any) -> bool:  # noqa: ANN401 - pypdfium2 has no types
    """Whether the data of a picture do not give its pixels; formats that cannot be checked count as whole."""
    filters = _filters(item)
    try:
        if filters and filters[-1] in _PACKED:
            with warnings.catch_warnings():
                # Its size was compared with our own limit before.
                warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(bytes(item.get_data(decode_simple=True)))) as image:
                    image.load()
            return False
        if all(name == "FlateDecode" for name in filters):
            wide, high = item.get_px_size()
            bits = int(item.get_metadata().bits_per_pixel)
            needed: int = ((wide * bits + 7) // 8) * high
            return int(raw.FPDFImageObj_GetImageDataDecoded(item.raw, None, 0)) < _LACKING * needed
        item.get_bitmap(render=False)
    except (pypdfium2.PdfiumError, *UNDECODABLE):
        return True
    return False


def _filters(item: Any) -> list[str]:  # noqa: ANN401 - pypdfium2 has no types
    return [str(name) for name in item.get_filters()]
