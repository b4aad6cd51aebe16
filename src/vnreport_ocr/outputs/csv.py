"""A table as CSV with semicolons, as spreadsheets of this language's countries expect it."""

import csv
import io
import re
from typing import Final

from vnreport_ocr.model import Table

_BEGINS: Final = ("=", "@", "+", "-", "\t", "\r")
_FIGURE = re.compile(r"[-+]?\s?[\d.,\s]*%?")
_ENTRY = re.compile(r"[-+] [^\W\d_][^=|!(]*")
"""An entry of a list, which no spreadsheet can run: it calls nothing, refers to nothing and computes nothing."""


def table_csv(table: Table) -> str:
    """The rows, UTF-8, a semicolon between cells, quotes only where they are needed."""
    target = io.StringIO()
    csv.writer(target, delimiter=";", lineterminator="\n").writerows(
        [[_harmless(cell) for cell in row] for row in table.rows()]
    )
    return target.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet might run as a formula gets an apostrophe; figures and entries of lists do not."""
    if not cell.startswith(_BEGINS) or _FIGURE.fullmatch(cell) or _ENTRY.fullmatch(cell):
        return cell
    return "'" + cell
