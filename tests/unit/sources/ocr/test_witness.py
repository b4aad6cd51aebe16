"""Figures, units, signs and numerals as their shapes show them, beside what the engine read."""

import pytest

from tests.unit.sources.ocr.printed import printed_line
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.lines import line_of
from vnreport_ocr.sources.ocr.shapes import open_shapes
from vnreport_ocr.sources.ocr.witness import confirm
from vnreport_ocr.sources.picture.value import PixelBox

OPEN = 0.6


def looked_at(printed: str, read: str, sure: float = 0.9, **words: tuple[tuple[str, float], ...]) -> ReadLine:
    picture, line = printed_line(printed, read.split(), sure)
    given = tuple(word._replace(alternatives=words.get(f"at{n}", ())) for n, word in enumerate(line.words))
    (found,), _ = confirm(picture, [ReadLine(given)], open_shapes())
    return found


def texts(line: ReadLine) -> str:
    return " ".join(word.mended.text if word.mended else word.text for word in line.words)


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("đất 186.400 m² của dân", "đất 186.400 mỸ của dân"),
        ("gần 45.200 m³ cát", "gần 45.200 mỷ cát"),
        ("rộng 784,5 km² và", "rộng 784,5 km” và"),
        ("lô 2.350m² cạnh chợ", "lô 2.350m? cạnh chợ"),
        ("giá 9.400 đồng/m³ nước", "giá 9.400 đồng/m? nước"),
        ("mặn 4,2‰ trong nước", "mặn 4,2%o trong nước"),
        ("đạt ≥ 95% số trẻ", "đạt > 95% số trẻ"),
        ("ẩm ≤ 13% khi nhập", "ẩm < 13% khi nhập"),
        ("sai số ± 0,5 mm thôi", "sai số + 0,5 mm thôi"),
        ("khổ 297 × 420 mm giấy", "khổ 297 x 420 mm giấy"),
        ("liều 400 µg một ngày", "liều 400 ug một ngày"),
        ("khóa XIII của tỉnh", "khóa XII của tỉnh"),
        ("quý III năm nay", "quý IH năm nay"),
        ("I. TÌNH HÌNH CHUNG NĂM QUA", "1. TÌNH HÌNH CHUNG NĂM QUA"),
        ("có 96 hộ nghèo", "có 9ó hộ nghèo"),
        ("số 5366/QĐ-UBND ngày", "số S366/QĐ-UBND ngày"),
    ],
)
def test_what_the_engine_has_no_sign_for_is_told_by_its_shape(printed: str, read: str) -> None:
    line = looked_at(printed, read)
    assert texts(line) == printed
    assert texts(line) != read


@pytest.mark.parametrize(
    "printed",
    [
        "I. TÌNH HÌNH CHUNG NĂM QUA",
        "1. Tình hình chung năm qua",
        "gồm 15 m dây và 3 km đường",
        "diện tích > 95 và < 12 ha",
        "giá 12.500 đồng một cân",
        "tăng + 5% so với năm 2020",
        "khóa XII của tỉnh, quý II",
        "Ai đi? Họ đi! Nhà x và 2 x",
        "số 93/2009/QĐ-TTg ngày 5/6/2009",
        "đường QL1A, nhà A5, mẫu 8B",
        "Lưu: VT, KSTT",
        "- Lưu: VT.",
        "ĐƠN VỊ: xã An",
        "CỦA ĐƠN VỊ KHÁC",
        "lúc 7h30 xe 38C-412.67 qua",
        "tới Km12+350 gặp xe 29A-8123",
        "tấm 2,5x4,75 và hộp 30x45x12",
        "theo QCVN 02-3:2019/BXD thì",
        "dưới <15% hoặc trên >40 cây",
    ],
)
def test_what_was_read_well_stays_and_is_not_doubted(printed: str) -> None:
    line = looked_at(printed, printed)
    assert texts(line) == printed
    assert [word.text for word in line.words if word.confidence < OPEN] == []


