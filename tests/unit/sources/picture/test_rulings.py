import time
from itertools import pairwise

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.unit.sources.conftest import SERIF
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.engine.tesseract import Tesseract
from vnreport_ocr.sources.ocr.cells import Readers, read_cells, table_of, without_tables
from vnreport_ocr.sources.ocr.figures import better_figure, doubtful_figures, is_figure
from vnreport_ocr.sources.ocr.page import EngineSession
from vnreport_ocr.sources.ocr.shapes import open_shapes
from vnreport_ocr.sources.picture.rulings import Place, find_grids
from vnreport_ocr.sources.picture.value import Picture, PixelBox

ROWS = (
    ("TT", "Chỉ tiêu", "Năm 2021", "Năm 2022"),
    ("1", "Sản lượng lúa cả năm", "1.844.154", "651.524"),
    ("2", "Tỷ lệ che phủ rừng", "42,72", "73,96"),
    ("3", "Số xã đạt chuẩn", "26", "134"),
)
EDGES_X = (40, 120, 620, 860, 1100)
EDGES_Y = (40, 110, 180, 250, 320)


def ruled(dpi: int = 200, skip: tuple[tuple[int, int, int, int], ...] = ()) -> Picture:
    """The table, drawn; ``skip`` are lines left out."""
    image = Image.new("L", (1150, 360), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(SERIF), 34)
    for x in EDGES_X:
        for top, bottom in pairwise(EDGES_Y):
            if (x, top, x, bottom) not in skip:
                draw.line((x, top, x, bottom), fill=0, width=2)
    for y in EDGES_Y:
        for left, right in pairwise(EDGES_X):
            if (left, y, right, y) not in skip:
                draw.line((left, y, right, y), fill=0, width=2)
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            draw.text((EDGES_X[c] + 14, EDGES_Y[r] + 14), text, font=font, fill=0)
    return Picture(np.asarray(image), float(dpi))


def word(text: str, confidence: float = 0.95) -> tuple[ReadLine, ...]:
    return (ReadLine((ReadWord(text, PixelBox(0, 0, 10, 10), confidence),)),) if text else ()


def place(row: int, column: int) -> Place:
    return Place(row, column, 1, 1, PixelBox(0, 0, 1, 1))


def test_rows_and_columns_are_found() -> None:
    (grid,) = find_grids(ruled().pixels, 200)
    assert len(grid.places) == 16
    assert [p.box.left for p in grid.places[:4]] == pytest.approx(EDGES_X[:4], abs=3)


def test_missing_rulings_make_spans() -> None:
    (grid,) = find_grids(ruled(skip=((120, 40, 120, 110), (40, 180, 120, 180))).pixels, 200)
    spans = {(p.row, p.column): (p.row_span, p.column_span) for p in grid.places}
    assert spans[0, 0] == (1, 2)
    assert spans[1, 0] == (2, 1)


def test_a_frame_or_a_page_of_text_is_no_table() -> None:
    image = Image.new("L", (800, 400), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((50, 50, 500, 200), outline=0, width=3)
    draw.line((50, 300, 700, 300), fill=0, width=2)
    assert find_grids(np.asarray(image), 200) == []


def test_tables_under_each_other_inside_a_frame_are_found_apart() -> None:
    table = ruled().pixels
    page = np.full((2 * table.shape[0] + 60, table.shape[1] + 60), 255, dtype=np.uint8)
    for top in (30, 30 + table.shape[0]):
        page[top : top + table.shape[0], 30 : 30 + table.shape[1]] = table
    page[8:11, 8:-8] = page[-11:-8, 8:-8] = 0
    page[8:-8, 8:11] = page[8:-8, -11:-8] = 0
    first, second = find_grids(page, 200)
    assert (len(first.places), len(second.places)) == (16, 16)
    assert second.box.top - first.box.top == pytest.approx(table.shape[0], abs=3)


def test_cells_are_read_one_by_one() -> None:
    picture = ruled()
    (grid,) = find_grids(picture.pixels, 200)
    session = EngineSession(Tesseract(), time.monotonic() + 60)
    cells, _ = read_cells(picture, grid, session.cell_readers())
    table = table_of(cells, grid, 0.36, 0)
    assert [tuple(row) for row in table.rows()] == list(ROWS)
    box = table.cells[5].lines[0].tokens[0].box
    assert box is not None
    assert 120 * 0.36 < box.left < 160 * 0.36


def test_the_rest_is_read_without_the_table() -> None:
    picture = ruled()
    assert int(without_tables(picture, find_grids(picture.pixels, 200)).pixels.min()) == 255


@pytest.mark.parametrize("text", ["12", "1.844.154", "42,72", "-3,5", "(120)", "5%", "2021"])
def test_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "So,41", "12 xã", "1.84.154,", "x", "3/12"])
def test_no_figures(text: str) -> None:
    assert not is_figure(text)


