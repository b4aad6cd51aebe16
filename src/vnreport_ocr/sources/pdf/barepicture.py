"""The page's own picture, taken out of the PDF instead of drawn: drawing moves it by parts of a pixel and blurs it."""

from typing import Any, Final

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as raw

from vnreport_ocr.sources.pdf.files import PdfPage, filters_of
from vnreport_ocr.sources.pdf.tuning import TUNING
from vnreport_ocr.sources.picture.pixels import without_empty_colour
from vnreport_ocr.sources.picture.value import Picture, Pixels

_WHOLE: Final = TUNING.barepicture.whole
_LOOK_DPI: Final = 36.0
_ALIKE: Final = TUNING.barepicture.alike
_PAPER: Final = TUNING.barepicture.paper
_DPI: Final = (72.0, 450.0)
_MOST_PIXELS: Final = 50_000_000


def bare_picture(page: PdfPage) -> Picture | None:
    """Return the picture that is the whole page, upright; None where anything else is to be seen on it.

    What comes out is compared with a small drawing of the page, so that masks, inverted colours and whatever else
    a PDF may do to a picture lead back to drawing it.
    """
    item = _only_picture(page)
    if item is None:
        return None
    try:
        wide, high = item.get_px_size()
        if wide * high > _MOST_PIXELS:
            return None
        bitmap = item.get_bitmap(render=False)
        pixels = _plain(bitmap.to_numpy(), str(bitmap.mode))
        del bitmap  # as large as the picture itself
    except (pypdfium2.PdfiumError, RuntimeError, ValueError, KeyError):
        return None
    if pixels is None:
        return None
    pixels = np.ascontiguousarray(np.rot90(pixels, -(page.rotation // 90)))
    dpi = max(pixels.shape[1] / page.size[0], pixels.shape[0] / page.size[1]) * 72
    picture = Picture(pixels, dpi)
    if not _DPI[0] <= dpi <= _DPI[1]:
        return None
    return picture if _is_plain_photo(item, picture) or _looks_like(picture, page) else None


def _is_plain_photo(item: Any, picture: Picture) -> bool:  # noqa: ANN401 - pypdfium2 has no types
    """Take a JPEG of light paper as it is: to unpack it once more would cost as much as all the rest."""
    return filters_of(item) == ["DCTDecode"] and float(picture.pixels[::8, ::8].mean()) > _PAPER


def _only_picture(page: PdfPage) -> Any:  # noqa: ANN401 - pypdfium2 has no types
    """Return the one visible thing on the page, if it is a picture that fills it without being turned or mirrored."""
    found = None
    for item in page.page.get_objects(max_depth=1):
        if item.type == raw.FPDF_PAGEOBJ_TEXT and raw.FPDFTextObj_GetTextRenderMode(item.raw) == 3:
            continue
        if item.type != raw.FPDF_PAGEOBJ_IMAGE or found is not None:
            return None
        found = item
    if found is None:
        return None
    a, b, c, d, _, _ = found.get_matrix().get()
    left, bottom, right, top = found.get_bounds()
    box = page.shown_box(left, bottom, right, top)
    spare = _WHOLE * max(page.size)
    fills = (
        abs(box.left) < spare
        and abs(box.top) < spare
        and abs(box.right - page.size[0]) < spare
        and abs(box.bottom - page.size[1]) < spare
    )
    return found if fills and a > 0 and d > 0 and abs(b) + abs(c) < 1e-3 * (a + d) else None


def _plain(pixels: Pixels, mode: str) -> Pixels | None:
    """Grey or RGB pixels; None for a layout that is not known here."""
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[:, :, 0]
    if mode == "L" and pixels.ndim == 2:
        return np.array(pixels)
    if mode in ("BGR", "BGRX", "BGRA") and pixels.ndim == 3:
        code = cv2.COLOR_BGR2RGB if pixels.shape[2] == 3 else cv2.COLOR_BGRA2RGB
        return without_empty_colour(np.asarray(cv2.cvtColor(pixels, code), dtype=np.uint8))
    return None


def _looks_like(picture: Picture, page: PdfPage) -> bool:
    """Whether the picture shows what the page shows."""
    sketch = page.sketch(_LOOK_DPI)
    small = cv2.resize(picture.grey, (sketch.shape[1], sketch.shape[0]), interpolation=cv2.INTER_AREA)
    return float(np.abs(small.astype(np.int16) - sketch.astype(np.int16)).mean()) < _ALIKE
