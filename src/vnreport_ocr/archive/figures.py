"""Indicators of an archive, asked for by document, key, area or year: the figures that are plotted and compared."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from vnreport_ocr.model import Box
from vnreport_ocr.search.figure import Figure
from vnreport_ocr.search.index import Index

COLUMNS: Final = (
    "file", "year", "period", "area", "indicator", "key", "measure", "value", "bound", "unit", "text", "page", "table",
    "row", "column", "line", "left", "top", "right", "bottom", "confidence", "doubt",
)  # fmt: skip
"""Of the table of all figures, as CSV and as Parquet."""


class Series(NamedTuple):
    """An indicator of an archive, and how much is known of it."""

    key: str
    indicator: str
    """As it is written most often."""
    unit: str
    figures: int
    documents: int
    first_year: int | None
    last_year: int | None


FIGURES: Final = (
    'SELECT d.path, i.page, i.place, i.row, i."column", i.line, i.year, i.period, i.measure, i.area, i.indicator,'
    ' i.key, i.value, i.bound, i.text, i.unit, i."left", i.top, i."right", i.bottom, i.confidence, i.doubt'
    " FROM indicators i JOIN documents d ON d.id = i.document"
)


def figures(
    index: Index,
    path: str | None = None,
    *,
    key: str | None = None,
    area: str | None = None,
    year: int | None = None,
    least: float = 0.0,
) -> Iterator[Figure]:
    """Give the figures of a document, an indicator, an area, a year; those of one indicator by year."""
    asked = {"d.path": path, "i.key": key, "i.area": area, "i.year": year}
    wanted = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(["i.confidence >= ?", *(f"{name} = ?" for name in wanted)])
    order = 'd.path, i.page, i.place, i.row, i."column"' if key is None else "i.year, i.measure, d.path, i.page, i.row"
    return map(_figure, index.rows(f"{FIGURES} WHERE {where} ORDER BY {order}", (least, *wanted.values())))


def table_row(figure: Figure) -> tuple[object, ...]:
    """Return a figure as a row of the table of all figures; what is not known of it is None."""
    box = figure.box._asdict() if figure.box else {}
    cells = figure._asdict() | box | {"file": figure.path, "line": figure.line or None}
    return tuple(cells.get(column) for column in COLUMNS)


def series(index: Index, *, least: float = 0.0) -> Iterator[Series]:
    """Give every indicator, in the order of the keys."""
    # SQLite takes the bare columns from the row of the max: the spelling that occurs most often.
    question = (
        "SELECT key, indicator, unit, sum(n), (SELECT count(DISTINCT document) FROM indicators o WHERE o.key = g.key),"
        " min(first), max(last), max(n) FROM (SELECT key, indicator, unit, count(*) AS n, min(year) AS first,"
        " max(year) AS last FROM indicators WHERE confidence >= ? AND measure != 'comparison'"
        " GROUP BY key, indicator, unit) g GROUP BY key ORDER BY key"
    )
    return (Series(*row[:7]) for row in index.rows(question, (least,)))


def _figure(row: tuple[Any, ...]) -> Figure:
    *said, left, top, right, bottom, confidence, doubt = row
    box = None if left is None else Box(left, top, right, bottom)
    return Figure._make((*said, box, confidence, doubt))
