"""What a document often writes beside a word is likely to be meant where the same word is beside a slip."""

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import regex

from vnreport_ocr.language.memory import Memory
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import place_tone
from vnreport_ocr.vietnamese.syllables import is_legal

_OFTEN = TUNING.recurrence.often

_RATIO = TUNING.recurrence.ratio

_KEPT = 5000
_COPIED = TUNING.recurrence.copied
_SURE = TUNING.recurrence.sure
_RECURS, _MOST_BONUS = TUNING.recurrence.recurs, TUNING.recurrence.most_bonus


_WORD = regex.compile(r"\p{L}+")
_REACH = 16
"""Neighbours of a word are searched for within this many characters."""

_NAMED = TUNING.recurrence.named

_AGAIN, _MOST_AGAIN = TUNING.recurrence.again, TUNING.recurrence.most_again


def raised_again(confidence: float, times: int) -> float:
    """Return how sure a change is, knowing how often the document has had the same slip."""
    if not times or not 0 < confidence < 1:
        return confidence
    return _with_bonus(confidence, min(_MOST_AGAIN, _AGAIN * math.log(1 + times)))


def _with_bonus(confidence: float, bonus: float) -> float:
    """Return a confidence with log-odds added, never lower than it was."""
    odds = math.log(confidence / (1 - confidence)) + bonus
    return max(confidence, min(_SURE, 1 / (1 + math.exp(-odds))))


Pair = tuple[str, str]
"""Two words that stand beside each other."""


class _Places(NamedTuple):
    """Where a document has a word: how often, and at which of these times beside which other words."""

    times: int
    beside: dict[str, set[int]]


class Recurrence:
    """Counts terms of two words in a document, once somebody asks."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._times: Memory[Pair, int] = Memory(_KEPT)
        # Each word is asked for as often as it stands there: looked for each time, a long text would cost its square.
        self._written: Memory[str, int] = Memory(_KEPT)
        self._around: Memory[str, _Places] = Memory(_KEPT)

    @cached_property
    def _joined(self) -> str:
        return " ".join(["", *self._texts, ""]).lower()

    def raised(self, confidence: float, slip: Pair, term: Pair) -> float:
        """Return how sure a change from one pair of words to another is, knowing how often the document has both."""
        if not self.recurs(slip, term):
            return confidence
        times = self._times.recall(term, self._count)
        return _with_bonus(confidence, min(_MOST_BONUS, _RECURS * math.log(1 + times)))

    def recurs(self, slip: Pair, term: Pair) -> bool:
        """Return whether the document has a term often, and what may be a slip of it rarely."""
        times = self._times.recall(term, self._count)
        return times >= _OFTEN and times >= _RATIO * self._times.recall(slip, self._count)

    def is_copied(self, before: str, after: str) -> bool:
        """Return whether words were run together in the same way again and again: engines do so by chance, authors by
        copying.
        """
        if " " not in after or before != after.replace(" ", ""):
            return False
        return self.written(before) >= _COPIED

    def has_name(self, before: str, after: str) -> bool:
        """Return whether the document often has a name that differs from what was read in one letter."""
        if not after.istitle() or is_legal(after) or len(after) != len(before):
            return False
        return self.written(after) >= _NAMED * max(1, self.written(before))

    @cached_property
    def words(self) -> int:
        """How many words the document has."""
        return self._joined.count(" ")

    def apart(self, word: str, neighbours: Sequence[str]) -> int:
        """Return how often the document has a word, in any case, beside none of these."""
        places = self._around.recall(word.lower(), self._look_around)
        near = (places.beside.get(neighbour.lower(), set()) for neighbour in neighbours)
        return places.times - len(set().union(*near))

    def _look_around(self, word: str) -> _Places:
        times, beside = 0, dict[str, set[int]]()
        for start in self._places(word):
            for neighbour in neighbours_of(self._joined, start, start + len(word)):
                beside.setdefault(neighbour, set()).add(times)
            times += 1
        return _Places(times, beside)

    def written(self, word: str) -> int:
        """Return how often the document has a word, in any case."""
        return self._written.recall(word.lower(), lambda small: sum(1 for _ in self._places(small)))

    def _places(self, word: str) -> Iterator[int]:
        """Yield the places of a word in small letters, in any case."""
        return (start for start in self._starts(word) if not _in_word(self._joined, start - 1))

    def _count(self, term: Pair) -> int:
        first, second = map(_styles, term)
        written = (f" {one} {other}" for one in first for other in second)
        return sum(1 for text in written for _ in self._starts(text))

    def _starts(self, text: str) -> Iterator[int]:
        """Yield the places of a text that ends at a word's end; ten times as fast as a regular expression."""
        size = len(text)
        start = self._joined.find(text)
        while start >= 0:
            found = not _in_word(self._joined, start + size)
            if found:
                yield start
            start = self._joined.find(text, start + (size if found else 1))


def neighbours_of(text: str, start: int, end: int) -> list[str]:
    """Return the words before and after a place, if they are near."""
    before, behind = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return [*_WORD.findall(before)[-1:], *_WORD.findall(behind)[:1]]


def _in_word(text: str, place: int) -> bool:
    """Whether a letter, figure or underscore is in a place, as expressions understand a word."""
    return text[place].isalnum() or text[place] == "_"


def _styles(word: str) -> set[str]:
    """Return a word in both styles of writing tones."""
    small = word.lower()
    return {place_tone(small, "new"), place_tone(small, "old")}
