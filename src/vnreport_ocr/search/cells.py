"""Tables as the index keeps them: each cell with its position on the page, its confidence, and its doubt."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from vnreport_ocr.model import Box, Cell, Line, Table

_DOUBTED: Final = 0.5
"""The highest confidence of a cell that has a doubt."""


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
    """In a plain-text table, the line of the page that it is on, from 1."""


class TableText(NamedTuple):
    """A table for the index; ``caption`` is the text directly above it."""

    cells: tuple[CellText, ...]
    continues: bool = False
    repeated: int = 0
    caption: str = ""
    heads: int = 0
    """How many rows its head has, where that is known."""

    @property
    def height(self) -> int:
        """The number of its rows."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)


def table_text(table: Table, caption: str = "") -> TableText:
    """Return the part of a table that the index keeps."""
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
    """Return the confidence of the least sure word: the engine's, or that of the correction that changed the line."""
    read = (
        token.confidence
        for token in line.tokens
        if token.confidence is not None and token.box is not None and any(sign.isalnum() for sign in token.text)
    )
    mended = (round(correction.confidence, 4) for correction in line.corrections)
    return min(min(read, default=1.0), min(mended, default=1.0))
