"""The cells of a ruled table read one by one: set under each other on one sheet, so that one reading does for all."""

from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

import cv2
import numpy as np

from vnreport_ocr.model import Box, Cell, Line, Table
from vnreport_ocr.sources.engine.protocol import ReadLine
from vnreport_ocr.sources.ledger import with_rows
from vnreport_ocr.sources.ocr.cellshapes import TableLook, told_by_shapes
from vnreport_ocr.sources.ocr.figures import better_figure, doubtful_figures
from vnreport_ocr.sources.ocr.heardweighing import only_heard, weigh_heard
from vnreport_ocr.sources.ocr.lines import line_of
from vnreport_ocr.sources.ocr.scraps import Scrap, without_scraps
from vnreport_ocr.sources.ocr.secondlook import look_again
from vnreport_ocr.sources.ocr.shapes import Shapes
from vnreport_ocr.sources.ocr.sheet import Hear, Part, Read, at_another_size, hear_parts, read_parts
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.ocr.witness import confirm
from vnreport_ocr.sources.picture.measuring import levels_at
from vnreport_ocr.sources.picture.prepare import APART, without
from vnreport_ocr.sources.picture.rulings import Grid, Place, enlarged_grid
from vnreport_ocr.sources.picture.specks import find_specks
from vnreport_ocr.sources.picture.value import Picture, Pixels

_INSET: Final = TUNING.cells.inset
_EDGE: Final = TUNING.cells.edge
_MOST_SINGLE: Final = TUNING.cells.most_single
_FINE_DPI: Final = TUNING.cells.fine_dpi
_COARSE_DPI: Final = TUNING.cells.coarse_dpi
_LEAST_INK: Final = TUNING.cells.least_ink

_FAR: Final = 8
"""Pixels around the rulings that tell the colour of the paper on them, and no fewer."""

CellText = dict[Place, tuple[ReadLine, ...]]


class Readers(NamedTuple):
    """How sheets and single cells are read: any text, or figures only."""

    text: Read
    figures: Read
    line: Read
    figure_line: Read
    shapes: Shapes
    hear: Hear | None = None
    """What reads beside the engine, if anything does."""


def read_cells(
    picture: Picture, grid: Grid, readers: Readers, second: Picture | None = None
) -> tuple[CellText, tuple[Scrap, ...]]:
    """Each cell with the lines read in it, boxes in the picture's own pixels; and what was read and is no writing.

    Cells of columns of figures that gave anything else, or a figure the engine doubts, are read once more by a
    reader that knows figures only; cells that gave nothing although there is ink in them are read one by one. Where
    the page was prepared a second time, because it is coarse, figures are told by their shapes on both pictures.
    """
    clean = _without_specks(Picture(_without_rulings(picture.grey, grid, picture.dpi), picture.dpi))
    first, scraps = _read_places(clean, grid.places, readers.text)
    found = _looked_at_again(clean, first, readers.text)
    doubtful = doubtful_figures(found)
    other = _other_dpi(clean.dpi)
    again, _ = _read_places(clean, doubtful, at_another_size(readers.figures, other, smooth=True))
    for place, lines in again.items():
        found[place], rest = better_figure(found[place], lines)
        scraps += rest
    silent = [place for place, lines in found.items() if not lines][:_MOST_SINGLE]
    # On coarse pages more looks cost more than they find.
    sizes = (other, clean.dpi) if second is None else (other,)
    for place in silent:
        read = readers.figure_line if place in doubtful else readers.line
        found[place], rest = _read_alone(clean, place, read, sizes)
        scraps += rest
    looks = [_look(clean, grid)]
    if second is not None:
        looks.append(_look(second, enlarged_grid(grid, second.dpi / picture.dpi, second.grey.shape), picture.dpi))
    told = told_by_shapes(found, looks, readers.shapes) if second is not None else {}
    settled = {
        place: told[place] if place in told else confirm(clean, lines, readers.shapes)[0]
        for place, lines in found.items()
    }
    return settled if readers.hear is None else _weighed(clean, settled, readers.hear), scraps


def _weighed(clean: Picture, cells: CellText, hear: Hear) -> CellText:
    """Weigh what stands in the cells with what a second reader hears in them; what it alone reads is doubted."""
    inked = _parts(clean.pixels, list(cells), clean.dpi)
    heard = hear_parts([part for _, part in inked], clean.dpi, hear)
    weighed = dict(cells)
    for (place, _), lines in zip(inked, heard, strict=True):
        weighed[place] = weigh_heard(cells[place], lines).lines if cells[place] else only_heard(lines)
    return weighed


def _look(picture: Picture, grid: Grid, first_dpi: float = 0.0) -> TableLook:
    """The table on a picture; a second one still has its rulings, the first (without ``first_dpi``) has none left."""
    pixels = _without_rulings(picture.grey, grid, picture.dpi) if first_dpi else picture.pixels
    factor = picture.dpi / first_dpi if first_dpi else 1.0
    return TableLook(Picture(pixels, picture.dpi), factor, max(1, round(_INSET * picture.dpi)))


