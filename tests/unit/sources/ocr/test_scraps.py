"""What is no writing, and what only looks like it: dashes, single letters of a signature, bits of a seal."""

import pytest

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.lines import without_stray_signs
from vnreport_ocr.sources.ocr.scraps import SINGLE, UNSURE_LINE, without_scraps
from vnreport_ocr.sources.picture.value import PixelBox


def word(text: str, left: float, sure: float = 0.95, top: float = 0, high: float = 24, wide: float = 0) -> ReadWord:
    return ReadWord(text, PixelBox(left, top, left + (wide or 12 * len(text)), top + high), sure)


def test_a_flat_mark_halfway_up_between_two_words_is_a_dash_however_unsure_the_engine_is() -> None:
    dash = word("\N{EM DASH}", 60, 0.3, top=13, high=2, wide=14)
    kept, scraps = without_scraps(
        [ReadLine((word("hoạch", 0, 0.9)._replace(box=PixelBox(0, 0, 50, 24)), dash, word("Tài", 84)))]
    )
    assert (kept[0].text, scraps) == ("hoạch \N{EM DASH} Tài", ())


@pytest.mark.parametrize(
    "mark",
    [
        word("-", 60, 0.3, top=13, high=3, wide=3),  # as wide as high: a speck
        word("\N{EM DASH}", 60, 0.3, top=22, high=2, wide=14),  # on the baseline: a bit of a line
        word("\N{EM DASH}", 51, 0.3, top=13, high=2, wide=14),  # touches the word: a part of it
        word("\N{EM DASH}", 60, 0.3, top=13, high=2, wide=70),  # a ruling
    ],
)
def test_other_marks_between_words_are_none(mark: ReadWord) -> None:
    before = word("hoạch", 0)._replace(box=PixelBox(0, 0, 52, 24))
    kept, scraps = without_scraps([ReadLine((before, mark, word("Tài", mark.box.right + 10)))])
    assert (kept[0].text, [scrap.word for scrap in scraps]) == ("hoạch Tài", [mark])


def test_the_last_word_of_a_paragraph_is_no_noise_however_unsure_the_engine_is() -> None:
    running = ReadLine(tuple(word("chữ", 60.0 * n, top=0) for n in range(8)))
    last, beside = ReadLine((word("0Ð.", 0, 0.0, top=50),)), ReadLine((word("0Ð.", 500, 0.0, top=100),))
    kept, scraps = without_scraps([running, last, beside])
    assert [line.text for line in kept] == [running.text, "0Ð."]
    assert [scrap.word for scrap in scraps] == list(beside.words)


def test_single_letters_of_which_none_is_sure_are_no_line() -> None:
    signature = ReadLine((word("2", 0, 0.91, top=20, high=3), word("6", 30, 0.32), word("ư", 60, 0.33)))
    kept, scraps = without_scraps([signature, ReadLine((word("Phòng", 0, top=60),))])
    assert [line.text for line in kept] == ["Phòng"]
    assert {scrap.reason for scrap in scraps} == {SINGLE}


@pytest.mark.parametrize("sure", [0.6, 0.95])
def test_single_letters_that_are_read_with_some_certainty_are_a_line(sure: float) -> None:
    given = ReadLine((word("1", 0, 0.4), word("2", 60, sure), word("3", 120, 0.4)))
    assert without_scraps([given]) == ((given,), ())


def test_a_stretch_far_from_its_line_is_judged_by_itself() -> None:
    seal = word("Só;", 0, 0.05)
    title = (word("LỆ", 300), word("PHÍ", 330))
    (kept,), scraps = without_stray_signs([ReadLine((seal, *title))])
    assert kept.words == title
    assert [(scrap.word, scrap.reason) for scrap in scraps] == [(seal, UNSURE_LINE)]


@pytest.mark.parametrize("text", ["12", "đồng", "7/QĐ"])
def test_figures_and_syllables_far_from_their_line_stay(text: str) -> None:
    given = ReadLine((word(text, 0, 0.05), word("LỆ", 300), word("PHÍ", 330)))
    assert without_stray_signs([given]) == ((given,), ())


def test_a_signature_beside_a_line_is_left_out_of_it() -> None:
    line = ReadLine((word("Kho", 0), word("bạc", 45), word("6", 300, 0.3), word("ư", 320, 0.3)))
    (kept,), scraps = without_stray_signs([line])
    assert (kept.text, {scrap.reason for scrap in scraps}) == ("Kho bạc", {SINGLE})
