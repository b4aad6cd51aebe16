"""Rows of dots to be written on, told from every other small spot of a page."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.unit.sources.conftest import SENTENCES, SERIF, picture_of
from vnreport_ocr.sources.picture.leaders import find_leaders
from vnreport_ocr.sources.picture.value import Picture, PixelBox


def printed(*lines: str, dpi: int = 200, points: float = 12) -> Picture:
    """Lines of print under each other."""
    font = ImageFont.truetype(str(SERIF), round(points * dpi / 72))
    image = Image.new("L", (7 * dpi, round((len(lines) + 2) * 0.4 * dpi)), 255)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((0.4 * dpi, (0.4 + 0.4 * number) * dpi), line, font=font, fill=20)
    return Picture(np.asarray(image), float(dpi))


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_rows_of_dots_are_found_with_their_number(dpi: int) -> None:
    page = printed("Họ và tên: ....................", "Diện tích: ......1,75 ha........ là đúng.", dpi=dpi)
    found = sorted(find_leaders(page).rows, key=lambda row: (row.box.middle > 0.65 * dpi, row.box.left))
    assert [row.dots for row in found] == [20, 6, 8]


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("label", ["Số tờ: ", "Số tờ:", "Kính gửi;", "1. ", "Nơi ở bị"])
def test_what_is_taken_out_is_of_no_letter_and_no_colon(label: str, dpi: int) -> None:
    mask = find_leaders(printed(label + "." * 12 + "23" + "." * 12, dpi=dpi)).mask
    assert mask is not None
    ink = printed(label, dpi=dpi).pixels < 128
    assert (mask > 0).any()
    assert not (ink & (mask > 0)).any()


@pytest.mark.parametrize(
    "lines",
    [
        SENTENCES,
        ("Các khoản thu, chi, v.v... được ghi rõ.", "Đang xem xét…..", "1.240.000.000.000 đồng; 3.5; 4.6; 7.8"),
        ("xiii. lịch sự, bị trị, thị xã, xviii", "a. b. c. d. e. f. g. h. i. k. l. m."),
        ("- - - - - - - - - -", "::::::::::", ";;;;;;;;;"),
    ],
)
def test_stops_ellipses_and_dots_of_letters_are_no_leaders(lines: tuple[str, ...]) -> None:
    leaders = find_leaders(printed(*lines))
    assert leaders.rows == ()
    assert leaders.mask is None


def test_a_screened_picture_holds_no_leaders() -> None:
    page = printed("Ảnh chụp hiện trường", *[""] * 8)
    pixels = page.pixels.copy()
    for top in range(250, 500, 8):
        for left in range(100, 500, 8):
            pixels[top : top + 3, left : left + 3] = 0
    assert find_leaders(Picture(pixels, 200.0)).rows == ()


def test_specks_anywhere_are_no_leaders() -> None:
    pixels = picture_of(*SENTENCES).pixels.copy()
    spots = np.random.default_rng(7)
    for row, column in zip(spots.integers(0, 350, 900), spots.integers(0, 1100, 900), strict=True):
        pixels[row : row + 3, column : column + 3] = 0
    assert find_leaders(Picture(pixels, 200.0)).rows == ()


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_what_dots_lead_to_is_known_with_its_place(dpi: int) -> None:
    found = find_leaders(printed("Chương I ............................ 12", dpi=dpi))
    (led,) = found.led
    assert [row.dots for row in found.rows] == [28]
    assert found.rows[0].box.right < led.box.left
    assert led.box.width < 0.4 * dpi
    assert abs(led.up) < 2
    # Behind the title, and not into it.
    assert found.rows[0].box.left < led.box.left - led.left < found.rows[0].box.left + 0.15 * dpi


def test_a_value_between_dots_or_close_behind_a_few_stays_where_it_is() -> None:
    assert find_leaders(printed("Số người .......... 12 ..........")).led == ()
    assert find_leaders(printed("Số người: .......1240")).led == ()
    assert find_leaders(printed("Họ tên: .......... và địa chỉ nơi ở hiện nay")).led == ()


def test_the_dots_of_a_stamp_over_the_head_stay_and_those_of_a_form_below_do_not() -> None:
    stamp, field = "Số: ..........", "Số tờ bản đồ: ....."
    pixels = printed(stamp, *[""] * 14, field + "...").pixels
    found = find_leaders(Picture(pixels, 200.0))
    assert [row.dots for row in found.rows] == [8]
    assert found.rows[0].box.top > 0.5 * pixels.shape[0]


def test_dots_in_a_table_are_left_to_it() -> None:
    page = printed("Họ và tên: ....................")
    assert find_leaders(page, [PixelBox(0, 0, page.width, page.height)]).rows == ()


def test_a_page_without_letters_has_none() -> None:
    assert find_leaders(Picture(np.full((200, 200), 255, dtype=np.uint8), 200.0)).rows == ()
