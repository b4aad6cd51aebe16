"""From what the engine read to lines in reading order, in points on the page."""

from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

from vnreport_ocr.model import Box, Correction, Line, Style, Token
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.gutters import order_in_zones, with_gutters
from vnreport_ocr.sources.ocr.scraps import BETWEEN, SINGLE, UNSURE_LINE, Scrap, is_single, is_unwritten, is_writing
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.value import PixelBox, around
from vnreport_ocr.vietnamese.letters import nfc

_FRAGMENT_GAP: Final = TUNING.lines.fragment_gap
_STATE_GAP: Final = TUNING.lines.state_gap
_STATE_BEGINS: Final = frozenset({"CỘNG", "ĐẢNG"})
"""The right half of every letterhead begins with one of these words, often close to the left half."""
_DASHES: Final = frozenset("-\N{EN DASH}\N{EM DASH}+*•")
_PARAGRAPH_GAP: Final = TUNING.lines.paragraph_gap
_SHORT_STROKE: Final = TUNING.lines.short_stroke
_SIZE_BY_HEIGHT: Final = TUNING.lines.size_by_height

_TYPE_BODY: Final = 1.15
"""Height of a line of print in sizes of its type, as text layers are measured."""


def assemble(lines: Sequence[ReadLine], scale: float) -> tuple[Line, ...]:
    """Lines as a person reads them; ``scale`` is points a pixel."""
    fragments, zones = with_gutters(
        [_placed(part, scale) for line in lines for part in split_wide(line)],
        lambda placed: placed.box,
        lambda placed: placed.word.text,
    )
    rows_of_print = [tuple(placed.word for placed in part) for part in fragments]
    boxes = [_points(row_box(part), scale) for part in rows_of_print]
    texts = [" ".join(word.text for word in part) for part in rows_of_print]
    order = order_in_zones(boxes, texts, zones)
    rows = [[word for member in line.members for word in rows_of_print[member]] for line in order]
    result = []
    for index, row in enumerate(rows):
        last = index + 1 == len(rows)
        ends = not last and (order[index].block != order[index + 1].block or _ends(row, rows[index + 1]))
        result.append(line_of(row, scale, "\n\n" if ends else "\n"))
    return tuple(result)


class _Placed(NamedTuple):
    word: ReadWord
    box: Box
    """In points, as high as the type of its row: the ink of a word may be all low or all tall."""


def _placed(part: Sequence[ReadWord], scale: float) -> list[_Placed]:
    """Return the words with places as a text layer would tell them, where a line's height is that of its type."""
    row = row_box(part)
    middle, half = (row.top + row.bottom) / 2, median(w.box.height for w in part) * _SIZE_BY_HEIGHT * _TYPE_BODY / 2
    places = (PixelBox(word.box.left, middle - half, word.box.right, middle + half) for word in part)
    return [_Placed(word, _points(place, scale)) for word, place in zip(part, places, strict=True)]


def without_stray_signs(lines: Sequence[ReadLine]) -> tuple[tuple[ReadLine, ...], tuple[Scrap, ...]]:
    """Part lines from signs far from all their words; a dash among others is the sign of a list."""
    kept: list[ReadLine] = []
    scraps: list[Scrap] = []
    for line in lines:
        parts = split_wide(line)
        words: list[ReadWord] = []
        for part in parts:
            if len(parts) > 1 and is_unwritten(part) and any(is_writing(word.text) for word in part):
                scraps += [Scrap(word, UNSURE_LINE) for word in part]
            elif len(parts) > 1 and len(part) > 1 and is_single(part):
                scraps += [Scrap(word, SINGLE) for word in part]
            elif _says_something(part, len(parts) > 1):
                words += part
            else:
                scraps += [Scrap(word, BETWEEN) for word in part]
        if len(words) > 1 and _is_speck(words[0], words[1]):
            scraps.append(Scrap(words.pop(0), BETWEEN))
        if words:
            kept.append(ReadLine(tuple(words), line.block, line.paragraph))
    return tuple(kept), tuple(scraps)


def _is_speck(first: ReadWord, following: ReadWord) -> bool:
    """Whether a short low stroke before a line's first word is no print: a line to be filled in is longer."""
    return first.text in ("_", "__") and first.box.width < _SHORT_STROKE * following.box.height


def _says_something(part: Sequence[ReadWord], among_others: bool) -> bool:
    if any(is_writing(word.text) for word in part):
        return True
    return among_others and len(part) == 1 and part[0].text in _DASHES


def row_box(words: Sequence[ReadWord]) -> PixelBox:
    """Where a fragment stands, its height that of its usual word: a stray stroke must not reach into other rows."""
    whole = around([word.box for word in words])
    return PixelBox(whole.left, median(w.box.top for w in words), whole.right, median(w.box.bottom for w in words))


def split_wide(line: ReadLine) -> list[tuple[ReadWord, ...]]:
    """Return the line's words, apart where more than a space lies between them."""
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
    raw, grown = "", 0
    tokens: list[Token] = []
    corrections: list[Correction] = []
    for word in words:
        raw += " " if raw else ""
        text = nfc(word.text)
        alternatives = tuple((nfc(other), weight) for other, weight in word.alternatives)
        box = _points(word.box, scale)
        tokens.append(Token(text, len(raw), box, round(word.confidence, 3), alternatives, Style(size)))
        if word.mended is not None:
            after, step, confidence, reason = word.mended
            corrections.append(Correction(len(raw) + grown, text, after, step, round(confidence, 3), reason))
            grown += len(after) - len(text)
        raw += text
    return Line(raw, tuple(tokens), tuple(corrections), end=end)


def _points(box: PixelBox, scale: float) -> Box:
    return Box(*(round(edge * scale, 2) for edge in box))
