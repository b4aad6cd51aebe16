"""One run at a time in an output folder: a lock that dies with its process."""

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from vnreport_ocr.errors import ArchiveBusyError

HIDDEN = ".vnocr"
"""The folder inside the output where a run keeps what it needs while it lasts."""

_TEMPORARY_PREFIX = "vnocr-run-"


class OutputLock:
    """Held while a run lasts; also owns the run's folder for temporary files, outside the output."""

    def __init__(self, out: Path) -> None:
        self._path = out / HIDDEN / "lock"
        self._out = out
        self._file: IO[str] | None = None
        self.temporary = Path()

    def __enter__(self) -> Self:
        """Take the lock, or say who has it; what a killed run left in the temporary folder is removed."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="utf-8")
        if not _try_lock(file):
            holder = _holder(file)
            file.close()
            process = holder.get("pid")
            who = f" (process {process} on {holder.get('host', 'this machine')})" if process else ""
            raise ArchiveBusyError(f"Another run{who} is working on this output.", file=str(self._out))
        self._file = file
        _remove_leftovers(_holder(file))
        self.temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX))
        file.truncate(0)
        file.write(json.dumps({"pid": os.getpid(), "host": os.uname().nodename, "temporary": str(self.temporary)}))
        file.flush()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go; the temporary folder goes too."""
        shutil.rmtree(self.temporary, ignore_errors=True)
        if self._file is not None:
            self._file.close()
            self._file = None


def is_locked(out: Path) -> bool:
    """Whether a run is working on this output now."""
    try:
        with (out / HIDDEN / "lock").open("r", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _try_lock(file: IO[str]) -> bool:
    # A status command holds the lock for an instant when it looks; that is no reason to give up.
    for _ in range(20):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.025)
        else:
            return True
    return False


def _holder(file: IO[str]) -> dict[str, str]:
    file.seek(0)
    try:
        values = json.loads(file.read() or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in values.items()} if isinstance(values, dict) else {}


def _remove_leftovers(holder: dict[str, str]) -> None:
    left = Path(holder.get("temporary", ""))
    if left.name.startswith(_TEMPORARY_PREFIX) and left.parent == Path(tempfile.gettempdir()):
        with contextlib.suppress(OSError):  # another user's: then it is theirs to remove
            shutil.rmtree(left)
