"""A number moved for one measurement: its room's tuning value is replaced as it is made, before anything uses it.

    python -m tools.tune.moved SETS [PATTERN ...] -- FOLDER ...

opens the dictionaries once and then measures once for each line of its input: with the number moved that the line
names (``ROOM:GROUP.FIELD=VALUE``), with none moved for an empty line. Each measurement runs in a fork, which imports
the room after the number has moved, so that everything derived from the number moves with it. Each answer is a line
of JSON: what became of every set, or why the measurement failed. Pages on which a room works that comes after the
repair are read and repaired once, and kept for all measurements.
"""

import ast
import importlib.abc
import importlib.machinery
import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

from tools.bench.letter_pages import layers_of_letters
from tools.bench.letters import LETTERS
from tools.tune.numbers import LAYERS, LETTERS_FOLDER, REPAIRED
from tools.tune.outcome import SetOutcome, outcomes
from vnreport_ocr.language.knowledge import open_language

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Tuning = TypeVar("Tuning", bound="DataclassInstance")

LIMIT_S = 1800
"""Seconds of the processor that one measurement may take."""


class _Moved(importlib.machinery.SourceFileLoader):
    """Loads a room's tuning module and replaces one number of its value."""

    def __init__(self, fullname: str, path: str, name: str, value: float) -> None:
        super().__init__(fullname, path)
        self._name = name
        self._value = value

    def exec_module(self, module: ModuleType) -> None:
        """Run the module, then replace its value."""
        super().exec_module(module)
        vars(module)["TUNING"] = moved(vars(module)["TUNING"], self._name, self._value)


class Mover(importlib.abc.MetaPathFinder):
    """Finds one room's tuning module before anybody else does."""

    def __init__(self, room: str, name: str, value: float) -> None:
        self._module = f"vnreport_ocr.{room.replace('/', '.')}.tuning"
        if self._module in sys.modules:
            raise RuntimeError(f"{self._module} is imported already: its numbers can no longer be moved")
        self._name = name
        self._value = value

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Return the module with its number moved; leave every other one to the usual finders."""
        if fullname != self._module:
            return None
        found = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if found is None or found.origin is None:
            return None
        found.loader = _Moved(fullname, found.origin, self._name, self._value)
        return found


def moved(tuning: Tuning, name: str, value: float) -> Tuning:
    """Replace one number of a tuning value; raises ``LookupError`` where it has none of that name."""
    group, _, field = name.partition(".")
    try:
        return replace(tuning, **{group: replace(getattr(tuning, group), **{field: value})})
    except (AttributeError, TypeError) as error:
        raise LookupError(name) from error


def measure_in_fork(
    sets: str, folders: Sequence[Path], patterns: Sequence[str], move: str, base: dict[str, SetOutcome]
) -> str:
    """Measure with a number moved, in a process of its own; return the answer as a line of JSON."""

    def measure() -> str:
        if move:
            place, value = move.split("=")
            room, name = place.split(":")
            sys.meta_path.insert(0, Mover(room, name, ast.literal_eval(value)))
        from tools.tune.sets import measured  # imports the rooms: only now, when the number has moved

        return json.dumps({"sets": measured(sets, folders, patterns, base)})

    return in_fork(measure)


def in_fork(work: Callable[[], str]) -> str:
    """Do this in a process of its own; return its answer, or as a line of JSON why there is none."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_S, LIMIT_S))
        try:
            answer = work()
        except Exception as error:  # whatever a moved number breaks is its outcome
            answer = json.dumps({"failed": f"{type(error).__name__}: {error}"[:120]})
        with os.fdopen(writer, "w", encoding="utf-8") as pipe:
            pipe.write(answer)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    return answer or json.dumps({"failed": f"ended by signal {os.waitstatus_to_exitcode(status):+d}".replace("-", "")})


def main(arguments: Sequence[str]) -> None:
    """Answer every line of the input."""
    divide = arguments.index("--")
    sets, *patterns = arguments[:divide]
    folders = [Path(one) for one in arguments[divide + 1 :]]
    language = open_language()
    language.confusions("vie"), language.confusions("other")  # costly to open, and no number moves them
    base: dict[str, SetOutcome] = {}
    with tempfile.TemporaryDirectory() as scratch:
        if sets in (LAYERS, REPAIRED):
            folders += drawn_letters(Path(scratch))
        if sets == REPAIRED:
            folders = kept_pages(folders, Path(scratch))
        for line in sys.stdin:
            answer = measure_in_fork(sets, folders, patterns, line.strip(), base)
            if not line.strip():
                base = outcomes(answer)
            sys.stdout.write(answer + "\n")
            sys.stdout.flush()


def drawn_letters(scratch: Path) -> list[Path]:
    """Draw the letters of the benchmark once for all measurements; return the folder where they lie."""
    folder = scratch / LETTERS_FOLDER
    folder.mkdir()
    try:
        for made in layers_of_letters():
            (folder / f"{LETTERS.index(made.letter)}.pdf").write_bytes(made.data)
    except SystemExit as missing:  # a font
        sys.stderr.write(f"No letters are measured. {missing}\n")
    return [folder]


def kept_pages(folders: Sequence[Path], scratch: Path) -> list[Path]:
    """Read and repair the pages of these folders, in a process of its own; return where they are kept."""

    def keep() -> str:
        from tools.tune.repaired import keep_pages  # imports the rooms, which must not be imported here

        return json.dumps({"kept": [str(keep_pages(folder, scratch)) for folder in folders]})

    answer = json.loads(in_fork(keep))
    if "failed" in answer:
        sys.exit(f"The pages could not be read: {answer['failed']}")
    return [Path(kept) for kept in answer["kept"]]


if __name__ == "__main__":
    main(sys.argv[1:])
