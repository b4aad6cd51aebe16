"""Points and commas within numbers, hard to tell apart on a coarse picture: decided by how the page writes others."""

import re
from collections.abc import Iterator
from typing import Final

from vnreport_ocr.figures.words import Finding, PageWord, PageWords

STEP: Final = "figures:separator"
_COMMA = re.compile(r"\d+(?:\.\d{3})*,\d{1,2}%?")
_POINT = re.compile(r"(\d{1,3}(?:\.\d{3})*)\.(\d{1,2})(%?)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_SURELY_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
"""Numbers that show that points group thousands here."""
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_GROUPED_TO_THE_END = re.compile(r"(?P<head>[1-9]\d{0,2}(?:\.\d{3})+)\.(?P<tail>\d{1,2})(?P<end>%?)")
"""Points that group thousands, followed by one more point and too few figures for a group."""
_MIXED = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{3}|\d{1,3}(?:,\d{3})+\.\d{3}")
_PERCENT = re.compile(r"(?P<whole>\d{1,3})[/:;](?P<part>\d{1,2}%)")
_STRAY = re.compile(r"(?P<number>[\d.,]*\d[\d.,]*%?)[\u02c6^~`\u00b4\u00a8]+")
"""Signs that an engine makes of a speck behind a number."""
_POINTED_UNIT = re.compile(r"(?P<number>\d{1,3}(?:\.\d{3})+|\d+,\d+)\.(?P<unit>[^\W\d_]+[²³]?)")
_LEAST = 3
_LEAST_GROUPED: Final = 2
_DATED: Final = frozenset(("ngày", "tháng", "hồi", "lúc", "mục", "điểm", "khoản", "điều", "số", "bảng", "biểu", "hình"))
"""Words before numbers in which a point is no decimal point."""


def check_separators(sheet: PageWords) -> Iterator[Finding]:
    """Find decimal points on a page of decimal commas, grouping commas on a page of grouping points, and signs that no
    number has.
    """
    words = [word for line in sheet.words for word in line]
    commas = [word for word in words if _COMMA.fullmatch(word.core)]
    points = [word for word in words if _is_decimal_point(word, sheet)]
    grouped = [word for word in words if _GROUPED.fullmatch(word.core)]
    if (len(commas) >= _LEAST and len(commas) >= len(points)) or _all_doubled(points, commas):
        yield from map(_with_comma, points)
    elif sum(_SURELY_GROUPED.fullmatch(word.core) is not None for word in words) >= _LEAST_GROUPED:
        yield from map(_beside_groups, points)
    if sum(_THOUSANDS.fullmatch(word.core) is not None for word in words) >= max(_LEAST, len(grouped)):
        for word in grouped:
            after = word.other(word.core.replace(",", ".")) or ""
            yield Finding(word, after, STEP, 0.6, "its figures may be thousands or decimals")
    for word in words:
        if (found := _GROUPED_TO_THE_END.fullmatch(word.core)) is not None:
            after = word.with_core(f"{found['head']},{found['tail']}{found['end']}")
            yield Finding(word, after, STEP, 0.6, "its last figures are not thousands")
        elif _MIXED.fullmatch(word.core):
            after = word.with_core(re.sub("[.,]", ".", word.core))
            yield Finding(word, after, STEP, 0.6, "its figures may be thousands or decimals")
        elif (found := _PERCENT.fullmatch(word.core)) is not None:
            after = word.with_core(f"{found['whole']},{found['part']}")
            yield Finding(word, after, STEP, 0.6, "no percentage is written like this")
        elif (found := _POINTED_UNIT.fullmatch(word.core)) is not None and found["unit"].islower():
            after = word.with_core(f"{found['number']} {found['unit']}")
            yield Finding(word, after, STEP, 0.6, "no point stands before a unit")
        elif (found := _STRAY.fullmatch(word.core)) is not None:
            yield Finding(word, word.with_core(found["number"]), STEP, 0.6, "no number ends with such a sign")


def _is_decimal_point(word: PageWord, sheet: PageWords) -> bool:
    """Whether a word is a number with one or two figures after a point, and not a section number, a time or a date."""
    found = _POINT.fullmatch(word.core)
    if found is None:
        return False
    before = sheet.lines[word.line].text[: word.start].split()
    if before and before[-1].lower().strip("(") in _DATED:
        return False
    opens = not sheet.lines[word.line].text[: word.start].strip(" -+*•(")
    return bool(found[3]) or (not opens and "." not in found[1])


def _all_doubled(points: list[PageWord], commas: list[PageWord]) -> bool:
    """Whether each point was also read as a comma, and they do not far outnumber the commas."""
    return 0 < len(points) <= 2 * len(commas) and all(_other(word) in _cores(word) for word in points)


def _other(word: PageWord) -> str:
    return _POINT.sub(r"\1,\2\3", word.core)


def _cores(word: PageWord) -> list[str]:
    return [reading.strip(".,;:()") for reading in word.readings]


def _beside_groups(word: PageWord) -> Finding:
    """Return a decimal point on a page whose points group thousands; on a coarse picture a comma is read so."""
    other = _other(word)
    sure = 0.85 if other in _cores(word) else 0.6
    return Finding(word, word.with_core(other), STEP, sure, "the points of this page group thousands")


def _with_comma(word: PageWord) -> Finding:
    other = _other(word)
    known = other in _cores(word)
    sure = 0.9 if known or word.core.endswith("%") else 0.6
    return Finding(word, word.with_core(other), STEP, sure, "the page writes its decimals with a comma")