@pytest.mark.parametrize(("printed", "read"), [("ẩm ≤73% khi", "ẩm <73% khi"), ("cao ≥24 mét", "cao >24 mét")])
def test_a_sign_of_comparison_that_touches_its_number_is_never_silently_another(printed: str, read: str) -> None:
    line = looked_at(printed, read, 0.87)
    word = line.words[1]
    assert texts(line) == printed or word.alternatives[0][0] == printed.split()[1]
    assert word.mended is not None or word.confidence < OPEN


def test_a_sign_told_by_its_shape_does_not_settle_a_word_that_the_engine_hardly_read() -> None:
    word = looked_at("nóng 19°C đêm", 'nóng 19954"C đêm'.replace("C", ""), 0.02).words[1]
    assert word.confidence < OPEN
    assert word.mended is None or word.mended.confidence < 0.8


def test_a_unit_that_was_also_read_with_something_behind_it_is_left_open() -> None:
    word = looked_at("rộng 12 km rừng", "rộng 12 km rừng", 0.21, at2=(("km?", 0.8),)).words[2]
    assert word.confidence < OPEN
    assert {text for text, _ in word.alternatives} >= {"km²", "km³"}
    assert looked_at("dài 12 km đê", "dài 12 km đê", 0.9, at2=(("kn", 0.8),)).words[2].confidence >= OPEN


def test_capitals_that_a_label_was_nearly_as_likely_to_be_are_left_open() -> None:
    word = looked_at("gói AM nộp", "gói AM nộp", 0.64, at1=(("A11", 0.89),)).words[1]
    assert (word.confidence < OPEN, word.alternatives[0][0]) == (True, "A11")


@pytest.mark.parametrize("sure", [0.5, 0.75, 0.9])
def test_a_dollar_before_a_number_is_never_silently_a_five(sure: float) -> None:
    word = looked_at("giá $107 một", "giá $107 một", sure).words[1]
    assert word.mended is None or word.mended.confidence < 0.8


def test_a_figure_read_wrongly_is_chosen_again_or_left_open() -> None:
    line = looked_at("trong năm 2026 này", "trong năm 2096 này", at2=(("2026", 0.6),))
    assert texts(line) == "trong năm 2026 này"
    chosen = line.words[2].mended
    assert chosen is not None
    assert (chosen.step, line.words[2].text) == ("picture:figures", "2096")


def test_a_figure_that_nobody_else_thought_of_never_replaces_a_sure_one_without_a_doubt() -> None:
    word = looked_at("có 7 hộ", "có 1 hộ", 0.96).words[1]
    assert word.confidence < OPEN or word.mended is None or word.mended.confidence < 0.8


def test_a_figure_never_loses_digits() -> None:
    word = looked_at("có 46 hộ", "có 1.846 hộ", at1=(("46", 0.9),)).words[1]
    assert word.mended is None


def test_what_both_say_is_believed() -> None:
    line = looked_at("gồm 1.250 hộ", "gồm 1.250 hộ", 0.4, at1=(("1.260", 0.9),))
    assert line.words[1].confidence >= 0.8
    assert line.words[1].alternatives[0][1] < 0.5


def test_a_unit_whose_shape_nobody_can_tell_names_both_rivals() -> None:
    picture, line = printed_line("rộng 12 m* đất", ["rộng", "12", "m?", "đất"])
    (found,), _ = confirm(picture, [line], open_shapes())
    assert found.words[2].confidence < OPEN
    assert {text for text, _ in found.words[2].alternatives} == {"m²", "m³"}


def test_a_number_in_two_parts_is_left_open_with_the_whole() -> None:
    picture, line = printed_line("dài 110 km", ["dài", "110", "km"])
    box = line.words[1].box
    first = box.left + box.width / 3
    parts = (
        line.words[0],
        ReadWord("1", PixelBox(box.left, box.top, first - 4, box.bottom), 0.95),
        ReadWord("10", PixelBox(first, box.top, box.right, box.bottom), 0.95),
        line.words[2],
    )
    (found,), _ = confirm(picture, [ReadLine(parts)], open_shapes())
    assert [word.confidence < OPEN for word in found.words] == [False, True, True, False]
    assert found.words[1].alternatives[0][0] == "110"


