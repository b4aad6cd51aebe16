"""A word cut out as a strip of one size: its figures as high as those of every other, its baseline in one place."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.measuring import levels_at
from vnreport_ocr.sources.picture.value import PixelBox, Pixels

HIGH: Final = 18
"""Rows that a figure is high on a strip."""

ABOVE, BELOW = 25, 7
"""Rows of a strip above the baseline and below it."""

ROWS: Final = ABOVE + BELOW
_ASIDE: Final = 3
_INKED: Final = TUNING.strip.inked
_LETTER: Final = TUNING.strip.letter
_TALLER: Final = TUNING.strip.taller
_LEAST_CONTRAST: Final = TUNING.strip.least_contrast

Strip = NDArray[np.float32]
"""Ink from 0 to 1, ``ROWS`` high."""


class Frame(NamedTuple):
    """Where the writing of a line stands: its baseline at the middle of a word, and how high its figures are."""

    baseline: float
    high: float

    def near(self, other: "Frame") -> bool:
        """Whether another frame would show much the same."""
        apart = abs(self.baseline - other.baseline)
        return abs(self.high - other.high) < 0.08 * other.high and apart < 0.06 * other.high


class InkPiece(NamedTuple):
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
    black, paper = levels_at(grey, (0.015, 0.8))
    span = max(_LEAST_CONTRAST, paper - black)
    return np.asarray(np.clip((paper - grey.astype(np.float32)) / np.float32(span), 0, 1), dtype=np.float32)


def pieces(ink: Strip) -> list[InkPiece]:
    """Return the connected pieces of ink; none where a box lies outside of the picture."""
    if ink.size == 0:
        return []
    mask = (ink > _INKED).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    return [InkPiece(*(int(value) for value in row[:4])) for row in stats[1:]]


def frames(
    grey: Pixels, boxes: Sequence[PixelBox], *, wanted: Collection[int], capitals: bool = False
) -> dict[int, Frame]:
    """Return the frames of wanted words of a line, from the letters around; none where there is no writing to measure.

    Words of a line help each other: a figure that stands alone does not say where its baseline is, and a line that is
    askew has another one at each end.
    """
    found = _letters(grey, boxes)
    if not found:
        return {}
    bottoms = np.array([piece.bottom for piece in found], dtype=np.float64)
    middles = np.array([piece.middle for piece in found])
    heights = [piece.high for piece in found]
    high = float(np.median(heights)) if capitals else _figure_height(heights)
    if high < 4:
        return {}
    result = {}
    for number in wanted:
        centre = (boxes[number].left + boxes[number].right) / 2
        near = np.argsort(np.abs(middles - centre), kind="stable")[:14]
        result[number] = Frame(_baseline(bottoms[near], high), high)
    return result


def frame_of(grey: Pixels, box: PixelBox) -> Frame | None:
    """Return the frame of a word that is all figures and capitals, by its own ink: most of it must be equally high."""
    found = _letters(grey, [box])
    if not found:
        return None
    high = float(np.median([piece.high for piece in found]))
    alike = [piece for piece in found if abs(piece.high - high) <= 0.12 * high + 1]
    if high < 4 or len(alike) * 3 < len(found) * 2:
        return None
    return Frame(float(np.median([piece.bottom for piece in alike])), high)


def has_figures_beside(grey: Pixels, box: PixelBox, wider: PixelBox, frame: Frame) -> bool:
    """Whether ink as high as figures, standing on the baseline, lies beside a word within a wider box."""
    left, right = max(0, round(wider.left)), max(0, round(wider.right))
    top, bottom = max(0, round(frame.baseline - 1.3 * frame.high)), max(0, round(frame.baseline + 0.3 * frame.high))
    for piece in pieces(ink_of(grey[top:bottom, left:right])):
        middle, foot = left + piece.middle, top + piece.bottom
        outside = middle < box.left - 0.1 * frame.high or middle > box.right + 0.1 * frame.high
        as_high = 0.75 * frame.high < piece.high < 1.25 * frame.high
        if outside and as_high and abs(foot - frame.baseline) < 0.2 * frame.high:
            return True
    return False


def _letters(grey: Pixels, boxes: Sequence[PixelBox]) -> list[InkPiece]:
    """Return the pieces of words that are letters or figures rather than tones, dots and commas."""
    left, top = (max(0, round(min(box[side] for box in boxes)) - 1) for side in (0, 1))
    right, bottom = (max(0, round(max(box[side] for box in boxes)) + 1) for side in (2, 3))
    placed = [
        piece._replace(left=piece.left + left, top=piece.top + top)
        for piece in pieces(ink_of(grey[top:bottom, left:right]))
    ]
    found = []
    for box in boxes:
        own = [
            p
            for p in placed
            if box.left <= p.middle <= box.right and box.top - 2 <= p.top + p.high / 2 <= box.bottom + 2
        ]
        least = max(3.0, _LETTER * max((p.high for p in own), default=0))
        found += [p for p in own if least <= p.high <= box.height + 4]
    return found


def _baseline(bottoms: NDArray[np.float64], high: float) -> float:
    """Where most letters stand: some reach below."""
    ordered = np.sort(bottoms)
    alike = (np.abs(ordered[:, None] - ordered[None, :]) <= 0.08 * high).sum(axis=1)
    best = ordered[int(alike.argmax())]
    return float(np.median(ordered[np.abs(ordered - best) <= 0.08 * high + 0.5]))


def _figure_height(heights: Sequence[int]) -> float:
    """Find the height of figures and capitals: the upper of the two sizes that letters have."""
    ordered = np.sort(np.array(heights, dtype=np.float64))
    usual = float(np.median(ordered))
    tall = ordered[(ordered > _TALLER * usual) & (ordered < 1.75 * usual)]
    if tall.size >= 2 or tall.size > 0.15 * ordered.size:
        return float(np.median(tall))
    return usual


def strip_of(grey: Pixels, box: PixelBox, frame: Frame) -> Strip:
    """Return the strip of a word."""
    scale = HIGH / frame.high
    aside = max(1, round(_ASIDE / scale))
    left, right = max(0, round(box.left) - aside), min(grey.shape[1], round(box.right) + aside)
    above, below = ABOVE / scale, BELOW / scale
    top, bottom = round(frame.baseline - above) - 2, round(frame.baseline + below) + 2
    part = grey[max(0, top) : max(0, bottom), left:right]
    if part.size == 0:
        return np.zeros((ROWS, 1), dtype=np.float32)
    missing = bottom - top - part.shape[0]
    padded = np.pad(part, ((max(0, -top), max(0, missing - max(0, -top))), (0, 0)), mode="edge")
    ink = ink_of(padded)
    wide = max(1, round((right - left) * scale))
    shift = frame.baseline - above - top
    return resized(ink, scale, shift, wide)


def resized(ink: Strip, scale: float, shift: float, wide: int) -> Strip:
    """Ink brought to the size of a strip; ``shift`` is the row of it that becomes the first one."""
    if scale < 1:
        ink = np.asarray(cv2.blur(ink, (2 * round(0.5 / scale) + 1,) * 2) if scale < 0.75 else ink, dtype=np.float32)
    matrix = np.array([[scale, 0, 0.5 * scale - 0.5], [0, scale, (0.5 - shift) * scale - 0.5]], dtype=np.float64)
    made = cv2.warpAffine(ink, matrix, (wide, ROWS), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return np.asarray(made, dtype=np.float32)
