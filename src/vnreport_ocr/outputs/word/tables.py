"""Tables of a Word file: real ones, with merged cells; one that goes over pages is one table."""

from itertools import pairwise
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from vnreport_ocr.model import Cell, Table
from vnreport_ocr.outputs.word.runs import writable

_SIZE: Final = 12
_NARROWEST: Final = 0.04


def add_table(
    word: WordDocument,
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
        made = word.add_table(rows=rows, cols=columns)
        made.style, made.alignment, made.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        first = 0
        _set_widths(made, table, columns, whole=width)
        _repeat_head(made.rows[0])
    else:
        made, first = rest_of, len(rest_of.rows)
        for _ in range(rows):
            made.add_row()
    grid = [list(row.cells) for row in made.rows[first:]]
    for cell in table.cells:
        if cell.row >= skipped:
            _write(grid, cell, cell.row - skipped, header=first == 0 and cell.row == 0)
    return made


def _write(grid: list[list[Any]], cell: Cell, row: int, *, header: bool) -> None:
    last_row = min(len(grid), row + cell.row_span) - 1
    last_column = min(len(grid[row]), cell.column + cell.column_span) - 1
    place = grid[row][cell.column]
    if (last_row, last_column) != (row, cell.column):
        place = place.merge(grid[last_row][last_column])
    text = writable(cell.text)
    if not text:
        return
    paragraph = place.paragraphs[-1] if not place.text else place.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(_SIZE), header
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