@pytest.mark.parametrize(
    ("printed", "first", "share"),
    [
        ("dài 38.193 km", "38.", 0.4),
        ("đạt 9,13% năm", "9,", 0.28),
        ("đạt 7.345.120 đồng", "7.345", 0.6),
        ("ngày 19/10/2007 của", "19/", 0.3),
    ],
)
def test_a_number_torn_behind_its_point_is_left_open(printed: str, first: str, share: float) -> None:
    picture, line = printed_line(printed, printed.split())
    word = line.words[1]
    middle = word.box.left + share * word.box.width
    rest = word.text.removeprefix(first).lstrip(".")
    parts = (
        line.words[0],
        ReadWord(first, word.box._replace(right=middle - 1), 0.95),
        ReadWord(rest, word.box._replace(left=middle + 1), 0.95),
        line.words[2],
    )
    (found,), _ = confirm(picture, [ReadLine(parts)], open_shapes())
    assert [word.confidence < OPEN for word in found.words] == [False, True, True, False]


def test_two_numbers_beside_each_other_are_not_one() -> None:
    line = looked_at("năm 2015. 193 hộ", "năm 2015. 193 hộ")
    assert all(word.confidence >= OPEN for word in line.words)


@pytest.mark.parametrize(
    ("printed", "read"),
    [("chừng 30 hộ", "chừng 3Ò hộ"), ("được 536,4 mm", "được 53é,4 mm"), ("có 80 đảng viên", "có BƠ đảng viên")],
)
def test_marked_letters_among_figures_are_figures_or_left_open(printed: str, read: str) -> None:
    line = looked_at(printed, read, 0.8, at1=(("8Ơ", 0.9),))
    word = line.words[1]
    told = word.mended.text if word.mended else word.alternatives[0][0]
    assert told == printed.split()[1]


def test_a_sign_between_figures_that_belongs_to_none_of_them_is_mended_or_left_open() -> None:
    word = looked_at("được 16.350 hộ", "được 16:350 hộ", 0.8).words[1]
    assert word.mended is not None
    assert word.mended.text == "16.350"


def test_a_number_that_was_read_in_part_is_left_open() -> None:
    picture, line = printed_line("được 38.193 hộ", ["được", "193", "hộ"])
    box = line.words[1].box
    part = line.words[1]._replace(box=box._replace(left=box.right - 0.48 * box.width))
    (found,), _ = confirm(picture, [ReadLine((line.words[0], part, line.words[2]))], open_shapes())
    assert found.words[1].confidence < OPEN


def test_the_choice_is_a_correction_of_the_line() -> None:
    found = looked_at("rộng 12 m² và 7 m³ đất", "rộng 12 mỸ và 7 mỷ đất")
    line = line_of(found.words, 0.36)
    assert (line.raw, line.text) == ("rộng 12 mỸ và 7 mỷ đất", "rộng 12 m² và 7 m³ đất")
    assert [correction.step for correction in line.corrections] == ["picture:signs"] * 2
    assert all(correction.reason for correction in line.corrections)


@pytest.mark.parametrize("box", [PixelBox(-90, -90, -10, -10), PixelBox(0, 0, 0, 0), PixelBox(1e5, 1e5, 2e5, 2e5)])
def test_boxes_that_cannot_be_do_no_harm(box: PixelBox) -> None:
    picture, line = printed_line("có 46 hộ", ["có", "46", "hộ"])
    for words in ((ReadWord("46", box, 0.9),), (*line.words[:1], ReadWord("46", box, 0.9), *line.words[2:])):
        (found,), _ = confirm(picture, [ReadLine(words)], open_shapes())
        assert [word.text for word in found.words] == [word.text for word in words]
