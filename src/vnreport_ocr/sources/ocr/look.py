"""A word and what stands around it, looked at shape by shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from vnreport_ocr.sources.engine.protocol import Mended, ReadWord
from vnreport_ocr.sources.ocr.shapes import Shapes
from vnreport_ocr.sources.ocr.spelling import Spelled, StripLattice
from vnreport_ocr.sources.ocr.strip import Frame, frame_of, strip_of
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.value import Pixels
from vnreport_ocr.vietnamese.letters import digits_of

FIGURES: Final = "0123456789.,-/%():;+"
OPEN: Final = TUNING.look.open

SETTLED: Final = TUNING.look.settled
DOUBTED: Final = TUNING.look.doubted

_AGREED: Final = TUNING.look.agreed

_WEAKENED: Final = TUNING.look.weakened
_READ_FOR_SIX: Final = frozenset({"ó", "Ó"})
_WELL: Final = TUNING.look.well


@dataclass(frozen=True)
class WordLook:
    """One word of a line with its neighbours, and the ways its shapes may be spelled."""

    word: ReadWord
    before: str
    after: str
    opens: bool
    """Whether it is the first word of its line."""
    rest: str
    """The words after it."""
    shapes: Shapes
    grey: Pixels
    frame: Frame

    @cached_property
    def lattice(self) -> StripLattice:
        """The shapes in the frame of the line."""
        return StripLattice(self.shapes, strip_of(self.grey, self.word.box, self.frame))

    @cached_property
    def own(self) -> StripLattice | None:
        """The shapes in the frame that the word's own ink gives, where that is another."""
        if not any(c.isalnum() for c in self.word.text):
            return None
        frame = frame_of(self.grey, self.word.box) if self.word.text.upper() == self.word.text else None
        if frame is None or frame.near(self.frame):
            return None
        return StripLattice(self.shapes, strip_of(self.grey, self.word.box, frame))

    def spell(self, alphabet: str) -> tuple[Spelled, StripLattice]:
        """Return the word in signs of an alphabet, in the frame in which it is the surer, and that look at it."""
        first = self.lattice.spell(alphabet)
        if first.chance >= _WELL or self.own is None:
            return first, self.lattice
        other = self.own.spell(alphabet)
        return (other, self.own) if other.chance > first.chance else (first, self.lattice)


def mended(word: ReadWord, text: str, step: str, confidence: float, reason: str) -> ReadWord:
    """Return the word with what it is by its picture."""
    if text == word.text:
        return word
    return word._replace(mended=Mended(text, step, confidence, reason))


def is_numeric(text: str) -> bool:
    """Whether a word beside another is a number, well read or not."""
    return any(c.isdigit() for c in text) or text.strip(".,;:()") in _READ_FOR_SIX


def agreed(word: ReadWord, *, points: bool = False) -> ReadWord:
    """Return the word that its shapes say too: what else the engine thought of it weighs little now.

    With ``points`` only its figures are agreed on, and not the signs between them.
    """
    kept = tuple((text, weight if points and digits_of(text) == digits_of(word.text) else _WEAKENED * weight)
                 for text, weight in word.alternatives)  # fmt: skip
    return word._replace(confidence=max(word.confidence, _AGREED), alternatives=kept)


def left_open(word: ReadWord, rivals: Sequence[str]) -> ReadWord:
    """Leave a word as it was read, doubted, its rivals before all other alternatives; doubt a choice that was made."""
    known = [(text, weight) for text, weight in word.alternatives if text not in rivals]
    named = [(text, 0.9) for text in rivals if text and text != word.text]
    chosen = word.mended and word.mended._replace(confidence=min(word.mended.confidence, DOUBTED))
    alternatives = (*named, *known)
    return word._replace(confidence=min(word.confidence, OPEN), alternatives=alternatives, mended=chosen)
