"""Temporary folders that do not outlive the work, not even when the process was killed."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

from vnreport_ocr.errors import NoRoomError

_PREFIX: Final = "vnocr-"
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LEAST_ROOM: Final = 1 << 20
"""Bytes: with less than that a program that left no result had no room for it."""


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a private folder, removed on leaving, whatever happened inside.

    Its name holds this process's number, so that a later run can sweep up after one that was killed.
    """
    _sweep_once()
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def work_folder() -> Iterator[Path]:
    """Make a folder for what a page needs while it is read; raises ``NoRoomError`` where that does not fit."""
    try:
        with scratch_folder() as folder:
            yield folder
    except OSError as error:
        if error.errno in _FULL:
            raise no_room() from error
        raise


def no_room() -> NoRoomError:
    """Return the error that there is no room for temporary files."""
    where = Path(tempfile.gettempdir())
    where = where.parent if where.name.startswith(_PREFIX) else where  # a worker has a folder of its own there
    return NoRoomError(f"There is no room for temporary files in {where}.")


def is_full(folder: Path) -> bool:
    """Say whether there is hardly any room left where a folder lies."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_ROOM
    except OSError:
        return False


@lru_cache(maxsize=1)
def _sweep_once() -> None:
    """Remove what killed processes of the same user left behind."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}[0-9]*-*"):
        number = folder.name.removeprefix(_PREFIX).split("-")[0]
        if number.isdigit() and not _is_alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
