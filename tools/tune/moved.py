"""A number moved for one measurement: its module is compiled with another value, and all that derives from it follows.

    python -m tools.tune.moved SETS FOLDER [MODULE:NAME=VALUE]

prints as JSON how many words, or characters of tables, are wrong in each set.
"""

import ast
import importlib.abc
import importlib.machinery
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import cast

from tools.tune.numbers import PAGES


class _Moved(importlib.machinery.SourceFileLoader):
    """Loads a module with one of its numbers replaced."""

    def __init__(self, fullname: str, path: str, name: str, value: float) -> None:
        super().__init__(fullname, path)
        self._name = name
        self._value = value

    def get_code(self, fullname: str) -> CodeType:
        """Compile the source, never what was compiled of it before."""
        return compile(moved(self.get_data(self.path).decode("utf-8"), self._name, self._value), self.path, "exec")


class Mover(importlib.abc.MetaPathFinder):
    """Finds one module before anybody else does."""

    def __init__(self, module: str, name: str, value: float) -> None:
        self._module = module
        self._name = name
        self._value = value

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Give the module with its number moved, and leave every other one to the usual finders."""
        if fullname != self._module:
            return None
        found = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if found is None or found.origin is None:
            return None
        found.loader = _Moved(fullname, found.origin, self._name, self._value)
        return found


def moved(source: str, name: str, value: float) -> ast.Module:
    """Replace a number of a module; raises ``LookupError`` where the module has none of that name."""
    tree = ast.parse(source)
    for statement in tree.body:
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == name for target in targets):
            assigned = cast("ast.Assign | ast.AnnAssign", statement)
            assigned.value = ast.copy_location(ast.Constant(value), assigned)
            return ast.fix_missing_locations(tree)
    raise LookupError(name)


def measured(sets: str, folder: Path) -> dict[str, int]:
    """Count what is wrong in every set."""
    # Not at the top: a module that is imported before its number is moved keeps the number it had.
    from tools.bench.sets import page_sets, text_sets
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

    chosen = (one for one in text_sets(folder) if one.kind in ("damaged", "clean"))
    return {one.texts.name: round(one.score.wer * one.score.words) for one in repair.measure(cleaner, chosen)}


def main(arguments: Sequence[str]) -> None:
    """Measure, with a number moved where one is named."""
    sets, folder, *moves = arguments
    for move in moves:
        place, value = move.split("=")
        module, name = place.split(":")
        sys.meta_path.insert(0, Mover(module, name, ast.literal_eval(value)))
    sys.stdout.write(json.dumps(measured(sets, Path(folder))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
