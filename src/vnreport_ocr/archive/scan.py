"""Which files of a folder are to be read, and what their outputs are called."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from vnreport_ocr.archive.lock import HIDDEN

KINDS: dict[str, str] = {
    ".pdf": "pdf",
    ".png": "image",
    ".jpg": "image",
    ".jpeg": "image",
    ".tif": "image",
    ".tiff": "image",
    ".txt": "text",
    ".md": "text",
}
"""What is read, by the end of its name (in any case)."""


class Found(NamedTuple):
    """A file of the archive: its name below the folder, and what tells whether it has changed."""

    name: str
    kind: str
    size: int
    mtime_ns: int

    @property
    def key(self) -> str:
        """The name as it stands in the ledger."""
        return shown(self.name)


@dataclass(frozen=True, slots=True)
class Scan:
    """Everything found below a folder, in the order of the names."""

    files: tuple[Found, ...]
    closed_folders: tuple[str, ...]
    """Folders that could not be looked into."""


def shown(name: str) -> str:
    r"""A file name that can be printed: bytes that are no UTF-8 (old disks have them) are shown as ``\xNN``."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def output_stem(name: str) -> str:
    """What the outputs of a file are called before their own ending.

    The whole name is kept (``2019/report.pdf`` becomes ``2019/report.pdf.txt``): two files never
    meet in one output, and no name depends on what else lies in the folder.
    """
    return name


def scan_folder(folder: Path, out: Path, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> Scan:
    """Find every PDF, image and text below ``folder``; hidden entries and the output itself are passed over."""
    closed: list[str] = []
    skipped = out.resolve()
    files = sorted(
        found
        for found in _walk(folder, "", skipped, closed)
        if (not include or any(matches(found.key, pattern) for pattern in include))
        and not any(matches(found.key, pattern) for pattern in exclude)
    )
    return Scan(tuple(files), tuple(sorted(closed)))


def matches(name: str, pattern: str) -> bool:
    """Whether a pattern means this file: one with a slash looks at the whole name, one without at any part of it."""
    pattern = pattern.removeprefix("./")
    if "/" not in pattern:
        return any(fnmatchcase(part, pattern) for part in name.split("/"))
    if pattern.endswith("/"):
        pattern += "*"
    return fnmatchcase(name, pattern.removeprefix("/"))


def _walk(folder: Path, below: str, skipped: Path, closed: list[str]) -> Iterator[Found]:
    try:
        with os.scandir(folder) as entries:
            listed = list(entries)
    except OSError:
        closed.append(shown(below) or ".")
        return
    if below and any(entry.name == HIDDEN for entry in listed):
        return  # the output of another run
    for entry in listed:
        if entry.name.startswith("."):
            continue
        name = below + entry.name
        # A link to a folder is not followed: it may lead round in a circle.
        if entry.is_dir(follow_symlinks=False):
            if Path(entry.path).resolve() != skipped:
                yield from _walk(Path(entry.path), name + "/", skipped, closed)
        elif kind := KINDS.get(Path(entry.name).suffix.lower()):
            found = _found(entry, name, kind)
            if found is not None:
                yield found


def _found(entry: os.DirEntry[str], name: str, kind: str) -> Found | None:
    try:
        stat = entry.stat()
    except OSError:
        return Found(name, kind, -1, 0)  # a link into nothing: the worker says what is wrong with it
    if not entry.is_file():
        return None  # a folder behind a link, a pipe, a socket
    return Found(name, kind, stat.st_size, stat.st_mtime_ns)
