"""Rows of a table that are ruled by columns alone, as in ledgers: told by the figures that stand beside each other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from vnreport_ocr.model import Box, Cell, Line, Table
from vnreport_ocr.sources.tuning import TUNING

_FIGURE = re.compile(r"[-+(]?\d[\d.,/ ]*(?:%|\))?")
_SAME: Final = TUNING.ledger.same
_FEWEST: Final = TUNING.ledger.fewest


def with_rows(table: Table) -> Table:
    """Return the table with each row in which columns of figures stand side by side taken apart into its rows."""
    rows = sorted({cell.row for cell in table.cells})
    made: list[Cell] = []
    more = 0
    for row in rows:
        cells = [cell for cell in table.cells if cell.row == row]
        spanned = any(cell.row <= row < cell.row + cell.row_span and cell.row_span > 1 for cell in table.cells)
        starts = [] if spanned else _starts(cells)
        if len(starts) < _FEWEST:
            made += [replace(cell, row=row + more) for cell in cells]
            continue
        for cell in cells:
            made += _apart(cell, starts, row + more)
        more += len(starts) - 1
    return replace(table, cells=tuple(made)) if more else table


def _starts(cells: Sequence[Cell]) -> list[float]:
    """Return the heights at which rows begin: where two columns or more have a figure each, and no line is between."""
    columns = [[_middle(line) for line in cell.lines] for cell in cells if _is_of_figures(cell)]
    most = max(columns, key=len, default=[])
    if len(most) < _FEWEST or sum(len(column) == len(most) for column in columns) < 2:
        return []
    high = max((_height(line) for cell in cells for line in cell.lines), default=0.0)
    agree = all(any(abs(place - start) < _SAME * high for start in most) for column in columns for place in column)
    filled = [cell for cell in cells if cell.lines]
    begun = all(_middle(cell.lines[0]) > most[0] - _SAME * high for cell in filled)
    return [start - _SAME * high for start in most] if agree and begun else []


def _is_of_figures(cell: Cell) -> bool:
    return bool(cell.lines) and all(_FIGURE.fullmatch(line.raw.strip()) and line.tokens for line in cell.lines)


def _apart(cell: Cell, starts: Sequence[float], row: int) -> list[Cell]:
    lines: list[list[Line]] = [[] for _ in starts]
    for line in cell.lines:
        middle = _middle(line)
        lines[max((n for n, start in enumerate(starts) if middle >= start), default=0)].append(line)
    edges = [cell.box.top if cell.box else starts[0], *starts[1:], cell.box.bottom if cell.box else starts[-1]]
    return [
        replace(
            cell,
            row=row + number,
            lines=tuple(own),
            box=None if cell.box is None else Box(cell.box.left, edges[number], cell.box.right, edges[number + 1]),
        )
        for number, own in enumerate(lines)
    ]


def _middle(line: Line) -> float:
    boxes = [token.box for token in line.tokens if token.box is not None]
    return sum(box.top + box.bottom for box in boxes) / (2 * len(boxes)) if boxes else 0.0


def _height(line: Line) -> float:
    return max((token.box.bottom - token.box.top for token in line.tokens if token.box is not None), default=0.0)
