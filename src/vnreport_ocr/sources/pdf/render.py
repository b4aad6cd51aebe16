"""PDF pages drawn by poppler through pdf2image (the only module that uses it), one at a time."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pdf2image import convert_from_path
from pdf2image.exceptions import PDFPageCountError, PDFPopplerTimeoutError, PopplerNotInstalledError
from PIL import Image

from vnreport_ocr.errors import (
    DamagedPdfError,
    EngineTimeoutError,
    MissingPopplerError,
    OversizedPageError,
)
from vnreport_ocr.sources.pdf.files import PdfPage, PlacedPicture
from vnreport_ocr.sources.pdf.salvage import write_alone
from vnreport_ocr.sources.pdf.tuning import TUNING
from vnreport_ocr.sources.picture.pixels import pixels_of
from vnreport_ocr.sources.picture.value import Picture
from vnreport_ocr.sources.scratch import work_folder

MOST_PIXELS: Final = 50_000_000
"""More than an A3 page at 400 dpi; what is larger is drawn smaller or refused."""
LEAST_DPI: Final = 70.0
USUAL_DPI: Final = 300.0
_OWN_DPI: Final = (72.0, 450.0)
_PAGE_SHARE: Final = TUNING.render.page_share


def page_resolution(size: tuple[float, float], pictures: list[PlacedPicture]) -> float:
    """Return the page picture's own resolution where one covers much of the page, else 300 dpi."""
    area = max(size[0] * size[1], 1.0)
    own = [
        picture.dpi
        for picture in pictures
        if (picture.box.right - picture.box.left) * (picture.box.bottom - picture.box.top) > _PAGE_SHARE * area
    ]
    own = [dpi for dpi in own if _OWN_DPI[0] <= dpi <= _OWN_DPI[1]]
    return max(own) if own else USUAL_DPI


def affordable(size: tuple[float, float], dpi: float, file: str, page: int) -> float:
    """Return the resolution lowered until the page fits the memory allowed; an error where nothing would be legible."""
    pixels = size[0] * size[1] * (dpi / 72) ** 2
    if pixels > MOST_PIXELS:
        dpi *= (MOST_PIXELS / pixels) ** 0.5
    if dpi < LEAST_DPI:
        wide, high = (value / 72 * 0.0254 for value in size)
        raise OversizedPageError(f"The page measures {wide:.1f} by {high:.1f} metres.", file=file, page=page)
    return dpi


@contextmanager
def _drawable(path: Path, page: PdfPage) -> Iterator[tuple[Path | None, int]]:
    """Return a file that poppler can open, and the page's number in it; None where there is none.

    Pages saved of a damaged file are only in memory; a file that asks for a password is unlocked first.
    """
    if page.saved is None:
        yield page.file.unlocked.path() if page.file is not None else path, page.number
        return
    with work_folder() as folder:
        alone = folder / "page.pdf"
        write_alone(page.saved, page.number, alone)
        yield alone, 1


def render(path: Path, page: PdfPage, dpi: float, timeout: float) -> Picture:
    """Draw one page as the reader sees it, rotation and stamps included."""
    name, number = str(path), page.number
    dpi = affordable(page.size, dpi, name, number)
    across, down = (max(1, round(side * dpi / 72)) for side in page.size)
    # pdftoppm takes the size before the page is turned.
    pixels = (down, across) if page.rotation in (90, 270) else (across, down)
    try:
        with warnings.catch_warnings(), _drawable(path, page) as (file, place):
            # Our own limit is below Pillow's, which therefore has nothing to add.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            if file is None:
                # Rather drawn by another hand than not at all.
                return Picture(pixels_of(page.drawn(dpi)), dpi)
            images = convert_from_path(
                file,
                size=pixels,
                # A third of the memory, for nearly all pages of an archive.
                grayscale=not page.has_colour(),
                first_page=place,
                last_page=place,
                use_cropbox=True,
                timeout=max(1, round(timeout)),
            )
    except PopplerNotInstalledError as error:
        raise MissingPopplerError("Poppler's pdftoppm is not installed.", file=name) from error
    except PDFPopplerTimeoutError as error:
        raise EngineTimeoutError(
            f"Drawing the page took more than {timeout:.3g} seconds.", file=name, page=number
        ) from error
    except (PDFPageCountError, OSError, ValueError) as error:
        raise DamagedPdfError("The page cannot be drawn.", file=name, page=number) from error
    if not images:
        raise DamagedPdfError("The page cannot be drawn.", file=name, page=number)
    with images[0] as image:
        return Picture(pixels_of(image), dpi)
