"""What a document writes again and again beside a word speaks for it where the same word stands beside a slip."""

import math
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from vnreport_ocr.vietnamese.letters import place_tone

_OFTEN = 4
"""A term of the document stands in it so often at least."""

_RATIO = 8
"""And so many times as often as what may be a slip."""

_SURE = 0.99
_RECURS, _MOST_BONUS = 2.0, 5.0
"""What it speaks for a term, by the logarithm of how often the document has it."""


class Recurrence:
    """Counts terms of two words in a document, once somebody asks."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._times = lru_cache(maxsize=None)(self._count)

    @cached_property
    def _joined(self) -> str:
        return " ".join(["", *self._texts, ""]).lower()

    def raised(self, confidence: float, slip: tuple[str, str], term: tuple[str, str]) -> float:
        """How sure a change from one pair of words to another is, knowing how often the document has both."""
        times = self._times(*term)
        if times < _OFTEN or times < _RATIO * self._times(*slip):
            return confidence
        odds = math.log(confidence / (1 - confidence)) + min(_MOST_BONUS, _RECURS * math.log(1 + times))
        return max(confidence, min(_SURE, 1 / (1 + math.exp(-odds))))

    def _count(self, first: str, second: str) -> int:
        terms = (f" {one} {other}" for one in _styles(first) for other in _styles(second))
        return sum(len(re.findall(re.escape(term) + r"(?!\w)", self._joined)) for term in terms)


def _styles(word: str) -> set[str]:
    """A word in both styles of writing tones."""
    small = word.lower()
    return {place_tone(small, "new"), place_tone(small, "old")}
