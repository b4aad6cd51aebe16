"""Numbers of documents recur on a page: two that differ in one figure may be the same, one of them misread."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from vnreport_ocr.figures.words import AROUND, Finding, Sheet, Word

STEP: Final = "figures:number"
_CODE = re.compile(r"(?P<number>\d{1,5})(?P<rest>(?:/\d{4})?[/\-][^\W\d_][\w\-/.]*)")
_DOUBTED: Final = 0.9


def check_numbers(sheet: Sheet) -> Iterator[Finding]:
    """Find numbers of which the page has another one with the same symbol, a figure apart, that was read here too."""
    groups: dict[str, list[Word]] = defaultdict(list)
    for words in sheet.words:
        for word in words:
            if (found := _CODE.fullmatch(word.core)) is not None:
                groups[found["rest"]].append(word)
    for alike in groups.values():
        for word in alike:
            rivals = {other.core for other in alike if _differ_once(word.core, other.core)}
            # Papers of one office may well have numbers a figure apart: what was read here must speak for it.
            read = [core for core in sorted(rivals) if any(r.strip(AROUND) == core for r in word.readings)]
            if read and word.confidence < _DOUBTED:
                reason = "the page has the same number with another figure"
                yield Finding(word, word.with_core(read[0]), STEP, 0.7, reason)


def _differ_once(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
