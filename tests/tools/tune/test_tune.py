"""Tuned numbers are found, moved for one measurement with all that derives from them, and told."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
from click.testing import CliRunner

from tools.tune.main import Trial, chosen, main, trials_table
from tools.tune.moved import moved
from tools.tune.numbers import PACKAGE, ROOMS, ROOT, TunedNumber, numbers_of, tuned_numbers
from vnreport_ocr.tuned import Tuned


@dataclass(frozen=True)
class Group:
    most: Annotated[int, Tuned("lines", 10, 60, "As many as a line has.")] = 40
    share: Annotated[float, Tuned("share", 0.8, 0.9, "A share.")] = 0.9


@dataclass(frozen=True)
class Room:
    group: Group = Group()


@dataclass(frozen=True)
class Bare:
    most: int = 40


@dataclass(frozen=True)
class Unexplained:
    bare: Bare = Bare()


def test_numbers_are_found_with_their_units_ranges_and_reasons() -> None:
    most, share = numbers_of(Room(), "room")
    assert (most.key, most.value, most.tuned.unit, most.tuned.why) == (
        "room:group.most", 40, "lines", "As many as a line has.",
    )  # fmt: skip
    assert most.trials() == (10, 60)
    assert share.trials() == (0.8,)


def test_a_number_without_a_reason_is_refused() -> None:
    with pytest.raises(TypeError, match=r"bare\.most"):
        list(numbers_of(Unexplained(), "room"))


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_number_lies_within_its_range(room: str) -> None:
    for number in tuned_numbers(room):
        assert number.tuned.low <= number.value <= number.tuned.high, number.key
        assert number.tuned.low < number.tuned.high, number.key
        assert number.tuned.unit, number.key
        assert number.tuned.why.endswith("."), number.key


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_number_is_used(room: str) -> None:
    used = "".join(path.read_text(encoding="utf-8") for path in sorted((PACKAGE / room).rglob("*.py")))
    for number in tuned_numbers(room):
        assert re.search(rf"\b(TUNING\.{number.name.split('.')[0]}|_T)\.{number.name.split('.')[1]}\b", used), (
            number.key
        )


def test_a_number_is_replaced_by_its_name() -> None:
    room = Room()
    assert moved(room, "group.most", 7) == Room(Group(most=7))
    assert room.group.most == 40
    for wrong in "group.none", "none.most", "group":
        with pytest.raises(LookupError):
            moved(room, wrong, 7)


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    (tmp_path / "cu.raw.txt").write_text("Hoi dong nhan dan tinh\n", encoding="utf-8")
    (tmp_path / "cu.ref.txt").write_text("Hội đồng nhân dân tỉnh\n", encoding="utf-8")
    return tmp_path


def test_a_moved_number_changes_what_is_measured(sets: Path) -> None:
    # With hardly any weight of the context the bare words stay or come out wrong.
    weight = next(n for n in tuned_numbers("repair") if n.name == "rounds.weight")
    for move, wrong in ((), 0), ((f"{weight.key}=-3.0",), 1):
        command = [sys.executable, "-m", "tools.tune.moved", "texts", str(sets), *move]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=120)
        assert min(json.loads(done.stdout)["cu"], 1) == wrong


def test_parts_share_all_numbers_out() -> None:
    every = list(tuned_numbers("repair"))
    shared = [number for part in ("1/3", "2/3", "3/3") for number in chosen(every, (), part)]
    assert sorted(shared) == sorted(every)
    assert {number.name for number in chosen(every, ("rounds.weight",), "1/1")} == {"rounds.weight"}


def test_the_table_tells_what_moves_and_what_is_flat() -> None:
    number = TunedNumber("repair", "x.a", 1.0, Tuned("nats", 0.5, 2.0, "It is so."))
    table = trials_table([
        Trial(number, 0.5, {"000": 3, "001": 0}), Trial(number, 2.0, {"000": 0}), Trial(number, 2.0, {}, "ValueError"),
    ])  # fmt: skip
    assert "| repair:x.a | 1 | nats | 0.5 | +3 | 000 +3 |" in table
    assert "| flat |" in table
    assert "| ValueError |" in table


def test_an_unknown_number_is_told(sets: Path) -> None:
    answer = CliRunner().invoke(main, ["--room", "repair", "--only", "no_such", "--data", str(sets)])
    assert answer.exit_code == 2
    assert "no_such" in answer.output
