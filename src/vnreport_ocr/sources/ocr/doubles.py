"""Ink that the engine has read twice: once in a line, and again, worse, in another one that it laid over it."""

from collections.abc import Sequence
from typing import Final

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.scraps import Scrap
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.value import PixelBox

_SHARED: Final = TUNING.doubles.shared
_UNSURE: Final = TUNING.doubles.unsure
_AS_HIGH: Final = 2
"""A mark that is so many times as high is a stroke over the word and not the word itself."""

TWICE: Final = "its ink was read more surely in another line"


def without_doubles(lines: Sequence[ReadLine]) -> tuple[tuple[ReadLine, ...], tuple[Scrap, ...]]:
    """Part lines from words in whose place another line has a surer one."""
    worse = {(n, m) for n, line in enumerate(lines) for m, word in enumerate(line.words) if word.confidence < _UNSURE}
    twice = {(n, m) for n, m in worse if _is_double(lines[n].words[m], n, lines)}
    if not twice:
        return tuple(lines), ()
    kept = []
    for n, line in enumerate(lines):
        words = tuple(word for m, word in enumerate(line.words) if (n, m) not in twice)
        if words:
            kept.append(ReadLine(words, line.block, line.paragraph))
    return tuple(kept), tuple(Scrap(lines[n].words[m], TWICE) for n, m in sorted(twice))


def _is_double(word: ReadWord, number: int, lines: Sequence[ReadLine]) -> bool:
    return any(
        other.confidence > word.confidence
        and other.box.height < _AS_HIGH * word.box.height
        and _shared(word.box, other.box) > _SHARED
        for n, line in enumerate(lines)
        if n != number
        for other in line.words
    )


def _shared(one: PixelBox, other: PixelBox) -> float:
    """How much of the smaller box lies in the other one."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    least = min(one.width * one.height, other.width * other.height)
    return wide * high / least if wide > 0 and high > 0 and least > 0 else 0.0
