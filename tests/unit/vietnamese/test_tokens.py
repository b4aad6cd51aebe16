"""Tokens: words, numbers, codes, markup, pauses and stops, each in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnreport_ocr.vietnamese.tokens import ROMAN, Kind, analyse, pieces


def kinds(line: str) -> list[tuple[str, str]]:
    """The pieces of a line as name and text."""
    return [(piece.kind.name.lower(), line[piece.start : piece.end]) for piece in pieces(line)]


def test_a_sentence() -> None:
    assert kinds("Ngày 12/3/2020, Uỷ ban (khoá XII) họp.") == [
        ("word", "Ngày"), ("number", "12/3/2020"), ("pause", ","), ("word", "Uỷ"), ("word", "ban"), ("word", "khoá"),
        ("word", "XII"), ("word", "họp"), ("stop", "."),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["4.215", "52,6", "98,2%", "12/3/2020", "2021-2025", "0,5‰", "30°C", "25°", "3x4"])
def test_numbers(text: str) -> None:
    assert kinds(text) == [("number", text)]


@pytest.mark.parametrize(
    "text",
    ["127/NQ-HĐND", "03-CTr/TU", "69-QĐ/TW", "15/2021/NĐ-CP", "1023a/QĐ-UBND", "QL1A", "QL14", "218/TTr-UBND",
     "88-KH/HU", "05/CT–TTg"],
)  # fmt: skip
def test_codes(text: str) -> None:
    assert kinds(text) == [("code", text)]
    assert kinds(f"({text});")[0] == ("code", text)


@pytest.mark.parametrize(
    "text",
    ["<b>", "</td>", "<br/>", "&nbsp;", "&#272;", "https://tinh.example.vn/vb?id=12", "www.example.org/a",
     "vanthu@huyen.example.vn", "tinh.gov.vn", "[^1]", "[12]", "$^{3}$"],
)  # fmt: skip
def test_markup(text: str) -> None:
    assert kinds(text)[0] == ("markup", text)


def test_a_web_address_leaves_the_full_stop() -> None:
    assert kinds("xem www.example.org.")[1:] == [("markup", "www.example.org"), ("stop", ".")]


def test_markdown_marks_stand_outside_the_words() -> None:
    assert kinds("- **Điều 2.** _Giao_ `Sở`") == [
        ("word", "Điều"), ("number", "2"), ("stop", "."), ("word", "Giao"), ("word", "`Sở`"),
    ]  # fmt: skip


def test_words_joined_by_signs_are_two() -> None:
    assert kinds("kinh tế-xã hội") == [("word", "kinh"), ("word", "tế"), ("word", "xã"), ("word", "hội")]
    assert kinds("tỉnh.Các huyện") == [("word", "tỉnh"), ("word", "Các"), ("word", "huyện")]


def test_figures_with_a_break_stay_figures() -> None:
    assert ("number", "ngày20") in kinds("ngày20-6")


def test_marks_behind_a_word_are_within_its_reach() -> None:
    (piece,) = analyse("so'")
    assert (piece.kind, piece.end, piece.reach) == (Kind.WORD, 2, 3)


@pytest.mark.parametrize("text", ["I", "IV", "XII", "XXIX", "III", "XL", "XCII"])
def test_roman_numerals(text: str) -> None:
    assert ROMAN.fullmatch(text)


@pytest.mark.parametrize("text", ["", "IXX", "ABC", "XIIX", "V1", "xii"])
def test_no_roman_numerals(text: str) -> None:
    assert not ROMAN.fullmatch(text)


@pytest.mark.parametrize("text", ["...", "---", "| |", "***", "“”", "____"])
def test_rules_and_dots_are_no_words(text: str) -> None:
    assert not [name for name, _ in kinds(text) if name in ("word", "number", "code")]


@given(st.text())
def test_pieces_stand_in_order_inside_the_line(line: str) -> None:
    end = 0
    for piece in pieces(line):
        assert end <= piece.start < piece.end <= piece.reach <= len(line)
        end = piece.end


@given(st.text())
def test_every_digit_is_in_a_piece(line: str) -> None:
    covered = {place for piece in pieces(line) for place in range(piece.start, piece.end)}
    assert all(place in covered for place, character in enumerate(line) if character in "0123456789")
