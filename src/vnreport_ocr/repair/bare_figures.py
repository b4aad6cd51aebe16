"""Figures that stand alone and are words, in text that was read in another language (``nhất 13`` for ``nhất là``).

An engine without Vietnamese reads some short words as figures. By its form such a figure is one like any other, so only
the words around it, once they are mended, can tell: it is a word where a figure is all but impossible and the word is
not; what lies between is pointed at. Lists, tables and dates keep theirs, since figures are at home there.
"""

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import regex

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.memory import Memory
from vnreport_ocr.language.ngrams import NUMBER, ORDER, UNKNOWN
from vnreport_ocr.model import Correction, Damage, Doubt
from vnreport_ocr.repair.decision import RoundResult
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.posterior import window_scores
from vnreport_ocr.repair.suspicion import numbers_of
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import bones, split_tone
from vnreport_ocr.vietnamese.tokens import ROMAN, Kind

_SURE: Final = TUNING.bare_figures.sure
_SURE_BESIDE: Final = TUNING.bare_figures.sure_beside
_POSSIBLE: Final = TUNING.bare_figures.possible
_HALF: Final = TUNING.bare_figures.half
_COMMON: Final = TUNING.bare_figures.common

_FIRST: Final = {"0": "oôơ", "1": "lt", "3": "đ", "4": "đaâă", "5": "oô", "6": "oôơ"}
"""The letters at the beginning of a word, whatever their tone, that are read as a figure."""

_LATER: Final = {"0": "oôơ", "1": "i", "3": "aâă", "4": "aâă", "5": "aâăoô", "6": "oôơê", "8": "aâăeê"}
"""The same after the beginning."""

_ALONE: Final = frozenset("06")
"""Figures that stand for a word of one letter."""

_ONSETS: Final = frozenset("14")
"""Figures with which a longer word begins."""

_MIXED: Final = regex.compile(r"\p{Lu}?[\p{Ll}\d]+")
_LONGEST: Final = 6
_KEPT: Final = 5000
_ROMAN_READ: Final = regex.compile(
    r"(?i:\b(?:thứ|khoá|khóa|vực|loại|quý|chương|phần|mục|kỳ|kỷ|hạng)) "
    r"(?P<read>(?=[1I]*[IVX])(?=[IVX]*1)(?![VX]+1+\b)[IVX1]{2,6})\b"
)
"""A Roman numeral that was read with figures in it, after a word that takes one; ``X1`` may be a name."""

_KINDS: Final = frozenset((Kind.NUMBER, Kind.WORD))
_CELLS: Final = "|\t"
_STEP: Final = f"decode:{Damage.WRONG_LANGUAGE.name.lower()}"
_REASON: Final = "no figure can stand here"
_COUNTS: Final = "it is a Roman numeral"
_NUMERAL: Final = TUNING.bare_figures.numeral


class _Place(NamedTuple):
    """A figure that may be a word: the word that fits best, and by how much it fits better than a number."""

    item: Item
    word: str
    margin: float
    beside_number: bool

    @property
    def is_sure(self) -> bool:
        """Whether it is a word: two numbers in a row are not prose, so less is required before another number."""
        return self.margin >= (_SURE_BESIDE if self.beside_number else _SURE)

    @property
    def is_doubtful(self) -> bool:
        """Whether it stays and is marked as a doubt."""
        return not self.is_sure and (self.beside_number or self.margin >= _POSSIBLE)


