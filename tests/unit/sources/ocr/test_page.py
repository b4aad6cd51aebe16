import time

import cv2
import numpy as np
import pytest
from PIL import ImageDraw, ImageFont

from tests.unit.sources.conftest import (
    SENTENCES,
    SERIF,
    Crashing,
    FakeEngine,
    Garbled,
    Slow,
    as_image,
    picture_of,
)
from tests.unit.sources.picture.test_rulings import ROWS, ruled
from vnreport_ocr.errors import EngineError, EngineKilledError, EngineTimeoutError
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord, Request
from vnreport_ocr.sources.engine.tesseract import Tesseract
from vnreport_ocr.sources.ocr.alarm import MISSED, missed_share
from vnreport_ocr.sources.ocr.lines import without_stray_signs
from vnreport_ocr.sources.ocr.page import _grids, read_scan
from vnreport_ocr.sources.ocr.redink import as_name, is_believed, is_sure, put_in, read_red, red_regions
from vnreport_ocr.sources.ocr.vote import WordIndex, vote
from vnreport_ocr.sources.picture.prepare import turned
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Turn

PAGE = picture_of(*SENTENCES)


def soon(seconds: float = 60) -> float:
    return time.monotonic() + seconds


def line(*words: tuple[str, float], top: float = 0) -> ReadLine:
    return ReadLine(
        tuple(
            ReadWord(text, PixelBox(60 * i, top, 60 * i + 50, top + 20), sure) for i, (text, sure) in enumerate(words)
        )
    )


def test_a_page_is_read_and_placed_in_points() -> None:
    reading = read_scan(PAGE, Tesseract(), soon())
    assert [found.raw for found in reading.lines] == list(SENTENCES)
    assert reading.size == pytest.approx((5.6 * 72, 1.8 * 72), abs=0.5)
    box = reading.lines[0].tokens[0].box
    assert box is not None
    assert 12 < box.left < 24
    assert reading.quality > 0.9
    assert reading.notes == ("read by tesseract -l vie at 200 dpi",)


def test_a_page_on_its_head_is_turned() -> None:
    upside_down = turned(picture_of(*(SENTENCES * 4), size=(5.6, 6)), 180)
    reading = read_scan(upside_down, Tesseract(), soon())
    assert reading.lines[0].raw == SENTENCES[0]
    assert any("turned by 180 degrees" in note for note in reading.notes)


def test_a_ruled_page_on_its_head_is_turned() -> None:
    reading = read_scan(turned(ruled(), 180), Tesseract(), soon())
    assert [tuple(row) for row in reading.tables[0].rows()] == list(ROWS)
    assert reading.posture.turn == 180
    assert any("turned by 180 degrees" in note for note in reading.notes)


def test_tables_are_read_cell_by_cell_beside_the_text() -> None:
    image = as_image(picture_of(SENTENCES[0], size=(5.75, 3.2)))
    image.paste(as_image(ruled()), (0, 160))
    font = ImageFont.truetype(str(SERIF), 36)
    ImageDraw.Draw(image).text((50, 560), SENTENCES[2], font=font, fill=0)
    reading = read_scan(Picture(np.asarray(image), 200.0), Tesseract(), soon())
    assert [tuple(row) for row in reading.tables[0].rows()] == list(ROWS)
    assert [found.raw for found in reading.lines] == [SENTENCES[0], SENTENCES[2]]
    assert reading.tables[0].before_line == 1


def test_a_name_stamped_in_red_under_blue_strokes_is_read() -> None:
    image = as_image(picture_of(*SENTENCES[:2], size=(5.6, 3))).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.text((500, 380), "Trần Thị Hoa", font=ImageFont.truetype(str(SERIF), 42), fill=(214, 40, 50))
    for offset in (40, 150, 260):
        draw.line((480 + offset, 450, 540 + offset, 370), fill=(60, 60, 200), width=4)
    reading = read_scan(Picture(np.asarray(image), 200.0), Tesseract(), soon())
    assert reading.lines[-1].raw == "Trần Thị Hoa"
    assert any("red ink" in note for note in reading.notes)


@pytest.mark.parametrize(("engine", "error"), [(Crashing(), EngineKilledError), (Garbled(), EngineError)])
def test_errors_of_the_engine_come_through(engine: FakeEngine, error: type[EngineError]) -> None:
    with pytest.raises(error):
        read_scan(PAGE, engine, soon())


def test_the_page_has_one_deadline_for_all_its_readings() -> None:
    with pytest.raises(EngineTimeoutError):
        read_scan(PAGE, Slow(), soon(2))
    with pytest.raises(EngineTimeoutError, match="longer than allowed"):
        read_scan(PAGE, FakeEngine("một"), soon(-1))


