"""What one document has taught its repair so far: a value of the call, which no other document and no thread sees."""

from collections import Counter
from dataclasses import dataclass, field

from vnreport_ocr.language.confusions import Engine
from vnreport_ocr.repair.acceptance import Decision
from vnreport_ocr.repair.adapt import Reading
from vnreport_ocr.repair.candidates import Source
from vnreport_ocr.repair.pairs import DocumentPairs
from vnreport_ocr.repair.policy import Policy

Key = tuple[int, int, int, tuple[str, ...], tuple[Policy, ...], tuple[bool, ...]]
"""What a sentence's decisions follow from, so that a later round need not take them again: where it stands, the lines
it stands in, their policies, and whether they are damaged."""


@dataclass(slots=True)
class Adaptation:
    """Sources adapted to a document, what it misreads systematically, its pairs of words, and what was decided."""

    sources: dict[Engine, Source] = field(default_factory=dict)
    systematic: Counter[Reading] = field(default_factory=Counter)
    pairs: DocumentPairs | None = None
    decided: dict[Key, list[Decision]] = field(default_factory=dict)
