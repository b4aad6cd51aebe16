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

from vnreport_ocr.archive.messages import FileDone, PageMark, Trouble, may_pass
from vnreport_ocr.archive.record import Record, RunState
from vnreport_ocr.errors import OutputError, UsageError

LEDGER = "archive.db"
_FORMAT = 1

_TABLES = """
CREATE TABLE files (
    path TEXT PRIMARY KEY, kind TEXT, size INTEGER, mtime_ns INTEGER, sha256 TEXT,
    options TEXT, dictionaries TEXT, state TEXT, attempts INTEGER, seconds REAL,
    pages INTEGER, unread INTEGER, words INTEGER, corrections INTEGER, quality REAL,
    letterhead TEXT, outputs TEXT, error TEXT, error_class TEXT, cure TEXT, finished REAL
) WITHOUT ROWID;
CREATE INDEX files_by_hash ON files (sha256);
CREATE INDEX files_by_state ON files (state);
CREATE TABLE pages (
    path TEXT, number INTEGER, source TEXT, damage TEXT, quality REAL, words INTEGER,
    corrections INTEGER, doubts INTEGER, seconds REAL, error TEXT, error_class TEXT,
    PRIMARY KEY (path, number)
) WITHOUT ROWID;
CREATE INDEX pages_by_quality ON pages (quality);
CREATE TABLE runs (
    run INTEGER PRIMARY KEY, folder TEXT, started REAL, updated REAL, ended REAL, state TEXT, workers INTEGER,
    todo_files INTEGER, todo_bytes INTEGER, files INTEGER, pages INTEGER, failed INTEGER, bytes INTEGER
);
CREATE TABLE speed (run INTEGER, at REAL, files INTEGER, pages INTEGER, PRIMARY KEY (run, at)) WITHOUT ROWID;
"""

_COLUMNS = tuple(Record.__dataclass_fields__)
_INSERT = f"INSERT OR REPLACE INTO files ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


class Ledger:
    """Reads and writes the ledger; every method that writes leaves it whole."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._read_only = read_only
        self._is_together = False
        with _ledger_errors(path):
            self._base = _connect_to_read(path) if read_only else _connect_to_write(path)

    def __enter__(self) -> Self:
        """The ledger itself."""
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
                self._base.execute("PRAGMA journal_mode = DELETE")
        self._base.close()

    def records(self) -> Iterator[Record]:
        """Every file, in the order of the names."""
        with _ledger_errors(self.path):
            for row in self._base.execute(f"SELECT {', '.join(_COLUMNS)} FROM files ORDER BY path"):
                yield Record(*row)

    def record(self, path: str) -> Record | None:
        """One file."""
        rows = self.ask(f"SELECT {', '.join(_COLUMNS)} FROM files WHERE path = ?", (path,))
        return Record(*rows[0]) if rows else None

    def ask(self, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that answer a question in SQL."""
        with _ledger_errors(self.path):
            return self._base.execute(question, values).fetchall()

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is written inside becomes true at once, at the end; also when something else ends it early."""
        with _ledger_errors(self.path):
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
        with _ledger_errors(self.path), contextlib.nullcontext() if self._is_together else self._base:
            yield

    def put(self, records: Iterable[Record]) -> None:
        """Write files as they are given, all or none."""
        rows = [tuple(getattr(record, name) for name in _COLUMNS) for record in records]
        with self._writing():
            self._base.executemany(_INSERT, rows)

    def remove(self, paths: Iterable[str]) -> None:
        """Forget files."""
        with self._writing():
            for path in paths:
                self._base.execute("DELETE FROM files WHERE path = ?", (path,))
                self._base.execute("DELETE FROM pages WHERE path = ?", (path,))

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
        """A file lies elsewhere now: its record and its pages go along; the old one waits for its outputs to go."""
        with self._writing():
            self._base.execute(_INSERT, tuple(getattr(new, name) for name in _COLUMNS))
            self._base.execute("DELETE FROM pages WHERE path = ?", (new.path,))
            columns = ", ".join(PageMark._fields)
            self._base.execute(
                f"INSERT INTO pages (path, {columns}) SELECT ?, {columns} FROM pages WHERE path = ?", (new.path, old)
            )

    def begin_run(self, state: RunState) -> int:
        """A new run; one that was killed before it could say so is marked as interrupted."""
        now = time.time()
        with self._writing():
            self._base.execute("UPDATE runs SET state = 'interrupted', ended = updated WHERE state = 'running'")
            row = self._base.execute(
                "INSERT INTO runs (folder, started, updated, state, workers, todo_files, todo_bytes, files, pages,"
                " failed, bytes) VALUES (?, ?, ?, 'running', ?, ?, ?, 0, 0, 0, 0)",
                (state.folder, now, now, state.workers, state.todo_files, state.todo_bytes),
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
            self._base.execute(_INSERT, tuple(getattr(record, name) for name in _COLUMNS))
            self._base.execute("DELETE FROM pages WHERE path = ?", (record.path,))
            self._base.executemany(
                f"INSERT INTO pages (path, {', '.join(PageMark._fields)}) VALUES ({', '.join('?' * 11)})",
                [(record.path, *mark) for mark in marks],
            )


def _worst_class(marks: Sequence[PageMark]) -> str | None:
    """The class that stands for the file: one that is worth another try, else the one met most often."""
    classes = [mark.error_class for mark in marks if mark.error_class]
    return max(sorted(set(classes)), key=lambda name: (may_pass(name), classes.count(name)), default=None)


def _connect_to_write(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=30, check_same_thread=False)
    with _closed_on_error(base):
        # With a write-ahead log others may read during a run, and a commit costs no wait for the disk.
        # A file system that cannot have one (some network shares) keeps the plain journal.
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        (version,) = base.execute("PRAGMA user_version").fetchone()
        if version == 0:
            with base:
                base.executescript("BEGIN;" + _TABLES + f"PRAGMA user_version = {_FORMAT};")
        elif version != _FORMAT:
            raise UsageError(
                f"This ledger has format {version}; this version of vnocr knows format {_FORMAT}.",
                file=str(path),
                cure="Give another output folder with -o.",
            )
    return base


def _connect_to_read(path: Path) -> sqlite3.Connection:
    address = path.resolve().as_uri()
    try:
        return _readable(sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=5))
    except sqlite3.OperationalError:
        # On a medium that cannot be written the log cannot be joined; the file itself is whole.
        return _readable(sqlite3.connect(f"{address}?immutable=1", uri=True))


def _readable(base: sqlite3.Connection) -> sqlite3.Connection:
    with _closed_on_error(base):
        base.execute("SELECT count(*) FROM runs").fetchone()
    return base


@contextmanager
def _closed_on_error(base: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        base.close()
        raise


@contextmanager
def _ledger_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise OutputError(f"The ledger cannot be used: {error}.", file=str(path)) from error
