"""Who does the jobs of a run: workers on this machine here, those of a cluster in ``cluster``."""

from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple, Protocol

from vnreport_ocr.archive.context import ArchiveContext
from vnreport_ocr.archive.messages import Beat, Job, Result, result_of
from vnreport_ocr.jobs.crew import Crew


class Event(NamedTuple):
    """What came of a job."""

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
        """Return what has happened since; wait at most ``timeout`` seconds for something to."""
        ...

    def in_hand(self) -> int:
        """Jobs taken and not yet answered."""
        ...

    def workers(self) -> int:
        """How many jobs are done at once."""
        ...

    def close(self, *, now: bool = False) -> None:
        """Let the workers go, ``now`` without waiting for what they do."""
        ...


class Hearing:
    """Hears what is said of one job, and puts what came of it into a queue in the end."""

    def __init__(self, job: Job, events: "SimpleQueue[Event]") -> None:
        self._job = job
        self._events = events
        self._beat: Beat | None = None

    def __call__(self, said: object, ended: bool) -> None:
        """Remember a beat; with the end of the job tell what came of it."""
        if ended:
            self._events.put(Event(self._job, result_of(self._job, said, self._beat)))
        elif isinstance(said, Beat):
            self._beat = said if said.numbers or self._beat is None else self._beat._replace(begun=said.begun)


class LocalExecutor:
    """The workers of a crew of its own."""

    def __init__(self, context: ArchiveContext, count: int, temporary: Path) -> None:
        self._context = context
        self._crew = Crew(count, temporary, at_once=True)
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._in_hand = 0

    def room(self) -> int:
        """How many jobs it takes now: one a worker, more while jobs are short."""
        return max(0, self._crew.most * self._crew.depth() - self._in_hand)

    def submit(self, job: Job) -> None:
        """Give the job to a worker."""
        self._in_hand += 1
        self._crew.submit(self._context, job, self._context.limits(job), Hearing(job, self._events))

    def in_hand(self) -> int:
        """Jobs taken and not yet answered."""
        return self._in_hand

    def workers(self) -> int:
        """How many jobs are done at once."""
        return self._crew.most

    def wait(self, timeout: float) -> list[Event]:
        """Return what has been said since, a handful at a time while jobs are short."""
        events: list[Event] = []
        try:
            events.append(self._events.get(timeout=timeout))
            while True:
                events.append(self._events.get_nowait())
        except Empty:
            pass
        self._in_hand -= len(events)
        return events

    def close(self, *, now: bool = False) -> None:
        """End the workers; nothing is in hand any more when a run is finished."""
        del now
        self._crew.close()
