"""``make tune``: moves tuned numbers over their ranges and tells what each is worth on the development sets.

    python -m tools.tune.main --room repair [--only NAME ...] [--data DIR ...] [--record FILE] [--write]

``VNOCR_DEV_DATA`` names the folder of sets; without it those of the checkout are measured. One number of the repair
takes half a minute, all of them take an hour or more; ``--record`` keeps every measurement as it is made, and a sweep
that was stopped goes on from there.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from tools.bench.tables import write_between
from tools.tune.numbers import ROOMS, ROOT, TunedNumber, tuned_numbers
from tools.tune.outcome import SetOutcome, outcomes
from tools.tune.record import SweepRecord, Trial, change
from tools.tune.report import moves_table, sets_table, still_list

Measure = Callable[[str], str]
PAGE = ROOT / "docs" / "tuning.md"


@click.command()
@click.option("--room", type=click.Choice(sorted(ROOMS)), required=True, help="The room whose numbers are moved.")
@click.option("--only", "wanted", multiple=True, metavar="NAME", help="This number or group: rounds.weight, rounds.")
@click.option("--part", default="1/1", show_default=True, metavar="K/N", help="The K-th of N parts of the numbers.")
@click.option("--data", "folders", multiple=True, type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="A folder of sets.")  # fmt: skip
@click.option("--sets", "patterns", multiple=True, metavar="PATTERN", help="Measure these sets alone: 'light*'.")
@click.option("--record", "kept", type=click.Path(path_type=Path, dir_okay=False),
              help="Keep every measurement in this file, and do not repeat those it holds.")  # fmt: skip
@click.option("--write", is_flag=True, help="Write the tables into docs/tuning.md besides printing them.")
def main(
    room: str,
    wanted: tuple[str, ...],
    part: str,
    folders: tuple[Path, ...],
    patterns: tuple[str, ...],
    kept: Path | None,
    write: bool,
) -> None:
    """Move every tuned number of a room to both ends of its range, and tell what that changes."""
    folders = folders or (Path(os.environ.get("VNOCR_DEV_DATA") or ROOT / "samples"),)
    numbers = chosen(tuned_numbers(room), wanted, part)
    if not numbers:
        groups = ", ".join(sorted({number.name.partition(".")[0] for number in tuned_numbers(room)}))
        raise click.UsageError(f"No number of {room} is called {', '.join(wanted)}. Its groups are {groups}.")
    record = SweepRecord(kept)
    with measurer(ROOMS[room], folders, patterns) as measure:
        base = outcomes(measure(""))
        click.echo(f"With the numbers as they are:\n{sets_table(base)}", err=True)
        if record.base is None:
            record.begin(base)
        elif record.base != base:
            raise click.UsageError(f"{kept} holds measurements of other code or other sets: name a new file.")
        trials = {(one.number, one.value): one for one in record.trials(numbers)}
        for number in numbers:
            for value in number.trials():
                if (number, value) not in trials:
                    trials[number, value] = _trial(measure, number, value)
                    record.add(trials[number, value])
                click.echo(_told(trials[number, value], base), err=True)
    _tell(base, list(trials.values()), PAGE if write else None, room)


def chosen(numbers: Iterable[TunedNumber], wanted: tuple[str, ...], part: str) -> list[TunedNumber]:
    """Choose the numbers that are asked for."""
    named = [n for n in numbers if not wanted or any(w in (n.name, *n.name.split(".")) for w in wanted)]
    which, of = (int(one) for one in part.split("/"))
    return named[which - 1 :: of]


@contextmanager
def measurer(sets: str, folders: Iterable[Path], patterns: Iterable[str]) -> Iterator[Measure]:
    """Start the process that measures: give it a move, or nothing, and it answers with a line of JSON."""
    command = [sys.executable, "-m", "tools.tune.moved", sets, *patterns, "--", *map(str, folders)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        asked, answers = process.stdin, process.stdout

        def measure(move: str) -> str:
            asked.write(move + "\n")
            asked.flush()
            answer = answers.readline()
            if not answer:
                raise click.ClickException("The process that measures has ended; what it said stands above.")
            return answer

        yield measure
        asked.close()


def _trial(measure: Measure, number: TunedNumber, value: float) -> Trial:
    try:
        return Trial(number, value, outcomes(measure(f"{number.key}={value!r}")))
    except RuntimeError as error:
        return Trial(number, value, {}, str(error))


def _told(trial: Trial, base: Mapping[str, SetOutcome]) -> str:
    found = change(trial, base)
    said = found.failed or (f"{found.total:+d} wrong" if found.wrong else "quiet" if found.outputs else "flat")
    return f"{trial.number.key} {trial.number.value:g} -> {trial.value:g}: {said}"


def _tell(base: Mapping[str, SetOutcome], trials: Sequence[Trial], page: Path | None, name: str) -> None:
    parts = {"": sets_table(base), "moves": moves_table(trials, base), "still": still_list(trials, base)}
    for part, text in parts.items():
        click.echo(f"\n{text}")
        if page is not None:
            write_between(page, f"{name} {part}".strip(), text)


if __name__ == "__main__":
    main()
