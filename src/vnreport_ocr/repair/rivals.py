"""Words that may be a slip of another word that fits their place better.

Every word of a text is weighed against the words that one slip would have it read for, its neighbours taken as they
stand; only where one of them outdoes it by enough need the word be opened, with all that costs.
"""

from threading import RLock

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import NUMBER, ORDER
from vnreport_ocr.repair.slips import LONGEST, SHORTEST, Slips
from vnreport_ocr.repair.tuning import TUNING

_MOST = TUNING.rivals.most

_LEAST = TUNING.rivals.least

_FREQUENCY = TUNING.candidates.frequency
_WEIGHT = TUNING.rounds.weight
_PAD = ORDER - 1


class Rivals:
    """Weighs the words of running texts against those that they may be slips of."""

    def __init__(self, language: Language, slips: Slips) -> None:
        self._language = language
        self._slips = slips
        size = len(language.lexicon.entries)
        self._filling = RLock()
        self._filled = np.zeros(size, dtype=np.bool_)
        self._filled[: NUMBER + 1] = True
        self._frequency = (_FREQUENCY * np.log(language.lexicon.counts + 1)).astype(np.float32)
        self._words = np.full((size, _MOST), -1, dtype=np.int32)
        self._chances = np.zeros((size, _MOST), dtype=np.float32)

    def outdone(self, words: NDArray[np.int64], scores: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Return for each word after the first three whether a rival fits its place better.

        ``scores`` are the log-probabilities of the words as they stand.
        """
        self._fill(np.unique(words))
        model = self._language.ngrams
        if model.native is not None:
            return model.native.rivalled(words, scores, self._words, self._chances, _WEIGHT, _LEAST)
        size = scores.size
        padded = np.append(words, np.zeros(_PAD, dtype=np.int64))
        own = np.convolve(scores, np.ones(ORDER, dtype=np.float32))[_PAD:][:size]
        result = np.zeros(size, dtype=np.bool_)
        for rank in range(_MOST):
            rival, chance = self._words[words[_PAD:], rank], self._chances[words[_PAD:], rank]
            limit = own + (_LEAST - chance) / np.float32(_WEIGHT)
            at = np.flatnonzero((rival >= 0) & ~result & (limit < 0))
            context = np.zeros(at.size, dtype=np.uint64)
            for back in range(_PAD):
                context = model.extend(context, padded[at + back])
            total = np.zeros(at.size, dtype=np.float32)
            for ahead in range(ORDER):
                word = rival[at].astype(np.int64) if not ahead else padded[at + _PAD + ahead]
                total += np.where(at + ahead < size, model.after(context, word), np.float32(0))
                context = model.extend(context, word)
            result[at] = total > limit[at]
        return result

    def _fill(self, words: NDArray[np.int64]) -> None:
        """Find the rivals of new words."""
        new = words[~self._filled[words]]
        if new.size:
            entries = self._language.lexicon.entries
            with self._filling:
                syllables = [n for n in new.tolist() if SHORTEST <= len(entries[n].text) <= LONGEST]
                texts = [entries[number].text for number in syllables]
                self._slips.rivals(syllables, texts, self._frequency, (self._words, self._chances))
                self._filled[new] = True
