"""Worker processes and the thread that looks after them.

Each order belongs to one worker. What a worker and the programs it started use is looked at many times a second; one
that goes over the limits of its order, hangs or dies takes only that order along and is replaced. Orders behind it are
given out again.
"""

import contextlib
import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from vnreport_ocr.errors import EngineKilledError, GarbledAnswerError, SetupError, VnocrError, internal_error
from vnreport_ocr.jobs.codec import MalformedError
from vnreport_ocr.jobs.frames import TooLongError
from vnreport_ocr.jobs.limits import Limits
from vnreport_ocr.jobs.messages import Context, Failure, News, Opened, Order, Retiring
from vnreport_ocr.jobs.speech import Said, context_to_bytes, order_to_bytes, said_from_bytes
from vnreport_ocr.jobs.starting import Nursery, nursery_at_hand
from vnreport_ocr.jobs.usage import Idleness, usage_of
from vnreport_ocr.jobs.wire import Wire
from vnreport_ocr.sources.killed import killed
from vnreport_ocr.sources.scratch import scratch_folder

Listener = Callable[[object, bool], None]
"""Told of news of an order (False) and of what came of it (True), on the crew's own thread."""

_SHORT: Final = 0.25
"""Seconds: when orders are shorter than this a worker gets its next ones before it asks, so that it never waits."""

_AHEAD: Final = 0.05
"""Seconds of short orders that a worker has at hand."""

_MOST_AHEAD: Final = 16
_WORTH_A_START: Final = 0.1
"""Seconds of work that wait: with so much another worker is started."""

_LOOK_EVERY: Final = 0.1
_LOOK_SOON: Final = 0.005
_FASTEST_GROWTH: Final = 4e9
"""Bytes a second that a process may come to hold: the nearer to its limit, the sooner it is looked at again."""

_MOST_FAILED_STARTS: Final = 3


_CURE: Final = "Check the limits of the shell (ulimit -n, -t, -u, -v) and the memory that is free."


class ClosedError(Exception):
    """The crew has ended in the meantime."""


@dataclass(slots=True, eq=False)
class Ticket:
    """An order given to a crew."""

    context: Context
    order: object
    limits: Limits
    listen: Listener
    crew_ended: Callable[[], bool]
    cancelled: bool = False
    """Set it to have an order that is not begun left out; nothing is heard of it any more."""


@dataclass(slots=True, eq=False)
class _Worker:
    """One process, the wire to it, and the orders it has."""

    pid: int
    wire: Wire
    tickets: deque[Ticket] = field(default_factory=deque)
    context: Context | None = None
    opened: bool = False
    has_answered: bool = False
    used: float = 0.0
    """Processor seconds up to the stretch of work in hand."""
    seen: float = 0.0
    """Processor seconds when it was last looked at."""
    since: float = field(default_factory=time.monotonic)
    look_at: float = 0.0
    idleness: Idleness = field(default_factory=Idleness)

    def give(self, ticket: Ticket) -> None:
        if not self.tickets:
            self.since = time.monotonic()
        self.tickets.append(ticket)
        context = None if ticket.context == self.context else ticket.context
        self.context = ticket.context
        self.wire.send(order_to_bytes(Order(context, ticket.order, ticket.limits.keep)))


