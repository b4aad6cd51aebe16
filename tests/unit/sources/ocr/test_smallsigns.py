"""Colons and semicolons by their ink."""

import numpy as np
import pytest
from PIL import ImageDraw, ImageFont

from tests.unit.sources.conftest import SERIF, as_image, picture_of
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.smallsigns import mend_signs
from vnreport_ocr.sources.picture.value import Picture, PixelBox


def printed(text: str, dpi: int = 200, points: float = 13) -> tuple[Picture, PixelBox]:
    """A word on paper, and the box around its ink."""
    image = as_image(picture_of(dpi=dpi))
    font = ImageFont.truetype(str(SERIF), round(points * dpi / 72))
    ImageDraw.Draw(image).text((60, 60), text, font=font, fill=0)
    pixels = np.asarray(image)
    rows, columns = np.nonzero(pixels < 128)
    box = PixelBox(columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    return Picture(pixels, float(dpi)), box


def mended(shown: str, word: ReadWord, dpi: int = 200, points: float = 13) -> tuple[ReadWord, int]:
    picture, box = printed(shown, dpi, points)
    lines, changed = mend_signs(picture, (ReadLine((word._replace(box=box),)),))
    return lines[0].words[0], changed


def read(text: str, *alternatives: tuple[str, float]) -> ReadWord:
    return ReadWord(text, PixelBox(0, 0, 1, 1), 0.95, alternatives)


@pytest.mark.parametrize("word", ["đồng", "Giang", "2017", "TTTT", "chủng", "xã"])
@pytest.mark.parametrize(("shown", "wrong"), [(":", ";"), (";", ":")])
@pytest.mark.parametrize(("dpi", "points"), [(200, 13), (300, 12), (200, 20)])
def test_the_ink_decides(word: str, shown: str, wrong: str, dpi: int, points: float) -> None:
    assert mended(word + shown, read(word + wrong), dpi, points)[0].text == word + shown
    assert mended(word + shown, read(word + shown), dpi, points)[1] == 0


def test_what_was_read_stays_as_an_alternative() -> None:
    word, changed = mended("đồng;", read("đồng:", ("đông:", 0.7), ("đồng;", 0.4)))
    assert changed == 1
    assert word.text == "đồng;"
    assert word.confidence == 0.9
    assert word.alternatives == (("đông;", 0.7), ("đồng:", 0.3))


@pytest.mark.parametrize("shown", ["đồng", "đồng,", "đồng.", "đồng!"])
def test_what_shows_neither_is_left_alone(shown: str) -> None:
    assert mended(shown, read("đồng:"))[1] == 0


def test_coarse_pictures_are_left_alone() -> None:
    assert mended("đồng;", read("đồng:"), dpi=100)[1] == 0


def test_signs_alone_and_pages_without_any_are_left_alone() -> None:
    assert mended(":", read(";"))[1] == 0
    assert mended("đồng;", read("đồng"))[1] == 0


def listed(shown: str, after: str = "Người") -> str:
    """Return the number of a list as it is told, where the engine has read a comma behind it."""
    picture, box = printed(shown)
    number = read(shown[:-1] + ",", ("l.", 0.2))._replace(box=box)
    words = (number, read(after)._replace(box=PixelBox(box.right + 10, box.top, box.right + 60, box.bottom)))
    return mend_signs(picture, (ReadLine(words),))[0][0].words[0].text


@pytest.mark.parametrize("number", ["1", "4", "7", "12"])
def test_behind_the_number_of_a_list_the_ink_tells_a_full_stop_from_a_comma(number: str) -> None:
    assert listed(f"{number}.") == f"{number}."
    assert listed(f"{number},") == f"{number},"


def test_a_number_that_begins_no_item_keeps_its_comma() -> None:
    assert listed("5.", after="6") == "5,"
    assert listed("5.", after="và") == "5,"


def test_a_speck_before_the_number_of_a_list_is_looked_past() -> None:
    picture, box = printed("3.")
    speck = read("_")._replace(box=PixelBox(2, 2, 6, 4))
    words = (speck, read("3,")._replace(box=box), read("Sở")._replace(box=PixelBox(150, 60, 190, 90)))
    assert mend_signs(picture, (ReadLine(words),))[0][0].text == "_ 3. Sở"
