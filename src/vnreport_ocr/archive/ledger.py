"""The ledger of an archive: one SQLite file beside the output, the single truth of what was done.

A file is marked done only after its outputs are in their place, in one transaction: killed at any
moment, the ledger never says more than is true.
"""

import contextlib
import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from vnreport_ocr import __version__
from vnreport_ocr.archive.ledger_file import IN_NEED, connect_to_read, connect_to_write, ledger_errors
from vnreport_ocr.archive.messages import FileDone, PageMark
from vnreport_ocr.archive.record import Record, RunState
from vnreport_ocr.archive.scan import PassedOver
from vnreport_ocr.errors import OutputError
from vnreport_ocr.jobs.messages import Trouble, may_pass

__all__ = ["IN_NEED", "LEDGER", "Ledger"]

LEDGER = "archive.db"

RECORD_COLUMNS = tuple(Record.__dataclass_fields__)
_SELECT = f"SELECT {', '.join(f'files.{name}' for name in RECORD_COLUMNS)} FROM files"
_INSERT = f"INSERT OR REPLACE INTO files ({', '.join(RECORD_COLUMNS)}) VALUES ({', '.join('?' * len(RECORD_COLUMNS))})"

_INSERT_PAGE = f"INSERT INTO pages (path, {', '.join(PageMark._fields)}) VALUES (?{', ?' * len(PageMark._fields)})"


