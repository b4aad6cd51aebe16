"""A page that is partly text and partly picture: what its own text says of a line replaces what was read there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from vnreport_ocr.model import AS_IT_IS, Box, LeftOut, Line, Page, Token
from vnreport_ocr.reading.tuning import TUNING
from vnreport_ocr.spans import box_around

_ALIKE: Final = TUNING.overlay.alike
_WITHIN: Final = TUNING.overlay.within
_SAME_SIZE: Final = 0.02
TOLD_EXACTLY: Final = "read differently from the picture: the page's own text says what stands there"


class _Placed(NamedTuple):
    """A line with its place on the page."""

    number: int
    line: Line
    box: Box


def with_own_text(reading: Page, layer: Page) -> Page:
    """Return the reading of a page with the lines that its text layer holds as that layer says them.

    A line is replaced where the two are much alike; one that was not read at all is put in at its height. Nothing is
    done where a reading lies otherwise than the page (it was turned or straightened).
    """
    if reading.posture != AS_IT_IS or layer.posture != AS_IT_IS or not _same_size(reading.size, layer.size):
        return reading
    read, told = _placed(reading.lines), _placed(layer.lines)
    lines: dict[int, Line | None] = dict(enumerate(reading.lines))
    out: list[LeftOut] = []
    replaced, exact = 0, False
    for rows, own in _together(read, told):
        said, seen = _joined(own), _joined(rows)
        if fuzz.ratio(said.raw, seen.raw) < 100 * _ALIKE:
            continue
        first = min(row.number for row in rows)
        lines |= dict.fromkeys((row.number for row in rows), None)
        lines[first] = replace(said, end=reading.lines[max(row.number for row in rows)].end)
        out += _differing(rows, said)
        replaced += said.raw != seen.raw
        exact = True
    kept = [line for line in lines.values() if line is not None]
    lost = [one.line for one in told if not _is_seen(one.box, reading)]
    if not exact and not lost:
        return reading
    note = f"the page's own text told {replaced} lines differently, and {len(lost)} that had not been read"
    tables = reading.tables
    for line in lost:
        place = _place(kept, line)
        kept.insert(place, line)
        tables = tuple(replace(table, before_line=table.before_line + (table.before_line > place)) for table in tables)
    return replace(
        reading,
        lines=tuple(kept),
        tables=tables,
        notes=(*reading.notes, note) if replaced or lost else reading.notes,
        left_out=(*reading.left_out, *out),
    )


def _same_size(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) <= _SAME_SIZE * max(a, b, 1.0) for a, b in zip(one, other, strict=True))


def _placed(lines: Sequence[Line]) -> list[_Placed]:
    return [_Placed(n, line, box) for n, line in enumerate(lines) if (box := box_around(line.tokens)) is not None]


def _together(read: Sequence[_Placed], told: Sequence[_Placed]) -> list[tuple[list[_Placed], list[_Placed]]]:
    """Return lines of the reading with the lines of the layer in the same place, each line in one group at most."""
    groups: list[tuple[list[_Placed], list[_Placed]]] = []
    for own in told:
        rows = [row for row in read if _on_one_line(row.box, own.box)]
        if not rows:
            continue
        touched = [group for group in groups if any(row in group[0] for row in rows)]
        groups = [group for group in groups if group not in touched]
        every = {row.number: row for group in touched for row in group[0]} | {row.number: row for row in rows}
        groups.append((list(every.values()), [*(one for group in touched for one in group[1]), own]))
    return groups


def _on_one_line(one: Box, other: Box) -> bool:
    """Whether two boxes share most of the lower one's height and of the narrower one's width."""
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    wide = min(one.right, other.right) - max(one.left, other.left)
    return high > _WITHIN * min(one.bottom - one.top, other.bottom - other.top) and wide > _WITHIN * min(
        one.right - one.left, other.right - other.left
    )


def _joined(parts: Sequence[_Placed]) -> Line:
    """Return lines that stand beside each other as one."""
    raw = ""
    tokens: list[Token] = []
    for part in sorted(parts, key=lambda part: part.box.left):
        raw += " " if raw else ""
        tokens += (token._replace(start=token.start + len(raw)) for token in part.line.tokens)
        raw += part.line.raw
    return Line(raw, tuple(tokens))


def _differing(rows: Iterable[_Placed], said: Line) -> list[LeftOut]:
    """Return the words of a reading that are not those of the layer."""
    kept = [token.text for token in said.tokens]
    out = []
    for token in (token for row in rows for token in row.line.tokens):
        if token.text in kept:
            kept.remove(token.text)
        else:
            out.append(LeftOut(token.text, TOLD_EXACTLY, token.box, token.confidence))
    return out


def _is_seen(box: Box, reading: Page) -> bool:
    """Whether the reading has a word in the place of a line."""
    return any(
        token.box is not None
        and min(token.box.right, box.right) > max(token.box.left, box.left)
        and min(token.box.bottom, box.bottom) > max(token.box.top, box.top)
        for line in reading.all_lines()
        for token in line.tokens
    )


def _place(lines: Sequence[Line], line: Line) -> int:
    """Find the number of the first line that begins below a line."""
    box = box_around(line.tokens)
    for number, other in enumerate(lines):
        there = box_around(other.tokens)
        if box is not None and there is not None and there.top >= box.bottom - 1:
            return number
    return len(lines)
