"""Letters: normal form, marks and tones, where a tone is written, case."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnreport_ocr.vietnamese import letters

VOWELS = "aăâeêioôơuưyàằầèềìòồờùừỳ"


@pytest.mark.parametrize(
    "text", ["Uỷ ban", "m² và m³", "½ số hộ", "khoản 1 \N{MASCULINE ORDINAL INDICATOR}", "5 €", ""]
)
def test_nfc_keeps_what_is_composed(text: str) -> None:
    assert letters.nfc(text) == text


def test_nfc_composes() -> None:
    assert letters.nfc(unicodedata.normalize("NFD", "Nghị quyết")) == "Nghị quyết"


@given(st.text(alphabet="aơệ \N{COMBINING ACUTE ACCENT}\u0323\u0302\u031b\u0344\u0f73\u0f75\u0f71\u20dd", max_size=40))
def test_runs_of_marks_have_the_same_normal_forms(text: str) -> None:
    long = text * 20
    assert letters.nfc(long) == unicodedata.normalize("NFC", long)
    assert letters.nfd(long) == unicodedata.normalize("NFD", long)


def test_a_run_of_marks_of_any_length_is_composed() -> None:
    long = 200_000  # its square would take hours
    marks = "\N{COMBINING DOT BELOW}" * long + "\N{COMBINING ACUTE ACCENT}" * long
    mixed = "\N{COMBINING ACUTE ACCENT}\N{COMBINING DOT BELOW}" * long
    assert letters.nfd("a" + mixed) == "a" + marks
    assert letters.nfc("a" + mixed) == "ạ" + marks[1:]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Đảng bộ huyện", "Dang bo huyen"),
        ("đường", "duong"),
        ("ƯU TIÊN", "UU TIEN"),
        ("Quỹ 5 € và 3 m²", "Quy 5 € va 3 m²"),
        ("français", "français"),
        ("über", "über"),
        ("plain", "plain"),
    ],
)
def test_strip_marks_takes_vietnamese_marks_only(text: str, bare: str) -> None:
    assert letters.strip_marks(text) == bare
    assert letters.strip_marks(unicodedata.normalize("NFD", text)) == bare


@pytest.mark.parametrize(
    ("word", "bare", "tone"),
    [("toán", "toan", 2), ("Hoà", "Hoa", 1), ("nghĩa", "nghia", 3), ("ĐẢNG", "ĐANG", 4), ("uỵch", "uych", 5)],
)
def test_split_tone(word: str, bare: str, tone: int) -> None:
    assert letters.split_tone(word) == (bare, tone)


@pytest.mark.parametrize("word", ["ban", "đê", "xuân", "thư"])
def test_a_level_word_has_no_tone(word: str) -> None:
    assert letters.split_tone(word) == (word, 0)


def test_tone_key_joins_the_two_placements_and_nothing_else() -> None:
    assert letters.tone_key("hoà") == letters.tone_key("hòa")
    assert letters.tone_key("thuỷ") == letters.tone_key("thủy")
    keys = {letters.tone_key(word) for word in ("hoa", "hòa", "hóa", "hỏa", "hõa", "họa", "Hòa", "hoan")}
    assert len(keys) == 8


@pytest.mark.parametrize("word", ["đang", "được", "ạ", "Ở", "nhiệm", "ÐƠN", "lượng"])
def test_words_with_a_letter_of_vietnamese_alone(word: str) -> None:
    assert letters.has_vietnamese_letter(word)


@pytest.mark.parametrize("word", ["plan", "été", "là", "São", "niño", "Ålborg", "", "12"])
def test_words_that_other_languages_may_have(word: str) -> None:
    assert not letters.has_vietnamese_letter(word)


@pytest.mark.parametrize(
    ("old", "new"),
    [("hòa", "hoà"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"), ("HÓA", "HOÁ"), ("Ủy", "Uỷ"), ("lũy", "luỹ")],
)
def test_place_tone_moves_it_both_ways(old: str, new: str) -> None:
    assert letters.place_tone(old, "new") == new
    assert letters.place_tone(new, "old") == old
    assert letters.place_tone(new, "new") == new


@pytest.mark.parametrize("word", ["quý", "quỳ", "toán", "nghĩa", "hoa", "tuy", "của", "huyện", "qua", "12", "Report"])
def test_place_tone_leaves_words_with_one_placement(word: str) -> None:
    assert letters.place_tone(word, "new") == letters.place_tone(word, "old") == word


@pytest.mark.parametrize(
    ("pattern", "word", "cased"),
    [("THU", "thủ", "THỦ"), ("Thu", "thủ", "Thủ"), ("thu", "thủ", "thủ"), ("A", "ấy", "Ấy"), ("12", "lần", "lần")],
)
def test_match_case(pattern: str, word: str, cased: str) -> None:
    assert letters.match_case(pattern, word) == cased


def test_a_word_is_a_run_of_letters() -> None:
    found = [match.group() for match in letters.WORD.finditer("Uỷ ban xã, 12/NQ-TU; km2 e\N{COMBINING ACUTE ACCENT}t")]
    assert found == ["Uỷ", "ban", "xã", "NQ", "TU", "km", "e\N{COMBINING ACUTE ACCENT}t"]


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    bare, tone = letters.split_tone(text)
    assert 0 <= tone <= 5
    assert not any(mark in unicodedata.normalize("NFD", bare) for mark in letters.TONES)
    assert letters.strip_marks(letters.strip_marks(text)) == letters.strip_marks(text)
    assert letters.nfc(text) == unicodedata.normalize("NFC", text)


@given(st.sampled_from(VOWELS), st.sampled_from(letters.TONES))
def test_a_tone_put_on_is_taken_off(vowel: str, mark: str) -> None:
    plain, _ = letters.split_tone(vowel)
    marked = unicodedata.normalize("NFC", plain + mark)
    assert letters.split_tone(marked) == (plain, letters.TONES.index(mark) + 1)
