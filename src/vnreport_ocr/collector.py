"""Pauses Python's search for reference cycles while many small values are made that form none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final


class _Resting:
    """Searching the values of a repair, or of a page of a PDF, again and again took a fifth of the time.

    The collector is paused until the last of several threads is done.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._at_work = 0
        self._was_enabled = False

    @contextmanager
    def collector(self) -> Iterator[None]:
        """Pause the collector."""
        with self._lock:
            if not self._at_work:
                self._was_enabled = gc.isenabled()
                gc.disable()
            self._at_work += 1
        try:
            yield
        finally:
            with self._lock:
                self._at_work -= 1
                if not self._at_work and self._was_enabled:
                    gc.enable()


collector_at_rest: Final = _Resting().collector
