"""Every table of a text, in the order of its lines."""

from collections.abc import Sequence

from vnreport_ocr.model import Line
from vnreport_ocr.search.cells import TableText
from vnreport_ocr.search.plaintables import plain_tables
from vnreport_ocr.search.runontables import run_on_tables


def tables_of_text(lines: Sequence[Line]) -> list[TableText]:
    """Find the tables of a text: first those with columns, then those whose columns are gone, in the other lines."""
    drawn = list(plain_tables(lines))
    taken = frozenset(cell.line for table in drawn for cell in table.cells)
    return sorted([*drawn, *run_on_tables(lines, taken)], key=_first_line)


def _first_line(table: TableText) -> int:
    return next((cell.line for cell in table.cells if cell.line), 0)
