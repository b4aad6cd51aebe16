"""What a word looks like, what stands behind it, and what a change does to its look."""

import regex
from rapidfuzz.distance import Levenshtein

from vnreport_ocr.repair.items import Item
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import bones
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import looks_like_symbol

_FAR = TUNING.acceptance.far
_SHORTEST_SYMBOL = TUNING.acceptance.shortest_symbol
_CAPITAL_SLIPS = ("It", "Il", "Rh")
"""Capitals that are read for small letters of their shape."""

_VOWELS = regex.compile("[aeiouy]+")


def is_capital_slip(before: str, after: str) -> bool:
    """Return whether nothing changes but a capital at the head of a word, which is how engines read a small letter
    (``Irang`` for ``trang``, ``Rội`` for ``hội``).
    """
    return before[0] + after[0] in _CAPITAL_SLIPS and before[1:] == after[1:] and before[1:].islower()


def has_syllables(word: str) -> bool:
    """Return whether a word has vowels in several places (``điezen``), as no Vietnamese word has."""
    return len(_VOWELS.findall(bones(word))) > 1


def is_far(before: str, after: str) -> bool:
    """Return whether so many bare letters differ that a writer can hardly have meant the other word."""
    one, other = (bones(text.replace(" ", "")) for text in (before, after))
    return Levenshtein.distance(one, other) > max(1, len(one) // _FAR)


def is_misread_capital(before: str, after: str) -> bool:
    """Return whether a word's one capital behind its first letter is all that changes (``NgRị``): misread, not set."""
    inner = [place for place, letter in enumerate(before) if place and letter.isupper()]
    if len(inner) != 1 or len(before) != len(after):
        return False
    place = inner[0]
    return after[place].islower() and before[:place] + before[place + 1 :] == after[:place] + after[place + 1 :]


def is_symbol(word: str) -> bool:
    """Return whether a word in capitals looks like a symbol (``HĐQLQ``)."""
    return len(word) >= _SHORTEST_SYMBOL and word.isupper() and word.isalpha() and looks_like_symbol(word)


def is_initial(word: str) -> bool:
    """Return whether a word is one capital."""
    return len(word) == 1 and word.isupper()


def is_foreign(word: str) -> bool:
    """Return whether a word has plain letters that no syllable has in this order; a short one may be a slip."""
    return len(word) > 3 and word.isascii() and word.isalpha() and not is_legal(word)


def is_foreign_name(word: str) -> bool:
    """Return whether a word looks like a foreign name: a capital, plain letters, and no syllable."""
    return word.isascii() and len(word) > 3 and word.istitle() and not is_legal(word)


def is_before_capital(text: str, item: Item) -> bool:
    """Return whether a word with a capital follows behind a blank."""
    return text[item.end : item.end + 1] == " " and text[item.end + 1 : item.end + 2].isupper()
