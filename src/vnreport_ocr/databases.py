"""SQLite files that lie in an archive and may have come from anybody: only tables in them are asked."""

import sqlite3
from pathlib import Path

from vnreport_ocr.errors import UsageError


def hold_only_tables(base: sqlite3.Connection, path: Path) -> None:
    """Refuse a database with views or triggers: questions to it would run what somebody else wrote."""
    base.execute("PRAGMA trusted_schema = OFF")
    # What a view or a trigger says is not asked for, only whether there is one.
    if base.execute("SELECT 1 FROM sqlite_master WHERE type NOT IN ('table', 'index') LIMIT 1").fetchone():
        cure = "Remove it if it came from somebody else; 'vnocr batch' makes a new one."
        raise UsageError("This database belongs to another program.", file=str(path), cure=cure)
