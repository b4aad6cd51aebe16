"""Waiting in tests: for an event, never for a time; however slow the machine is, and with an end all the same."""

import time
from collections.abc import Callable
from typing import Final, TypeVar

LONG: Final = 300.0
"""Seconds in which anything happens that happens at all, on a machine that does much else."""

_PAUSE: Final = 0.01
_T = TypeVar("_T")


def eventually(look: Callable[[], _T], what: str) -> _T:
    """Look again and again until there is something to be seen, and return it."""
    until = time.monotonic() + LONG
    while not (seen := look()):
        assert time.monotonic() < until, f"it never came to this: {what}"
        time.sleep(_PAUSE)
    return seen
