import json
from pathlib import Path

import pytest

from vnreport_ocr.errors import DecisionsError, MissingFileError
from vnreport_ocr.model import Box
from vnreport_ocr.review.decisions import (
    Decisions,
    ReviewDecision,
    Verdict,
    from_json,
    learned_terms,
    merged,
    read_decisions,
    to_json,
)

TYPED = ReviewDecision(
    1, "Dak To", "Đại Táo", Verdict.TYPE, "Đắk Tô", "huyện ", ", tỉnh", Box(1, 2, 3, 4), "2026-01-02T03:04:05Z"
)
ACCEPTED = ReviewDecision(2, "18/NQ-HDND", "18/NQ-HĐND", Verdict.ACCEPT, "18/NQ-HĐND")


def test_decisions_are_written_and_read() -> None:
    decisions = Decisions("báo cáo.pdf", (TYPED, ACCEPTED))
    assert from_json(to_json(decisions)) == decisions


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"format": "vnocr-document"}', '{"format": "vnocr-decisions", "format_version": 7}',
     '{"format": "vnocr-decisions", "format_version": 1, "decisions": 3}'],
)  # fmt: skip
def test_what_is_no_file_of_decisions_is_told(text: str) -> None:
    with pytest.raises(DecisionsError):
        from_json(text)


@pytest.mark.parametrize(
    "change",
    [{"page": 0}, {"page": "1"}, {"page": True}, {"verdict": "perhaps"}, {"box": [1, 2]}, {"box": "x"}, {"chosen": 5},
     {"read": None}],
)  # fmt: skip
def test_a_decision_that_is_none_is_told_by_its_number(change: dict[str, object]) -> None:
    record = json.loads(to_json(Decisions("a", (ACCEPTED, TYPED))))
    record["decisions"][1].update(change)
    with pytest.raises(DecisionsError, match=r"Decision 2|Text was expected"):
        from_json(json.dumps(record))


def test_of_two_decisions_about_one_place_the_later_holds() -> None:
    later = TYPED._replace(chosen="Đăk Tô", when="2026-01-03T00:00:00Z")
    for order in ((TYPED, later), (later, TYPED)):
        both = merged(*(Decisions("a", (one,)) for one in order), Decisions("a", (ACCEPTED,)))
        assert both.made == (later, ACCEPTED)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        read_decisions(tmp_path / "a.json")


def test_words_that_were_typed_or_accepted_become_terms_and_figures_do_not() -> None:
    figure = ACCEPTED._replace(verdict=Verdict.TYPE, chosen="(số 72,5 Ea Súp và bôtum);")
    right = ACCEPTED._replace(chosen="Số Rve và Krông Nô")
    wrong = TYPED._replace(verdict=Verdict.REJECT, chosen="Dak To")
    terms = learned_terms([TYPED, ACCEPTED, figure, right, wrong], {"số", "và"}.__contains__)
    assert terms == ["Đắk Tô", "Ea Súp", "bôtum", "Số Rve", "Krông Nô"]
    common = right._replace(chosen="Số và số")
    assert learned_terms([common], {"số", "và"}.__contains__) == []