class Ledger:
    """Reads and writes the ledger; every method that writes leaves it whole."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._read_only = read_only
        self._is_together = False
        with ledger_errors(path):
            self._base = connect_to_read(path) if read_only else connect_to_write(path)

    def __enter__(self) -> Self:
        """Return the ledger itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file; at rest it needs no log beside it, and can be read where nothing can be written."""
        if not self._read_only:
            with contextlib.suppress(sqlite3.DatabaseError):  # someone reads it now, or the disk is full: the log stays
                self._base.execute("PRAGMA busy_timeout = 0")
                self._base.execute("PRAGMA journal_mode = DELETE")
        self._base.close()

    def records(self, where: str = "", values: Sequence[object] = ()) -> Iterator[Record]:
        """Yield the files, in the order of the names, a few at a time; ``where`` is what follows ``FROM files``."""
        with ledger_errors(self.path):
            for row in self._base.execute(f"{_SELECT} {where} ORDER BY files.path", values):
                yield Record(*row)

    def some(self, where: str, values: Sequence[object] = (), most: int = 500) -> list[Record]:
        """Return the first of such files, so that what follows may write; ``where`` is what follows ``FROM files``."""
        return [Record(*row) for row in self.ask(f"{_SELECT} {where} ORDER BY files.path LIMIT ?", (*values, most))]

    def record(self, path: str) -> Record | None:
        """One file."""
        return next(iter(self.some("WHERE path = ?", (path,))), None)

    def ask(self, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Fetch the rows that answer a question in SQL."""
        with ledger_errors(self.path):
            return self._base.execute(question, values).fetchall()

    def rows(self, question: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows that answer a question, however many they are."""
        with ledger_errors(self.path):
            yield from self._base.execute(question, values)

    def write(self, order: str, rows: Iterable[Sequence[object]] = ((),)) -> None:
        """Carry out an order in SQL for each row of values, all or none."""
        with self._writing():
            self._base.executemany(order, rows)

    def scratch(self, tables: str) -> None:
        """Make tables that end with this connection; they lie on disk, also beside a ledger that is only read."""
        with ledger_errors(self.path):
            self._base.executescript(f"PRAGMA temp.cache_size = -16000; {tables}")

    @contextmanager
    def together(self) -> Iterator[None]:
        """Commit what is written inside at once, at the end; also when something else ends it early."""
        with ledger_errors(self.path):
            self._is_together = True
            try:
                yield
            except OutputError as error:
                if isinstance(error.__cause__, sqlite3.DatabaseError):
                    self._base.rollback()  # the ledger itself could not be written
                raise
            finally:
                self._is_together = False
                self._base.commit()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with ledger_errors(self.path), contextlib.nullcontext() if self._is_together else self._base:
            yield

    def put(self, records: Iterable[Record]) -> None:
        """Write files as they are given, all or none."""
        rows = [tuple(getattr(record, name) for name in RECORD_COLUMNS) for record in records]
        with self._writing():
            self._base.executemany(_INSERT, rows)

    def remove(self, paths: Iterable[str]) -> None:
        """Forget files."""
        with self._writing():
            for path in paths:
                self._base.execute("DELETE FROM files WHERE path = ?", (path,))
                self._base.execute("DELETE FROM pages WHERE path = ?", (path,))

    def pass_over(self, kinds: Iterable[PassedOver]) -> None:
        """Note what the last look at the folder passed over."""
        rows = [(kind.kind, kind.files, json.dumps(kind.examples, ensure_ascii=False)) for kind in kinds]
        with self._writing():
            self._base.execute("DELETE FROM passed_over")
            self._base.executemany("INSERT INTO passed_over VALUES (?, ?, ?)", rows)

    def finish(self, record: Record, done: FileDone) -> Record:
        """Mark a file as delivered, with all its pages, in one transaction."""
        unread = sum(mark.error is not None for mark in done.pages)
        first = next((mark for mark in done.pages if mark.error is not None), None)
        weights = [max(1, mark.words) for mark in done.pages]
        quality = sum(m.quality * w for m, w in zip(done.pages, weights, strict=True)) / sum(weights)
        finished = replace(
            record,
            sha256=done.sha256,
            state="partial" if unread else "done",
            pages=len(done.pages),
            unread=unread,
            words=sum(mark.words for mark in done.pages),
            corrections=sum(mark.corrections for mark in done.pages),
            quality=round(quality, 4),
            letterhead=json.dumps(dict(done.letterhead), ensure_ascii=False),
            outputs=json.dumps(done.outputs),
            error=f"page {first.number}: {first.error}" if first else None,
            error_class=_worst_class(done.pages),
            cure=None,
            finished=time.time(),
        )
        self._put_with_pages(finished, done.pages)
        return finished

    def fail(self, record: Record, found: Trouble) -> Record:
        """Mark a file as failed, with the reason."""
        failed = replace(
            record,
            state="failed",
            error=found.problem,
            error_class=found.error_class,
            cure=found.cure,
            outputs="[]",
            pages=0,
            unread=0,
            words=0,
            corrections=0,
            quality=None,
            letterhead="{}",
            finished=time.time(),
        )
        self._put_with_pages(failed, ())
        return failed

    def move(self, old: str, new: Record) -> None:
        """Move a file: its record and its pages go along; the old one waits for its outputs to go."""
        with self._writing():
            self._base.execute(_INSERT, tuple(getattr(new, name) for name in RECORD_COLUMNS))
            self._base.execute("DELETE FROM pages WHERE path = ?", (new.path,))
            columns = ", ".join(PageMark._fields)
            self._base.execute(
                f"INSERT INTO pages (path, {columns}) SELECT ?, {columns} FROM pages WHERE path = ?", (new.path, old)
            )

    def begin_run(self, state: RunState, options: str = "{}") -> int:
        """Begin a new run; one that was killed before it could say so is marked as interrupted."""
        now = time.time()
        with self._writing():
            self._base.execute("UPDATE runs SET state = 'interrupted', ended = updated WHERE state = 'running'")
            row = self._base.execute(
                "INSERT INTO runs (folder, started, updated, state, workers, todo_files, todo_bytes, files, pages,"
                " failed, bytes, version, options) VALUES (?, ?, ?, 'running', ?, ?, ?, 0, 0, 0, 0, ?, ?)",
                (state.folder, now, now, state.workers, state.todo_files, state.todo_bytes, __version__, options),
            )
        return int(row.lastrowid or 0)

    def update_run(self, run: int, state: RunState, ended: str | None = None) -> None:
        """Where the run stands now, or how it ended."""
        now = time.time()
        with self._writing():
            self._base.execute(
                "UPDATE runs SET updated = ?, workers = ?, files = ?, pages = ?, failed = ?, bytes = ?,"
                " state = coalesce(?, state), ended = CASE WHEN ? IS NULL THEN ended ELSE ? END WHERE run = ?",
                (now, state.workers, state.files, state.pages, state.failed, state.bytes, ended, ended, now, run),
            )
            self._base.execute("INSERT OR REPLACE INTO speed VALUES (?, ?, ?, ?)", (run, now, state.files, state.pages))

    def _put_with_pages(self, record: Record, marks: Sequence[PageMark]) -> None:
        with self._writing():
            self._base.execute(_INSERT, tuple(getattr(record, name) for name in RECORD_COLUMNS))
            self._base.execute("DELETE FROM pages WHERE path = ?", (record.path,))
            self._base.executemany(
                _INSERT_PAGE,
                [(record.path, *mark) for mark in marks],
            )


def _worst_class(marks: Sequence[PageMark]) -> str | None:
    """Choose the class that stands for the file: one worth another try, else the one met most often."""
    classes = [mark.error_class for mark in marks if mark.error_class]
    return max(sorted(set(classes)), key=lambda name: (may_pass(name), classes.count(name)), default=None)
