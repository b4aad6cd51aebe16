"""Whether a word as it stands goes together with its neighbours: then it is no slip, however rare it may be here."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import UNKNOWN

_AT_HOME = -4.0
"""The log-probability after a neighbour from which two words are a pair that is often written."""


class Place(NamedTuple):
    """A word as it stands, and the words that stand before and after it."""

    before: int
    word: int
    after: int


def at_home(places: Sequence[Place], language: Language) -> list[bool]:
    """For each place whether its word is often written beside one of its neighbours."""
    if not places:
        return []
    model = language.ngrams
    before, word, after = (np.array(column, dtype=np.int64) for column in zip(*places, strict=True))
    best = np.full(word.size, -np.inf, dtype=np.float32)
    for context, follower in ((before, word), (word, after)):
        known = (context > UNKNOWN) & (follower > UNKNOWN)
        score = model.after(context.astype(np.uint64), follower)
        np.maximum(best, np.where(known, score, -np.inf), out=best)
    found: list[bool] = (best > _AT_HOME).tolist()
    return found
