"""A text folded letter by letter: without marks and case, every letter where it stood."""

import re
from typing import Final

from vnreport_ocr.search.words import UNSEEN
from vnreport_ocr.vietnamese.letters import bones

_ODD: Final = "\0"
"""Stands for what is no single letter when it is folded."""
_PARTED: Final = re.compile(r"[^\W\d_][-\u2010][ \t\r]*\n\s*[^\W\d_]")
"""A word that may go on in the next line."""


class _Folds(dict[int, str]):
    """What each letter is folded to, learnt as letters come."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = bones(letter)
        if len(folded) != 1 or letter in UNSEEN or "\u0300" <= letter <= "\u036f":
            folded = _ODD
        if len(self) < _MOST_KNOWN:
            self[code] = folded
        return folded


_MOST_KNOWN: Final = 10_000
_FOLDS: Final = _Folds()


def fold(text: str) -> str | None:
    """Return the text folded; None where letters would not stay in their places or a word may be parted."""
    folded = text.lower() if text.isascii() else text.translate(_FOLDS)
    if _ODD in folded or _PARTED.search(folded):
        return None
    return folded
