"""When a figure inside a word may be replaced: only if it is a misread letter and hardly anything else.

A figure that is lost is the worst that a repair can do, and words with figures are often right as they stand: labels,
types, variables, items (``S6``, ``X1``, ``khoản 1a``). What is not sure enough stays, and a person is told.
"""

from collections.abc import Iterable
from typing import Final

import regex
from rapidfuzz.distance import Levenshtein

from vnreport_ocr.repair.chance import NEVER
from vnreport_ocr.repair.figure_words import LOOKS
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import bones, digits_of
from vnreport_ocr.vietnamese.syllables import is_legal, may_be_bare

_BARE_LOOKS: Final = {sign: bones(letters) for sign, letters in LOOKS.items() if sign.isdigit()}
"""The bare letters that an engine without Vietnamese reads as a figure."""

LABELLED: Final = frozenset(
    (
        "lục",
        "mẫu",
        "biểu",
        "bảng",
        "hình",
        "khoản",
        "điểm",
        "mục",
        "lô",
        "nhóm",
        "hạng",
        "loại",
        "tuyến",
        "cột",
        "tầng",
        "ô",
    )
)
"""Words for what is told apart by labels, the last of each (``phụ lục B6``)."""

_T = TUNING.figure_guard
_SURE: Final = _T.sure
_LIKELY: Final = _T.likely
_SHOWN: Final = _T.shown

_LABEL: Final = regex.compile(r"\p{Lu}{1,3}\d+\p{L}?|\d+[a-zA-Z]")
_ITEM: Final = regex.compile(r"\p{L}\d+")
_NAMED: Final = regex.compile(r"(?<!\S)\p{L}+\d{2,}\s+$")
_MAKE: Final = regex.compile(r"(?<!\S)(\p{Lu}[a-z]{2,})\s+$")
_NO_WORD: Final = regex.compile(r"[\p{L}\d][^\p{L}\p{M}\d¢®©@&'’]+[\p{L}\d]")
"""A sign inside, as in ``T+3``, ``U.23``, ``n≥6``: no word was read so."""


def loses_figures(before: str, after: str) -> bool:
    """Whether some digits of a word would change."""
    return digits_of(before) != digits_of(after)


def is_label(word: str) -> bool:
    """Whether a word has the form of a label for things and points (``S6``, ``1a``)."""
    return _LABEL.fullmatch(word) is not None


def ends_in_label(text: str) -> bool:
    """Whether the last word of a text has letters and several figures, as product names do (``Insta360``)."""
    return _NAMED.search(text) is not None


def follows_foreign_name(text: str) -> bool:
    """Whether the last word of a text has a capital and letters of no syllable, as a make has that a model follows
    (``Haval H6``).
    """
    found = _MAKE.search(text)
    return found is not None and not may_be_bare(found[1])


def is_item(word: str, behind: str) -> bool:
    """Whether a letter and a figure number an item (``b6)``)."""
    return _ITEM.fullmatch(word) is not None and behind.startswith(")")


def is_word_and_number(word: str) -> bool:
    """Whether a number is attached to a whole word (``va6``), so that both may be part of a list of numbers."""
    letters = word.rstrip("0123456789")
    return letters != word and len(letters) > 1 and is_legal(letters)


def has_misread_figures(changes: Iterable[tuple[str, str, float]]) -> bool:
    """Whether several changes (before, after, how sure) surely make letters of what was read as figures."""
    sure = (confidence >= _SURE for before, after, confidence in changes if _may_be_letters(before, after))
    return sum(sure) >= _SHOWN


def least_to_lose_figures(before: str, after: str, *, misread: bool) -> float:
    """Return how sure a change must be that takes the digits of a word for letters; ``misread`` says that the text has
    shown such letters before.
    """
    if not _may_be_letters(before, after):
        return NEVER
    return _LIKELY if misread and not is_label(before) else _SURE


def _may_be_letters(before: str, after: str) -> bool:
    """Whether every digit of what was read looks like a letter, and the word is otherwise much the same."""
    lost = digits_of(before)
    if not lost or digits_of(after) or any(c not in _BARE_LOOKS for c in lost) or _NO_WORD.search(before):
        return False
    new = bones(after)
    apart = _apart(before, new)
    return apart <= len(lost) and not _vanish(before, new, apart)


def _apart(word: str, bare: str) -> int:
    """Return in how many letters bare ones differ from a word with its figures taken for letters."""
    return min(Levenshtein.distance(bones(_as_letters(word, choice)), bare) for choice in (0, 1))


def _vanish(before: str, bare: str, apart: int) -> bool:
    """Whether figures would go and leave nothing: those at the end of a word (``i10`` as ``I``), or several in it."""
    letters = "".join(c for c in before if not c.isdigit())
    several = len(before) > len(letters) + 1 and bones(letters) == bare
    return several or (before[-1].isdigit() and _apart(before.rstrip("0123456789"), bare) < apart)


def _as_letters(word: str, choice: int) -> str:
    """Return a word with each figure as the letter that it looks like; ``choice`` says which where there are two."""
    looks = (_BARE_LOOKS.get(c, c) for c in word)
    return "".join(letters[choice % len(letters)] for letters in looks)
