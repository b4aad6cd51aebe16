"""One way through: file, pages, repair, document."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Protocol, Self

from vnreport_ocr.document import Document
from vnreport_ocr.errors import (
    DictionaryError,
    EngineKilledError,
    SetupError,
    TooManyPagesError,
    UsageError,
    VnocrError,
)
from vnreport_ocr.figures.check import check_figures
from vnreport_ocr.model import Damage, Line, Page
from vnreport_ocr.options import Options
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.selection import grouped, select, selected_pages
from vnreport_ocr.sources.text.files import TextFile
from vnreport_ocr.sources.text.pages import cut_pages, page_lines
from vnreport_ocr.structure.furniture import without_furniture
from vnreport_ocr.structure.letterhead import read_letterhead, with_doubts
from vnreport_ocr.structure.plainhead import plain_letterhead
from vnreport_ocr.structure.roles import with_roles

if TYPE_CHECKING:
    from vnreport_ocr.reading.pages import PageReader
    from vnreport_ocr.sources.engine.heard import Hearer
    from vnreport_ocr.sources.engine.protocol import Engine

MOST_PAGES: Final = 100_000
"""Pages of a PDF that are read at once."""

_INCOMPLETE: Final = 0.5
"""However good the words are that could be read, a person must look at a page that is not all there."""


class RepairedLines(Protocol):
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

    def repair(self, lines: Sequence[Line]) -> RepairedLines:
        """Return the same lines with the decisions made about them."""


def _word_pages(path: Path) -> tuple[Page, ...]:
    # Not at the top: hardly any file is one of Word.
    from vnreport_ocr.sources.word.files import word_pages

    return word_pages(path)


def tesseract(options: Options) -> "Engine":
    """Return the engine that was asked for: Tesseract as a program, inside this process, or trueocr."""
    # Not at the top: most pages of an archive have a good text layer and never need it.
    if options.engine == "tesserocr":
        from vnreport_ocr.sources.engine.inprocess import InProcess

        return InProcess(options.language, options.tessdata)
    if options.engine == "trueocr":
        from vnreport_ocr.sources.engine.fast import TrueOcr

        return TrueOcr()
    from vnreport_ocr.sources.engine.tesseract import Tesseract

    return Tesseract(options.language, options.tessdata)


def second_reader(options: Options) -> "Hearer | None":
    """Return what reads pictures beside the engine, where the best quality was asked for."""
    if options.quality != "best":
        return None
    # Not at the top: it is asked for seldom.
    from vnreport_ocr.sources.engine.fast import TrueOcr

    return TrueOcr()


class _LateRepairer:
    """Loads the language when the first line is to be repaired."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._real: LineRepairer | None = None

    def repair(self, lines: Sequence[Line]) -> RepairedLines:
        if self._real is None:
            # Not at the top: the dictionaries are only worth opening when there is something to repair.
            from vnreport_ocr.repair.repairer import Repairer

            self._real = Repairer(options=self._options)
        return self._real.repair(lines)


