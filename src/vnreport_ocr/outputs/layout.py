"""What the layout formats (hOCR, ALTO, PAGE) have in common: blocks of lines with their words in whole units."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from vnreport_ocr.model import Box, Cell, Line, Page, Table
from vnreport_ocr.spans import PlacedWord, around, placed_words

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file may hold, not even escaped."""
_APART: Final = 2
_A4: Final = (595.0, 842.0)


class Area(NamedTuple):
    """A rectangle in whole units of a format."""

    left: int
    top: int
    right: int
    bottom: int


class WordPlace(NamedTuple):
    """A word of the repaired text with its place."""

    word: PlacedWord
    area: Area


class LinePlace(NamedTuple):
    """A line with its words and its place."""

    line: Line
    words: tuple[WordPlace, ...]
    area: Area


class Block(NamedTuple):
    """Lines that belong together; of a table's cell, which."""

    lines: tuple[LinePlace, ...]
    area: Area
    cell: Cell | None = None


class TablePlace(NamedTuple):
    """A table as blocks, one a cell that holds text."""

    cells: tuple[Block, ...]
    area: Area


class Measure(NamedTuple):
    """From points to the units of a format."""

    units_an_inch: int

    def area(self, box: Box) -> Area:
        """Round a box outwards, never to nothing."""
        left, top, right, bottom = (edge * self.units_an_inch / 72 for edge in box)
        low, high = (max(0, int(left)), max(0, int(top))), (int(-(-right // 1)), int(-(-bottom // 1)))
        return Area(*low, max(low[0] + 1, high[0]), max(low[1] + 1, high[1]))

    def size(self, page: Page) -> tuple[int, int]:
        """Return the size of a page; a text, whose words have no places, is shown as a sheet of A4."""
        width, height = (round(side * self.units_an_inch / 72) for side in page.size or _A4)
        return max(1, width), max(1, height)

    def whole(self, page: Page) -> Area:
        """Return the place of a line that has none of its own: somewhere on the page."""
        return Area(0, 0, *self.size(page))


def blocks_of(page: Page, measure: Measure) -> Iterator[Block | TablePlace]:
    """Yield the blocks of a page in reading order, tables among them."""
    page_area = measure.whole(page)
    for piece in page.pieces() if page.error is None else ():
        if isinstance(piece, Table):
            cells = tuple(
                Block(lines, measure.area(cell.box) if cell.box else _around(lines), cell)
                for cell in piece.cells
                if (lines := _lines(cell.lines, measure, page_area))
            )
            if cells:
                yield TablePlace(cells, measure.area(piece.box) if piece.box else _around(cells))
            continue
        for group in _groups(piece):
            lines = _lines(group, measure, page_area)
            if lines:
                yield Block(lines, _around(lines))


def _groups(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Lines parted where an empty line stands between them."""
    group: list[Line] = []
    for line in lines:
        group.append(line)
        if line.end.count("\n") >= _APART:
            yield group
            group = []
    if group:
        yield group


def _lines(lines: Sequence[Line], measure: Measure, page: Area) -> tuple[LinePlace, ...]:
    found = []
    for line in lines:
        words = placed_words(line)
        if not words:
            continue
        whole = around([word.box for word in words if word.box is not None])
        area = page if whole is None else measure.area(whole)
        # A word without a place of its own stands somewhere in its line.
        placed = tuple(WordPlace(word, area if word.box is None else measure.area(word.box)) for word in words)
        found.append(LinePlace(line, placed, area))
    return tuple(found)


def _around(parts: "tuple[LinePlace, ...] | tuple[Block, ...]") -> Area:
    areas = [part.area for part in parts]
    return Area(
        min(a.left for a in areas), min(a.top for a in areas), max(a.right for a in areas), max(a.bottom for a in areas)
    )


def text(value: str) -> str:
    """Escape a text between two tags; what XML cannot hold is shown as unknown."""
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value))


def attribute(value: str) -> str:
    """Escape and quote a text as an attribute."""
    return quoteattr(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value))
