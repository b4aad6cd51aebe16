"""Figures that are incomplete or not alone: strange signs within a number, words joined to it by a speck, garbage."""

import re
from collections.abc import Iterator
from typing import Final

from vnreport_ocr.figures.forms import STEP
from vnreport_ocr.figures.words import Finding, PageWords

_PAIRS: Final = ("[]", "{}")
_STRAY = re.compile(r"\d[!?~^_=*@#$&\\|{}\[\]<>]+\d")
_MOST_LETTERS: Final = 2
_JOINED = re.compile(r"[^\W\d_]{2,}[.,;]\d[\d.,]*\W?|\d[\d.,]*[\-.;](?P<word>[^\W\d_]{3,})\W?")
"""A word and a number joined by a sign in a way that print never has."""
_LETTERED = re.compile(r"[a-zIOSBZJ]\d{0,2}(?:\.\d{3})+(?:,\d+)?|[^\W\d_]\d?%|\d+[.,]\d*[lILSOo]\d*%?")
"""A letter in the place of a figure of a number with groups or decimals, or of a percentage."""
_DEGREES = re.compile(r"\d{5,}°[\"\u201d'\u2019]?|\d{1,3}°\d{3,}[\"\u201d'\u2019]{0,2}")
"""Degrees, minutes and seconds of which a sign between them was lost, or read as a figure."""
_RUN_TOGETHER = re.compile(r"(?P<degrees>\d{1,3})[°90](?P<minutes>[0-5]\d)(?P<seconds>[0-5]\d)[\"\u201d°'\u2019]{1,2}")
_STRANGE = re.compile(r"[#$^=<>|\\{}~§¶†‡¬¢¥£]")
_ADDRESS = re.compile(r"@|://|www\.|\.(?:vn|com|org|net|gov)\b")


def check_wholeness(sheet: PageWords) -> Iterator[Finding]:
    """Find numbers with a misread sign, numbers joined to a word, and words that are garbage."""
    for words in sheet.words:
        for word in words:
            if _has_stray_sign(word.text):
                yield Finding(word, "", STEP, 0.5, "a number that is torn or has a strange sign")
            elif _LETTERED.fullmatch(word.core):
                yield Finding(word, "", STEP, 0.5, "a letter among figures")
            elif _DEGREES.fullmatch(word.text.strip(".,;:()")):
                yield Finding(word, _with_minutes(word.text), STEP, 0.5, "no number of degrees is written like this")
            elif _is_joined(word.text):
                yield Finding(word, "", STEP, 0.5, "a number that is joined to a word")
            elif _is_garbage(word.text):
                yield Finding(word, "", STEP, 0.5, "no word or number is written like this")


def _with_minutes(text: str) -> str:
    """Return degrees with their minutes and seconds set apart, where one reading of the figures alone is possible."""
    found = _RUN_TOGETHER.fullmatch(text.strip(".,;:()"))
    return f"{found['degrees']}°{found['minutes']}'{found['seconds']}\"" if found is not None else ""


def _is_joined(text: str) -> bool:
    found = _JOINED.fullmatch(text)
    if found is None or _ADDRESS.search(text):
        return False
    letters = found["word"] or "".join(c for c in text if c.isalpha())
    return letters.islower()


def _is_garbage(text: str) -> bool:
    """Whether a word of several characters has one that occurs in no word and is no figure."""
    if len(text) < 2 or any(c.isdigit() for c in text) or _ADDRESS.search(text):
        return False
    return any(c.isalnum() for c in text) and _STRANGE.search(text) is not None


def _has_stray_sign(text: str) -> bool:
    """Whether a sign among figures is not part of a number.

    A note's ``[1]`` is complete, and addresses have signs of their own.
    """
    if not any(c.isdigit() for c in text) or sum(map(str.isalpha, text)) > _MOST_LETTERS:
        return False
    if any(text.count(pair[0]) != text.count(pair[1]) for pair in _PAIRS):
        return True
    return _STRAY.search(re.sub(r"\[\d{1,3}\]", "", text)) is not None
