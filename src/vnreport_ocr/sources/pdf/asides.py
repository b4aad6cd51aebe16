"""Text of a page that runs another way than the rest: up a margin or a table's head, or aslant over the page."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from vnreport_ocr.model import Box, LeftOut, Line, Table
from vnreport_ocr.sources.order import reading_order
from vnreport_ocr.sources.pdf.fragments import LayerPiece, gather, pieces, runs
from vnreport_ocr.sources.pdf.glyphs import Drawn, Glyph, upright
from vnreport_ocr.sources.pdf.tuning import TUNING

ASLANT: Final = "a watermark: it is drawn aslant over the page"

_ALIKE: Final = TUNING.asides.alike
_STEP: Final = TUNING.asides.step

Row = list[LayerPiece]


def sorted_notes(drawn: Drawn) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """Return the lines of the page's notes: single ones, which belong to the line they stand on, and blocks.

    A number put in later stands behind its ``Số:``; what a signature says of itself is a block of its own, however
    close the text of the page is.
    """
    alone: list[list[Glyph]] = []
    block: list[list[Glyph]] = []
    lines = runs(drawn.notes)
    for number, run in enumerate(lines):
        near = (lines[i] for i in (number - 1, number + 1) if 0 <= i < len(lines))
        (block if any(_under(run, other) for other in near) else alone).append(run)
    return alone, block


def _under(run: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """Whether two lines stand under each other and begin alike."""
    one, two = run[0], other[0]
    size = max(one.size, two.size)
    return abs(one.left - two.left) < _ALIKE * size and 0.5 * size < abs(one.base - two.base) < _STEP * size


def aside_rows(drawn: Drawn, block: Sequence[list[Glyph]]) -> list[tuple[int, Row]]:
    """Return the lines that run another way, and those of a block of notes, each with the turn that makes it level."""
    found = []
    for turn, parts in (*((turn, runs(glyphs)) for turn, glyphs in drawn.asides.items()), (drawn.turn, block)):
        fragments = [words for part in gather(parts) if (words := pieces(part))]
        boxes = [around([piece.box for piece in words]) for words in fragments]
        order = reading_order(boxes, [" ".join(piece.text for piece in words) for words in fragments])
        found += [(turn, [piece for member in line.members for piece in fragments[member]]) for line in order]
    return found


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def in_place(line: Line, turn: int, drawn: Drawn) -> Line:
    """Return a line that was made level, its words' boxes where they stand on the page."""
    tokens = tuple(
        token if token.box is None else token._replace(box=_moved(token.box, turn, drawn)) for token in line.tokens
    )
    return replace(line, tokens=tokens)


def _moved(box: Box, turn: int, drawn: Drawn) -> Box:
    size = drawn.size if drawn.turn in (0, 180) else (drawn.size[1], drawn.size[0])
    corners = (_shown(box.left, box.top, turn, size), _shown(box.right, box.bottom, turn, size))
    (x1, y1), (x2, y2) = (upright(x, y, drawn.turn, size) for x, y in corners)
    return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _shown(x: float, y: float, turn: int, size: tuple[float, float]) -> tuple[float, float]:
    """Where a point that was turned by ``upright`` stands on the page as it is shown."""
    width, height = size
    if turn == 90:
        return y, height - x
    if turn == 180:
        return width - x, height - y
    if turn == 270:
        return width - y, x
    return x, y


def put_in(
    lines: Sequence[Line], tables: Sequence[Table], asides: Sequence[Line]
) -> tuple[tuple[Line, ...], tuple[Table, ...]]:
    """Put lines that run another way into the cells they stand in, and all others behind the page's lines."""
    filled, rest = list(tables), list(lines)
    begun = False
    for line in asides:
        home = _home(around([token.box for token in line.tokens if token.box]), filled)
        if home is not None:
            number, place = home
            cells = list(filled[number].cells)
            cells[place] = replace(cells[place], lines=(*cells[place].lines, line))
            filled[number] = replace(filled[number], cells=tuple(cells))
            continue
        if rest and not begun:
            rest[-1] = replace(rest[-1], end="\n\n")
        rest.append(line)
        begun = True
    return tuple(rest), tuple(filled)


def _home(box: Box, tables: Sequence[Table]) -> tuple[int, int] | None:
    """Return the table and the cell that the middle of a box lies in."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    for number, table in enumerate(tables):
        for place, cell in enumerate(table.cells):
            if cell.box and cell.box.left <= x < cell.box.right and cell.box.top <= y < cell.box.bottom:
                return number, place
    return None


def aslant(drawn: Drawn) -> Iterator[LeftOut]:
    """Return what is drawn aslant, as it is left out."""
    for glyphs in drawn.slanted:
        text = "".join(glyph.text for glyph in glyphs).strip()
        if text:
            yield LeftOut(text, ASLANT, around([_box(glyph) for glyph in glyphs]))


def _box(glyph: Glyph) -> Box:
    return Box(glyph.left, glyph.base - glyph.size, glyph.right, glyph.base)
