"""How a run works through its files: jobs go out, results come in, the ledger and the counters follow."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from vnreport_ocr.archive.context import ArchiveContext
from vnreport_ocr.archive.deliver import remove_outputs
from vnreport_ocr.archive.executors import Event, Executor
from vnreport_ocr.archive.intake import Intake, RunScope
from vnreport_ocr.archive.ledger import Ledger
from vnreport_ocr.archive.messages import FileDone, FileJob, FileSplit, Job, JoinJob, PageJob, PagesDone
from vnreport_ocr.archive.outcome import Outcome, outcome
from vnreport_ocr.archive.plan import Plan
from vnreport_ocr.archive.progress import Counter, Progress
from vnreport_ocr.archive.recipe import Recipe, told_options
from vnreport_ocr.archive.record import Record, RunState
from vnreport_ocr.archive.scan import Found
from vnreport_ocr.archive.schedule import Schedule, ScheduleLimits
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.archive.spool import Timed, drop_page, put_pages, remove_spool, spool_root
from vnreport_ocr.errors import OutputError, StoppedError
from vnreport_ocr.jobs.messages import Trouble, as_error, may_pass
from vnreport_ocr.model import Damage, Page
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.original import NAMES

_FROM_ORIGINAL = frozenset(("html", *NAMES))
"""Formats for which the original is opened again when all pages are read."""

_TICK = 0.5
_NOTE_EVERY = 2.0
"""Seconds between two notes of a run's progress in the ledger."""


