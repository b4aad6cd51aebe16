"""Cells of ruled tables: what is tried where nothing was read."""

import numpy as np

from tests.unit.sources.picture.test_rulings import ruled
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.cells import Readers, read_cells
from vnreport_ocr.sources.ocr.shapes import open_shapes
from vnreport_ocr.sources.picture.rulings import find_grids
from vnreport_ocr.sources.picture.value import Picture, PixelBox


def nothing(_: Picture) -> tuple[ReadLine, ...]:
    return ()


def test_a_cell_that_says_nothing_in_another_size_is_read_alone_in_its_own() -> None:
    page = ruled()
    asked: list[float] = []

    def alone(shown: Picture) -> tuple[ReadLine, ...]:
        asked.append(shown.dpi)
        if shown.dpi != page.dpi:
            return ()
        rows, columns = np.nonzero(shown.grey < 128)
        box = PixelBox(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        return (ReadLine((ReadWord("thôn", box, 0.95),)),)

    (grid,) = find_grids(page.grey, page.dpi)
    found, _ = read_cells(page, grid, Readers(nothing, nothing, alone, alone, open_shapes()))
    assert {"thôn"} == {line.text for lines in found.values() for line in lines}
    assert asked[0] != page.dpi
    assert asked[1] == page.dpi


def test_a_cell_that_says_something_is_not_read_in_more_sizes() -> None:
    page = ruled()
    asked: list[float] = []

    def alone(shown: Picture) -> tuple[ReadLine, ...]:
        asked.append(shown.dpi)
        return (ReadLine((ReadWord("xã", PixelBox(20, 20, 60, 40), 0.95),)),)

    (grid,) = find_grids(page.grey, page.dpi)
    read_cells(page, grid, Readers(nothing, nothing, alone, alone, open_shapes()))
    assert page.dpi not in asked