def _without_specks(clean: Picture) -> Picture:
    """Clean the cells of specks where there are many: those beside rulings could not be told from bits of them."""
    specks = find_specks(clean, APART)
    return without(clean, specks.mask) if specks.many else clean


def _looked_at_again(clean: Picture, cells: CellText, read: Read) -> CellText:
    """Look at the doubtful words of the cells in another size."""
    settled = iter(look_again(clean, [line for lines in cells.values() for line in lines], read)[0])
    return {place: tuple(islice(settled, len(lines))) for place, lines in cells.items()}


def _read_places(picture: Picture, places: Sequence[Place], read: Read) -> tuple[CellText, tuple[Scrap, ...]]:
    found: CellText = dict.fromkeys(places, ())
    scraps: tuple[Scrap, ...] = ()
    inked = _parts(picture.pixels, places, picture.dpi)
    read_lines = read_parts([part for _, part in inked], picture.dpi, read)
    for (place, _), lines in zip(inked, read_lines, strict=True):
        found[place], rest = without_scraps(lines, signs_alone=True)
        scraps += rest
    return found, scraps


def _read_alone(
    picture: Picture, place: Place, read: Read, sizes: Sequence[float]
) -> tuple[tuple[ReadLine, ...], tuple[Scrap, ...]]:
    """Read one cell in one size after the other until something is read: no size shows the engine every sign."""
    lines: tuple[ReadLine, ...] = ()
    scraps: tuple[Scrap, ...] = ()
    for dpi in sizes:
        alone, rest = _read_places(picture, [place], at_another_size(read, dpi, smooth=True))
        lines, scraps = alone[place], scraps + rest
        if lines:
            break
    return lines, scraps


def without_tables(picture: Picture, grids: Sequence[Grid]) -> Picture:
    """Paint the tables of the picture over, for the reading of the rest."""
    pixels = picture.pixels.copy()
    for grid in grids:
        left, top, right, bottom = (round(edge) for edge in grid.box)
        around = pixels[max(0, top - 3) : bottom + 4, max(0, left - 3) : right + 4]
        around[:] = np.percentile(around, 75, axis=(0, 1)).astype(np.uint8)
    return Picture(pixels, picture.dpi)


def _other_dpi(dpi: float) -> float:
    """Return the resolution of the second look."""
    return min(2 * dpi, _FINE_DPI) if dpi < _COARSE_DPI * 1.1 else _COARSE_DPI


def table_of(cells: CellText, grid: Grid, scale: float, before_line: int) -> Table:
    """Return the table in points."""
    made = []
    for place, read in cells.items():
        lines: tuple[Line, ...] = tuple(line_of(line.words, scale) for line in read)
        box = Box(*(round(edge * scale, 2) for edge in place.box))
        made.append(Cell(place.row, place.column, lines, place.row_span, place.column_span, box))
    return with_rows(Table(tuple(made), before_line, Box(*(round(edge * scale, 2) for edge in grid.box))))


def _without_rulings(grey: Pixels, grid: Grid, dpi: float) -> Pixels:
    """Paint the rulings over, close to the cells' edges only: a digit may look like a ruling."""
    edges = np.zeros_like(grey)
    for place in grid.places:
        left, top, right, bottom = (round(edge) for edge in place.box)
        cv2.rectangle(edges, (left, top), (right, bottom), 1, thickness=max(3, 2 * round(_EDGE * dpi) + 1))
    mask = np.asarray(cv2.dilate(grid.rulings, np.ones((3, 3), np.uint8)), dtype=np.uint8) & edges
    left, top, wide, high = cv2.boundingRect(mask)
    part = np.s_[max(0, top - _FAR) : top + high + _FAR, max(0, left - _FAR) : left + wide + _FAR]
    painted = grey.copy()
    if wide:
        paper = np.asarray(cv2.medianBlur(cv2.dilate(grey[part], np.ones((7, 7), np.uint8)), 5), dtype=np.uint8)
        np.copyto(painted[part], paper, where=mask[part] > 0)
    return painted


def _parts(grey: Pixels, places: Sequence[Place], dpi: float) -> list[tuple[Place, Part]]:
    """Cut out the cells that have ink in them, without their edges."""
    inset = max(1, round(_INSET * dpi))
    found = []
    for place in places:
        left, top, right, bottom = (round(edge) for edge in place.box)
        pixels = grey[top + inset : bottom - inset, left + inset : right - inset]
        if _has_ink(pixels):
            found.append((place, Part(left + inset, top + inset, pixels)))
    return found


def _has_ink(part: Pixels) -> bool:
    if part.size == 0:
        return False
    (paper,) = levels_at(np.ascontiguousarray(part), (0.5,))
    return float((part < paper - 60).mean()) > _LEAST_INK
