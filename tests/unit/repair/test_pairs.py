"""Pairs: a term both of whose words were slipped on is found; two words that go together are left alone."""

import numpy as np
import pytest

from tests.unit.repair.helpers import language, mended
from vnreport_ocr.repair.pairs import DocumentPairs, Pairs


def numbers(*words: str) -> list[int]:
    return [language().ngrams.number(word) for word in words]


def found(pairs: Pairs, first: str, second: str) -> list[str]:
    entries = language().lexicon.entries
    slips = pairs.find(*numbers(first, second))
    return [f"{entries[slip.first].text} {entries[slip.second].text}" for slip in slips]


def test_the_term_with_the_same_letters_is_found() -> None:
    assert found(Pairs(language()), "phân", "đầu") == ["phấn đấu"]


@pytest.mark.parametrize(("first", "second"), [("phần", "đầu"), ("thị", "trưởng"), ("phấn", "đấu"), ("ngoài", "vườn")])
def test_words_that_go_together_are_no_slip(first: str, second: str) -> None:
    assert found(Pairs(language()), first, second) == []


def test_what_is_no_word_is_no_part_of_a_term() -> None:
    assert Pairs(language()).find(1, 3) == []


def test_a_term_that_the_document_has_is_likelier() -> None:
    pairs = Pairs(language())
    (alone,) = pairs.find(*numbers("phân", "đầu"))
    with_it = DocumentPairs(pairs, np.array(numbers("xã", "phấn", "đấu", "tỉnh", "phấn", "đấu"), dtype=np.int64))
    without = DocumentPairs(pairs, np.array(numbers("xã", "tỉnh"), dtype=np.int64))
    assert with_it.find(*numbers("phân", "đầu"))[0].score > alone.score + 1
    assert without.find(*numbers("phân", "đầu")) == [alone]


def test_both_words_are_mended_in_one_step() -> None:
    text = "Tổng thu ngân sách hằng năm tăng 10%, phân đầu đến năm 2030 đạt 900 tỷ đồng; các xã tiếp tục phấn đấu."
    assert mended(text) == text.replace("phân đầu", "phấn đấu")


@pytest.mark.parametrize(
    "text",
    [
        "Đội phân đầu ra làm ba nhánh.",
        "Ông Phan Đầu, trưởng thôn Bình An, đã báo cáo.",
        "Tài liệu gồm phần đầu và phần cuối.",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert mended(text) == text
