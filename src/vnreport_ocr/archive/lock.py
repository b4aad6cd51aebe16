"""One run at a time in an output folder: a lock that dies with its process."""

import contextlib
import fcntl
import json
import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from vnreport_ocr.errors import ArchiveBusyError

HIDDEN = ".vnocr"
"""The folder inside the output where a run keeps what it needs while it lasts."""

_TEMPORARY_PREFIX = "vnocr-run-"
_PATIENCE = 0.5
"""Seconds: a status command holds the lock for an instant when it looks; that is no reason to give up."""


class OutputLock:
    """Held while a run lasts; also owns the run's folder for temporary files, outside the output."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._holder = out / HIDDEN / "run.json"
        self._lock = FileLock(out / HIDDEN / "lock", timeout=_PATIENCE, poll_interval=0.025, thread_local=False)
        self.temporary = Path()

    def __enter__(self) -> Self:
        """Take the lock, or say who has it; what a killed run left in the temporary folder is removed."""
        self._holder.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout as error:
            holder = _read(self._holder)
            process = holder.get("pid")
            who = f" (process {process} on {holder.get('host', 'this machine')})" if process else ""
            raise ArchiveBusyError(f"Another run{who} is working on this output.", file=str(self._out)) from error
        try:
            _remove_leftovers(_read(self._holder))
            self.temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX))
            said = {"pid": os.getpid(), "host": os.uname().nodename, "temporary": str(self.temporary)}
            self._holder.write_text(json.dumps(said), encoding="utf-8")
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go; the temporary folder goes too."""
        shutil.rmtree(self.temporary, ignore_errors=True)
        with contextlib.suppress(OSError):  # a disk that has become read-only: the next run overwrites it
            self._holder.unlink(missing_ok=True)
        self._lock.release()


def is_locked(out: Path) -> bool:
    """Whether a run is working on this output now; needs no more than to read it."""
    try:
        with (out / HIDDEN / "lock").open("r", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _read(holder: Path) -> dict[str, str]:
    try:
        values = json.loads(holder.read_text(encoding="utf-8") or "{}")
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in values.items()} if isinstance(values, dict) else {}


def _remove_leftovers(holder: dict[str, str]) -> None:
    left = Path(holder.get("temporary", ""))
    if left.name.startswith(_TEMPORARY_PREFIX) and left.parent == Path(tempfile.gettempdir()):
        with contextlib.suppress(OSError):  # another user's: then it is theirs to remove
            shutil.rmtree(left)
