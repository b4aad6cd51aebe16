from pathlib import Path

import pytest
from click.testing import CliRunner

from tools.bench.checks import Check, missed
from tools.bench.main import main


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
