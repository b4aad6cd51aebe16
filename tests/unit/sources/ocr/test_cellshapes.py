import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.unit.sources.conftest import SERIF
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.cellshapes import TableLook, told_by_shapes
from vnreport_ocr.sources.ocr.figures import text_of
from vnreport_ocr.sources.ocr.shapes import open_shapes
from vnreport_ocr.sources.ocr.written import Written
from vnreport_ocr.sources.picture.rulings import Place
from vnreport_ocr.sources.picture.value import Picture, PixelBox

COLUMN = ("Năm 2019", "1.844", "703,5", "88,0", "26", "1.338")
_WIDE, _HIGH = 300, 60


def looks_and_places(texts: tuple[str, ...] = COLUMN) -> tuple[list[TableLook], list[Place]]:
    """A column of cells, drawn large and at half the size."""
    image = Image.new("L", (_WIDE, _HIGH * len(texts)), 255)
    font = ImageFont.truetype(str(SERIF), 36)
    places = []
    for row, text in enumerate(texts):
        ImageDraw.Draw(image).text((60, _HIGH * row + 8), text, font=font, fill=0)
        places.append(Place(row, 0, 1, 1, PixelBox(0, _HIGH * row, _WIDE, _HIGH * (row + 1))))
    small = image.resize((_WIDE // 2, image.height // 2), Image.Resampling.BOX)
    return [
        TableLook(Picture(np.asarray(image), 200.0), 1.0, 2),
        TableLook(Picture(np.asarray(small), 100.0), 0.5, 2),
    ], places


def cells(places: list[Place], texts: tuple[str, ...], sure: float = 0.95) -> dict[Place, tuple[ReadLine, ...]]:
    return {
        place: (ReadLine((ReadWord(text, PixelBox(60, 10, 200, 50), sure),)),) if text else ()
        for place, text in zip(places, texts, strict=True)
    }


def said(lines: tuple[ReadLine, ...]) -> str:
    return " ".join(word.mended.text if word.mended else word.text for line in lines for word in line.words)


def test_a_cell_that_gave_nothing_is_told_and_doubted() -> None:
    looks, places = looks_and_places()
    read = cells(places, ("Năm 2019", "1.844", "", "88,0", "26", "1.338"))
    told = told_by_shapes(read, looks, open_shapes())
    assert said(told[places[2]]) == "703,5"
    assert told[places[2]][0].words[0].confidence < 0.6


def test_a_figure_misread_is_replaced_and_both_readings_are_kept() -> None:
    looks, places = looks_and_places()
    told = told_by_shapes(
        cells(places, ("Năm 2019", "1.841", "703,5", "88,0", "26", "1.338"), 0.5), looks, open_shapes()
    )
    word = told[places[1]][0].words[0]
    assert (word.text, said(told[places[1]])) == ("1.841", "1.844")
    assert word.mended is not None
    assert word.mended.confidence < 0.8


def test_a_sure_figure_that_shapes_do_not_contradict_stays() -> None:
    looks, places = looks_and_places()
    told = told_by_shapes(cells(places, COLUMN), looks, open_shapes())
    assert all(said(lines) == said(cells(places, COLUMN)[place]) for place, lines in told.items())


def test_a_figure_never_loses_digits() -> None:
    looks, places = looks_and_places()
    read = cells(places, ("Năm 2019", "1.844", "703,5", "88,0", "261", "1.338"), 0.5)
    told = told_by_shapes(read, looks, open_shapes())
    assert said(told[places[4]]) == "261"
    assert told[places[4]][0].words[0].alternatives[0][0] == "26"


def test_columns_of_words_are_left_alone() -> None:
    words = ("Tên gọi", "Bắc Sơn", "Hoàng Hà", "Lệ Thuỷ", "Gio Linh", "Bảo Lộc")
    looks, places = looks_and_places(words)
    assert not told_by_shapes(cells(places, words), looks, open_shapes())


@pytest.mark.parametrize(
    ("texts", "good", "bad"),
    [
        (("1.844.154", "8,13", "651.524", "47,57"), "703.791", "703,791,5"),
        (("1,844,154", "8.13", "651,524", "47.57"), "703,791", "703.791.5"),
        (("2017", "26", "134"), "1999", "19,99,9"),
    ],
)
def test_how_a_table_writes_its_figures(texts: tuple[str, ...], good: str, bad: str) -> None:
    written = Written.of(texts)
    assert written.is_well_formed(good)
    assert not written.is_well_formed(bad)


def test_other_forms_have_the_same_digits() -> None:
    written = Written.of(("1.844.154", "651.524", "250.757", "8,13"))
    forms = written.forms(["21.862.7", "1844154"])
    assert "21.862,7" in forms
    assert "1.844.154" in forms
    assert {"".join(c for c in form if c.isdigit()) for form in forms} == {"218627", "1844154"}


def test_what_is_no_figure_has_no_form() -> None:
    assert Written().forms(["Tấn", "", "si", text_of(())]) == []
