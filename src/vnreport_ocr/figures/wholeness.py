"""Figures that are not whole or not alone: strange signs within a number, words that a speck joins to it, garbage."""

import re
from collections.abc import Iterator
from typing import Final

from vnreport_ocr.figures.forms import STEP
from vnreport_ocr.figures.words import Finding, Sheet

_PAIRS: Final = ("[]", "{}")
_STRAY = re.compile(r"\d[!?~^_=*@#$&\\|{}\[\]<>]+\d")
_MOST_LETTERS: Final = 2
_JOINED = re.compile(r"[^\W\d_]{2,}[.,;]\d[\d.,]*\W?|\d[\d.,]*[\-.;](?P<word>[^\W\d_]{3,})\W?")
"""A word and a number with a sign between them as no print has it."""
_STRANGE = re.compile(r"[#$^=<>|\\{}~§¶†‡¬¢¥£]")
_ADDRESS = re.compile(r"@|://|www\.|\.(?:vn|com|org|net|gov)\b")


def check_wholeness(sheet: Sheet) -> Iterator[Finding]:
    """Find numbers with a sign that was misread, numbers joined to a word, and words that are nothing at all."""
    for words in sheet.words:
        for word in words:
            if _has_stray_sign(word.text):
                yield Finding(word, "", STEP, 0.5, "a number that is torn or has a strange sign")
            elif _is_joined(word.text):
                yield Finding(word, "", STEP, 0.5, "a number that is joined to a word")
            elif _is_garbage(word.text):
                yield Finding(word, "", STEP, 0.5, "no word or number is written like this")


def _is_joined(text: str) -> bool:
    found = _JOINED.fullmatch(text)
    if found is None or _ADDRESS.search(text):
        return False
    letters = found["word"] or "".join(c for c in text if c.isalpha())
    return letters.islower()


def _is_garbage(text: str) -> bool:
    """Whether a word of several signs has one that no word has and no figure."""
    if len(text) < 2 or any(c.isdigit() for c in text) or _ADDRESS.search(text):
        return False
    return any(c.isalnum() for c in text) and _STRANGE.search(text) is not None


def _has_stray_sign(text: str) -> bool:
    """Whether a sign stands among figures that is no part of a number; a note's ``[1]`` is whole, and addresses have
    their own signs.
    """
    if not any(c.isdigit() for c in text) or sum(map(str.isalpha, text)) > _MOST_LETTERS:
        return False
    if any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS):
        return True
    return _STRAY.search(re.sub(r"\[\d{1,3}\]", "", text)) is not None
