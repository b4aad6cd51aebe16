"""Where clean text deserves a second look: words that are unknown or unexpected in their context."""

from collections.abc import Sequence, Set

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import NUMBER, ORDER, SENTENCE, UNKNOWN
from vnreport_ocr.repair.items import Item
from vnreport_ocr.repair.lattice import FIXED_WORDS
from vnreport_ocr.repair.rivals import Rivals
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.tokens import Kind

_SURPRISE, _TWO_SURPRISES = TUNING.suspicion.surprise, TUNING.suspicion.two_surprises

_BEFORE = [SENTENCE] * (ORDER - 1)
"""Each sentence is weighed by itself, so that it does not matter which others are looked at with it."""


def numbers_of(sentences: Sequence[Sequence[Item]], language: Language) -> NDArray[np.int64]:
    """Return the words of sentences as the language model numbers them, each sentence between ends of sentences."""
    lexicon = language.lexicon
    words = {item.text for sentence in sentences for item in sentence if item.kind not in FIXED_WORDS}
    number_of_word = {word: UNKNOWN if (found := lexicon.number(word)) is None else found for word in words}
    numbers: list[int] = []
    for sentence in sentences:
        numbers += _BEFORE
        for item in sentence:
            fixed = FIXED_WORDS.get(item.kind)
            numbers.append(number_of_word[item.text] if fixed is None else fixed)
    return np.array([*numbers, *_BEFORE], dtype=np.int64)


def number_of(item: Item, language: Language) -> int:
    """Return an item as the language model numbers it."""
    fixed = FIXED_WORDS.get(item.kind)
    return fixed if fixed is not None else language.lexicon.number(item.text) or UNKNOWN


def suspects(
    sentences: Sequence[Sequence[Item]],
    words: NDArray[np.int64],
    language: Language,
    rivals: Rivals,
    slips: Set[str] = frozenset(),
) -> list[list[bool]]:
    """Return for each item whether it is a word that may be wrong; ``words`` are the numbers of the sentences, and
    ``slips`` what was wrong elsewhere in the document.
    """
    if not sentences:
        return []
    scores = running_scores(words, language)
    outdone = rivals.outdone(words, scores)
    words = words[ORDER - 1 :]
    after = np.append(scores[1:], 0.0)
    odd = outdone | ((scores < _SURPRISE) & (scores + after < _TWO_SURPRISES))
    odd |= (words == UNKNOWN) | language.doubtful[words]
    odd &= (words == UNKNOWN) | (words > NUMBER)
    result, at = [], 0
    flags = odd.tolist()
    for sentence in sentences:
        result.append(
            [
                (flag or item.text in slips or (item.capitals and _small_among_capitals(item))) and _may_be_wrong(item)
                for item, flag in zip(sentence, flags[at : at + len(sentence)], strict=True)
            ]
        )
        at += len(sentence) + len(_BEFORE)
    return result


def _may_be_wrong(item: Item) -> bool:
    if item.kind is not Kind.WORD:
        return False
    return len(item.text) > 1 or item.text.isalpha()


def _small_among_capitals(item: Item) -> bool:
    return len(item.text) > 1 and item.text.islower() and not item.text.isascii()


def running_scores(words: NDArray[np.int64], language: Language) -> NDArray[np.float32]:
    """Return the log-probability of every word of a running text after the first three."""
    model = language.ngrams
    size = words.size - ORDER + 1
    context = np.zeros(size, dtype=np.uint64)
    for offset in range(ORDER - 1):
        context = model.extend(context, words[offset : offset + size])
    return model.after(context, words[ORDER - 1 :])
