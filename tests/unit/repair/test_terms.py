"""Terms: names of the user are found by their bare letters, however they were read."""

import pytest

from tests.unit.repair.helpers import language, mended
from vnreport_ocr.repair.candidates import itself
from vnreport_ocr.repair.terms import Terms, TermSource

TERMS = Terms(["Công ty Tanlaco", "Dzuy", "Ea Kmút", "số 12"])


class Echo:
    """A source that knows the word itself and nothing else."""

    find = staticmethod(lambda read: itself(read, language()))


def test_words_of_letters_are_terms() -> None:
    assert TERMS.words == {"công", "ty", "tanlaco", "dzuy", "ea", "kmút", "số"}
    assert not Terms([])
    assert not Terms(["12", "3/4"])


@pytest.mark.parametrize(
    ("read", "near"),
    [("Tanlaoo", [("Tanlaco", 1)]), ("kmut", [("Kmút", 0)]), ("Dzny", [("Dzuy", 1)]), ("Ez", []), ("Holdings", [])],
)
def test_near(read: str, near: list[tuple[str, int]]) -> None:
    assert TERMS.near(read) == near


def test_a_term_is_one_more_candidate() -> None:
    found = TermSource(Echo(), TERMS, language()).find("Tanlaoo")
    assert found.texts == ["Tanlaoo", "Tanlaco"]
    assert found.texts[found.own] == "Tanlaoo"
    assert TermSource(Echo(), TERMS, language()).find("TANLAOO").texts == ["TANLAOO", "TANLACO"]


def test_a_term_that_is_there_is_favoured() -> None:
    plain, favoured = itself("Dzuy", language()), TermSource(Echo(), TERMS, language()).find("Dzuy")
    assert favoured.texts == plain.texts
    assert favoured.scores[0] > plain.scores[0]


def test_terms_change_nothing_elsewhere() -> None:
    text = "Hội đồng nhân dân huyện thông qua 12 nghị quyết về phát triển kinh tế."
    assert mended(text, terms=("Tanlaco", "Dzuy", "Ea Kmút")) == text
