"""What a run tells of each file as it is finished."""

import json
from dataclasses import dataclass
from pathlib import Path

from vnreport_ocr.archive.record import Record


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: ``done``, ``partial`` (not whole), ``failed``, or ``moved`` (known by its hash)."""

    name: str
    state: str
    outputs: tuple[Path, ...]
    pages: int
    unread: int
    words: int
    corrections: int
    quality: float | None
    seconds: float
    letterhead: dict[str, str]
    error: str | None = None
    error_class: str | None = None
    cure: str | None = None


def outcome(record: Record, out: Path, state: str | None = None) -> Outcome:
    """Return what the ledger's record says, as it is given to the caller."""
    return Outcome(
        name=record.path,
        state=state or record.state,
        outputs=tuple(out / name for name, _ in record.output_files()),
        pages=record.pages,
        unread=record.unread,
        words=record.words,
        corrections=record.corrections,
        quality=record.quality,
        seconds=record.seconds,
        letterhead=json.loads(record.letterhead),
        error=record.error,
        error_class=record.error_class,
        cure=record.cure,
    )
