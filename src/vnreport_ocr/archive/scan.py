"""Which files of a folder are to be read, and what their outputs are called.

The walk streams: it holds the names of the folders it still has to look into, never a list of all files.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from vnreport_ocr.archive.lock import HIDDEN
from vnreport_ocr.archive.names import shown
from vnreport_ocr.archive.settings import Settings
from vnreport_ocr.sources.kind import IMAGE_ENDINGS, WORD_ENDINGS

KINDS: dict[str, str] = {
    ".pdf": "pdf",
    ".txt": "text",
    ".md": "text",
    **dict.fromkeys(sorted(IMAGE_ENDINGS), "image"),
    **dict.fromkeys(sorted(WORD_ENDINGS), "docx"),
}
"""What is read, by the end of its name (in any case)."""

_MOST_KINDS = 200
_EXAMPLES = 20
LINK = "link"
"""The kind of what is passed over because it is a link that leads out of the folder, or to a folder."""


SPECIAL = "pipe or device"
"""The kind of what has the name of a file that is read and is none."""


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


class PassedOver(NamedTuple):
    """Files of one kind that are not read: how many, and the first of them."""

    kind: str
    files: int
    examples: tuple[str, ...]


def output_stem(name: str) -> str:
    """Return what the outputs of a file are called before their own ending.

    The whole name is kept (``2019/report.pdf`` becomes ``2019/report.pdf.txt``): two files never
    meet in one output, and no name depends on what else lies in the folder.
    """
    return name


def matches(name: str, pattern: str) -> bool:
    """Whether a pattern means this file: one with a slash looks at the whole name, one without at any part of it."""
    pattern = pattern.removeprefix("./")
    if "/" not in pattern:
        return any(fnmatchcase(part, pattern) for part in name.split("/"))
    if pattern.endswith("/"):
        pattern += "*"
    return fnmatchcase(name, pattern.removeprefix("/"))


class Scan:
    """A walk through a folder; what was passed over, and where it could not look, is known once it has ended."""

    def __init__(self, folder: Path, out: Path, settings: Settings | None = None) -> None:
        self._folder = folder
        self._root = os.path.realpath(folder)
        self._skipped = os.path.realpath(out)
        self._settings = settings or Settings()
        self._counts: Counter[str] = Counter()
        self._examples: dict[str, list[str]] = {}
        self._followed: set[str] = set()
        self.closed_folders: set[str] = set()
        """Folders that could not be looked into."""

    def files(self) -> Iterator[Found]:
        """Find every file that is read; hidden entries and the output itself are passed over without a word."""
        waiting = [""]
        while waiting:
            below = waiting.pop()
            try:
                with os.scandir(self._folder / below) as entries:
                    # The output of another run is no part of the archive.
                    if below and (self._folder / below / HIDDEN).exists():
                        continue
                    for entry in entries:
                        if not entry.name.startswith("."):
                            yield from self._entry(entry, below + entry.name, waiting)
            except OSError:
                self.closed_folders.add(shown(below) or ".")

    def passed_over(self) -> tuple[PassedOver, ...]:
        """Return what was not read, by kind, the most frequent first."""
        counts = sorted(self._counts.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple(PassedOver(kind, count, tuple(sorted(self._examples[kind]))) for kind, count in counts)

    def _entry(self, entry: os.DirEntry[str], name: str, waiting: list[str]) -> Iterator[Found]:
        if entry.is_symlink():
            if not self._is_wanted(name):
                return
            if not self._may_follow(entry.path):
                self._pass_over(LINK, name)
                return
            if _says(entry.is_dir):
                waiting.append(name + "/")
                return
        elif _says(entry.is_dir):
            if os.path.realpath(entry.path) != self._skipped:
                waiting.append(name + "/")
            return
        kind = KINDS.get(os.path.splitext(entry.name)[1].lower())  # noqa: PTH122 - a path object a file costs too much
        if not self._is_wanted(name):
            return
        if kind is None:
            if _says(entry.is_file):
                self._pass_over(_ending(entry.name), name)
            return
        found = _found(entry, name, kind)
        if found is None:
            self._pass_over(SPECIAL, name)
        else:
            yield found

    def _is_wanted(self, name: str) -> bool:
        include, exclude = self._settings.include, self._settings.exclude
        if not (include or exclude):
            return True
        key = shown(name)
        return (not include or any(matches(key, pattern) for pattern in include)) and not any(
            matches(key, pattern) for pattern in exclude
        )

    def _may_follow(self, path: str) -> bool:
        """Whether a link is followed: one that stays in the folder, to a file; others where that is asked for."""
        target = os.path.realpath(path)
        inside = _is_below(target, self._root)
        if not Path(target).is_dir():
            return inside or self._settings.follow_links
        # A folder that lies in the archive is walked where it lies; a link to one may lead round in a circle.
        if inside or not self._settings.follow_links or _is_below(self._root, target) or target in self._followed:
            return False
        self._followed.add(target)
        return True

    def _pass_over(self, kind: str, name: str) -> None:
        if kind not in self._counts and len(self._counts) >= _MOST_KINDS:
            kind = "others"
        self._counts[kind] += 1
        examples = self._examples.setdefault(kind, [])
        if len(examples) < _EXAMPLES:
            examples.append(shown(name))


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _ending(name: str) -> str:
    ending = os.path.splitext(name)[1].lower().removeprefix(".")  # noqa: PTH122
    return shown(ending) if 0 < len(ending) <= 12 else "no ending"


def _says(look: Callable[[], bool]) -> bool:
    """Say what a look at one entry says; one that fails (a link that leads to itself) must not end the walk."""
    try:
        return look()
    except OSError:
        return False


def _found(entry: os.DirEntry[str], name: str, kind: str) -> Found | None:
    try:
        stat = entry.stat()
    except OSError:
        return Found(name, kind, -1, 0)  # a link into nothing: the worker says what is wrong with it
    if not entry.is_file():
        return None  # a pipe, a socket
    return Found(name, kind, stat.st_size, stat.st_mtime_ns)
