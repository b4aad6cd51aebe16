"""Collocation: whether a word as it stands goes with its neighbours; then it is no slip, however rare it is here."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import UNKNOWN
from vnreport_ocr.repair.tuning import TUNING

_USUAL = TUNING.collocation.usual

_UNRELATED, _FIRM = TUNING.collocation.unrelated, TUNING.collocation.firm

_BOUND = TUNING.collocation.bound

_AS_WELL = TUNING.collocation.as_well


class Slot(NamedTuple):
    """A word as it stands, the words that stand before and after it, and the word that may have been meant."""

    before: int
    word: int
    after: int
    meant: int


class Collocation(NamedTuple):
    """How a word goes with its neighbours."""

    usual: bool = False
    """Whether it is often written beside one of them."""
    breaks_term: bool = False
    """Whether it is hardly ever written beside one with which the word that may have been meant makes a term."""
    term_before: bool = False
    """Whether it is hardly ever written after the word before it, with which the other word makes a term, and the
    other word fits the word behind as well."""
    term_after: bool = False
    """The same with the word behind it."""
    recurs: bool = False
    """Whether the document has that term again and again."""


def collocations(slots: Sequence[Slot], language: Language) -> list[Collocation]:
    """Return how the word of each slot goes with its neighbours."""
    if not slots:
        return []
    before, word, after, meant = (np.array(column, dtype=np.int64) for column in zip(*slots, strict=True))
    left, right = _together(before, word, language), _together(word, after, language)
    new_left, new_right = _together(before, meant, language), _together(meant, after, language)
    usual = np.maximum(left, right) > _USUAL
    odd_left, odd_right = (np.isfinite(score) & (score < _UNRELATED) for score in (left, right))
    breaks_term = (odd_left & (new_left > _FIRM)) | (odd_right & (new_right > _FIRM))
    alone = language.ngrams.alone(np.stack([meant, after]))
    odd_left &= ~(new_right < right - _AS_WELL) & (new_left > alone[0] + _BOUND)
    odd_right &= ~(new_left < left - _AS_WELL) & (new_right > alone[1] + _BOUND)
    columns = (column.tolist() for column in (usual, breaks_term, odd_left, odd_right))
    return [Collocation(*row) for row in zip(*columns, strict=True)]


def _together(context: NDArray[np.int64], follower: NDArray[np.int64], language: Language) -> NDArray[np.float32]:
    """Return the log-probability of words after single words; where one of the two is no word, none at all."""
    known = (context > UNKNOWN) & (follower > UNKNOWN)
    score = language.ngrams.after(context.astype(np.uint64), follower)
    return np.where(known, score, np.float32(-np.inf))
