"""Leaders: rows of small round dots in equal distance, to be written on or to lead the eye to a page number.

What tells them from full stops, ellipses and the dots of letters is that so many of one size stand on one line at one
distance. A row that others like it follow at once above or below is a screened picture and no leader.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.picture.specks import LETTER_INCHES
from vnreport_ocr.sources.picture.tickboxes import TickBox
from vnreport_ocr.sources.picture.tuning import TUNING
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Pixels

_FEWEST: Final = TUNING.leaders.fewest
_SIZE: Final = TUNING.leaders.size
_REACH: Final = TUNING.leaders.reach
_UNEVEN: Final = TUNING.leaders.uneven
_TEXTURE: Final = TUNING.leaders.texture
_FORM: Final = TUNING.leaders.form
_HEAD: Final = TUNING.leaders.head
_CORNER: Final = TUNING.leaders.corner
_MOST: Final = 30_000
"""A page with more specks is a screened picture; they are not looked at, so that what a page costs stays bounded."""

_NUMBER: Final = TUNING.leaders.number
_BLANK: Final = TUNING.leaders.blank

_Floats = NDArray[Any]


class Leader(NamedTuple):
    """A row of dots, and how many they are."""

    box: PixelBox
    dots: int


class Led(NamedTuple):
    """A few letters to which a row of dots leads, and how far left (and up) they stand behind what it leads from."""

    box: PixelBox
    left: float
    up: float


class Leaders(NamedTuple):
    """The rows of a picture, the mask of their dots, and where print stands upon a row that runs on under it.

    With them, what dots lead to, and the squares of a form: they are taken out and put back as well.
    """

    rows: tuple[Leader, ...] = ()
    mask: Pixels | None = None
    upon: tuple[PixelBox, ...] = ()
    led: tuple[Led, ...] = ()
    ticks: tuple[TickBox, ...] = ()


class _Shapes(NamedTuple):
    """All connected shapes of a picture: their edges and centres."""

    labels: NDArray[Any]
    left: NDArray[Any]
    top: NDArray[Any]
    wide: NDArray[Any]
    high: NDArray[Any]
    x: _Floats
    y: _Floats


class _Row(NamedTuple):
    """The shapes of one row in their order, its line (``y = slope * x + base``), its pitch and the size of its dots."""

    members: tuple[int, ...]
    slope: float
    base: float
    pitch: float
    side: float

    def at(self, x: float) -> float:
        """Return the height of the line."""
        return self.slope * x + self.base


def find_leaders(picture: Picture, beside: Sequence[PixelBox] = ()) -> Leaders:
    """Find the leaders of a level picture that do not lie in one of the boxes (tables, which have dotted rulings)."""
    ink = picture.ink
    shapes = _shapes(ink)
    low, top = (inches * picture.dpi for inches in LETTER_INCHES)
    letters = (shapes.high > low) & (shapes.high < top) & (shapes.wide < 2 * top)
    letters[0] = False
    if not letters.any():
        return Leaders()
    height = float(np.median(shapes.high[letters]))
    specks = _specks(shapes, height)
    if not _FEWEST <= specks.size <= _MOST:
        return Leaders()
    found = [row for chain in _chains(shapes, specks, _REACH * height) for row in _even(shapes, chain)]
    rows = [_grown(shapes, row) for row in found if not _is_texture(shapes, row, specks)]
    rows = [row for row in rows if not _within(shapes, row, beside)]
    rows = _without_stamps(shapes, rows, _CORNER * picture.width, _HEAD * picture.height)
    if not rows:
        return Leaders()
    upon, between = _run_through(shapes, _unique(shapes, rows), ink, letters)
    taken = np.zeros(shapes.x.size, dtype=np.uint8)
    taken[[member for row in rows for member in row.members] + between] = 1
    mask = taken.take(shapes.labels, mode="clip")
    # The grey edge of a dot goes with it, but nothing of the letters beside it.
    others = cv2.dilate(np.where(mask > 0, 0, ink).astype(np.uint8), np.ones((3, 3), np.uint8))
    skirt = np.where((others > 0) & (mask == 0), 0, cv2.dilate(mask, np.ones((5, 5), np.uint8)))
    whole = _unique(shapes, rows)
    led = tuple(led for row in whole if (led := _led(shapes, row, whole, letters, height)) is not None)
    return Leaders(tuple(_told(shapes, row) for row in whole), np.asarray(skirt, dtype=np.uint8), tuple(upon), led)


def _shapes(ink: Pixels) -> _Shapes:
    _, labels, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    centres = np.nan_to_num(centres)
    return _Shapes(
        np.asarray(labels, dtype=np.int32),
        stats[:, cv2.CC_STAT_LEFT],
        stats[:, cv2.CC_STAT_TOP],
        stats[:, cv2.CC_STAT_WIDTH],
        stats[:, cv2.CC_STAT_HEIGHT],
        centres[:, 0],
        centres[:, 1],
    )


def _specks(shapes: _Shapes, height: float) -> NDArray[np.intp]:
    """Return the round shapes no larger than a full stop, from left to right."""
    largest = np.maximum(shapes.wide, shapes.high)
    small = (largest <= max(3.0, _SIZE * height)) & (largest >= 2)
    small &= np.abs(shapes.wide - shapes.high) <= np.maximum(1, 0.35 * largest)
    small[0] = False
    chosen = np.flatnonzero(small)
    return chosen[np.argsort(shapes.x[chosen], kind="stable")]


def _chains(shapes: _Shapes, specks: NDArray[np.intp], reach: float) -> Iterator[list[int]]:
    """Yield specks that follow one another on a line, each the other's nearest neighbour."""
    x, y = shapes.x[specks], shapes.y[specks]
    side = np.maximum(shapes.wide, shapes.high)[specks]
    after = np.full(specks.size, -1)
    before = np.full(specks.size, -1)
    for step in range(1, specks.size):
        across = x[step:] - x[:-step]
        near = across <= reach
        if not near.any():
            break
        small = np.minimum(side[step:], side[:-step])
        near &= (across > small) & (np.abs(y[step:] - y[:-step]) <= 0.3 * small + 0.7)
        near &= np.abs(side[step:] - side[:-step]) <= np.maximum(1, 0.35 * small)
        first = np.flatnonzero(near)
        free = first[after[first] < 0]
        after[free] = free + step
        free = first[before[first + step] < 0]
        before[free + step] = free
    linked = (after >= 0) & (before[after] == np.arange(specks.size))
    begins = np.flatnonzero(linked & ((before < 0) | ~linked[before] | (after[before] != np.arange(specks.size))))
    for start in begins:
        chain, at = [int(specks[start])], int(start)
        while linked[at]:
            at = int(after[at])
            chain.append(int(specks[at]))
        if len(chain) >= _FEWEST:
            yield chain


