"""A page as it is shown: its lines and tables in pieces, what was found, changed and doubted in them, and its boxes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vnreport_ocr.model import Box, Line, Page, Role, Table
from vnreport_ocr.review.marks import ReviewMark, marks_of
from vnreport_ocr.search.matching import Hit, SearchedText
from vnreport_ocr.search.query import Node
from vnreport_ocr.spans import around, placed_words


class ShownPiece(NamedTuple):
    """A stretch of text, and whether it was asked for."""

    text: str
    hit: bool


class ShownStretch(NamedTuple):
    """Pieces that stand together: plain, or one place that was changed or is in doubt."""

    pieces: tuple[ShownPiece, ...]
    mark: ReviewMark | None = None
    number: int = 0
    """Which place of the page it is, from 1 on."""


class ShownLine(NamedTuple):
    """A line, and what part it plays."""

    stretches: tuple[ShownStretch, ...]
    role: str


class ShownCell(NamedTuple):
    """A cell of a table."""

    lines: tuple[ShownLine, ...]
    row_span: int
    column_span: int


class ShownBlock(NamedTuple):
    """A line, or the rows of a table."""

    line: ShownLine | None = None
    rows: tuple[tuple[ShownCell, ...], ...] = ()


class ShownBox(NamedTuple):
    """A box on the picture: ``hit``, ``changed`` or ``doubt``, of which place."""

    kind: str
    box: Box
    number: int = 0


class ShownPage(NamedTuple):
    """A page to be shown."""

    blocks: tuple[ShownBlock, ...]
    frames: tuple[ShownBox, ...]
    places: tuple[ShownStretch, ...]
    """Every place that was changed or is in doubt."""
    size: tuple[float, float] | None
    hits: int


class _Writer:
    """Goes through the lines of a page in their order, with the hits of the whole page."""

    def __init__(self, page: Page, node: Node | None) -> None:
        self._lines = list(page.all_lines())
        self._hits = _hits(self._lines, node)
        self._node = node
        self.places: list[ShownStretch] = []
        self.frames: list[ShownBox] = []
        self.count = sum(map(len, self._hits))
        self._at = 0

    def line(self, line: Line) -> ShownLine:
        """Show the next line."""
        hits, self._at = self._hits[self._at], self._at + 1
        marks = marks_of(line)
        hits = sorted([*hits, *(Hit(mark.start, mark.end) for mark in marks if self._was_read(mark, hits))])
        self.frames += [ShownBox("hit", box) for box in _boxes(line, hits)]
        made, place = [], 0
        text = line.text
        for mark in marks:
            if place < mark.start:
                made.append(ShownStretch(tuple(_pieces(text, place, mark.start, hits))))
            number = len(self.places) + 1
            stretch = ShownStretch(tuple(_pieces(text, mark.start, mark.end, hits)), mark, number)
            self.places.append(stretch)
            made.append(stretch)
            if mark.box is not None:
                self.frames.append(ShownBox("doubt" if mark.doubts else "changed", mark.box, number))
            place = mark.end
        if place < len(text):
            made.append(ShownStretch(tuple(_pieces(text, place, len(text), hits))))
        return ShownLine(tuple(made), "" if line.role is Role.BODY else str(line.role))

    def _was_read(self, mark: ReviewMark, hits: Sequence[Hit]) -> bool:
        """Whether only what was read there is what was asked for."""
        if self._node is None or not mark.changed or any(h.start < mark.end and mark.start < h.end for h in hits):
            return False
        return bool(SearchedText(mark.read).hits(self._node))


def sheet_of(page: Page, node: Node | None, box: Box | None = None) -> ShownPage:
    """Show a page with what a query finds on it, and a place that is shown besides."""
    writer = _Writer(page, node)
    blocks: list[ShownBlock] = []
    for piece in page.pieces():
        if isinstance(piece, Table):
            blocks.append(ShownBlock(rows=_grid(piece, writer)))
        else:
            blocks += [ShownBlock(line=writer.line(line)) for line in piece]
    shown = [ShownBox("hit", box)] if box is not None else []
    return ShownPage(tuple(blocks), (*writer.frames, *shown), tuple(writer.places), page.size, writer.count)


def _grid(table: Table, writer: _Writer) -> tuple[tuple[ShownCell, ...], ...]:
    rows: dict[int, list[tuple[int, ShownCell]]] = {}
    for cell in table.cells:
        shown = ShownCell(tuple(writer.line(line) for line in cell.lines), cell.row_span, cell.column_span)
        rows.setdefault(cell.row, []).append((cell.column, shown))
    return tuple(tuple(cell for _, cell in sorted(rows[row], key=lambda pair: pair[0])) for row in sorted(rows))


def _hits(lines: Sequence[Line], node: Node | None) -> list[list[Hit]]:
    """Find what was asked for in the whole page, each hit cut up into its lines."""
    found: list[list[Hit]] = [[] for _ in lines]
    if node is None:
        return found
    texts = [line.text for line in lines]
    starts, place = [], 0
    for text in texts:
        starts.append(place)
        place += len(text) + 1
    at = 0
    for hit in SearchedText("\n".join(texts)).hits(node):
        while at + 1 < len(starts) and starts[at + 1] <= hit.start:
            at += 1
        number = at
        while number < len(starts) and starts[number] < hit.end:
            begin, end = max(0, hit.start - starts[number]), min(len(texts[number]), hit.end - starts[number])
            if begin < end:
                found[number].append(Hit(begin, end))
            number += 1
    return found


def pieces_of(text: str, hits: Sequence[Hit]) -> tuple[ShownPiece, ...]:
    """Cut a text into what was asked for and what stands around it."""
    return tuple(_pieces(text, 0, len(text), hits))


def _pieces(text: str, start: int, end: int, hits: Sequence[Hit]) -> Iterator[ShownPiece]:
    place = start
    for hit in hits:
        low, high = max(place, hit.start), min(end, hit.end)
        if low < high:
            if place < low:
                yield ShownPiece(text[place:low], False)
            yield ShownPiece(text[low:high], True)
            place = high
    if place < end:
        yield ShownPiece(text[place:end], False)


def _boxes(line: Line, hits: Sequence[Hit]) -> Iterator[Box]:
    if not hits or all(token.box is None for token in line.tokens):
        return
    words = placed_words(line)
    for hit in hits:
        box = around(w.box for w in words if w.box is not None and w.start < hit.end and hit.start < w.end)
        if box is not None:
            yield box
