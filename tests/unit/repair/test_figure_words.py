"""Words with figures in them: letters where no figure can be, figures where they can."""

import pytest

from tests.unit.repair.helpers import language, repair
from vnreport_ocr.repair.figure_words import FigureSource, may_be_letters, takes_number
from vnreport_ocr.repair.policies import Policies
from vnreport_ocr.repair.terms import Terms

SOURCE = FigureSource(Policies(language(), Terms(())).channel("other"), language())


def _likely(read: str, most: float) -> set[str]:
    found = SOURCE.find(read)
    return {
        text.lower() for text, score in zip(found.texts, found.scores, strict=True) if score > found.scores.max() - most
    }


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("ho4", "hóa"), ("ho1", "hội"), ("Ho1", "hội"), ("no1", "nội"), ("vO1", "với"), ("t01", "tội"), ("do1", "đội"),
        ("1an", "lần"), ("1a", "là"), ("c4c", "các"), ("s6", "số"), ("X1V", "xiv"),
    ],
)  # fmt: skip
def test_what_a_figure_may_have_been(read: str, meant: str) -> None:
    assert meant in _likely(read, 7.0)
    assert SOURCE.find(read).scores.max() > SOURCE.find(read).scores[SOURCE.find(read).own]


@pytest.mark.parametrize("read", ["ngay5", "nam2", "khoan3", "m2", "km2", "CO2", "4G", "B2B", "b1", "f0"])
def test_units_and_numbers_behind_words_that_take_them_stay(read: str) -> None:
    assert list(SOURCE.find(read).texts) == [read]


def test_a_figure_behind_a_word_may_be_a_footnotes() -> None:
    found = SOURCE.find("sach3")
    assert "sách3" in list(found.texts)
    assert all(text.endswith("3") for text in found.texts)


def test_words_that_take_numbers() -> None:
    assert takes_number("khoan", language())
    assert takes_number("ngay", language())
    assert not takes_number("hoi", language())
    assert not takes_number("xyz", language())


def test_words_without_figures_are_left_to_the_engine() -> None:
    plain = SOURCE.find("tinh")
    assert list(plain.texts) == list(Policies(language(), Terms(())).channel("other").find("tinh").texts)


@pytest.mark.parametrize("word", ["khu6ng", "4p", "d6n", "1ai", "vO1"])
def test_a_figure_among_small_letters_may_be_a_letter(word: str) -> None:
    assert may_be_letters(word)


@pytest.mark.parametrize("word", ["khung", "m2", "4G", "1967", "ST25", "QL1", "12/KH", "O"])
def test_units_codes_and_figures_are_not_words(word: str) -> None:
    assert not may_be_letters(word)


def test_a_figure_that_stays_within_a_word_of_another_language_is_told() -> None:
    read = (
        "Hgi déng nhan dan xa da thao luan va thong qua nghi quyét vé viéc xay dung tru sé.\n"
        "Nhan dan trong xa déng tinh, cac hé gia dinh da giao dat va nhan tién bdi thudng.\n"
        "Thg hé di tam giang t6m d6m khap b6ng bai, gidng phi6m va d6m t6i."
    )
    lines = repair(read).lines
    left = [w.strip(".,") for line in lines for w in line.text.split() if may_be_letters(w.strip(".,"))]
    assert left, "some of these figures are beyond the dictionary"
    told = [doubt.text for line in lines for doubt in line.doubts]
    assert not set(left) - set(told)