def _even(shapes: _Shapes, chain: list[int]) -> Iterator[_Row]:
    """Yield the parts of a chain in which all distances are the same."""
    steps = np.diff(shapes.x[chain])
    start = 0
    for end in range(1, len(steps) + 1):
        if end < len(steps) and abs(steps[end] - steps[end - 1]) <= max(1.5, _UNEVEN * steps[end]):
            continue
        part = chain[start : end + 1]
        if len(part) >= _FEWEST:
            row = _row(shapes, part)
            if np.all(np.abs(steps[start:end] - row.pitch) <= max(1.5, _UNEVEN * row.pitch)):
                yield row
        start = end


def _row(shapes: _Shapes, members: Sequence[int]) -> _Row:
    x, y = shapes.x[list(members)], shapes.y[list(members)]
    slope, base = np.polyfit(x, y, 1)
    side = float(np.median(np.maximum(shapes.wide, shapes.high)[list(members)]))
    return _Row(tuple(members), float(slope), float(base), float((x[-1] - x[0]) / (len(members) - 1)), side)


def _is_texture(shapes: _Shapes, row: _Row, specks: NDArray[np.intp]) -> bool:
    """Whether as many specks lie close above or below the row: a screen of dots, which is a picture."""
    x, y = shapes.x[specks], shapes.y[specks]
    off = np.abs(y - (row.slope * x + row.base))
    first, last = shapes.x[row.members[0]], shapes.x[row.members[-1]]
    near = (x > first) & (x < last) & (off > row.side) & (off < 2.0 * row.pitch)
    return bool(near.sum() > _TEXTURE * len(row.members))


def _within(shapes: _Shapes, row: _Row, boxes: Sequence[PixelBox]) -> bool:
    x = float(shapes.x[list(row.members)].mean())
    return any(box.left <= x <= box.right and box.top <= row.at(x) <= box.bottom for box in boxes)


