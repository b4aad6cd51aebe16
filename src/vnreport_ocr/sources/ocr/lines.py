"""From what the engine read to lines in reading order, in points on the page."""

import unicodedata
from collections.abc import Sequence
from statistics import median
from typing import Final

from vnreport_ocr.model import Box, Line, Style, Token
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.order import reading_order
from vnreport_ocr.sources.picture.value import PixelBox, around
from vnreport_ocr.vietnamese.letters import nfc

_FRAGMENT_GAP: Final = 1.7
_STATE_GAP: Final = 0.9
_STATE_BEGINS: Final = frozenset({"CỘNG", "ĐẢNG"})
"""The right half of every letterhead begins with one of these words, often close to the left half."""
_DASHES: Final = frozenset("-\N{EN DASH}\N{EM DASH}+*•")
_STROKES: Final = "_|\N{NOT SIGN}\N{BROKEN BAR}"
_PARAGRAPH_GAP: Final = 0.9
_SCRAP: Final = 0.4
_SCRAP_LINE: Final = 0.3
_SHORT: Final = 2
_TALL: Final = 2.5
_FLAT: Final = 0.4
_FAIR: Final = 0.75
_SURE: Final = 0.9
_SIZE_BY_HEIGHT: Final = 1.35
"""Type size over the median height of a line's word boxes, as measured on prose."""


def without_scraps(lines: Sequence[ReadLine], signs_alone: bool = False) -> tuple[tuple[ReadLine, ...], int]:
    """Lines without what is no writing (edges of seals, specks, strokes of a pen), and how many words went.

    In a table's cell signs may stand alone (``%``), on a page they are bits of a line or a seal.
    """
    usual = median(word.box.height for line in lines for word in line.words) if lines else 0.0
    kept, dropped = [], 0
    for line in lines:
        best = max(word.confidence for word in line.words)
        words = [word for word in line.words if not _is_scrap(word, usual)]
        lettered = signs_alone or any(is_writing(word.text) for word in words)
        if best < _SCRAP_LINE or not words or not lettered:
            dropped += len(line.words)
            continue
        dropped += len(line.words) - len(words)
        kept.append(ReadLine(tuple(map(_without_strokes, words)), line.block, line.paragraph))
    return tuple(kept), dropped


def is_writing(text: str) -> bool:
    """Whether a letter or digit is in it; marks without a letter under them are none."""
    return any(c.isalnum() and unicodedata.category(c) != "Lm" for c in text)


def _without_strokes(word: ReadWord) -> ReadWord:
    """A word without the bits of lines that touch it: no word of print begins or ends with such a sign."""
    bare = word.text.strip(_STROKES)
    if bare == word.text or not is_writing(bare):
        return word
    others = ((text.strip(_STROKES), weight) for text, weight in word.alternatives)
    return word._replace(text=bare, alternatives=tuple((t, w) for t, w in others if t and t != bare))


def _is_scrap(word: ReadWord, usual: float) -> bool:
    """A sign the engine doubts, or a letter or two far taller or flatter than the page's words."""
    if len(word.text) <= _SHORT and word.confidence < _SURE:
        if word.box.height > _TALL * usual:
            return True
        if word.box.height < _FLAT * usual and word.confidence < _FAIR and is_writing(word.text):
            return True
    return word.confidence < _SCRAP and not is_writing(word.text)


def assemble(lines: Sequence[ReadLine], scale: float) -> tuple[Line, ...]:
    """Lines as a person reads them; ``scale`` is points a pixel."""
    fragments = [part for line in lines for part in _with_writing(split_wide(line))]
    boxes = [_points(row_box(part), scale) for part in fragments]
    texts = [" ".join(word.text for word in part) for part in fragments]
    order = reading_order(boxes, texts)
    rows = [[word for member in line.members for word in fragments[member]] for line in order]
    result = []
    for index, row in enumerate(rows):
        last = index + 1 == len(rows)
        ends = not last and (order[index].block != order[index + 1].block or _ends(row, rows[index + 1]))
        result.append(line_of(row, scale, "\n\n" if ends else "\n"))
    return tuple(result)


def _with_writing(parts: list[tuple[ReadWord, ...]]) -> list[tuple[ReadWord, ...]]:
    """The parts of a line that say something; a dash among others is the sign of a list or stands between them."""
    return [
        part
        for part in parts
        if any(is_writing(word.text) for word in part)
        or (len(parts) > 1 and part[0].text in _DASHES and len(part) == 1)
    ]


def row_box(words: Sequence[ReadWord]) -> PixelBox:
    """Where a fragment stands, its height that of its usual word: a stray stroke must not reach into other rows."""
    whole = around([word.box for word in words])
    return PixelBox(whole.left, median(w.box.top for w in words), whole.right, median(w.box.bottom for w in words))


def split_wide(line: ReadLine) -> list[tuple[ReadWord, ...]]:
    """The line's words, apart where more than a space lies between them."""
    height = median(word.box.height for word in line.words)
    parts: list[list[ReadWord]] = [[line.words[0]]]
    for before, word in zip(line.words, line.words[1:], strict=False):
        wide = _STATE_GAP if word.text in _STATE_BEGINS else _FRAGMENT_GAP
        if word.box.left - before.box.right > wide * height:
            parts.append([word])
        else:
            parts[-1].append(word)
    return [tuple(part) for part in parts]


def _ends(row: Sequence[ReadWord], following: Sequence[ReadWord]) -> bool:
    """Whether more room than usual lies between two lines."""
    one, other = around([w.box for w in row]), around([w.box for w in following])
    height = max(median(w.box.height for w in row), median(w.box.height for w in following))
    return other.top - one.bottom > _PARAGRAPH_GAP * height


def line_of(words: Sequence[ReadWord], scale: float, end: str = "\n") -> Line:
    """One line with a token for each word."""
    size = round(median(word.box.height for word in words) * scale * _SIZE_BY_HEIGHT, 1)
    raw, tokens = "", []
    for word in words:
        raw += " " if raw else ""
        text = nfc(word.text)
        alternatives = tuple((nfc(other), weight) for other, weight in word.alternatives)
        box = _points(word.box, scale)
        tokens.append(Token(text, len(raw), box, round(word.confidence, 3), alternatives, Style(size)))
        raw += text
    return Line(raw, tuple(tokens), end=end)


def _points(box: PixelBox, scale: float) -> Box:
    return Box(*(round(edge * scale, 2) for edge in box))
