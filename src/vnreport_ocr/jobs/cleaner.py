"""The library's ``Cleaner``: texts are repaired here, files are opened and read by worker processes."""

import threading
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from vnreport_ocr.document import Document
from vnreport_ocr.model import Page
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import LineRepairer, Pipeline, tesseract
from vnreport_ocr.sources.incoming import FileOrBytes, incoming
from vnreport_ocr.sources.unchanged import check_unchanged, state_of

if TYPE_CHECKING:
    from vnreport_ocr.jobs.documents import DocumentReader
    from vnreport_ocr.jobs.pages import OpenedFile
    from vnreport_ocr.sources.engine.protocol import Engine


class Cleaner:
    """Reads and repairs; one of them serves any number of files and threads.

    Files are opened and read by worker processes that all cleaners of this process share, so that a file made to use
    up time or memory costs its page and not the process. With an ``engine`` or a ``repairer`` of the caller's own they
    are read here, one page at a time.
    """

    def __init__(
        self,
        options: Options | None = None,
        engine: "Callable[[Options], Engine] | None" = None,
        repairer: LineRepairer | None = None,
    ) -> None:
        self.options = options or Options()
        self._pipeline = Pipeline(self.options, engine or tesseract, repairer)
        self._here = engine is not None or repairer is not None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipeline.__exit__(kind, error, trace)

    @cached_property
    def _reader(self) -> "DocumentReader":
        # Not at the top: whoever repairs texts alone needs no workers.
        from vnreport_ocr.jobs.documents import DocumentReader
        from vnreport_ocr.jobs.shared import shared_crew

        return DocumentReader(shared_crew, self.options)

    def clean_text(self, text: str, name: str = "") -> Document:
        """Repair a text, or the chosen pages of it; form feeds divide its pages."""
        return self._pipeline.clean_text(text, name)

    def iter_text(self, text: str | Iterable[str]) -> Iterator[Page]:
        """Yield the repaired pages of a text, or of one that comes in pieces; chosen ones as in a file."""
        return self._pipeline.iter_text(text)

    def clean_file(self, source: FileOrBytes) -> Document:
        """Read and repair a whole file (a path, its bytes, or a file open for reading bytes).

        For long ones ``iter_pages`` needs less memory.
        """
        with incoming(source) as (path, shown, name):
            opened = self._opened(path, shown)
            return Document(tuple(self._pages(path, opened, shown)), name, opened.properties)

    def iter_pages(self, source: FileOrBytes) -> Iterator[Page]:
        """Yield the chosen pages, one at a time."""
        with incoming(source) as (path, shown, _):
            yield from self._pages(path, self._opened(path, shown), shown)

    def page_numbers(self, path: Path | str) -> list[int]:
        """Return the numbers of the pages to be read, as far as ``options.pages`` chooses them."""
        return list(self._opened(Path(path)).numbers)

    def clean_page(self, path: Path | str, number: int) -> Page:
        """One page read and repaired; a page that cannot be read is marked so instead of raising."""
        from vnreport_ocr.jobs.pages import OpenedFile

        return next(self._pages(Path(path), OpenedFile((number,), {}, False)))

    def _opened(self, path: Path, shown: str | None = None) -> "OpenedFile":
        from vnreport_ocr.jobs.pages import OpenedFile

        if not self._here:
            return self._reader.open(path, shown)
        with self._lock:
            state = state_of(path)
            return OpenedFile(tuple(self._pipeline.page_numbers(path)), self._pipeline.properties(path), False, state)

    def _pages(self, path: Path, opened: "OpenedFile", shown: str | None = None) -> Iterator[Page]:
        if not self._here:
            yield from self._reader.pages(path, opened, shown)
            return
        for number in opened.numbers:
            with self._lock:
                page = self._pipeline.clean_page(path, number)
            check_unchanged(path, opened.state, shown)
            yield page


def clean_text(text: str, options: Options | None = None) -> Document:
    """Repair a text."""
    return _cleaner(options or Options()).clean_text(text)


def clean_file(source: FileOrBytes, options: Options | None = None) -> Document:
    """Read and repair a PDF, a page image, a folder of page images, or a text file.

    It may be given as a path, as bytes, or as a file open for reading bytes.
    """
    return _cleaner(options or Options()).clean_file(source)


# The dictionaries are opened once, not for every text.
_cleaner = lru_cache(maxsize=2)(Cleaner)
