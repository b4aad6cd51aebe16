"""Capitals lost from toned letters: ``BIếN`` is ``BIẾN``.

Fonts of the TCVN3 family have no toned capitals; a heading in capitals that went through them comes
back with its toned vowels small.
"""

import re

from vnreport_ocr.vietnamese.charset_tables import SMALL, is_toned
from vnreport_ocr.vietnamese.syllables import is_legal

_TONED = "".join(letter for letter in SMALL if is_toned(letter))
_CAPITAL = "A-ZĂÂÊÔƠƯĐ"
DAMAGED = re.compile(rf"[{_CAPITAL}]{{2}}[{_TONED}]|[{_CAPITAL}]?[{_TONED}][{_CAPITAL}]")
"""Where a line may hold such a word."""

_WORD = re.compile(r"[^\W\d_]+")
_SURE = re.compile(rf"(?=(?:.*[{_CAPITAL}]){{2}})(?=.*[{_TONED}])[{_CAPITAL}{_TONED}]+|[{_TONED}][{_CAPITAL}]+")
_LIKELY = re.compile(rf"[{_CAPITAL}]?[{_TONED}]")


def mend_word(word: str) -> str | None:
    """A word in capitals with small toned vowels, all in capitals; None where it is no such word."""
    return word.upper() if _SURE.fullmatch(word) and is_legal(word) else None


def mend_line(line: str) -> list[tuple[int, int, str]]:
    """Places of a line to be set in capitals: damaged words, and short ones that stand among capitals (``Dữ``)."""
    if not DAMAGED.search(line):
        return []
    words = list(_WORD.finditer(line))
    mended = [mend_word(word[0]) for word in words]
    if not any(mended):
        return []
    high = [new is not None or word[0].isupper() for word, new in zip(words, mended, strict=True)]
    for index, word in enumerate(words):
        before = index == 0 or high[index - 1]
        after = index + 1 == len(words) or high[index + 1]
        if mended[index] is None and before and after and _LIKELY.fullmatch(word[0]):
            mended[index] = word[0].upper()
            high[index] = True
    return [(word.start(), word.end(), new) for word, new in zip(words, mended, strict=True) if new and new != word[0]]