class Pipeline:
    """Reads and repairs in this process; one of them serves any number of files, for one thread at a time."""

    def __init__(
        self,
        options: Options | None = None,
        engine: "Callable[[Options], Engine]" = tesseract,
        repairer: LineRepairer | None = None,
    ) -> None:
        self.options = options or Options()
        self._engine = engine
        self._late_reader: PageReader | None = None
        self._text = TextFile()
        self._repairer = repairer or (_LateRepairer(self.options) if self.options.repair else None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._late_reader is not None:
            self._late_reader.close()

    @property
    def _reader(self) -> "PageReader":
        if self._late_reader is None:
            from vnreport_ocr.reading.pages import PageReader

            self._late_reader = PageReader(
                self.options, lambda: self._engine(self.options), lambda: second_reader(self.options)
            )
        return self._late_reader

    def clean_text(self, text: str, name: str = "") -> Document:
        """Repair a text, or the chosen pages of it; form feeds divide its pages."""
        return Document(tuple(self.iter_text(text)), name)

    def iter_text(self, text: str | Iterable[str]) -> Iterator[Page]:
        """Yield the repaired pages of a text, or of one that comes in pieces; chosen ones as in a file."""
        for number, page in select(self.options.pages, cut_pages((text,) if isinstance(text, str) else text)):
            yield self._text_page(number, page)

    def page_numbers(self, path: Path | str) -> list[int]:
        """Return the numbers of the pages to be read, as far as ``options.pages`` chooses them."""
        path = Path(path)
        try:
            numbers = selected_pages(self.options.pages, self._count(path))
        except UsageError as error:
            error.file = str(path)
            raise
        if len(numbers) > MOST_PAGES and kind_of(path) == "pdf":
            raise TooManyPagesError(f"It has {len(numbers):,} pages; {MOST_PAGES:,} are read at once.", file=str(path))
        return numbers

    def properties(self, path: Path | str) -> dict[str, str]:
        """Return what a PDF says of itself (title, author, producer, dates); nothing of other files."""
        path = Path(path)
        return self._reader.properties(path) if kind_of(path) == "pdf" else {}

    def clean_file(self, path: Path | str) -> Document:
        """Read and repair a whole file; for long ones ``iter_pages`` needs less memory."""
        path = Path(path)
        return Document(tuple(self.iter_pages(path)), path.name, self.properties(path))

    def iter_pages(self, path: Path | str) -> Iterator[Page]:
        """Yield the chosen pages, one at a time."""
        path = Path(path)
        numbers = self.page_numbers(path)
        for group in grouped(numbers, self.together(path, numbers)):
            yield from self.clean_pages(path, group)

    def together(self, path: Path | str, numbers: Sequence[int]) -> tuple[int, ...]:
        """How many pages are best read at once, one group after the other; none where each is worth an order."""
        path = Path(path)
        return tuple(self._text.together(path, numbers)) if kind_of(path) == "text" and len(numbers) > 1 else ()

    def clean_pages(self, path: Path | str, numbers: Sequence[int]) -> Iterator[Page]:
        """Read and repair pages, each by itself; those of a text are taken out of it at once."""
        path = Path(path)
        if kind_of(path) != "text":
            yield from (self.clean_page(path, number) for number in numbers)
            return
        for number, text in zip(numbers, self._text.pages(path, numbers), strict=True):
            yield self._text_page(number, text)

    def is_quick(self, path: Path | str, number: int) -> bool:
        """Whether a page takes milliseconds, since no engine is needed; a page that cannot be opened does, too."""
        try:
            return self._reader.is_quick(Path(path), number)
        except VnocrError:
            return True

    def clean_page(self, path: Path | str, number: int) -> Page:
        """One page read and repaired; a page that cannot be read is marked so instead of raising."""
        path = Path(path)
        kind = kind_of(path)
        if kind == "text":
            return self._text_page(number, *self._text.pages(path, (number,)))
        if kind == "docx":
            return self._repaired(_word_pages(path)[number - 1])
        try:
            return self.structured(self._repaired(self._reader.read(path, number)))
        except DictionaryError:
            # No page can be repaired without them.
            raise
        except VnocrError as error:
            if error.page is None and not isinstance(error, SetupError) and error.file is not None:
                raise
            error.file, error.page = error.file or str(path), error.page or number
            return unread(number, error)
        except MemoryError:
            problem = EngineKilledError("There was not enough memory for this page.", file=str(path), page=number)
            return unread(number, problem)

    def structured(self, page: Page) -> Page:
        """Check the figures of a repaired page and tell what its lines are; of a text, its head alone."""
        if page.source == "text":
            return _headed(page)
        page = _with_roles(check_figures(page))
        page = page if self.options.furniture else without_furniture(page)
        return replace(page, quality=min(page.quality, _INCOMPLETE)) if page.incomplete else page

    def _text_page(self, number: int, text: str) -> Page:
        return self.structured(self._repaired(Page(number, page_lines(text), source="text")))

    def _count(self, path: Path) -> int:
        kind = kind_of(path)
        if kind == "text":
            return self._text.count(path)
        return len(_word_pages(path)) if kind == "docx" else self._reader.count(path)

    def _repaired(self, page: Page) -> Page:
        cells = [line for table in page.tables for cell in table.cells for line in cell.lines]
        if self._repairer is None or not (page.lines or cells):
            return page
        if not any(map(_says_something, (*page.lines, *cells))):
            return replace(page, damage=Damage.EMPTY)  # a text may have millions of blank lines
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


def _says_something(line: Line) -> bool:
    return bool(line.corrections or line.raw.strip())


def _with_roles(page: Page) -> Page:
    """Tell what part each line plays, from the repaired text; the letterhead as data where there is one."""
    if page.size is None:
        return page
    lines = with_roles(page.lines, page.size)
    found = read_letterhead(lines, page.size)
    return replace(page, lines=with_doubts(lines, found), letterhead=found)


def _headed(page: Page) -> Page:
    """Tell the head of a text, which stands on its first page."""
    return replace(page, letterhead=plain_letterhead(page.lines)) if page.number == 1 else page


def unread(number: int, error: VnocrError) -> Page:
    """Return a page that could not be read, with the reason."""
    return Page(number, source="none", quality=0.0, error=str(error), error_class=type(error).__name__)


class Pipelines:
    """A pipeline, and the one of the document at hand where it has terms of its own."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._plain = self._last = Pipeline(options)
        self._terms: tuple[str, ...] = ()

    def knowing(self, terms: tuple[str, ...]) -> Pipeline:
        """Return the pipeline that knows these terms besides those of the options."""
        if not terms:
            return self._plain
        if terms != self._terms:
            known = tuple(dict.fromkeys((*self._options.terms, *terms)))
            self._last, self._terms = Pipeline(replace(self._options, terms=known)), terms
        return self._last
