"""Syllables: which are legal, their parts, and the form in which they are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnreport_ocr.vietnamese.letters import place_tone, split_tone, tone_key
from vnreport_ocr.vietnamese.syllables import Syllable, canonical, is_legal, parse, split_rhyme, units

_LEGAL = """
uỷ ban nhân dân tỉnh nghiêng giếng gì quyết quốc khuỷu thuyền nguyễn khoá xoong huơ yêu ý ĐẢNG Hội nghị
giữ gìn kỳ kể ghi nghề ngành rừng trượt phương khuya quạ nguệch hoạch kăng cuốc gương
"""
LEGAL = _LEGAL.split()
ILLEGAL = ["report", "tỉmh", "cê", "ke1", "nge", "gê", "toách1", "bác2", "hat", "bâc", "lop", "", "bcd", "tiện tử", "w"]


@pytest.mark.parametrize("word", LEGAL)
def test_legal(word: str) -> None:
    assert is_legal(word)
    assert is_legal(word.upper())


@pytest.mark.parametrize("word", ILLEGAL)
def test_illegal(word: str) -> None:
    assert not is_legal(word)


def test_a_stop_bears_two_tones_only() -> None:
    assert [is_legal(word) for word in ("cát", "cạt", "cat", "càt", "cảt", "cãt")] == [True, True, *[False] * 4]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("nghiệp", Syllable("ngh", "iêp", 5)),
        ("gìn", Syllable("gi", "in", 1)),
        ("gì", Syllable("gi", "i", 1)),
        ("quả", Syllable("qu", "a", 4)),
        ("ẵm", Syllable("", "ăm", 3)),
        ("ĐỦ", Syllable("đ", "u", 4)),
    ],
)
def test_parts(word: str, parts: Syllable) -> None:
    assert parse(word) == parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Trường", ("Tr", "ườ", "ng")),
        ("gìn", ("g", "ì", "n")),
        ("gì", ("g", "ì", "")),
        ("giải", ("gi", "ả", "i")),
        ("của", ("c", "ủa", "")),
        ("thuỷ", ("th", "uỷ", "")),
        ("HUYỆN", ("H", "UYỆ", "N")),
        ("ai", ("", "a", "i")),
    ],
)
def test_units_are_what_is_written(word: str, parts: tuple[str, str, str]) -> None:
    assert units(word) == parts


def test_what_is_no_syllable_has_no_units() -> None:
    assert units("budget") is None


@pytest.mark.parametrize(
    ("rhyme", "parts"), [("iêng", ("iê", "ng")), ("ai", ("a", "i")), ("ua", ("ua", "")), ("uych", ("uy", "ch"))]
)
def test_split_rhyme(rhyme: str, parts: tuple[str, str]) -> None:
    assert split_rhyme(rhyme) == parts


@pytest.mark.parametrize(
    ("word", "counted"),
    [("Thuỷ", "thủy"), ("hoà", "hòa"), ("HOÀN", "hoàn"), ("gìn", "gìn"), ("Quý", "quý"), ("khuya", "khuya"),
     ("Budget", "budget"), ("nghĩa", "nghĩa"), ("thưở", "thưở"), ("tiền", "tiền"), ("giữa", "giữa")],
)  # fmt: skip
def test_canonical(word: str, counted: str) -> None:
    assert canonical(word) == counted


@pytest.mark.parametrize("word", [word for word in LEGAL if parse(word)])
def test_units_make_the_word_again_and_canonical_is_the_same_word(word: str) -> None:
    found = units(word)
    assert found is not None
    assert "".join(found) == word
    assert tone_key(canonical(word)) == tone_key(word.lower())
    assert canonical(canonical(word)) == canonical(word)
    assert canonical(place_tone(word, "new")) == canonical(place_tone(word, "old"))


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    found = parse(text)
    if found is not None:
        bare, tone = split_tone(text.lower())
        assert tone == found.tone
        assert bare.startswith(found.onset[:1])
        written = units(text)
        assert written is None or "".join(written) == text
    canonical(text)
