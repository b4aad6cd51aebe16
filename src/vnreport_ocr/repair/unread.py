"""Words that the engine hardly believed and that stayed as it gave them: a legal word may stand for any other."""

from collections.abc import Iterator, Sequence
from typing import Final

from vnreport_ocr.model import Doubt, Line
from vnreport_ocr.repair.figures import moved
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.tickmarks import SQUARES

_UNREAD: Final = TUNING.flags.unread


def unread_words(lines: Sequence[Line]) -> list[tuple[Doubt, ...]]:
    """Return a doubt for each such word that nothing else is told about, at its place in the repaired line."""
    return [tuple(_unread(line)) for line in lines]


def _unread(line: Line) -> Iterator[Doubt]:
    words = [token for token in line.tokens if token.confidence is not None and token.confidence < _UNREAD]
    if not words:
        return
    text = line.text
    told = [(doubt.start, doubt.start + len(doubt.text)) for doubt in line.doubts]
    for token in words:
        start, end = moved(token.start, len(token.text), line.corrections)
        # What was changed has a confidence of its own, that of the change.
        if text[start:end] != token.text or not (token.text in SQUARES or any(map(str.isalpha, token.text))):
            continue
        if not any(begin < end and start < stop for begin, stop in told):
            yield Doubt(start, token.text, f"the engine is only {token.confidence:.0%} sure of this word")
