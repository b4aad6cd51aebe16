"""Text files, read bit by bit: decoded, or refused with a reason; the memory does not grow with their length."""

import os
import shutil
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import SpooledTemporaryFile, gettempdir
from typing import BinaryIO, NamedTuple, cast

from vnreport_ocr.errors import MissingFileError, OutputError, UnreadableFileError, unreadable
from vnreport_ocr.sources.kind import open_file
from vnreport_ocr.sources.text.encoding import Encoding, decode_pieces, find_encoding
from vnreport_ocr.sources.text.pages import cut_pages

_HELD = 4 << 20
"""Bytes of a stream that are held in memory before a temporary file takes them."""


_TOGETHER = 4096
"""Bytes of short pages that are read together: as many as fill a printed one."""
_MOST_TOGETHER = 250
_REMEMBERED = 32
"""So many long texts are read in turn, a page of each, by a run over an archive."""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Read the file's bytes; raises ``MissingFileError`` or ``UnreadableFileError``."""
    try:
        with open_file(path) as file:
            yield file
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingFileError("There is no such file.", file=str(path)) from error
    except OSError as error:
        raise unreadable(error, str(path)) from error


@contextmanager
def spooled(stream: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """Hold a stream's bytes where they can be read more than once: a long one in a file without a name.

    Such a file goes with the process, even with one that was killed.
    """
    with SpooledTemporaryFile(_HELD) as file:
        while data := _read(stream, name):
            try:
                file.write(data)
            except OSError as error:
                problem = f"It cannot be kept in {gettempdir()}: {error.strerror}."
                raise OutputError(problem, file=name, cure="Name a folder with more room in TMPDIR.") from error
        file.seek(0)
        yield cast("BinaryIO", file)


@contextmanager
def _changes_told(path: Path) -> Iterator[None]:
    """Tell that there is no such page any more, or that it begins within a letter."""
    try:
        yield
    except ValueError as error:
        raise UnreadableFileError("The file was changed while it was being read.", file=str(path)) from error


def _span(layout: "_Layout", number: int) -> tuple[int, int]:
    start, end = layout.ends[number - 1 : number + 1]
    return start, end


def _page(file: BinaryIO, layout: "_Layout", number: int) -> str:
    start, end = _span(layout, number)
    file.seek(start)
    return layout.encoding.decode(file.read(end - start))


def _read(stream: BinaryIO, name: str) -> bytes:
    try:
        return stream.read(shutil.COPY_BUFSIZE)  # type: ignore[attr-defined]
    except OSError as error:
        raise unreadable(error, name) from error


def read_pieces(file: BinaryIO, name: str) -> Iterator[str]:
    """Return the text of a file that can be read more than once, in pieces of any length, line ends as they are."""
    yield from decode_pieces(file, find_encoding(file, name))


def read_text(path: Path) -> str:
    """Read the file's text, line ends as they are."""
    with opened(path) as file:
        return "".join(read_pieces(file, str(path)))


class _Layout(NamedTuple):
    """How a text file is read: its encoding, and where its pages begin and the last one ends."""

    encoding: Encoding
    ends: "array[int]"


class TextFile:
    """The text files that were read last: where their pages are, so that each is read by itself."""

    def __init__(self) -> None:
        self._layouts: dict[tuple[Path, int, int], _Layout] = {}

    def count(self, path: Path) -> int:
        """How many pages the file has."""
        with opened(path) as file:
            return len(self._look(path, file).ends) - 1

    def pages(self, path: Path, numbers: Sequence[int]) -> list[str]:
        """Return the text of some pages."""
        with opened(path) as file:
            layout = self._look(path, file)
            with _changes_told(path):
                return [_page(file, layout, number) for number in numbers]

    def together(self, path: Path, numbers: Iterable[int]) -> Iterator[int]:
        """How many of the pages to be read are best read at once, one group after the other: a short one costs more
        to ask for than to read.
        """
        with opened(path) as file:
            layout = self._look(path, file)
        count = size = 0
        for number in numbers:
            with _changes_told(path):
                start, end = _span(layout, number)
            size += end - start
            if count and (size > _TOGETHER or count == _MOST_TOGETHER):
                yield count
                count, size = 0, end - start
            count += 1
        if count:
            yield count

    def _look(self, path: Path, file: BinaryIO) -> _Layout:
        status = os.fstat(file.fileno())
        stamp = (path, status.st_size, status.st_mtime_ns)
        known = self._layouts.pop(stamp, None)
        if known is None:
            encoding = find_encoding(file, str(path))
            known = _Layout(encoding, array("Q", [encoding.mark]))
            for page in cut_pages(decode_pieces(file, encoding)):
                known.ends.append(known.ends[-1] + encoding.size(page))
        # What was used last stands last; what was not used for longest is forgotten first.
        self._layouts[stamp] = known
        while len(self._layouts) > _REMEMBERED:
            del self._layouts[next(iter(self._layouts))]
        return known
