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


def contents(dpi: int) -> Picture:
    """A table of contents whose page numbers are at the right edge, behind dots."""
    font = ImageFont.truetype(str(SERIF), round(12 * dpi / 72))
    image = Image.new("L", (7 * dpi, 3 * dpi), 255)
    pen = ImageDraw.Draw(image)
    for number, (title, page) in enumerate(CONTENTS):
        y, right = (0.4 + 0.4 * number) * dpi, 6.4 * dpi
        pen.text((0.5 * dpi, y), title, font=font, fill=20)
        pen.text((right - font.getlength(page), y), page, font=font, fill=20)
        begin, pitch = 0.5 * dpi + font.getlength(title), font.getlength(".")
        for dot in range(int((right - font.getlength(page) - begin) / pitch)):
            pen.text((begin + dot * pitch, y), ".", font=font, fill=20)
    return Picture(np.asarray(image), float(dpi))


CONTENTS = (
    ("Lời giới thiệu", "3"),
    ("1.1. Đất trồng lúa của các xã ven sông", "8"),
    ("1.2. Rừng phòng hộ", "17"),
    ("2. Kinh phí và nguồn vốn năm 2027", "104"),
)


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_page_numbers_of_a_table_of_contents_are_read_where_they_stand(dpi: int) -> None:
    reading = read(contents(dpi))
    assert [(line.tokens[0].text, line.tokens[-1].text) for line in reading.lines] == [
        (title.split()[0], page) for title, page in CONTENTS
    ]
    for line, (title, page) in zip(reading.lines, CONTENTS, strict=True):
        assert line.raw.replace(" .", " ").replace(".", "").split() == [*title.replace(".", "").split(), page]
        assert line.tokens[-1].box is not None
        assert line.tokens[-1].box.right > 6.3 * 72


def test_a_few_dots_below_the_head_are_taken_out() -> None:
    pixels = form(upon=False).pixels.copy()
    pixels[: round(1.7 * 200)] = 255
    _, leaders = without_leaders(prepare(Picture(pixels, 200.0), lambda _: None), ())
    assert sum(row.dots for row in leaders.rows) < 100
    assert any("Ghi chú: " + "." * 45 in line.text for line in read(Picture(pixels, 200.0)).lines)


@pytest.mark.parametrize("grain", [0, 25])
def test_dots_are_no_specks(grain: int) -> None:
    """A one-bit scan of 150 dpi, with and without dirt: a page number behind dots that went as dirt was not read."""
    pixels = (contents(150).pixels > 140).astype(np.uint8) * 255
    spots = np.random.default_rng(3)
    for row, column in zip(spots.integers(0, 50, grain * 10), spots.integers(0, 1000, grain * 10), strict=True):
        pixels[row : row + 2, column : column + 2] = 0
    reading = read(Picture(pixels, 150.0))
    ends = [line.raw.split()[-1] for line in reading.lines if "..." in line.raw]
    assert ends == [page for _, page in CONTENTS]


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


def test_squares_of_a_form_are_signs_before_their_labels() -> None:
    font = ImageFont.truetype(str(SERIF), 33)
    image = Image.new("L", (1300, 500), 255)
    pen = ImageDraw.Draw(image)
    for number, (label, crossed) in enumerate((("Nhận tại nhà", False), ("Nhận tại bưu cục", True))):
        top = 80 + 120 * number
        pen.rectangle((100, top + 6, 131, top + 37), outline=20, width=2)
        if crossed:
            pen.line((106, top + 12, 125, top + 31), fill=20, width=4)
            pen.line((125, top + 12, 106, top + 31), fill=20, width=4)
        pen.text((150, top), label, font=font, fill=20)
    reading = read_scan(Picture(np.asarray(image), 200.0), Tesseract(), time.monotonic() + 60)
    assert [line.text for line in reading.lines] == [
        "\N{BALLOT BOX} Nhận tại nhà",
        "\N{BALLOT BOX WITH X} Nhận tại bưu cục",
    ]
