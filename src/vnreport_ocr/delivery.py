"""Files written beside their place, then moved into it: each is there whole, or as it was before.

Every file that somebody keeps is written so. What is begun has a short name of its own, so that the name of the file
may be as long as the system allows; is on the disk before it takes its name; has the mode of any new file; and is
removed when what writes it fails or is interrupted. A process that is killed leaves it under a name that ``PART`` fits.
"""

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, Final, Self, TextIO
from uuid import uuid4

from vnreport_ocr.errors import OutputError, unwritable

PART: Final = re.compile(r"\.[0-9a-f]{32}\.part")
"""What a file is called before it is whole."""


class Delivery:
    """Files that take their places together, when all of them are whole; or none does."""

    def __init__(self) -> None:
        self._begun: dict[Path, Path] = {}
        self._open: dict[Path, IO[str] | IO[bytes]] = {}
        self._dropped: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._open.values():
            with suppress(OSError):  # no room for what it still holds: it is not wanted
                file.close()
        for aside in (*self._begun.values(), *self._dropped):
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    @property
    def targets(self) -> list[Path]:
        """The places of the files, in the order in which they were begun."""
        return list(self._begun)

    def begin(self, target: Path) -> Path:
        """Return the path to write a file to; the folder of its place is made where it is not there."""
        if _is_special(target):
            cure = "Choose another place for it."
            raise OutputError("A pipe, a device or a socket is in its place.", file=str(target), cure=cure)
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.parent / f".{uuid4().hex}.part"
        self.drop(target)
        self._begun[target] = aside
        return aside

    def open_text(self, target: Path, encoding: str = "utf-8", errors: str = "strict") -> TextIO:
        """Begin a text."""
        file = self.begin(target).open("x", encoding=encoding, errors=errors, newline="")
        self._open[target] = file
        return file

    def open_bytes(self, target: Path) -> BinaryIO:
        """Begin a file that is no text."""
        file = self.begin(target).open("x+b")
        self._open[target] = file
        return file

    def finish(self, target: Path) -> None:
        """Close a file of which all is written, so that others may be opened."""
        file = self._open.pop(target, None)
        if file is not None:
            with file:
                file.flush()
                os.fsync(file.fileno())

    def drop(self, target: Path) -> None:
        """Leave out a file that was begun, if it was."""
        if (file := self._open.pop(target, None)) is not None:
            file.close()
        if (aside := self._begun.pop(target, None)) is not None:
            self._dropped.append(aside)

    def deliver(self) -> list[Path]:
        """Move every file into its place; returns the places."""
        for target, aside in self._begun.items():
            if target in self._open:
                self.finish(target)
            elif aside.exists():
                _to_disk(aside)
        taken = next((target for target in self._begun if target.is_dir() and not target.is_symlink()), None)
        if taken is not None:
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(taken))
        made = self.targets
        try:
            for target, aside in self._begun.items():
                aside.replace(target)
        except KeyboardInterrupt:
            # It takes a moment to finish, and half of them would be of this run and half of the one before.
            for target, aside in self._begun.items():
                if aside.exists():
                    aside.replace(target)
            raise
        self._begun.clear()
        return made


@contextmanager
def whole_text(path: Path, encoding: str = "utf-8", errors: str = "strict") -> Iterator[TextIO]:
    """Write one text; raises ``OutputError`` where it cannot be written."""
    try:
        with Delivery() as delivery:
            yield delivery.open_text(path, encoding, errors)
            delivery.deliver()
    except OSError as error:
        if path.is_dir():
            raise OutputError("There is a folder in its place.", file=str(path), cure="Rename that folder.") from error
        raise unwritable(error, str(path)) from error


def remove_parts(folders: Iterable[Path]) -> None:
    """Remove what processes that were killed have left in folders."""
    for folder in folders:
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
            for entry in entries:
                if PART.fullmatch(entry.name):
                    Path(entry.path).unlink(missing_ok=True)


def _is_special(path: Path) -> bool:
    """Whether something is there that no file may take the place of."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode))


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
