"""Lines as sequences of items: the words that may be repaired and what is between them."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar, cast

import regex

from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.syllables import ONSETS, is_legal
from vnreport_ocr.vietnamese.tokens import CHUNK, ROMAN, Kind, analyse

C = TypeVar("C")
T = TypeVar("T")

SENTENCE_LIMIT = TUNING.items.sentence_limit

_FIGURES = regex.compile(r"\d[^\p{L}\d]\d|\d{3}|^\d+(?:km|ha|kg|cm|mm|ml|tr|kW|kV|m|l|h)?[²³23]?$|^\d+[A-Z]$")
"""Figures, with or without a unit: never changed."""

_WORD, _STOP, _NUMBER = Kind.WORD, Kind.STOP, Kind.NUMBER
_TRANSPARENT = (Kind.NUMBER, Kind.MARKUP)
_new_item = tuple.__new__
"""What ``Item`` itself calls; there is one for every word of a text."""

_ASKED = regex.compile(r"\?(?= [\p{L}\d])")
_PLAIN_DIGITS = frozenset("0123456789")
_SHORTEST_SPOILT = 4
"""Letters of the shortest word that is looked at as a Roman numeral with one letter too many."""
_GLUED = regex.compile(r"\p{Ll}\p{Lu}")
"""Two words that lost the space between them, or a name such as HDBank: no letter of a long one is wrong."""

_LONGEST_MISREAD = TUNING.items.longest_misread

_MARKED_CAPITAL = regex.compile(r"(?=.*[^\p{ASCII}])\p{Lu}?\p{Ll}+\p{Lu}\p{Ll}*")
"""A word with marks and one capital in it: a syllable whose ``h`` was read as ``R``, hardly a name."""

_PREFIXED = regex.compile(r"\p{L}['’]\p{L}")
"""Names and words of the highlands: ``K'Bông``, ``t'rưng``."""

_LABEL = regex.compile(r"\p{Lu}{1,3}\d{1,3}\p{Lu}?")
_LISTED_LABELS = TUNING.items.listed_labels
_CAPITAL_SHARE = TUNING.items.capital_share
_LETTERS = regex.compile(r"\p{L}+")
_ABBREVIATION = regex.compile(
    r"\p{Lu}{1,2}|[B-DF-HJ-NP-TV-XZĐ]+|\p{Lu}*(?:[BDĐKLQRSVX]|(?<!N)G|[B-DF-HJ-NP-TV-XZĐ]{3})"
)
"""Capitals that end as no syllable does, or have no vowel."""


class Item(NamedTuple):
    """A piece of a line; ``gap`` is how many blanks stand before it, -1 where other signs do."""

    line: int
    kind: Kind
    start: int
    end: int
    reach: int
    text: str
    gap: int
    capitals: bool
    opens: bool
    """Whether a sentence or a line begins here, so that a capital means nothing."""
    numbers: bool
    """Whether it is the letter that numbers a clause (``đ)``)."""
    asked: bool = False
    """Whether the mark within its reach is a question mark inside a line: a horn and hook that were read badly."""
    bound: bool = False
    """Whether it is joined to others as a symbol: repaired together with them or not at all."""

    def may_change(self, *, digits: bool) -> bool:
        """Whether it is a word that may be repaired; ``digits`` says whether letters with a digit may be one."""
        if self.kind is not _WORD or self.numbers or self.bound or not _is_open(self.text, digits):
            return False
        return digits or self.capitals or not _is_abbreviation(self.text)


@lru_cache(maxsize=50_000)
def _is_open(word: str, digits: bool) -> bool:
    if ROMAN.fullmatch(word) or _is_spoilt_roman(word) or (_PREFIXED.match(word) and not digits):
        return False
    if any(c.isdigit() for c in word):
        return digits and not _has_figures(word)
    if digits or is_legal(word) or not is_glued(word):
        return True
    return len(word) <= _LONGEST_MISREAD and (word[0].islower() or _MARKED_CAPITAL.fullmatch(word) is not None)


def _is_spoilt_roman(word: str) -> bool:
    """Whether a word is a Roman numeral of three signs or more but for one letter (``XTIV``): a guess at it would be
    another number.
    """
    if len(word) < _SHORTEST_SPOILT or not word.isupper():
        return False
    return any(ROMAN.fullmatch(word[:place] + word[place + 1 :]) for place in range(len(word)))


def is_glued(word: str) -> bool:
    """Return whether a capital stands behind a small letter."""
    return _GLUED.search(word) is not None


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isascii() and word.isupper()


def _has_figures(word: str) -> bool:
    """Whether the digits of a word are figures: a number with a unit, or a label (``HO4``)."""
    if _FIGURES.search(word) or any(c.isdigit() and c not in _PLAIN_DIGITS for c in word):
        return True
    letters = word.rstrip("0123456789")
    return is_legal(letters) and letters.lower() not in ONSETS and letters.isupper()


_HEAD = 16
"""So many more letters than twice the capitals of a line are looked at first."""


def in_capitals(line: str) -> bool:
    """Whether a line is set in capitals."""
    if line[1:].islower():
        return False
    upper = sum(map(str.isupper, line))
    # The head of most lines has more small letters than all of it has capitals: the rest need not be counted.
    if any(sum(map(str.islower, part)) >= upper for part in (line[: 2 * upper + _HEAD], line)):
        return False
    letters = [c for c in line if c.isalpha()]
    if any(c.islower() for c in letters):
        # Abbreviations say nothing of a line that has other words: "Lưu: VT, TH."
        letters = [c for word in _LETTERS.findall(line) if not _ABBREVIATION.fullmatch(word) for c in word]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > _CAPITAL_SHARE * len(letters)


def line_items(number: int, line: str) -> list[Item]:
    """Cut one line into items."""
    capitals = in_capitals(line)
    items: list[Item] = []
    before, opens, asks, quotes = 0, True, "?" in line, "“" in line
    for found in CHUNK.finditer(line):
        offset = found.start()
        for kind, start, end, reach, bound in analyse(found[0]):
            start, end, reach = start + offset, end + offset, reach + offset
            between = line[before:start]
            if not before:
                gap = -1
            elif between == " ":
                gap = 1
            else:
                gap = -1 if between.strip() else len(between)
            numbers = end - start == 1 and line[end : end + 1] == ")" and (gap < 0 or between[-1:] == "(")
            first = opens or (quotes and "“" in between)
            asked = False
            if asks:
                asked = kind is _WORD and _ASKED.match(line, end) is not None
                if kind is _STOP and items and items[-1].asked and not line[end:].lstrip()[:1].isupper():
                    continue  # no sentence ends where a small letter or a number follows
            place = number, kind, start, end, reach + asked
            if kind is _NUMBER and len(items) > 1 and items[-2].kind is _NUMBER and len(items[-1].text) == 1:
                items[-1] = items[-1]._replace(bound=True)  # a figure that was read as a letter (``20 ỉ 6``)
            items.append(_new_item(Item, (*place, line[start:end], gap, capitals, first, numbers, asked, bound)))
            before = end
            opens = kind is _STOP or (opens and kind in _TRANSPARENT)
    return _with_bound_labels(items) if _LABEL.search(line) else items


def _with_bound_labels(items: list[Item]) -> list[Item]:
    """Return the items of a line, labels of capitals and figures bound where several make a list (``B1, C1, D1``)."""
    labels = {n for n, item in enumerate(items) if item.kind is _WORD and _LABEL.fullmatch(item.text)}
    if len(labels) < _LISTED_LABELS:
        return items
    return [item._replace(bound=True) if n in labels else item for n, item in enumerate(items)]


class Parsed:
    """The items of all lines, analysed once and again only where a line has changed."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.texts = list(lines)
        self.settled = False
        """Whether the first steps found nothing in the lines as they are."""
        self._derived: dict[object, dict[int, object]] = {}
        self.items = [line_items(number, line) for number, line in enumerate(self.texts)]

    def __len__(self) -> int:
        return len(self.texts)

    def change(self, number: int, text: str) -> None:
        """Replace the text of a line."""
        self.texts[number] = text
        self.settled = False
        self.items[number] = line_items(number, text)
        for by_line in self._derived.values():
            by_line.pop(number, None)

    def derived(self, number: int, find: Callable[[str, Sequence[Item], C], T], context: C) -> T:
        """Return what a function finds in the text and the items of a line; it is asked again once the line changes."""
        by_line = self._derived.get(find)
        if by_line is None:
            by_line = self._derived[find] = {}
        if number not in by_line:
            by_line[number] = find(self.texts[number], self.items[number], context)
        return cast(T, by_line[number])

    def sentences(self, chosen: Sequence[bool]) -> Iterator[list[Item]]:
        """Return the items of the chosen lines, cut where a sentence or paragraph ends; markup left out."""
        current: list[Item] = []
        for number, wanted in enumerate(chosen):
            if not (wanted and self.items[number]) and current:
                yield current
                current = []
            if not wanted:
                continue
            for part in self.derived(number, _parts, None):
                if len(current) + len(part) > SENTENCE_LIMIT:
                    yield from _cut(current, part)
                else:
                    current += part
                if part[-1].kind is Kind.STOP:
                    yield current
                    current = []
        if current:
            yield current


def _parts(_text: str, items: Sequence[Item], _context: None) -> list[list[Item]]:
    """Return the items of a line without markup, each part but the last with its end of a sentence."""
    parts: list[list[Item]] = []
    part: list[Item] = []
    for item in items:
        if item.kind is not Kind.MARKUP:
            part.append(item)
            if item.kind is _STOP:
                parts.append(part)
                part = []
    return [*parts, part] if part else parts


def _cut(current: list[Item], more: Sequence[Item]) -> Iterator[list[Item]]:
    """More items for ``current``; what becomes too long for one sentence is cut off it."""
    for item in more:
        if len(current) >= SENTENCE_LIMIT and (item.gap < 1 or len(current) >= 2 * SENTENCE_LIMIT):
            yield current.copy()
            current.clear()
        current.append(item)
