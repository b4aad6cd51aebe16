"""Tables of a text file: columns that are drawn with bars, tabs or blanks, read as rows of cells.

A column begins where nothing stands in any row: what one row alone leaves free parts nothing. Where bars or tabs part
the columns every row must have as many; those that do not are left out, and with many of them there is no table. One
whose head stands there again goes on. Every cell keeps the line of the page that it stands in, and what the repair was
unsure of there.
"""

import re
from collections.abc import Iterator, Sequence
from statistics import mode
from typing import Final, NamedTuple

from vnreport_ocr.model import Line
from vnreport_ocr.search.cells import CellText, TableText

_SURE: Final = 0.9
_DOUBTED: Final = 0.5
_LEAST_ROWS: Final = 3
_LEAST_COLUMNS: Final = 3
_CAPTION: Final = 3
_EVEN: Final = 0.8
"""The share of rows that must have as many columns as the header."""
_BARS: Final = re.compile(r"[^|]*\|[^|]*\|.*")
_TABS: Final = re.compile(r"[^\t]*\t[^\t]*\t.*")
_GAPS: Final = re.compile(r"\s*\S.*?\S? {2,}\S")
_MARKUP: Final = re.compile(r"</?(?:i|b|u|em|strong|sup|sub)>", re.IGNORECASE)
_RULE: Final = re.compile(r"[\s|+:=_\-\N{BOX DRAWINGS LIGHT HORIZONTAL}\N{BOX DRAWINGS LIGHT VERTICAL}]+")


class _Row(NamedTuple):
    """A line of a table, and the start and end of each cell, by column."""

    number: int
    line: Line
    cells: tuple[tuple[int, int, int], ...]
    """Column, start and end."""


def plain_tables(lines: Sequence[Line]) -> Iterator[TableText]:
    """Find the tables that are drawn in a text."""
    block: list[int] = []
    kind = ""
    before: TableText | None = None
    for number, line in enumerate((*lines, Line(""))):
        now = _kind(line.text, kind)
        if block and now != kind:
            table = _table(lines, block, kind)
            if table is not None:
                before = _going_on(table, before)
                yield before
            block = []
        elif line.text.strip() and not now:
            before = None  # what stands between two tables ends the first
        kind = now
        if now:
            block.append(number)


def _kind(text: str, before: str) -> str:
    """Say what parts the columns of a line; a line without two columns goes on where a table of that kind began."""
    if not text.strip():
        return ""
    if _BARS.fullmatch(text) or (before == "bars" and _RULE.fullmatch(text)):
        return "bars"
    if _TABS.fullmatch(text):
        return "tabs"
    if _GAPS.match(text) or (before == "blanks" and text.startswith("  ")):
        return "blanks"
    return ""


def _going_on(table: TableText, before: TableText | None) -> TableText:
    """Mark a table as a continuation if it begins with the same rows as the one before."""
    if before is None:
        return table
    same = 0
    while (head := _texts(table, same)) and head == _texts(before, same):
        same += 1
    return table._replace(continues=True, repeated=same) if same else table


def _texts(table: TableText, row: int) -> list[tuple[int, str]]:
    return [(cell.column, cell.text) for cell in table.cells if cell.row == row]


def _table(lines: Sequence[Line], block: list[int], kind: str) -> TableText | None:
    numbers = [number for number in block if not _RULE.fullmatch(lines[number].text)]
    if len(numbers) < _LEAST_ROWS:
        return None
    texts = [lines[number].text for number in numbers]
    if kind == "blanks":
        parted = _by_blanks(texts)
    else:
        sign = "|" if kind == "bars" else "\t"
        widths = [_width(text, sign) for text in texts]
        usual = mode(widths)
        if widths[0] != usual or widths.count(usual) < _EVEN * len(widths):
            return None
        kept = [place for place, width in enumerate(widths) if width == usual]
        numbers = [numbers[place] for place in kept]
        parted = [_by_sign(texts[place], sign) for place in kept]
    rows = [_Row(n, lines[n], cells) for n, cells in zip(numbers, parted, strict=True)]
    if max((len(row.cells) for row in rows), default=0) < _LEAST_COLUMNS:
        return None
    above = [line.text for line in lines[max(0, block[0] - 2 * _CAPTION) : block[0]] if line.text.strip()]
    return TableText(tuple(_cells(rows)), caption="\n".join(above[-_CAPTION:]))


def _width(text: str, sign: str) -> int:
    """Count the columns of a row; bars at its edges separate nothing."""
    return (text.strip().strip("|") if sign == "|" else text).count(sign) + 1


def _by_sign(text: str, sign: str) -> tuple[tuple[int, int, int], ...]:
    """Cut a row at a sign; what precedes a first bar is not a column."""
    cells: list[tuple[int, int, int]] = []
    column = start = 0
    for end in [*(found.start() for found in re.finditer(re.escape(sign), text)), len(text)]:
        is_edge = sign == "|" and not text[start:end].strip() and (start == 0 or end == len(text))
        if not is_edge:
            cells += _stripped(text, column, start, end)
            column += 1
        start = end + 1
    return tuple(cells)


def _by_blanks(texts: Sequence[str]) -> list[tuple[tuple[int, int, int], ...]]:
    """Cut rows where a gap two or more characters wide is empty in all of them."""
    width = max(map(len, texts))
    free = [all(place >= len(text) or text[place] == " " for text in texts) for place in range(width)]
    edges, place = [], 0
    while place < width:
        if free[place]:
            place += 1
            continue
        start = place
        while place < width and not (free[place] and (place + 1 >= width or free[place + 1])):
            place += 1
        edges.append((start, place))
    return [
        tuple(cell for column, (start, end) in enumerate(edges) for cell in _stripped(text, column, start, end))
        for text in texts
    ]


def _stripped(text: str, column: int, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    said = text[start:end]
    if said.strip():
        start += len(said) - len(said.lstrip())
        yield column, start, start + len(said.strip())


def _cells(rows: Sequence[_Row]) -> Iterator[CellText]:
    """Return the cells; a line that only continues a name belongs to the row above."""
    made: list[list[CellText]] = []
    for row in rows:
        cells = [_cell(row, len(made), *stretch) for stretch in row.cells]
        if made and len(cells) == 1 and cells[0].text[:1].islower():
            above = next((n for n, cell in enumerate(made[-1]) if cell.column == cells[0].column), None)
            if above is not None:
                cell = made[-1][above]
                sure, doubt = min(cell.sure, cells[0].sure), cell.doubt or cells[0].doubt
                made[-1][above] = cell._replace(text=f"{cell.text} {cells[0].text}", sure=sure, doubt=doubt)
                continue
        made.append(cells)
    for cells in made:
        yield from cells


def _cell(row: _Row, number: int, column: int, start: int, end: int) -> CellText:
    doubts = [d.reason for d in row.line.doubts if d.start < end and start < d.start + max(1, len(d.text))]
    changed = [round(c.confidence, 4) for c in row.line.corrections if c.start < end and start < c.start + len(c.after)]
    sure = min([_SURE, *changed, *([_DOUBTED] if doubts else [])])
    doubt = doubts[0] if doubts else ""
    return CellText(number, column, 1, 1, _MARKUP.sub("", row.line.text[start:end]), None, sure, doubt, row.number + 1)
