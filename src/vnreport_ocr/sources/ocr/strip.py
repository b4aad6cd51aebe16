"""A word cut out as a strip of one size: its figures as high as those of every other, its baseline in one place."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.picture.value import PixelBox, Pixels

HIGH: Final = 18
"""Rows that a figure is high on a strip."""

ABOVE, BELOW = 25, 7
"""Rows of a strip above the baseline and below it."""

ROWS: Final = ABOVE + BELOW
_ASIDE: Final = 3
_INKED: Final = 0.45
_LETTER: Final = 0.45
_TALLER: Final = 1.18
_LEAST_CONTRAST: Final = 24.0

Strip = NDArray[np.float32]
"""Ink from 0 to 1, ``ROWS`` high."""


class Frame(NamedTuple):
    """Where the writing of a line stands: its baseline at the middle of a word, and how high its figures are."""

    baseline: float
    high: float


class Piece(NamedTuple):
    """A connected piece of ink, in pixels of the picture."""

    left: int
    top: int
    wide: int
    high: int

    @property
    def bottom(self) -> int:
        """The row below its last one."""
        return self.top + self.high

    @property
    def middle(self) -> float:
        """Half way from left to right."""
        return self.left + self.wide / 2


def ink_of(grey: Pixels) -> Strip:
    """How inked each point is, paper being 0 and the darkest ink 1."""
    if grey.size == 0:
        return np.zeros(grey.shape, dtype=np.float32)
    black, paper = (float(value) for value in np.percentile(grey, (1.5, 80)))
    span = max(_LEAST_CONTRAST, paper - black)
    return np.asarray(np.clip((paper - grey.astype(np.float32)) / np.float32(span), 0, 1), dtype=np.float32)


def pieces(ink: Strip) -> list[Piece]:
    """The connected pieces of ink."""
    mask = (ink > _INKED).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [Piece(*(int(value) for value in row[:4])) for row in stats[1:]]


def frames(grey: Pixels, boxes: Sequence[PixelBox]) -> list[Frame] | None:
    """The frame of each word of a line, from the letters around it; None where there is no writing to measure.

    Words of a line help each other: a figure that stands alone does not say where its baseline is, and a line that is
    askew has another one at each end.
    """
    found = [piece for box in boxes for piece in _letters(grey, box)]
    if not found:
        return None
    bottoms = np.array([piece.bottom for piece in found], dtype=np.float64)
    middles = np.array([piece.middle for piece in found])
    high = _figure_height([piece.high for piece in found])
    if high < 4:
        return None
    result = []
    for box in boxes:
        centre = (box.left + box.right) / 2
        near = np.argsort(np.abs(middles - centre), kind="stable")[:14]
        result.append(Frame(_baseline(bottoms[near], high), high))
    return result


def _letters(grey: Pixels, box: PixelBox) -> list[Piece]:
    """The pieces of a word that are letters or figures rather than tones, dots and commas."""
    left, top, right, bottom = (max(0, round(edge)) for edge in box)
    part = grey[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1]
    found = pieces(ink_of(part))
    tallest = max((piece.high for piece in found), default=0)
    least = max(3.0, _LETTER * tallest)
    return [
        piece._replace(left=piece.left + max(0, left - 1), top=piece.top + max(0, top - 1))
        for piece in found
        if piece.high >= least
    ]


def _baseline(bottoms: NDArray[np.float64], high: float) -> float:
    """Where most letters stand: some reach below."""
    ordered = np.sort(bottoms)
    counts = [
        (int(((ordered >= value - 0.08 * high) & (ordered <= value + 0.08 * high)).sum()), -value) for value in ordered
    ]
    best = -max(counts)[1]
    return float(np.median(ordered[np.abs(ordered - best) <= 0.08 * high + 0.5]))


def _figure_height(heights: Sequence[int]) -> float:
    """The height of figures and capitals: the upper of the two sizes that letters have."""
    ordered = np.sort(np.array(heights, dtype=np.float64))
    usual = float(np.median(ordered))
    tall = ordered[(ordered > _TALLER * usual) & (ordered < 1.75 * usual)]
    if tall.size >= 2 or tall.size > 0.15 * ordered.size:
        return float(np.median(tall))
    return usual


def strip_of(grey: Pixels, box: PixelBox, frame: Frame) -> tuple[Strip, float, int]:
    """The strip of a word, how much larger it is than the picture, and which column of the picture it begins at."""
    scale = HIGH / frame.high
    aside = max(1, round(_ASIDE / scale))
    left, right = max(0, round(box.left) - aside), min(grey.shape[1], round(box.right) + aside)
    above, below = ABOVE / scale, BELOW / scale
    top, bottom = round(frame.baseline - above) - 2, round(frame.baseline + below) + 2
    part = grey[max(0, top) : max(0, bottom), left:right]
    if part.size == 0:
        return np.zeros((ROWS, 1), dtype=np.float32), scale, left
    missing = bottom - top - part.shape[0]
    padded = np.pad(part, ((max(0, -top), max(0, missing - max(0, -top))), (0, 0)), mode="edge")
    ink = ink_of(padded)
    wide = max(1, round((right - left) * scale))
    shift = frame.baseline - above - top
    return resized(ink, scale, shift, wide), scale, left


def resized(ink: Strip, scale: float, shift: float, wide: int) -> Strip:
    """Ink brought to the size of a strip; ``shift`` is the row of it that becomes the first one."""
    if scale < 1:
        ink = np.asarray(cv2.blur(ink, (2 * round(0.5 / scale) + 1,) * 2) if scale < 0.75 else ink, dtype=np.float32)
    matrix = np.array([[scale, 0, 0.5 * scale - 0.5], [0, scale, (0.5 - shift) * scale - 0.5]], dtype=np.float64)
    made = cv2.warpAffine(ink, matrix, (wide, ROWS), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return np.asarray(made, dtype=np.float32)
