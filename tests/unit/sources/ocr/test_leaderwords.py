"""Forms with dots to write on, read by Tesseract: what stands between the dots, and what stands upon them."""

import time

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.unit.sources.conftest import SENTENCES, SERIF, picture_of
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.engine.tesseract import Tesseract
from vnreport_ocr.sources.ocr.leaderwords import with_leaders, without_leaders
from vnreport_ocr.sources.ocr.page import ScanReading, read_scan
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.leaders import Leader, Leaders
from vnreport_ocr.sources.picture.prepare import prepare, turned
from vnreport_ocr.sources.picture.value import Picture, PixelBox

FIELDS = (
    ("Họ và tên: ", "Nguyễn Thị Lan"),
    ("Ngày sinh: ", "14/08/1983"),
    ("Diện tích: ", "1,75 ha"),
    ("Số tiền: ", "186.500.000 đồng"),
    ("Ghi chú: ", ""),
)


def form(upon: bool, dpi: int = 200) -> Picture:
    """A form with its values between the dots or upon a row that runs on under them."""
    font = ImageFont.truetype(str(SERIF), round(12 * dpi / 72))
    image = Image.new("L", (6 * dpi, 3 * dpi), 255)
    pen = ImageDraw.Draw(image)
    for number, (label, value) in enumerate(FIELDS):
        x, y = 0.5 * dpi, (0.4 + 0.45 * number) * dpi
        shown = label + "." * 45 if upon or not value else f"{label}......{value}............"
        pen.text((x, y), shown, font=font, fill=20)
        if upon:
            pen.text((x + font.getlength(label + "......"), y), value, font=font, fill=20)
    return Picture(np.asarray(image), float(dpi))


def read(picture: Picture) -> ScanReading:
    return read_scan(picture, Tesseract(), time.monotonic() + 120)


@pytest.mark.parametrize("dpi", [200, 300])
def test_values_between_dots_are_read_and_the_dots_stay(dpi: int) -> None:
    reading = read(form(upon=False, dpi=dpi))
    between = [f"{label}...... {value} ............" for label, value in FIELDS if value]
    assert [line.text for line in reading.lines] == [*between, "Ghi chú: " + "." * 45]
    assert "rows of dots" in " ".join(reading.notes)


def test_figures_upon_dots_are_doubted() -> None:
    reading = read(form(upon=True))
    tokens = [token for line in reading.lines for token in line.tokens if any(map(str.isdigit, token.text))]
    assert len(tokens) >= 3
    assert all(token.confidence is not None and token.confidence <= TUNING.look.open for token in tokens)
    assert "Nguyễn Thị Lan" in reading.lines[0].text


def test_a_form_on_its_head_has_its_dots_in_their_places() -> None:
    reading = read(turned(form(upon=False), 180))
    assert any("turned by 180 degrees" in note for note in reading.notes)
    assert reading.lines[2].text == "Diện tích: ...... 1,75 ha ............"


def test_a_page_without_leaders_is_read_as_it_is() -> None:
    prepared = prepare(picture_of(*SENTENCES), lambda _: None)
    laid, leaders = without_leaders(prepared, ())
    assert laid is prepared
    assert with_leaders((), leaders) == ()
    assert not any("rows of dots" in note for note in read(picture_of(*SENTENCES)).notes)


def test_dots_are_taken_out_of_a_coloured_page() -> None:
    pixels = np.repeat(form(upon=False).pixels[:, :, None], 3, axis=2)
    pixels[20:40, 20:60] = (20, 20, 220)
    assert any(line.text == "Diện tích: ...... 1,75 ha ............" for line in read(Picture(pixels, 200.0)).lines)


def test_a_page_number_stands_behind_the_dots_that_lead_to_it() -> None:
    title = ReadLine((ReadWord("Lý", PixelBox(0, 0, 30, 20), 0.9),))
    below = ReadLine((ReadWord("Kết", PixelBox(0, 25, 30, 45), 0.9),))
    number = ReadLine((ReadWord("12", PixelBox(610, 0, 640, 20), 0.9),))
    lines = with_leaders((title, below, number), Leaders((Leader(PixelBox(40, 17, 600, 20), 60),)))
    assert [one.text for one in lines] == ["Lý " + "." * 60 + " 12", "Kết"]


def test_a_page_with_few_dots_is_left_alone() -> None:
    pixels = form(upon=False).pixels.copy()
    pixels[round(0.8 * 200) :] = 255
    prepared = prepare(Picture(pixels, 200.0), lambda _: None)
    assert without_leaders(prepared, ())[0] is prepared


def test_a_row_beside_no_words_is_a_line_of_its_own() -> None:
    line = ReadLine((ReadWord("Lý", PixelBox(0, 0, 30, 20), 0.9),))
    rows = (Leader(PixelBox(40, 17, 200, 20), 12), Leader(PixelBox(0, 97, 200, 100), 20))
    lines = with_leaders((line,), Leaders(rows))
    assert [one.text for one in lines] == ["Lý " + "." * 12, "." * 20]


def word_upon(text: str) -> ReadWord:
    line = ReadLine((ReadWord(text, PixelBox(0, 0, 100, 20), 0.9),))
    row = Leader(PixelBox(0, 17, 200, 20), 20)
    return with_leaders((line,), Leaders((row,)))[0].words[0]


@pytest.mark.parametrize(
    ("text", "meant"), [("1,75.ha", "1,75 ha"), ("186.500.000.đồng", "186.500.000 đồng"), ("Văn.Bình", "Văn Bình")]
)
def test_dots_among_words_are_gaps_and_points_of_figures_stay(text: str, meant: str) -> None:
    word = word_upon(text)
    assert word.text == text
    assert word.mended is not None
    assert word.mended.text == meant


def test_a_number_with_points_is_left_as_it_is() -> None:
    word = word_upon("186.500.000")
    assert word.mended is None
    assert word.confidence <= TUNING.look.open
