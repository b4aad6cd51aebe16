"""Whether a page shows nothing, or less than it should, because its picture is broken: such a page is no empty page."""

import io
import warnings
from pathlib import Path
from typing import Any, Final

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from PIL import Image

from vnreport_ocr.errors import DamagedImageError, OversizedPageError
from vnreport_ocr.sources.pdf.fax import is_broken_fax
from vnreport_ocr.sources.pdf.files import PdfPage, filters_of
from vnreport_ocr.sources.pdf.unpack import TooMuchError, holds, undone
from vnreport_ocr.sources.picture.files import MOST_PIXELS, UNDECODABLE
from vnreport_ocr.sources.picture.value import Picture

_PACKED: Final = ("DCTDecode", "JPXDecode")
_LACKING: Final = 0.9
_MOST_PICTURES: Final = 200
_LEAST_PIXELS: Final = 250_000
"""Smaller pictures are logos and seals."""
_UNREAD_GREY: Final = 128
_STRIP: Final = 8
_MOST_PACKED: Final = 64 << 20

CUT_OFF: Final = "Its picture is cut off; only what can be seen was read. Scan the page again."
BROKEN: Final = "Its picture is broken inside; only what can be seen was read. Scan the page again."


def refuse_unseen(page: PdfPage, file: str) -> None:
    """Raise where a picture of a page on which nothing was found cannot be decoded."""
    for seen, item in enumerate(page.page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        if seen >= _MOST_PICTURES:
            return
        wide, high = item.get_px_size()
        if wide * high > MOST_PIXELS:
            problem = f"Nothing was found in its picture of {wide} by {high} pixels."
            raise OversizedPageError(problem, file=file, page=page.number)
        if _is_broken(item) or is_broken_fax(item, page, Path(file)):
            raise DamagedImageError("The picture on the page cannot be decoded.", file=file, page=page.number)


def unseen_part(page: PdfPage, file: Path) -> str | None:
    """Why a part of the page is not seen: a picture on it that is cut off or broken; quick where all is well."""
    for seen, item in enumerate(page.page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        if seen >= _MOST_PICTURES:
            return None
        wide, high = item.get_px_size()
        if not _LEAST_PIXELS <= wide * high <= MOST_PIXELS:
            continue
        filters = filters_of(item)
        if filters == ["DCTDecode"] and b"\xff\xd9" not in bytes(item.get_data())[-1024:] and _is_broken(item):
            return CUT_OFF
        if filters == ["FlateDecode"] and _is_broken(item):
            return CUT_OFF
        if filters == ["CCITTFaxDecode"] and is_broken_fax(item, page, file):
            return BROKEN
    return None


def ends_in_grey(picture: Picture) -> bool:
    """Whether a side of the picture is of the very grey that decoders put where a JPEG gives no more."""
    pixels = picture.pixels
    sides = (pixels[-_STRIP:], pixels[:_STRIP], pixels[:, -_STRIP:], pixels[:, :_STRIP])
    return any(bool(np.all(side == _UNREAD_GREY)) for side in sides)


def _is_broken(item: Any) -> bool:  # noqa: ANN401 - pypdfium2 has no types
    """Whether the data of a picture do not give its pixels; formats that cannot be checked count as whole."""
    filters = filters_of(item)
    try:
        if filters and filters[-1] in _PACKED:
            with warnings.catch_warnings():
                # Its size was compared with our own limit before.
                warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(bytes(item.get_data(decode_simple=True)))) as image:
                    if image.width * image.height > MOST_PIXELS:
                        return True
                    image.load()
            return False
        if all(name == "FlateDecode" for name in filters):
            wide, high = item.get_px_size()
            bits = int(item.get_metadata().bits_per_pixel)
            needed: int = ((wide * bits + 7) // 8) * high
            data = bytes(item.get_data())
            for _ in filters[1:]:
                data = undone(data, "/FlateDecode", _MOST_PACKED)
            return bool(filters) and not holds(data, round(_LACKING * needed))
        item.get_bitmap(render=False)
    except (pypdfium2.PdfiumError, TooMuchError, Image.DecompressionBombError, *UNDECODABLE):
        return True
    return False
