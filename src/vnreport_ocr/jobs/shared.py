"""The crew that the library keeps in a process: made when it is first needed, warm for a while, ended with it."""

import atexit
import os
import threading
from typing import Final

from vnreport_ocr.jobs.crew import Crew, usable_cores

_IDLE: Final = 60.0
"""Seconds without work after which the workers end; the next file starts others."""


class _Shared:
    """The one crew, and the lock that guards it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._crew: Crew | None = None

    def crew(self) -> Crew:
        with self._lock:
            if self._crew is None or self._crew.closed:
                self._crew = Crew(usable_cores(), idle=_IDLE)
            return self._crew

    def close(self) -> None:
        with self._lock:
            crew, self._crew = self._crew, None
        if crew is not None:
            crew.close()

    def forget(self) -> None:
        """In a forked child: the workers are its parent's, and the lock may be held by a thread that is not here."""
        crew, self._crew = self._crew, None
        self._lock = threading.Lock()
        if crew is not None and not crew.closed:
            crew.forget()


_shared = _Shared()
atexit.register(_shared.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_shared.forget)


def shared_crew() -> Crew:
    """Return the crew of this process; any thread may use it."""
    return _shared.crew()
