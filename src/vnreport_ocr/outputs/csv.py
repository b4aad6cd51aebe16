"""A table as CSV with semicolons, as spreadsheets with Vietnamese settings expect it."""

import csv
import io
import re

from vnreport_ocr.model import Letterhead, Table
from vnreport_ocr.structure.fieldnames import facts

_NUMBER = re.compile(r"[+-]\s?\d[\d.,\s]*%?")
_ITEM = re.compile(r"[+-]\s+[^\W\d](?:[\w\s.,;:%()/-])*|[+-]+")
"""A dash or plus before the words of an item, or alone; nothing in it can turn into a command or an address."""

_ALWAYS = ("=", "@", "\t", "\r", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH COMMERCIAL AT}")
_SIGNS = ("+", "-", "\N{FULLWIDTH PLUS SIGN}", "\N{FULLWIDTH HYPHEN-MINUS}")


def table_csv(table: Table, *, without: int = 0) -> str:
    """Return the rows, UTF-8, a semicolon between cells, quotes only where they are needed; ``without`` the first."""
    target = io.StringIO()
    csv.writer(target, delimiter=";", lineterminator="\n").writerows(
        [[harmless(cell) for cell in row] for row in table.rows()[without:]]
    )
    return target.getvalue()


def letterhead_csv(letterhead: Letterhead) -> str:
    """Return the facts of a letterhead, one per row, with their English and Vietnamese names."""
    target = io.StringIO()
    rows = csv.writer(target, delimiter=";", lineterminator="\n")
    rows.writerow(("field", "truong", "text", "confidence", "doubt"))
    for name, vietnamese, reading in facts(letterhead):
        rows.writerow((name, vietnamese, harmless(reading.text), f"{reading.confidence:.3f}", reading.doubt or ""))
    return target.getvalue()


def harmless(cell: str) -> str:
    """Return the cell with an apostrophe before it if a spreadsheet would execute it or compute with it.

    Numbers with a sign stay numbers, and the items of a list (``- Thu nội địa``) stay as they are printed.
    """
    bare = cell.lstrip()
    if bare.startswith(_SIGNS):
        return cell if _NUMBER.fullmatch(bare) or _ITEM.fullmatch(bare) else "'" + cell
    return "'" + cell if cell.startswith(_ALWAYS) or bare.startswith(_ALWAYS) else cell
