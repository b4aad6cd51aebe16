"""A number moved for one measurement: its room's tuning value is replaced as it is made, before anything uses it.

    python -m tools.tune.moved SETS FOLDER [ROOM:GROUP.FIELD=VALUE]

prints as JSON how many words, or characters of tables, are wrong in each set.
"""

import ast
import importlib.abc
import importlib.machinery
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

from tools.tune.numbers import PAGES

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Tuning = TypeVar("Tuning", bound="DataclassInstance")


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


def measured(sets: str, folder: Path) -> dict[str, int]:
    """Count what is wrong in every set."""
    # Not at the top: a module that is imported before its number is moved keeps the number it had.
    from tools.bench.sets import light_sets, page_sets, text_sets
    from vnreport_ocr.options import Options
    from vnreport_ocr.pipeline import Pipeline

    cleaner = Pipeline(Options())
    if sets == PAGES:
        from tools.bench import pages

        levels = [pages.measure(cleaner, level) for level in page_sets(folder)]
        wrong = {level.name: round(level.words_wrong * 10_000) for level in levels if level.sources}
        tables = {f"{o.name} tables": round(o.table_wrong * 10_000) for o in levels if o.table_wrong is not None}
        return wrong | tables
    from tools.bench import repair

    chosen = chain((one for one in text_sets(folder) if one.kind in ("damaged", "clean")), light_sets(folder))
    return {one.texts.name: round(one.score.wer * one.score.words) for one in repair.measure(cleaner, chosen)}


def main(arguments: Sequence[str]) -> None:
    """Measure, with a number moved where one is named."""
    sets, folder, *moves = arguments
    for move in moves:
        place, value = move.split("=")
        room, name = place.split(":")
        sys.meta_path.insert(0, Mover(room, name, ast.literal_eval(value)))
    sys.stdout.write(json.dumps(measured(sets, Path(folder))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