def test_an_empty_page_gives_no_lines() -> None:
    reading = read_scan(picture_of(), FakeEngine(), soon())
    assert (reading.lines, reading.quality) == ((), 0.0)


def test_scraps_are_left_out() -> None:
    class Scrappy(FakeEngine):
        def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
            return (line(("|", 0.2), ("_Sở", 0.9), ("Nội|", 0.9)), line(("——", 0.9), top=60), line(("x%", 0.1), top=99))

    reading = read_scan(picture_of(), Scrappy(), soon())
    assert [found.raw for found in reading.lines] == ["Sở Nội"]
    assert "3 scraps that are no writing were left out" in reading.notes
    assert [(words.text, words.confidence) for words in reading.left_out] == [("|", 0.2), ("——", 0.9), ("x%", 0.1)]
    assert all(words.reason and words.box for words in reading.left_out)


def test_letters_that_were_not_read_raise_an_alarm() -> None:
    lines = Tesseract().read(PAGE, Request())
    assert missed_share(PAGE, lines) < 0.1
    assert missed_share(PAGE, lines[:2]) > MISSED
    assert missed_share(picture_of(), ()) == 0


def test_a_page_that_was_half_read_is_read_another_way() -> None:
    class HalfBlind(FakeEngine):
        def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
            lines = Tesseract().read(picture, request)
            return lines[:1] if request.layout == "page" else lines

        def orientation(self, picture: Picture, timeout: float) -> Turn | None:
            return None

    reading = read_scan(PAGE, HalfBlind(), soon())
    assert len(reading.lines) == len(SENTENCES)
    assert any(note.startswith("read again as column") for note in reading.notes)


def test_the_surer_word_wins_and_the_other_stays_known() -> None:
    first = (line(("tố", 0.5), ("chức", 0.96), ("cơ", 0.9)),)
    second = (line(("tổ", 0.9), ("chúc", 0.6), ("cơ", 0.9)),)
    (agreed,), won = vote(first, WordIndex(second))
    assert (agreed.text, won) == ("tổ chức cơ", 1)
    assert dict(agreed.words[0].alternatives)["tố"] < 1
    assert agreed.words[1].confidence <= 0.9
    assert agreed.words[2] == first[0].words[2]


def test_a_word_that_another_reading_has_whole_never_stands_twice() -> None:
    torn = line(("31,", 0.6), ("4", 0.5), ("tấn", 0.9))
    whole = ReadWord("31,4", PixelBox(0, 0, 110, 20), 0.9)
    part = ReadWord("3", whole.box, 0.95)
    kept, won = vote([torn], WordIndex([ReadLine((part,))]))
    assert (kept[0].text, won) == ("31, 4 tấn", 0)
    assert [word.confidence < 0.6 for word in kept[0].words] == [True, True, False]
    words = line(("cán", 0.6), ("bộ", 0.5))
    assert vote([words], WordIndex([ReadLine((whole._replace(text="Cánbộ"),))])) == ((words,), 0)


def test_readings_at_another_size_are_laid_over_each_other() -> None:
    second = (ReadLine((ReadWord("tổ", PixelBox(0, 0, 100, 40), 0.9),)),)
    (agreed,), _ = vote((line(("tố", 0.5)),), WordIndex(second, 0.5))
    assert agreed.text == "tổ"


def test_only_sure_syllables_are_believed_among_stamps() -> None:
    assert is_sure(line(("Hà", 0.9), ("Văn", 0.95), ("Phúc", 0.9)).words)
    assert not is_sure(line(("SYT", 0.95), ("TÊZ", 0.9)).words)
    assert not is_sure(line(("Hà", 0.9), ("Văn", 0.5)).words)
    weak = line((".Sùng", 0.7), ("Mí", 0.85), ("Páo", 0.92)).words
    assert is_believed(weak)
    assert [(word.text, word.confidence) for word in as_name(weak)] == [("Sùng", 0.7), ("Mí", 0.7), ("Páo", 0.7)]
    assert is_believed(line(("Y", 0.92), ("Phi", 0.93), ("Kbuôr", 0.91)).words)
    assert not is_believed(line(("C", 0.9), ("VĂN", 0.9)).words)
    assert not is_believed(line(("Mai", 0.2), ("Văn", 0.9), ("Minh", 0.9)).words)
    assert not is_sure(line(("Hà", 0.95)).words)


