"""Ruled tables: lines found on a picture, and the cells they enclose."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import cv2
import numpy as np

from vnreport_ocr.sources.picture.tuning import TUNING
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Pixels, around

_SEEN_DPI: Final = TUNING.rulings.seen_dpi
_MEASURED_DPI: Final = TUNING.rulings.measured_dpi
_ACROSS: Final = TUNING.rulings.across
_DOWN: Final = TUNING.rulings.down
_SAME: Final = TUNING.rulings.same
_LEAST: Final = (1.2, 0.3)
_RULED: Final = TUNING.rulings.ruled
_LONG: Final = TUNING.rulings.long
_EDGE: Final = TUNING.rulings.edge
_LOW_ROW: Final = TUNING.rulings.low_row
_CLOSE: Final = (TUNING.rulings.beside, TUNING.rulings.close)
_MANY_CELLS: Final = TUNING.rulings.many_cells
_HEADS: Final = 2
"""Rows or columns that may name the others: a title may span the first, numbers stand in the first column."""
_PRINT: Final = TUNING.rulings.print_area
_ROWS_TO_TELL: Final = 4
"""Rulings across: of fewer than three rows, each may have columns of its own."""
_SMALL: Final = 1 << 22
"""Pixels of a mask whose parts, none smaller than a short ruling, can be numbered in two bytes: thrice as quick."""


class Place(NamedTuple):
    """A cell: where it stands in the table and on the picture."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: PixelBox


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table on a picture."""

    box: PixelBox
    places: tuple[Place, ...]
    rulings: Pixels
    """The rulings as a mask of the whole picture."""


class _Rulings(NamedTuple):
    across: Pixels
    down: Pixels
    ink: Pixels
    """All that is dark, rulings and print."""


def find_grids(grey: Pixels, dpi: float) -> list[Grid]:
    """Return the ruled tables of a level picture, from top to bottom."""
    factor = _MEASURED_DPI / dpi
    if factor > 0.8:
        return _find(grey, dpi)
    if not _has_rulings(Picture(grey, dpi).reduced(_SEEN_DPI)):
        return []
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return [
        enlarged_grid(grid, 1 / factor, grey.shape) for grid in _find(np.asarray(small, dtype=np.uint8), _MEASURED_DPI)
    ]


def _has_rulings(small: Picture) -> bool:
    """Look quickly for long lines both ways; nearly all pages end here."""
    rulings = _rulings(small.pixels, small.dpi)
    return rulings is not None and int(rulings.across.any(axis=1).sum()) >= 2


def enlarged_grid(grid: Grid, factor: float, shape: tuple[int, ...]) -> Grid:
    """Return the grid as it lies on a picture of some shape, ``factor`` times as large."""
    mask = cv2.resize(grid.rulings, (shape[1], shape[0]), interpolation=cv2.INTER_NEAREST)
    places = tuple(place._replace(box=resized(place.box, factor)) for place in grid.places)
    return Grid(resized(grid.box, factor), places, np.asarray(mask, dtype=np.uint8))


def resized(box: PixelBox, factor: float) -> PixelBox:
    """Return the box on a picture ``factor`` times as large."""
    return PixelBox(*(edge * factor for edge in box))


def _find(grey: Pixels, dpi: float) -> list[Grid]:
    rulings = _rulings(grey, dpi)
    if rulings is None:
        return []
    both = np.asarray(cv2.dilate(rulings.across | rulings.down, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    outlines, ranks = cv2.findContours(both, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    grids = []
    for outline, rank in zip(outlines, ranks[0] if len(outlines) else (), strict=True):
        left, top, wide, high = cv2.boundingRect(outline)
        is_hole = rank[3] >= 0
        if is_hole or wide < _LEAST[0] * dpi or high < _LEAST[1] * dpi:
            continue
        area = np.s_[top : top + high, left : left + wide]
        own = _connected(both[area], int(outline[0, 0, 1]) - top, int(outline[0, 0, 0]) - left)
        part = _Rulings(rulings.across[area] & own, rulings.down[area] & own, rulings.ink[area])
        places = _places(part, dpi)
        if places and _is_table(places) and not _is_diagram(places, part, dpi):
            moved = tuple(place._replace(box=place.box.moved(left, top)) for place in places)
            grids.append(Grid(around([place.box for place in moved]), moved, both))
    return sorted(grids, key=lambda grid: (grid.box.top, grid.box.left))


def _connected(mask: Pixels, row: int, column: int) -> Pixels:
    """Return the part of a mask that hangs together with one of its points."""
    _, labels = cv2.connectedComponents(mask, ltype=_numbers(mask))
    return np.asarray(labels == labels[row, column], dtype=np.uint8)


def _numbers(mask: Pixels) -> int:
    return cv2.CV_16U if mask.size < _SMALL else cv2.CV_32S


def _is_table(places: Sequence[Place]) -> bool:
    """Two rows and two columns at least: anything less is a frame around a stamp or a heading."""
    rows = {place.row for place in places}
    columns = {place.column for place in places}
    return len(rows) >= 2 and len(columns) >= 2 and len(places) >= 4


def _is_diagram(places: Sequence[Place], inside: _Rulings, dpi: float) -> bool:
    """Whether cells are what bars and lines of a chart enclose: no head, no first column, a figure here and there.

    A table has a head or names its rows, and so has a form; one without any print is there to be filled in.
    """
    if len(places) < _MANY_CELLS:
        return False
    edge, least = round(_EDGE * dpi) + 1, _PRINT * dpi * dpi
    printed = [(place, _print_in(inside, place.box, edge) >= least) for place in places]
    if not any(has for _, has in printed):
        return False
    heads = [
        [has for place, has in printed if (place.row if across else place.column) == number]
        for across in (True, False)
        for number in range(_HEADS)
    ]
    return not any(len(one) > 1 and 2 * sum(one) > len(one) for one in heads)


def _print_in(part: _Rulings, box: PixelBox, edge: int) -> int:
    """Return how many pixels within a cell are ink and no ruling."""
    area = np.s_[round(box.top) + edge : round(box.bottom) - edge, round(box.left) + edge : round(box.right) - edge]
    ink = part.ink[area]
    return int(np.count_nonzero(ink & (1 - (part.across[area] | part.down[area])))) if ink.size else 0


def _rulings(grey: Pixels, dpi: float) -> _Rulings | None:
    """Long thin dark lines, short breaks in them closed; None where they do not run both ways."""
    block = max(3, round(0.1 * dpi)) | 1
    ink = cv2.adaptiveThreshold(grey, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 12)
    gap = max(2, round(0.02 * dpi))
    down = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8))
    down = cv2.morphologyEx(down, cv2.MORPH_OPEN, np.ones((max(3, round(_DOWN * dpi)), 1), np.uint8))
    if not down.any():
        return None
    across = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    across = cv2.morphologyEx(across, cv2.MORPH_OPEN, np.ones((1, max(3, round(_ACROSS * dpi))), np.uint8))
    if not across.any():
        return None
    masks = (np.asarray(mask, dtype=np.uint8) for mask in (across, down, ink))
    return _Rulings(*masks)


class _Crossing(NamedTuple):
    """The rulings that run the other way: where they lie, and where they are drawn."""

    stops: Sequence[float]
    mask: Pixels
    axis: int
    """The axis along which the stops lie on the mask."""

    def ends_at(self, place: float, middle: float, near: float) -> bool:
        """Whether a stroke at ``middle`` that ends at ``place`` meets one of them there."""
        return any(abs(place - stop) < near and self._is_drawn(stop, middle, round(near)) for stop in self.stops)

    def go_on(self, begin: int, end: int, near: int) -> bool:
        """Whether half of them, and two at least, run on between two places."""
        inner = slice(begin + near // 2, max(begin + near // 2 + 1, end - near // 2))
        drawn = 0
        for stop in self.stops:
            beside = _near(stop, near)
            side = self.mask[inner, beside].max(axis=1) if self.axis == 1 else self.mask[beside, inner].max(axis=0)
            drawn += side.size > 0 and int(np.count_nonzero(side)) > _RULED * side.size
        return drawn >= max(2, len(self.stops) / 2)

    def _is_drawn(self, stop: float, middle: float, near: int) -> bool:
        along, beside = _near(stop, near), _near(middle, near)
        return bool((self.mask[along, beside] if self.axis == 0 else self.mask[beside, along]).any())


def _positions(mask: Pixels, dpi: float, axis: int, crossing: _Crossing | None = None) -> list[float]:
    """Where rulings lie: middles of the lines found, near ones taken together.

    A ruling is long, or it runs from one crossing ruling to another; anything else is a stroke.
    """
    spread = np.ones((3, 1) if axis == 0 else (1, 3), np.uint8)
    _, _, stats, centres = cv2.connectedComponentsWithStats(cv2.dilate(mask, spread), ltype=_numbers(mask))
    length, start = (cv2.CC_STAT_WIDTH, cv2.CC_STAT_LEFT) if axis == 0 else (cv2.CC_STAT_HEIGHT, cv2.CC_STAT_TOP)
    found = sorted(
        (float(centre[1 - axis]), int(stat[length]), int(stat[start]))
        for stat, centre in zip(stats[1:], centres[1:], strict=True)
    )
    groups: list[list[tuple[float, int, int]]] = []
    for ruling in found:
        if groups and ruling[0] - groups[-1][-1][0] < _SAME * dpi:
            groups[-1].append(ruling)
        else:
            groups.append([ruling])
    extent = mask.shape[1 - axis]
    kept = [group for group in groups if _is_ruling(group, extent, crossing, 2 * _SAME * dpi)]
    return [sum(m * s for m, s, _ in group) / sum(s for _, s, _ in group) for group in kept]


def _is_ruling(group: Sequence[tuple[float, int, int]], extent: int, crossing: _Crossing | None, near: float) -> bool:
    if sum(size for _, size, _ in group) > _LONG * extent:
        return True
    return crossing is not None and any(
        crossing.ends_at(begin, middle, near) and crossing.ends_at(begin + size, middle, near)
        for middle, size, begin in group
    )


def _places(part: _Rulings, dpi: float) -> list[Place]:
    sides = _Crossing(_positions(part.down, dpi, 1), part.down, 1)
    rows = _with_edges(_positions(part.across, dpi, 0, sides), sides, part.across.shape[0], dpi)
    if len(rows) < 3:
        return []
    beds = _Crossing(rows, part.across, 0)
    columns = _with_edges(_positions(part.down, dpi, 1, beds), beds, part.down.shape[1], dpi)
    columns = [
        column
        for place, column in enumerate(columns)
        if place in (0, len(columns) - 1) or not _is_stem(part, column, rows, dpi)
    ]
    if len(columns) < 3:
        return []
    reach, edge = round(_SAME * dpi), round(_EDGE * dpi)
    beside = [part.down[:, _near(column, reach)].max(axis=1) for column in columns]
    under = [part.across[_near(row, reach)].max(axis=0) for row in rows]
    home = {(r, c): (r, c) for r in range(len(rows) - 1) for c in range(len(columns) - 1)}
    for row, column in list(home):
        if column + 1 < len(columns) - 1 and not _is_ruled(beside[column + 1], rows[row], rows[row + 1], edge):
            _join(home, (row, column), (row, column + 1))
        if row + 1 < len(rows) - 1 and not _is_ruled(under[row + 1], columns[column], columns[column + 1], edge):
            _join(home, (row, column), (row + 1, column))
    return _rectangles(home, rows, columns)


def _is_stem(part: _Rulings, column: float, rows: Sequence[float], dpi: float) -> bool:
    """Whether a ruling in one low row alone is the stem of a letter as high as the row: print is close on both sides.

    Between a ruling and what is printed beside it lies more room than between two letters.
    """
    edge = round(_EDGE * dpi)
    side = part.down[:, _near(column, round(_SAME * dpi))].max(axis=1)
    ruled = [(top, bottom) for top, bottom in pairwise(rows) if _is_ruled(side, top, bottom, edge)]
    if len(rows) < _ROWS_TO_TELL or len(ruled) != 1 or ruled[0][1] - ruled[0][0] > _LOW_ROW * dpi:
        return False
    top, bottom = (round(place) for place in ruled[0])
    inside = part.ink[top + 2 * edge : bottom - 2 * edge]
    near, far = round(column + _CLOSE[0] * dpi) + 1, round(column + _CLOSE[1] * dpi) + 1
    before = 2 * round(column) - far, 2 * round(column) - near
    return all(bool(inside[:, max(0, left) : right].any()) for left, right in ((near, far), before))


def _with_edges(found: list[float], crossing: _Crossing, size: int, dpi: float) -> list[float]:
    """Put the outer edges where the rulings that cross them end, drawn or not.

    Where few of them reach further than the last ruling, something else does: a stamp over the table's corner.
    """
    if not found:
        return []
    near = round(2 * _SAME * dpi)
    first, last = round(found[0]), round(found[-1])
    before = [0.0] if first >= near and crossing.go_on(0, first, near) else []
    after = [size - 1.0] if size - last >= near and crossing.go_on(last, size, near) else []
    return [*before, *found, *after]


Slot = tuple[int, int]


def _near(place: float, reach: int) -> slice:
    middle = round(place)
    return slice(max(0, middle - reach), middle + reach + 1)


def _is_ruled(ruling: Pixels, begin: float, end: float, edge: int) -> bool:
    """Whether a line runs along one side of a slot, from ``begin`` to ``end``."""
    first, last = round(begin) + edge, round(end) - edge
    side = ruling[first : max(first + 1, last)]
    return side.size > 0 and int(np.count_nonzero(side)) > _RULED * side.size


def _root(home: dict[Slot, Slot], slot: Slot) -> Slot:
    while home[slot] != slot:
        slot = home[slot]
    return slot


def _join(home: dict[Slot, Slot], one: Slot, other: Slot) -> None:
    first, second = sorted((_root(home, one), _root(home, other)))
    home[second] = first


def _rectangles(home: dict[Slot, Slot], rows: list[float], columns: list[float]) -> list[Place]:
    """Cells out of joined slots; what is no rectangle falls apart into its slots again."""
    groups: dict[Slot, list[Slot]] = {}
    for slot in home:
        groups.setdefault(_root(home, slot), []).append(slot)
    places = []
    for slots in groups.values():
        top, bottom = min(r for r, _ in slots), max(r for r, _ in slots) + 1
        left, right = min(c for _, c in slots), max(c for _, c in slots) + 1
        whole = (bottom - top) * (right - left) == len(slots)
        spans = [(top, bottom, left, right)] if whole else [(r, r + 1, c, c + 1) for r, c in slots]
        for t, b, le, ri in spans:
            places.append(Place(t, le, b - t, ri - le, PixelBox(columns[le], rows[t], columns[ri], rows[b])))
    return sorted(places)
