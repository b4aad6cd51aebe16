"""Tuned numbers are found, moved for one measurement with all that derives from them, and told."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tools.tune.main import Trial, chosen, main, trials_table
from tools.tune.moved import moved
from tools.tune.numbers import ROOMS, ROOT, TunedNumber, numbers_of, tuned_numbers

SOURCE = '''
"""A module."""
from typing import Final
_MOST = 40
"""As many as a line has; range 10 to 60."""
_SHARE: Final = 0.9
NEVER = -4.0
_NAMES = ("a", "b")
_TWICE = 2 * _MOST
lower = 3
_FLAG = True
'''


def test_numbers_are_found_with_their_ranges_and_reasons() -> None:
    found = {number.name: number for number in numbers_of(SOURCE, "m")}
    assert set(found) == {"_MOST", "_SHARE", "NEVER"}
    assert (found["_MOST"].low, found["_MOST"].high) == (10, 60)
    assert found["_MOST"].reason.startswith("As many as")
    assert found["_SHARE"].trials() == pytest.approx((0.8, 0.95))
    assert found["NEVER"].trials() == (-8.0, -2.0)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_room_has_some(room: str) -> None:
    assert list(tuned_numbers(room))


def test_what_derives_from_a_number_follows_it() -> None:
    space: dict[str, object] = {}
    exec(compile(moved(SOURCE, "_MOST", 7), "m", "exec"), space)
    assert (space["_MOST"], space["_TWICE"]) == (7, 14)
    with pytest.raises(LookupError):
        moved(SOURCE, "_NONE", 7)


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    (tmp_path / "cu.raw.txt").write_text("Hoi dong nhan dan tinh\n", encoding="utf-8")
    (tmp_path / "cu.ref.txt").write_text("Hội đồng nhân dân tỉnh\n", encoding="utf-8")
    return tmp_path


def test_a_moved_number_changes_what_is_measured(sets: Path) -> None:
    # With hardly any weight of the context the bare words stay or come out wrong.
    weight = next(n for n in tuned_numbers("repair") if n.name == "_WEIGHT")
    for move, wrong in ((), 0), ((f"{weight.key}=-3.0",), 1):
        command = [sys.executable, "-m", "tools.tune.moved", "texts", str(sets), *move]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=120)
        assert min(json.loads(done.stdout)["cu"], 1) == wrong


def test_parts_share_all_numbers_out() -> None:
    every = list(tuned_numbers("repair"))
    shared = [number for part in ("1/3", "2/3", "3/3") for number in chosen(every, (), part)]
    assert sorted(shared) == sorted(every)
    assert {number.name for number in chosen(every, ("_WEIGHT",), "1/1")} == {"_WEIGHT"}


def test_the_table_tells_what_moves_and_what_is_flat() -> None:
    number = TunedNumber("vnreport_ocr.repair.x", "_A", 1.0, 0.5, 2.0, "")
    table = trials_table([
        Trial(number, 0.5, {"000": 3, "001": 0}), Trial(number, 2.0, {"000": 0}), Trial(number, 2.0, {}, "ValueError"),
    ])  # fmt: skip
    assert "| repair.x:_A | 1 | 0.5 | +3 | 000 +3 |" in table
    assert "| flat |" in table
    assert "| ValueError |" in table


def test_an_unknown_number_is_told(sets: Path) -> None:
    answer = CliRunner().invoke(main, ["--room", "repair", "--only", "_NO_SUCH", "--data", str(sets)])
    assert answer.exit_code == 2
    assert "_NO_SUCH" in answer.output