def test_doubtful_cells_stand_in_columns_of_figures() -> None:
    columns = (("Năm", "12", "So,41", "", "17"), ("Đơn vị", "Tấn", "Xã", "%", "Ha"))
    cells = {place(r, c): word(text) for c, column in enumerate(columns) for r, text in enumerate(column)}
    assert [(p.row, p.column) for p in doubtful_figures(cells)] == [(2, 0), (3, 0)]


def test_another_reading_of_a_figure_is_taken_with_a_doubt() -> None:
    (line,), _ = better_figure(word("So,41"), word("55,41"))
    assert line.text == "55,41"
    assert line.words[0].confidence <= 0.85
    assert line.words[0].alternatives[0][0] == "So,41"


def test_a_figure_never_loses_digits_to_another_reading() -> None:
    (line,), _ = better_figure(word("73,96", 0.7), word("73", 0.99))
    assert line.text == "73,96"
    assert line.words[0].confidence <= 0.6


def test_a_figure_that_lost_a_digit_to_a_speck_is_not_made_up() -> None:
    (line,), _ = better_figure(word("?03.791"), word("03.791"))
    assert line.text == "?03.791"


@pytest.mark.parametrize("read", ['18,84"', ":18,84", "„18,84", "`18,84`"])
def test_strokes_around_a_figure_are_no_part_of_it(read: str) -> None:
    (line,), _ = better_figure(word(read), ())
    assert line.text == "18,84"
    assert line.words[0].confidence < 0.95


def test_signs_around_a_figure_are_on_record_and_its_own_stay() -> None:
    one, sign = word("18,84")[0].words[0], word("%")[0].words[0]
    dirty = (ReadLine((sign._replace(text="|"), one)),)
    (line,), scraps = better_figure(dirty, ())
    assert (line.text, [scrap.word.text for scrap in scraps]) == ("18,84", ["|"])
    (line,), scraps = better_figure((ReadLine((one, sign)),), ())
    assert (line.text, scraps) == ("18,84 %", ())


def test_a_cell_with_a_single_small_figure_is_not_lost() -> None:
    image = Image.new("L", (600, 300), 255)
    draw = ImageDraw.Draw(image)
    for x in (20, 120, 580):
        draw.line((x, 20, x, 260), fill=0, width=2)
    for y in (20, 100, 180, 260):
        draw.line((20, y, 580, y), fill=0, width=2)
    font = ImageFont.truetype(str(SERIF), 34)
    for row, (number, name) in enumerate((("TT", "Đơn vị"), ("5", "Sở Y tế"), ("7", "Sở Nội vụ"))):
        draw.text((50, 36 + 80 * row), number, font=font, fill=0)
        draw.text((140, 36 + 80 * row), name, font=font, fill=0)
    picture = Picture(np.asarray(image), 200.0)
    (grid,) = find_grids(picture.pixels, 200)
    cells, _ = read_cells(picture, grid, EngineSession(Tesseract(), time.monotonic() + 60).cell_readers())
    assert table_of(cells, grid, 1, 0).rows() == [["TT", "Đơn vị"], ["5", "Sở Y tế"], ["7", "Sở Nội vụ"]]


def test_agreeing_readings_stay_as_sure_as_they_were() -> None:
    (line,), _ = better_figure(word("73,96", 0.9), word("73,96", 0.9))
    assert line.words[0].confidence == 0.9


def small_marks(picture: Picture) -> int:
    """How many marks smaller than a full stop are shown to the engine when the cells are read."""
    (grid,) = find_grids(picture.pixels, 200)
    shown: list[Picture] = []

    def look(part: Picture) -> tuple[ReadLine, ...]:
        shown.append(part)
        return ()

    read_cells(picture, grid, Readers(look, look, look, look, open_shapes()))
    areas = cv2.connectedComponentsWithStats((shown[0].pixels < 128).astype(np.uint8))[2][1:, cv2.CC_STAT_AREA]
    return int((areas <= 9).sum())


def test_specks_beside_rulings_are_taken_out_of_cells() -> None:
    pixels = ruled().pixels.copy()
    for x in EDGES_X[1:]:
        for y in range(EDGES_Y[0] + 12, EDGES_Y[-1] - 12, 7):
            pixels[y : y + 3, x - 15 : x - 12] = 0
    assert small_marks(Picture(pixels, 200.0)) <= small_marks(ruled()) + 5


def test_a_doubtful_word_of_a_cell_is_looked_at_again() -> None:
    picture = ruled()
    (grid,) = find_grids(picture.pixels, 200)
    session = EngineSession(Tesseract(), time.monotonic() + 60)
    readers = session.cell_readers()
    readings = 0

    def spoilt(part: Picture) -> tuple[ReadLine, ...]:
        nonlocal readings
        readings += 1
        lines = readers.text(part)
        if readings > 1:
            return lines
        return tuple(ReadLine(tuple(_spoilt(w) for w in one.words), one.block, one.paragraph) for one in lines)

    cells, _ = read_cells(picture, grid, readers._replace(text=spoilt))
    texts = {(p.row, p.column): " ".join(one.text for one in lines) for p, lines in cells.items()}
    assert texts[1, 1] == ROWS[1][1]
    assert texts[1, 2] == ROWS[1][2]


