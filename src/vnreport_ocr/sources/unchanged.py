"""Whether a file is still the one that was opened: all pages of a document are of one state of it."""

import stat
from pathlib import Path

from vnreport_ocr.errors import ChangedFileError

FileState = tuple[int, int]
"""When it was last written, in nanoseconds, and its bytes."""


def state_of(path: Path) -> FileState | None:
    """Return what tells a file from what it may be later; nothing where none is there, or for a folder."""
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None


def check_unchanged(path: Path, before: FileState | None, shown: str | None = None) -> None:
    """Raise ``ChangedFileError`` where a file is another than before; one that is gone is told by who reads it."""
    now = state_of(path)
    if before is not None and now is not None and now != before:
        raise ChangedFileError("It was changed while it was read.", file=shown or str(path))
