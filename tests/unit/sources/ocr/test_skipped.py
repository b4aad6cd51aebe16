from time import monotonic

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.unit.sources.conftest import SERIF
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.engine.tesseract import Tesseract
from vnreport_ocr.sources.ocr.page import EngineSession
from vnreport_ocr.sources.ocr.skipped import read_skipped, skipped_rows
from vnreport_ocr.sources.picture.value import Picture, PixelBox

FIRST = PixelBox(100, 100, 1100, 150)


def page(second: str = "TRƯỞNG PHÒNG") -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A page with a line of text and a short one."""
    image = Image.new("L", (1300, 700), 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(SERIF), 40)
    pen.text((100, 100), "Các thôn báo cáo kết quả trước ngày mồng mười", font=font, fill=0)
    pen.text((700, 400), second, font=font, fill=0)
    return image, pen


def picture(image: Image.Image) -> Picture:
    return Picture(np.asarray(image), 200.0)


def test_a_line_that_no_word_covers_is_read() -> None:
    image, _ = page()
    known = [ReadLine((ReadWord("Các", FIRST, 0.95),))]
    session = EngineSession(Tesseract(), monotonic() + 120)
    (line,) = read_skipped(picture(image), known, session.reader("block"))
    assert line.text.split()[-1] == "PHÒNG"
    assert line.text.startswith("TRƯ")
    assert line.box.left == pytest.approx(700, abs=12)


def test_nothing_is_read_again_where_words_cover_all() -> None:
    image, _ = page()
    assert skipped_rows(picture(image), [FIRST, PixelBox(690, 390, 1200, 460)]) == []


def test_letters_in_a_seal_are_no_line() -> None:
    image, pen = page("")
    font = ImageFont.truetype(str(SERIF), 34)
    pen.text((720, 400), "SỞ Y TẾ", font=font, fill=0)
    pen.ellipse((680, 330, 890, 540), outline=0, width=6)
    pen.ellipse((705, 375, 870, 470), outline=0, width=4)
    assert skipped_rows(picture(image), [FIRST]) == []


def test_a_drawing_of_many_marks_is_none() -> None:
    image, pen = page("")
    for row in range(220, 680, 60):
        for column in range(120, 700, 40):
            pen.rectangle((column, row, column + 18, row + 26), fill=0)
    assert skipped_rows(picture(image), [FIRST]) == []


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("second", ["Số: 47/BB-BQL", "Độc lập - Tự do - Hạnh phúc"])
def test_a_line_close_to_a_rule_is_read_though_tails_hang_under_it(second: str, dpi: int) -> None:
    """The number and the motto of a letterhead: symbols are no syllables, and rules are drawn close above or below."""
    image = Image.new("L", (7 * dpi, 3 * dpi), 255)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(SERIF), round(13 * dpi / 72))
    pen.text((2 * dpi, dpi), second, font=font, fill=0)
    left, top, right, bottom = pen.textbbox((2 * dpi, dpi), second, font=font)
    for line in (top - 0.03 * dpi, bottom + 0.01 * dpi):
        pen.line((left + 0.2 * dpi, line, right - 0.2 * dpi, line), fill=0, width=max(1, dpi // 100))
    session = EngineSession(Tesseract(), monotonic() + 120)
    found = read_skipped(Picture(np.asarray(image), float(dpi)), [], session.reader("block"))
    assert [line.text for line in found] == [second]


def test_letters_that_are_neither_words_nor_the_number_of_a_document_are_left() -> None:
    image, _ = page("XKQW BZPT TRKL")
    session = EngineSession(Tesseract(), monotonic() + 120)
    assert read_skipped(picture(image), [ReadLine((ReadWord("Các", FIRST, 0.95),))], session.reader("block")) == []
