"""Candidates: what a word may have been, always with the word itself or a reason why not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.repair.helpers import language
from vnreport_ocr.language.confusions import Engine
from vnreport_ocr.language.lexicon import CAPITALS, SMALL, TITLE
from vnreport_ocr.language.ngrams import UNKNOWN
from vnreport_ocr.native.scale import SPARE
from vnreport_ocr.repair.candidates import MOST, MOST_SLIPS, Candidates, ChannelSource, StrippedSource, case_of, itself
from vnreport_ocr.repair.policies import MANNERS
from vnreport_ocr.vietnamese.letters import strip_marks

SOURCES: dict[Engine, ChannelSource] = {
    engine: ChannelSource(language(), language().confusions(engine), manner) for engine, manner in MANNERS.items()
}
STRIPPED = StrippedSource(language())


def best(found: Candidates) -> str:
    return found.texts[int(found.scores.argmax())]


@pytest.mark.parametrize(("text", "case"), [("uỷ", SMALL), ("Uỷ", TITLE), ("UỶ", CAPITALS), ("Ý", TITLE), ("", SMALL)])
def test_case_of(text: str, case: int) -> None:
    assert case_of(text) == case


@pytest.mark.parametrize("read", ["huyện", "Huyện", "NGHỊ", "chính"])
def test_the_vietnamese_engine_is_believed(read: str) -> None:
    assert best(SOURCES["vie"].find(read)) == read


@pytest.mark.parametrize(
    ("read", "text"), [("déng", "đồng"), ("S6", "Số"), ("x4", "xã"), ("HPND", "HĐND"), ("QUYET", "QUYẾT")]
)
def test_what_was_printed_is_among_them(read: str, text: str) -> None:
    assert text in SOURCES["other"].find(read).texts


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=14), st.sampled_from(["other", "vie"]))
def test_the_word_itself_is_always_one(read: str, engine: Engine) -> None:
    found = SOURCES[engine].find(read)
    assert found.texts[found.own] == read
    assert len(found.texts) == found.words.size == found.cases.size == found.scores.size <= MOST + MOST_SLIPS + SPARE
    assert SOURCES[engine].find(read) is found


def test_stripped_words_have_every_syllable_of_their_letters() -> None:
    found = STRIPPED.find("Dang")
    assert {"Đảng", "Đang", "Dạng"} <= set(found.texts)
    assert {strip_marks(text) for text in found.texts} == {"Dang"}
    assert set(found.cases.tolist()) == {TITLE}


def test_stripped_capitals_may_be_an_abbreviation_or_a_word() -> None:
    found = STRIPPED.find("TU")
    assert found.texts[found.own] == "TU"
    assert found.words[found.own] == UNKNOWN
    assert {"TỪ", "TƯ"} <= set(found.texts)


@pytest.mark.parametrize("read", ["report", "Krông", "qwxz", "x4"])
def test_what_is_no_stripped_syllable_stays(read: str) -> None:
    assert STRIPPED.find(read).texts == [read]


def test_itself_is_alone() -> None:
    found = itself("Tanlaco", language())
    assert found.texts == ["Tanlaco"]
    assert found.words.tolist() == [UNKNOWN]
