"""A document teaches its own confusions."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from unidecode import unidecode

from tests.unit.repair.helpers import language, repair, repairer
from vnreport_ocr.model import Line
from vnreport_ocr.repair.adapt import best_division, learn, learn_systematic, systematic
from vnreport_ocr.vietnamese.letters import nfc, split_tone


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


SAMPLES = Path(__file__).parents[3] / "samples"
_ODD = {"ă": "3", "ư": "w", "ê": "€", "đ": "@"}
"""An engine of its own kind: what it makes of letters is in no dictionary."""


def oddly_read(text: str) -> str:
    bare = "".join(split_tone(letter)[0] for letter in nfc(text))
    return "".join(_ODD.get(letter, unidecode(letter)) for letter in bare)


def own_lines() -> list[str]:
    """The sentences of the samples, twice: a document of more than 1,500 words."""
    names = ("clean-scan", "fax", "text-wrong-language", "note")
    texts = [(SAMPLES / f"{name}.truth.txt").read_text(encoding="utf-8") for name in names]
    lines = [line for text in texts for line in text.split("\n") if len(line.split()) > 4]
    return 2 * list(dict.fromkeys(lines))


def wrong_words(truth: list[str], lines: list[str]) -> int:
    words = (zip(right.split(), line.split(), strict=True) for right, line in zip(truth, lines, strict=True))
    return sum(meant != said for pairs in words for meant, said in pairs)


def test_a_long_document_does_better_than_its_lines_alone() -> None:
    truth = own_lines()
    assert sum(len(line.split()) for line in truth) > 1500
    read = [oddly_read(line) for line in truth]
    together = [line.text for line in repairer().repair([Line(line) for line in read]).lines]
    alone = [repairer().repair([Line(line)]).lines[0].text for line in read]
    assert wrong_words(truth, together) < 0.4 * wrong_words(truth, alone)
    assert wrong_words(truth, together) < 0.1 * wrong_words(truth, read)


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
