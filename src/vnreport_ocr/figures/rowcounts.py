"""The first column of a table counts its rows: a count that most of its cells keep tells what the others are."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from vnreport_ocr.model import Cell, Table

STEP: Final = "figures:counting"
_LONGEST: Final = 3
_LEAST: Final = 3
_RIVALS: Final = 2
_MOST: Final = 0.6
"""The share of the cells that must keep the count: so many do not by chance."""
_SURE: Final = 0.9
"""A cell that was read as a number with more certainty and without a doubt stays: authors miscount, too."""
_MARK = re.compile(r"[IVX]{1,4}|\d{1,3}[a-zđ]|\d{1,2}\.\d{1,2}")
"""What may stand among counted rows by right: a group's numeral, a row put in between (``3a``), a part (``2.1``)."""
_STROKES: Final = str.maketrans("Il|O", "1110")
"""Letters that a figure is taken for."""


def miscounted(table: Table) -> Iterator[tuple[Cell, str]]:
    """Find the cells of the count: what each must be, also those that were read so."""
    cells = sorted((cell for cell in table.cells if cell.column == 0 and cell.row_span == 1), key=lambda cell: cell.row)
    for run in _runs(cells):
        offset = _offset(run)
        if offset is None:
            continue
        kept = [cell.row for cell in run if _counted(cell) == cell.row + offset]
        for cell in run:
            number = cell.row + offset
            between = kept[0] < cell.row < kept[-1]
            if cell.row in kept or (number > 0 and _may_be_counted(cell) and _is_misread(cell, str(number), between)):
                yield cell, str(number)


def _runs(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Part the column where it does not go on row by row, and where a cell holds words: a head, or a group's name."""
    run: list[Cell] = []
    for before, cell in pairwise([None, *cells]):
        if run and (cell is None or before is None or cell.row != before.row + 1 or not _is_short(cell)):
            yield run
            run = []
        if cell is not None and _is_short(cell) and cell.row:
            run.append(cell)
    if run:
        yield run


def _offset(run: Sequence[Cell]) -> int | None:
    """Return by how much the count differs from the rows, where enough cells say the same."""
    said = Counter(value - cell.row for cell in run if (value := _counted(cell)) is not None)
    if not said:
        return None
    (offset, count), *rest = said.most_common()
    rivals = rest[0][1] if rest else 0
    return offset if count >= _LEAST and count >= _MOST * len(run) and rivals < _RIVALS else None


def _counted(cell: Cell) -> int | None:
    text = cell.text.strip().rstrip(".")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None


def _is_short(cell: Cell) -> bool:
    """Whether a cell holds one short word that may be a number, well read or not."""
    return len(cell.text.split()) == 1 and len(cell.text.strip().rstrip(".")) <= _LONGEST


def _may_be_counted(cell: Cell) -> bool:
    """Whether a cell was read with so little certainty that the count knows better."""
    known = [token.confidence for line in cell.lines for token in line.tokens if token.confidence is not None]
    return any(line.doubts for line in cell.lines) or min(known, default=0.0) < _SURE


def _is_misread(cell: Cell, number: str, between: bool) -> bool:
    """Whether a cell is its row's number misread, and no mark of its own or the number behind a row left out."""
    text = cell.text.strip().rstrip(".")
    said = (reading for line in cell.lines for token in line.tokens for reading, _ in token.alternatives)
    if text.translate(_STROKES) == number or any(reading.strip(" .") == number for reading in said):
        return True
    if between:  # where the count goes on below, no row was put in or left out
        return _MARK.fullmatch(text) is None
    return _counted(cell) is None and _MARK.fullmatch(text) is None and not text.isalpha()
