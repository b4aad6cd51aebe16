"""Terms both of whose words were slipped on (``phân đầu`` for ``phấn đấu``): changed one by one, neither would fit."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.memory import Memory
from vnreport_ocr.language.ngrams import NUMBER, WORD_BITS
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import bones

_UNRELATED = TUNING.pairs.unrelated

_FIRM = TUNING.pairs.firm

_SLIP_SCORE = TUNING.pairs.slip_score
_RECURS, _MOST_BONUS = TUNING.pairs.recurs, TUNING.pairs.most_bonus

_MOST = TUNING.pairs.most
_KEPT = 20_000


class PairSlip(NamedTuple):
    """A term that two words may have been meant as, and the log-chance of the slip."""

    first: int
    second: int
    score: float


class Pairs:
    """Finds terms by the letters of their words."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._known: Memory[tuple[int, int], list[PairSlip]] = Memory(_KEPT)

    def find(self, first: int, second: int) -> list[PairSlip]:
        """Return the terms that two words, as they stand, may have been meant as; none where they go together."""
        if first <= NUMBER or second <= NUMBER:
            return []
        return self._known.recall((first, second), self._look_up)

    def _look_up(self, pair: tuple[int, int]) -> list[PairSlip]:
        first, second = pair
        if self._after(np.array([first]), np.array([second]))[0] > _UNRELATED:
            return []
        firsts, seconds = (self._alike(word) for word in pair)
        before, after = np.repeat(firsts, seconds.size), np.tile(seconds, firsts.size)
        scores = self._after(before, after)
        best = [n for n in np.argsort(-scores, kind="stable")[:_MOST].tolist() if scores[n] > _FIRM]
        return [PairSlip(int(before[n]), int(after[n]), _SLIP_SCORE) for n in best]

    def _after(self, before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.float32]:
        """Compute the log-probability of words after single words."""
        return self._language.ngrams.after(before.astype(np.uint64), after)

    def _alike(self, word: int) -> NDArray[np.int64]:
        """Look up the other words with the same letters."""
        numbers = self._language.skeletons.get(bones(self._language.lexicon.entries[word].text), ())
        return np.array([number for number in numbers if number != word], dtype=np.int64)


class DocumentPairs:
    """Finds terms, and knows how often a document has them elsewhere."""

    def __init__(self, pairs: Pairs, words: NDArray[np.int64]) -> None:
        """``words`` are the numbers of the document's words, in order."""
        self._known = pairs
        self._pairs, self._counts = np.unique(words[:-1] << WORD_BITS | words[1:], return_counts=True)

    def find(self, first: int, second: int) -> list[PairSlip]:
        """Return the terms that two words may have been meant as, those that the document has made likelier."""
        return [slip._replace(score=slip.score + self._bonus(slip)) for slip in self._known.find(first, second)]

    def _bonus(self, slip: PairSlip) -> float:
        pair = slip.first << WORD_BITS | slip.second
        place = int(self._pairs.searchsorted(pair))
        if place == self._pairs.size or self._pairs[place] != pair:
            return 0.0
        return min(_MOST_BONUS, _RECURS * math.log(1 + int(self._counts[place])))
