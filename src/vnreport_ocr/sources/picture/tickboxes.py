"""Small printed squares to be ticked: where they are, and whether they are empty, crossed or ticked."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.picture.tuning import TUNING
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Pixels
from vnreport_ocr.tickmarks import CROSSED, EMPTY, TICKED

_LEAST, _MOST = TUNING.tickboxes.least, TUNING.tickboxes.most
_STROKE: Final = TUNING.tickboxes.stroke
_SIDE: Final = TUNING.tickboxes.side
_SQUARE: Final = TUNING.tickboxes.square
_CLEAN: Final = TUNING.tickboxes.clean
_ACROSS: Final = TUNING.tickboxes.across
_ASIDE: Final = TUNING.tickboxes.aside
_FULL: Final = TUNING.tickboxes.full
_BAND, _FRAME = 0.12, 0.18
"""Shares of a square: within which of its edge a side runs, and behind which its mark begins."""
_GRID: Final = 16
_NEAR: Final = 2
"""A mark is looked at in so many steps each way, and is on a diagonal within so many."""

_Places = NDArray[Any]


class TickBox(NamedTuple):
    """A square of a form, and the sign that shows it with its mark."""

    box: PixelBox
    sign: str


class TickBoxes(NamedTuple):
    """The squares of a picture, and the mask of all that is within their outlines."""

    boxes: tuple[TickBox, ...] = ()
    mask: Pixels | None = None


class _Strokes(NamedTuple):
    ink: Pixels
    across: Pixels
    down: Pixels


def find_tick_boxes(picture: Picture, beside: Sequence[PixelBox] = ()) -> TickBoxes:
    """Find the squares of the page but for those within tables, whose cells are read for themselves.

    One with a mark narrower or lower than itself is left to the engine: it may hold a figure.
    """
    ink = picture.ink
    long = max(5, round(_STROKE * picture.dpi))
    across, down = (cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(size, np.uint8)) for size in ((1, long), (long, 1)))
    strokes = _Strokes(ink, np.asarray(across, dtype=np.uint8), np.asarray(down, dtype=np.uint8))
    outlines, tree = cv2.findContours(strokes.across | strokes.down, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return TickBoxes()
    # What has a parent is a hole; tracing outlines takes a quarter of the time that numbering the pieces takes.
    places = [cv2.boundingRect(one) for one, parent in zip(outlines, tree[0, :, 3], strict=True) if parent < 0]
    mask = np.zeros_like(ink)
    found: list[TickBox] = []
    for left, top, wide, tall in _squares(np.asarray(places), picture.dpi):
        box = PixelBox(left, top, left + wide, top + tall)
        if any(one.left <= left <= one.right and one.top <= top <= one.bottom for one in beside):
            continue
        area = np.s_[top : top + tall, left : left + wide]
        sign = _sign(_Strokes(*(part[area] for part in strokes)))
        if sign is not None:
            found.append(TickBox(box, sign))
            mask[max(0, top - 2) : top + tall + 2, max(0, left - 2) : left + wide + 2] = 1
    return TickBoxes(tuple(found), mask) if found else TickBoxes()


def _squares(places: _Places, dpi: float) -> list[tuple[int, int, int, int]]:
    """Return the places of what is as wide as high and as large as a square to be ticked."""
    small, large = places[:, 2:].min(axis=1), places[:, 2:].max(axis=1)
    fit = (small >= _LEAST * dpi) & (large <= _MOST * dpi) & (large <= _SQUARE * small)
    return [(int(left), int(top), int(wide), int(tall)) for left, top, wide, tall in places[fit]]


def _sign(square: _Strokes) -> str | None:
    """Return the sign of a square that is ruled on four sides, and empty, crossed from corner to corner, or ticked."""
    side = min(square.ink.shape)
    band, inner = max(2, round(_BAND * side)) + 1, max(2, round(_FRAME * side))
    across, down = square.across > 0, square.down > 0
    edges = (across[:band].any(0), across[-band:].any(0), down[:, :band].any(1), down[:, -band:].any(1))
    if min(float(edge.mean()) for edge in edges) < _SIDE:
        return None
    mark = square.ink[inner:-inner, inner:-inner]
    if float(mark.mean()) < _CLEAN:
        return EMPTY
    steps = np.asarray(cv2.resize(mark * 255, (_GRID, _GRID), interpolation=cv2.INTER_AREA)) > 100
    place = np.arange(_GRID)
    falling = np.abs(place[:, None] - place[None, :]) <= _NEAR
    rising = falling[:, ::-1]
    crossed = all(float((steps & line).any(1).mean()) >= _ACROSS for line in (falling, rising))
    if crossed and float(steps[~(falling | rising)].mean()) < _ASIDE:
        return CROSSED
    spread = min(float(steps.any(axis).mean()) for axis in (0, 1))
    return TICKED if spread >= _ACROSS and float(mark.mean()) < _FULL else None
