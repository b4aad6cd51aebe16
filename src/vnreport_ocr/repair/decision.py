"""What the decoder chose, and what a round of decisions made of a text."""

from dataclasses import dataclass
from typing import NamedTuple

from vnreport_ocr.language.ngrams import SENTENCE
from vnreport_ocr.model import Correction, Doubt
from vnreport_ocr.repair.items import Item


class Decision(NamedTuple):
    """What the decoder chose for an item, or for several that it joined."""

    item: Item
    before: str
    after: str
    confidence: float
    beside: tuple[int, int] = (SENTENCE, SENTENCE)
    """The words decided before it and after it."""


@dataclass(frozen=True, slots=True)
class RoundResult:
    """Corrections and doubts by line; those of a line are in the order in which they are applied."""

    corrections: list[tuple[Correction, ...]]
    doubts: list[tuple[Doubt, ...]]
    kept: list[tuple[Doubt, ...]]
    """Doubts about words that stayed as they were read although another was nearly as likely; these follow from how the
    text looked before the round, and are none of the ``doubts``."""

    @classmethod
    def nothing(cls, lines: int) -> "RoundResult":
        """Return a round that found nothing."""
        return cls([()] * lines, [()] * lines, [()] * lines)
