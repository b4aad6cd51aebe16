"""What the ledger keeps of a file and of a run."""

import json
from dataclasses import dataclass

from vnreport_ocr.archive.names import real_name
from vnreport_ocr.archive.scan import Found

FINISHED = ("done", "partial", "failed")


@dataclass(frozen=True, slots=True)
class Record:
    """A file as the ledger has it. States: waiting, open (begun), done, partial, failed, moving, gone."""

    path: str
    kind: str = ""
    size: int = 0
    mtime_ns: int = 0
    sha256: str | None = None
    options: str | None = None
    dictionaries: str | None = None
    programs: str | None = None
    """The programs, models and fonts that took part; nothing where it is not known (a rebuilt ledger)."""
    state: str = "waiting"
    attempts: int = 0
    seconds: float = 0.0
    pages: int = 0
    unread: int = 0
    words: int = 0
    corrections: int = 0
    quality: float | None = None
    letterhead: str = "{}"
    outputs: str = "[]"
    error: str | None = None
    error_class: str | None = None
    cure: str | None = None
    finished: float | None = None

    def output_files(self) -> tuple[tuple[str, int], ...]:
        """Return the outputs, with their sizes."""
        return tuple((str(name), int(size)) for name, size in json.loads(self.outputs))

    def facts(self) -> dict[str, str]:
        """Return what the letterhead says."""
        return {str(name): str(value) for name, value in json.loads(self.letterhead).items()}


@dataclass(frozen=True, slots=True)
class RunState:
    """How far a run has come."""

    folder: str
    workers: int = 0
    todo_files: int = 0
    todo_bytes: int = 0
    files: int = 0
    pages: int = 0
    failed: int = 0
    bytes: int = 0


def found_of(record: Record) -> Found:
    """Return the file that a record is of, as it was found last."""
    return Found(real_name(record.path), record.kind, record.size, record.mtime_ns)


def waiting(found: Found) -> Record:
    """Return the record of a file that is still to be read."""
    return Record(path=found.key, kind=found.kind, size=found.size, mtime_ns=found.mtime_ns)
