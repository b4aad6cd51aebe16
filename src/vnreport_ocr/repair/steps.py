"""The cheap fixers that come before the decoder, in their order."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import ORDER, PAUSE, SENTENCE, UNKNOWN
from vnreport_ocr.model import Correction
from vnreport_ocr.repair.suspicion import running_scores
from vnreport_ocr.vietnamese import charsets

_SIGNS = {"": SENTENCE, ",": PAUSE}


def first_steps(lines: Sequence[str], language: Language) -> list[tuple[Correction, ...]]:
    """Charsets, normal form and look-alikes: what can be undone without weighing sentences."""
    lexicon = language.lexicon

    def weight(word: str) -> float:
        number = lexicon.number(word)
        return 0.0 if number is None else float(lexicon.counts[number])

    def fits(before: str, word: str, after: str) -> float:
        return _fit(language, before, word, after)

    return charsets.fix_lines(lines, weight, fits)


@lru_cache(maxsize=20_000)
def _fit(language: Language, before: str, word: str, after: str) -> float:
    """The log-probability of three words in a row; where a neighbour is missing, a sentence ends."""
    found = (_SIGNS.get(text, language.lexicon.number(text)) for text in (before, word, after))
    numbers = [UNKNOWN if number is None else number for number in found]
    words = np.array([SENTENCE] * (ORDER - 1) + numbers, dtype=np.int64)
    return float(running_scores(words, language).sum())
