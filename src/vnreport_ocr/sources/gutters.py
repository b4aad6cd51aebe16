"""Columns of running text: found by the gutter that stays free over many lines, however narrow it is.

Two and three columns of a gazette or a newsletter are read one after the other; the columns of a table or a form,
whose entries are short, are none.
"""

from collections.abc import Callable, Sequence
from statistics import mean, median
from typing import Final, NamedTuple, TypeVar

from vnreport_ocr.model import Box
from vnreport_ocr.sources.order import Ordered, reading_order
from vnreport_ocr.sources.tuning import TUNING

_T = TypeVar("_T")
_GAP: Final = TUNING.gutters.gap
_ALIGNED: Final = TUNING.gutters.aligned
_FEWEST_LINES: Final = TUNING.gutters.fewest_lines
_NEXT_LINE: Final = TUNING.gutters.next_line
_FILLED: Final = TUNING.gutters.filled
_LONG: Final = TUNING.gutters.long
_MOST_COLUMNS: Final = TUNING.gutters.most_columns
_INDENT: Final = TUNING.gutters.indent


class Zone(NamedTuple):
    """Columns side by side: where they begin and end on the page, and where each begins after the first."""

    top: float
    bottom: float
    edges: tuple[float, ...]


class _Word(NamedTuple):
    box: Box
    letters: int
    begins: bool


def with_gutters(
    fragments: Sequence[Sequence[_T]], box_of: Callable[[_T], Box], text_of: Callable[[_T], str]
) -> tuple[list[list[_T]], list[Zone]]:
    """Return the fragments divided where a gutter runs through them, and the zones of columns."""
    words: list[_Word] = []
    for part in fragments:
        before: Box | None = None
        for one in part:
            box = box_of(one)
            words.append(_Word(box, len(text_of(one)), before is None or _apart(before, box)))
            before = box
    zones = _zones(words)
    if not zones:
        return [list(part) for part in fragments], []
    return [piece for part in fragments for piece in _divided(part, box_of, zones)], zones


def order_in_zones(boxes: Sequence[Box], texts: Sequence[str], zones: Sequence[Zone]) -> list[Ordered]:
    """Return the lines in the order a person reads them, each column of a zone to its end before the next one."""
    rest = set(range(len(boxes)))
    found: list[Ordered] = []

    def take(numbers: list[int]) -> None:
        first = found[-1].block + 1 if found else 0
        order = reading_order([boxes[i] for i in numbers], [texts[i] for i in numbers])
        found.extend(Ordered(tuple(numbers[i] for i in line.members), first + line.block) for line in order)

    for zone in sorted(zones, key=lambda zone: zone.top):
        above = sorted(i for i in rest if _middle(boxes[i]) < zone.top)
        take(above)
        rest -= set(above)
        for column in range(len(zone.edges) + 1):
            inside = sorted(i for i in rest if _middle(boxes[i]) <= zone.bottom and _column(boxes[i], zone) == column)
            take(inside)
            rest -= set(inside)
    take(sorted(rest))
    return found


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _column(box: Box, zone: Zone) -> int:
    return sum(box.left >= edge - _ALIGNED for edge in zone.edges)


def _apart(before: Box, after: Box) -> bool:
    return after.left - before.right > _GAP * (after.bottom - after.top)


def _divided(part: Sequence[_T], box_of: Callable[[_T], Box], zones: Sequence[Zone]) -> list[list[_T]]:
    """Cut a fragment at the edges of the zone that it stands in."""
    box = box_of(part[0])
    zone = next((z for z in zones if z.top <= _middle(box) <= z.bottom), None)
    if zone is None:
        return [list(part)]
    columns: dict[int, list[_T]] = {}
    for one in part:
        columns.setdefault(_column(box_of(one), zone), []).append(one)
    return list(columns.values())


def _zones(words: Sequence[_Word]) -> list[Zone]:
    """Where lines begin at one place, over many lines, beside others that fill what lies before."""
    if len(words) < 4 * _FEWEST_LINES:
        return []
    height = median(word.box.bottom - word.box.top for word in words)
    left = min(word.box.left for word in words)
    found: list[Zone] = []
    for edge in _edges([word for word in words if word.begins and word.box.left > left + 4 * height]):
        runs = _runs(edge, words, height)
        found += [Zone(*run, (edge,)) for run in runs if _is_column(words, run, edge, left, height)]
    zones = _together(found)
    return [_whole(zone, words, zones, height) for zone in zones]


def _whole(zone: Zone, words: Sequence[_Word], zones: Sequence[Zone], height: float) -> Zone:
    """Return a zone with what its columns have above and below the lines that stand side by side.

    Columns seldom end at one height, and the first line of one may be indented: a column goes on as long as its lines
    do, up to a line that runs across a gutter.
    """
    floor = min((z.top for z in zones if z.top > zone.bottom), default=float("inf"))
    ceiling = max((z.bottom for z in zones if z.bottom < zone.top), default=0.0)
    rows = _rows(words)
    below = [row for row in rows if zone.bottom < _middle(row[0].box) < floor]
    above = [row for row in reversed(rows) if ceiling < _middle(row[0].box) < zone.top]
    taken, crossed = _going_on(below, zone, height, downwards=True)
    if crossed and taken and _is_short(taken[-1], zone, height):
        taken.pop()  # the heading of what stands below the columns
    bottom = max((word.box.bottom for row in taken for word in row), default=zone.bottom)
    begun = [row for row in _going_on(above, zone, height, downwards=False)[0] if _begins_column(row, zone, height)]
    top = min((word.box.top for row in begun for word in row), default=zone.top)
    return zone._replace(top=min(zone.top, top), bottom=max(zone.bottom, bottom))


