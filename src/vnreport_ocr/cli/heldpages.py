"""Pages held where a long document needs no memory: on disk, in a file without a name."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile, gettempdir
from typing import BinaryIO, Final, cast

from vnreport_ocr.errors import OutputError, OversizedPageError
from vnreport_ocr.jobs.codec import packed, unpacked
from vnreport_ocr.jobs.frames import MOST, TooLongError, framed, frames_of
from vnreport_ocr.model import Page

_HELD: Final = 16 << 20
"""Bytes that are held in memory before the file takes them."""


@contextmanager
def held_pages() -> Iterator["HeldPages"]:
    """Make room for pages, as long as they are needed."""
    with SpooledTemporaryFile(_HELD) as file:
        yield HeldPages(cast("BinaryIO", file))


class HeldPages:
    """Pages that are put in once and may be read again and again."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.numbers: list[int] = []

    def add(self, page: Page) -> None:
        """Hold a page."""
        try:
            self._file.write(framed(packed(page)))
        except TooLongError as error:
            raise OversizedPageError(f"It takes more than {MOST / 1e6:,.0f} MB.", page=page.number) from error
        except OSError as error:
            problem = f"It cannot be kept in {gettempdir()}: {error.strerror}."
            raise OutputError(problem, cure="Name a folder with more room in TMPDIR.") from error
        self.numbers.append(page.number)

    def __iter__(self) -> Iterator[Page]:
        self._file.seek(0)
        return (unpacked(frame, Page) for frame in frames_of(self._file))
