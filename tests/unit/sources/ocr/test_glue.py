"""Specks on real print, read as signs: by their shape they are none, and real signs stay."""

import numpy as np
import pytest

from tests.unit.sources.ocr.printed import printed_line
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.glue import SPECK, without_glue
from vnreport_ocr.sources.ocr.lines import line_of
from vnreport_ocr.sources.picture.value import Picture, PixelBox, around


def joined(line: ReadLine, number: int, text: str) -> ReadLine:
    """The line with two of its words read as one."""
    one, other = line.words[number : number + 2]
    word = ReadWord(text, around([one.box, other.box]), 0.9)
    return ReadLine((*line.words[:number], word, *line.words[number + 2 :]))


def with_speck(picture: Picture, line: ReadLine, number: int, above: float, size: int = 5) -> tuple[Picture, PixelBox]:
    """The picture with a speck in the blank behind a word, by the height of the word above its foot."""
    one, other = line.words[number].box, line.words[number + 1].box
    middle, foot = round((one.right + other.left) / 2), round(one.bottom - above * one.height)
    pixels = np.array(picture.pixels)
    pixels[foot - size : foot, middle - size // 2 : middle + size // 2 + 1] = 20
    return Picture(pixels, picture.dpi), PixelBox(middle - size // 2, foot - size, middle + size // 2 + 1, foot)


def read(picture: Picture, line: ReadLine) -> str:
    (found,), _, _ = without_glue(picture, [line])
    return line_of(found.words, 0.36).text


@pytest.mark.parametrize(
    ("printed", "glued", "above"),
    [
        ("dùng xe công được cấp", "công-được", 0.4),
        ("thu bảo hiểm xã hội", "bảo.hiểm", 0.5),
        ("theo Điều 4 Quy chế", "4-Quy", 0.4),
        ("trong 12 tháng);", "12-tháng);", 0.4),
    ],
)
def test_words_that_a_speck_glues_together_are_two(printed: str, glued: str, above: float) -> None:
    words = printed.split()
    number = next(n for n, word in enumerate(words) if glued.startswith(word))
    picture, line = printed_line(printed, words)
    specked, _ = with_speck(picture, line, number, above)
    given = joined(line, number, glued)
    assert read(specked, given) == printed
    (found,), _, count = without_glue(specked, [given])
    made = line_of(found.words, 0.36)
    assert (made.raw, count) == (given.text, 1)
    assert made.corrections[0].step == "picture:specks"


@pytest.mark.parametrize("printed", ["Sở GD-ĐT tỉnh", "quan hệ Việt-Nhật tốt", "Điều 4.Quy chế", "hội nghị Á-Âu này"])
def test_hyphens_and_stops_that_are_printed_stay(printed: str) -> None:
    picture, line = printed_line(printed, printed.split())
    assert read(picture, line) == printed


def test_a_speck_that_was_read_as_a_word_is_left_out_and_on_record() -> None:
    picture, line = printed_line("tổ chức lễ hội", ["tổ", "chức", "lễ", "hội"])
    specked, box = with_speck(picture, line, 2, 0.4)
    given = ReadLine((*line.words[:3], ReadWord("-", box, 0.9), line.words[3]))
    (found,), scraps, _ = without_glue(specked, [given])
    assert found.text == "tổ chức lễ hội"
    assert [(scrap.word.text, scrap.reason) for scrap in scraps] == [("-", SPECK)]


@pytest.mark.parametrize(
    "printed", ["kinh tế - xã hội", "Kính gửi : Các xã", "Chương I . . . 5", "- Các xã", "• Các xã"]
)
def test_signs_that_are_printed_alone_stay(printed: str) -> None:
    picture, line = printed_line(printed, printed.split())
    assert read(picture, line) == printed


def test_a_stop_before_a_word_goes() -> None:
    picture, line = printed_line("kinh phí là", ["kinh", ".phí", "là"])
    assert read(picture, line) == "kinh phí là"
    picture, line = printed_line("tên .docx là", ["tên", ".docx", "là"])
    assert read(picture, line) == "tên .docx là"


@pytest.mark.parametrize("box", [PixelBox(-50, -50, -10, -10), PixelBox(9000, 10, 9100, 60), PixelBox(5, 5, 5, 5)])
def test_boxes_that_cannot_be_do_no_harm(box: PixelBox) -> None:
    picture, line = printed_line("xe công được", ["xe", "công", "được"])
    for text in ("-", "công-được"):
        given = ReadLine((line.words[0], ReadWord(text, box, 0.5), line.words[2]))
        assert read(picture, given) == given.text
