"""Dates: possible days and months, written in figures, and years close to the others of the page."""

import re
from collections.abc import Iterator
from statistics import median
from typing import Final

from vnreport_ocr.figures.words import AROUND, Finding, PageWord, PageWords

STEP: Final = "figures:date"
_LONGEST: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIGURE_FOR: Final = str.maketrans({"I": "1", "l": "1", "|": "1", "!": "1", "O": "0", "o": "0", "Q": "0", "ó": "6",
                                    "S": "5", "Š": "5", "B": "8", "§": "8", "Z": "2", "z": "2", "Ø": "0"})  # fmt: skip
_EARLIEST, _LATEST = 1858, 2099
_FAR, _KNOWN_YEARS = 60, 3
_SLOTS: Final = {"ngày": "day", "mùng": "day", "mồng": "day", "tháng": "month", "năm": "year"}
_WRITTEN = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})(?:\2(\d{4}))")
_SEVERAL = re.compile(r"\d{1,2}(?:[-\u2013/.,]\d{1,4})+")
"""A range of days, or a date with its month."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(r"\d{1,3}[a-zđ]?")
"""The number of a day, an article or a clause."""
_TRUSTED: Final = 0.9
_SPOILT = re.compile(r"[IlOo|!ó\dSŠB§ZzØ]{1,4}")

_NUMBERED: Final = frozenset(("ngày", "tháng", "khoản", "điều"))
"""Words that are followed by a number if what follows is not a word."""

_USUAL: Final = frozenset("._-/,;:()[]&+*'\"\u2013\u2014\u2018\u2019\u201c\u201d\u2026")
"""Letters, and characters printed where a number is to be filled in by hand."""


def check_dates(sheet: PageWords) -> Iterator[Finding]:
    """Find letters where a date has figures, impossible dates, and years far from all others."""
    years = [int(word.core) for words in sheet.words for word in words if _YEAR.fullmatch(word.core)]
    years += [int(found[4]) for words in sheet.words for word in words if (found := _WRITTEN.fullmatch(word.core))]
    for words in sheet.words:
        for number, word in enumerate(words):
            slot = _SLOTS.get(words[number - 1].text.lower()) if number else None
            following = words[number + 1].text.lower() if number + 1 < len(words) else ""
            if slot is not None:
                yield from _in_slot(word, slot, following, years)
            if number and words[number - 1].text.lower() in _NUMBERED and _is_garbage(word):
                yield Finding(word, "", STEP, 0.5, "a number belongs in this place")
            elif number and words[number - 1].text.lower() in _NUMBERED and (figure := _also_figure(word)):
                yield Finding(word, word.with_core(figure), STEP, 0.5, "a number belongs in this place")
            found = _WRITTEN.fullmatch(word.core)
            if found is not None and not _is_date(found):
                yield _not_a_date(word)
    yield from _written_out(sheet)


def _in_slot(word: PageWord, slot: str, following: str, years: list[int]) -> Iterator[Finding]:
    core = word.core
    if not core.isdecimal():
        figure = core.translate(_FIGURE_FOR)
        # "tháng I" may be a Roman numeral if no year or day shows that this is a date.
        in_date = (slot == "day" and following == "tháng") or (slot == "month" and following == "năm") or len(core) > 1
        if _SPOILT.fullmatch(core) and figure.isdecimal() and _fits(slot, int(figure)) and in_date:
            yield Finding(word, word.with_core(figure), STEP, 0.9, "a date is written in figures")
        elif in_date and slot != "year" and any(c.isdigit() for c in core) and not _SEVERAL.fullmatch(core):
            yield Finding(word, "", STEP, 0.5, "a date is written in figures")
        return
    value = int(core)
    if slot == "year" and len(core) == 4:
        yield from _year(word, value, years)
    elif slot == "month" and not 1 <= value <= 12 and len(core) <= 2:
        yield _named(word, [r for r in word.readings if _fits_text("month", r)], "there is no such month")
    elif slot == "day" and following == "tháng" and not 1 <= value <= 31:
        yield _named(word, [r for r in word.readings if _fits_text("day", r)], "there is no such day")


def _also_figure(word: PageWord) -> str | None:
    """Return the number that a word without a figure was also read as, where the engine was unsure of the word."""
    if any(c.isdigit() for c in word.text) or word.confidence >= _TRUSTED:
        return None
    return next((r.strip(AROUND) for r in word.readings if _COUNTED.fullmatch(r.strip(AROUND))), None)


def _is_garbage(word: PageWord) -> bool:
    """Whether a word contains no figure but a sign that no word has."""
    if any(c.isdigit() for c in word.text):
        return False
    return any(not c.isalnum() and c not in _USUAL for c in word.text)


def _year(word: PageWord, value: int, years: list[int]) -> Iterator[Finding]:
    others = [year for year in years if year != value]
    middle = median(others) if others else None
    odd = not _EARLIEST <= value <= _LATEST
    far = middle is not None and len(others) >= _KNOWN_YEARS and abs(value - middle) > _FAR
    if not (odd or far):
        return
    near = [r for r in word.readings if _fits_text("year", r) and abs(_value(r) - (middle or 2000)) <= _FAR]
    if near or odd:
        yield _named(word, near, "a year far from all others on the page")


def _named(word: PageWord, readings: list[str], reason: str) -> Finding:
    after = word.with_core(readings[0].strip(".,;:()")) if readings else ""
    return Finding(word, after, STEP, 0.7, reason)


def _written_out(sheet: PageWords) -> Iterator[Finding]:
    """Find days that their month does not have, as in ``ngày 31 tháng 4``."""
    for words in sheet.words:
        for day, name, month in zip(words, words[1:], words[2:], strict=False):
            if name.text.lower() == "tháng" and day.core.isdecimal() and month.core.isdecimal():
                value = int(month.core)
                if 1 <= value <= 12 and _LONGEST[value - 1] < int(day.core) <= 31:
                    yield Finding(day, "", STEP, 0.5, "that month has no such day")


def _is_date(found: "re.Match[str]") -> bool:
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    return 1 <= month <= 12 and 1 <= day <= _LONGEST[month - 1] and _EARLIEST <= year <= _LATEST


def _not_a_date(word: PageWord) -> Finding:
    """Find a date that does not exist, with its one reading that does."""
    dates = [r for r in word.readings if (f := _WRITTEN.fullmatch(r.strip(".,;:()"))) and _is_date(f)]
    after = word.with_core(dates[0].strip(".,;:()")) if dates else ""
    return Finding(word, after, STEP, 0.7, "there is no such date")


def _fits(slot: str, value: int) -> bool:
    return {"day": 1 <= value <= 31, "month": 1 <= value <= 12, "year": _EARLIEST <= value <= _LATEST}[slot]


def _fits_text(slot: str, text: str) -> bool:
    core = text.strip(".,;:()")
    return core.isdecimal() and _fits(slot, int(core))


def _value(text: str) -> int:
    return int(text.strip(".,;:()"))
