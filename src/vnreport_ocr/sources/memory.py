"""Memory that is no longer used, given back to the system."""

import ctypes
from collections.abc import Callable
from functools import lru_cache


def give_back_memory() -> None:
    """Give back what pictures left behind, where the C library can: it would keep it for the next ones."""
    trim = _trim()
    if trim is not None:
        trim(0)


@lru_cache(maxsize=1)
def _trim() -> Callable[[int], int] | None:
    try:
        return getattr(ctypes.CDLL(None), "malloc_trim", None)
    except (OSError, TypeError):
        return None
