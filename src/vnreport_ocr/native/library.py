"""Finds and opens the compiled part."""

import ctypes
import hashlib
import os
import sys
from functools import lru_cache
from pathlib import Path

SWITCH = "VNOCR_NATIVE"
"""Set to 0, this environment variable leaves the compiled part unused."""

_ENDINGS = {"win32": ".dll", "darwin": ".dylib"}

FILE_NAME = "native" + _ENDINGS.get(sys.platform, ".so")


@lru_cache(maxsize=1)
def library() -> ctypes.PyDLL | None:
    """Return the compiled part, or None where it was not built, was built for another machine or from
    other sources, or is switched off.

    It is opened so that Python's lock is held while it works: what it remembers is shared by all threads.
    """
    path = Path(__file__).with_name(FILE_NAME)
    if os.environ.get(SWITCH) == "0" or not path.exists():
        return None
    try:
        opened = ctypes.PyDLL(str(path))
        named = opened.vnocr_sources
        named.restype = ctypes.c_char_p
        fits = named().decode() == fingerprint(path.parent)
    except (OSError, AttributeError):
        return None
    return opened if fits else None


def fingerprint(folder: Path) -> str:
    """Digest the C files of a folder; a library that was built from others does not fit the calls here."""
    held = hashlib.sha256()
    for path in sorted(folder.glob("*.[ch]")):
        held.update(path.read_bytes())
    return held.hexdigest()[:16]
