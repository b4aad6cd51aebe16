"""Whether a file is still the one that was opened: all pages of a document are of one state of it."""

import os
import stat
import zlib
from pathlib import Path

from vnreport_ocr.errors import ChangedFileError
from vnreport_ocr.sources.kind import IMAGE_ENDINGS

FileState = tuple[int, int]
"""When it was last written, in nanoseconds, and its bytes; of a folder, the last of its pictures and a sum over all."""


def state_of(path: Path) -> FileState | None:
    """Return what tells a file from what it may be later; of a folder, its pictures; None where nothing is there."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            return _state_of_pictures(path)
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None


def _state_of_pictures(folder: Path) -> FileState:
    """Look at what is read of a folder; other files, such as what is written into it, do not matter."""
    last = total = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if Path(entry.name).suffix.lower() in IMAGE_ENDINGS and not entry.name.startswith("."):
                found = entry.stat()
                last = max(last, found.st_mtime_ns)
                told = f"{entry.name}\0{found.st_mtime_ns}\0{found.st_size}"
                total += zlib.crc32(os.fsencode(told))
    return last, total


def check_unchanged(path: Path, before: FileState | None, shown: str | None = None) -> None:
    """Raise ``ChangedFileError`` where a file is another than before; one that is gone is told by who reads it."""
    now = state_of(path)
    if before is not None and now is not None and now != before:
        raise ChangedFileError("It was changed while it was read.", file=shown or str(path))
