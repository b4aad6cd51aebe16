"""Documents in chunks for retrieval: pieces of a few paragraphs that say where they stand and how far to trust them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from vnreport_ocr.model import Box, Line, Page, Table
from vnreport_ocr.spans import around
from vnreport_ocr.structure.across import across
from vnreport_ocr.structure.blocks import Block, BlockKind, Blocks
from vnreport_ocr.structure.paragraphs import joined
from vnreport_ocr.structure.segments import line_box

CHUNK_SIZE: Final = 1200
"""Characters that a chunk holds at most, unless one table row has more."""

_SENTENCE_END = re.compile(r"[.!?;:…][”\"»)]*\s+")
_HEADS = (BlockKind.TITLE, BlockKind.HEADING, BlockKind.CENTRED)
_VERSES = (BlockKind.LETTERHEAD, BlockKind.STAMP, BlockKind.RECIPIENTS, BlockKind.SIGNATURE)


class PageBox(NamedTuple):
    """A page and the box on it that a part of a chunk takes up."""

    page: int
    box: Box


class Chunk(NamedTuple):
    """A piece of a document; a table is cut between its rows only, and each piece of it begins with its head."""

    text: str
    pages: tuple[int, ...]
    places: tuple[PageBox, ...]
    """A box for each line of print and each table row, as far as boxes are known."""
    headings: tuple[str, ...]
    """The headings that it stands under, the highest first."""
    quality: float
    """The quality of the worst page it stands on."""
    doubts: int
    """How many of its words a person should look at."""


class _Part(NamedTuple):
    text: str
    pages: tuple[int, ...]
    places: tuple[PageBox, ...]
    doubts: int
    head: str = ""
    """Of a table's row: the head of the table, which is said again where a chunk begins with this row."""


def chunks_of(pages: Iterable[Page], size: int = CHUNK_SIZE) -> Iterator[Chunk]:
    """Cut pages into chunks, a page at a time; running heads and page numbers are in none of them."""
    chunker = _Chunker(size)
    blocks = Blocks()
    for page in across(pages, furniture=False):
        chunker.qualities[page.number] = page.quality
        yield from chunker.take(blocks.page(page))
        chunker.forget_before(page.number - 1)
    yield from chunker.take(blocks.end())
    yield from chunker.end()


class _Chunker:
    """Gathers the parts of blocks until a chunk is full."""

    def __init__(self, size: int) -> None:
        self.qualities: dict[int, float] = {}
        self._size = size
        self._parts: list[_Part] = []
        self._only_heads = True
        self._headings: dict[int, str] = {}
        self._above: tuple[str, ...] = ()

    def take(self, blocks: Iterable[Block]) -> Iterator[Chunk]:
        """Yield the chunks that these blocks fill."""
        for block in blocks:
            if block.kind is BlockKind.FURNITURE:
                continue
            if block.kind in _HEADS and not self._only_heads:
                yield from self.end()
            heads = block.kind in (BlockKind.TITLE, BlockKind.HEADING)
            if heads:
                self._come_to(block.level)
            if not self._parts:
                self._above = self._stack()
            if heads:
                self._headings[block.level] = block.text
            for part in _parts(block, self._size):
                if self._parts and sum(len(p.text) + 1 for p in self._parts) + len(part.text) > self._size:
                    yield from self.end()
                    self._above = self._stack()
                if part.head and not self._parts:
                    self._parts.append(_Part(part.head, part.pages, (), 0))
                self._parts.append(part)
            self._only_heads = self._only_heads and block.kind in _HEADS

    def end(self) -> Iterator[Chunk]:
        """Yield what has been gathered."""
        parts, self._parts, self._only_heads = self._parts, [], True
        if parts:
            pages = tuple(dict.fromkeys(page for part in parts for page in part.pages))
            yield Chunk(
                text="\n".join(part.text for part in parts),
                pages=pages,
                places=tuple(place for part in parts for place in part.places),
                headings=self._above,
                quality=min(self.qualities.get(page, 1.0) for page in pages),
                doubts=sum(part.doubts for part in parts),
            )

    def forget_before(self, page: int) -> None:
        """Drop what is known of pages that nothing gathered stands on."""
        first = min((number for part in self._parts for number in part.pages), default=page)
        for number in [number for number in self.qualities if number < min(first, page)]:
            del self.qualities[number]

    def _come_to(self, level: int) -> None:
        """Leave the headings that one of this level ends."""
        for ended in [other for other in self._headings if other >= level]:
            del self._headings[ended]

    def _stack(self) -> tuple[str, ...]:
        return tuple(self._headings[level] for level in sorted(self._headings))


def _parts(block: Block, size: int) -> Iterator[_Part]:
    if block.table is not None:
        yield from _rows(block.table, block.page)
    elif block.kind is BlockKind.UNREAD:
        yield _Part(f"[page {block.page} was not read]", (block.page,), (), 0)
    elif block.kind in _VERSES:
        yield from (_of_lines((line,), block, at, line.text.strip()) for at, line in enumerate(block.lines))
    else:
        yield from _paragraph(block, size)


def _rows(table: Table, page: int) -> Iterator[_Part]:
    """Yield the rows of a table; rows that a cell holds together are one."""
    rows = table.rows()
    begin = 0
    head = ""
    for end in range(1, len(rows) + 1):
        if any(cell.row < end < cell.row + cell.row_span for cell in table.cells):
            continue
        cells = [cell for cell in table.cells if begin <= cell.row < end]
        lines = [line for cell in cells for line in cell.lines]
        box = around(cell.box for cell in cells if cell.box is not None)
        text = "\n".join(" | ".join(row) for row in rows[begin:end])
        places = (PageBox(page, box),) if box is not None else ()
        if text.strip(" |\n"):
            yield _Part(text, (page,), places, sum(len(line.doubts) for line in lines), head)
            head = head or text
        begin = end


def _paragraph(block: Block, size: int) -> Iterator[_Part]:
    """Yield a paragraph whole where it fits, else in stretches of lines, or in sentences of a long line."""
    begin = 0
    lines = block.lines
    while begin < len(lines):
        end = begin + 1
        while end < len(lines) and len(joined(lines[begin : end + 1])) <= size:
            end += 1
        text = joined(lines[begin:end])
        if end - begin == 1 and len(text) > size:
            yield from (_of_lines(lines[begin:end], block, begin, piece) for piece in _sentences(text, size))
        else:
            yield _of_lines(lines[begin:end], block, begin, text)
        begin = end


def _of_lines(lines: Sequence[Line], block: Block, first: int, text: str) -> _Part:
    pages = [block.page_of(first + index) for index in range(len(lines))]
    boxes = [(page, line_box(line)) for page, line in zip(pages, lines, strict=True)]
    return _Part(
        text,
        tuple(dict.fromkeys(pages)),
        tuple(PageBox(page, box) for page, box in boxes if box is not None),
        sum(doubt.text in text for line in lines for doubt in line.doubts),
    )


def _sentences(text: str, size: int) -> Iterator[str]:
    """Cut a long text behind a sentence where one ends in time, else between two words."""
    while len(text) > size:
        ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, size)]
        cut = ends[-1] if ends else text.rfind(" ", 1, size) + 1 or size
        yield text[:cut].rstrip()
        text = text[cut:]
    if text.strip():
        yield text