class BareFigures:
    """Weighs isolated figures against the words that an engine reads as them."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._known: Memory[str, list[int]] = Memory(_KEPT)

    @cached_property
    def _by_length(self) -> Mapping[int, list[tuple[int, str]]]:
        """Common words without their tones, by length."""
        found: dict[int, list[tuple[int, str]]] = {}
        for number, entry in enumerate(self._language.lexicon.entries):
            if number > NUMBER and entry.weight >= _COMMON and len(entry.text) <= _LONGEST:
                found.setdefault(len(entry.text), []).append((number, split_tone(entry.text)[0]))
        return found

    def _words(self, read: str) -> list[int]:
        """Return the words that may have been read so, with one letter for each letter and figure."""
        return self._known.recall(read, self._find_words)

    def _find_words(self, read: str) -> list[int]:
        small = bones(read)
        if not _may_be_word(read) or len(small) != len(read):
            return []
        return [number for number, word in self._by_length.get(len(read), ()) if _is_read_as(word, small)]

    def weigh(self, lines: Parsed, misread: Set[int]) -> RoundResult:
        """Return what becomes of the figures in lines that were read in another language, and are mended otherwise."""
        result = RoundResult.nothing(len(lines))
        places: dict[int, list[_Place]] = {number: [] for number in misread}
        for place in self._places(lines, misread):
            places[place.item.line].append(place)
        for number, mine in places.items():
            made = [*(_correction(place) for place in mine if place.is_sure), *_numerals(lines.texts[number])]
            result.corrections[number] = tuple(sorted(made, key=lambda correction: -correction.start))
            result.doubts[number] = tuple(
                Doubt(place.item.start, place.item.text, f"may be {place.word!r}")
                for place in mine
                if place.is_doubtful
            )
        return result

    def _places(self, lines: Parsed, misread: Set[int]) -> Iterator[_Place]:
        chosen = [number in misread and _is_prose(text) for number, text in enumerate(lines.texts)]
        for sentence in lines.sentences(chosen) if any(chosen) else ():
            places = [place for place, item in enumerate(sentence) if self._stands_alone(lines.texts, item)]
            if places:
                yield from self._weighed(sentence, places)

    def _stands_alone(self, texts: Sequence[str], item: Item) -> bool:
        """Whether an item has a figure, no sign attached and a word before it, and may be a misread word."""
        if item.gap != 1 or item.text.isalpha() or item.kind not in _KINDS:
            return False
        return texts[item.line][item.end : item.end + 1] in ("", " ", ",", ";") and bool(self._words(item.text))

    def _weighed(self, sentence: Sequence[Item], places: Sequence[int]) -> Iterator[_Place]:
        around = numbers_of([sentence], self._language)
        end = np.full(around.size, around.size - 1)
        for place in places:
            item = sentence[place]
            words = np.array([NUMBER, UNKNOWN, *self._words(item.text)], dtype=np.int64)
            at, alone, one = (np.full(words.size, number) for number in (place + ORDER - 1, -1, 1))
            total = window_scores(self._language.ngrams, around, end, at, words, alone, one)
            best = 2 + int(total[2:].argmax())
            figure = float(total[0] if item.text.isdigit() else total[:2].max())
            behind = sentence[place + 1 : place + 2]
            beside_number = any(item.kind is Kind.NUMBER and item.gap == 1 for item in behind)
            text = self._language.lexicon.entries[int(words[best])].text
            text = text.capitalize() if item.text[0].isupper() else text
            yield _Place(item, text, float(total[best]) - figure, beside_number)


def _may_be_word(read: str) -> bool:
    """Whether what was read can be a word by its form: a figure of two or three digits, or letters and figures."""
    if read.isdigit():
        return 1 < len(read) <= len("101") or read in _ALONE
    return len(read) > 1 and _MIXED.fullmatch(read) is not None and any(c in _LATER for c in read)


def _is_read_as(word: str, read: str) -> bool:
    """Whether a word without its tone may be read so: a figure for a letter of its shape, else the same bare letter."""
    if read.isdigit() and len(read) > 1 and (read[0] not in _ONSETS or word[0] not in "ltđ"):
        return False
    head = read[0]
    if not (word[0] in _FIRST.get(head, "") if head.isdigit() else bones(word[0]) == head):
        return False
    return all(
        letter in _LATER.get(sign, "") if sign.isdigit() else bones(letter) == sign
        for letter, sign in zip(word[1:], read[1:], strict=True)
    )


def _numerals(text: str) -> Iterator[Correction]:
    """Yield the Roman numerals of a line whose strokes were read as figures (``lần thứ X1V``)."""
    for found in _ROMAN_READ.finditer(text) if "1" in text else ():
        numeral = found["read"].replace("1", "I")
        if ROMAN.fullmatch(numeral):
            yield Correction(found.start("read"), found["read"], numeral, _STEP, _NUMERAL, _COUNTS)


def _is_prose(text: str) -> bool:
    """Whether a line is not a row of a table, where figures are side by side."""
    if any(sign in text for sign in _CELLS) or "  " in text.strip():
        return False
    pieces = text.split()
    return 2 * sum(any(c.isdigit() for c in piece) for piece in pieces) <= len(pieces)


def _correction(place: _Place) -> Correction:
    confidence = round(1 / (1 + math.exp(_HALF - place.margin)), 3)
    return Correction(place.item.start, place.item.text, place.word, _STEP, confidence, _REASON)
