"""Finds and opens the compiled part."""

import ctypes
import os
import sys
from functools import lru_cache
from pathlib import Path

VERSION = 2
"""Of the calls and structures that Python and C share; native.c says the same."""

SWITCH = "VNOCR_NATIVE"
"""Set to 0, this environment variable leaves the compiled part unused."""

_ENDINGS = {"win32": ".dll", "darwin": ".dylib"}

FILE_NAME = "native" + _ENDINGS.get(sys.platform, ".so")


@lru_cache(maxsize=1)
def library() -> ctypes.PyDLL | None:
    """The compiled part, or None where it was not built, was built for another machine, or is switched off.

    It is opened so that Python's lock is held while it works: what it remembers is shared by all threads.
    """
    path = Path(__file__).with_name(FILE_NAME)
    if os.environ.get(SWITCH) == "0" or not path.exists():
        return None
    try:
        opened = ctypes.PyDLL(str(path))
        fits = int(opened.vnocr_version()) == VERSION
    except (OSError, AttributeError):
        return None
    return opened if fits else None
