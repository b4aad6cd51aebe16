"""Temporary folders that do not outlive the work, not even when the process was killed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

_PREFIX = "vnocr-"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a private folder, removed on leaving, whatever happened inside.

    Its name holds this process's number, so that a later run can sweep up after one that was killed.
    """
    _sweep_once()
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


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
