"""The first column of a table counts its rows: what stands between two numbers of the count has one answer."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from vnreport_ocr.model import Cell, Table

STEP: Final = "figures:counting"
_LONGEST: Final = 3
_SURE: Final = 0.9
"""A cell that was read as a number with more certainty and without a doubt stays: authors miscount, too."""


def miscounted(table: Table) -> Iterator[tuple[Cell, str]]:
    """Find cells of the count that were read otherwise, each with its number; the count must go on on both sides."""
    cells = sorted((cell for cell in table.cells if cell.column == 0 and cell.row_span == 1), key=lambda cell: cell.row)
    sure = [number for number, cell in enumerate(cells) if _counted(cell) is not None and not _is_doubted(cell)]
    for first, last in pairwise(sure):
        between = cells[first + 1 : last]
        start, end = _counted(cells[first]), _counted(cells[last])
        if start is None or end is None or end - start != last - first or not _is_row_by_row(cells[first : last + 1]):
            continue
        for number, cell in enumerate(between, start + 1):
            if _counted(cell) != number and _may_be_counted(cell):
                yield cell, str(number)


def _counted(cell: Cell) -> int | None:
    text = cell.text.strip().rstrip(".")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None


def _is_doubted(cell: Cell) -> bool:
    known = [token.confidence for line in cell.lines for token in line.tokens if token.confidence is not None]
    return any(line.doubts for line in cell.lines) or min(known, default=0.0) < _SURE


def _may_be_counted(cell: Cell) -> bool:
    """Whether a cell holds one short word that may be a misread number."""
    return len(cell.text.split()) == 1 and len(cell.text.strip()) <= _LONGEST and _is_doubted(cell)


def _is_row_by_row(cells: Sequence[Cell]) -> bool:
    return all(below.row == above.row + 1 for above, below in pairwise(cells))
