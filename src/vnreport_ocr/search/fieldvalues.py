"""What people write behind the colon of a field: years and days, alone or as ranges, and numbers of documents."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from vnreport_ocr.errors import QueryError
from vnreport_ocr.search.words import TOKEN, bare, bare_text

_FIELDS: Final = {
    "so": "number", "number": "number", "nam": "year", "year": "year", "coquan": "issuer", "issuer": "issuer",
    "loai": "kind", "kind": "kind", "nguoiky": "signer", "signer": "signer", "tep": "path", "file": "path",
    "trichyeu": "title", "title": "title", "ngay": "date", "date": "date",
}  # fmt: skip
"""The names of fields, without marks and dashes, and what they refer to."""

_SIDES: Final = re.compile(r"\s*(?:\.{2,}|\N{HORIZONTAL ELLIPSIS}|(?<=\s)[-\N{EN DASH}\N{EM DASH}](?=\s))\s*")
"""What always separates the two ends of a range."""
_DASH: Final = re.compile(r"\s*[-\N{EN DASH}\N{EM DASH}]\s*")
"""What separates them where it cannot be part of one of them."""
_COMPARED: Final = re.compile(
    r"(?P<sign>>=|=>|<=|=<|[<>\N{GREATER-THAN OR EQUAL TO}\N{LESS-THAN OR EQUAL TO}])\s*(?P<end>.+)"
)
_YEAR: Final = re.compile(r"(?:nam )?(?P<year>\d{4})")
_SHORT_YEAR: Final = re.compile(r"\d\d")
_DAY: Final = re.compile(r"(?:ngay )?(?P<day>\d{1,2})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})")
_DAY_LAST: Final = re.compile(r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})")
_DAY_IN_WORDS: Final = re.compile(r"(?:ngay )?(?P<day>\d{1,2}) thang (?P<month>\d{1,2}) nam (?P<year>\d{4})")
_MONTH: Final = re.compile(r"(?:thang )?(?P<month>\d{1,2})(?:[-/.]| nam )(?P<year>\d{4})")
_MONTH_LAST: Final = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})")
_QUARTER: Final = re.compile(r"(?:quy |q)(?P<quarter>[1-4]|i{1,3}|iv)(?:[-/.]| nam | )(?P<year>\d{4})")
_QUARTER_LAST: Final = re.compile(r"(?P<year>\d{4})-q(?P<quarter>[1-4])")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBERS: Final = re.compile(r"(?P<first>\d{1,6})\s*\.{2,}\s*(?P<last>\d{1,6})(?P<rest>(?:\s*[-/]\s*[^\W_]+)*)")
_SPACED_NUMBER: Final = re.compile(r"\d{1,6}[^\W\d_]?(?:\s*[-/\N{EN DASH}]\s*[^\W_]+)+")


class ValueRange(NamedTuple):
    """Two ends and all between them; of days, their ordinals."""

    first: int
    last: int


_YEARS: Final = ValueRange(1, 9999)
_DAYS: Final = ValueRange(date.min.toordinal(), date.max.toordinal())


def field_of(name: str) -> str | None:
    """Return what a name of a field refers to, in any spelling; None if it is none."""
    return _FIELDS.get(bare(name).replace("-", ""))


def years(value: str) -> tuple[ValueRange, ...]:
    """Read years and ranges of years, with commas between; raises ``QueryError`` for anything else."""
    found = [_range(part.strip(), _year, _YEARS) for part in value.split(",")]
    if None in found:
        cure = "Write nam:2021 or nam:2020..2023."
        raise QueryError(f"'{value}' is not a year or a range of years.", cure=cure)
    return tuple(one for one in found if one is not None)


def days(value: str) -> ValueRange:
    """Read a day, month, quarter or year, or a range of them; raises ``QueryError`` for anything else."""
    found = _range(value.strip(), _days, _DAYS)
    if found is None:
        cure = "Write ngay:14/9/2023, ngay:9/2023 or ngay:1/7/2023..30/9/2023."
        raise QueryError(f"'{value}' is not a day or a range of days.", cure=cure)
    return found


class NumberRange(NamedTuple):
    """A range of numbers of documents, and the symbol that they share (``100..200/QĐ-UBND``)."""

    span: ValueRange
    symbol: str


def numbers(value: str) -> NumberRange | None:
    """Read a range of numbers; None if it is a single one."""
    found = _NUMBERS.fullmatch(value.strip())
    if found is None:
        return None
    ends = sorted((int(found["first"]), int(found["last"])))
    return NumberRange(ValueRange(*ends), bare_text(found["rest"]))


def goes_on(name: str, value: str) -> bool:
    """Whether words that were typed with blanks between are one value of a field (``nam:2020 - 2023``)."""
    if name == "number":
        return _SPACED_NUMBER.fullmatch(value) is not None or numbers(value) is not None
    try:
        if name == "year":
            years(value)
        else:
            days(value)
    except QueryError:
        return False
    return True


def _range(value: str, period: Callable[[str], ValueRange | None], ever: ValueRange) -> ValueRange | None:
    if compared := _COMPARED.fullmatch(value):
        one = period(compared["end"])
        return None if one is None else _beyond(compared["sign"], one, ever)
    if (whole := period(value)) is not None:
        return whole
    for separator in (_SIDES, _DASH):
        sides = separator.split(value)
        if len(sides) == 2 and any(sides):
            first, last = ((period(side) if side else ever) for side in sides)
            if last is None and first is not None and _SHORT_YEAR.fullmatch(sides[1]):
                last = period(sides[0][:-2] + sides[1])  # 2020-23
            if first is not None and last is not None:
                low, high = sorted((first, last)) if all(sides) else (first, last)
                return ValueRange(low.first, high.last)
    return None


def _beyond(sign: str, one: ValueRange, ever: ValueRange) -> ValueRange:
    if sign in (">=", "=>", "\N{GREATER-THAN OR EQUAL TO}"):
        return ValueRange(one.first, ever.last)
    if sign == ">":
        return ValueRange(one.last + 1, ever.last)
    return ValueRange(ever.first, one.first - 1 if sign == "<" else one.last)


def _year(text: str) -> ValueRange | None:
    found = _YEAR.fullmatch(_plain(text))
    return None if found is None else ValueRange(int(found["year"]), int(found["year"]))


def _days(text: str) -> ValueRange | None:
    plain = _plain(text)
    for pattern in (_DAY, _DAY_LAST, _DAY_IN_WORDS):
        if found := pattern.fullmatch(plain):
            day = day_number(int(found["year"]), int(found["month"]), int(found["day"]))
            return None if day is None else ValueRange(day, day)
    for pattern in (_MONTH, _MONTH_LAST):
        if found := pattern.fullmatch(plain):
            return _months(int(found["year"]), int(found["month"]), int(found["month"]))
    for pattern in (_QUARTER, _QUARTER_LAST):
        if found := pattern.fullmatch(plain):
            said = found["quarter"]
            last = 3 * (_ROMAN[said] if said in _ROMAN else int(said))
            return _months(int(found["year"]), last - 2, last)
    found = _YEAR.fullmatch(plain)
    return None if found is None else _months(int(found["year"]), 1, 12)


def _months(year: int, first: int, last: int) -> ValueRange | None:
    if not 1 <= year <= _YEARS.last or not 1 <= first <= last <= 12:
        return None
    return ValueRange(date(year, first, 1).toordinal(), date(year, last, monthrange(year, last)[1]).toordinal())


def day_number(year: int, month: int, day: int) -> int | None:
    """Return the ordinal of a day, None if there is no such day."""
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None


def _plain(text: str) -> str:
    """Return a text in small letters without marks, its signs kept and its blanks single."""
    return " ".join(TOKEN.sub(lambda word: bare(word[0]) or word[0], text).split())
