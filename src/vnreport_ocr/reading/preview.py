"""The picture of a page for a person to look at, laid as it was to be read, so that boxes lie on the words."""

import io
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image

from vnreport_ocr.model import Posture
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.picture.files import load_frame
from vnreport_ocr.sources.picture.prepare import straightened, turned
from vnreport_ocr.sources.picture.value import Picture

_DPI: Final = 110.0
"""Small print can be read, and a page has some 60 to 100 kB."""

_QUALITY: Final = 45
_LONGEST: Final = 2400
"""Pixels: a poster is drawn smaller."""


def preview(path: Path, number: int, posture: Posture, password: str | None = None) -> bytes:
    """Draw a page as a small WebP picture in grey."""
    if kind_of(path) == "pdf":
        with PdfFile(path, password) as file, file.page(number) as page:
            dpi = min(_DPI, 72.0 * _LONGEST / max(page.size))
            picture = Picture(page.sketch(dpi), dpi)
    else:
        picture = _reduced(load_frame(path, number))
    held = io.BytesIO()
    Image.fromarray(_laid(picture, posture).pixels).save(held, "WEBP", quality=_QUALITY, method=2)
    return held.getvalue()


def _reduced(picture: Picture) -> Picture:
    factor = min(_DPI / picture.dpi, _LONGEST / max(picture.width, picture.height), 1.0)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    small = cv2.resize(picture.grey, size, interpolation=cv2.INTER_AREA)
    return Picture(np.asarray(small, dtype=np.uint8), picture.dpi * factor)


def _laid(picture: Picture, posture: Posture) -> Picture:
    """Turn the picture as the page was turned to be read."""
    picture = turned(picture, posture.turn) if posture.turn % 360 else picture
    return straightened(picture, posture.skew) if posture.skew else picture
