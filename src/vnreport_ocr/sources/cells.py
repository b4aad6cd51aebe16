"""The cells of a ruled table read one by one: set under each other on one sheet, so that one reading does for all."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np

from vnreport_ocr.model import Box, Cell, Line, Table
from vnreport_ocr.sources.assemble import line_of, without_scraps
from vnreport_ocr.sources.engine import Picture, PixelBox, Pixels, ReadLine, ReadWord, scaled
from vnreport_ocr.sources.figures import better_figure, doubtful_figures
from vnreport_ocr.sources.grid import Grid, Place

_INSET: Final = 0.012
_EDGE: Final = 0.04
_GAP: Final = 0.22
_MARGIN: Final = 0.2
_MOST_HIGH: Final = 16_000
_MOST_SINGLE: Final = 16
_FINE_DPI: Final = 300.0
_COARSE_DPI: Final = 200.0
_LEAST_INK: Final = 0.0012

Read = Callable[[Picture], tuple[ReadLine, ...]]
CellText = dict[Place, tuple[ReadLine, ...]]


class _Strip(NamedTuple):
    """A cell on the sheet: from where to where, and how far its pixels moved."""

    place: Place
    top: int
    bottom: int
    right: float
    down: float


class Readers(NamedTuple):
    """How sheets and single cells are read: any text, or figures only."""

    text: Read
    figures: Read
    line: Read
    figure_line: Read


def read_cells(picture: Picture, grid: Grid, readers: Readers) -> CellText:
    """Each cell with the lines read in it, boxes in the picture's own pixels.

    Cells of columns of figures that gave anything else, or a figure the engine doubts, are read once more by a
    reader that knows figures only; cells that gave nothing although there is ink in them are read one by one.
    """
    clean = Picture(_without_rulings(picture.grey, grid, picture.dpi), picture.dpi)
    found = _read_places(clean, grid.places, readers.text)
    doubtful = doubtful_figures(found)
    for place, lines in _read_places(clean, doubtful, _at_another_size(readers.figures)).items():
        found[place] = better_figure(found[place], lines)
    silent = [place for place, lines in found.items() if not lines][:_MOST_SINGLE]
    for place in silent:
        read = _at_another_size(readers.figure_line if place in doubtful else readers.line)
        found.update(_read_places(clean, [place], read))
    return found


def _read_places(picture: Picture, places: Sequence[Place], read: Read) -> CellText:
    found: dict[Place, list[ReadLine]] = {place: [] for place in places}
    for sheet, strips in _sheets(picture.pixels, places, picture.dpi):
        for line in read(Picture(sheet, picture.dpi)):
            for strip, words in _by_strip(line, strips):
                found[strip.place].append(ReadLine(tuple(_back(word, strip) for word in words)))
    return {place: without_scraps(lines, signs_alone=True)[0] for place, lines in found.items()}


def without_tables(picture: Picture, grids: Sequence[Grid]) -> Picture:
    """The picture with its tables painted over, for the reading of the rest."""
    pixels = picture.pixels.copy()
    for grid in grids:
        left, top, right, bottom = (round(edge) for edge in grid.box)
        around = pixels[max(0, top - 3) : bottom + 4, max(0, left - 3) : right + 4]
        around[:] = np.percentile(around, 75, axis=(0, 1)).astype(np.uint8)
    return Picture(pixels, picture.dpi)


def _at_another_size(read: Read) -> Read:
    """A reader that looks at a picture enlarged or reduced: the engine fails on clean print in one size or another."""

    def look(picture: Picture) -> tuple[ReadLine, ...]:
        factor = min(2.0, _FINE_DPI / picture.dpi) if picture.dpi < _COARSE_DPI * 1.1 else _COARSE_DPI / picture.dpi
        way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        pixels = cv2.resize(picture.pixels, None, fx=factor, fy=factor, interpolation=way)
        if factor > 1:
            pixels = cv2.GaussianBlur(pixels, (0, 0), factor / 2)
        sized = Picture(np.asarray(pixels, dtype=np.uint8), factor * picture.dpi)
        return tuple(scaled(line, 1 / factor) for line in read(sized))

    return look


def table_of(cells: CellText, grid: Grid, scale: float, before_line: int) -> Table:
    """The table in points."""
    made = []
    for place, read in cells.items():
        lines: tuple[Line, ...] = tuple(line_of(line.words, scale) for line in read)
        box = Box(*(round(edge * scale, 2) for edge in place.box))
        made.append(Cell(place.row, place.column, lines, place.row_span, place.column_span, box))
    return Table(tuple(made), before_line, Box(*(round(edge * scale, 2) for edge in grid.box)))


def _without_rulings(grey: Pixels, grid: Grid, dpi: float) -> Pixels:
    """The picture with the rulings painted over, close to the cells' edges only: a digit may look like a ruling."""
    edges = np.zeros_like(grey)
    for place in grid.places:
        left, top, right, bottom = (round(edge) for edge in place.box)
        cv2.rectangle(edges, (left, top), (right, bottom), 1, thickness=max(3, 2 * round(_EDGE * dpi) + 1))
    mask = np.asarray(cv2.dilate(grid.rulings, np.ones((3, 3), np.uint8)), dtype=np.uint8) & edges
    paper = cv2.medianBlur(cv2.dilate(grey, np.ones((7, 7), np.uint8)), 5)
    return np.where(mask > 0, paper, grey).astype(np.uint8)


