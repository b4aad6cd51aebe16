"""What a run takes in: file after file of its plan; copies are read once and delivered each as a file of its own."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from vnreport_ocr.archive.deliver import carry_over, remove_outputs
from vnreport_ocr.archive.ledger import Ledger
from vnreport_ocr.archive.outcome import Outcome, outcome
from vnreport_ocr.archive.places import is_shut, trouble_with_place
from vnreport_ocr.archive.plan import Task, finished_with, hash_or_none
from vnreport_ocr.archive.recipe import Recipe
from vnreport_ocr.archive.record import Record
from vnreport_ocr.archive.scan import Found
from vnreport_ocr.archive.schedule import Work
from vnreport_ocr.errors import OutputError
from vnreport_ocr.jobs.messages import trouble


class Begun(NamedTuple):
    """A file in the works."""

    found: Found
    record: Record
    since: float


class RunScope(NamedTuple):
    """Where a run reads and writes, and under which recipes."""

    folder: Path
    out: Path
    formats: tuple[str, ...]
    recipe: dict[str, Recipe]
    ledger: Ledger


_SETTLED_AT_ONCE = 100
"""Copies that are delivered before the run looks after its workers again."""

Twin = tuple[str, str]
"""Kind and hash: two files that are equal in both are copies."""


class Intake:
    """Hands out the files of a plan one at a time, each under a ticket, and holds back what may be a copy."""

    def __init__(self, tasks: Iterator[Task], scope: RunScope, tell: Callable[[Outcome, Found], None]) -> None:
        self._tasks = tasks
        self._scope = scope
        self._tell = tell
        self._next: Task | None = next(tasks, None)
        self._ready: deque[Task] = deque()
        self._held: dict[Twin, deque[Task]] = {}
        self._originals: dict[int, Twin] = {}
        self._tickets = 0
        self.begun: dict[int, Begun] = {}

    def take(self) -> Work | None:
        """Give the next file to be read; none while all that are left wait for the file they may be copies of."""
        for _ in range(_SETTLED_AT_ONCE):
            task = self._pop()
            if task is None:
                break
            twin = self._twin(task) if task.has_twin else None
            if twin is not None and twin in self._originals.values():
                self._held.setdefault(twin, deque()).append(task)
            elif not self._is_settled(task, twin):
                return self._begin(task, twin)
            else:
                self._release(twin)
        return None

    def is_empty(self) -> bool:
        """Whether every file was handed out or settled."""
        return self._next is None and not self._ready and not self._held

    def closed(self, ticket: int) -> None:
        """Finish a file: what waited for it can go on."""
        self.begun.pop(ticket)
        self._release(self._originals.pop(ticket, None))

    def _pop(self) -> Task | None:
        if self._ready:
            return self._ready.popleft()
        task = self._next
        if task is not None:
            self._next = next(self._tasks, None)
        return task

    def _release(self, twin: Twin | None) -> None:
        """Let the next of those go that waited: it is a copy now, or the next that is read in earnest."""
        held = self._held.get(twin) if twin else None
        if held:
            self._ready.append(held.popleft())
        if twin and not held:
            self._held.pop(twin, None)

    def _twin(self, task: Task) -> Twin | None:
        sha256 = hash_or_none(self._scope.folder / task.found.name)
        return None if sha256 is None else (task.found.kind, sha256)

    def _begin(self, task: Task, twin: Twin | None) -> Work:
        ticket, self._tickets = self._tickets, self._tickets + 1
        self.begun[ticket] = Begun(task.found, task.record, 0.0)
        if twin is not None:
            self._originals[ticket] = twin
        return Work(ticket, task.found, self._scope.recipe[task.found.kind].name)

    def _is_settled(self, task: Task, twin: Twin | None) -> bool:
        """Whether nothing is left to be read of a file: there is no place for its output, or it is a copy."""
        where, found = self._scope, task.found
        wrong = trouble_with_place(found, where.folder, where.out, where.formats)
        if wrong is None and twin is not None:
            original = finished_with(where.ledger, twin[1], found, where.recipe[found.kind], where.out)
            if original is None:
                return False
            try:
                record = carry_over(original, found, where.folder, where.out, where.ledger)
            except OutputError as error:
                if is_shut(error, where.out):
                    raise
                wrong = error
            else:
                remove_outputs(task.record, where.out, frozenset(name for name, _ in record.output_files()))
                self._tell(outcome(record, where.out, "moved"), found)
        if wrong is not None:
            remove_outputs(task.record, where.out)
            self._tell(outcome(where.ledger.fail(self._tried(task), trouble(wrong)), where.out), found)
        return wrong is not None or twin is not None

    def _tried(self, task: Task) -> Record:
        recipe = self._scope.recipe[task.found.kind]
        return replace(task.record, **recipe._asdict(), attempts=task.record.attempts + 1)
