"""A page of nonsense is looked up as far as its budget goes, and then left as it is."""

import random

import pytest

from tests.unit.repair.helpers import language
from vnreport_ocr.model import Correction, Line, replay
from vnreport_ocr.repair import adaptation
from vnreport_ocr.repair.budget import Budget
from vnreport_ocr.repair.candidates import Candidates, itself
from vnreport_ocr.repair.flags import unsure_changes
from vnreport_ocr.repair.repairer import Repairer

LETTERS = "abcdeghiklmnopqrstuvxyđăâêôơư"


class Counting:
    """A source that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def find(self, read: str) -> Candidates:
        self.asked.append(read)
        return itself(read, language())


def test_a_reading_that_was_asked_for_costs_nothing() -> None:
    budget, source = Budget(2), Counting()
    bounded = budget.over(source)
    assert budget.over(source) is bounded
    for read in ("một", "hai", "một", "hai"):
        assert bounded.find(read).texts[0] == read
    assert not budget.is_spent
    left = bounded.find("Ba")
    assert (left.texts[0], left.own, float(left.scores[0]) < -20, budget.is_spent) == ("Ba", 0, True, True)
    assert source.asked == ["một", "hai", "một", "hai"]


@pytest.mark.parametrize("blank", ["", " "])
def test_nonsense_ends_when_its_budget_is_spent(blank: str, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(5)
    words = [blank.join(chance.choice(LETTERS) for _ in range(6)) for _ in range(150)]
    lines = [Line(" ".join(words[at : at + 10])) for at in range(0, len(words), 10)]
    made: list[Budget] = []
    asked: set[str] = set()

    class Kept(Budget):
        def __init__(self) -> None:
            super().__init__(200)
            made.append(self)

        def allows(self, read: str) -> bool:
            allowed = super().allows(read)
            if allowed:
                asked.add(read)
            return allowed

    monkeypatch.setattr(
        "vnreport_ocr.repair.repairer.Adaptation", lambda reader: adaptation.Adaptation(reader=reader, budget=Kept())
    )
    repaired = Repairer(language()).repair(lines)
    assert made[0].is_spent
    assert len(asked) == 200
    assert len(repaired.lines) == len(lines)


def test_a_long_line_is_not_made_anew_for_each_of_its_corrections(monkeypatch: pytest.MonkeyPatch) -> None:
    corrections = tuple(Correction(4 * n, "cua", "của", "decode", 0.6) for n in range(500))
    line = Line("cua " * 500, corrections=corrections)
    made: list[str] = []

    def counted(raw: str, those: tuple[Correction, ...]) -> str:
        made.append(raw)
        return replay(raw, those)

    monkeypatch.setattr("vnreport_ocr.model.replay", counted)
    (doubts,) = unsure_changes([line])
    assert [doubt.start for doubt in doubts] == [4 * n for n in range(500)]
    assert len(made) == 1


def test_a_doubt_stands_where_later_corrections_have_moved_it() -> None:
    corrections = (
        Correction(7, "dan", "dân", "decode", 0.6),
        Correction(0, "nhaan", "nhân", "typing", 1.0),
        Correction(6, "dân", "dâ n", "spacing", 1.0),
        Correction(0, "", "x ", "spacing", 1.0),
    )
    (doubts,) = unsure_changes([Line("nhaan, dan", corrections=corrections[:2])])
    assert [(doubt.start, doubt.text) for doubt in doubts] == [(6, "dân")]
    (lost,) = unsure_changes([Line("nhaan, dan", corrections=corrections)])
    assert lost == ()
