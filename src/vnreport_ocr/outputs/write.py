"""Results to files: written aside, then moved into their place, so that no half-written file is ever seen."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from vnreport_ocr.delivery import Delivery
from vnreport_ocr.document import Document
from vnreport_ocr.errors import (
    CopyError,
    MissingExtraError,
    OutputError,
    PageMemoryError,
    PageTimeoutError,
    SetupError,
    UsageError,
    VnocrError,
    unwritable,
)
from vnreport_ocr.model import Letterhead, Page, Table
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.alto import AltoStream
from vnreport_ocr.outputs.csv import letterhead_csv, table_csv
from vnreport_ocr.outputs.hocr import HocrStream
from vnreport_ocr.outputs.json import JsonStream
from vnreport_ocr.outputs.markdown import MarkdownStream
from vnreport_ocr.outputs.original import NAMES, Copy, Original, is_copied
from vnreport_ocr.outputs.pagexml import page_xml
from vnreport_ocr.outputs.streams import Stream
from vnreport_ocr.outputs.text import TextStream
from vnreport_ocr.review.page import ReviewStream
from vnreport_ocr.structure.across import across
from vnreport_ocr.structure.letterhead import merged

if TYPE_CHECKING:
    from vnreport_ocr.outputs.word.file import WordOutput

FORMATS: Final = ("txt", "md", "json", "csv", "docx", "pdf", "html", "hocr", "alto", "page")
NO_STREAM: Final = ("csv", "docx", "pdf", "page")
"""What cannot go to standard output: several files, or one that is not a text."""


def ending_of(wish: str) -> str:
    """Return how the file of a format ends."""
    return "alto.xml" if wish == "alto" else wish


def write(
    document: Document | Iterable[Page],
    formats: Sequence[str],
    stem: Path,
    name: str = "",
    options: Options | None = None,
    original: Original | None = None,
    properties: dict[str, str] | None = None,
) -> list[Path]:
    """Write every format to ``stem`` with its own ending; gives the files that are there now.

    Pages are taken one at a time, so that a long document needs no more memory than a short one. With ``csv`` each
    table makes a file of its own (``report.table-01.csv``), however many pages it goes over, and so does a letterhead
    (``report.letterhead.csv``); a document with neither makes none. With ``page`` each page makes a file of its own
    (``report.page-0001.xml``). Where a copy of the original cannot be made, the others are written before it is told.
    """
    unknown = [wish for wish in formats if wish not in FORMATS]
    if unknown:
        raise UsageError(f"There is no format '{unknown[0]}'.", cure=f"Choose from {', '.join(FORMATS)}.")
    pages: Iterable[Page] = document.pages if isinstance(document, Document) else document
    properties = document.properties if isinstance(document, Document) else properties
    name = name or (document.name if isinstance(document, Document) else stem.name)
    try:
        with ExitStack() as stack:
            outputs = stack.enter_context(_Outputs(stem))
            about = About(name, properties, options or Options(), original)
            copies = _copies(dict.fromkeys(formats), original, stack)
            rest = tuple(wish for wish in dict.fromkeys(formats) if wish not in copies)
            _write_pages(_copied(pages, tuple(copies.values())), rest, outputs, about)
            failed = [error for wish, copy in copies.items() if (error := copy.save(outputs, wish)) is not None]
            made = outputs.deliver()
    except IsADirectoryError as error:
        problem = "There is a folder in its place."
        raise OutputError(problem, file=str(error.filename or stem), cure="Rename that folder.") from error
    except OSError as error:
        raise unwritable(error, str(stem)) from error
    for failure in failed:
        failure.made = tuple(made)
        raise failure
    return made


class About(NamedTuple):
    """What a file says besides its pages, and how it is to be written."""

    name: str = ""
    properties: dict[str, str] | None = None
    options: Options = Options()
    original: Original | None = None
    """The file that was read; without it there are no copies of it, and a review page shows the text alone."""


def open_stream(wish: str, about: About) -> Stream:
    """Open the stream of a format that makes one file (``txt``, ``md``, ``json``, ``html``, ``hocr``, ``alto``)."""
    if wish == "json":
        return JsonStream(about.name, about.properties)
    if wish in ("hocr", "alto"):
        return HocrStream(about.name) if wish == "hocr" else AltoStream(about.name)
    if wish == "html":
        return ReviewStream(about.name, None if about.original is None else about.original.draw)
    kind = MarkdownStream if wish == "md" else TextStream
    return kind(reflow=about.options.reflow)


class _Outputs(Delivery):
    """The files of one document, each named by its ending."""

    def __init__(self, stem: Path) -> None:
        super().__init__()
        self._stem = stem

    def place(self, ending: str) -> Path:
        """Say where the file with this ending goes."""
        return self._stem.with_name(self._stem.name + ending)

    def text(self, ending: str) -> TextIO:
        """Begin a text."""
        return self.open_text(self.place(ending), errors="surrogatepass")

    def put(self, ending: str, text: str) -> None:
        """Write a file that is whole at once; a document may have more tables than files may be open."""
        self.text(ending).write(text)
        self.finish(self.place(ending))


class _TableFiles:
    """The tables of a document, a file for each; one that goes on over pages stays in its file."""

    def __init__(self, outputs: _Outputs, mark: str) -> None:
        self._outputs = outputs
        self._mark = mark
        self._count = 0
        self._rows: TextIO | None = None

    def add(self, tables: Iterable[Table]) -> None:
        """Write the tables of a page."""
        for table in tables:
            if self._rows is None or not table.continues:
                self._rows = self._next()
            self._rows.write(table_csv(table, without=table.repeated if table.continues else 0))

    def _next(self) -> TextIO:
        """Begin the file of the next table; a document may have more tables than files may be open."""
        if self._rows is not None:
            self._outputs.finish(self._outputs.place(self._ending))
        self._count += 1
        file = self._outputs.text(self._ending)
        file.write(self._mark)
        return file

    @property
    def _ending(self) -> str:
        return f".table-{self._count:02}.csv"


def _write_pages(pages: Iterable[Page], formats: Sequence[str], outputs: _Outputs, about: About) -> None:
    streams = [
        (open_stream(wish, about), outputs.text(f".{ending_of(wish)}")) for wish in formats if wish not in NO_STREAM
    ]
    word = _word_file(about) if "docx" in formats else None
    word_file = outputs.open_bytes(outputs.place(".docx")) if word is not None else None
    mark = "\N{ZERO WIDTH NO-BREAK SPACE}" if about.options.csv_bom else ""
    tables = _TableFiles(outputs, mark)
    heads: list[Letterhead | None] = []
    for page in across(pages, furniture=about.options.furniture):
        heads.append(page.letterhead)
        for stream, file in streams:
            file.write(stream.page(page))
        if word is not None:
            word.page(page)
        if "page" in formats:
            outputs.put(f".page-{page.number:04}.xml", page_xml(page, about.name))
        if "csv" in formats:
            tables.add(page.tables)
    head = merged(heads) if "csv" in formats else None
    if head is not None:
        outputs.put(".letterhead.csv", mark + letterhead_csv(head))
    for stream, file in streams:
        file.write(stream.end())
    if word is not None and word_file is not None:
        word.save(word_file)


_OPTIONS: Final[dict[type[VnocrError], str]] = {PageTimeoutError: "--page-timeout", PageMemoryError: "--page-memory"}


class _Attempt:
    """A copy in the making; what goes wrong with it is told in the end, when all else is written."""

    def __init__(self, original: Original, wish: str, stack: ExitStack) -> None:
        self._original = original
        self._wish = wish
        self._copy: Copy | None = None
        self._error: CopyError | None = None
        with self._caught():
            self._copy = original.copy(wish)
            stack.callback(self._copy.close)

    def page(self, page: Page) -> None:
        """Give a page its text."""
        if self._copy is not None and self._error is None:
            with self._caught():
                self._copy.page(page)

    def save(self, outputs: _Outputs, wish: str) -> CopyError | None:
        """Write the copy, or say why there is none."""
        if self._copy is not None and self._error is None:
            place = outputs.place(f".{wish}")
            file = outputs.open_bytes(place)
            try:
                with self._caught():
                    self._copy.save(file)
            except OutputError as error:
                if error.file == file.name:  # what it is called until it is whole
                    error.file = str(place)
                raise
        if self._error is not None:
            outputs.drop(outputs.place(f".{wish}"))
        return self._error

    @contextmanager
    def _caught(self) -> Iterator[None]:
        try:
            yield
        except (OutputError, SetupError):
            raise  # no fault of the original
        except VnocrError as error:
            said = f"No {NAMES[self._wish]} can be made of it: {error.problem}"
            cure = error.advice
            if isinstance(error, PageTimeoutError | PageMemoryError):  # the whole is written, not a page
                cure = f"Allow more with {_OPTIONS[type(error)]}, or leave {self._wish} out of -f."
            self._error = CopyError(said, file=error.file or str(self._original.path), cure=cure)


def _copies(formats: Iterable[str], original: Original | None, stack: ExitStack) -> dict[str, _Attempt]:
    """Begin the files that are written as copies of the one that was read, each under its format."""
    path = None if original is None else original.path
    wishes = [wish for wish in formats if is_copied(wish, path)]
    if original is None:
        if wishes:
            raise UsageError("A PDF copy needs the file that was read, and there is none.", cure="Leave pdf out of -f.")
        return {}
    return {wish: _Attempt(original, wish, stack) for wish in wishes}


def _copied(pages: Iterable[Page], copies: Sequence[_Attempt]) -> Iterator[Page]:
    """Hand pages on, each given to the copies as it was read: running heads belong to a page, whatever is left out."""
    for page in pages:
        for copy in copies:
            copy.page(page)
        yield page


def _word_file(about: About) -> "WordOutput":
    try:
        # Not at the top: it belongs to an extra, and takes a while to load.
        from vnreport_ocr.outputs.word.file import WordOutput
    except ImportError as error:
        raise MissingExtraError("Word files need python-docx.", cure="Run: pip install 'vnreport-ocr[docx]'") from error
    options = about.options
    return WordOutput(about.name, doubts=options.docx_doubts, page_breaks=options.docx_page_breaks)
