"""The lines of a picture: looked for on a sketch of it, in parts where it is high, with room for their last signs."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import cv2
import numpy as np

from vnreport_ocr.sources.picture.measuring import level_angle
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Pixels

Find = Callable[[Pixels, int], list[PixelBox]]
"""Finds the lines of a picture that is looked at with its longer side so many pixels long."""

_SKETCH_DPI: Final = 87.6
"""At this resolution lines are looked for: a page of A4 is then as high as the finder was taught with."""
_LARGEST_SKETCH: Final = 2048
_LEAST_SKETCH: Final = 32
_SMALL_LINE, _GOOD_LINE = 9.0, 12.0
"""Lines lower than the one on the sketch are looked for once more, as high as the other."""
_ENOUGH_LINES: Final = 8
_TILE: Final = 1400
"""Rows of a sketch that are looked at in one go: a sheet of many parts is far higher than any page."""
_BESIDE: Final = 0.35
"""The finder leaves out the full stop at a line's end: so far, in heights of the line, it is sought. range 0.25 to 0.6
"""
_SAME_ROW: Final = 0.3
_ASKEW: Final = 0.2
"""Degrees from which on a page is straightened: lines that fall by less keep within their strips. range 0.1 to 0.4"""
_ANGLE_DPI: Final = 100.0


def angle_of_lines(picture: Picture) -> float:
    """Return by how much the lines of a page fall to the right, in degrees; 0 where they hardly do."""
    small = picture.reduced(_ANGLE_DPI).pixels
    _, ink = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    angle = level_angle(np.asarray(ink, dtype=np.uint8))
    return angle if abs(angle) >= _ASKEW else 0.0


def find_lines(grey: Pixels, dpi: float, find: Find, page_side: int = 0) -> list[PixelBox]:
    """Return the lines from top to bottom.

    ``page_side`` is the least side of the sketch of a whole page, whose resolution may not be what its file says.
    """
    scale = _SKETCH_DPI / dpi
    longest = _LARGEST_SKETCH / max(grey.shape)
    if page_side:
        scale = min(max(scale, page_side / max(grey.shape)), longest)
    found = _found(grey, scale, find)
    if len(found) >= _ENOUGH_LINES:
        high = float(np.median([box.height for box in found])) * scale
        if high < _SMALL_LINE and scale < longest:
            found = _found(grey, min(scale * _GOOD_LINE / high, longest), find)
    return sorted(_with_room(found, grey.shape[1]), key=lambda box: (box.middle, box.left))


def _found(grey: Pixels, scale: float, find: Find) -> list[PixelBox]:
    found: list[PixelBox] = []
    for top, bottom in tiles(grey, round(_TILE / scale)):
        part = grey[top:bottom]
        side = max(_LEAST_SKETCH, round(max(part.shape) * scale))
        found += [PixelBox(b.left, b.top + top, b.right, b.bottom + top) for b in find(part, side)]
    return found


def tiles(grey: Pixels, most: int) -> Iterator[tuple[int, int]]:
    """Cut a high picture into parts, from row to row, where there is least ink."""
    top, high = 0, grey.shape[0]
    while high - top > most * 4 // 3:
        lightest = grey[top + most // 2 : top + most].min(axis=1)
        cut = top + most // 2 + int(np.flatnonzero(lightest == lightest.max())[-1])
        yield top, cut
        top = cut
    yield top, high


def _with_room(lines: Sequence[PixelBox], wide: int) -> list[PixelBox]:
    """Return lines with room at both ends, but for what belongs to the line beside."""
    found = []
    ordered = sorted(lines, key=lambda box: box.top)
    highest = max((line.height for line in lines), default=0.0)
    for line in lines:
        left, right = max(0.0, line.left - _BESIDE * line.height), min(float(wide), line.right + _BESIDE * line.height)
        first, behind = (
            bisect_left(ordered, top, key=lambda box: box.top) for top in (line.top - highest, line.bottom)
        )
        for other in ordered[first:behind]:
            shared = min(other.bottom, line.bottom) - max(other.top, line.top)
            if other is line or shared < _SAME_ROW * line.height:
                continue
            if other.left >= line.right:
                right = min(right, (line.right + other.left) / 2)
            elif other.right <= line.left:
                left = max(left, (line.left + other.right) / 2)
        found.append(line._replace(left=left, right=right))
    return found


def inked(grey: Pixels) -> list[PixelBox]:
    """Return the box around all ink of a picture that shows one line; nothing where there is none."""
    _, ink = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return []
    return [PixelBox(float(columns[0]), float(rows[0]), float(columns[-1] + 1), float(rows[-1] + 1))]
