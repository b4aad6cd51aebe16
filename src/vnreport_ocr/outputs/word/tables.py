"""Tables of a Word file: real ones, with merged cells; one that goes over pages is one table."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

from vnreport_ocr.model import Cell, Table
from vnreport_ocr.outputs.word.pen import Pen
from vnreport_ocr.outputs.word.runs import runs_of_cell

_SIZE: Final = 12
_COLUMN: Final = re.compile(r"\(?(?:(?P<figures>\d{1,2})|[A-ZĐa-z])\)?(?:\s?=.*)?")
"""The number or the letter of a column, and what it is reckoned from: ``(7)=(6)/(4)``."""
_NARROWEST: Final = 0.04


def add_table(
    pen: Pen,
    table: Table,
    width: int,
    rest_of: Any | None = None,  # noqa: ANN401 - python-docx tables
) -> Any:  # noqa: ANN401
    """Write a table of this width, or the rows of one that goes on below those of ``rest_of``.

    Returns the table they stand in.
    """
    skipped = table.repeated if rest_of is not None else 0
    rows = max((cell.row + cell.row_span for cell in table.cells), default=0) - skipped
    columns = max((cell.column + cell.column_span for cell in table.cells), default=0)
    if rest_of is not None and len(rest_of.columns) != columns:
        rest_of, skipped, rows = None, 0, rows + skipped
    if rows <= 0 or columns <= 0:
        return rest_of
    if rest_of is None:
        made = pen.word.add_table(rows=rows, cols=columns)
        made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        first = 0
        _set_widths(made, table, columns, whole=width)
        for row in made.rows[: head_rows(table)]:
            _repeat_head(row)
    else:
        made, first = rest_of, len(rest_of.rows)
        for _ in range(rows):
            made.add_row()
    grid = [list(row.cells) for row in made.rows[first:]]
    head = head_rows(table) if first == 0 else 0
    for cell in table.cells:
        if cell.row >= skipped:
            _write(pen, grid, cell, cell.row - skipped, header=cell.row < head)
    return made


def head_rows(table: Table) -> int:
    """Count the rows of the head: those that cells of the first row reach into, and the numbers of columns below."""
    deep = max((cell.row + cell.row_span for cell in table.cells if cell.row == 0), default=0)
    below = sorted((cell.column, cell.text) for cell in table.cells if cell.row == deep and cell.text)
    numbered = len(below) > 2 and _counts([text for _, text in below])
    last = max((cell.row + cell.row_span for cell in table.cells), default=0)
    return deep + numbered if deep + numbered < last else min(1, last)


def _counts(texts: Sequence[str]) -> bool:
    """Whether texts are the numbers of columns: 1, 2, 3 in their order, the first ones perhaps A and B."""
    found = [_COLUMN.fullmatch(text) for text in texts]
    figures = [int(match["figures"]) for match in found if match is not None and match["figures"]]
    return None not in found and len(figures) > 1 and all(b == a + 1 for a, b in pairwise(figures))


def _write(pen: Pen, grid: list[list[Any]], cell: Cell, row: int, *, header: bool) -> None:
    last_row = min(len(grid), row + cell.row_span) - 1
    last_column = min(len(grid[row]), cell.column + cell.column_span) - 1
    place = grid[row][cell.column]
    if (last_row, last_column) != (row, cell.column):
        place = place.merge(grid[last_row][last_column])
    runs = runs_of_cell(cell.lines)
    if not runs:
        return
    paragraph = place.paragraphs[-1] if not place.text else place.add_paragraph()
    if header and not any(token.style for line in cell.lines for token in line.tokens if token.confidence is None):
        runs = [run._replace(bold=True) for run in runs]
    pen.write(paragraph, runs, size=_SIZE)
    text = cell.text
    letters = sum(c.isalpha() for c in text)
    figures = sum(c.isdigit() for c in text)
    if header or figures >= letters:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _set_widths(made: Any, table: Table, columns: int, *, whole: int) -> None:  # noqa: ANN401 - a table of python-docx
    """Columns as wide as they are on the page, in proportion."""
    lefts: dict[int, float] = {}
    for cell in table.cells:
        if cell.box is not None:
            lefts[cell.column] = min(cell.box.left, lefts.get(cell.column, cell.box.left))
    if table.box is None or len(lefts) != columns:
        return
    edges = [lefts[column] for column in sorted(lefts)] + [table.box.right]
    across = max(1.0, edges[-1] - edges[0])
    shares = [max(_NARROWEST, (after - before) / across) for before, after in pairwise(edges)]
    for column, share in zip(made.columns, shares, strict=True):
        width = Emu(round(whole * share / sum(shares)))
        column.width = width
        for cell in column.cells:
            cell.width = width


def _repeat_head(row: Any) -> None:  # noqa: ANN401 - a row of python-docx
    """Say the head again on each page that the table goes over."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