class Crew:
    """Up to ``most`` workers; may be given orders by any thread."""

    def __init__(
        self, most: int, temporary: Path | None = None, *, at_once: bool = False, idle: float | None = None
    ) -> None:
        """Make a crew.

        Args:
            most: Workers at most; the first is started with the first order.
            temporary: Where the workers keep temporary files; a folder of the crew's own where none is given.
            at_once: Start other workers without having seen that the orders are worth it.
            idle: Seconds without an order after which the crew ends by itself.
        """
        self.most = most
        self._temporary = temporary
        self._held = contextlib.ExitStack()
        self._wanted = most if at_once else 1
        self._idle = idle
        self._nursery: Nursery | None = None
        self._workers: list[_Worker] = []
        self._waiting: deque[Ticket] = deque()
        self._seconds = 0.0
        self._failed_starts = 0
        self._busy_at = time.monotonic()
        self._lock = threading.Lock()
        self._arrived: deque[Ticket] = deque()
        self._closing = self.closed = False
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        self._thread = threading.Thread(target=self._run, name="vnocr crew", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def submit(self, context: Context, order: object, limits: Limits, listen: Listener) -> Ticket:
        """Give an order; raises ``ClosedError`` where the crew has ended."""
        ticket = Ticket(context, order, limits, listen, lambda: self.closed and not self._thread.is_alive())
        with self._lock:
            if self._closing or self.closed:
                raise ClosedError
            self._arrived.append(ticket)
            self._rouse()
        return ticket

    def hurry(self) -> None:
        """Start all workers as soon as there are orders for them: these are slow."""
        self._wanted = self.most

    def depth(self) -> int:
        """How many orders a worker takes now: one, or more while they are short."""
        if not 0 < self._seconds < _SHORT:
            return 1
        return min(_MOST_AHEAD, max(2, int(_AHEAD / self._seconds)))

    def workers(self) -> list[int]:
        """List the processes at work, by their numbers."""
        return [worker.pid for worker in list(self._workers)]

    def close(self, patience: float = 10.0) -> None:
        """End the workers at once and wait until they are gone; what they have in hand is given up."""
        with self._lock:
            self._closing = True
            if not self.closed:
                self._rouse()
        if threading.current_thread() is not self._thread:
            self._thread.join(patience)

    def forget(self) -> None:
        """Let go of everything in a forked child: the workers are its parent's."""
        self.closed = True
        for worker in self._workers:
            worker.wire.close()
        if self._nursery is not None:
            self._nursery.forget()
        os.close(self._woken)
        os.close(self._wake)

    def _rouse(self) -> None:
        with contextlib.suppress(BlockingIOError):  # it was roused often enough
            os.write(self._wake, b"!")

    def _run(self) -> None:
        failure = Failure(SetupError("The workers were ended."))
        try:
            while self._go_on():
                self._assign()
                self._listen()
                self._look_after()
        except VnocrError as error:
            failure = Failure(error, unopened=True)
        except Exception as error:
            failure = Failure(internal_error(error), unopened=True)
        finally:
            self._end(failure)

    def _go_on(self) -> bool:
        with self._lock:
            self._waiting.extend(self._arrived)
            self._arrived.clear()
            now = time.monotonic()
            if self._waiting or any(worker.tickets for worker in self._workers):
                self._busy_at = now
            elif self._idle is not None and now - self._busy_at > self._idle:
                self._closing = True
            return not self._closing

    def _end(self, failure: Failure) -> None:
        with self._lock:
            self.closed = True
            left = [*self._waiting, *self._arrived]
            for worker in self._workers:
                left += worker.tickets
        for worker in self._workers:
            worker.wire.close()
            if self._nursery is not None:
                self._nursery.end(worker.pid)
        self._workers.clear()
        if self._nursery is not None:
            self._nursery.close()
        self._held.close()
        os.close(self._woken)
        os.close(self._wake)
        for ticket in left:
            ticket.listen(failure, True)

    def _assign(self) -> None:
        """Give waiting orders to the workers that have the fewest, starting workers as they are worth it."""
        while self._waiting:
            if self._waiting[0].cancelled:
                self._waiting.popleft()
                continue
            free = min(self._workers, key=lambda worker: (len(worker.tickets), not worker.opened), default=None)
            if free is None or (free.tickets and len(self._workers) < self._worth()):
                free = self._start(self._waiting[0].context)
            if len(free.tickets) >= self.depth():
                return
            ticket = self._waiting.popleft()
            free.give(ticket)

    def _worth(self) -> int:
        """How many workers there should be."""
        if len(self._waiting) * self._seconds > _WORTH_A_START:
            self._wanted = self.most
        return self._wanted

    def _start(self, context: Context) -> _Worker:
        for _ in range(2):
            try:
                if self._nursery is None:
                    self._nursery = nursery_at_hand()
                    self._temporary = self._temporary or self._held.enter_context(scratch_folder())
                    self._nursery.prepare(*context_to_bytes(context), self._temporary)
                worker = _Worker(*self._nursery.start())
                self._workers.append(worker)
                return worker
            except (OSError, EOFError) as error:
                problem = error
                if self._nursery is not None:
                    self._nursery.close()
                    self._nursery = None
        said = getattr(problem, "strerror", None) or str(problem) or "the process that starts them has ended"
        raise SetupError(f"No worker can be started: {said}.", cure=_CURE) from problem

    def _listen(self) -> None:
        """Wait until somebody says something or is to be looked at."""
        poll = select.poll()
        poll.register(self._woken, select.POLLIN)
        by_number = {worker.wire.fileno(): worker for worker in self._workers}
        for number, worker in by_number.items():
            poll.register(number, select.POLLIN | (select.POLLOUT if worker.wire.is_clogged else 0))
        for number, _ in poll.poll(self._pause() * 1000):
            if number == self._woken:
                os.read(self._woken, 4096)
            else:
                worker = by_number[number]
                worker.wire.flush()
                self._hear(worker)

    def _pause(self) -> float:
        now = time.monotonic()
        looks = [worker.look_at - now for worker in self._workers if worker.tickets]
        if self._idle is not None:
            looks.append(self._busy_at + self._idle - now + 0.01)
        return min(600.0, max(0.0, min(looks, default=600.0)))

    def _hear(self, worker: _Worker) -> bool:
        """Take in what a worker has said; says whether it said anything."""
        heard = False
        try:
            for data in worker.wire.receive():
                heard = True
                context = worker.tickets[0].context if worker.tickets else None
                self._take(worker, said_from_bytes(data, context))
                if worker.wire.closed:
                    break
        except (MalformedError, TooLongError) as error:
            self._replace(worker, Failure(GarbledAnswerError(f"Its worker sent an invalid answer ({error}).")))
            return True
        except EOFError:
            if not worker.wire.closed:
                self._bury(worker)
            return True
        return heard

    def _take(self, worker: _Worker, said: Said) -> None:
        now = time.monotonic()
        if isinstance(said, Retiring):
            if not worker.has_answered:
                raise MalformedError("it retires before it has done anything")
            self._replace(worker, None)
            return
        if not worker.tickets:
            return
        worker.used = said.used
        if isinstance(said, Opened):
            worker.opened = True
            self._failed_starts = 0
            worker.since = now
        elif isinstance(said, News):
            worker.since = now
            worker.tickets[0].listen(said.news, False)
        else:
            took = now - worker.since
            self._seconds = took if not self._seconds else self._seconds + 0.1 * (took - self._seconds)
            worker.since = now
            worker.has_answered = True
            worker.tickets.popleft().listen(said.result, True)

    def _look_after(self) -> None:
        """End workers whose order goes over its limits."""
        now = time.monotonic()
        for worker in list(self._workers):
            if not worker.tickets or now < worker.look_at:
                continue
            limits = worker.tickets[0].limits
            used = usage_of(worker.pid)
            worker.seen = used.seconds
            room = max(0, limits.memory - used.memory)
            worker.look_at = now + min(_LOOK_EVERY, max(_LOOK_SOON, room / _FASTEST_GROWTH))
            # Loading what it needs is no part of any order.
            spent = used._replace(seconds=used.seconds - worker.used if worker.opened else 0.0)
            error = limits.broken_by(spent, now - worker.since, worker.idleness.seconds(used, now, worker.since))
            # It may just have ended what it did.
            if error is not None and not self._hear(worker):
                self._replace(worker, Failure(error))

    def _bury(self, worker: _Worker) -> None:
        ended = self._end_worker(worker)
        how = f"signal {-ended}" if ended < 0 else f"exit code {ended}"
        error = EngineKilledError(f"Its worker was killed ({how}).")
        if ended < 0:
            error = killed("Its worker", -ended, worker.seen)
        self._renew(worker, Failure(error) if worker.opened else None)
        if not worker.opened:
            self._failed_starts += 1
            if self._failed_starts > _MOST_FAILED_STARTS * self.most:
                problem = f"The workers cannot be started; the last one ended with {how}."
                raise SetupError(problem, cure=_CURE)

    def _replace(self, worker: _Worker, failure: Failure | None) -> None:
        self._end_worker(worker)
        self._renew(worker, failure)

    def _end_worker(self, worker: _Worker) -> int:
        worker.wire.close()
        self._workers.remove(worker)
        return self._nursery.end(worker.pid) if self._nursery is not None else 0

    def _renew(self, worker: _Worker, failure: Failure | None) -> None:
        """Blame the order in hand; give out those behind it again, before all others."""
        if failure is not None and worker.tickets:
            worker.tickets.popleft().listen(failure, True)
        self._waiting.extendleft(reversed(worker.tickets))


def usable_cores() -> int:
    """Count the cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