def _sheets(grey: Pixels, places: Sequence[Place], dpi: float) -> list[tuple[Pixels, list[_Strip]]]:
    gap, margin, inset = (max(1, round(inches * dpi)) for inches in (_GAP, _MARGIN, _INSET))
    sheets: list[list[tuple[Place, PixelBox, Pixels]]] = [[]]
    height = gap
    for place in places:
        box = PixelBox(*(round(edge) for edge in place.box))
        left, top, right, bottom = (int(edge) for edge in box)
        part = grey[top + inset : bottom - inset, left + inset : right - inset]
        if not _has_ink(part):
            continue
        if height + part.shape[0] + gap > _MOST_HIGH:
            sheets.append([])
            height = gap
        sheets[-1].append((place, PixelBox(left + inset, top + inset, right, bottom), part))
        height += part.shape[0] + gap
    return [_sheet(parts, gap, margin) for parts in sheets if parts]


def _has_ink(part: Pixels) -> bool:
    if part.size == 0:
        return False
    paper = float(np.median(part))
    return float((part < paper - 60).mean()) > _LEAST_INK


def _sheet(parts: Sequence[tuple[Place, PixelBox, Pixels]], gap: int, margin: int) -> tuple[Pixels, list[_Strip]]:
    wide = max(part.shape[1] for _, _, part in parts) + 2 * margin
    high = sum(part.shape[0] + gap for _, _, part in parts) + gap
    sheet = np.full((high, wide), 255, dtype=np.uint8)
    strips = []
    top = gap
    for place, box, part in parts:
        # Paper that is not quite white would otherwise stand on the sheet as a box with edges.
        paper = max(1.0, float(np.percentile(part, 75)))
        white = np.clip(part.astype(np.float32) * (255.0 / paper), 0, 255).astype(np.uint8)
        sheet[top : top + part.shape[0], margin : margin + part.shape[1]] = white
        strips.append(_Strip(place, top, top + part.shape[0], box.left - margin, box.top - top))
        top += part.shape[0] + gap
    return sheet, strips


def _by_strip(line: ReadLine, strips: Sequence[_Strip]) -> list[tuple[_Strip, list[ReadWord]]]:
    """The words of a line by the cell they lie in: nearly always one."""
    found: dict[int, list[ReadWord]] = {}
    for word in line.words:
        middle = word.box.middle
        nearest = min(range(len(strips)), key=lambda i: max(strips[i].top - middle, middle - strips[i].bottom, 0))
        found.setdefault(nearest, []).append(word)
    return [(strips[index], words) for index, words in found.items()]


def _back(word: ReadWord, strip: _Strip) -> ReadWord:
    box = word.box
    moved = PixelBox(box.left + strip.right, box.top + strip.down, box.right + strip.right, box.bottom + strip.down)
    return word._replace(box=moved)
