"""Whether a correction that says 0.9 is right nine times in ten."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from vnreport_ocr.document import Document
from vnreport_ocr.evaluate.score import right_words
from vnreport_ocr.model import Correction, Line

BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0000001)


class Judged(NamedTuple):
    """A correction and whether every word it made is right."""

    correction: Correction
    right: bool


class Bin(NamedTuple):
    """Corrections of about one confidence."""

    low: float
    high: float
    corrections: int
    right: int


def judge(document: Document, truth: str) -> list[Judged]:
    """Hold every correction of a document against the truth, by the words that came of it."""
    right = right_words(truth, document.text)
    judged = []
    words = 0
    for page in document.pages:
        for line in page.lines:
            for correction, start, end in _final_places(line):
                first = words + len(line.text[:start].split()) - (1 if _inside_word(line.text, start) else 0)
                last = words + len(line.text[:end].split())
                judged.append(Judged(correction, all(number in right for number in range(max(first, words), last))))
            words += len(line.text.split())
    return judged


def curve(judged: Iterable[Judged], bounds: Sequence[float] = BOUNDS) -> list[Bin]:
    """Sort the judged corrections into bins of confidence; leave out empty ones."""
    everything = list(judged)
    bins = []
    for low, high in pairwise(bounds):
        here = [item.right for item in everything if low <= item.correction.confidence < high]
        if here:
            bins.append(Bin(low, min(high, 1.0), len(here), sum(here)))
    return bins


def _final_places(line: Line) -> list[tuple[Correction, int, int]]:
    """Where the text of each correction stands in the end, later corrections before it having moved it."""
    places: list[tuple[Correction, int, int]] = []
    for correction in line.corrections:
        growth = len(correction.after) - len(correction.before)
        places = [
            (c, start + growth, end + growth) if start >= correction.start + len(correction.before) else (c, start, end)
            for c, start, end in places
        ]
        places.append((correction, correction.start, correction.start + len(correction.after)))
    return places


def _inside_word(text: str, place: int) -> bool:
    return 0 < place <= len(text) and not text[place - 1].isspace()
