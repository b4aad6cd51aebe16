"""What is done next: files in their order, the pages of long files in between, second tries when they are due.

Files and pages take turns, so a giant file neither holds up the others nor is left to the end.
"""

import heapq
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple, Protocol

from vnreport_ocr.archive.messages import FileJob, FileSplit, Job, JoinJob, PageJob
from vnreport_ocr.archive.scan import Found
from vnreport_ocr.jobs.limits import OWN_TEXT
from vnreport_ocr.jobs.messages import Trouble
from vnreport_ocr.sources.selection import grouped

_MANY = 32
"""Long files open at once; with so many, new files wait."""


class ScheduleLimits(NamedTuple):
    """How much processor time a page may take and how often a job is tried."""

    page_seconds: float
    attempts: int
    backoff: float


class Work(NamedTuple):
    """A file to be read."""

    ticket: int
    found: Found
    recipe: str


class FileSource(Protocol):
    """Where the files come from, one at a time."""

    def take(self) -> Work | None:
        """Give the next file; none where there is none now."""
        ...

    def is_empty(self) -> bool:
        """Whether there will be no more."""
        ...


@dataclass(slots=True)
class LongFile:
    """A file whose pages are shared out."""

    split: FileSplit
    waiting: deque[tuple[int, ...]]
    left: set[int] = field(default_factory=set)


class Schedule:
    """The jobs of a run, handed out one at a time."""

    def __init__(self, source: FileSource, limits: ScheduleLimits) -> None:
        self._source = source
        self._limits = limits
        self._works: dict[int, Work] = {}
        self._open: dict[int, LongFile] = {}
        self._joins: deque[Job] = deque()
        self._later: list[tuple[float, int, Job]] = []
        self._order = count()
        self._tries: dict[tuple[int, int], int] = {}
        self._pages_turn = False

    def take(self, now: float) -> Job | None:
        """Return the next job; none when all are handed out or not yet due."""
        if self._joins:
            return self._joins.popleft()
        if self._later and self._later[0][0] <= now:
            return heapq.heappop(self._later)[2]
        self._pages_turn = not self._pages_turn
        if self._pages_turn or len(self._open) >= _MANY:
            return self._next_page() or self._next_file()
        return self._next_file() or self._next_page()

    def is_empty(self) -> bool:
        """Whether nothing is left to hand out, now or later."""
        return self._source.is_empty() and not (self._open or self._joins or self._later)

    def wait_for(self, now: float) -> float:
        """Seconds until a second try is due."""
        return max(0.0, self._later[0][0] - now) if self._later else 3600.0

    def split(self, ticket: int, split: FileSplit, now: float) -> list[tuple[PageJob, Trouble]]:
        """Share out the pages of a long file that are not read yet; gives back those tried often enough."""
        left = set(split.numbers).difference(split.spooled)
        unbegun = left.difference(number for number, _ in split.tried)
        groups = (tuple(n for n in group if n in unbegun) for group in grouped(split.numbers, split.together))
        self._open[ticket] = LongFile(split, deque(filter(None, groups)), left)
        failed = [(self._page_job(ticket, (number,)), found) for number, found in split.tried]
        self._join_if_read(ticket)
        return [(job, found) for job, found in failed if not (found.may_pass and self.again(job, now))]

    def pages_of(self, ticket: int) -> int:
        """How many pages a long file has."""
        return len(self._open[ticket].split.numbers)

    def pages_read(self, job: PageJob) -> None:
        """Note that pages are in the spool; the last ones bring the file together."""
        self._open[job.ticket].left.difference_update(job.numbers)
        self._join_if_read(job.ticket)

    def each_by_itself(self, job: PageJob) -> None:
        """Share out the pages of a job that failed: whose it was shows then."""
        self._open[job.ticket].waiting.extendleft((number,) for number in reversed(job.numbers))

    def join(self, job: JoinJob) -> None:
        """Put a long file together in another way than was tried."""
        self._joins.append(job)

    def again(self, job: Job, now: float) -> bool:
        """Try a job again after a while, each time a longer one; says no when it was tried often enough."""
        key = (job.ticket, job.numbers[0] if isinstance(job, PageJob) else 0)
        tries = self._tries.get(key, 1)
        if tries >= self._limits.attempts:
            return False
        self._tries[key] = tries + 1
        heapq.heappush(self._later, (now + self._limits.backoff * 2 ** (tries - 1), next(self._order), job))
        return True

    def closed(self, ticket: int) -> LongFile | None:
        """Finish a file; return what was open of it."""
        self._works.pop(ticket, None)
        for key in [key for key in self._tries if key[0] == ticket]:
            del self._tries[key]
        return self._open.pop(ticket, None)

    def is_spool_in_use(self, spool: str) -> bool:
        """Whether the pages in a spool are those of a file that is open."""
        return any(long.split.spool == spool for long in self._open.values())

    def tries(self, ticket: int) -> int:
        """How often the file, or the page of it that was hardest, was tried."""
        return max((tries for (of, _), tries in self._tries.items() if of == ticket), default=1)

    def _next_file(self) -> Job | None:
        work = self._source.take()
        if work is None:
            return None
        ticket = work.ticket
        self._works[ticket] = work
        return FileJob(ticket, work.found.name, self._seconds(ticket), work.recipe)

    def _seconds(self, ticket: int) -> float:
        return self._limits.page_seconds * (OWN_TEXT if self._works[ticket].found.kind == "text" else 1)

    def _next_page(self) -> Job | None:
        for ticket, long in self._open.items():
            if long.waiting:
                return self._page_job(ticket, long.waiting.popleft())
        return None

    def _page_job(self, ticket: int, numbers: tuple[int, ...]) -> PageJob:
        name = self._works[ticket].found.name
        return PageJob(ticket, name, self._seconds(ticket), self._open[ticket].split.spool, numbers)

    def _join_if_read(self, ticket: int) -> None:
        long = self._open[ticket]
        if not long.left:
            split, name = long.split, self._works[ticket].found.name
            limit = self._seconds(ticket) + len(split.numbers)
            self._joins.append(JoinJob(ticket, name, limit, split.spool, split.numbers, split.sha256))
