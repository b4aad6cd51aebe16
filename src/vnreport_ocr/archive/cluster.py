"""The same jobs on a Dask cluster over a shared file system; the ledger stays with the client."""

import threading
import time
from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple
from uuid import uuid4

import vnreport_ocr
from vnreport_ocr.archive.context import ArchiveContext
from vnreport_ocr.archive.executors import Event, Hearing
from vnreport_ocr.archive.lock import HIDDEN
from vnreport_ocr.archive.messages import FileJob, Job, Result
from vnreport_ocr.errors import (
    EngineKilledError,
    EngineTimeoutError,
    MissingExtraError,
    SetupError,
    VnocrError,
)
from vnreport_ocr.jobs.crew import ClosedError
from vnreport_ocr.jobs.messages import Trouble, trouble
from vnreport_ocr.jobs.shared import shared_crew
from vnreport_ocr.options import CLOCK

_LOOK_EVERY = 2.0
_PATIENCE = 60.0
"""Seconds to wait for a cluster without a single worker."""

_TRIES = 2


class _Seen(NamedTuple):
    """What a worker of the cluster says of itself."""

    version: str
    dictionaries: str
    folder: bool
    out: bool


class DaskExecutor:
    """Hands jobs to the workers of a cluster. Dask gives a dead worker's jobs to the others."""

    def __init__(self, context: ArchiveContext, address: str) -> None:
        self._context = context
        self._address = address
        self._client = _connect(address)
        self._answers: SimpleQueue[Any] = SimpleQueue()
        self._jobs: dict[str, tuple[Job, Any]] = {}
        self._begun: dict[str, float] = {}
        self._threads = 0
        self._looked = 0.0
        self._prefix = f"vnocr-{uuid4().hex[:8]}"
        try:
            self._await_workers()
            self._check_workers()
        except BaseException:
            self._client.close()
            raise

    def room(self) -> int:
        """Two jobs for each thread of the cluster: one at work, one at hand."""
        return max(0, 2 * self._threads - len(self._jobs))

    def submit(self, job: Job) -> None:
        """Send a job; page jobs come before new files, so that few long files are open at once."""
        key = f"{self._prefix}-{uuid4().hex}"
        future = self._client.submit(
            _perform, self._context, job, key=key, pure=False, retries=0, priority=0 if isinstance(job, FileJob) else 1
        )
        self._jobs[key] = (job, future)
        future.add_done_callback(self._answers.put)

    def in_hand(self) -> int:
        """Jobs sent and not yet answered."""
        return len(self._jobs)

    def workers(self) -> int:
        """Threads of the cluster that do jobs."""
        return self._threads

    def wait(self, timeout: float) -> list[Event]:
        """Return what has come back; look after the cluster from time to time."""
        events: list[Event] = []
        try:
            future = self._answers.get(timeout=timeout)
            while True:
                events.extend(self._hear(future))
                future = self._answers.get_nowait()
        except Empty:
            pass
        if time.monotonic() - self._looked > _LOOK_EVERY:
            events.extend(self._look_after())
        return events

    def close(self, *, now: bool = False) -> None:
        """Leave the cluster; what is still in hand is given up."""
        if self._jobs and self._client.status == "running":
            self._client.cancel([future for _, future in self._jobs.values()], force=True)
        self._jobs.clear()
        self._client.close(timeout=1 if now else 10)

    def _hear(self, future: Any) -> list[Event]:  # noqa: ANN401 - a Dask future
        job, _ = self._jobs.pop(future.key, (None, None))
        self._begun.pop(future.key, None)
        if job is None:
            return []  # it was given up in the meantime
        if future.status == "finished":
            result: Result = future.result()
            return [Event(job, result)]
        if future.status in ("cancelled", "lost"):
            raise SetupError(
                f"The cluster at {self._address} was lost.", cure="Start it again; then run the same command."
            )
        return [Event(job, _failure(future.exception()))]

    def _look_after(self) -> list[Event]:
        """Count the workers and end jobs that hang."""
        self._looked = time.monotonic()
        if self._client.status not in ("running", "connecting"):
            raise SetupError(
                f"The cluster at {self._address} was lost.", cure="Start it again; then run the same command."
            )
        self._threads = sum(self._client.ncores().values()) or self._threads
        events = []
        now = time.monotonic()
        for worker, keys in self._client.processing().items():
            # A worker takes its jobs in turn: only as many as it has threads can be at work.
            for key in keys:
                if key not in self._jobs:
                    continue
                job = self._jobs[key][0]
                begun = self._begun.setdefault(key, now)
                if now - begun > 2 * CLOCK * job.limit:
                    events.append(self._give_up(key, worker))
        return events

    def _give_up(self, key: str, worker: str) -> Event:
        job, future = self._jobs.pop(key)
        future.cancel(force=True)
        # Only ending the process ends a job that hangs; its other jobs go to the other workers.
        threading.Thread(target=_restart, args=(self._client, worker), daemon=True).start()
        return Event(
            job, trouble(EngineTimeoutError(f"It did not finish within {2 * CLOCK * job.limit:,.0f} seconds."))
        )

    def _await_workers(self) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            self._threads = sum(self._client.ncores().values())
            if self._threads:
                return
            time.sleep(0.2)
        raise SetupError(f"The cluster at {self._address} has no workers.", cure="Start some with 'dask worker'.")

    def _check_workers(self) -> None:
        """Every worker must run the same version with the same dictionaries and see both folders."""
        token = Path(self._context.out) / HIDDEN / f"token-{uuid4().hex}"
        token.touch()
        try:
            seen = self._client.run(_see, self._context, str(token))
        finally:
            token.unlink(missing_ok=True)
        ours = _see(self._context, self._context.out)
        for worker, theirs in sorted(seen.items()):
            found = _Seen(*theirs)
            if not (found.folder and found.out):
                missing = self._context.out if found.folder else self._context.folder
                raise SetupError(
                    f"The worker {worker} does not see {missing}.", cure="Mount it there under the same path."
                )
            if found[:2] != ours[:2]:
                raise SetupError(
                    f"The worker {worker} has vnreport-ocr {found.version} with dictionaries {found.dictionaries}; "
                    f"here it is {ours.version} with {ours.dictionaries}.",
                    cure="Install the same version everywhere.",
                )


