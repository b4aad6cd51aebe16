"""Suspicion: what in clean text deserves a second look, and what does not."""

import pytest

from tests.unit.repair.helpers import language
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.policies import Policies
from vnreport_ocr.repair.suspicion import numbers_of, suspects
from vnreport_ocr.repair.terms import Terms

RIVALS = Policies(language(), Terms(())).rivals


def suspected(text: str) -> list[str]:
    sentences = list(Parsed([text]).sentences([True]))
    flags = suspects(sentences, numbers_of(sentences, language()), language(), RIVALS)
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
        ("văn phòng đại điện ở nước ngoài được cấp phép", "điện"),
        ("thông tư này có hiệu lực thị hành kể từ ngày ký", "thị"),
        ("trong thời hạn năm ngày kế từ ngày nhận được đơn", "kế"),
    ],
)
def test_a_word_that_nothing_expects(text: str, odd: str) -> None:
    assert odd in suspected(text)


def test_most_words_of_a_right_text_are_left_in_peace() -> None:
    text = "Ban Thường vụ Tỉnh uỷ ban hành nghị quyết về phát triển kinh tế - xã hội năm 2020, định hướng đến năm 2030."
    assert not suspected(text)


def test_numbers_and_signs_are_no_suspects() -> None:
    assert not suspected("12 345, 6/7: 89-QĐ/TW.")
    assert suspects([], numbers_of([], language()), language(), RIVALS) == []
