"""What a document is given as: a path, the bytes of a file, or an open binary file, which are laid into a file."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from vnreport_ocr.errors import (
    OptionError,
    OutputError,
    OversizedFileError,
    UnreadableFileError,
    VnocrError,
    unreadable,
)
from vnreport_ocr.sources.scratch import scratch_folder

FileOrBytes = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
"""A path (text is always a path, never content), the bytes of a file, or a file open for reading bytes."""

MOST_BYTES: Final = 2 << 30
"""Of a stream; a file that is given by its path may be larger."""
_PIECE: Final = 1 << 20
_OWN_FILES: Final = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")


class Incoming(NamedTuple):
    """Where a document lies as a file, what messages call it, and its name."""

    path: Path
    shown: str
    name: str


@contextmanager
def incoming(source: FileOrBytes) -> Iterator[Incoming]:
    """Give a document as a file; what came as bytes lies in a private folder that goes when it is done."""
    if isinstance(source, str | os.PathLike):
        path = as_others_find_it(Path(source))
        yield Incoming(path, str(path), path.name)
        return
    name = _name_of(source)
    shown = name or "the bytes given"
    with scratch_folder() as folder:
        path = folder / "document"
        try:
            with path.open("wb") as file:
                for piece in _pieces(source, shown):
                    file.write(piece)
        except OSError as error:
            problem = f"It cannot be kept in {folder.parent}: {error.strerror}."
            raise OutputError(problem, file=shown, cure="Name a folder with more room in TMPDIR.") from error
        with called(path, shown):
            yield Incoming(path, shown, name)


def as_others_find_it(path: Path) -> Path:
    """Return a path under which a worker finds the same file: ``/dev/stdin`` would be another file there."""
    name = str(path)
    if not name.startswith(_OWN_FILES):
        return path
    real = Path(os.path.realpath(path))
    return real if real.exists() else path


@contextmanager
def called(path: Path, shown: str) -> Iterator[None]:
    """Let errors call a file what the user calls it, not where it lies for the moment."""
    try:
        yield
    except VnocrError as error:
        if error.file == str(path):
            error.file = shown
        raise


def _pieces(source: bytes | bytearray | memoryview | BinaryIO, shown: str) -> Iterator[bytes | memoryview]:
    if isinstance(source, bytes | bytearray | memoryview):
        _check(memoryview(source).nbytes, shown)
        yield memoryview(source)
        return
    read = getattr(source, "read", None)
    if read is None:
        raise OptionError(
            f"A document cannot be {type(source).__name__}.", cure="Give a path, bytes, or a file opened with 'rb'."
        )
    size = 0
    while True:
        try:
            piece = read(_PIECE)
        except OSError as error:
            raise unreadable(error, shown) from error
        except ValueError as error:
            raise UnreadableFileError(f"It cannot be read ({error}).", file=shown) from error
        if not isinstance(piece, bytes | bytearray | memoryview):
            raise OptionError(f"{shown} gives text, not bytes.", cure="Open it with 'rb', or give text to clean_text.")
        if not piece:
            return
        size += len(piece)
        _check(size, shown)
        yield bytes(piece)


def _check(size: int, shown: str) -> None:
    if size > MOST_BYTES:
        raise OversizedFileError(f"It has more than {MOST_BYTES >> 30} GB.", file=shown)


def _name_of(source: object) -> str:
    """Return what an open file is called; a number or nothing is no name."""
    name = getattr(source, "name", None)
    return os.path.basename(name) if isinstance(name, str) else ""  # noqa: PTH119 - the name may be anything
