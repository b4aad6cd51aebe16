"""A line cut out of its page as a reader of lines is shown it: so many rows high, ink as the brightest, paper as 0."""

import math
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.picture.measuring import levels_at
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


class AloneShape(NamedTuple):
    """How a reader wants its lines alone on paper: rows, paper above and below and beside in their heights, columns."""

    rows: int
    above: float
    beside: float
    widest: int


def strip_alone(line: Pixels, shape: AloneShape) -> NDArray[np.float32]:
    """Set a line alone on paper, in the size that is wanted, ink being 1; what is written light on dark is turned.

    Most of such a strip is paper, so the line is made narrower before the paper is put above and below it.
    """
    high, wide = line.shape
    above, beside = math.ceil(shape.above * high), math.ceil(shape.beside * high)
    all_high, all_wide = high + 2 * above, wide + 2 * beside
    columns = max(_MULTIPLE, min(shape.widest, round(all_wide * shape.rows / all_high)))
    dark, middle, bright = levels_at(line, (0.02, 0.5, 0.98))
    turned = bright - middle > 2 * (middle - dark) + _DARK
    ink = line if turned else cv2.bitwise_not(line)
    if all_high <= shape.rows:
        whole = cv2.copyMakeBorder(ink, above, above, beside, beside, cv2.BORDER_CONSTANT, value=[0.0])
        made = cv2.resize(whole, (columns, shape.rows), interpolation=cv2.INTER_LINEAR)
    else:
        broad = cv2.copyMakeBorder(ink, 0, 0, beside, beside, cv2.BORDER_CONSTANT, value=[0.0])
        narrow = cv2.resize(broad.astype(np.float32), (columns, high), interpolation=cv2.INTER_AREA)
        whole = cv2.copyMakeBorder(narrow, above, above, 0, 0, cv2.BORDER_CONSTANT, value=[0.0])
        made = cv2.resize(whole, (columns, shape.rows), interpolation=cv2.INTER_AREA)
    return np.asarray(made, dtype=np.float32) / np.float32(255)
