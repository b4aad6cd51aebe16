"""A line as a reader of whole lines heard it: its words, and the chance of any other text in their place."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from vnreport_ocr.sources.engine.ctc import Alphabet
from vnreport_ocr.sources.engine.likely import Scores, chances_of
from vnreport_ocr.sources.engine.protocol import ReadWord, Request
from vnreport_ocr.sources.picture.value import Picture

_HYPHENS = str.maketrans("\u2013\u2014\u2212", "---")
"""Dashes and the minus, which a reader that knows but one of them reads as hyphens."""


@dataclass(frozen=True, slots=True)
class HeardLine:
    """The words of a line, each with the slices that it may reach over, and what each slice may be."""

    words: tuple[ReadWord, ...]
    spans: tuple[tuple[int, int], ...]
    scores: Scores
    alphabet: Alphabet

    def chances(self, first: int, stop: int, texts: Sequence[str]) -> list[float]:
        """Return the log-chance of each text in the place of the words from ``first`` on, ``stop`` not among them.

        A text with a sign that the reader does not know has none, but for dashes: they are read as hyphens.
        """
        scores = self.scores[self.spans[first][0] : self.spans[stop - 1][1]]
        spelled = self.alphabet.spelling
        known = {text: signs for text in texts if (signs := spelled(text) or spelled(text.translate(_HYPHENS)))}
        if not known or not len(scores):
            return [-math.inf] * len(texts)
        found = dict(zip(known, chances_of(scores, list(known.values())).tolist(), strict=True))
        return [found.get(text, -math.inf) for text in texts]


class Hearer(Protocol):
    """A reader that tells how likely any text is on the picture of a word; it reads beside another engine."""

    @property
    def name(self) -> str:
        """What notes and records call it."""

    def hear(self, picture: Picture, request: Request) -> tuple[HeardLine, ...]:
        """Read a picture; raises an ``EngineError`` where it cannot."""
