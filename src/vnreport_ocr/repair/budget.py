"""A limit on look-ups per page: a page of text needs few readings, a page of nonsense has no end of them."""

from typing import Final

import numpy as np

from vnreport_ocr.language.ngrams import UNKNOWN
from vnreport_ocr.repair.candidates import Candidates, Source, case_of

MOST: Final = 20_000
"""Different readings: a page of 100,000 letters in which every word is spaced or misread asks for 2,000, each a
millisecond or two."""

_NEVER: Final = -30.0
"""The log-chance of a reading that is not looked up: nothing is joined or split for its sake."""


class Budget:
    """The readings that a page has asked for; a value of the call."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._seen: set[str] = set()
        self._bounded: dict[int, _Bounded] = {}
        self.is_spent = False
        """Whether some look-ups were refused; what they concerned stays as it is."""

    def over(self, source: Source) -> Source:
        """Return the source limited by the budget."""
        return self._bounded.setdefault(id(source), _Bounded(source, self))

    def allows(self, read: str) -> bool:
        """Return whether a reading may be looked up; one that was asked for before costs nothing."""
        if read in self._seen:
            return True
        if len(self._seen) >= self._most:
            self.is_spent = True
            return False
        self._seen.add(read)
        return True


class _Bounded:
    """A source limited by a budget."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self._source = source  # held, so that no other comes to have its identity
        self._budget = budget

    def find(self, read: str) -> Candidates:
        if self._budget.allows(read):
            return self._source.find(read)
        return Candidates(np.array([UNKNOWN]), np.array([case_of(read)]), np.array([_NEVER], np.float32), [read], 0)
