"""Tables as the index keeps them: each cell with its place on the page, how sure its text is, and its doubt."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from vnreport_ocr.model import Box, Cell, Line, Table

_DOUBTED: Final = 0.5
"""How sure a cell is at most that somebody doubts."""


class CellText(NamedTuple):
    """A cell for the index."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    box: Box | None = None
    sure: float = 1.0
    doubt: str = ""
    line: int = 0
    """In a table of plain text the line of the page that it stands in, from 1 on."""


class TableText(NamedTuple):
    """A table for the index; ``caption`` is what stands right above it."""

    cells: tuple[CellText, ...]
    continues: bool = False
    repeated: int = 0
    caption: str = ""

    @property
    def height(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)


def table_text(table: Table, caption: str = "") -> TableText:
    """Draw from a table what the index keeps."""
    return TableText(tuple(map(_cell, table.cells)), table.continues, table.repeated, caption)


def tables_from(values: Sequence[Sequence[Any]]) -> tuple[TableText, ...]:
    """Return tables that were written as JSON."""
    return tuple(TableText(tuple(map(_cell_from, cells)), *rest) for cells, *rest in values)


def _cell_from(values: Sequence[Any]) -> CellText:
    cell = CellText(*values)
    return cell._replace(box=Box(*cell.box)) if cell.box is not None else cell


def _cell(cell: Cell) -> CellText:
    doubts = [doubt.reason for line in cell.lines for doubt in line.doubts]
    sure = min(map(_sureness, cell.lines), default=1.0)
    if doubts:
        sure = min(sure, _DOUBTED)
    box = Box(*(round(float(edge), 2) for edge in cell.box)) if cell.box is not None else None
    return CellText(
        cell.row,
        cell.column,
        cell.row_span,
        cell.column_span,
        cell.text,
        box,
        round(sure, 4),
        doubts[0] if doubts else "",
    )


def _sureness(line: Line) -> float:
    """How sure the least sure word is: as the engine read it, or as the correction that changed the line."""
    read = (
        token.confidence
        for token in line.tokens
        if token.confidence is not None and token.box is not None and any(sign.isalnum() for sign in token.text)
    )
    mended = (round(correction.confidence, 4) for correction in line.corrections)
    return min(min(read, default=1.0), min(mended, default=1.0))
