"""Where few proposals against real words are sure, the text is strange rather than misread."""

import importlib
from pathlib import Path

from tests.unit.repair.helpers import mended
from vnreport_ocr.repair.tempering import Proposal, tempered, tempering

# By name: samples are a folder of scripts, which the type checker knows without the folder.
slips = importlib.import_module("samples.slips").slips
RARE = (Path(__file__).parents[2] / "cases" / "rare-words.txt").read_text(encoding="utf-8")
"""Typed sentences about medicine, crafts, kin, war, faith, mathematics, in dialect: 3,500 words without a slip."""


def proposals(sure: int, unsure: int) -> list[Proposal]:
    return [Proposal((f"sure {n}", ""), 0.95) for n in range(sure)] + [
        Proposal((f"unsure {n}", ""), 0.6) for n in range(unsure)
    ]


def weighed(sure: int, unsure: int, words: int = 1000, mended: int = 0) -> float:
    before = [(f"mended {n}", "") for n in range(mended)]
    return tempering(proposals(sure, unsure), before, 0.88, words)


def test_slips_that_are_nearly_all_sure_lose_nothing() -> None:
    assert weighed(60, 6) == 0.0
    assert weighed(10, 1) == 0.0


def test_the_fewer_are_sure_the_more_they_lose() -> None:
    assert 0.0 > weighed(12, 10) > weighed(8, 10) > weighed(4, 10)


def test_what_is_left_of_a_document_after_its_slips_were_mended_is_no_sign() -> None:
    assert weighed(0, 6) < weighed(0, 6, mended=3) < weighed(0, 6, mended=60) == 0.0


def test_a_few_unsure_proposals_are_usual_in_a_long_text() -> None:
    assert weighed(1, 5, words=500) < 0.0 == weighed(1, 5, words=5000)


def test_a_word_counts_once_however_often_it_recurs() -> None:
    again = [Proposal(("kèo", "kẹo"), 0.6)] * 50
    assert tempering([*again, *proposals(4, 0)], [], 0.88, 1000) == 0.0


def test_a_confidence_keeps_its_bounds() -> None:
    assert tempered(0.0, -3) == 0.0
    assert tempered(1.0, -3) == 1.0
    assert tempered(0.97, 0.0) == 0.97
    assert 0.5 < tempered(0.97, -3) < 0.97


def test_rare_words_stay() -> None:
    """Fifteen of these words were changed, most of them with more than nine tenths of confidence."""
    assert mended(RARE) == RARE


def test_among_rare_words_few_are_broken_for_the_sake_of_slips() -> None:
    damaged = slips(RARE, 20, "rare words")
    lines = list(zip(*(text.split("\n") for text in (RARE, damaged, mended(damaged))), strict=True))
    untouched = [(truth, after) for truth, before, after in lines if truth == before]
    assert sum(truth != after for truth, after in untouched) <= 0.04 * len(untouched)
    touched = [(truth, after) for truth, before, after in lines if truth != before]
    assert sum(truth == after for truth, after in touched) >= 0.4 * len(touched)
