"""Words the engine doubts are looked at again: what a second look may change, and what it may not."""

import time

import pytest

from tests.unit.sources.conftest import SENTENCES, FakeEngine, picture_of
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord, Request
from vnreport_ocr.sources.engine.tesseract import Tesseract
from vnreport_ocr.sources.ocr.page import read_scan
from vnreport_ocr.sources.ocr.secondlook import is_oddly_cased, look_again, may_replace
from vnreport_ocr.sources.picture.value import Picture, PixelBox

PAGE = picture_of(*SENTENCES)


def line(*words: tuple[str, float], alternatives: tuple[tuple[str, float], ...] = ()) -> ReadLine:
    return ReadLine(
        tuple(
            ReadWord(text, PixelBox(100 * i, 40, 100 * i + 90, 70), sure, alternatives)
            for i, (text, sure) in enumerate(words)
        )
    )


class Reads:
    """Reads the same on every sheet, at the place of the first word, and remembers what it was shown."""

    def __init__(self, text: str, confidence: float, wide: float = 90.0) -> None:
        self.answer = (text, confidence, wide)
        self.shown: list[Picture] = []

    def __call__(self, picture: Picture) -> tuple[ReadLine, ...]:
        self.shown.append(picture)
        factor = picture.dpi / PAGE.dpi
        text, confidence, wide = self.answer
        # The margin of a sheet is a fifth of an inch.
        box = PixelBox(*(edge * factor for edge in (40, 45, 40 + wide, 73)))
        return (ReadLine((ReadWord(text, box, confidence),)),)


def test_sure_words_are_not_looked_at() -> None:
    reads = Reads("gì", 1.0)
    lines = (line(("Ủy", 0.95), ("ban", 0.9), ("——", 0.2)),)
    assert look_again(PAGE, lines, reads) == (lines, 0, 0)
    assert reads.shown == []


def test_a_surer_second_look_wins_and_the_first_stays_as_an_alternative() -> None:
    lines, looked, replaced = look_again(PAGE, (line(("tô", 0.7), ("chức", 0.95)),), Reads("tổ", 0.95))
    word = lines[0].words[0]
    assert (looked, replaced, word.text, lines[0].words[1].text) == (1, 1, "tổ", "chức")
    assert word.confidence < 0.75
    assert word.alternatives[0][0] == "tô"
    assert word.box == PixelBox(0, 40, 90, 70)


def test_a_look_that_is_no_surer_stays_an_alternative() -> None:
    lines, looked, replaced = look_again(PAGE, (line(("tổ", 0.7), ("chức", 0.95)),), Reads("tố", 0.71))
    assert (looked, replaced, lines[0].words[0].text) == (1, 0, "tổ")
    assert "tố" in dict(lines[0].words[0].alternatives)


def test_neighbours_are_shown_and_far_words_are_not() -> None:
    reads = Reads("xã", 0.1)
    words = [(text, 0.95) for text in ("một", "hai", "ba", "bốn", "năm")]
    words[0] = ("một", 0.5)
    look_again(PAGE, (line(*words),), reads)
    sheet = reads.shown[0]
    assert sheet.dpi == 250
    assert 190 < sheet.width / 1.25 - 80 < 215  # two words of 90 pixels, the gap between them, and a little room


def test_a_word_that_covers_two_words_replaces_neither() -> None:
    lines = (line(("Y", 0.95), ("TẾ", 0.5)),)
    assert look_again(PAGE, lines, Reads("YTẾ", 0.95, wide=190))[0] == lines


def test_a_number_read_otherwise_is_kept_and_left_to_a_person() -> None:
    lines, _, replaced = look_again(PAGE, (line(("2019", 0.85), ("và", 0.95)),), Reads("2010", 0.99))
    assert (replaced, lines[0].words[0].text) == (0, "2019")
    assert lines[0].words[0].confidence < 0.6


@pytest.mark.parametrize(
    ("first", "second", "may"),
    [
        ("tô", "tổ", True),
        ("2l", "21", True),
        ("175QĐ-UBND", "175/QĐ-UBND", True),
        ("30/NQ-T'W", "30/NQ-TW", True),
        ("155", "156", False),
        ("155", "15", False),
        ("2021.", "2021,", True),
        ("12,5", "125", False),
        ("1.250", "1,250", False),
        ("15,3%", "15,3%.", True),
        ("(15,3)", "15,3", False),
        ("83,96", "-83,96", False),
        ("1.", "I.", False),
        ("XII)", "XI)", False),
        ("474/KH", "4742/KH", True),
        ("474/KH", "412/KH", False),
        ("tháng", ".tháng", False),
        ("zăng", "2ăng", False),
        ("CKI.", "CK1.", True),
    ],
)
def test_what_a_second_look_may_change(first: str, second: str, may: bool) -> None:
    assert may_replace(first, second) is may


@pytest.mark.parametrize(
    ("text", "odd"),
    [("gửI", True), ("SỐ", True), ("sỐ", True), ("Số", False), ("UBND", False), ("QĐ-UBND", False), ("HĐND", False)],
)
def test_capitals_among_small_letters(text: str, odd: bool) -> None:
    assert is_oddly_cased(text, line(("thực", 1), ("hiện", 1), (text, 1), ("của", 1), ("tỉnh", 1))) is odd


def test_of_two_sure_looks_the_one_that_is_cased_as_its_line_stands() -> None:
    around = (("thực", 0.95), ("hiện", 0.95), ("nghị", 0.95), ("quyết", 0.95))
    lines, _, replaced = look_again(PAGE, (line(("SỐ", 0.95), *around),), Reads("số", 0.9))
    assert (replaced, lines[0].words[0].text) == (1, "số")
    lines, _, replaced = look_again(PAGE, (line(("SỐ", 0.95), *around),), Reads("SỔ", 0.9))
    assert (replaced, lines[0].words[0].text) == (0, "SỐ")


def test_capitals_among_capitals_are_nothing_odd() -> None:
    assert not is_oddly_cased("SỐ", line(("NGHỊ", 1), ("QUYẾT", 1), ("SỐ", 1)))


def test_a_sign_that_is_never_used_gives_way_to_what_the_engine_thought_of_besides() -> None:
    sure = line(("Th\N{SECTION SIGN}.", 0.95), ("Lan", 0.95), alternatives=(("ThS.", 0.8),))
    lines, looked, replaced = look_again(PAGE, (sure,), Reads("Th\N{SECTION SIGN}.", 0.95))
    assert (looked, replaced, lines[0].words[0].text) == (1, 1, "ThS.")


def test_what_was_doubted_on_a_page_of_print_is_read() -> None:
    class Doubting(FakeEngine):
        """Reads the page with one wrong word that it doubts, and everything after it rightly."""

        def __init__(self) -> None:
            super().__init__()
            self.readings = 0

        def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
            self.readings += 1
            lines = Tesseract().read(picture, request)
            if self.readings > 1:
                return lines
            first = lines[0].words
            spoilt = first[1]._replace(text="bau", confidence=0.4)
            return (ReadLine((first[0], spoilt, *first[2:]), lines[0].block, lines[0].paragraph), *lines[1:])

    engine = Doubting()
    reading = read_scan(PAGE, engine, time.monotonic() + 60)
    assert [found.raw for found in reading.lines] == list(SENTENCES)
    assert engine.readings == 2
    assert any("doubtful words read otherwise in another size" in note for note in reading.notes)
