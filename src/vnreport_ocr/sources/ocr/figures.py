"""Columns of figures in a table: which cells ought to hold one, and which of two readings to believe."""

import re
from collections.abc import Sequence
from typing import Final

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.scraps import Scrap
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.rulings import Place
from vnreport_ocr.vietnamese.letters import WORD
from vnreport_ocr.vietnamese.syllables import is_legal

FIGURE_LETTERS: Final = "0123456789.,%-()/"
_FIGURE = re.compile(r"[-(]?\d{1,3}(?:[.,]\d{3})*(?:[.,]\d{1,3})?%?\)?|\d+")
_MOSTLY: Final = TUNING.figures.mostly
_SURE: Final = TUNING.figures.sure
TWO_NUMBERS: Final = TUNING.figures.two_numbers
_BELIEVED: Final = TUNING.figures.believed
_STROKES: Final = "\"'`:;_~|\u201e\u201c\u201d\u02c6"
_SPECKS: Final = frozenset(_STROKES + ".,*^\N{NOT SIGN}\N{BROKEN BAR}\N{MIDDLE DOT}\N{BULLET}\N{EM DASH}")
AROUND_FIGURE: Final = "a sign beside the figure of a cell: a speck or a bit of a ruling"


def is_figure(text: str) -> bool:
    """Whether a cell holds one well-formed figure and nothing else."""
    return _FIGURE.fullmatch(text) is not None


def doubtful_figures(cells: dict[Place, tuple[ReadLine, ...]]) -> list[Place]:
    """Return the cells of figure columns that gave no figure, or one the engine doubts; headings are left out."""
    columns: dict[int, list[Place]] = {}
    for place in cells:
        if place.column_span == 1:
            columns.setdefault(place.column, []).append(place)
    found = []
    for places in columns.values():
        body = sorted(places)[1:]
        filled = [place for place in body if cells[place]]
        figures = sum(is_figure(text_of(cells[place])) for place in filled)
        if len(filled) >= 2 and figures >= _MOSTLY * len(filled):
            found += [place for place in body if _is_doubtful(cells[place])]
    return sorted(found)


def text_of(lines: Sequence[ReadLine]) -> str:
    """Return the cell's text in one line."""
    return " ".join(line.text for line in lines)


def _is_doubtful(lines: Sequence[ReadLine]) -> bool:
    text = text_of(lines)
    if is_figure(text):
        return _confidence(lines) < _SURE
    if any(any(c.isdigit() for c in part) and any(c.isalpha() for c in part) for part in text.split()):
        return True
    return not any(len(word) > 1 and is_legal(word) for word in WORD.findall(text))


def _confidence(lines: Sequence[ReadLine]) -> float:
    return min((word.confidence for line in lines for word in line.words), default=0.0)


def better_figure(
    first: tuple[ReadLine, ...], second: tuple[ReadLine, ...]
) -> tuple[tuple[ReadLine, ...], tuple[Scrap, ...]]:
    """Choose the reading to believe, and the signs around a figure that are not part of it.

    Where no figure was read at first, all that was is kept as the second reading's alternative.
    """
    bare, scraps = _bare(first)
    return _better(bare, _bare(second)[0]), scraps


def _better(first: tuple[ReadLine, ...], second: tuple[ReadLine, ...]) -> tuple[ReadLine, ...]:
    """Return the reading to believe; of two figures the other stays as an alternative, and the word is doubted.

    A reading with fewer signs than the other is not believed: it has lost a digit. Only where the longer one is all
    figures and points and yet no figure (``1.1853.306``) has that one seen too much.
    """
    one, other = text_of(first), text_of(second)
    if not is_figure(other) or one == other or _confidence(second) < _BELIEVED:
        return first
    if len(other) < len(one) and (is_figure(one) or not set(one) <= set(FIGURE_LETTERS)):
        return _doubted(first, other, TWO_NUMBERS)
    if not is_figure(one):
        return _doubted(second, one, 0.85)
    surer = _confidence(second) > _confidence(first) and _digits(other) >= _digits(one)
    winner, loser = (second, one) if surer else (first, other)
    return _doubted(winner, loser, TWO_NUMBERS)


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


def _bare(lines: tuple[ReadLine, ...]) -> tuple[tuple[ReadLine, ...], tuple[Scrap, ...]]:
    """Return a figure without the specks and bits of rulings around it: signs that stand alone, quotes, colons.

    A sign that may belong to the figure (``%``) stays.
    """
    words = [word for line in lines for word in line.words]
    kept = tuple(word for word in words if not set(word.text) <= _SPECKS)
    if len(kept) != 1 or not _digits(kept[0].text):
        return lines, ()
    core = kept[0].text.strip(_STROKES)
    if core != kept[0].text and not is_figure(core):
        return lines, ()
    scraps = tuple(Scrap(word, AROUND_FIGURE) for word in words if word is not kept[0])
    return (ReadLine((kept[0]._replace(text=core, confidence=min(kept[0].confidence, _SURE)),)),), scraps


def _doubted(lines: tuple[ReadLine, ...], other: str, most: float) -> tuple[ReadLine, ...]:
    """Lower the confidence of the reading and note what else was read."""
    also = ((other, 0.5),) if other else ()
    return tuple(
        ReadLine(tuple(_lowered(word, also, most) for word in line.words), line.block, line.paragraph) for line in lines
    )


def _lowered(word: ReadWord, also: tuple[tuple[str, float], ...], most: float) -> ReadWord:
    return word._replace(confidence=min(word.confidence, most), alternatives=(*also, *word.alternatives))
