"""``make tune``: moves tuned numbers over their ranges and tells what each is worth on the development sets.

    python -m tools.tune.main --room repair [--only NAME ...] [--data DIR] [--out FILE]

``VNOCR_DEV_DATA`` names the folder of sets; without it the samples of the checkout are measured. One number of the
repair takes about a minute; all numbers of a room take hours and can be shared out with ``--part 1/4``.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import click

from tools.bench.tables import markdown_table
from tools.tune.numbers import ROOMS, ROOT, TunedNumber, tuned_numbers

LIMIT_S = 3600
"""Seconds that one measurement may take."""


class Trial(NamedTuple):
    """A number at one end of its range: how much more or less is wrong in each set that moved."""

    number: TunedNumber
    value: float
    changes: dict[str, int]
    failed: str = ""

    @property
    def is_flat(self) -> bool:
        """Whether nothing moved anywhere."""
        return not self.failed and not any(self.changes.values())


@click.command()
@click.option("--room", type=click.Choice(sorted(ROOMS)), required=True, help="The room whose numbers are moved.")
@click.option("--only", "wanted", multiple=True, metavar="NAME", help="This number or group: rounds.weight, rounds.")
@click.option("--part", default="1/1", show_default=True, metavar="K/N", help="The K-th of N parts of the numbers.")
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A folder of sets.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the table into this file too.")
def main(room: str, wanted: tuple[str, ...], part: str, data: Path | None, out: Path | None) -> None:
    """Move every tuned number of a room to both ends of its range, and tell what that changes."""
    folder = data or Path(os.environ.get("VNOCR_DEV_DATA") or ROOT / "samples")
    numbers = chosen(tuned_numbers(room), wanted, part)
    if not numbers:
        raise click.UsageError(f"No number of {room} is called {', '.join(wanted)}.")
    base = measure(ROOMS[room], folder)
    trials = []
    for number in numbers:
        for value in number.trials():
            trials.append(_trial(ROOMS[room], folder, number, value, base))
            click.echo(_told(trials[-1]), err=True)
    table = trials_table(trials)
    click.echo(table)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(table + "\n", encoding="utf-8")


def chosen(numbers: Iterable[TunedNumber], wanted: tuple[str, ...], part: str) -> list[TunedNumber]:
    """Choose the numbers that are asked for."""
    named = [n for n in numbers if not wanted or any(w in (n.name, *n.name.split(".")) for w in wanted)]
    which, of = (int(one) for one in part.split("/"))
    return named[which - 1 :: of]


def measure(sets: str, folder: Path, move: str | None = None) -> dict[str, int]:
    """Measure in a process of its own: what a number touches is made at import."""
    command = [sys.executable, "-m", "tools.tune.moved", sets, str(folder), *([move] if move else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, timeout=LIMIT_S)
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def _trial(sets: str, folder: Path, number: TunedNumber, value: float, base: dict[str, int]) -> Trial:
    try:
        found = measure(sets, folder, f"{number.key}={value!r}")
    except subprocess.CalledProcessError as error:
        return Trial(number, value, {}, (error.stderr.strip().splitlines() or ["it failed"])[-1][:120])
    except subprocess.TimeoutExpired:
        return Trial(number, value, {}, "it took too long")
    return Trial(number, value, {name: found[name] - wrong for name, wrong in base.items()})


def trials_table(trials: Iterable[Trial]) -> str:
    """Make a table of what moves, by how much, and what is flat."""
    rows = []
    for trial in trials:
        moved = [f"{name} {change:+d}" for name, change in trial.changes.items() if change]
        total = "" if trial.failed else f"{sum(trial.changes.values()):+d}"
        said = trial.failed or ", ".join(moved) or "flat"
        rows.append(
            [trial.number.key, f"{trial.number.value:g}", trial.number.tuned.unit, f"{trial.value:g}", total, said]
        )
    return markdown_table(["number", "is", "unit", "moved to", "wrong in all", "by set"], rows)


def _told(trial: Trial) -> str:
    said = trial.failed or ("flat" if trial.is_flat else f"{sum(trial.changes.values()):+d} wrong")
    return f"{trial.number.key} {trial.number.value:g} -> {trial.value:g}: {said}"


if __name__ == "__main__":
    main()
