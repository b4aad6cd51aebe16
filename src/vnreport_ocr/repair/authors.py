"""What an author meant, strange as it may look: names of people, doubled words, what a text is about.

An engine misreads any word; a person who types slips seldom, and far less often than a rare word is meant.
"""

from collections.abc import Sequence

import regex

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.repair.items import Item
from vnreport_ocr.repair.looks import is_before_capital
from vnreport_ocr.repair.recurrence import Recurrence, neighbours_of
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import bones, strip_marks
from vnreport_ocr.vietnamese.surnames import COMMON_SURNAMES, SURNAMES
from vnreport_ocr.vietnamese.syllables import is_legal

_OFTEN = TUNING.authors.often
_TOPICAL = TUNING.authors.topical
_NEAR = TUNING.authors.near

_HALVES = regex.compile(r"\P{L}*(\p{Lu}\p{Ll}+)[-–](\p{Lu}\p{Ll}+)\P{L}*")
"""Two capitalised words joined by a dash."""

_DASHES = ("-", "\u2010", "\u2011")
_TRANSCRIBED = regex.compile(r"[\p{P}\p{S}]*\p{Lu}\p{Ll}*(?:[-\u2010\u2011]\p{Ll}+)+[\p{P}\p{S}]*")

_CHANGES_SHAPE = regex.compile("[abdeghijlmnqrtyđ]")
"""Letters whose capitals look different, so that no engine confuses the two."""

_ADDRESSES = frozenset(["ông", "bà", "anh", "chị", "em", "cháu", "cụ", "cô", "chú", "bác", "thầy"])
"""Words before the name of a person."""

_SMALL_PLACES = regex.compile(
    r"\b(?:thôn|bản|xóm|ấp|buôn|làng|sóc|phum|plei|khóm)(?: \p{Lu}\p{Ll}*)? $", regex.IGNORECASE
)
_MIDDLE_NAMES = frozenset(["Thị", "Văn"])
_LONGEST_NAME = 5
_ENDS_IN = regex.compile(r"\p{L}+$")
_WORD = regex.compile(r"\p{L}+")
_REACH = 200
"""A word counts as near within so many characters."""


class Authors:
    """Recognises the words of a document that only its author can have written so."""

    def __init__(self, language: Language, texts: Sequence[str], recurrence: Recurrence) -> None:
        self._language = language
        self._texts = texts
        self._recurrence = recurrence

    def keep(self, item: Item, before: str, after: str, *, trusted: bool, typed: bool) -> bool:
        """Return whether what stands at an item, and may have been meant as something else, is to stay.

        ``trusted`` says that most of the words around it are right, ``typed`` that no engine has read it and nothing
        else in the document speaks for a slip.
        """
        text = self._texts[item.line]
        if self._is_half_of_name(text, item):
            return True
        if trusted and (
            self._recurrence.is_copied(before, after)
            or _are_surnames(text, item, before, after)
            or _is_address(text, item)
            or _is_part_of_loan(text, item)
            or _is_repeated(text, item)
        ):
            return True
        torn_or_glued = before != item.text or " " in after
        if not typed or torn_or_glued:
            return False
        if before.istitle() and is_legal(before) and (_is_in_person(text, item) or _is_hamlet(text, item)):
            return True
        known = self._language.lexicon.number(before) is not None
        return known and (_is_doubled(text, item) or self._is_topic(text, item, after))

    def _is_half_of_name(self, text: str, item: Item) -> bool:
        """Whether a word is joined to another capitalised one and neither looks like a syllable (``Fabry-Pérot``)."""
        end = text.find(" ", item.end)
        halves = _HALVES.fullmatch(text, text.rfind(" ", 0, item.start) + 1, len(text) if end < 0 else end)
        return halves is not None and not any(bones(half) in self._language.skeletons for half in halves.groups())

    def _is_topic(self, text: str, item: Item, after: str) -> bool:
        """Whether a document has a word far more often than others have it, more often than the other one, and beside
        other words than here: the same slip comes again and again beside the same ones.
        """
        number = self._language.lexicon.number(item.text)
        if number is None:
            return False
        usual = self._recurrence.words * float(self._language.lexicon.counts[number]) / self._language.lexicon.total
        least = max(_OFTEN, _TOPICAL * usual)
        if self._recurrence.written(item.text) < max(least, self._recurrence.written(after) + 1):
            return False
        return self._recurrence.apart(item.text, neighbours_of(text, item.start, item.end)) >= least


def is_written_so(item: Item) -> bool:
    """Return whether a word was written in the case it has: small, with letters that nobody takes for capitals, or
    joined to another word (``Số/No``).
    """
    if item.text.islower():
        return _CHANGES_SHAPE.search(strip_marks(item.text)) is not None
    return item.text.istitle() and item.gap < 0 and not item.opens


def _are_surnames(text: str, item: Item, before: str, after: str) -> bool:
    """Whether a family name would become another one before a given name: a commoner one is no likelier to be right."""
    return before in SURNAMES and after in SURNAMES and is_before_capital(text, item)


def _is_address(text: str, item: Item) -> bool:
    """Whether a word of address stands before a name (``ông Sùng``)."""
    return item.text in _ADDRESSES and is_before_capital(text, item)


def _is_part_of_loan(text: str, item: Item) -> bool:
    """Whether a word is a syllable of a foreign name as Vietnamese write it (``Pu-skin``, ``Đờ-cát-xtơ-ri``)."""
    if item.gap > 0 and text[item.end : item.end + 1] not in _DASHES:
        return False
    end = text.find(" ", item.end)
    token = text[text.rfind(" ", 0, item.start) + 1 : len(text) if end < 0 else end]
    return _TRANSCRIBED.fullmatch(token) is not None


def _is_repeated(text: str, item: Item) -> bool:
    """Whether the same word is right before or after (``riu riu``), which no engine misreads twice in the same way."""
    around = text[max(0, item.start - len(item.text) - 1) : item.end + len(item.text) + 1].split(" ")
    return len(item.text) > 1 and around.count(item.text) > 1 and is_legal(item.text)


def _is_doubled(text: str, item: Item) -> bool:
    """Whether a word occurs again nearby (``đần đần``, ``láy đi láy lại``)."""
    # Not all of the line, which may be as long as a document.
    before = _WORD.findall(text[max(0, item.start - _REACH) : item.start])[-_NEAR:]
    behind = _WORD.findall(text[item.end : item.end + _REACH])[:_NEAR]
    return item.text in before or item.text in behind


def _is_hamlet(text: str, item: Item) -> bool:
    """Whether a capitalised word is one of the first two of a hamlet's name, which nobody else may know."""
    return _SMALL_PLACES.search(text, max(0, item.start - _REACH), item.start) is not None


def _is_in_person(text: str, item: Item) -> bool:
    """Whether a capitalised word belongs to the name of a person: it is a family name before another word of it, or
    stands behind one, a word of address, a middle name, or a word of another language.
    """
    if item.text in SURNAMES and is_before_capital(text, item):
        return True
    if item.gap != 1:
        return False
    for word in reversed(text[: item.start - 1].rsplit(" ", _LONGEST_NAME)[-_LONGEST_NAME:]):
        name = _ENDS_IN.search(word)
        if name is None or not (name[0].istitle() or name[0] in _ADDRESSES):
            return False
        known = name[0] in COMMON_SURNAMES or name[0] in _MIDDLE_NAMES or name[0].lower() in _ADDRESSES
        if known or not is_legal(name[0]):
            return True
    return False
