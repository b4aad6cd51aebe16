"""A table as CSV with semicolons, as spreadsheets of this language's countries expect it."""

import csv
import io

from vnreport_ocr.model import Table

_FORMULA = ("=", "@")


def table_csv(table: Table) -> str:
    """The rows, UTF-8, a semicolon between cells, quotes only where they are needed."""
    target = io.StringIO()
    csv.writer(target, delimiter=";", lineterminator="\n").writerows(
        [[_harmless(cell) for cell in row] for row in table.rows()]
    )
    return target.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe; no printed cell begins like this."""
    return "'" + cell if cell.startswith(_FORMULA) else cell
