"""A document teaches its own confusions."""

from collections import Counter

import numpy as np
import pytest

from tests.unit.repair.helpers import language, repair
from vnreport_ocr.repair.adapt import best_division, learn


@pytest.mark.parametrize(
    ("read", "text", "parts"),
    [
        ("déng", "đồng", [(0, "đ", "d"), (1, "ồ", "é"), (2, "ng", "ng")]),
        ("x4", "xã", [(0, "x", "x"), (1, "ã", "4"), (2, "", "")]),
        ("thuc", "thực", [(0, "th", "th"), (1, "ự", "u"), (2, "c", "c")]),
    ],
)
def test_a_reading_is_divided(read: str, text: str, parts: list[tuple[int, str, str]]) -> None:
    assert list(best_division(language().confusions("other"), read, text)) == parts


def test_what_is_no_syllable_teaches_nothing() -> None:
    assert not list(best_division(language().confusions("other"), "abc", "report"))


def test_what_was_learned_is_likelier_afterwards() -> None:
    channel = language().confusions("other")
    form = np.array([channel.inventory.texts.index("đồng")], dtype=np.int32)
    before = channel.rescore("d@ng", form)[0]
    after = learn(channel, Counter({("d@ng", "đồng"): 30}), 4.0).rescore("d@ng", form)[0]
    assert after > before
    assert channel.rescore("d@ng", form)[0] == before


def test_a_long_document_does_better_than_its_lines_alone() -> None:
    sentence = "Hdi d@ng nhan dan x4 da h9p va thdng qua nghi quyét phat trién kinh té"
    lines = "\n".join([sentence] * 30)
    mended = [line.text for line in repair(lines).lines]
    assert len(set(mended[:1])) == 1
    assert "nghị quyết phát triển kinh tế" in mended[-1]
    assert "Hội đồng nhân dân xã" in mended[-1]
