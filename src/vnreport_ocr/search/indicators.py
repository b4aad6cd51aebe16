"""Indicators out of tables of targets and results: what was planned and reached, year by year, with its place.

Only what the head of a table tells is believed: a column whose head names no year and no plan, result or comparison
gives nothing, and a figure that the reading or the repair doubted keeps its doubt.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from vnreport_ocr.search.cells import CellText, TableText
from vnreport_ocr.search.figure import Figure
from vnreport_ocr.search.tableheads import COMPARISON, FigureColumn, TableHead, head_of
from vnreport_ocr.search.units import UNIT
from vnreport_ocr.search.values import Value, value_of
from vnreport_ocr.search.words import bare_text

SURE: Final = 0.95
DOUBTED: Final = 0.5
_LETTER_OR_ROMAN: Final = re.compile(r"(?:[IVXL]+|[A-Z])[.)]?")
_AMONG: Final = r"(?:trong|tr\.?|t\.)\s*đó\b"
"""``Trong đó``, ``Tr.đó``: what follows is a part."""
_ITEM: Final = re.compile(rf"\s*(?:[-+*\N{{EN DASH}}\N{{BULLET}}]|{_AMONG}|\d+(?:\.\d+)+\.?\s)", re.IGNORECASE)
_PART: Final = re.compile(r"[-+]|\d+(?:\.\d+)+\.?|[a-zđ][.)]?")
"""The number of a row that is a part of the one above."""
_LEAD: Final = re.compile(
    rf"^[\s\-+*\N{{EN DASH}}\N{{BULLET}}.,:;]*(?:{_AMONG}\s*[:,]?\s*[-+]?\s*)?(?:\d+(?:\.\d+)*[.)]\s+)?", re.IGNORECASE
)
_NOTE_MARK: Final = re.compile(r"(?:(?<!\bm)(?<!\bkm)\s*[\u00b9\u00b2\u00b3\u2070-\u2079]+|\s*\(\*+\)|\s*\*+)\s*$")
"""The sign of a footnote behind a name."""
_UNIT_BEHIND: Final = re.compile(
    r"\s*(?:\(\s*(?:đơn\s+vị(?:\s+tính)?\s*:?\s*|đvt\s*:?\s*)?(?P<within>%[^()]{0,24}|(?:(?:triệu|tỷ|nghìn|ngàn|trăm)"
    rf"(?!\s+lệ)|tấn|kg|km|ha|lượt|giường|kwh|usd|đồng)\b[^()]{{0,24}}|{UNIT})\s*\)|,\s*(?P<behind>{UNIT}))\s*$",
    re.IGNORECASE,
)
_SAME: Final = (
    (re.compile(r"\bti (?=le\b)"), "ty "),
    (
        re.compile(r"\b(?:tong san pham(?: xa hoi)?(?: trong tinh)? (?:tren dia ban )?grdp|grdp tong san pham.*)\b"),
        "grdp",
    ),
    (re.compile(r"\btong san pham tren dia ban\b"), "grdp"),
    (re.compile(r"\btren dia ban(?: (?:tinh|thanh pho|huyen|xa|toan tinh))?\b|\bcua tinh\b|\btoan tinh\b"), " "),
    (re.compile(r"\b(?:nam )?(?:19|20)\d\d(?: (?:19|20)\d\d)?\b"), " "),
    (re.compile(r"\b(?:dat|uoc dat|uoc)$"), " "),
    (re.compile(r"\bnha nuoc\b(?=.*\bngan sach\b)|(?<=ngan sach )nha nuoc\b"), " "),
)
"""Words that are spelled differently from year to year, without marks."""


class _Row(NamedTuple):
    number: int
    name: CellText
    unit: str
    ordinal: str
    figures: tuple[tuple[FigureColumn, CellText], ...]


class TableReader:
    """Reads the tables of one document, page after page: a table that goes on keeps its head and its area."""

    def __init__(self, path: str, year: int | None) -> None:
        self._path = path
        self._year = year
        self._head: TableHead | None = None
        self._area = self._parent = ""

    def page(self, number: int, tables: Iterable[TableText]) -> Iterator[Figure]:
        """Yield the indicators of a page."""
        for place, table in enumerate(tables, 1):
            rows = table.repeated if table.continues else 0
            if not table.continues or self._head is None:
                self._head = head_of(table, self._year)
                self._area = self._parent = ""
                rows = self._head.rows if self._head is not None else 0
            if self._head is not None:
                yield from self._rows(number, place, table, rows)

    def _rows(self, page: int, place: int, table: TableText, first: int) -> Iterator[Figure]:
        head = self._head
        assert head is not None
        for row in _rows_of(table, head, first):
            name = _name(row.name.text)
            values = [
                (column, cell, value) for column, cell in row.figures if (value := value_of(cell.text)) is not None
            ]
            if not values:
                if name and not any(cell.text.strip(" -.") for _, cell in row.figures):
                    self._section(row, name)
                continue
            if not any(sign.isalpha() for sign in name):
                continue
            item = _ITEM.match(row.name.text) is not None or _PART.fullmatch(row.ordinal.strip()) is not None
            if not item:
                self._parent = name
            for column, cell, value in values:
                yield self._indicator(page, place, row, name, item, (column, cell, value), head)

    def _section(self, row: _Row, name: str) -> None:
        """Take in a row without figures: an area, or the indicator whose parts follow."""
        is_area = not row.unit and not row.ordinal.strip() and not _ITEM.match(row.name.text)
        if is_area or _LETTER_OR_ROMAN.fullmatch(row.ordinal.strip()):
            self._area, self._parent = name, ""
        else:
            self._parent = name

    def _indicator(
        self,
        page: int,
        place: int,
        row: _Row,
        name: str,
        item: bool,
        figure: tuple[FigureColumn, CellText, Value],
        head: TableHead,
    ) -> Figure:
        column, cell, value = figure
        bare_name, behind = _without_unit(name)
        unit = value.unit or column.unit
        doubts = [cell.doubt, value.doubt, column.doubt]
        if column.measure != COMPARISON:
            unit = row.unit or column.unit or behind or value.unit or head.common_unit
            if value.unit and unit != value.unit:
                doubts.append("its unit is not that of its row")
        if not unit:
            doubts.append("its unit is not given")
        if column.year is None and not column.period:
            doubts.append("its year is not given")
        doubt = next((doubt for doubt in doubts if doubt), "")
        sure = min(SURE, cell.sure, row.name.sure)
        whole = f"{self._parent}: {bare_name}" if item and self._parent and self._parent != name else bare_name
        return Figure(
            self._path, page, place, cell.row + 1, cell.column + 1, cell.line, column.year, column.period,
            column.measure, self._area, whole, key_of(whole), value.number, value.bound, " ".join(cell.text.split()),
            unit, cell.box, round(min(sure, DOUBTED) if doubt else sure, 2), doubt,
        )  # fmt: skip


def _rows_of(table: TableText, head: TableHead, first: int) -> Iterator[_Row]:
    places = {column.place: column for column in head.figures}
    rows: dict[int, dict[int, CellText]] = {}
    for cell in table.cells:
        if cell.row >= first and cell.columns == 1:
            for row in range(cell.row, cell.row + (cell.rows if cell.column not in places else 1)):
                rows.setdefault(row, {})[cell.column] = cell
        elif cell.row >= first and cell.column <= head.name < cell.column + cell.columns:
            rows.setdefault(cell.row, {})[head.name] = cell
    for number, cells in sorted(rows.items()):
        name = cells.get(head.name)
        if name is None or not name.text.strip():
            continue
        unit = cells[head.unit].text if head.unit is not None and head.unit in cells else ""
        ordinal = cells[head.ordinal].text if head.ordinal is not None and head.ordinal in cells else ""
        figures = tuple((column, cells[place]) for place, column in places.items() if place in cells)
        yield _Row(number, name, " ".join(unit.split()).strip(" .,:;_|'-"), ordinal, figures)


def _name(text: str) -> str:
    return _NOTE_MARK.sub("", _LEAD.sub("", " ".join(text.split()))).strip(" :;.,")


def _without_unit(name: str) -> tuple[str, str]:
    """Separate a name from the unit after it."""
    found = _UNIT_BEHIND.search(name)
    return (name[: found.start()], " ".join((found["within"] or found["behind"]).split())) if found else (name, "")


def key_of(name: str) -> str:
    """Return what all spellings of an indicator share: bare letters, without years, places and fillers."""
    plain = bare_text(_without_unit(_name(name))[0])
    for pattern, instead in _SAME:
        plain = pattern.sub(instead, plain)
    return " ".join(plain.split())
