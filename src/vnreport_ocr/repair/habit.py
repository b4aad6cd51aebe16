"""Whether a word as it stands goes together with its neighbours: then it is no slip, however rare it may be here."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import UNKNOWN

_AT_HOME = -4.0
"""The log-probability after a neighbour from which two words are a pair that is often written."""

_ASTRAY, _FIRM = -7.0, -1.2
"""The log-probability of a word beside a neighbour up to which they are hardly ever written together, and the one from
which another word in its place makes a term of both (``xung đột`` for ``xung độ``)."""


class Place(NamedTuple):
    """A word as it stands, the words that stand before and after it, and the word that may have been meant."""

    before: int
    word: int
    after: int
    meant: int


class Standing(NamedTuple):
    """How a word goes together with its neighbours."""

    at_home: bool
    """Whether it is often written beside one of them."""
    astray: bool
    """Whether it is hardly ever written beside one with which the word that may have been meant makes a term."""


def standings(places: Sequence[Place], language: Language) -> list[Standing]:
    """How the word of each place goes together with its neighbours."""
    if not places:
        return []
    before, word, after, meant = (np.array(column, dtype=np.int64) for column in zip(*places, strict=True))
    best = np.full(word.size, -np.inf, dtype=np.float32)
    astray = np.zeros(word.size, dtype=np.bool_)
    for pair, instead in (((before, word), (before, meant)), ((word, after), (meant, after))):
        score = _together(*pair, language)
        np.maximum(best, score, out=best)
        known = np.isfinite(score)
        astray |= known & (score < _ASTRAY) & (_together(*instead, language) > _FIRM)
    return [Standing(*both) for both in zip((best > _AT_HOME).tolist(), astray.tolist(), strict=True)]


def _together(context: NDArray[np.int64], follower: NDArray[np.int64], language: Language) -> NDArray[np.float32]:
    """The log-probability of words after single words; where one of the two is no word, none at all."""
    known = (context > UNKNOWN) & (follower > UNKNOWN)
    score = language.ngrams.after(context.astype(np.uint64), follower)
    return np.where(known, score, np.float32(-np.inf))