def _going_on(
    rows: Sequence[list[_Word]], zone: Zone, height: float, *, downwards: bool
) -> tuple[list[list[_Word]], bool]:
    """Return the rows that follow a zone closely within its columns, and whether a line across them ended that."""
    taken: list[list[_Word]] = []
    reached = zone.bottom if downwards else zone.top
    for row in rows:
        top, bottom = min(word.box.top for word in row), max(word.box.bottom for word in row)
        if (top - reached if downwards else reached - bottom) > _NEXT_LINE * height:
            return taken, False
        if any(w.box.left < edge - 1 and w.box.right > edge - _GAP * height for w in row for edge in zone.edges):
            return taken, True
        taken.append(row)
        reached = max(reached, bottom) if downwards else min(reached, top)
    return taken, False


def _is_short(row: Sequence[_Word], zone: Zone, height: float) -> bool:
    left, right = row[0].box.left, max(word.box.right for word in row)
    return right < zone.edges[0] - _GAP * height and right - left < _FILLED * (zone.edges[0] - left)


def _begins_column(row: Sequence[_Word], zone: Zone, height: float) -> bool:
    """Whether a row over a zone is the first of a column: at its edge, or indented a little."""
    return any(
        edge - 1 <= word.box.left <= edge + _INDENT * height for word in row if word.begins for edge in zone.edges
    )


def _edges(begins: Sequence[_Word]) -> list[float]:
    """List the places where at least so many lines begin as make a column."""
    lefts = sorted(word.box.left for word in begins)
    edges: list[float] = []
    start = 0
    for end in range(1, len(lefts) + 1):
        if end == len(lefts) or lefts[end] - lefts[start] > _ALIGNED:
            if end - start >= _FEWEST_LINES:
                edges.append(lefts[start])
            start = end
    return edges


def _runs(edge: float, words: Sequence[_Word], height: float) -> list[tuple[float, float]]:
    """Find the stretches of a page, downwards, where lines begin at an edge and no word crosses the gutter.

    The first lines of paragraphs are indented: they go on with a stretch, but do not show where its edge is.
    """
    begun = [w.box for w in words if w.begins and edge - 1 <= w.box.left <= edge + _INDENT * height]
    starts = sorted((box.top, box.bottom, box.left <= edge + _ALIGNED) for box in begun)
    crossing = [w.box for w in words if w.box.left < edge - 1 and w.box.right > edge - _GAP * height]
    runs: list[list[tuple[float, float, bool]]] = []
    for top, bottom, aligned in starts:
        if any(min(bottom, box.bottom) - max(top, box.top) > 0.4 * (bottom - top) for box in crossing):
            runs.append([])
            continue
        if (
            runs
            and runs[-1]
            and top - runs[-1][-1][1] < _NEXT_LINE * height
            and not any(runs[-1][-1][1] < _middle(box) < top for box in crossing)
        ):
            runs[-1].append((top, bottom, aligned))
        else:
            runs.append([(top, bottom, aligned)])
    return [(run[0][0], run[-1][1]) for run in runs if sum(aligned for *_, aligned in run) >= _FEWEST_LINES]


def _is_column(words: Sequence[_Word], span: tuple[float, float], edge: float, left: float, height: float) -> bool:
    """Whether text flows on both sides of a gutter: long lines, and those before it filled."""
    inside = [w for w in words if span[0] - 1 <= _middle(w.box) <= span[1] + 1]
    before, after = [w for w in inside if w.box.right < edge], [w for w in inside if w.box.left >= edge - 1]
    if not before or not after:
        return False
    # What lies before may be columns of its own: only the nearest one counts.
    starts = [w.box.left for w in before if w.begins]
    near = max((s for s in starts if sum(abs(s - other) < _ALIGNED for other in starts) >= _FEWEST_LINES), default=left)
    rows = _rows([w for w in before if w.box.left >= near - _ALIGNED])
    others = _rows([w for w in after if w.box.right < edge + 1.35 * (edge - near)])
    if len(rows) < _FEWEST_LINES or len(others) < _FEWEST_LINES:
        return False
    # Headings and the last lines of paragraphs are short in any column: the usual line counts.
    reach = median(max(w.box.right for w in row) for row in rows) - near
    long = all(mean(sum(w.letters for w in row) for row in side) >= _LONG for side in (rows, others))
    return long and reach > _FILLED * (edge - _GAP * height - near)


def _rows(words: Sequence[_Word]) -> list[list[_Word]]:
    rows: list[list[_Word]] = []
    for word in sorted(words, key=lambda w: (w.box.bottom, w.box.left)):
        if rows and word.box.bottom - rows[-1][0].box.bottom < 0.4 * (word.box.bottom - word.box.top):
            rows[-1].append(word)
        else:
            rows.append([word])
    return rows


def _together(zones: Sequence[Zone]) -> list[Zone]:
    """Gutters over the same lines are those of one zone."""
    found: list[Zone] = []
    for zone in sorted(zones, key=lambda zone: (zone.top, zone.edges)):
        same = next((z for z in found if min(z.bottom, zone.bottom) > max(z.top, zone.top)), None)
        if same is None:
            found.append(zone)
        elif len(same.edges) < _MOST_COLUMNS - 1:
            edges = tuple(sorted({*same.edges, *zone.edges}))
            found[found.index(same)] = Zone(min(same.top, zone.top), max(same.bottom, zone.bottom), edges)
    return found