def _connect(address: str) -> Any:  # noqa: ANN401 - Dask tells no types
    try:
        client = import_module("distributed").Client
    except ImportError as error:
        raise MissingExtraError(
            "A cluster needs Dask.", cure="Install it with 'pip install vnreport-ocr[dask]', on every machine."
        ) from error
    try:
        return client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise SetupError(
            f"No cluster responds at {address} ({reason}).", cure="Start one with 'dask scheduler' and 'dask worker'."
        ) from error


def _see(context: ArchiveContext, token: str) -> _Seen:
    """Run on a worker: what it is and what it can see."""
    from vnreport_ocr.language.files import dictionaries_version, find_dictionaries

    try:
        dictionaries = dictionaries_version(find_dictionaries(context.options.dictionaries))
    except VnocrError as error:
        dictionaries = f"none ({error.problem})"
    return _Seen(vnreport_ocr.__version__, dictionaries, Path(context.folder).is_dir(), Path(token).exists())


def _perform(context: ArchiveContext, job: Job) -> Result:
    """Run on a worker: one job, in a process of its own, so that whatever a file does ends with it."""
    events: SimpleQueue[Event] = SimpleQueue()
    for _ in range(_TRIES):
        try:
            ticket = shared_crew().submit(context, job, context.limits(job), Hearing(job, events))
            break
        except ClosedError:  # it had been idle
            continue
    else:
        return trouble(SetupError("The workers have ended."))
    while True:
        try:
            return events.get(timeout=_LOOK_EVERY).result
        except Empty:
            if ticket.crew_ended() and events.empty():
                return trouble(EngineKilledError("Its worker has ended."))


def _restart(client: Any, worker: str) -> None:  # noqa: ANN401
    client.restart_workers([worker], raise_for_error=False)


def _failure(error: BaseException | None) -> Trouble:
    kind = type(error).__name__
    if kind == "KilledWorker":
        return trouble(EngineKilledError("The workers processing it were killed."))
    return Trouble("VnocrError", f"{kind}: {error}".splitlines()[0], VnocrError.cure)