def _led(shapes: _Shapes, row: _Row, rows: Sequence[_Row], letters: NDArray[np.bool_], height: float) -> Led | None:
    """Return the few letters behind the row, if no more dots follow: far from all others an engine passes over them."""
    begin, end = float(shapes.left[row.members[0]]), float(shapes.x[row.members[-1]])
    foot = shapes.top + shapes.high
    behind = letters & (shapes.left > end)
    behind &= np.abs(foot - (row.slope * shapes.x + row.base)) <= 0.6 * height + row.side
    if not behind.any():
        return None
    left, right = float(shapes.left[behind].min()), float((shapes.left + shapes.wide)[behind].max())
    if right - left > _NUMBER * height or any(
        float(shapes.x[other.members[-1]]) > right and abs(other.at(right) - row.at(right)) <= row.side + 0.3 * height
        for other in rows
    ):
        return None
    # Marks above and below the letters go with them.
    line = (shapes.left >= left - 1) & (shapes.left + shapes.wide <= right + 1) & (shapes.high < 3 * height)
    line &= (shapes.top > row.at(left) - 2 * height) & (foot < row.at(left) + 0.7 * height)
    line[0] = False
    box = PixelBox(left - 2, float(shapes.top[line].min()) - 2, right + 2, float(foot[line].max()) + 2)
    moved = box.left - begin - _BLANK * height
    return Led(box, moved, row.slope * moved) if moved > box.width else None


def _without_stamps(shapes: _Shapes, rows: Sequence[_Row], right: float, low: float) -> list[_Row]:
    """Return the rows without those of an arrival stamp: few, in the left upper corner, over the head."""
    if len({member for row in rows for member in row.members}) >= _FORM:
        return list(rows)
    ends = [float(shapes.x[row.members[-1]]) for row in rows]
    return [row for row, end in zip(rows, ends, strict=True) if row.at(end) > low or end > right]


def _grown(shapes: _Shapes, row: _Row) -> _Row:
    """Return the row with what continues it, dots that are larger or joined, and without the foot of a colon."""
    right = shapes.left + shapes.wide
    low = (shapes.high <= 1.4 * row.side + 1) & (shapes.wide <= 4 * row.pitch) & (shapes.wide >= 2)
    low &= np.abs(shapes.y - (row.slope * shapes.x + row.base)) <= 0.35 * row.side + 1
    low[0] = False
    line = np.flatnonzero(low)
    line = line[np.argsort(shapes.x[line], kind="stable")]
    places = {int(shape): place for place, shape in enumerate(line)}
    known = [places[member] for member in row.members if member in places]
    if not known:
        return row
    first, last = min(known), max(known)
    # Nearer than the colon of a label, behind which a space stands.
    reach = 1.2 * row.pitch
    while first > 0 and shapes.left[line[first]] - right[line[first - 1]] <= reach:
        first -= 1
    while last + 1 < line.size and shapes.left[line[last + 1]] - right[line[last]] <= reach:
        last += 1
    while first < last and _has_another_above(shapes, row, int(line[first])):
        first += 1
    while last > first and _has_another_above(shapes, row, int(line[last])):
        last -= 1
    return row._replace(members=tuple(int(shape) for shape in line[first : last + 1]))


def _has_another_above(shapes: _Shapes, row: _Row, dot: int) -> bool:
    """Whether a dot is the foot of a colon or semicolon: another of its size stands straight above it."""
    near = np.abs(shapes.x - shapes.x[dot]) <= 0.6 * row.side + 1
    rise = shapes.y[dot] - shapes.y
    near &= (rise > row.side) & (rise < 6 * row.side) & (np.abs(shapes.high - row.side) <= 0.4 * row.side + 1)
    near &= shapes.wide <= 1.4 * row.side + 1
    return bool(near.any())


def _unique(shapes: _Shapes, rows: Sequence[_Row]) -> list[_Row]:
    """Return the rows with those that grew together as one, from left to right."""
    kept: list[_Row] = []
    for row in sorted(rows, key=lambda row: float(shapes.x[row.members[0]])):
        same = next((i for i, other in enumerate(kept) if set(other.members) & set(row.members)), None)
        if same is None:
            kept.append(row)
            continue
        members = sorted({*kept[same].members, *row.members}, key=lambda shape: float(shapes.x[shape]))
        longer = max(kept[same], row, key=lambda one: len(one.members))
        kept[same] = longer._replace(members=tuple(members))
    return kept


