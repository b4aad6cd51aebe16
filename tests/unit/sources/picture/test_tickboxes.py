"""Squares to be ticked: drawn ones, with marks, and what is no such square."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.unit.sources.conftest import SERIF
from vnreport_ocr.sources.picture.tickboxes import find_tick_boxes
from vnreport_ocr.sources.picture.value import Picture, PixelBox
from vnreport_ocr.tickmarks import CROSSED, EMPTY, TICKED

MARKS = {
    "nothing": ((), EMPTY),
    "a cross": ((((0.18, 0.18), (0.82, 0.82)), ((0.82, 0.18), (0.18, 0.82))), CROSSED),
    "a tick": ((((0.15, 0.5), (0.4, 0.82)), ((0.4, 0.82), (0.85, 0.15))), TICKED),
}


def square(mark: str, dpi: int) -> Picture:
    image = Image.new("L", (2 * dpi, dpi), 250)
    pen = ImageDraw.Draw(image)
    left, top, side = 0.5 * dpi, 0.4 * dpi, 0.15 * dpi
    pen.rectangle((left, top, left + side, top + side), outline=30, width=max(1, dpi // 90))
    for begin, end in MARKS[mark][0]:
        ends = [(left + x * side, top + y * side) for x, y in (begin, end)]
        pen.line(ends, fill=30, width=max(2, dpi // 70))
    return Picture(np.asarray(image), float(dpi))


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("mark", MARKS)
def test_a_square_is_told_with_its_mark(mark: str, dpi: int) -> None:
    assert [found.sign for found in find_tick_boxes(square(mark, dpi)).boxes] == [MARKS[mark][1]]


def test_a_square_within_a_table_is_left_to_its_cell() -> None:
    assert find_tick_boxes(square("nothing", 200), [PixelBox(0, 0, 400, 200)]).boxes == ()


@pytest.mark.parametrize("size", [10, 12, 14, 20])
def test_letters_and_figures_are_no_squares_and_one_in_a_square_is_left_alone(size: int) -> None:
    font = ImageFont.truetype(str(SERIF), round(size * 200 / 72))
    image = Image.new("L", (2400, 400), 255)
    pen = ImageDraw.Draw(image)
    pen.text((20, 20), "HỘI ĐỒNG BDOQURNMWE 0689 [] |=|", font=font, fill=0)
    for number, figure in enumerate("0123456789"):
        left = 40 + 120 * number
        pen.rectangle((left, 200, left + 46, 246), outline=0, width=2)
        pen.text((left + 14, 196), figure, font=ImageFont.truetype(str(SERIF), 36), fill=0)
    assert find_tick_boxes(Picture(np.asarray(image), 200.0)).boxes == ()
