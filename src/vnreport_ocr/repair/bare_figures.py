"""Figures that stand alone and are words, in text that was read in another language (``nhất 13`` for ``nhất là``).

An engine without Vietnamese reads some short words as figures. By its form such a figure is one like any other, so only
the words around it, once they are mended, can tell: it is a word where a figure is all but impossible and the word is
not; what lies between is pointed at. Lists, tables and dates keep theirs, since figures are at home there.
"""

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import NUMBER, ORDER
from vnreport_ocr.model import Correction, Damage, Doubt
from vnreport_ocr.repair.acceptance import RoundResult
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.suspicion import numbers_of
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import split_tone
from vnreport_ocr.vietnamese.tokens import Kind

_SURE: Final = TUNING.bare_figures.sure
_POSSIBLE: Final = TUNING.bare_figures.possible
_HALF: Final = TUNING.bare_figures.half
_COMMON: Final = TUNING.bare_figures.common

_ONSETS: Final = {"1": "lt", "4": "đ"}
_VOWELS: Final = {"0": "oôơ", "3": "aâă", "4": "aâă", "5": "aâă", "6": "oôơê", "8": "aâăeê"}
"""The letters, whatever their tone, that are read as a figure."""

_CELLS: Final = "|\t"
_STEP: Final = f"decode:{Damage.WRONG_LANGUAGE.name.lower()}"
_REASON: Final = "no figure can stand here"


class _Place(NamedTuple):
    """A figure that may be a word: the word that fits best, and how much better than a number it does."""

    item: Item
    word: str
    margin: float
    beside_number: bool


class BareFigures:
    """Weighs figures that stand alone against the words that an engine reads so."""

    def __init__(self, language: Language) -> None:
        self._language = language

    @cached_property
    def _words(self) -> Mapping[str, list[int]]:
        """Words by the figure that they are read as."""
        found: dict[str, list[int]] = {}
        for number, entry in enumerate(self._language.lexicon.entries):
            if number > NUMBER and entry.weight >= _COMMON and len(entry.text) <= len("101"):
                for figure in _read_as(split_tone(entry.text)[0]):
                    found.setdefault(figure, []).append(number)
        return found

    def weigh(self, lines: Parsed, misread: Set[int]) -> RoundResult:
        """Return what becomes of the figures in lines that were read in another language, and are mended otherwise."""
        corrections: list[tuple[Correction, ...]] = [()] * len(lines)
        doubts: list[tuple[Doubt, ...]] = [()] * len(lines)
        places = sorted(self._places(lines, misread), key=lambda place: (place.item.line, -place.item.start))
        for number, group in groupby(places, key=lambda place: place.item.line):
            mine = list(group)
            corrections[number] = tuple(_correction(place) for place in mine if place.margin >= _SURE)
            unsure = [place for place in mine if place.margin < _SURE]
            doubts[number] = tuple(
                Doubt(place.item.start, place.item.text, f"may be {place.word!r}")
                for place in reversed(unsure)
                if place.beside_number or place.margin >= _POSSIBLE
            )
        return RoundResult(corrections, doubts)

    def _places(self, lines: Parsed, misread: Set[int]) -> Iterator[_Place]:
        chosen = [number in misread and _is_prose(text) for number, text in enumerate(lines.texts)]
        for sentence in lines.sentences(chosen) if any(chosen) else ():
            places = [place for place, item in enumerate(sentence) if self._stands_alone(lines.texts, item)]
            if places:
                yield from self._weighed(sentence, places)

    def _stands_alone(self, texts: Sequence[str], item: Item) -> bool:
        """Whether an item is a figure behind a word, with nothing at it, that a word may have been read as."""
        if item.kind is not Kind.NUMBER or item.gap != 1 or item.text not in self._words:
            return False
        return texts[item.line][item.end : item.end + 1] in ("", " ", ",", ";")

    def _weighed(self, sentence: Sequence[Item], places: Sequence[int]) -> Iterator[_Place]:
        model, around = self._language.ngrams, numbers_of([sentence], self._language)
        for place in places:
            item = sentence[place]
            words = np.array([NUMBER, *self._words[item.text]], dtype=np.int64)
            context = np.zeros(words.size, dtype=np.uint64)
            total = np.zeros(words.size)
            at = place + ORDER - 1
            for offset in range(1 - ORDER, ORDER):
                word = words if not offset else np.full(words.size, around[at + offset])
                if offset >= 0:
                    total += model.after(context, word)
                context = model.extend(context, word)
            best = 1 + int(total[1:].argmax())
            behind = sentence[place + 1 : place + 2]
            beside_number = any(item.kind is Kind.NUMBER and item.gap == 1 for item in behind)
            word_text = self._language.lexicon.entries[int(words[best])].text
            yield _Place(item, word_text, float(total[best] - total[0]), beside_number)


def _read_as(bare: str) -> Iterator[str]:
    """Yield the figures that a word without its tone is read as, a figure for each letter."""
    vowels = [figure for figure, letters in _VOWELS.items() if bare[-1:] in letters]
    if len(bare) == 1:
        yield from (figure for figure in ("0", "6") if figure in vowels and bare != "ê")
        return
    onsets = [figure for figure, letters in _ONSETS.items() if bare[0] in letters]
    middle = bare[1:-1]
    if bare[-1] == "i" and middle:
        vowels = [f"{figure}1" for figure in ("0", "6") if middle in _VOWELS[figure]]
    elif middle:
        return
    yield from (onset + vowel for onset in onsets for vowel in vowels)


def _is_prose(text: str) -> bool:
    """Whether a line is no row of a table, where figures stand side by side."""
    if any(sign in text for sign in _CELLS) or "  " in text.strip():
        return False
    pieces = text.split()
    return 2 * sum(any(c.isdigit() for c in piece) for piece in pieces) <= len(pieces)


def _correction(place: _Place) -> Correction:
    confidence = round(1 / (1 + math.exp(_HALF - place.margin)), 3)
    return Correction(place.item.start, place.item.text, place.word, _STEP, confidence, _REASON)
