"""Measurements as they are made, kept in a file line by line, so that a sweep that was stopped goes on where it was."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tools.tune.numbers import TunedNumber
from tools.tune.outcome import SetOutcome


class Trial(NamedTuple):
    """A number at one end of its range: what became of every set that was measured."""

    number: TunedNumber
    value: float
    sets: dict[str, SetOutcome]
    failed: str = ""


class TrialChange(NamedTuple):
    """What a trial changed, against the numbers as they are."""

    wrong: dict[str, int]
    """How much more or less is wrong, in each set where that moved."""
    broken: int
    """How many more or fewer right words were broken."""
    outputs: int
    """The sets whose output is another one."""
    failed: str = ""

    @property
    def total(self) -> int:
        """How much more or less is wrong in all."""
        return sum(self.wrong.values())

    @property
    def is_flat(self) -> bool:
        """Whether no output changed anywhere."""
        return not self.failed and not self.outputs

    @property
    def moves(self) -> bool:
        """Whether more or less is wrong in any set."""
        return bool(self.failed or self.wrong)


def change(trial: Trial, base: Mapping[str, SetOutcome]) -> TrialChange:
    """Hold a trial against the base."""
    if trial.failed:
        return TrialChange({}, 0, 0, trial.failed)
    pairs = {name: (before, trial.sets[name]) for name, before in base.items()}
    wrong = {name: now.wrong - before.wrong for name, (before, now) in pairs.items() if now.wrong != before.wrong}
    broken = sum(now.broken - before.broken for before, now in pairs.values())
    return TrialChange(wrong, broken, sum(now.digest != before.digest for before, now in pairs.values()))


class SweepRecord:
    """A file of measurements: the base in its first line, then a trial in each; without a path nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        lines = path.read_text(encoding="utf-8").splitlines() if path is not None and path.exists() else []
        self._told = [json.loads(line) for line in lines]

    @property
    def base(self) -> dict[str, SetOutcome] | None:
        """What was measured with the numbers as they are, None in a new record."""
        return _sets(self._told[0]["base"]) if self._told else None

    def trials(self, numbers: Iterable[TunedNumber]) -> list[Trial]:
        """List the recorded trials of these numbers, where they stood at the value that they have now."""
        known = {number.key: number for number in numbers}
        return [
            Trial(known[one["number"]], one["value"], _sets(one["sets"]), one["failed"])
            for one in self._told[1:]
            if one["number"] in known and one["is"] == known[one["number"]].value
        ]

    def begin(self, base: dict[str, SetOutcome]) -> None:
        """Keep the base."""
        self._add({"base": base})

    def add(self, trial: Trial) -> None:
        """Keep a trial."""
        number = trial.number
        told = {"number": number.key, "is": number.value, "value": trial.value, "sets": trial.sets}
        self._add(told | {"failed": trial.failed})

    def _add(self, told: dict[str, object]) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(told, ensure_ascii=False) + "\n")


def _sets(told: dict[str, list[object]]) -> dict[str, SetOutcome]:
    return {name: SetOutcome(*one) for name, one in told.items()}  # type: ignore[arg-type]
