"""Where the words of a line stand: a reader of lines tells about where each letter lies, the ink tells the rest."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from vnreport_ocr.sources.picture.value import PixelBox, Pixels

_LETTER: Final = 0.45
"""How far a letter reaches to both sides of its middle, in heights of its line. range 0.25 to 0.8"""
_LEAST_HIGH: Final = 0.15


def word_boxes(grey: Pixels, line: PixelBox, middles: Sequence[tuple[float, float]]) -> list[PixelBox]:
    """Return the box of each word of a line, by the middles of its first and its last letter."""
    left, top = int(line.left), int(line.top)
    part = grey[top : int(np.ceil(line.bottom)), left : int(np.ceil(line.right))]
    _, ink = cv2.threshold(part, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if 2 * cv2.countNonZero(ink) > ink.size:
        ink = 1 - ink  # light letters on a dark ground
    inked = np.flatnonzero(cv2.reduce(ink, 0, cv2.REDUCE_MAX)).tolist()
    reach = _LETTER * line.height
    edges = [max(0.0, middles[0][0] - reach - left)]
    for (_, before), (after, _) in pairwise(middles):
        edges.append(_gap(inked, ink.shape[1], before - left, after - left))
    edges.append(min(float(ink.shape[1]), middles[-1][1] + reach - left))
    return [_box(np.asarray(ink, dtype=np.uint8), line, round(a), round(b)) for a, b in pairwise(edges)]


def first_gap(grey: Pixels, box: PixelBox) -> tuple[float, float] | None:
    """Return where the first blank of a word's box begins and ends; None where its ink is all of one piece."""
    left = int(box.left)
    part = grey[int(box.top) : int(np.ceil(box.bottom)), left : int(np.ceil(box.right))]
    _, ink = cv2.threshold(part, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    columns = np.flatnonzero(ink.any(axis=0))
    steps = np.flatnonzero(np.diff(columns) > 1)
    if not steps.size:
        return None
    return float(left + columns[steps[0]] + 1), float(left + columns[steps[0] + 1])


def _gap(inked: Sequence[int], wide: int, before: float, after: float) -> float:
    """Return the middle of the widest blank between the last letter of a word and the first of the next one.

    ``inked`` are the columns with ink, of so many.
    """
    start, stop = round(before), min(wide, max(round(before) + 1, round(after)))
    between = inked[bisect_left(inked, start) : bisect_left(inked, stop)]
    widest, place = 0, (before + after) / 2
    for one, other in pairwise((start - 1, *between, stop)):
        if other - one - 1 > widest:
            widest, place = other - one - 1, (one + 1 + other) / 2
    return place


def _box(ink: Pixels, line: PixelBox, start: int, stop: int) -> PixelBox:
    """Return the box around the ink between two columns; a dash or nothing is as high as the line."""
    start, stop = max(0, start), min(ink.shape[1], max(stop, start + 1))
    part = ink[:, start:stop]
    column, row, wide, high = cv2.boundingRect(part) if part.size else (0, 0, 0, 0)
    left, top = int(line.left), int(line.top)
    if not high:
        return PixelBox(float(left + start), line.top, float(left + max(stop, start + 1)), line.bottom)
    flat = high - 1 < _LEAST_HIGH * ink.shape[0]
    return PixelBox(
        float(left + start + column),
        line.top if flat else float(top + row),
        float(left + start + column + wide),
        line.bottom if flat else float(top + row + high),
    )
