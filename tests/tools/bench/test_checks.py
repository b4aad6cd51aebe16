import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tools.bench.checks import Check, missed, own_musts
from tools.bench.main import main
from tools.bench.sets import light_sets, odd_sets, page_sets, text_sets

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.mark.parametrize(
    ("check", "held"),
    [
        (Check("wrong words", 0.01, 0.02), True),
        (Check("wrong words", 0.02, 0.02), True),
        (Check("wrong words", 0.03, 0.02), False),
        (Check("words a second", 9_000, 10_000, at_least=True), False),
        (Check("words a second", 11_000, 10_000, at_least=True), True),
    ],
)
def test_a_must_is_met_or_missed(check: Check, held: bool) -> None:
    assert check.held is held
    assert missed([check]) == ([] if held else [check.sentence])


def test_a_missed_must_says_what_was_asked_for() -> None:
    (sentence,) = missed([Check("000: share of wrong words", 0.5, 0.02)])
    assert sentence == "000: share of wrong words: 0.5, must be at most 0.02"


@pytest.mark.parametrize(("truth", "code"), [("Hội đồng nhân dân tỉnh", 0), ("Bảo hiểm xã hội huyện", 1)])
def test_the_bench_ends_with_1_where_a_must_is_missed(tmp_path: Path, truth: str, code: int) -> None:
    (tmp_path / "000.raw.txt").write_text("Hoi dong nhan dan tinh\n", encoding="utf-8")
    (tmp_path / "000.ref.txt").write_text(f"{truth}\n", encoding="utf-8")
    arguments = ["--data", str(tmp_path), "--only", "repair", "--no-write", "--check"]
    answer = CliRunner().invoke(main, arguments)
    assert answer.exit_code == code, answer.output
    assert ("missed: 000: share of wrong words" in answer.output) is bool(code)


def test_a_folder_has_musts_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "cu.raw.txt").write_text("Hoi dong nhan dan tinh\n", encoding="utf-8")
    (tmp_path / "cu.ref.txt").write_text("Hội đồng nhân dân huyện\n", encoding="utf-8")
    arguments = ["--data", str(tmp_path), "--only", "repair", "--no-write", "--check"]
    musts: dict[str, float] = {"share right at 0.9 or more": 0}  # one of these few corrections is wrong
    for most, code in (None, 0), (0.2, 0), (0.1, 1):
        asked = {} if most is None else {"cu: share of wrong words": most}
        (tmp_path / "musts.json").write_text(json.dumps(musts | asked), encoding="utf-8")
        answer = CliRunner().invoke(main, arguments)
        assert answer.exit_code == code, answer.output
        assert ("missed: cu: share of wrong words" in answer.output) is bool(code)


def test_the_musts_of_the_samples_name_sets_that_are_there() -> None:
    names = {texts.name for texts in (*text_sets(SAMPLES), *light_sets(SAMPLES), *odd_sets(SAMPLES, None))}
    names |= {pages.name for pages in page_sets(SAMPLES)}
    assert {what.rpartition(": ")[0] for what in own_musts(SAMPLES)} <= names
    assert {texts.name for texts in light_sets(SAMPLES)} <= names
    assert "clean/letters as it is" in names
