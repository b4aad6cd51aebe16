"""Who does the jobs: worker processes on this machine, replaced when they die or hang."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from vnreport_ocr.archive.messages import Beat, Context, Job, Result, Retiring, Trouble, as_error, trouble
from vnreport_ocr.errors import EngineKilledError, EngineTimeoutError, SetupError

_SHORT_JOB = 0.25
"""Seconds: when jobs are shorter than this a worker gets its next ones before it asks, so that it never waits."""

_AHEAD = 0.05
"""Seconds of short jobs that a worker has at hand."""

_MOST_AHEAD = 16
_PAUSE = 0.004
"""Seconds: while jobs are very short, answers are heard a handful at a time."""


class Event(NamedTuple):
    """Something a worker said about a job."""

    job: Job
    result: Result


class Executor(Protocol):
    """Takes jobs and tells what became of them; never more in hand than it has room for."""

    def room(self) -> int:
        """How many jobs it takes now."""
        ...

    def submit(self, job: Job) -> None:
        """Take a job in hand."""
        ...

    def wait(self, timeout: float) -> list[Event]:
        """What has happened since; waits at most ``timeout`` seconds for something to."""
        ...

    def in_hand(self) -> int:
        """Jobs taken and not yet answered."""
        ...

    def workers(self) -> int:
        """Workers alive."""
        ...

    def close(self, *, now: bool = False) -> None:
        """Let the workers go, ``now`` without waiting for what they do."""
        ...


class _Worker:
    """One process, the pipe to it, and the jobs it has."""

    def __init__(self, context: Context, temporary: Path, lifeline: int) -> None:
        ours, theirs = socket.socketpair()
        environment = dict(os.environ)
        environment["PYTHONPATH"] = os.pathsep.join(part or str(Path.cwd()) for part in sys.path)
        environment["PYTHONHASHSEED"] = "0"  # nothing may depend on the order of a set
        environment.setdefault("OMP_THREAD_LIMIT", "1")
        environment["TMPDIR"] = str(temporary)
        with theirs:
            program = [sys.executable, "-P", "-m", "vnreport_ocr.archive.worker"]
            # A session of its own: Ctrl-C at the terminal is for the parent, and the whole group can be killed.
            self.process = subprocess.Popen(
                [*program, str(theirs.fileno()), str(lifeline)],
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(), lifeline),
                env=environment,
                start_new_session=True,
            )
        self.connection: Connection[object, object] = Connection(ours.detach())
        self.connection.send(context)
        self.ready = False
        self.jobs: deque[Job] = deque()
        self.since = time.monotonic()

    def give(self, job: Job) -> None:
        if not self.jobs:
            self.since = time.monotonic()
        self.jobs.append(job)
        # A worker that died a moment ago cannot be told; its end is noticed by the next look at the pipe.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send(job)

    def is_alive(self) -> bool:
        """Whether it was not replaced."""
        return not self.connection.closed

    def kill(self) -> int:
        """End the process and every program it started; returns how it ended."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.connection.close()
        return self.process.wait()


class LocalExecutor:
    """A handful of worker processes; each job belongs to one worker, and a dead one takes only its own along."""

    def __init__(self, context: Context, count: int, temporary: Path) -> None:
        self._context = context
        self._temporary = temporary
        self._lifeline, self._held = os.pipe()
        self._seconds = 1.0
        self._failed_starts = 0
        self._given_back: deque[Job] = deque()
        self._workers = [self._start() for _ in range(count)]

    def room(self) -> int:
        """How many jobs it takes now: one a worker, more while jobs are short."""
        return max(0, len(self._workers) * self._depth() - self.in_hand())

    def submit(self, job: Job) -> None:
        """Give the job to the worker that has the fewest."""
        min(self._workers, key=lambda worker: (len(worker.jobs), not worker.ready)).give(job)

    def in_hand(self) -> int:
        """Jobs taken and not yet answered."""
        return sum(len(worker.jobs) for worker in self._workers) + len(self._given_back)

    def workers(self) -> int:
        """Workers alive."""
        return len(self._workers)

    def wait(self, timeout: float) -> list[Event]:
        """Listen to the workers, replace those that died, end those that hang."""
        while self._given_back:
            self.submit(self._given_back.popleft())
        by_pipe = {worker.connection: worker for worker in self._workers}
        events: list[Event] = []
        if self._depth() == _MOST_AHEAD:
            time.sleep(_PAUSE)
        for pipe in wait(list(by_pipe), min(timeout, self._until_a_limit())):
            worker = by_pipe[cast("Connection[object, object]", pipe)]
            events.extend(self._hear(worker))
            while worker.jobs and worker.is_alive() and worker.connection.poll():
                events.extend(self._hear(worker))
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.jobs and worker.ready and now - worker.since > worker.jobs[0].limit:
                hung = EngineTimeoutError(f"It did not end within {worker.jobs[0].limit:.0f} seconds.")
                events.extend(self._replace(worker, trouble(hung)))
        return events

    def close(self, *, now: bool = False) -> None:
        """End the workers; those that have nothing to do end by themselves."""
        idle = [worker for worker in self._workers if not now and not worker.jobs]
        for worker in idle:
            worker.connection.close()
        for worker in idle:
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.process.wait(timeout=2)
        for worker in self._workers:
            worker.kill()
        self._workers.clear()
        os.close(self._held)
        os.close(self._lifeline)

    def _start(self) -> _Worker:
        return _Worker(self._context, self._temporary, self._lifeline)

    def _depth(self) -> int:
        if self._seconds >= _SHORT_JOB:
            return 1
        return min(_MOST_AHEAD, max(2, int(_AHEAD / max(self._seconds, 1e-6))))

    def _until_a_limit(self) -> float:
        now = time.monotonic()
        busy = [worker for worker in self._workers if worker.jobs and worker.ready]
        left = [worker.since + worker.jobs[0].limit - now for worker in busy]
        return max(0.01, min(left, default=3600.0))

    def _hear(self, worker: _Worker) -> Sequence[Event]:
        try:
            said = worker.connection.recv()
        except (EOFError, ConnectionResetError):
            return self._bury(worker)
        if not worker.ready:
            if isinstance(said, Trouble):
                raise as_error(said)
            worker.ready = True
            worker.since = time.monotonic()
            self._failed_starts = 0
            return []
        if isinstance(said, Retiring):
            return self._replace(worker, None)
        result = cast("Result", said)
        now = time.monotonic()
        if isinstance(result, Beat):
            worker.since = now
            return [Event(worker.jobs[0], result)]
        self._seconds += 0.1 * (now - worker.since - self._seconds)
        worker.since = now
        return [Event(worker.jobs.popleft(), result)]

    def _bury(self, worker: _Worker) -> Sequence[Event]:
        ended = worker.process.wait()
        how = f"signal {-ended}" if ended < 0 else f"exit code {ended}"
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts > 3 * len(self._workers):
                raise SetupError(f"The workers cannot be started; the last one ended with {how}.")
        return self._replace(worker, trouble(EngineKilledError(f"Its worker was killed ({how}).")))

    def _replace(self, worker: _Worker, found: Trouble | None) -> Sequence[Event]:
        """Start another worker; the job that was being done gets the blame, those behind it are given out again."""
        worker.kill()
        self._workers[self._workers.index(worker)] = self._start()
        jobs = worker.jobs
        events = [Event(jobs.popleft(), found)] if found and jobs and worker.ready else []
        self._given_back.extend(jobs)
        return events
