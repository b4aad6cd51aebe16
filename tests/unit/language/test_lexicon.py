"""The lexicon: words by number in any case and tone style, and all their written forms."""

import numpy as np
import pytest

from vnreport_ocr.language.knowledge import open_language
from vnreport_ocr.language.lexicon import CAPITALS, SMALL, TITLE, Entry, Lexicon, in_case
from vnreport_ocr.vietnamese.letters import strip_marks

SMALL_LEXICON = Lexicon(
    [
        Entry("<s>", 9.0, (9.0, 0.0, 0.0)),
        Entry("hòa", 50.0, (40.0, 9.0, 1.0)),
        Entry("ủy", 30.0, (10.0, 20.0, 0.0)),
        Entry("bình", 20.0, (20.0, 0.0, 0.0)),
        Entry("ý", 5.0, (5.0, 0.0, 0.0)),
        Entry("logistics", 3.0, (3.0, 0.0, 0.0)),
    ]
)


@pytest.mark.parametrize("word", ["hòa", "Hòa", "HÒA", "hoà", "HOÀ"])
def test_a_word_in_any_dress(word: str) -> None:
    assert SMALL_LEXICON.number(word) == 1


@pytest.mark.parametrize("word", ["hoa", "hóa", "", "bìn"])
def test_another_word_is_unknown(word: str) -> None:
    assert SMALL_LEXICON.number(word) is None


def test_in_case() -> None:
    assert [in_case("đảng", case) for case in (SMALL, TITLE, CAPITALS)] == ["đảng", "Đảng", "ĐẢNG"]


def test_case_costs_follow_the_counts() -> None:
    cost = SMALL_LEXICON.case_cost
    assert cost[1, SMALL] > cost[1, TITLE] > cost[1, CAPITALS]
    assert cost[2, TITLE] > cost[2, SMALL]
    assert np.allclose(np.exp(cost).sum(axis=1), 1.0)


def test_the_inventory_holds_every_form_once() -> None:
    inventory = SMALL_LEXICON.inventory
    assert sorted(inventory.texts) == sorted(["hòa", "Hòa", "HÒA", "ủy", "Ủy", "ỦY", "bình", "Bình", "BÌNH", "ý", "Ý"])
    for form, text in enumerate(inventory.texts):
        onset, rhyme = int(inventory.onset[form]), int(inventory.rhyme[form])
        nucleus = inventory.nuclei[int(inventory.rhyme_nucleus[rhyme])]
        coda = inventory.codas[int(inventory.rhyme_coda[rhyme])]
        assert inventory.onsets[onset] + nucleus + coda == text
        assert int(inventory.form_of[onset, rhyme]) == form
        assert SMALL_LEXICON.number(text) == int(inventory.word[form])


def test_ours_knows_the_words_of_reports() -> None:
    language = open_language()
    for word in ("nghị", "quyết", "huyện", "thuỷ", "thủy", "Đảng", "uỷ"):
        assert language.lexicon.number(word) is not None
    assert language.lexicon.number("thưc") is None
    assert language.lexicon.inventory.texts.count("Đảng") == 1


def test_skeletons_gather_the_syllables_of_the_same_letters() -> None:
    language = open_language()
    entries = language.lexicon.entries
    found = {entries[number].text for number in language.skeletons["dang"]}
    assert {"đảng", "đang", "dạng", "dáng"} <= found
    assert all(strip_marks(text) == "dang" for text in found)