def test_bits_of_a_seal_at_the_ends_of_a_name_are_left_out() -> None:
    def read(_: Picture) -> tuple[ReadLine, ...]:
        return (line(("SẦN", 0.0), ("Đinh", 0.4), ("Thị", 0.95), ("Mận", 0.9), ("ĩ", 0.02)),)

    page = Picture(np.full((200, 900, 3), 255, np.uint8), 200)
    found = read_red(page, PixelBox(0, 0, 900, 200), [lambda pixels: pixels], [read])
    assert [made.text for made in found] == ["Đinh Thị Mận"]


def test_a_name_among_stamps_may_have_a_rank_before_it_that_the_seal_covers() -> None:
    read = line(("__ThS.BS.", 0.3), ("Quách", 0.9), ("Thu", 0.92), ("Hiền", 0.95)).words
    assert is_believed(read)
    assert [word.text for word in as_name(read)] == ["ThS.BS.", "Quách", "Thu", "Hiền"]
    assert not is_believed(read[:2])
    assert not is_believed(line(("ThS.BS.", 0.9), ("TẾ", 0.9), ("x", 0.92)).words)


def test_words_found_in_red_replace_worse_ones_and_join_their_row() -> None:
    page = (line(("HÓ", 0.3), ("GIÁM", 0.9), ("ĐỐC", 0.9)),)
    found = line(("PHÓ", 0.9), ("GIÁM", 0.9), ("ĐỐC", 0.9))
    lines, gained, replaced = put_in(page, [found])
    assert (lines[0].text, gained) == ("PHÓ GIÁM ĐỐC", 1)
    assert [(scrap.word.text, "red ink" in scrap.reason) for scrap in replaced] == [("HÓ", True)]
    lines, gained, replaced = put_in(page, [line(("Trần", 0.9), ("An", 0.9), top=200)])
    assert [part.text for part in lines] == ["HÓ GIÁM ĐỐC", "Trần An"]


def test_a_page_that_is_red_all_over_has_no_stamps() -> None:
    pixels = np.zeros((300, 300, 3), np.uint8)
    pixels[:, :, 0] = 220
    assert red_regions(Picture(pixels, 100.0)) == []


@pytest.mark.parametrize("shape", [(1, 1), (3, 2), (2, 400), (400, 3), (40, 40, 3), (1, 1, 3)])
@pytest.mark.parametrize("dpi", [72.0, 100.0, 150.0, 300.0])
@pytest.mark.parametrize("value", [0, 120, 255])
def test_no_picture_is_too_small_or_too_plain(shape: tuple[int, ...], dpi: float, value: int) -> None:
    reading = read_scan(Picture(np.full(shape, value, np.uint8), dpi), FakeEngine(), soon())
    assert reading.lines == ()


def test_noise_is_survived() -> None:
    pixels = np.random.default_rng(3).integers(0, 255, (220, 300, 3), dtype=np.uint8)
    for dpi in (100.0, 150.0, 300.0):
        assert read_scan(Picture(pixels, dpi), FakeEngine("một hai"), soon()).lines


def test_a_red_seal_over_a_table_makes_no_column() -> None:
    pixels = np.full((900, 1200, 3), 255, np.uint8)
    for x in (100, 400, 700, 1000):
        cv2.line(pixels, (x, 100), (x, 700), (0, 0, 0), 3)
    for y in range(100, 701, 75):
        cv2.line(pixels, (100, y), (1000, y), (0, 0, 0), 3)
    clean = _grids(Picture(pixels.copy(), 200.0), 0.0)
    ink = np.full_like(pixels, 255)
    cv2.rectangle(ink, (500, 140), (640, 640), (196, 38, 48), 6)
    pixels = np.asarray(pixels * (ink / 255.0), dtype=np.uint8)  # black lines stay black under red ink
    sealed = _grids(Picture(pixels, 200.0), 0.01)
    assert [len(grid.places) for grid in clean] == [24]
    assert [grid.places for grid in sealed] == [grid.places for grid in clean]
    assert [len(grid.places) for grid in _grids(Picture(pixels, 200.0), 0.0)] != [24]


@pytest.mark.parametrize(("wide", "kept"), [(6, "Căn cứ"), (60, "_ Căn cứ")])
def test_a_short_low_stroke_before_a_line_is_no_print(wide: float, kept: str) -> None:
    stroke = ReadWord("_", PixelBox(0, 18, wide, 20), 0.5)
    words = (ReadWord("Căn", PixelBox(70, 0, 110, 20), 0.95), ReadWord("cứ", PixelBox(118, 0, 150, 20), 0.95))
    (left,), scraps = without_stray_signs((ReadLine((stroke._replace(box=PixelBox(62 - wide, 18, 62, 20)), *words)),))
    assert left.text == kept
    assert [scrap.word.text for scrap in scraps] == ([] if kept.startswith("_") else ["_"])
