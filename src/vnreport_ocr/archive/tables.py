"""``documents.csv``, ``relations.csv``, ``indicators.csv``: letterheads, what documents say of each other, figures."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from vnreport_ocr.archive.figures import COLUMNS, figures, table_row
from vnreport_ocr.archive.opened import RELATIONS
from vnreport_ocr.delivery import whole_text
from vnreport_ocr.outputs.csv import harmless
from vnreport_ocr.search.extract import FACTS
from vnreport_ocr.search.index import INDEX, Index

DOCUMENTS = "documents.csv"
RELATIONS_FILE = "relations.csv"
_RELATION_HEADS = (
    "file", "its_number", "page", "relation", "kind", "number", "date", "issuer", "article", "found_in", "span",
    "confidence", "by_kind", "by_number",
)  # fmt: skip

INDICATORS_FILE = "indicators.csv"


def write_tables(out: Path) -> None:
    """Write the tables out of the index, where there is one."""
    if not (out / INDEX).is_file():
        return
    with Index(out / INDEX, read_only=True) as index:
        heads = ("file", "pages", "quality", "year", *FACTS)
        names = ", ".join(("path", "pages", "quality", "year", *FACTS))
        _write(out / DOCUMENTS, heads, index.rows(f"SELECT {names} FROM documents ORDER BY path"))
        _write(out / RELATIONS_FILE, _RELATION_HEADS, index.rows(f"{RELATIONS} ORDER BY d.path, r.page, r.rowid"))
        _write(out / INDICATORS_FILE, COLUMNS, map(table_row, figures(index)))


def _cells(row: Sequence[object]) -> list[object]:
    return ["" if cell is None else harmless(cell) if isinstance(cell, str) else cell for cell in row]


def _write(path: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with whole_text(path, "utf-8-sig", "backslashreplace") as file:
        table = csv.writer(file, delimiter=";", lineterminator="\n")
        table.writerow(heads)
        table.writerows(map(_cells, rows))
