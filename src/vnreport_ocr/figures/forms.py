"""Table cells written differently from those around them: no figure in a column of figures, and so on."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from vnreport_ocr.model import Cell, Table

STEP: Final = "figures:form"
_WELL = re.compile(r"[-(]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?%?\)?|[-\u2013]")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_GROUP, _HUNDRED = 3, 100
_NUMERAL = re.compile(r"(?=[IVX]{2,4}\.?|V\.?)[IVX]{1,4}\.?")
_DECIMAL = re.compile(r"\d+,(\d+)")
_LEAST, _MOSTLY = 4, 0.6
_LEAST_BESIDE: Final = 2
_LEAST_FIGURES, _MOST_DOUBTED = 8, 0.5
_STROKES: Final = frozenset("|Il!")
"""What an engine reads for a 1 that stands alone."""


def odd_cells(table: Table) -> Iterator[tuple[Cell, str, str]]:
    """Find cells that do not fit their column or row: the cell, its correct text if that is certain, and the reason."""
    columns: dict[int, list[Cell]] = defaultdict(list)
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if cell.row_span == cell.column_span == 1 and cell.text:
            columns[cell.column].append(cell)
            rows[cell.row].append(cell)
    for cells in columns.values():
        for cell in _without_figure(sorted(cells, key=lambda cell: cell.row)):
            yield cell, _what_a_stroke_is(cell, cells), "this column has figures"
    grouped = sum(_GROUPED.fullmatch(cell.text) is not None for cells in rows.values() for cell in cells)
    for cells in rows.values():
        for cell, after in _without_points(cells, grouped):
            yield cell, after, "the other figures of its row are in groups of three"
        for cell, after in _without_comma(cells):
            yield cell, after, "the other figures of its row have decimals"


def figures_of_a_bad_table(table: Table) -> list[Cell]:
    """Find all cells that hold or should hold figures, in a table where most must be checked anyway.

    An engine that was sure of the others was sure of them on the same bad picture.
    """
    figures = [cell for cell in table.cells if _has_digit(cell)]
    doubted = sum(any(line.doubts for line in cell.lines) for cell in figures)
    if len(figures) < _LEAST_FIGURES or doubted < _MOST_DOUBTED * len(figures):
        return []
    inside = Counter(cell.column for cell in table.cells if cell.text)
    with_figures = Counter(cell.column for cell in figures)
    heads = {cell.column: cell.row for cell in sorted(figures, key=lambda cell: -cell.row)}
    columns = {column: row for column, row in heads.items() if with_figures[column] >= _MOSTLY * inside[column]}
    return [
        cell
        for cell in table.cells
        if _has_digit(cell) or (cell.row > columns.get(cell.column, cell.row) and _is_short(cell.text))
    ]


def _has_digit(cell: Cell) -> bool:
    return any(c.isdigit() for c in cell.text)


def _without_figure(cells: Sequence[Cell]) -> list[Cell]:
    """Find the cells in a column of figures that hold none, or one written unlike a figure."""
    body = cells[1:]
    odd = [cell for cell in body if _WELL.fullmatch(cell.text) is None]
    if len(body) < _LEAST or len(body) - len(odd) < _MOSTLY * len(body):
        return []
    # A column of numbers between the names of groups holds those names in all rows of one kind.
    return [cell for cell in odd if _is_short(cell.text)]


def _what_a_stroke_is(cell: Cell, cells: Sequence[Cell]) -> str:
    """Return the 1 that a stroke is; among other Roman numerals, or right above a 1, it is the numeral of a group."""
    if cell.text not in _STROKES:
        return ""
    below = next((other.text for other in sorted(cells, key=lambda other: other.row) if other.row > cell.row), "")
    numbered = any(_NUMERAL.fullmatch(other.text) for other in cells if other is not cell)
    return "" if cell.text == "I" and (numbered or below.rstrip(".") == "1") else "1"


def _is_short(text: str) -> bool:
    return len(text.split()) <= _LEAST_BESIDE


def _without_points(cells: Sequence[Cell], whole_table: int) -> list[tuple[Cell, str]]:
    """Find bare figures among figures in groups of three, and what they are like these; a year stays as it is.

    One such figure in a row is enough where the table has many.
    """
    grouped = sum(_GROUPED.fullmatch(cell.text) is not None for cell in cells)
    grouped += grouped and whole_table >= _LEAST
    bare = [
        cell for cell in cells if cell.text.isdecimal() and len(cell.text) > _GROUP and not _YEAR.fullmatch(cell.text)
    ]
    if grouped < _LEAST_BESIDE or any(cell.text[0] == "0" for cell in bare):
        return []
    return [(cell, f"{int(cell.text):,}".replace(",", ".")) for cell in bare]


def _without_comma(cells: Sequence[Cell]) -> list[tuple[Cell, str]]:
    """Find a figure without a comma among figures that all have as many decimals and about as many digits as it has.

    A percentage above a hundred among others below it is told with its comma.
    """
    decimals = [found for cell in cells if (found := _DECIMAL.fullmatch(cell.text)) is not None]
    if len(decimals) < _LEAST_BESIDE or len({len(found[1]) for found in decimals}) != 1:
        return []
    places = len(decimals[0][1])
    bare = [cell for cell in cells if cell.text.isdigit() and len(cell.text) > places and cell.text[0] != "0"]
    if not len(bare) < len(decimals):
        return []
    known = len(decimals) > _LEAST_BESIDE and len(bare) == 1
    percent = any(cell.text.strip() == "%" for cell in cells)
    digits = {len(found[0]) - 1 for found in decimals}
    told = []
    for cell in bare:
        after = f"{cell.text[:-places]},{cell.text[-places:]}"
        unsure = percent or any(line.doubts for line in cell.lines)
        if known and unsure and int(cell.text) > _HUNDRED and len(cell.text) - places <= max(digits) - places:
            told.append((cell, after))
        elif len(cell.text) in digits:
            told.append((cell, ""))
    return told
