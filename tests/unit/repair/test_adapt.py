"""A document teaches its own confusions."""

from collections import Counter

import numpy as np
import pytest

from tests.unit.repair.helpers import language, repair
from vnreport_ocr.repair.adapt import best_division, learn, learn_systematic, systematic


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


def test_what_a_document_reads_again_and_again_is_found() -> None:
    channel = language().confusions("vie")
    pairs = Counter({("ứong", "trong"): 2, ("ừên", "trên"): 2, ("đông", "đồng"): 9, ("hôi", "hội"): 9})
    found = systematic(channel, pairs)
    assert found == Counter({(0, "tr", "ư"): 4})
    assert not systematic(channel, Counter({("ứong", "trong"): 2}))


def test_it_is_learned_with_any_tone() -> None:
    channel = language().confusions("vie")
    taught = learn_systematic(channel, Counter({(0, "tr", "ư"): 4}), ["trong", "trên", "trước", "sau"] * 10)
    form = np.array([channel.inventory.number_of["trọng"]], dtype=np.int32)
    for read in ("ữọng", "ừọng", "ưọng"):
        assert taught.rescore(read, form)[0] > channel.rescore(read, form)[0] + 4
    other = np.array([channel.inventory.number_of["đồng"]], dtype=np.int32)
    assert taught.rescore("đông", other)[0] == pytest.approx(channel.rescore("đông", other)[0], abs=0.01)


def test_a_document_that_is_read_so_teaches_its_repair() -> None:
    lines = [
        "Tỉnh uỷ tập ứung lãnh đạo phát ứiển kinh tế - xã hội ứên địa bàn, giữ vững an ninh chính ứị.",
        "Các địa phương ứiển khai kế hoạch, tỷ lệ ứẻ em đến ứường đạt cao.",
        "Năm qua, ngành ừồng ừọt có bước phát ữiển; các sở hỗ ữợ nông dân.",
    ]
    repaired = [line.text for line in repair("\n".join(lines)).lines]
    assert repaired[2] == "Năm qua, ngành trồng trọt có bước phát triển; các sở hỗ trợ nông dân."
