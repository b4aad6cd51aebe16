"""How well the words of a text fit one another: what their neighbours tell of them, beyond how common they are."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from vnreport_ocr.language.ngrams import ORDER, SENTENCE, UNKNOWN, WORD_BITS, NgramModel

_MOST_WORDS: Final = 400
_FEWEST: Final = 30
_CONTEXT: Final = (1 << (WORD_BITS * (ORDER - 1))) - 1


def fit(model: NgramModel, words: Sequence[str]) -> float | None:
    """Measure the mean gain of a known word's log-probability by the words before it; None where too few are known.

    In good print it is 1 to 5, in lists of names still 1; words in any order, or under any tones, have less than 0.
    """
    numbers = np.array([model.number(word.lower()) for word in words[:_MOST_WORDS]], dtype=np.int64)
    known = numbers != UNKNOWN
    if int(known.sum()) < _FEWEST:
        return None
    contexts = np.fromiter(_contexts(numbers.tolist()), dtype=np.uint64, count=numbers.size)
    gains = model.after(contexts, numbers) - model.alone(numbers)
    return float(gains[known].mean())


def _contexts(numbers: Sequence[int]) -> Iterator[int]:
    """Return the words before each word, as the model packs them; plain numbers are quicker here than arrays of one."""
    context = SENTENCE
    for number in numbers:
        yield context
        context = (context << WORD_BITS | number) & _CONTEXT
