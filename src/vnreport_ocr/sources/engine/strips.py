"""A line cut out of its page as a reader of lines is shown it: so many rows high, ink as the brightest, paper as 0."""

import math
from typing import Final, NamedTuple

import cv2
import numpy as np

from vnreport_ocr.sources.picture.value import PixelBox, Pixels

_LEAST_CONTRAST: Final = 32
"""Levels of grey between paper and ink: what differs by less is paper all over."""
_DARK: Final = 8
"""Levels by which the bright side must be the longer one on a dark ground."""
_MULTIPLE: Final = 8


class StripShape(NamedTuple):
    """How a reader wants its lines: all rows, those of the line itself, paper beside it in its heights, slices."""

    rows: int = 48
    line_rows: int = 32
    beside: float = 0.25
    slice_columns: int = 4
    widest: int = 2048


def strip_of(grey: Pixels, box: PixelBox, shape: StripShape) -> Pixels:
    """Cut a line out with what stands above, below and beside it; what lies outside the page is paper."""
    high = max(1.0, box.height)
    above = high * (shape.rows / shape.line_rows - 1) / 2
    beside = high * shape.beside
    left, top = math.floor(box.left - beside), math.floor(box.top - above)
    right, bottom = math.ceil(box.right + beside), math.ceil(box.bottom + above)
    wide = round((right - left) * shape.rows / (bottom - top))
    wide = min(shape.widest, max(1, math.ceil(wide / _MULTIPLE)) * _MULTIPLE)
    rows, columns = grey.shape
    part = grey[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    if not part.size:
        return np.zeros((shape.rows, wide), dtype=np.uint8)
    paper, ink = _levels(part)
    outside = (max(0, -top), max(0, bottom - rows), max(0, -left), max(0, right - columns))
    if any(outside):
        bordered = cv2.copyMakeBorder(part, *outside, cv2.BORDER_CONSTANT, value=[float(paper)])
        part = np.asarray(bordered, dtype=np.uint8)
    way = cv2.INTER_AREA if bottom - top > shape.rows else cv2.INTER_LINEAR
    small = cv2.resize(part, (wide, shape.rows), interpolation=way).astype(np.float32)
    inked = np.clip((small - paper) * (255.0 / (ink - paper)), 0, 255)
    return np.asarray(inked, dtype=np.uint8)


def _levels(part: Pixels) -> tuple[int, int]:
    """Return the grey of the paper and that of the ink, which is the brighter of both on a dark ground."""
    counts = np.cumsum(np.bincount(part.ravel(), minlength=256))
    dark, middle, bright = (int(np.searchsorted(counts, share * counts[-1])) for share in (0.01, 0.5, 0.99))
    if bright - middle > 2 * (middle - dark) + _DARK:
        return middle, max(bright, middle + _LEAST_CONTRAST)
    return middle, min(dark, middle - _LEAST_CONTRAST)
