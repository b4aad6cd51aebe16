"""Items: what of a line may change, and where sentences end."""

import pytest

from vnreport_ocr.repair.items import SENTENCE_LIMIT, Parsed, in_capitals, line_items
from vnreport_ocr.vietnamese.tokens import Kind


def open_words(line: str, *, digits: bool) -> list[str]:
    return [item.text for item in line_items(0, line) if item.may_change(digits=digits)]


def test_what_may_change_in_text_read_by_the_vietnamese_engine() -> None:
    line = "Điều XII: UBND tỉnh chi 1an 450ha cho AgriBank, xã Tân Lập"
    assert open_words(line, digits=False) == ["Điều", "tỉnh", "chi", "cho", "xã", "Tân", "Lập"]


def test_what_may_change_in_text_read_in_another_language() -> None:
    assert open_words("S6 1an x4 h6i IV 45ha 2015m 100km ngay5", digits=True) == ["S6", "1an", "x4", "h6i", "ngay5"]


@pytest.mark.parametrize(
    "line", ["NGHỊ QUYẾT", "BÁO CÁO kết", "KT. CHỦ TỊCH", "UBND TỈNH CAO NGUYÊN", "CÔNG TÁC Đảng", "ĐẢNG Bộ TỈNH"]
)
def test_capitals(line: str) -> None:
    assert in_capitals(line)


@pytest.mark.parametrize(
    "line", ["Lưu: VT, TH.", "Lưu: VT, HĐND.", "Điều I", "UBND huyện", "A", "", "12", "Nơi nhận: BTV, UBKT"]
)
def test_no_capitals(line: str) -> None:
    assert not in_capitals(line)


def test_gaps_and_openings() -> None:
    items = line_items(3, "Các  chi bộ, “Đảng bộ” 5 năm")
    assert [(item.text, item.gap, item.opens) for item in items if item.kind is Kind.WORD] == [
        ("Các", -1, True), ("chi", 2, False), ("bộ", 1, False), ("Đảng", -1, True), ("bộ", 1, False), ("năm", 1, False),
    ]  # fmt: skip
    assert {item.line for item in items} == {3}


def test_sentences_go_over_line_ends_and_stop_at_stops() -> None:
    lines = Parsed(["Hội nghị đã thảo luận", "và biểu quyết. Kết quả", "", "như sau <b>"])
    found = [[item.text for item in sentence] for sentence in lines.sentences([True] * 4)]
    assert found == [["Hội", "nghị", "đã", "thảo", "luận", "và", "biểu", "quyết", "."], ["Kết", "quả"], ["như", "sau"]]


def test_lines_that_are_not_wanted_part_sentences() -> None:
    lines = Parsed(["Tỉnh uỷ", "the budget", "ban hành"])
    found = [[item.text for item in sentence] for sentence in lines.sentences([True, False, True])]
    assert found == [["Tỉnh", "uỷ"], ["ban", "hành"]]


def test_endless_sentences_are_cut() -> None:
    lines = Parsed(["bộ " * 1000])
    found = list(lines.sentences([True]))
    assert sum(map(len, found)) == 1000
    assert max(map(len, found)) <= 2 * SENTENCE_LIMIT + 1


def test_a_changed_line_is_analysed_anew() -> None:
    lines = Parsed(["T ỷ lệ", "giảm"])
    lines.change(0, "Tỷ lệ")
    assert [item.text for item in lines.items[0]] == ["Tỷ", "lệ"]
    assert len(lines) == 2


@pytest.mark.parametrize("word", ["XIV", "XTIV", "XVIJ", "VIILI"])
def test_a_roman_numeral_is_not_guessed_at(word: str) -> None:
    (item,) = Parsed([word]).items[0]
    assert not item.may_change(digits=True)


@pytest.mark.parametrize("word", ["XEM", "VIET", "XUAN", "LICH"])
def test_a_word_in_capitals_may_change(word: str) -> None:
    (item,) = Parsed([word]).items[0]
    assert item.may_change(digits=True)
