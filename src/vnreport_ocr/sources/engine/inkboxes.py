"""Where the words of a line stand: a reader of lines tells about where each letter lies, the ink tells the rest."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.picture.value import PixelBox, Pixels

_LETTER: Final = 0.45
"""How far a letter reaches to both sides of its middle, in heights of its line. range 0.25 to 0.8"""
_LEAST_HIGH: Final = 0.15


def word_boxes(grey: Pixels, line: PixelBox, middles: Sequence[tuple[float, float]]) -> list[PixelBox]:
    """Return the box of each word of a line, by the middles of its first and its last letter."""
    left, top = int(line.left), int(line.top)
    part = grey[top : int(np.ceil(line.bottom)), left : int(np.ceil(line.right))]
    _, ink = cv2.threshold(part, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if ink.mean() > 0.5:
        ink = 1 - ink  # light letters on a dark ground
    inked = np.asarray(ink.any(axis=0), dtype=np.bool_)
    reach = _LETTER * line.height
    edges = [max(0.0, middles[0][0] - reach - left)]
    for (_, before), (after, _) in pairwise(middles):
        edges.append(_gap(inked, before - left, after - left))
    edges.append(min(float(len(inked)), middles[-1][1] + reach - left))
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


def _gap(inked: NDArray[np.bool_], before: float, after: float) -> float:
    """Return the middle of the widest blank between the last letter of a word and the first of the next one."""
    start, stop = round(before), max(round(before) + 1, round(after))
    blank = np.concatenate(([False], ~inked[start:stop], [False]))
    turns = np.flatnonzero(blank[1:] != blank[:-1])
    if not turns.size:
        return (before + after) / 2
    begins, ends = turns[::2], turns[1::2]
    widest = int(np.argmax(ends - begins))
    return start + float(begins[widest] + ends[widest]) / 2


def _box(ink: Pixels, line: PixelBox, start: int, stop: int) -> PixelBox:
    """Return the box around the ink between two columns; a dash or nothing is as high as the line."""
    start, stop = max(0, start), min(ink.shape[1], max(stop, start + 1))
    part = ink[:, start:stop]
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    left, top = int(line.left), int(line.top)
    if not rows.size:
        return PixelBox(float(left + start), line.top, float(left + max(stop, start + 1)), line.bottom)
    flat = rows[-1] - rows[0] < _LEAST_HIGH * ink.shape[0]
    return PixelBox(
        float(left + start + columns[0]),
        line.top if flat else float(top + rows[0]),
        float(left + start + columns[-1] + 1),
        line.bottom if flat else float(top + rows[-1] + 1),
    )
