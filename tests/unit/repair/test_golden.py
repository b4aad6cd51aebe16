"""Recorded readings of pages of our own: how many words may be wrong after the repair, and no figure changed."""

import unicodedata
from pathlib import Path

import pytest

from tests.unit.repair.helpers import FIGURE, mended, repair
from vnreport_ocr.evaluate.score import score
from vnreport_ocr.model import Damage
from vnreport_ocr.vietnamese.letters import strip_marks

GOLDEN = Path(__file__).parents[2] / "golden" / "repair"
MOST_WRONG = {
    ("report", "eng"): 0.02,
    ("resolution", "eng"): 0.03,
    ("plan", "eng"): 0.02,
    ("report", "vie"): 0.04,
    ("resolution", "vie"): 0.07,
    ("plan", "vie"): 0.13,
}
"""Shares of wrong words, punctuation counted; raw they are 0.8 (eng) and 0.06 to 0.2 (vie)."""


def read(name: str, kind: str) -> str:
    return (GOLDEN / f"{name}.{kind}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "engine"), MOST_WRONG)
def test_wrong_words(name: str, engine: str) -> None:
    truth, raw = read(name, "truth"), read(name, engine)
    after = score(truth, mended(raw))
    assert after.wer <= MOST_WRONG[name, engine]
    assert after.wer < score(truth, raw).wer


@pytest.mark.parametrize(("name", "engine"), MOST_WRONG)
def test_figures_are_as_they_were_read(name: str, engine: str) -> None:
    raw = read(name, engine)
    truth = FIGURE.findall(read(name, "truth"))  # ``kiểm 14m`` is no figure: it was printed ``kiểm lâm``
    before = [figure for figure in FIGURE.findall(raw) if len(figure) > 1 and figure in truth]
    after = FIGURE.findall(mended(raw))
    assert [figure for figure in before if figure not in after] == []


@pytest.mark.parametrize("name", ["report", "resolution", "plan"])
def test_the_damage_is_told(name: str) -> None:
    assert repair(read(name, "eng")).damage is Damage.WRONG_LANGUAGE
    assert repair(read(name, "vie")).damage in (Damage.CLEAN, Damage.LIGHT)
    assert repair(read(name, "truth")).damage is Damage.CLEAN


@pytest.mark.parametrize("name", ["report", "resolution", "plan"])
def test_what_was_printed_stays(name: str) -> None:
    truth = read(name, "truth")
    assert mended(truth) == truth


@pytest.mark.parametrize("name", ["report", "resolution", "plan"])
def test_quality_tells_good_from_bad(name: str) -> None:
    assert repair(read(name, "eng")).quality < repair(read(name, "truth")).quality


@pytest.mark.parametrize(("name", "engine"), MOST_WRONG)
def test_strictness_moves_the_threshold(name: str, engine: str) -> None:
    raw = read(name, engine)
    careful, normal, bold = (
        sum(len(line.corrections) for line in repair(raw, strictness=strictness).lines)
        for strictness in ("careful", "normal", "bold")
    )
    assert careful <= normal <= bold


@pytest.mark.parametrize(("name", "engine"), MOST_WRONG)
def test_a_page_cleaned_twice_is_a_page_cleaned_once(name: str, engine: str) -> None:
    once = mended(read(name, engine))
    assert mended(once) == once


@pytest.mark.parametrize(("name", "engine"), MOST_WRONG)
def test_a_decomposed_page_comes_out_the_same(name: str, engine: str) -> None:
    raw = read(name, engine)
    assert mended(unicodedata.normalize("NFD", raw)) == mended(raw)


@pytest.mark.parametrize("name", ["report", "resolution", "plan"])
def test_a_stripped_page(name: str) -> None:
    truth = read(name, "truth")
    assert score(truth, mended(strip_marks(truth))).wer <= 0.02
