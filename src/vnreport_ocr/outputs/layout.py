"""What the layout formats (hOCR, ALTO, PAGE) share: blocks of lines with their words, in whole units."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from vnreport_ocr.model import Box, Cell, Line, Page, Table
from vnreport_ocr.spans import PlacedWord, around, changed_stretches, placed_words

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may contain, not even escaped."""
_APART: Final = 2
BY_HAND: Final = frozenset({"person"})
"""Steps of corrections made by a person."""
_A4: Final = (595.0, 842.0)


class Area(NamedTuple):
    """A rectangle in whole units of a format."""

    left: int
    top: int
    right: int
    bottom: int


class WordPlace(NamedTuple):
    """A word of the repaired text with its position."""

    word: PlacedWord
    area: Area
    by_hand: bool = False
    """Whether a person put it there."""


class LinePlace(NamedTuple):
    """A line with its words and its position."""

    line: Line
    words: tuple[WordPlace, ...]
    area: Area


class LayoutBlock(NamedTuple):
    """Lines that belong together; of a table's cell, which."""

    lines: tuple[LinePlace, ...]
    area: Area
    cell: Cell | None = None


class TablePlace(NamedTuple):
    """A table as blocks, one for each cell that contains text."""

    cells: tuple[LayoutBlock, ...]
    area: Area


class Measure(NamedTuple):
    """Converts points to the units of a format."""

    units_an_inch: int

    def area(self, box: Box) -> Area:
        """Round a box outwards, so that it is never empty."""
        left, top, right, bottom = (edge * self.units_an_inch / 72 for edge in box)
        low, high = (max(0, int(left)), max(0, int(top))), (int(-(-right // 1)), int(-(-bottom // 1)))
        return Area(*low, max(low[0] + 1, high[0]), max(low[1] + 1, high[1]))

    def size(self, page: Page) -> tuple[int, int]:
        """Return the size of a page; a text, whose words have no positions, is shown as a sheet of A4."""
        width, height = (round(side * self.units_an_inch / 72) for side in page.size or _A4)
        return max(1, width), max(1, height)

    def whole(self, page: Page) -> Area:
        """Return the position of a line that has none of its own: somewhere on the page."""
        return Area(0, 0, *self.size(page))


def blocks_of(page: Page, measure: Measure) -> Iterator[LayoutBlock | TablePlace]:
    """Yield the blocks of a page in reading order, tables among them."""
    page_area = measure.whole(page)
    for piece in page.pieces() if page.error is None else ():
        if isinstance(piece, Table):
            cells = tuple(
                LayoutBlock(lines, measure.area(cell.box) if cell.box else _around(lines), cell)
                for cell in piece.cells
                if (lines := _lines(cell.lines, measure, page_area))
            )
            if cells:
                yield TablePlace(cells, measure.area(piece.box) if piece.box else _around(cells))
            continue
        for group in _groups(piece):
            lines = _lines(group, measure, page_area)
            if lines:
                yield LayoutBlock(lines, _around(lines))


class MarkupStream(ABC):
    """Writes pages to one file of markup, one after the other; a format says how each part is written."""

    measure: ClassVar[Measure]
    table_end: ClassVar[str]
    page_end: ClassVar[str]
    file_end: ClassVar[str]

    def __init__(self, name: str = "") -> None:
        self.name = name
        self._begun = False

    def page(self, page: Page) -> str:
        """Write what this page adds to the file."""
        parts = [self._opening(), self.page_begin(page)]
        for number, block in enumerate(blocks_of(page, self.measure), 1):
            name = f"{page.number}_{number}"
            if isinstance(block, TablePlace):
                parts.append(self.table_begin(block, name))
                parts += [self.block(cell, f"{name}_{place}") for place, cell in enumerate(block.cells, 1)]
                parts.append(self.table_end)
            else:
                parts.append(self.block(block, name))
        parts.append(self.page_end)
        return "".join(parts)

    def end(self) -> str:
        """Write what closes the file."""
        return self._opening() + self.file_end

    def _opening(self) -> str:
        if self._begun:
            return ""
        self._begun = True
        return self.file_begin()

    @abstractmethod
    def file_begin(self) -> str:
        """Write what opens the file."""

    @abstractmethod
    def page_begin(self, page: Page) -> str:
        """Write what opens a page."""

    @abstractmethod
    def table_begin(self, table: TablePlace, name: str) -> str:
        """Write what opens a table."""

    @abstractmethod
    def block(self, block: LayoutBlock, name: str) -> str:
        """Lines that belong together."""


def _groups(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Return the groups of lines separated by empty lines."""
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
        hands = [
            (changed.span.start, changed.span.end)
            for changed in changed_stretches(line)
            if any(correction.step in BY_HAND for correction in changed.corrections)
        ]
        placed = tuple(
            WordPlace(
                word,
                area if word.box is None else measure.area(word.box),
                any(start < word.end and word.start < end for start, end in hands),
            )
            for word in words
        )
        found.append(LinePlace(line, placed, area))
    return tuple(found)


def _around(parts: "tuple[LinePlace, ...] | tuple[LayoutBlock, ...]") -> Area:
    areas = [part.area for part in parts]
    return Area(
        min(a.left for a in areas), min(a.top for a in areas), max(a.right for a in areas), max(a.bottom for a in areas)
    )


def text(value: str) -> str:
    """Escape a text between two tags; what XML cannot contain becomes the replacement character."""
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value))


def attribute(value: str) -> str:
    """Escape and quote a text as an attribute."""
    return quoteattr(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", value))
