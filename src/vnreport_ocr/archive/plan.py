"""What a run has to do: what is new, changed or failed; everything else is left in peace.

Folder and ledger are compared in tables of the ledger's connection that end with it, so that a plan needs the same
memory for a hundred files and for a million.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar

from vnreport_ocr.archive.deliver import kept_decisions, outputs_are_there
from vnreport_ocr.archive.handler import file_hash
from vnreport_ocr.archive.ledger import RECORD_COLUMNS, Ledger
from vnreport_ocr.archive.names import real_name
from vnreport_ocr.archive.recipe import Recipe
from vnreport_ocr.archive.record import Record, found_of, waiting
from vnreport_ocr.archive.scan import Found
from vnreport_ocr.errors import UnreadableFileError
from vnreport_ocr.jobs.messages import may_pass
from vnreport_ocr.review.kept import mark_of

Item = TypeVar("Item")

_CHUNK = 1000

_SCRATCH = """
CREATE TEMP TABLE found (key TEXT PRIMARY KEY, kind TEXT, size INTEGER, mtime_ns INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE todo (key TEXT PRIMARY KEY, reason TEXT) WITHOUT ROWID;
CREATE TEMP TABLE twins (kind TEXT, size INTEGER, PRIMARY KEY (kind, size)) WITHOUT ROWID;
CREATE TEMP TABLE touched (key TEXT PRIMARY KEY, mtime_ns INTEGER, state TEXT) WITHOUT ROWID;
CREATE TEMP TABLE absent (key TEXT PRIMARY KEY, was_read INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE folders (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE moved (key TEXT PRIMARY KEY, old TEXT) WITHOUT ROWID;
"""

_FOUND = "SELECT f.key, f.kind, f.size, f.mtime_ns"
_READ = "('done', 'partial', 'gone')"


class Task(NamedTuple):
    """A file to be read."""

    found: Found
    record: Record
    has_twin: bool
    """Whether another file of the same size and kind is to be read: it may be a copy."""


class Plan:
    """What is to be done, and what need not be; both lie in the ledger's scratch tables."""

    def __init__(self, ledger: Ledger, folder: Path, out: Path, recipe: dict[str, Recipe]) -> None:
        self._ledger = ledger
        self._folder = folder
        self._out = out
        self._recipe = recipe
        self.kept = 0
        """Files that stay as they are."""
        ledger.scratch(_SCRATCH)

    def look(self, files: Iterable[Found]) -> None:
        """Take in what lies in the folder."""
        for chunk in chunks(files):
            self._ledger.write("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?)", map(_row, chunk))

    def is_of_another_archive(self) -> bool:
        """Whether the ledger knows files, and not one of those that were found."""
        ((known, found, both),) = self._ledger.ask(
            "SELECT EXISTS (SELECT 1 FROM files WHERE kind != 'folder'), EXISTS (SELECT 1 FROM found),"
            " EXISTS (SELECT 1 FROM found JOIN files ON files.path = found.key)"
        )
        return bool(known and found and not both)

    def compare(self) -> None:
        """Decide what becomes of every file, found or known."""
        fields = ", ".join(f"files.{name}" for name in RECORD_COLUMNS)
        rows = self._ledger.rows(
            f"{_FOUND}, {fields} FROM found f LEFT JOIN files ON files.path = f.key ORDER BY f.key"
        )
        for chunk in chunks(rows):
            todo: list[tuple[str, str]] = []
            touched: list[tuple[str, int, str]] = []
            for row in chunk:
                found = _found(row)
                known = Record(*row[4:]) if row[4] is not None else None
                reason = "new" if known is None else self._must_be_read(found, known)
                if reason is not None:
                    todo.append((row[0], reason))
                    continue
                self.kept += 1
                if known is not None and (known.mtime_ns != found.mtime_ns or known.state == "gone"):
                    touched.append((known.path, found.mtime_ns, "partial" if known.unread else "done"))
            self._ledger.write("INSERT INTO todo VALUES (?, ?)", todo)
            self._ledger.write("INSERT INTO touched VALUES (?, ?, ?)", touched)
        self._look_for_absent()
        self._recognise()
        self._ledger.write(
            "INSERT INTO twins SELECT kind, size FROM todo JOIN found USING (key)"
            " WHERE size > 0 GROUP BY kind, size HAVING count(*) > 1"
        )

    def write_down(self) -> None:
        """Enter every file that is to be read into the ledger before the first is."""
        rows = self._ledger.rows(f"{_FOUND} FROM todo JOIN found f USING (key) ORDER BY f.key")
        for chunk in chunks(rows):
            self._ledger.put([_again(found, self._ledger.record(found.key)) for found in map(_found, chunk)])
        for order in (
            "UPDATE files SET mtime_ns = t.mtime_ns, state = t.state FROM touched t WHERE t.key = files.path",
            "UPDATE files SET state = 'gone' FROM absent a WHERE a.key = files.path AND a.was_read",
            "DELETE FROM pages WHERE path IN (SELECT key FROM absent WHERE NOT was_read)",
            "DELETE FROM files WHERE path IN (SELECT key FROM absent WHERE NOT was_read)",
        ):
            self._ledger.write(order)

    def tasks(self, limit: int | None = None) -> Iterator[Task]:
        """Give the files to be read, in the order of their names; they must have been written down."""
        after, left = "", limit
        while left is None or left > 0:
            most = _CHUNK if left is None else min(_CHUNK, left)
            records = self._ledger.some("JOIN todo ON todo.key = files.path WHERE todo.key > ?", (after,), most)
            if not records:
                return
            after, left = records[-1].path, None if left is None else left - len(records)
            for record in records:
                twin = self._ledger.ask("SELECT 1 FROM twins WHERE kind = ? AND size = ?", (record.kind, record.size))
                yield Task(found_of(record), record, bool(twin))

    def size_of_tasks(self, limit: int | None = None) -> tuple[int, int]:
        """Count the files to be read, and their bytes."""
        ((files, size),) = self._ledger.ask(
            "SELECT count(*), coalesce(sum(max(0, size)), 0) FROM"
            " (SELECT f.size FROM todo JOIN found f USING (key) ORDER BY f.key LIMIT ?)",
            (-1 if limit is None else limit,),
        )
        return files, size

    def reasons(self, limit: int | None = None) -> Iterator[tuple[Found, str]]:
        """Say why each file is to be read."""
        rows = self._ledger.rows(
            f"{_FOUND}, todo.reason FROM todo JOIN found f USING (key) ORDER BY f.key LIMIT ?",
            (-1 if limit is None else limit,),
        )
        return ((_found(row), row[4]) for row in rows)

    def moves(self) -> Iterator[tuple[Record, Found]]:
        """Give the files that are known under another name: what was read, and where it lies now."""
        after = ""
        while rows := self._ledger.ask(
            f"{_FOUND}, moved.old FROM moved JOIN found f USING (key) WHERE f.key > ? ORDER BY f.key LIMIT ?",
            (after, _CHUNK),
        ):
            after = rows[-1][0]
            for row in rows:
                old = self._ledger.record(row[4])
                if old is not None:
                    yield old, _found(row)

    def left_behind(self) -> Iterator[list[Record]]:
        """Give the records whose files were moved away, a handful at a time, until they are forgotten."""
        while some := self._ledger.some(
            "WHERE state IN ('gone', 'moving') AND path IN (SELECT old FROM moved)", most=_CHUNK
        ):
            yield some

    def is_to_be_read(self, sha256: str) -> bool:
        """Whether a file whose hash begins like this is among those that are to be read."""
        return bool(
            self._ledger.ask(
                "SELECT 1 FROM files JOIN todo ON todo.key = files.path WHERE sha256 >= ? AND sha256 < ? LIMIT 1",
                (sha256, sha256 + "g"),
            )
        )

    def folders(self) -> Iterator[str]:
        """Give the folders of the files that are to be read, each once."""
        rows = self._ledger.rows("SELECT key FROM todo")
        for chunk in chunks(rows):
            self._ledger.write(
                "INSERT OR IGNORE INTO folders VALUES (?)", {(row[0].rpartition("/")[0],) for row in chunk}
            )
        return (real_name(key) for (key,) in self._ledger.rows("SELECT name FROM folders"))

    def count(self, table: str) -> int:
        """Count the rows of one of the plan's tables."""
        ((number,),) = self._ledger.ask(f"SELECT count(*) FROM {table}")
        return int(number)

    def gone(self) -> int:
        """Count the files that were read and are there no more, under any name; their outputs are kept."""
        ((number,),) = self._ledger.ask(
            "SELECT count(*) FROM absent WHERE was_read AND key NOT IN (SELECT old FROM moved)"
        )
        return int(number)

    def _must_be_read(self, found: Found, record: Record) -> str | None:
        """Why a file that is known is read again; its bytes decide where only its time has changed."""
        if record.state in ("failed", "waiting", "open"):
            return "failed before" if record.state == "failed" else "not finished"
        if record.state == "partial" and may_pass(record.error_class):
            return "pages failed before"
        if record.size != found.size:
            return "changed"
        recipe = self._recipe[found.kind].with_decisions(mark_of(kept_decisions(self._out, found.name)))
        if difference := recipe.difference(record):
            return difference
        if not outputs_are_there(record, self._out):
            return "output missing"
        if record.mtime_ns == found.mtime_ns and record.state != "gone":
            return None
        return None if hash_or_none(self._folder / found.name) == record.sha256 else "changed"

    def _look_for_absent(self) -> None:
        rows = self._ledger.rows(
            "SELECT path, state IN ('done', 'partial') FROM files LEFT JOIN found ON found.key = files.path"
            " WHERE found.key IS NULL AND files.state IN ('done', 'partial', 'waiting', 'open', 'failed')"
            " AND files.kind != 'folder'"
        )
        for chunk in chunks(rows):
            gone = [row for row in chunk if not _is_there(self._folder, row[0])]
            self._ledger.write("INSERT INTO absent VALUES (?, ?)", gone)

    def _recognise(self) -> None:
        """Look for new names among the files that were read under another name: the same size, then the same hash."""
        rows = self._ledger.rows(
            f"{_FOUND} FROM todo JOIN found f USING (key) WHERE todo.reason = 'new' AND EXISTS"
            f" (SELECT 1 FROM files WHERE files.size = f.size AND files.state IN {_READ} AND files.sha256 IS NOT NULL)"
        )
        for chunk in chunks(rows):
            moved = []
            for found in map(_found, chunk):
                old = self._same_bytes(found)
                if old is not None:
                    moved.append((found.key, old.path))
            self._ledger.write("INSERT INTO moved VALUES (?, ?)", moved)
        self._ledger.write("DELETE FROM todo WHERE key IN (SELECT key FROM moved)")

    def _same_bytes(self, found: Found) -> Record | None:
        sha256 = hash_or_none(self._folder / found.name)
        return (
            None if sha256 is None else finished_with(self._ledger, sha256, found, self._recipe[found.kind], self._out)
        )


def finished_with(ledger: Ledger, sha256: str, found: Found, plain: Recipe, out: Path) -> Record | None:
    """Return a file of the same bytes that was read under the same recipe and whose outputs are there."""
    own = mark_of(kept_decisions(out, found.name))
    # The ending says what a file is read as, and the output is called after the whole name.
    for record in ledger.some(f"WHERE sha256 = ? AND kind = ? AND state IN {_READ}", (sha256, found.kind)):
        # What has no decisions of its own takes over those of the file that it is a copy of.
        recipe = plain.with_decisions(own or mark_of(kept_decisions(out, real_name(record.path))))
        if recipe.difference(record) is None and record.path != found.key and outputs_are_there(record, out):
            return record if not may_pass(record.error_class) else None
    return None


def chunks(items: Iterable[Item], size: int = _CHUNK) -> Iterator[list[Item]]:
    """Give the items a handful at a time."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _row(found: Found) -> tuple[str, str, int, int]:
    return found.key, found.kind, found.size, found.mtime_ns


def _found(row: tuple[str, str, int, int]) -> Found:
    return Found(real_name(row[0]), row[1], row[2], row[3])


def _again(found: Found, record: Record | None) -> Record:
    """Return the record of a file that is read (again); what is known of its old outputs stays, so that they can go."""
    fresh = waiting(found)
    if record is None:
        return fresh
    return replace(fresh, outputs=record.outputs, attempts=record.attempts, sha256=record.sha256)


def hash_or_none(path: Path) -> str | None:
    """Return the hash of a file's bytes; nothing where it cannot be read."""
    try:
        return file_hash(path)
    except (OSError, UnreadableFileError):
        return None


def _is_there(folder: Path, key: str) -> bool:
    try:
        return (folder / real_name(key)).exists()
    except OSError:
        return True  # in a folder that is closed to us now: nothing tells that it has gone
