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
_MISREAD = re.compile(r"TR[a-zà-ỹ]+")
"""``Thủ`` whose ``h`` was read as a capital; among capitals it may be ``TRỦ``."""


def mend_word(word: str) -> str | None:
    """Write a word in capitals with small toned vowels all in capitals; None where it is no such word."""
    return word.upper() if _SURE.fullmatch(word) and is_legal(word) else None


def mend_line(line: str) -> list[tuple[int, int, str]]:
    """Places of a line to be set in capitals: damaged words, and short ones that stand among capitals (``Dữ``)."""
    if not DAMAGED.search(line):
        return []
    words = list(_WORD.finditer(line))
    mended = [mend_word(word[0]) for word in words]
    high = [new is not None or word[0].isupper() for word, new in zip(words, mended, strict=True)]
    for index, word in enumerate(words):
        if (
            mended[index]
            and _MISREAD.fullmatch(word[0])
            and not any(high[max(0, index - 1) : index] + high[index + 1 :][:1])
        ):
            mended[index], high[index] = None, False
    if not any(mended):
        return []
    index = 0
    while index < len(words):
        end = index
        while end < len(words) and mended[end] is None and _LIKELY.fullmatch(words[end][0]):
            end += 1
        if end > index and (index == 0 or high[index - 1]) and (end == len(words) or high[end]):
            mended[index:end] = [word[0].upper() for word in words[index:end]]
        index = end + 1
    return [(word.start(), word.end(), new) for word, new in zip(words, mended, strict=True) if new and new != word[0]]
