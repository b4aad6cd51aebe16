"""What the columns of a table of targets and results hold: the indicator, its unit, and figures for which year."""

import itertools
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from vnreport_ocr.search.cells import CellText, TableText
from vnreport_ocr.search.values import value_of
from vnreport_ocr.search.words import bare_text

RESULT, ESTIMATE, PLAN, COMPARISON = "result", "estimate", "plan", "comparison"

NAME_OF_COLUMN: Final = re.compile(
    r"\b(?:chi tieu|noi dung|hang muc|danh muc|khoan muc|linh vuc|muc tieu|tieu chi|dien giai)\b"
)
UNIT_OF_COLUMN: Final = re.compile(r"(?:\b(?:don vi(?: tinh)?|dvt)$)|(?:\bdvt\b)|(?:\bdon vi tinh\b)")
_ORDINAL: Final = re.compile(r"(?:so )?(?:tt|stt|thu tu|so tt)")
NOTE_OF_COLUMN: Final = re.compile(
    r"\b(?:ghi chu|danh gia|xep loai|nguon|co quan|don vi (?:chu tri|thuc hien|phu trach)|thoi gian)\b"
)
_COMPARISON: Final = re.compile(r"\b(?:so sanh|so voi|ty le|ti le|tang|giam|tang giam|muc do|phan tram|bang)\b|%")
_PLAN: Final = re.compile(r"\b(?:ke hoach|kh|muc tieu|nghi quyet|nq|du toan|dt|giao|lo trinh|phan dau|chi tieu)\b")
_ESTIMATE: Final = re.compile(r"\b(?:uoc|uth|du bao|du kien)\b")
_RESULT: Final = re.compile(r"\b(?:thuc hien|th|ket qua|dat duoc|quyet toan|so lieu)\b")
_YEAR: Final = re.compile(r"(?<![\d/.-])(?:19[4-9]\d|20[0-9]\d)(?!\d)")
_PERIOD: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-\N{EN DASH}]\s*((?:19|20)\d\d)(?!\d)")
_PERIOD_SIGN: Final = re.compile(r"\s*[-\N{EN DASH}]\s*")
_RATIO: Final = re.compile(r"(?:(?:19|20)\d\d|th|thuc hien|kh)\s*/\s*(?:(?:19|20)\d\d|kh|ke hoach|nq)\b")
_YEARS_COMPARED: Final = re.compile(r"(?:19|20)\d\d\s*/\s*(?:19|20)\d\d")
_PART_OF_YEAR: Final = re.compile(
    r"\bquy (?P<quarter>iii|ii|iv|i|[1-4])\b|\b(?P<months>[2-9]|1[01]|0[2-9]) thang\b(?P<late> cuoi nam)?|"
    r"\bthang (?P<month>1[0-2]|0?[1-9])\b"
)
"""A quarter, the first months of a year, or one month."""
_HALF: Final = 6
_QUARTERS: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_YEAR_OF_PART: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY_OF_YEAR: Final = re.compile(r"(?<!\d)(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?!\d)")
_SIDES: Final = re.compile(r"[^/]*(?<!\d)(?:19|20)\d\d\s*/\s*[^/\d]*(?<!\d)(?:19|20)\d\d(?!\d)[^/]*")
"""One year's figures relative to another's: what a header writes with a slash."""
_IN_BRACKETS: Final = re.compile(r"\((?:\s*(?:đơn\s+vị(?:\s+tính)?|đvt)\s*:?)?\s*([^()\d]{1,30})\)", re.IGNORECASE)
_UNIT_ABOVE: Final = re.compile(r"(?:đơn\s+vị(?:\s+tính)?|đvt)\s*:\s*([^\n;()|]{1,30})", re.IGNORECASE)
_NUMBER_OF_COLUMN: Final = re.compile(r"[\d()=/:*x%+\-\s]{1,9}|\(?[A-Z]\)?")
_NUMBER_OF_ROW: Final = re.compile(r"\(?(?:\d{1,3}|[IVX]+)\)?[.)]?")
_MOST_HEAD_ROWS: Final = 6


class FigureColumn(NamedTuple):
    """A column of figures: for which year or period, and whether they are results, plans or comparisons."""

    place: int
    head: str
    measure: str
    year: int | None
    period: str
    unit: str
    doubt: str = ""


class TableHead(NamedTuple):
    """What the header of a table says."""

    rows: int
    name: int
    unit: int | None
    ordinal: int | None
    figures: tuple[FigureColumn, ...]
    common_unit: str = ""


def unit_above(text: str) -> str:
    """Return the unit given above a table."""
    found = _UNIT_ABOVE.search(text)
    return " ".join(found[1].split()).strip(" .,") if found else ""


def years_in(text: str) -> list[int]:
    """Return the years that a text names."""
    return [int(found[0]) for found in _YEAR.finditer(text)]


