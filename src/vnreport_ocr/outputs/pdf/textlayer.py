"""The words of a page as an invisible layer: each as wide as the word on the page, line by line in reading order."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

import pikepdf

from vnreport_ocr.model import Box, Line, Page, Table
from vnreport_ocr.outputs.pdf.glyphless import DESCENT, WIDTH, GlyphlessFont
from vnreport_ocr.spans import placed_words

FONT: Final = "/VnocrUnseen"
_SMALLEST: Final = 1.0
_NARROWEST: Final = 0.05
"""A word is never narrower than this share of its type size: readers drop what has no width."""
_GAP: Final = 0.2
"""Readers take words for one that stand closer to each other than about this share of the type size."""
_SHORTENED: Final = 0.6
"""A word keeps this share of its width whatever stands behind it."""


class _Word(NamedTuple):
    text: str
    box: Box


def layer_of(page: Page, font: GlyphlessFont, matrix: pikepdf.Matrix) -> bytes:
    """The contents that write a page's words; nothing where it has none with a place."""
    if page.size is None:
        return b""
    high = page.size[1]
    rows = [row for words in _rows(page) if (row := _row(words, high, font))]
    if not rows:
        return b""
    numbers = b" ".join(_number(value, 6) for value in matrix.shorthand)
    return b"q %s cm BT 3 Tr\n%s\nET Q\n" % (numbers, b"\n".join(rows))


def _rows(page: Page) -> Iterator[list[_Word]]:
    for piece in page.pieces():
        if isinstance(piece, Table):
            yield from _cells(piece)
        else:
            for line in piece:
                yield _words(line)


def _cells(table: Table) -> Iterator[list[_Word]]:
    """The lines of a table's cells, row by row and from left to right, as the text prints them."""
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        for line in cell.lines:
            yield _words(line)


def _words(line: Line) -> list[_Word]:
    """The words of a line with their places; one without a place stands behind the one before it."""
    found: list[_Word] = []
    for word in placed_words(line):
        box = word.box
        if box is None and not found:
            box = next((token.box for token in line.tokens if token.box is not None), None)
        elif box is None:
            last = found[-1].box
            box = Box(last.right, last.top, last.right, last.bottom)
        if box is not None:
            found.append(_Word(word.text, box))
    return found


def _row(words: Sequence[_Word], high: float, font: GlyphlessFont) -> bytes:
    """One line: words on a common base line, with blanks between them that reach from one to the next."""
    if not words:
        return b""
    size = max(_SMALLEST, _upper([word.box.bottom - word.box.top for word in words]))
    floor = median(word.box.bottom for word in words)
    base = high - floor - size * DESCENT / 1000
    steps = [b"%s %s Tf 1 0 0 1 %s %s Tm" % (FONT.encode(), _number(size), _number(words[0].box.left), _number(base))]
    at = words[0].box.left
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else None
        left = max(at, word.box.left)
        right = max(left + _NARROWEST * size, word.box.right)
        if following is not None and left < following.box.left < right + _GAP * size:
            right = max(left + _SHORTENED * (right - left), following.box.left - _GAP * size)
        if index:
            left = max(left, at + _GAP * size)
            right = max(right, left + _NARROWEST * size)
            steps.append(_shown(" ", left - at, size, font))
        steps.append(_shown(word.text, right - left, size, font))
        at = right
    steps.append(_shown(" ", _NARROWEST * size, size, font))
    return b" ".join(steps)


def _upper(values: Sequence[float]) -> float:
    """The size that most of a line's words do not go beyond."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) * 3 // 4]


def _shown(text: str, width: float, size: float, font: GlyphlessFont) -> bytes:
    """A stretch of text drawn out or pressed together to a width."""
    share = 100 * width / (len(text) * size * WIDTH / 1000)
    return b"%s Tz <%s> Tj" % (_number(share, 1), font.codes(text).hex().encode())


def _number(value: float, places: int = 2) -> bytes:
    return f"{value:.{places}f}".rstrip("0").rstrip(".").encode() if places else f"{value:.0f}".encode()
