"""The orders about documents, and what a worker does with them: open a file, read a page, look at a page."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from vnreport_ocr.errors import EngineKilledError, OutputError, VnocrError
from vnreport_ocr.jobs.codec import unpacked
from vnreport_ocr.jobs.frames import frames_of
from vnreport_ocr.jobs.messages import Failure, OrderHandler, Tell, Vocabulary, fault
from vnreport_ocr.looks import PageLook, TextLook
from vnreport_ocr.model import Page, Posture
from vnreport_ocr.options import Options
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.selection import grouped
from vnreport_ocr.sources.unchanged import FileState, state_of

if TYPE_CHECKING:
    from vnreport_ocr.inspection import Inspection


class OpenFile(NamedTuple):
    """Say which pages of a file are to be read; answered by ``OpenedFile``."""

    path: str
    shown: str
    """What messages call the file."""


class ReadPages(NamedTuple):
    """Read and repair a page, or a few short ones, each by itself; answered by ``PagesRead``."""

    path: str
    shown: str
    numbers: tuple[int, ...]


class LookAtPage(NamedTuple):
    """Say what a page is like and what would be done with it; answered by a look of ``inspection``."""

    path: str
    shown: str
    number: int


class DrawPage(NamedTuple):
    """Draw a page as it was laid to be read; answered by the bytes of a picture."""

    path: str
    shown: str
    number: int
    posture: Posture


class CopyFile(NamedTuple):
    """Make a copy of a file with the repaired text; answered by ``Copied``."""

    path: str
    shown: str
    wish: str
    pages: str
    """A file of pages, each a frame."""
    target: str


class Copied(NamedTuple):
    """A copy was made."""

    remarks: tuple[str, ...]
    """What whoever asked for it should know."""


class PagesRead(NamedTuple):
    """The pages that were ordered; one that could not be read is marked so."""

    pages: tuple[Page, ...]


class OpenedFile(NamedTuple):
    """What is known of a file before a page of it is read."""

    numbers: tuple[int, ...]
    properties: dict[str, str]
    is_slow: bool
    """Whether the first page needs the engine, so that others are best read beside it."""

    state: FileState | None = None
    """Of the file when its pages were counted."""

    together: tuple[int, ...] = ()
    """How many pages go with one order, one order after the other; where nothing is said, one does."""

    def groups(self) -> Iterator[tuple[int, ...]]:
        """Return the pages in their order, those of one order at a time."""
        return grouped(self.numbers, self.together)


_VOCABULARY: Final = Vocabulary(
    orders=(OpenFile, ReadPages, LookAtPage, DrawPage, CopyFile),
    answers=(OpenedFile, PagesRead, TextLook, PageLook, bytes, Copied),
)


class PageContext(NamedTuple):
    """The options that all pages of a document are read with."""

    options: Options

    def vocabulary(self) -> Vocabulary:
        """Return what is asked about documents, and what is answered."""
        return _VOCABULARY

    def prepare(self) -> None:
        """Load what reads and repairs pages; what only scans need is left to the worker that meets one."""
        from vnreport_ocr import pipeline
        from vnreport_ocr.language.knowledge import open_language

        del pipeline
        open_language(self.options.dictionaries)

    def open(self) -> OrderHandler:
        """Open the pipeline."""
        return _PageHandler(self.options)


class _PageHandler:
    """A pipeline and the orders it is given."""

    def __init__(self, options: Options) -> None:
        from vnreport_ocr.pipeline import Pipeline  # the parent names this module and must not load what reads pages

        self._options = options
        self._pipeline = Pipeline(options)
        self._inspection: Inspection | None = None

    def perform(self, order: object, tell: Tell) -> object:
        """Do an order; what is wrong with the file is returned as an error, what went wrong here as a failure."""
        if not isinstance(order, OpenFile | ReadPages | LookAtPage | DrawPage | CopyFile):
            raise TypeError(f"nothing is known of the order {type(order).__name__}")
        try:
            result = self._copy(order, tell) if isinstance(order, CopyFile) else self._answer(order)
        except VnocrError as error:
            if error.file == order.path:
                error.file = order.shown
            return error
        except MemoryError:
            return Failure(EngineKilledError("There was not enough memory for it."))
        except Exception as error:  # a fault of ours costs the page, not the run
            return Failure(fault(error))
        return result

    def _answer(self, order: OpenFile | ReadPages | LookAtPage | DrawPage) -> object:
        if isinstance(order, OpenFile):
            return self._open(Path(order.path))
        if isinstance(order, ReadPages):
            pages = self._pipeline.clean_pages(order.path, order.numbers)
            return PagesRead(tuple(_as_shown(page, order) for page in pages))
        if isinstance(order, DrawPage):
            from vnreport_ocr.reading.preview import preview  # most runs draw no page

            return preview(Path(order.path), order.number, order.posture, self._options.password)
        return self._look(Path(order.path), order.number)

    def _copy(self, order: CopyFile, tell: Tell) -> Copied:
        # Not at the top: most runs write no copy.
        from vnreport_ocr.outputs.original import open_copy

        path = Path(order.path)
        with closing(open_copy(order.wish, path, self._options)) as copy:
            with Path(order.pages).open("rb") as pages:
                for page in frames_of(pages):
                    copy.page(unpacked(page, Page))
                    tell(None)
            try:
                with Path(order.target).open("w+b") as file:
                    said = copy.save(file)
            except OSError as error:
                raise OutputError(f"It cannot be written: {error.strerror or error}.", file=order.target) from error
        return Copied((*_remarks(order.wish, path, self._options), *said))

    def _open(self, path: Path) -> OpenedFile:
        state = state_of(path)
        numbers = tuple(self._pipeline.page_numbers(path))
        slow = len(numbers) > 1 and not self._pipeline.is_quick(path, numbers[0])
        together = self._pipeline.together(path, numbers)
        return OpenedFile(numbers, self._pipeline.properties(path), slow, state, together)

    def _look(self, path: Path, number: int) -> object:
        from vnreport_ocr.inspection import Inspection

        self._inspection = self._inspection or Inspection(self._options)
        return self._inspection.look_at(path, number)


def _as_shown(page: Page, order: ReadPages) -> Page:
    if page.error is None or order.shown == order.path:
        return page
    return replace(page, error=page.error.replace(order.path, order.shown))


def _remarks(wish: str, path: Path, options: Options) -> tuple[str, ...]:
    if wish != "pdf" or kind_of(path) != "pdf":
        return ()
    from vnreport_ocr.outputs.pdf.file import is_signed

    said = "It is signed; the signature does not hold for the PDF that was written."
    return (said,) if is_signed(path, options.password) else ()