def _all_years_in(text: str) -> list[int]:
    """Return the years that a head names, else those of its days."""
    return years_in(text) or [int(day["year"]) for day in _DAY_OF_YEAR.finditer(text)]


def head_of(table: TableText, year: int | None) -> TableHead | None:
    """Read the header of a table; None if it is not a table of indicators."""
    rows = table.heads or _head_rows(table)
    if not rows:
        return None
    said = _said(table.cells, rows)
    names = [place for place, text in said.items() if NAME_OF_COLUMN.search(bare_text(text)) and not _dated(text)]
    if not names:
        return None
    name = names[0]
    plain = {place: bare_text(text) for place, text in said.items()}
    unit = next((place for place, text in plain.items() if place != name and UNIT_OF_COLUMN.search(text)), None)
    ordinal = next((place for place, text in plain.items() if _ORDINAL.fullmatch(text)), None)
    taken = {name, unit, ordinal}
    told = years_in(table.caption)
    usual = told[-1] if len(set(told)) == 1 else None
    figures = [
        _column(place, text, usual)
        for place, text in said.items()
        if place not in taken
        and place > min(names)
        and not (NOTE_OF_COLUMN.search(plain[place]) and not _measured(text))
    ]
    known = tuple(_in_year(column, year) for column in figures if column.measure)
    if not known or (unit is None and len(known) < 2 and not unit_above(table.caption)):
        return None
    return TableHead(rows, name, unit, ordinal, known, unit_above(table.caption) or unit_above(" ".join(said.values())))


def _head_rows(table: TableText) -> int:
    """Count the rows of the head: down to the first that holds a figure which is no year and no number of a column."""
    by_row: dict[int, list[CellText]] = {}
    for cell in table.cells:
        by_row.setdefault(cell.row, []).append(cell)
    top = 0
    for row in range(min(_MOST_HEAD_ROWS, table.height)):
        cells = by_row.get(row, [])
        if row and not any(_dated(c.text) or _words_of_a_head(c.text) for c in cells) and not _numbers_columns(cells):
            break
        if row and row >= top and (_is_row(cells) or _is_numbered(cells)):
            break
        top = max([top, row + 1, *(cell.row + cell.rows for cell in cells if row == 0)])
    return top if top < table.height else 0


def _is_numbered(cells: Sequence[CellText]) -> bool:
    """Whether cells are a row of the body: its number stands in the first column, and the columns are not numbered."""
    return any(not c.column and _NUMBER_OF_ROW.fullmatch(c.text.strip()) for c in cells) and not _numbers_columns(cells)


def _is_row(cells: Sequence[CellText]) -> bool:
    """Whether cells are a row of the body: they contain a figure that no header has."""
    figures = [c for c in cells if c.column and value_of(c.text) is not None and not _YEAR.fullmatch(c.text.strip())]
    return bool(figures) and not _numbers_columns(cells)


