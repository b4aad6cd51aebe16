"""Suspicion: what in clean text deserves a second look, and what does not."""

import pytest

from tests.unit.repair.helpers import language
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.suspicion import numbers_of, suspects


def suspected(text: str) -> list[str]:
    sentences = list(Parsed([text]).sentences([True]))
    flags = suspects(sentences, numbers_of(sentences, language()), language())
    return [
        item.text
        for sentence, odd in zip(sentences, flags, strict=True)
        for item, flag in zip(sentence, odd, strict=True)
        if flag
    ]


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("Hội đồng nhân đân tỉnh thông qua nghị quyết", "đân"),
        ("các cấp uỷ đảng tập trung lãmh đạo", "lãmh"),
        ("bảo đảm tật tự an toàn xã hội", "tật"),
    ],
)
def test_a_word_that_nothing_expects(text: str, odd: str) -> None:
    assert odd in suspected(text)


def test_most_words_of_a_right_text_are_left_in_peace() -> None:
    text = "Ban Thường vụ Tỉnh uỷ ban hành nghị quyết về phát triển kinh tế - xã hội năm 2020, định hướng đến năm 2030."
    assert len(suspected(text)) <= 2


def test_numbers_and_signs_are_no_suspects() -> None:
    assert not suspected("12 345, 6/7: 89-QĐ/TW.")
    assert suspects([], numbers_of([], language()), language()) == []
