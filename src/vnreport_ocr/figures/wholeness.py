"""Figures that are not whole: a sign within a number that no number has, or a number torn after its point."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from vnreport_ocr.figures.forms import STEP
from vnreport_ocr.figures.words import Finding, Sheet, Word

_PAIRS: Final = ("[]", "{}")
_STRAY = re.compile(r"\d[!?~^_=*@#$&\\|{}\[\]<>]+\d")
_TORN_HEAD = re.compile(r"[^\w\s]?\d{1,3}[.,]")
_TORN_REST = re.compile(r"\d{3}(?:[.,]\d{3})*(?:[.,;:)]|[.,]\d{1,2})?")
_MOST_LETTERS: Final = 2
_LABELS: Final = frozenset(("điều", "khoản", "điểm", "mục", "chương", "phần", "số", "bảng", "biểu", "trang", "hình"))


def check_wholeness(sheet: Sheet) -> Iterator[Finding]:
    """Find numbers with a sign among their figures that was misread, and those that were torn apart."""
    for words in sheet.words:
        odd = {word for word in words if _has_stray_sign(word.text)}
        for number, (head, rest) in enumerate(pairwise(words)):
            if not _follows(sheet, head, rest) or not _TORN_HEAD.fullmatch(head.text):
                continue
            if rest in odd or (_TORN_REST.fullmatch(rest.text) and _may_go_on(words[:number])):
                odd |= {head, rest}
        for word in words:
            if word in odd:
                yield Finding(word, "", STEP, 0.5, "a number that is torn or has a strange sign")


def _has_stray_sign(text: str) -> bool:
    """Whether a sign stands among figures that is no part of a number; a note's ``[1]`` is whole, and addresses have
    their own signs.
    """
    if not any(c.isdigit() for c in text) or sum(map(str.isalpha, text)) > _MOST_LETTERS:
        return False
    if any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS):
        return True
    return _STRAY.search(re.sub(r"\[\d{1,3}\]", "", text)) is not None


def _follows(sheet: Sheet, head: Word, rest: Word) -> bool:
    """Whether one blank stands between two words."""
    end = head.start + len(head.text)
    return sheet.lines[head.line].text[end : rest.start] == " "


def _may_go_on(before: Sequence[Word]) -> bool:
    """Whether a number that stands behind these words numbers nothing, so that its point ends nothing."""
    return bool(before) and before[-1].core.lower() not in _LABELS and not before[-1].core.isupper()
