"""What a sweep found, as tables: what was measured, what moves and by how much, what moves nothing."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from tools.bench.tables import markdown_table
from tools.tune.numbers import TunedNumber
from tools.tune.outcome import SetOutcome
from tools.tune.record import Trial, TrialChange, change

_SETS_TOLD = 3
"""So many sets are named where more moved."""


def sets_table(base: Mapping[str, SetOutcome]) -> str:
    """Table what is wrong in each set with the numbers as they are."""
    rows = [[name, str(one.wrong), str(one.broken)] for name, one in base.items()]
    rows.append(["all", str(sum(one.wrong for one in base.values())), str(sum(one.broken for one in base.values()))])
    return markdown_table(["set", "wrong", "of these broken by the repair"], rows)


def moves_table(trials: Iterable[Trial], base: Mapping[str, SetOutcome]) -> str:
    """Table the numbers that make more or less wrong: by how much at each end of their range, and in which sets."""
    head = ["number", "is", "unit", "moved to", "wrong", "broken", "where"]
    rows = []
    for trial in trials:
        found = change(trial, base)
        if found.moves:
            number = trial.number
            rows.append([
                number.name, f"{number.value:g}", number.tuned.unit, f"{trial.value:g}",
                _signed(found.total), _signed(found.broken), _where(found),
            ])  # fmt: skip
    return markdown_table(head, rows)


def still_list(trials: Sequence[Trial], base: Mapping[str, SetOutcome]) -> str:
    """List the numbers that make nothing more or less wrong, those that change no output apart from the others."""
    by_number = {number: list(group) for number, group in groupby(trials, key=lambda trial: trial.number)}
    still = [number for number, group in by_number.items() if not any(change(one, base).moves for one in group)]
    flat = [number for number in still if all(change(one, base).is_flat for one in by_number[number])]
    quiet = [number for number in still if number not in flat]
    moving = len(by_number) - len(still)
    return (
        f"{_many(len(by_number), 'number was', 'numbers were')} moved; "
        f"{_many(moving, 'makes', 'make')} more or less wrong.\n\n"
        f"Outputs differ, but nothing more or less is wrong ({len(quiet)}): {_names(quiet)}.\n\n"
        f"No output differs ({len(flat)}): {_names(flat)}."
    )


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _signed(count: int) -> str:
    return f"{count:+d}" if count else ""


def _where(found: TrialChange) -> str:
    if found.failed:
        return found.failed
    sets = sorted(found.wrong.items(), key=lambda one: -abs(one[1]))
    told = ", ".join(f"{name} {moved:+d}" for name, moved in sets[:_SETS_TOLD])
    return told + (f" and {len(sets) - _SETS_TOLD} more" if len(sets) > _SETS_TOLD else "")


def _names(numbers: Iterable[TunedNumber]) -> str:
    """Name numbers by their groups: ``chance`` (``least``, ``change_case``)."""
    groups = groupby(numbers, key=lambda number: number.name.partition(".")[0])
    told = [f"`{name}` ({', '.join(one.name.partition('.')[2] for one in group)})" for name, group in groups]
    return "; ".join(told) or "none"
