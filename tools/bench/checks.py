"""Whether what was measured reaches what must be reached, so that a loss cannot go unseen."""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

OWN_MUSTS = "musts.json"
"""Where a folder of sets keeps musts of its own, by what is checked; they go before those of ``goals.py``."""


class Check(NamedTuple):
    """A measured figure beside its must: at most that, or at least that where ``at_least``."""

    what: str
    measured: float
    must: float
    at_least: bool = False

    @property
    def held(self) -> bool:
        """Whether the must is met."""
        return self.measured >= self.must if self.at_least else self.measured <= self.must

    @property
    def sentence(self) -> str:
        """Say what was measured and what was asked for."""
        side = "at least" if self.at_least else "at most"
        return f"{self.what}: {self.measured:.6g}, must be {side} {self.must:.6g}"


def own_musts(folder: Path) -> Mapping[str, float]:
    """Read the musts that a folder of sets has of its own."""
    path = folder / OWN_MUSTS
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def with_own(checks: Iterable[Check], musts: Mapping[str, float]) -> list[Check]:
    """Put a folder's own musts in the place of the general ones, and leave out what nobody asks for."""
    held = (check._replace(must=musts.get(check.what, check.must)) for check in checks)
    return [check for check in held if math.isfinite(check.must)]


def missed(checks: Iterable[Check]) -> list[str]:
    """List the musts that were missed, a sentence each."""
    return [check.sentence for check in checks if not check.held]
