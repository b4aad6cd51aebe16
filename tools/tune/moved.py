"""A number moved for one measurement: its room's tuning value is replaced as it is made, before anything uses it.

    python -m tools.tune.moved SETS [PATTERN ...] -- FOLDER ...

opens the dictionaries once and then measures once for each line of its input: with the number moved that the line
names (``ROOM:GROUP.FIELD=VALUE``), with none moved for an empty line. Each measurement runs in a fork, which imports
the room after the number has moved, so that everything derived from the number moves with it. Each answer is a line
of JSON: what became of every set, or why the measurement failed.
"""

import ast
import hashlib
import importlib.abc
import importlib.machinery
import json
import os
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tools.tune.numbers import PAGES
from vnreport_ocr.language.knowledge import open_language

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from tools.bench.sets import TextSet
    from vnreport_ocr.pipeline import Pipeline

Tuning = TypeVar("Tuning", bound="DataclassInstance")

LIMIT_S = 1800
"""Seconds of the processor that one measurement may take."""

WAYS = (
    "tones lost",
    "half of each line stripped",
    "telex, half",
    "torn here and there",
    "spaced out",
    "one blank in ten lost",
    "hyphens at line ends",
)
"""The odd kinds of damage that are measured: each goes another way through the repair."""


class Outcome(NamedTuple):
    """What became of a set."""

    wrong: int
    """Words of texts, or hundredths of a per cent of pages, that are wrong."""
    broken: int
    """Words that were right before the repair and are wrong after it."""
    digest: str
    """A hash over texts, corrections and doubts: another one means another output."""


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


def measured(
    sets: str, folders: Iterable[Path], patterns: Sequence[str] = (), base: dict[str, Outcome] | None = None
) -> dict[str, Outcome]:
    """Measure the sets whose names fit a pattern; what came out as it did in ``base`` is not scored again."""
    # Not at the top: a module that is imported before its number is moved keeps the number it had.
    from vnreport_ocr.options import Options
    from vnreport_ocr.pipeline import Pipeline

    cleaner = Pipeline(Options())
    found: dict[str, Outcome] = {}
    for folder in folders:
        outcomes = _pages(cleaner, folder) if sets == PAGES else _texts(cleaner, folder, patterns, base or {})
        for name, outcome in outcomes:
            if name in found:
                raise ValueError(f"Two sets are called {name}.")
            found[name] = outcome
    return found


def _texts(
    cleaner: "Pipeline", folder: Path, patterns: Sequence[str], base: dict[str, Outcome]
) -> Iterator[tuple[str, Outcome]]:
    from tools.bench.sets import light_sets, odd_sets, text_sets

    plain = (one for one in text_sets(folder) if one.kind in ("damaged", "clean"))
    odd = (one for one in odd_sets(folder, None) if one.name in WAYS)
    for texts in chain(plain, light_sets(folder), odd):
        if not patterns or any(fnmatch(texts.name, pattern) for pattern in patterns):
            yield texts.name, _outcome(cleaner, texts, base.get(texts.name))


def _outcome(cleaner: "Pipeline", texts: "TextSet", before: Outcome | None) -> Outcome:
    from vnreport_ocr.evaluate.score import score

    documents = [cleaner.clean_text(pair.raw) for pair in texts.pairs]
    seen = repr([(one.text, one.corrections, one.doubts) for one in documents])
    digest = hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    if before is not None and before.digest == digest:
        return before
    truth = "\n".join(pair.truth for pair in texts.pairs)
    found = score(truth, "\n".join(one.text for one in documents), "\n".join(pair.raw for pair in texts.pairs))
    assert found.repair is not None  # scored with the raw text
    return Outcome(round(found.wer * found.words), found.repair.broken, digest)


def _pages(cleaner: "Pipeline", folder: Path) -> Iterator[tuple[str, Outcome]]:
    from tools.bench import pages
    from tools.bench.sets import page_sets

    for level in (pages.measure(cleaner, one) for one in page_sets(folder)):
        shares = {level.name: level.words_wrong if level.sources else None, f"{level.name} tables": level.table_wrong}
        for name, share in shares.items():
            if share is not None:
                yield name, Outcome(round(share * 10_000), 0, f"{share:.9f}")


def measure_in_fork(
    sets: str, folders: Sequence[Path], patterns: Sequence[str], move: str, base: dict[str, Outcome]
) -> str:
    """Measure with a number moved, in a process of its own; return the answer as a line of JSON."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT_S, LIMIT_S))
        try:
            if move:
                place, value = move.split("=")
                room, name = place.split(":")
                sys.meta_path.insert(0, Mover(room, name, ast.literal_eval(value)))
            answer = json.dumps({"sets": measured(sets, folders, patterns, base)})
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


def outcomes(answer: str) -> dict[str, Outcome]:
    """Read the sets of an answer; raises ``RuntimeError`` for a measurement that failed."""
    told = json.loads(answer)
    if "failed" in told:
        raise RuntimeError(told["failed"])
    return {name: Outcome(*one) for name, one in told["sets"].items()}


def main(arguments: Sequence[str]) -> None:
    """Answer every line of the input."""
    divide = arguments.index("--")
    sets, *patterns = arguments[:divide]
    folders = [Path(one) for one in arguments[divide + 1 :]]
    language = open_language()
    language.confusions("vie"), language.confusions("other")  # costly to open, and no number moves them
    base: dict[str, Outcome] = {}
    for line in sys.stdin:
        answer = measure_in_fork(sets, folders, patterns, line.strip(), base)
        if not line.strip():
            base = outcomes(answer)
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