class FileRunner:
    """Works through a list of files with an executor."""

    def __init__(
        self, folder: Path, out: Path, options: Options, settings: Settings, recipe: dict[str, Recipe], ledger: Ledger
    ) -> None:
        self._context = ArchiveContext(
            folder=str(folder),
            out=str(out),
            options=options,
            formats=settings.formats,
            backend=settings.backend,
            split_after=settings.split_after,
            worker_bytes=settings.worker_bytes,
        )
        self._out = out
        self._settings = settings
        self._recipe = recipe
        self._ledger = ledger
        self._limits = ScheduleLimits(options.page_timeout, settings.attempts, settings.backoff)
        self._scope = RunScope(folder, out, settings.formats, recipe, ledger)
        self._told: list[Outcome] = []
        self._intake = Intake(iter(()), self._scope, self._settled)
        self._schedule = Schedule(self._intake, self._limits)
        self._counter = Counter(0, 0)
        self._run = 0
        self.lost_a_worker = False
        """Whether a worker may have ended while it wrote."""

    def work(
        self,
        plan: Plan,
        engage: Callable[[ArchiveContext], Executor],
        stop: threading.Event,
        watch: Callable[[Progress], None] | None,
    ) -> Iterator[Outcome]:
        """Read the files; yields what became of each."""
        files, size = plan.size_of_tasks(self._settings.limit)
        self._counter = Counter(files, size)
        self._intake = Intake(plan.tasks(self._settings.limit), self._scope, self._settled)
        self._schedule = Schedule(self._intake, self._limits)
        executor = engage(self._context)
        ended = "failed"
        begun = RunState(self._context.folder, executor.workers(), files, size)
        self._run = self._ledger.begin_run(begun, told_options(self._context.options))
        try:
            yield from self._loop(executor, stop, watch)
            ended = "stopped" if self._left() else "finished"
        except (KeyboardInterrupt, GeneratorExit):
            ended = "stopped"
            raise
        finally:
            workers = executor.workers()
            executor.close(now=True)
            self._note_end(workers, ended)
        if self._left():
            raise StoppedError(f"Stopped; {self._counter.files} files were finished, {self._left()} are left.")

    def _loop(
        self, executor: Executor, stop: threading.Event, watch: Callable[[Progress], None] | None
    ) -> Iterator[Outcome]:
        looked = noted = time.monotonic()
        while True:
            now = time.monotonic()
            while not stop.is_set() and executor.room() > 0 and (job := self._schedule.take(now)) is not None:
                self._hand_out(executor, job)
            settled, self._told = self._told, []
            yield from settled
            if not executor.in_hand() and (stop.is_set() or self._schedule.is_empty()):
                return
            try:
                events = executor.wait(0.0 if settled else min(_TICK, self._schedule.wait_for(now)))
            except KeyboardInterrupt:
                if stop.is_set():
                    raise
                stop.set()
                continue
            with self._ledger.together():
                finished = [self._hear(event) for event in events]
            yield from (told for told in finished if told is not None)
            now = time.monotonic()
            if now - noted > _NOTE_EVERY:
                noted = now
                self._ledger.update_run(self._run, self._state(executor.workers()))
            if watch is not None and now - looked > _TICK:
                looked = now
                watch(self._counter.look(executor.workers(), executor.in_hand(), stopping=stop.is_set()))

    def _hand_out(self, executor: Executor, job: Job) -> None:
        if isinstance(job, FileJob):
            begun = self._intake.begun[job.ticket]
            if not begun.since:
                self._intake.begun[job.ticket] = begun._replace(since=time.monotonic())
        executor.submit(job)

    def _hear(self, event: Event) -> Outcome | None:
        job, result = event
        if isinstance(result, Trouble):
            return self._trouble(job, result)
        if isinstance(result, FileDone):
            return self._done(job, result)
        if isinstance(result, FileSplit):
            self._split(job, result)
        elif isinstance(job, PageJob):
            self._pages(job, result)
        return None

    def _done(self, job: Job, done: FileDone) -> Outcome:
        begun = self._intake.begun[job.ticket]
        remove_outputs(begun.record, self._out, frozenset(name for name, _ in done.outputs))
        record = self._ledger.finish(self._attempted(job.ticket, done.decisions), done)
        if isinstance(job, FileJob):
            self._counter.pages += len(done.pages)
        self._counter.partial += record.state == "partial"
        again = [mark.number for mark in done.pages if may_pass(mark.error_class)]
        return self._close(job.ticket, record, again)

    def _split(self, job: Job, split: FileSplit) -> None:
        self.lost_a_worker |= not split.spooled
        begun = self._intake.begun[job.ticket]
        record = replace(begun.record, state="open", sha256=split.sha256)
        self._intake.begun[job.ticket] = begun._replace(record=record)
        self._ledger.put([record])
        self._counter.take(len(split.spooled), begun.found.size / max(1, len(split.numbers)))
        for page_job, found in self._schedule.split(job.ticket, split, time.monotonic()):
            self._give_page_up(page_job, found)

    def _pages(self, job: PageJob, done: PagesDone) -> None:
        again = set()
        for number, found in done.troubles:
            if found.may_pass and self._schedule.again(job._replace(numbers=(number,)), time.monotonic()):
                drop_page(self._spool(job), number)
                again.add(number)
        self._pages_read(job._replace(numbers=tuple(number for number in job.numbers if number not in again)))

    def _pages_read(self, job: PageJob) -> None:
        begun = self._intake.begun[job.ticket]
        share = begun.found.size / max(1, self._schedule.pages_of(job.ticket))
        self._counter.take(len(job.numbers), share)
        self._schedule.pages_read(job)

    def _trouble(self, job: Job, found: Trouble) -> Outcome | None:
        if found.ends_run:
            error = as_error(found)
            error.file = error.file or (str(self._out) if isinstance(error, OutputError) else None)
            raise error
        now = time.monotonic()
        self.lost_a_worker |= found.may_pass
        if isinstance(job, PageJob):
            if len(job.numbers) > 1:
                self._schedule.each_by_itself(job)
            elif not (found.may_pass and self._schedule.again(job, now)):
                self._give_page_up(job, found)
            return None
        if found.may_pass and self._schedule.again(job, now):
            return None
        if isinstance(job, JoinJob) and job.without is None and self._is_of_the_copies(found):
            self._schedule.join(job._replace(without=f"It could not be drawn or copied: {found.problem}"))
            return None
        remove_outputs(self._intake.begun[job.ticket].record, self._out)
        record = self._ledger.fail(self._attempted(job.ticket), found)
        self._counter.failed += 1
        return self._close(job.ticket, record)

    def _is_of_the_copies(self, found: Trouble) -> bool:
        """Whether the outputs may be written without opening the original again, which went over its limits."""
        return may_pass(found.error_class) and not _FROM_ORIGINAL.isdisjoint(self._settings.formats)

    def _give_page_up(self, job: PageJob, found: Trouble) -> None:
        """Mark a page that no worker could bring back as unread in its file, with the reason."""
        page = Page(
            job.numbers[0],
            source="none",
            damage=Damage.EMPTY,
            quality=0.0,
            error=found.problem,
            error_class=found.error_class,
        )
        try:
            put_pages(self._spool(job), [Timed(page, 0.0)])
        except OSError as error:
            raise OutputError(f"It cannot be written: {error.strerror}.", file=str(self._out)) from error
        self._pages_read(job)

    def _attempted(self, ticket: int, decisions: str = "") -> Record:
        begun = self._intake.begun[ticket]
        recipe = self._recipe[begun.found.kind].with_decisions(decisions)
        return replace(
            begun.record,
            options=recipe.options,
            dictionaries=recipe.dictionaries,
            programs=recipe.programs,
            attempts=begun.record.attempts + self._schedule.tries(ticket),
            seconds=round(time.monotonic() - begun.since, 3),
        )

    def _close(self, ticket: int, record: Record, again: Sequence[int] = ()) -> Outcome:
        """Finish a file; where pages are worth a try in the next run, keep the others for it."""
        self._counter.files += 1
        long = self._schedule.closed(ticket)
        if long is None:
            self._counter.bytes += max(0, self._intake.begun[ticket].found.size)
        elif again:
            for number in again:
                drop_page(spool_root(self._out) / long.split.spool, number)
        elif not self._schedule.is_spool_in_use(long.split.spool):
            remove_spool(spool_root(self._out) / long.split.spool)
        self._intake.closed(ticket)
        return outcome(record, self._out)

    def _settled(self, told: Outcome, found: Found) -> None:
        """Deliver a file that no worker was needed for."""
        self._counter.files += 1
        self._counter.bytes += max(0, found.size)
        self._counter.failed += told.state == "failed"
        self._told.append(told)

    def _spool(self, job: PageJob) -> Path:
        return spool_root(self._out) / job.spool

    def _left(self) -> int:
        return self._counter.todo_files - self._counter.files

    def _state(self, workers: int) -> RunState:
        counter = self._counter
        return RunState(
            folder=self._context.folder,
            workers=workers,
            files=counter.files,
            pages=counter.pages,
            failed=counter.failed,
            bytes=int(counter.bytes),
        )

    def _note_end(self, workers: int, ended: str) -> None:
        try:
            self._ledger.update_run(self._run, self._state(workers), ended)
        except OutputError:
            if ended in ("finished", "stopped"):
                raise
            # The disk is full: that is what ended the run and is told; the next run notes the end.
