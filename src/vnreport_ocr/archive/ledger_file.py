"""The ledger's file: its tables, older ones brought up to date, and what is said where it cannot be used."""

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vnreport_ocr.attention import LOW_QUALITY
from vnreport_ocr.databases import hold_only_tables
from vnreport_ocr.errors import BrokenLedgerError, OutputError, UsageError

FORMAT = 2

TABLES: dict[str, str] = {
    "files": """
    path TEXT PRIMARY KEY, kind TEXT, size INTEGER, mtime_ns INTEGER, sha256 TEXT,
    options TEXT, dictionaries TEXT, programs TEXT, state TEXT, attempts INTEGER, seconds REAL,
    pages INTEGER, unread INTEGER, words INTEGER, corrections INTEGER, quality REAL,
    letterhead TEXT, outputs TEXT, error TEXT, error_class TEXT, cure TEXT, finished REAL""",
    "pages": """
    path TEXT, number INTEGER, source TEXT, damage TEXT, quality REAL, words INTEGER,
    corrections INTEGER, doubts INTEGER, seconds REAL, error TEXT, error_class TEXT, attention TEXT,
    PRIMARY KEY (path, number)""",
    "runs": """
    run INTEGER PRIMARY KEY, folder TEXT, started REAL, updated REAL, ended REAL, state TEXT, workers INTEGER,
    todo_files INTEGER, todo_bytes INTEGER, files INTEGER, pages INTEGER, failed INTEGER, bytes INTEGER,
    version TEXT, options TEXT""",
    "speed": "run INTEGER, at REAL, files INTEGER, pages INTEGER, PRIMARY KEY (run, at)",
    "passed_over": "kind TEXT PRIMARY KEY, files INTEGER, examples TEXT",
}

_WITH_ROWID = ("runs",)

IN_NEED = f"(error IS NOT NULL OR quality < {LOW_QUALITY} OR attention != '')"
"""What is true of a page that needs a person: not read whole, of low quality, or with a reason for attention."""

_INDEXES = f"""
DROP INDEX IF EXISTS files_by_state;
DROP INDEX IF EXISTS pages_by_quality;
CREATE INDEX IF NOT EXISTS files_by_hash ON files (sha256);
CREATE INDEX IF NOT EXISTS files_by_size ON files (size);
CREATE INDEX IF NOT EXISTS files_totals ON files (state, error_class, pages, unread, words, corrections, quality);
CREATE INDEX IF NOT EXISTS pages_totals ON pages (error IS NULL, damage, quality);
CREATE INDEX IF NOT EXISTS pages_unread ON pages (error_class, path, number) WHERE error IS NOT NULL;
CREATE INDEX IF NOT EXISTS pages_in_need ON pages (error IS NULL, quality, path, number, error, attention)
    WHERE {IN_NEED};
"""

_FORMER = {
    # Format 1 held texts of which only the first page was read: they are read again.
    1: "UPDATE files SET options = NULL WHERE kind = 'text';",
}


def connect_to_write(path: Path) -> sqlite3.Connection:
    """Open a ledger to write in it; an empty file gets its tables, an older one what it lacks."""
    base = sqlite3.connect(path, timeout=30, check_same_thread=False)
    with _closed_on_error(base):
        found = _version(base, path)
        # With a write-ahead log others may read during a run, and a commit costs no wait for the disk.
        # A file system that cannot have one (some network shares) keeps the plain journal.
        base.execute("PRAGMA journal_mode = WAL")
        base.execute("PRAGMA synchronous = NORMAL")
        if found != FORMAT or _lacking(base):
            _bring_up_to_date(base, found)
    return base


def connect_to_read(path: Path) -> sqlite3.Connection:
    """Open a ledger to look at it, also while it is written and where nothing can be written."""
    address = path.resolve().as_uri()
    try:
        return _readable(sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=5, check_same_thread=False), path)
    except sqlite3.OperationalError:
        # On a medium that cannot be written the log cannot be joined; the file itself is whole.
        return _readable(sqlite3.connect(f"{address}?immutable=1", uri=True, check_same_thread=False), path)


@contextmanager
def ledger_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says into an error with a cure."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if path.is_dir():
            raise OutputError(
                "There is a folder where the ledger belongs.",
                file=str(path),
                cure="Rename the folder, or give another output with -o.",
            ) from error
        if _is_broken(error):
            raise BrokenLedgerError(f"The ledger is damaged ({error}).", file=str(path)) from error
        raise OutputError(f"The ledger cannot be used: {error}.", file=str(path)) from error


def _is_broken(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    lacks_a_table = code == sqlite3.SQLITE_ERROR and str(error).startswith(("no such table", "no such column"))
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or lacks_a_table


def _version(base: sqlite3.Connection, path: Path) -> int:
    hold_only_tables(base, path)
    (version,) = base.execute("PRAGMA user_version").fetchone()
    tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if tables and "files" not in tables:
        raise UsageError(
            "This database belongs to another program.", file=str(path), cure="Give another folder with -o."
        )
    if version > FORMAT:
        raise UsageError(
            f"This ledger has format {version}; this version of vnocr knows format {FORMAT}.",
            file=str(path),
            cure="Use the newer version of vnocr, or give another output folder with -o.",
        )
    return int(version)


def _columns(table: str) -> list[str]:
    """Return the columns of a table as they are declared."""
    return [part.strip() for part in TABLES[table].split("PRIMARY KEY (")[0].split(",") if part.strip()]


def _lacking(base: sqlite3.Connection) -> dict[str, list[str]]:
    """Return the columns that each table does not have yet."""
    lacking = {}
    for table in TABLES:
        there = {row[1] for row in base.execute(f"PRAGMA table_info({table})")}
        if missing := [column for column in _columns(table) if column.split()[0] not in there]:
            lacking[table] = missing
    return lacking


def _bring_up_to_date(base: sqlite3.Connection, found: int) -> None:
    script = ["BEGIN;"]
    for table, missing in _lacking(base).items():
        if len(missing) == len(_columns(table)):
            ending = "" if table in _WITH_ROWID else " WITHOUT ROWID"
            script.append(f"CREATE TABLE {table} ({TABLES[table]}){ending};")
        else:
            script += [f"ALTER TABLE {table} ADD COLUMN {column};" for column in missing]
    script += [_INDEXES, _FORMER.get(found, ""), f"PRAGMA user_version = {FORMAT}; COMMIT;"]
    base.executescript("\n".join(script))


def _readable(base: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    with _closed_on_error(base):
        found = _version(base, path)
        base.execute("SELECT count(*) FROM runs").fetchone()
        if found < FORMAT:
            raise UsageError(
                "This ledger was written by an older version of vnocr.",
                file=str(path),
                cure="Run 'vnocr batch' on it once; that brings it up to date.",
            )
    return base


@contextmanager
def _closed_on_error(base: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.DatabaseError):
            base.close()
        raise
