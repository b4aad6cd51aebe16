"""Ruled tables of a text layer: the words of the layer in the cells of the drawn rulings."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from vnreport_ocr.model import Box
from vnreport_ocr.sources.fragments import Piece
from vnreport_ocr.sources.grid import Grid, Place, find_grids, resized
from vnreport_ocr.sources.pdffile import PdfPage

_SKETCH_DPI: Final = 100.0
_FEW_POINTS: Final = 10
"""Two lines of rulings under a letterhead have four; the smallest table has twelve."""
_SAME_LINE: Final = 0.5
_MOST_POINTS: Final = 2000.0
"""A page longer than this is no page of text; a sketch of it would cost more than it tells."""

Row = list[Piece]


class FilledTable(NamedTuple):
    """A table with the words that stand in its cells, line by line."""

    box: Box
    cells: list[tuple[Place, list[Row]]]

    def words(self) -> Iterator[Row]:
        """Every line of words in it."""
        for _, rows in self.cells:
            yield from rows


def ruled_tables(page: PdfPage) -> list[Grid]:
    """The ruled tables drawn on a page, in points; pages without drawn lines cost nothing."""
    if max(page.size) > _MOST_POINTS or page.drawn_lines(_FEW_POINTS) < _FEW_POINTS:
        return []
    grids = find_grids(page.sketch(_SKETCH_DPI), _SKETCH_DPI)
    scale = 72 / _SKETCH_DPI
    return [
        Grid(
            resized(grid.box, scale),
            tuple(place._replace(box=resized(place.box, scale)) for place in grid.places),
            grid.rulings,
        )
        for grid in grids
    ]


def into_cells(fragments: list[Row], grids: Sequence[Grid]) -> tuple[list[Row], list[FilledTable]]:
    """What stands outside of tables, and the tables filled; a grid without words is none."""
    rest = fragments
    tables = []
    for grid in grids:
        rest, inside = _divide(rest, grid)
        if inside:
            cells = [
                (place, _rows([piece for piece in inside if _home(piece, grid) == place])) for place in grid.places
            ]
            tables.append(FilledTable(Box(*grid.box), cells))
    return rest, tables


def _divide(fragments: Sequence[Row], grid: Grid) -> tuple[list[Row], Row]:
    outside: list[Row] = []
    inside: Row = []
    for words in fragments:
        out = [piece for piece in words if _home(piece, grid) is None]
        inside += [piece for piece in words if _home(piece, grid) is not None]
        if out:
            outside.append(out)
    return outside, inside


def _home(piece: Piece, grid: Grid) -> Place | None:
    """The cell the middle of a word lies in."""
    x, y = (piece.left + piece.right) / 2, (piece.box.top + piece.box.bottom) / 2
    for place in grid.places:
        if place.box.left <= x < place.box.right and place.box.top <= y < place.box.bottom:
            return place
    return None


def _rows(words: Row) -> list[Row]:
    """Words on one base line together, from top to bottom."""
    rows: list[Row] = []
    for piece in sorted(words, key=lambda p: (p.glyphs[0].base, p.left)):
        base, size = piece.glyphs[0].base, piece.glyphs[0].size
        if rows and base - rows[-1][0].glyphs[0].base < _SAME_LINE * size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]
