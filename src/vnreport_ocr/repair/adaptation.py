"""What one document has taught its repair so far: a value of the call, which no other document and no thread sees."""

from collections import Counter
from dataclasses import dataclass, field

from vnreport_ocr.language.confusions import Engine
from vnreport_ocr.repair.adapt import Reading
from vnreport_ocr.repair.budget import Budget
from vnreport_ocr.repair.candidates import Source
from vnreport_ocr.repair.decision import Decision
from vnreport_ocr.repair.names import DocumentNames
from vnreport_ocr.repair.pairs import DocumentPairs
from vnreport_ocr.repair.policy import Policy

Key = tuple[int, int, int, tuple[str, ...], tuple[Policy, ...], tuple[bool, ...], tuple[str, ...]]
"""What a sentence's decisions follow from, so that a later round need not take them again: where it stands, the lines
it stands in, their policies, whether they are damaged, and which of its words were slips elsewhere."""


@dataclass(slots=True)
class Adaptation:
    """Adapted sources, systematic misreadings, pairs of words and slips of a document, and what was decided of it."""

    reader: Engine = "vie"
    """The engine that read the document, as far as its text does not show another language."""
    sources: dict[Engine, Source] = field(default_factory=dict)
    systematic: Counter[Reading] = field(default_factory=Counter)
    pairs: DocumentPairs | None = None
    names: DocumentNames | None = None
    slips: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often each word was changed to which other, in mostly correct text."""
    mended: set[tuple[str, str]] = field(default_factory=set)
    """The changes of single words that were made in mostly correct text, be it only once."""
    decided: dict[Key, list[Decision]] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
