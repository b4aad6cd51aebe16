"""Columns that add up: if they do, their figures are confirmed; if one other reading makes them, it is taken."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from vnreport_ocr.figures.words import PageWord, PageWords
from vnreport_ocr.model import Cell, Table

STEP: Final = "figures:sum"
_TOTAL = re.compile(r"(?:tổng(?: cộng| số)?|cộng|toàn (?:tỉnh|huyện|xã))\b.*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?|\d+(?:,\d+)?")
_LEAST_ROWS: Final = 2


class SumColumn(NamedTuple):
    """The cells of a column whose sum should be the last of them."""

    parts: tuple[Cell, ...]
    total: Cell


class SumVerdict(NamedTuple):
    """What a column shows: the cells it confirms, and a cell of which another reading makes it add up."""

    confirmed: tuple[Cell, ...] = ()
    mended: tuple[tuple[Cell, str], ...] = ()
    odd: tuple[Cell, ...] = ()
    """The total, if the column does not add up and nothing explains why."""


def columns(table: Table) -> Iterator[SumColumn]:
    """Find columns of figures below a header and above a row named as a total, or below such a row."""
    rows: dict[int, dict[int, Cell]] = {}
    for cell in table.cells:
        if cell.row_span == cell.column_span == 1:
            rows.setdefault(cell.row, {})[cell.column] = cell
    totals = [row for row, cells in rows.items() if any(_TOTAL.fullmatch(cell.text.strip()) for cell in cells.values())]
    if len(totals) != 1 or not rows or totals[0] not in (max(rows), min(rows) + 1):
        return
    (total,) = totals
    for column, cell in rows[total].items():
        parts = [cells[column] for row, cells in sorted(rows.items()) if row != total and column in cells]
        figures = [part for part in parts if value_of(part.text) is not None]
        body = [part for part in parts if part.row > min(rows)]
        if value_of(cell.text) is not None and len(body) >= _LEAST_ROWS and figures == body:
            yield SumColumn(tuple(body), cell)


def value_of(text: str) -> Decimal | None:
    """Return the number a text stands for, with grouping points and a decimal comma; None if it is not a number."""
    found = _NUMBER.fullmatch(text.strip())
    return Decimal(found[0].replace(".", "").replace(",", ".")) if found else None


def judge(column: SumColumn) -> SumVerdict:
    """Return what a column shows about its cells."""
    values = [value_of(part.text) for part in column.parts]
    total = value_of(column.total.text)
    known = [value for value in values if value is not None]
    if total is None or len(known) != len(values):
        return SumVerdict()
    if sum(known) == total:
        return SumVerdict(confirmed=(*column.parts, column.total))
    apart = total - sum(known)
    ways = [
        (cell, reading)
        for cell, wanted in [*((p, v + apart) for p, v in zip(column.parts, known, strict=True)),
                             (column.total, sum(known, Decimal(0)))]
        for reading in readings(cell) if value_of(reading) == wanted
    ]  # fmt: skip
    if len({id(cell) for cell, _ in ways}) == 1:
        return SumVerdict(mended=(ways[0],))
    alone = _only_answer(column, known, apart)
    return SumVerdict(mended=(alone,)) if alone is not None else SumVerdict(odd=(column.total,))


def _only_answer(column: SumColumn, known: Sequence[Decimal], apart: Decimal) -> tuple[Cell, str] | None:
    """Return what the one doubtful cell of a column must be, if that is one figure away from what was read.

    Were another cell wrong as well, the answer would hardly come so close.
    """
    doubtful = [cell for cell in (*column.parts, column.total) if any(line.doubts for line in cell.lines)]
    if len(doubtful) != 1:
        return None
    (cell,) = doubtful
    wanted = sum(known, Decimal(0)) if cell is column.total else (value_of(cell.text) or Decimal(0)) + apart
    read = cell.text.strip()
    answer = _written_like(read, wanted)
    return (cell, answer) if answer is not None and _one_figure_apart(read, answer) else None


def _written_like(text: str, value: Decimal) -> str | None:
    """Return a value with the signs of another number between its figures, None if it has not as many figures."""
    figures = str(value).replace(".", "")
    if value < 0 or len(figures) != sum(map(str.isdigit, text)):
        return None
    rest = iter(figures)
    return "".join(next(rest) if c.isdigit() else c for c in text)


def _one_figure_apart(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def readings(cell: Cell) -> Sequence[str]:
    """Return the other readings of a cell of one word."""
    words = cell_words(cell)
    return words[0].readings if len(words) == 1 else ()


def cell_words(cell: Cell) -> tuple[PageWord, ...]:
    """Return the words of a cell."""
    return tuple(word for words in PageWords.of(cell.lines).words for word in words)