def _run_through(
    shapes: _Shapes, rows: Sequence[_Row], ink: NDArray[Any], letters: NDArray[np.bool_]
) -> tuple[list[PixelBox], list[int]]:
    """Return where print stands upon dots that run on under it, and which dots between its letters are theirs."""
    upon: list[PixelBox] = []
    between: list[int] = []
    tall = float(np.mean(np.percentile(shapes.high[letters], (25, 85))))
    for row, following in _neighbours(shapes, rows):
        start, end = float(shapes.x[row.members[-1]]), float(shapes.x[following.members[0]])
        steps = (end - start) / row.pitch
        count = round(steps)
        if count < 2 or abs(steps - count) > 0.2 + 0.01 * count:
            continue
        places = start + (end - start) / count * np.arange(1, count)
        if not all(_is_inked(ink, x, row.at(x), row.side) for x in places):
            continue
        middle = row.at((start + end) / 2)
        upon.append(PixelBox(start, middle - 2 * tall, end, middle + row.side))
        between += _dots_between(shapes, row, places, letters, tall)
    return upon, between


def _neighbours(shapes: _Shapes, rows: Sequence[_Row]) -> Iterator[tuple[_Row, _Row]]:
    """Yield rows of one line that follow one another."""
    by_line: list[list[_Row]] = []
    for row in rows:
        x = float(shapes.x[row.members[0]])
        for line in by_line:
            last = line[-1]
            far = x - float(shapes.x[last.members[-1]])
            if far > 0 and abs(last.at(x) - row.at(x)) <= 0.5 * row.side + 1 + 0.003 * far:
                line.append(row)
                break
        else:
            by_line.append([row])
    for line in by_line:
        yield from pairwise(line)


def _is_inked(ink: NDArray[Any], x: float, y: float, side: float) -> bool:
    half = max(1.0, 0.5 * side)
    part = ink[max(0, round(y - half)) : round(y + half) + 1, max(0, round(x - half)) : round(x + half) + 1]
    return bool(part.any())


def _dots_between(shapes: _Shapes, row: _Row, places: _Floats, letters: NDArray[np.bool_], tall: float) -> list[int]:
    """Return the dots of the row that stand among letters; one between two tall shapes may be the point of a number."""
    near = (shapes.high <= 1.4 * row.side + 1) & (shapes.wide <= 1.4 * row.side + 1) & (shapes.high >= 2)
    near &= np.abs(shapes.y - (row.slope * shapes.x + row.base)) <= 0.35 * row.side + 1
    near &= (shapes.x > places[0] - row.pitch) & (shapes.x < places[-1] + row.pitch)
    near[0] = False
    on_line = letters & (shapes.top < shapes.y.dtype.type(row.at(float(places[0]))))
    on_line &= shapes.top + shapes.high > row.at(float(places[0])) - tall / 2
    on_line &= shapes.top > row.at(float(places[0])) - 3 * tall
    found = []
    for dot in np.flatnonzero(near):
        x = float(shapes.x[dot])
        if np.abs(places - x).min() > 0.2 * row.pitch + 0.5:
            continue
        before = np.flatnonzero(on_line & (shapes.x < x) & (shapes.x > x - 4 * row.pitch))
        after = np.flatnonzero(on_line & (shapes.x > x) & (shapes.x < x + 4 * row.pitch))
        sides = [group[np.argmin(np.abs(shapes.x[group] - x))] for group in (before, after) if group.size]
        if len(sides) == 2 and all(shapes.high[side] >= tall for side in sides):
            continue
        found.append(int(dot))
    return found


def _told(shapes: _Shapes, row: _Row) -> Leader:
    """Return the row as it is told; joined dots count as so many as they are long."""
    members = list(row.members)
    wide = shapes.wide[members]
    dots = int(np.maximum(1, np.rint((wide - row.side) / row.pitch + 1)).sum())
    left, top = shapes.left[members], shapes.top[members]
    return Leader(
        PixelBox(
            float(left.min()),
            float(top.min()),
            float((left + wide).max()),
            float((top + shapes.high[members]).max()),
        ),
        dots,
    )