def _spoilt(one: ReadWord) -> ReadWord:
    return one._replace(text="lua", confidence=0.4) if one.text == "lúa" else one


def test_a_letter_as_high_as_its_row_is_no_ruling() -> None:
    image = Image.new("L", (700, 340), 255)
    draw = ImageDraw.Draw(image)
    for x in (20, 120, 680):
        draw.line((x, 20, x, 260), fill=0, width=2)
    for y in (20, 74, 140, 200, 260):
        draw.line((20, y, 680, y), fill=0, width=2)
    draw.text((30, 30), "TT", font=(font := ImageFont.truetype(str(SERIF), 34)), fill=0)
    draw.text((300, 30), "VỊ TR", font=font, fill=0)
    stem = round(300 + draw.textlength("VỊ TR", font=font)) + 3
    draw.line((stem, 22, stem, 72), fill=0, width=4)
    draw.text((stem + 4, 30), ", VIỆC", font=font, fill=0)
    (grid,) = find_grids(np.asarray(image), 200)
    assert {place.column for place in grid.places} == {0, 1}


def test_a_column_of_one_row_is_one_where_nothing_is_printed_close_to_its_ruling() -> None:
    image = Image.new("L", (700, 340), 255)
    draw = ImageDraw.Draw(image)
    for x, bottom in ((20, 260), (120, 260), (400, 74), (680, 260)):
        draw.line((x, 20, x, bottom), fill=0, width=2)
    for y in (20, 74, 140, 200, 260):
        draw.line((20, y, 680, y), fill=0, width=2)
    font = ImageFont.truetype(str(SERIF), 30)
    draw.text((140, 28), "Họ và tên", font=font, fill=0)
    draw.text((416, 28), "Ghi chú", font=font, fill=0)
    (grid,) = find_grids(np.asarray(image), 200)
    assert {place.column for place in grid.places if place.row == 0} == {0, 1, 2}


def test_a_black_stamp_over_a_corner_makes_no_row_and_no_column() -> None:
    drawn = Image.fromarray(ruled(skip=((120, 40, 120, 110),)).pixels)
    canvas = Image.new("L", (drawn.width + 100, drawn.height + 100), 255)
    canvas.paste(drawn, (100, 100))
    pen = ImageDraw.Draw(canvas)
    pen.ellipse((70, 40, 230, 200), outline=0, width=4)
    pen.ellipse((82, 52, 218, 188), outline=0, width=3)
    (grid,) = find_grids(np.asarray(canvas), 200)
    assert max(place.row for place in grid.places) == 3
    assert max(place.column for place in grid.places) == 3
    assert grid.box.top == pytest.approx(140, abs=4)


def test_an_open_table_keeps_its_outer_columns() -> None:
    sides = tuple((x, top, x, bottom) for x in (40, 1100) for top, bottom in pairwise(EDGES_Y))
    (grid,) = find_grids(ruled(skip=sides).pixels, 200)
    assert max(place.column for place in grid.places) == 3


def chart() -> Picture:
    """Bars of several heights over ruled paper, a figure on each, names below."""
    image = Image.new("L", (1150, 560), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(SERIF), 26)
    for y in (100, 200, 300, 400):
        draw.line((60, y, 1100, y), fill=120, width=2)
    draw.line((60, 60, 60, 500), fill=0, width=3)
    draw.line((60, 500, 1100, 500), fill=0, width=3)
    for number, high in enumerate((340, 250, 410, 160, 300, 90)):
        left = 120 + 160 * number
        draw.rectangle((left, 500 - high, left + 90, 500), fill=90, outline=0)
        draw.text((left + 14, 500 - high - 34), f"{high / 10:.1f}", font=font, fill=0)
        draw.text((left + 20, 510), "Lúa", font=font, fill=0)
    return Picture(np.asarray(image), 200.0)


def test_a_chart_is_no_table() -> None:
    assert find_grids(chart().pixels, 200) == []


def test_a_table_with_a_head_or_named_rows_and_nothing_else_is_one() -> None:
    for kept in ((40, 40, 1100, 110), (40, 40, 120, 320), (120, 40, 620, 320)):
        pixels = ruled().pixels.copy()
        empty = ruled().pixels.copy()
        for top, bottom in pairwise(EDGES_Y):
            for left, right in pairwise(EDGES_X):
                empty[top + 4 : bottom - 3, left + 4 : right - 3] = 255
        left, top, right, bottom = kept
        empty[top:bottom, left:right] = pixels[top:bottom, left:right]
        (grid,) = find_grids(empty, 200)
        assert len(grid.places) == 16
