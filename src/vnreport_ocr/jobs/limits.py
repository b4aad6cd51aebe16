"""How much a piece of work may use before it is given up, and what is said then."""

from typing import Final, NamedTuple

from vnreport_ocr.errors import EngineTimeoutError, PageMemoryError, PageTimeoutError, VnocrError
from vnreport_ocr.jobs.usage import Usage
from vnreport_ocr.options import CLOCK, Options

_OPENING: Final = 0.2
"""Share of a page's processor time for opening a file and counting its pages, which takes milliseconds."""

OWN_TEXT: Final = 10.0
"""A text is repaired by us alone; a page of it may be two hundred times as long as a printed one."""

IDLE: Final = 120.0
"""Seconds of the clock in which neither a worker nor a program that it started gets anything done.

A busy machine gives each process that has work a share of every second or two: only what waits for something that does
not come uses nothing for so long.
"""

_WHOLE: Final = 10.0
"""A file is written as a whole, which takes milliseconds a page."""


class Limits(NamedTuple):
    """Processor seconds, bytes in memory, seconds of the clock: of a worker and all programs it started."""

    seconds: float
    memory: int
    clock: float
    keep: int
    """Bytes that the worker may hold afterwards; one that holds more is replaced, and has room for what is next."""

    idle: float = IDLE
    """Seconds of the clock without any processor time."""

    def broken_by(self, used: Usage, clock: float, idle: float = 0.0) -> VnocrError | None:
        """Say what went over its limit, if anything did."""
        if used.memory > self.memory:
            return PageMemoryError(f"It took more than {self.memory / 1e6:,.0f} MB of memory.")
        if used.seconds > self.seconds:
            return PageTimeoutError(f"It took more than {self.seconds:,.0f} seconds of processor time.")
        if idle > self.idle:
            cure = "Run it again; if it hangs again, check the engine ('vnocr doctor') and the disk with the file."
            return EngineTimeoutError(f"It did nothing for {self.idle:,.0f} seconds.", cure=cure)
        if clock > self.clock:
            return EngineTimeoutError(f"It did not finish within {self.clock:,.0f} seconds.")
        return None


def page_limits(options: Options) -> Limits:
    """Limit the reading of a page."""
    seconds = options.page_timeout
    memory = options.page_memory * 1_000_000
    return Limits(seconds, memory, seconds * CLOCK, memory // 2)


def opening_limits(options: Options) -> Limits:
    """Limit the opening of a file and the counting of its pages."""
    seconds = max(1.0, options.page_timeout * _OPENING)
    return page_limits(options)._replace(seconds=seconds)


def copy_limits(options: Options) -> Limits:
    """Limit a page of a copy of the original, and the writing of the whole."""
    seconds = options.page_timeout * _WHOLE
    return page_limits(options)._replace(seconds=seconds, clock=seconds * CLOCK)


def text_limits(options: Options) -> Limits:
    """Limit a page of a text."""
    seconds = options.page_timeout * OWN_TEXT
    return page_limits(options)._replace(seconds=seconds, clock=seconds * CLOCK)
