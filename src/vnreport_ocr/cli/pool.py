"""The pages of one file over several processes, in their order and a few at a time."""

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from vnreport_ocr.errors import EngineKilledError
from vnreport_ocr.model import Page
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Cleaner

_WORTH_A_POOL = 0.5
"""Seconds: pages quicker than this are done before other processes would have started."""

_WAITING_PER_JOB = 3


def usable_cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class PagePool:
    """Cleans pages, in this process while they are quick and in ``jobs`` others from where they are slow."""

    def __init__(self, options: Options, jobs: int) -> None:
        self.cleaner = Cleaner(options)
        self._options = options
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the other processes; at once where the run was stopped."""
        if error is not None:
            for child in multiprocessing.active_children():
                if child.pid is not None:
                    os.kill(child.pid, signal.SIGINT)
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self.cleaner.__exit__(kind, error, trace)

    def pages(self, path: Path, numbers: Sequence[int]) -> Iterator[Page]:
        """The pages of these numbers, in their order."""
        waiting = iter(numbers)
        if self._pool is None and not self._is_long(path, numbers):
            for number in waiting:
                started = time.monotonic()
                yield self.cleaner.clean_page(path, number)
                if self._jobs > 1 and time.monotonic() - started > _WORTH_A_POOL:
                    break
        yield from self._in_parallel(path, waiting)

    def _is_long(self, path: Path, numbers: Sequence[int]) -> bool:
        """Whether there is work for several processes from the first page on."""
        return self._jobs > 1 and len(numbers) > 1 and not self.cleaner.is_quick(path, numbers[0])

    def _in_parallel(self, path: Path, numbers: Iterator[int]) -> Iterator[Page]:
        ahead: deque[tuple[int, Future[Page]]] = deque()
        while True:
            for number in islice(numbers, self._jobs * _WAITING_PER_JOB - len(ahead)):
                ahead.append((number, self._submit(path, number)))
            if not ahead:
                return
            number, future = ahead.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                # A process was killed, most often for want of memory. Which page it had is not known, so the
                # pages ahead are tried again, this first one alone and in a process of its own.
                self._pool = None
                yield self._alone(path, number)
                ahead = deque((other, self._submit(path, other)) for other, _ in ahead)

    def _submit(self, path: Path, number: int) -> Future[Page]:
        if self._pool is None:
            self._pool = _new_pool(self._options, self._jobs)
        return self._pool.submit(_clean, path, number)

    def _alone(self, path: Path, number: int) -> Page:
        with _new_pool(self._options, 1) as pool:
            try:
                return pool.submit(_clean, path, number).result()
            except BrokenProcessPool:
                killed = EngineKilledError("The process that read it was killed.", file=str(path), page=number)
                return Page(number, source="none", quality=0.0, error=str(killed), error_class=type(killed).__name__)


def _new_pool(options: Options, jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: libraries for pictures run threads, and a forked child may hang on their locks.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_start, initargs=(options,))


_worker: list[Cleaner] = []


def _start(options: Options) -> None:
    """Open everything once in a new process."""
    signal.signal(signal.SIGINT, _leave)
    _worker.append(Cleaner(options))


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # Leaves through every `with`, so that temporary files go, and without a traceback.
    sys.exit(128 + signal.SIGINT)


def _clean(path: Path, number: int) -> Page:
    return _worker[0].clean_page(path, number)
