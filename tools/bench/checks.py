"""Whether what was measured reaches what must be reached, so that a loss cannot go unseen."""

from collections.abc import Iterable
from typing import NamedTuple


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


def missed(checks: Iterable[Check]) -> list[str]:
    """List the musts that were missed, a sentence each."""
    return [check.sentence for check in checks if not check.held]
