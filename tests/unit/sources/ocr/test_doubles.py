"""Ink that the engine has read twice."""

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.doubles import without_doubles
from vnreport_ocr.sources.picture.value import PixelBox

NUMBER = ReadWord("27/2014/TT-BNV", PixelBox(470, 330, 850, 400), 0.96)
LEAD = ReadWord("Số:", PixelBox(380, 360, 440, 400), 0.5)


def test_the_surer_reading_of_the_same_ink_stays() -> None:
    torn = ReadWord("ố:", PixelBox(415, 350, 450, 400), 0.3)
    again = ReadWord("2/2014", PixelBox(490, 362, 700, 445), 0.33)
    lines, scraps = without_doubles((ReadLine((torn, NUMBER)), ReadLine((LEAD, again))))
    assert [line.text for line in lines] == ["27/2014/TT-BNV", "Số:"]
    assert [scrap.word.text for scrap in scraps] == ["ố:", "2/2014"]
    assert all("another line" in scrap.reason for scrap in scraps)


def test_lines_close_together_share_no_ink() -> None:
    below = ReadWord("ngày", PixelBox(470, 385, 560, 440), 0.3)
    given = (ReadLine((LEAD, NUMBER)), ReadLine((below,)))
    assert without_doubles(given) == (given, ())


def test_words_that_are_sure_stay_whatever_lies_over_them() -> None:
    over = NUMBER._replace(text="27/2014", confidence=0.7)
    given = (ReadLine((NUMBER,)), ReadLine((over,)))
    assert without_doubles(given) == (given, ())


def test_a_stroke_over_a_word_is_not_the_word() -> None:
    word = ReadWord("Dũng", PixelBox(500, 340, 580, 370), 0.4)
    stroke = ReadWord("ƒ", PixelBox(490, 300, 590, 420), 0.5)
    given = (ReadLine((word,)), ReadLine((stroke,)))
    assert without_doubles(given) == (given, ())


def test_words_of_one_line_are_left_to_others() -> None:
    given = (ReadLine((LEAD, LEAD._replace(text="Sô", confidence=0.4))),)
    assert without_doubles(given) == (given, ())
