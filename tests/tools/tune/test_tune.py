"""Tuned numbers are found, moved for one measurement with all that derives from them, and told."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
from click.testing import CliRunner

from tools.tune.main import chosen, main, measurer
from tools.tune.moved import Mover, moved
from tools.tune.numbers import PACKAGE, ROOMS, ROOT, TunedNumber, numbers_of, tuned_numbers
from tools.tune.outcome import SetOutcome, outcomes
from tools.tune.record import SweepRecord, Trial
from tools.tune.repaired import keep_pages, structured_documents
from tools.tune.report import moves_table, still_list
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline
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
    with measurer("texts", [sets], ["cu"]) as measure:
        base = outcomes(measure(""))
        moved_far = outcomes(measure("repair:rounds.weight=-3.0"))
        again = outcomes(measure("repair:rounds.weight=1.1"))
        with pytest.raises(RuntimeError, match=r"rounds\.no_such"):
            outcomes(measure("repair:rounds.no_such=1"))
    assert base["cu"].wrong == 0
    assert moved_far["cu"].wrong > 0
    assert moved_far["cu"].digest != base["cu"].digest
    assert again == base


def test_the_cases_of_the_tests_are_measured_with_every_text(sets: Path) -> None:
    with measurer("texts", [sets], ["cases*"]) as measure:
        base = outcomes(measure(""))
        moved_far = outcomes(measure("repair:rounds.weight=-3.0"))
    assert list(base) == ["cases of the tests"]
    assert moved_far["cases of the tests"].wrong > base["cases of the tests"].wrong + 50


def test_text_layers_are_read_without_an_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # no engine can be found
    monkeypatch.setenv("VNOCR_FONTS", str(tmp_path))  # and no letter can be drawn
    layers = tmp_path / "layers"
    layers.mkdir()
    for name in ("good-layer.pdf", "good-layer.truth.txt"):
        shutil.copy(ROOT / "samples" / name, layers)
    for sets, move in (("layers", "sources:order.near=200.0"), ("repaired", "structure:headings.longest=1")):
        command = [sys.executable, "-m", "tools.tune.moved", sets, "--", str(layers)]
        ran = subprocess.run(command, input=f"\n{move}\n", cwd=ROOT, capture_output=True, text=True, timeout=300)
        assert "No letters are measured. " in ran.stderr
        base, moved_far = (next(iter(outcomes(line).values())) for line in ran.stdout.splitlines())
        assert base.wrong == 0
        assert moved_far.digest != base.digest


def test_kept_pages_come_out_as_pages_that_were_read_now(tmp_path: Path) -> None:
    for name in ("table-vector.pdf", "text-stripped.txt", "text-stripped.truth.txt"):
        shutil.copy(ROOT / "samples" / name, tmp_path)
    kept = dict(structured_documents(keep_pages(tmp_path, tmp_path)))
    assert [path.name for path in kept] == ["table-vector.pdf", "text-stripped.txt"]
    for path, document in kept.items():
        assert document == Pipeline(Options()).clean_file(path)


def test_a_number_that_was_used_already_is_not_moved() -> None:
    assert tuned_numbers("repair")  # imports the tuning of the room
    with pytest.raises(RuntimeError, match="imported already"):
        Mover("repair", "rounds.weight", 1.0)


def test_parts_share_all_numbers_out() -> None:
    every = list(tuned_numbers("repair"))
    shared = [number for part in ("1/3", "2/3", "3/3") for number in chosen(every, (), part)]
    assert sorted(shared) == sorted(every)
    assert {number.name for number in chosen(every, ("rounds.weight",), "1/1")} == {"rounds.weight"}


NUMBER = TunedNumber("repair", "x.a", 1.0, Tuned("nats", 0.5, 2.0, "It is so."))
OTHER = NUMBER._replace(name="x.b")
BASE = {"000": SetOutcome(5, 1, "one"), "001": SetOutcome(2, 0, "two")}


def test_the_table_tells_what_moves_and_what_is_flat() -> None:
    trials = [
        Trial(NUMBER, 0.5, {"000": SetOutcome(8, 2, "other"), "001": BASE["001"]}),
        Trial(NUMBER, 2.0, {}, "ValueError: no"),
        Trial(OTHER, 0.5, BASE),
        Trial(OTHER, 2.0, BASE),
        Trial(OTHER._replace(name="x.c"), 0.5, BASE | {"001": SetOutcome(2, 0, "another")}),
    ]
    table = moves_table(trials, BASE)
    assert "| x.a | 1 | nats | 0.5 | +3 | +1 | 000 +3 |" in table
    assert "| ValueError: no |" in table
    assert "x.b" not in table
    still = still_list(trials, BASE)
    assert "3 numbers were moved; 1 makes more or less wrong" in still
    assert "nothing more or less is wrong (1): `x` (c)." in still
    assert "No output differs (1): `x` (b)." in still


def test_a_sweep_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    record = SweepRecord(tmp_path / "new" / "record.jsonl")
    assert record.base is None
    record.begin(BASE)
    record.add(Trial(NUMBER, 0.5, BASE))
    record.add(Trial(OTHER, 0.5, {}, "it failed"))
    kept = SweepRecord(tmp_path / "new" / "record.jsonl")
    assert kept.base == BASE
    assert kept.trials([NUMBER, OTHER]) == [Trial(NUMBER, 0.5, BASE), Trial(OTHER, 0.5, {}, "it failed")]
    assert not kept.trials([NUMBER._replace(value=1.5)])


def test_a_record_of_other_code_is_refused(sets: Path, tmp_path: Path) -> None:
    SweepRecord(tmp_path / "old.jsonl").begin(BASE)
    arguments = ["--room", "repair", "--only", "rounds.weight", "--data", str(sets), "--record"]
    answer = CliRunner().invoke(main, [*arguments, str(tmp_path / "old.jsonl")])
    assert answer.exit_code == 2
    assert "other code or other sets" in answer.output


def test_an_unknown_number_is_told(sets: Path) -> None:
    answer = CliRunner().invoke(main, ["--room", "repair", "--only", "no_such", "--data", str(sets)])
    assert answer.exit_code == 2
    assert "no_such" in answer.output