def _numbers_columns(cells: Sequence[CellText]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 or (1), (2), (3) = (2)/(1), or A, B, 1, 2."""
    said = [cell.text.strip(" ()[].") for cell in cells if cell.text.strip()]
    figures = [int(text) for text in said if text.isdecimal()]
    others = [text for text in said if not text.isdecimal() and not re.fullmatch(r"[A-Z]|[\d()=/:*x%+\-\s]+", text)]
    return len(figures) > 1 and not others and all(b - a == 1 for a, b in itertools.pairwise(figures))


def _words_of_a_head(text: str) -> bool:
    plain = bare_text(text)
    return bool(
        UNIT_OF_COLUMN.search(plain) or NOTE_OF_COLUMN.search(plain) or (len(plain.split()) < 9 and _measured(text))
    )


def _said(cells: Sequence[CellText], rows: int) -> dict[int, str]:
    """Return the text above each column, from top to bottom."""
    heads: dict[int, list[str]] = {}
    width = max((cell.column + cell.columns for cell in cells), default=0)
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        text = " ".join(cell.text.split())
        if cell.row >= rows or not text or (_NUMBER_OF_COLUMN.fullmatch(text) and not _YEAR.search(text)):
            continue
        for place in range(cell.column, cell.column + cell.columns):
            heads.setdefault(place, []).append(text)
    return {place: " ".join(heads.get(place, [])) for place in range(width)}


def _dated(text: str) -> bool:
    return bool(_YEAR.search(text) or _PERIOD.search(text))


def _measured(text: str) -> bool:
    plain = bare_text(text)
    return bool(_COMPARISON.search(plain) or "%" in text or _PLAN.search(plain) or _ESTIMATE.search(plain)
                or _RESULT.search(plain) or _dated(text))  # fmt: skip


def _column(place: int, text: str, usual: int | None) -> FigureColumn:
    """Return what a column of figures holds, judging by the words above it."""
    bracketed = _IN_BRACKETS.search(text)
    unit = " ".join(bracketed[1].split()) if bracketed else ""
    years = _all_years_in(text)
    found = _PERIOD.search(text)
    period = f"{found[1]}-{found[2]}" if found else ""
    if _SIDES.fullmatch(text) and "%" not in text and not _YEARS_COMPARED.search(text):
        own = period if period and period in _PERIOD_SIGN.sub("-", text.partition("/")[0]) else ""
        doubt = "" if unit else "its unit is not given"
        return FigureColumn(place, text, COMPARISON, None if own else max(years), own, unit, doubt)
    if _is_comparison(text):
        return _comparison(place, text, usual, unit)
    measure = _measure(text)
    if period:
        return FigureColumn(place, text, measure, None, period, unit)
    doubt = "its head names several years" if len(set(years)) > 1 else ""
    year = years[-1] if years else usual
    if part := _part_of_year(text, year):
        return FigureColumn(place, text, measure or RESULT, None, part, unit, doubt)
    return FigureColumn(place, text, measure, year, "", unit, doubt)


def _part_of_year(text: str, usual: int | None) -> str:
    """Return the part of a year that a head names.

    ``2031-Q1``, ``2031-H1``, ``2031-9M``, ``2031-05``, ``2031-06-30``; the last day of a year is the whole of it.
    """
    if day := _DAY_OF_YEAR.search(text):
        number, month = int(day["day"]), int(day["month"])
        is_day = 1 <= number <= 31 and 1 <= month <= 12 and (number, month) != (31, 12)
        return f"{day['year']}-{month:02}-{number:02}" if is_day else ""
    found = _PART_OF_YEAR.search(bare_text(text))
    if found is None:
        return ""
    told = _YEAR_OF_PART.findall(text)
    year = told[-1] if told else usual
    if year is None:
        return ""
    if found["quarter"]:
        return f"{year}-Q{_QUARTERS.get(found['quarter'], found['quarter'])}"
    if found["month"]:
        return f"{year}-{int(found['month']):02}"
    months = int(found["months"])
    return f"{year}-H{2 if found['late'] else 1}" if months == _HALF else f"{year}-{months}M"


def _is_comparison(text: str) -> bool:
    """Whether the figures of a column hold others against each other: a ratio, a share, a growth."""
    if "%" in text or _is_ratio(text):
        return True
    plain = bare_text(text)
    said = _COMPARISON.search(plain) or re.search(r"\w/\w", text)
    return bool(said and re.search(r"\bso (?:voi|sanh)\b|\bty le\b|\btang\b|\bgiam\b", plain))


def _comparison(place: int, text: str, usual: int | None, unit: str) -> FigureColumn:
    """Return a column of comparisons: they are of the year that stands before what it is compared with."""
    lower = text.lower()
    percent = "%" if "%" in text or (_is_ratio(text) and "lần" not in lower) else unit
    against = re.search(r"\bso (?:voi|sanh)\b", bare_text(text)) and not _YEARS_COMPARED.search(text)
    said = text[: _place_of(text, "so ")] if against else text
    own = _all_years_in(said)
    year = (max(own) if against else own[0]) if own else usual
    doubt = "" if "%" in text else "its head does not say what is compared"
    part = _part_of_year(said, year)
    return FigureColumn(place, text, COMPARISON, None if part else year, part, percent, doubt)


def _measure(text: str) -> str:
    """Return what the figures of a column are, by the words above it: expected, planned, reached."""
    plain = bare_text(text)
    if _ESTIMATE.search(plain):
        return ESTIMATE
    if _PLAN.search(plain):
        return PLAN
    return RESULT if _RESULT.search(plain) or _all_years_in(text) else ""


def _in_year(column: FigureColumn, year: int | None) -> FigureColumn:
    """Return a column without a year as one of its document's year, which is likely but not certain."""
    if column.year is not None or column.period or year is None:
        return column
    return column._replace(year=year, doubt=column.doubt or "its year is that of the document")


def _is_ratio(text: str) -> bool:
    """Whether a head sets one figure against another with a slash: ``TH/KH``, ``Thực hiện / Nghị quyết``."""
    if _RATIO.search(text.lower()):
        return True
    one, slash, two = text.partition("/")
    said = [_IN_BRACKETS.sub("", side) for side in (one, two)]
    return bool(slash) and all(_figures_of_a_kind(bare_text(side)) for side in said)


def _figures_of_a_kind(plain: str) -> bool:
    return any(kind.search(plain) for kind in (_PLAN, _ESTIMATE, _RESULT))


def _place_of(text: str, word: str) -> int:
    found = text.lower().find(word)
    return found if found >= 0 else len(text)
