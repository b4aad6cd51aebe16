"""One way through: file, pages, repair, document."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from vnreport_ocr.errors import SetupError, VnocrError
from vnreport_ocr.model import Damage, Document, Line, Page
from vnreport_ocr.options import Options
from vnreport_ocr.reading import PageReader
from vnreport_ocr.sources.engine import Engine
from vnreport_ocr.sources.imagefile import frame_count
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.pdffile import PdfFile
from vnreport_ocr.sources.selection import selected_pages
from vnreport_ocr.sources.textfile import read_text


class Repaired(Protocol):
    """What comes back from a repair: as many lines as went in."""

    @property
    def lines(self) -> Sequence[Line]:
        """The lines with their corrections and doubts."""

    @property
    def damage(self) -> Damage:
        """What was wrong with the page."""

    @property
    def quality(self) -> float:
        """How far the result can be trusted (0 to 1)."""


class LineRepairer(Protocol):
    """Anything that repairs the lines of a page."""

    def repair(self, lines: Sequence[Line]) -> Repaired:
        """The same lines with the decisions made about them."""


def page_count(path: Path | str, options: Options | None = None) -> int:
    """How many pages the file holds, as far as ``options.pages`` chooses them."""
    options = options or Options()
    return len(page_numbers(path, options))


def page_numbers(path: Path | str, options: Options) -> list[int]:
    """The numbers of the pages to be read."""
    return selected_pages(options.pages, _all_pages(Path(path), options))


def _all_pages(path: Path, options: Options) -> int:
    kind = kind_of(path)
    if kind == "pdf":
        with PdfFile(path, options.password) as file:
            return len(file)
    return 1 if kind == "text" else frame_count(path)


def tesseract(options: Options) -> Engine:
    """The engine that comes with the package."""
    # Not at the top: most pages of an archive have a good text layer and never need it.
    from vnreport_ocr.sources.tesseract import Tesseract

    return Tesseract(options.language)


class _LateRepairer:
    """Loads the language when the first line is to be repaired."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._real: LineRepairer | None = None

    def repair(self, lines: Sequence[Line]) -> Repaired:
        if self._real is None:
            # Not at the top: the dictionaries are only worth opening when there is something to repair.
            from vnreport_ocr.repair.repairer import Repairer

            self._real = Repairer(options=self._options)
        return self._real.repair(lines)


class Cleaner:
    """Reads and repairs; one of them serves any number of files."""

    def __init__(
        self,
        options: Options | None = None,
        engine: Callable[[Options], Engine] = tesseract,
        repairer: LineRepairer | None = None,
    ) -> None:
        self.options = options or Options()
        self._reader = PageReader(self.options, lambda: engine(self.options))
        self._repairer = repairer or (_LateRepairer(self.options) if self.options.repair else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()

    def clean_text(self, text: str, name: str = "") -> Document:
        """Repair a text; it makes a document of one page."""
        page = Page(1, tuple(_split(text)), source="text")
        return Document((self._repaired(page),), name)

    def clean_file(self, path: Path | str) -> Document:
        """Read and repair a whole file; for long ones ``iter_pages`` needs less memory."""
        path = Path(path)
        properties: dict[str, str] = {}
        if kind_of(path) == "pdf":
            with PdfFile(path, self.options.password) as file:
                properties = file.properties()
        return Document(tuple(self.iter_pages(path)), path.name, properties)

    def iter_pages(self, path: Path | str) -> Iterator[Page]:
        """The chosen pages, one at a time."""
        path = Path(path)
        for number in page_numbers(path, self.options):
            yield self.clean_page(path, number)

    def clean_page(self, path: Path | str, number: int) -> Page:
        """One page read and repaired; a page that cannot be read is marked so instead of raising."""
        path = Path(path)
        if kind_of(path) == "text":
            return self.clean_text(read_text(path), path.name).pages[0]
        try:
            return self._repaired(self._reader.read(path, number))
        except VnocrError as error:
            if error.page is None and not isinstance(error, SetupError) and error.file is not None:
                raise
            error.file, error.page = error.file or str(path), error.page or number
            return unread(number, error)
        except MemoryError:
            return Page(number, source="none", quality=0.0, error="There was not enough memory for this page.")

    def _repaired(self, page: Page) -> Page:
        cells = [line for table in page.tables for cell in table.cells for line in cell.lines]
        if self._repairer is None or not (page.lines or cells):
            return page
        result = self._repairer.repair([*page.lines, *cells])
        lines = iter(result.lines)
        body = tuple(islice(lines, len(page.lines)))
        tables = tuple(
            replace(
                table,
                cells=tuple(replace(cell, lines=tuple(islice(lines, len(cell.lines)))) for cell in table.cells),
            )
            for table in page.tables
        )
        return replace(page, lines=body, tables=tables, damage=result.damage, quality=result.quality)


def unread(number: int, error: VnocrError) -> Page:
    """A page that could not be read, with the reason."""
    return Page(number, source="none", quality=0.0, error=str(error), error_class=type(error).__name__)


def _split(text: str) -> Iterator[Line]:
    """Lines with their ends as they are."""
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}")
        yield Line(bare, end=line[len(bare) :])
