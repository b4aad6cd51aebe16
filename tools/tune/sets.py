"""What is measured with a number moved: texts and the cases of the tests, text layers, repaired pages, pages.

Imported after the number has moved, by ``moved.py``: whatever is imported before keeps the number it had.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from tools.tune.numbers import LAYERS, PAGES, TEXTS
from tools.tune.outcome import SetOutcome


def measured(
    sets: str, folders: Iterable[Path], patterns: Sequence[str] = (), base: dict[str, SetOutcome] | None = None
) -> dict[str, SetOutcome]:
    """Measure the sets whose names fit a pattern; what came out as it did in ``base`` is not scored again."""
    found: dict[str, SetOutcome] = {}
    for name, outcome in _outcomes(sets, list(folders), patterns, base or {}):
        if name in found:
            raise ValueError(f"Two sets are called {name}.")
        found[name] = outcome
    return found


def _outcomes(
    sets: str, folders: list[Path], patterns: Sequence[str], base: dict[str, SetOutcome]
) -> Iterable[tuple[str, SetOutcome]]:
    if sets == TEXTS:
        # Each imports what it measures: where a case is one line, importing is what takes the time.
        from tools.tune.texts import texts

        return texts(folders, patterns, base)
    from tools.tune.papers import layers, read_pages, structured

    if sets == PAGES:
        return chain.from_iterable(map(read_pages, folders))
    return map(layers if sets == LAYERS else structured, folders)
