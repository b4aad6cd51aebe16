"""Why a process ended that a signal has killed: most often memory ran out, sometimes the system's limit of time."""

import resource
import signal
from typing import Final

from vnreport_ocr.errors import EngineKilledError, ProcessorLimitError

_UNSEEN: Final = 0.5
"""Processor seconds that a process may have used since somebody looked."""


def killed(what: str, number: int, seconds: float) -> EngineKilledError:
    """Return the error of a process that signal ``number`` killed after so many processor seconds."""
    allowed = resource.getrlimit(resource.RLIMIT_CPU)[0]
    used_up = allowed != resource.RLIM_INFINITY and seconds >= allowed - _UNSEEN
    if number == signal.SIGXCPU or (number == signal.SIGKILL and used_up):
        return ProcessorLimitError(f"{what} used up the processor time that the system allows a process (ulimit -t).")
    return EngineKilledError(f"{what} was killed (signal {number}).")


def seconds_of_children() -> float:
    """Return the processor seconds of the programs that this process has started and waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
