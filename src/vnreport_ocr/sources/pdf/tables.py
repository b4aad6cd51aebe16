"""Ruled tables of a text layer: the words of the layer in the cells of the drawn rulings."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from vnreport_ocr.model import Box
from vnreport_ocr.sources.pdf.files import PdfPage
from vnreport_ocr.sources.pdf.fragments import LayerPiece
from vnreport_ocr.sources.pdf.tuning import TUNING
from vnreport_ocr.sources.picture.rulings import Grid, Place, find_grids, resized

_SKETCH_DPI: Final = 100.0
_FEW_POINTS: Final = 10
"""Two lines of rulings under a letterhead have four; the smallest table has twelve."""
_SAME_LINE: Final = TUNING.tables.same_line
_MOST_POINTS: Final = 2000.0
"""A page longer than this is no page of text; a sketch of it would cost more than it tells."""

_WORD: Final = TUNING.tables.word
_FEWEST_CELLS: Final = TUNING.tables.fewest_cells
_FILLED: Final = TUNING.tables.filled
_FEW_ROWS: Final = 3

Row = list[LayerPiece]


class FilledTable(NamedTuple):
    """A table with the words that stand in its cells, line by line."""

    box: Box
    cells: list[tuple[Place, list[Row]]]

    def words(self) -> Iterator[Row]:
        """Every line of words in it."""
        for _, rows in self.cells:
            yield from rows


def ruled_tables(page: PdfPage) -> list[Grid]:
    """Return the ruled tables drawn on a page, in points; pages without drawn lines cost nothing."""
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
    """Fill the tables, and return what stands outside; a grid without words, or a drawing, is no table."""
    rest = fragments
    tables = []
    for grid in grids:
        homes: dict[Place, Row] = {place: [] for place in grid.places}
        outside = [out for words in rest if (out := _outside(words, grid, homes))]
        if any(homes.values()) and not _is_diagram(homes):
            rest = outside
            tables.append(FilledTable(Box(*grid.box), [(place, _rows(words)) for place, words in homes.items()]))
    return rest, tables


def _is_diagram(homes: dict[Place, Row]) -> bool:
    """Whether the lines are those of a frame or a drawing, whose few words stand here and there, each for itself."""
    filled = [place for place, words in homes.items() if words]
    rows = {place.row for place in homes}
    if len(filled) == 1:
        return True
    if len({place.row for place in filled}) == len(filled) < max(_FEW_ROWS, len(rows) * _FILLED):
        return True  # no two of them side by side
    if any(sum(c.isalpha() for c in piece.text) >= _WORD for words in homes.values() for piece in words):
        return False
    return len(homes) < _FEWEST_CELLS or len(filled) < _FILLED * len(homes)


def _outside(words: Row, grid: Grid, homes: dict[Place, Row]) -> Row:
    """Return the words that stand outside of a table; the others go to the cells their middles lie in."""
    box = grid.box
    outside = []
    for piece in words:
        x, y = (piece.left + piece.right) / 2, piece.glyphs[0].base - 0.3 * piece.glyphs[0].size
        home = None
        if box.left <= x <= box.right and box.top <= y <= box.bottom:
            home = next((p for p in homes if p.box.left <= x < p.box.right and p.box.top <= y < p.box.bottom), None)
        if home is None:
            outside.append(piece)
        else:
            homes[home].append(piece)
    return outside


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
