"""What ``vnocr clean`` does with one input after the other."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from vnreport_ocr.attention import Matter, attention
from vnreport_ocr.cli.closing import Closing
from vnreport_ocr.cli.progress import PageProgress
from vnreport_ocr.cli.saying import say
from vnreport_ocr.cli.targets import Target
from vnreport_ocr.errors import OutputError, SetupError, UsageError, VnocrError, unreadable
from vnreport_ocr.jobs.documents import DocumentReader
from vnreport_ocr.jobs.pages import OpenedFile
from vnreport_ocr.model import Line, Page
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.write import About, open_stream, write
from vnreport_ocr.sources.incoming import called
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.scratch import scratch_folder
from vnreport_ocr.structure.across import across

_ENDS_THE_RUN = (SetupError, OutputError, UsageError)
"""Trouble that the next file would have too."""

_LACKING = ("MissingEngineError", "MissingLanguageError", "MissingPopplerError", "MissingExtraError", "NoRoomError")
_TOLD = 10
"""So many pages that could not be read are told with their reasons; the closing line counts them all."""


@dataclass(frozen=True, slots=True)
class CleanSettings:
    """How the command was asked to go about it."""

    formats: tuple[str, ...]
    explain: bool = False
    quiet: bool = False
    verbose: bool = False
    show_changes: bool = False


class Cleaning:
    """Cleans inputs one after the other and keeps count."""

    def __init__(self, reader: DocumentReader, options: Options, manner: CleanSettings, progress: PageProgress) -> None:
        self._reader = reader
        self._options = options
        self._manner = manner
        self._progress = progress
        self.closing = Closing()
        self._checked = False
        self._lacking: set[str | None] = set()

    def clean(self, target: Target, alone: bool) -> None:
        """Clean one input; where it is one of several, its failure is told and kept, and the run goes on."""
        try:
            with _on_disk(target) as path:
                self._check_engine(path)
                opened = self._reader.open(path, target.label)
                self._progress.document(target.name or target.label, len(opened.numbers))
                pages = self._decided(self._reader.pages(path, opened, target.label), target)
                self._deliver(self._watched(pages, target, "" if alone else target.name), target, opened, path)
        except _ENDS_THE_RUN:
            raise
        except VnocrError as error:
            if alone:
                raise
            say(f"vnocr: {error}")
            self.closing.failures.append(error)
        else:
            self.closing.delivered += 1

    def _decided(self, pages: Iterator[Page], target: Target) -> Iterator[Page]:
        """Put the decisions into the pages that are kept beside the output."""
        if target.stem is None or target.path is None:
            return pages
        # Not at the top: what goes to standard output has none.
        from vnreport_ocr.review.kept import decided, kept_file, read_kept

        kept = read_kept(kept_file(target.stem.parent, target.path.name))
        return decided(pages, kept, whole=self._options.pages is None)

    def _check_engine(self, path: Path) -> None:
        """Tell a missing engine or model once, before any page, where pages cannot be read without."""
        if self._checked or not _is_read_by_engine(path, self._options):
            return
        # Not at the top: texts and pages with a good layer need no engine.
        if self._options.engine == "trueocr" or self._options.quality == "best":
            from vnreport_ocr.sources.engine.linemodels import check_fast

            check_fast()
        if self._options.engine == "tesseract":
            from vnreport_ocr.sources.engine.tesseract import check_installed

            check_installed(self._options.language, self._options.tessdata)
        self._checked = True

    def _is_news(self, page: Page) -> bool:
        """Whether a page's error is to be told: what the machine lacks is told once, and of the rest the first few."""
        if page.error_class in _LACKING:
            first = page.error_class not in self._lacking
            self._lacking.add(page.error_class)
            return first
        return len(self.closing.unread_pages) <= _TOLD

    def _watched(self, pages: Iterable[Page], target: Target, name: str) -> Iterator[Page]:
        """Hand every page on, having counted it and told of it what was asked for."""
        for page in pages:
            self.closing.count(page, name)
            self._progress.page()
            where = f"{name}, page {page.number}" if name else f"page {page.number}"
            if page.error is not None and self._is_news(page):
                say(f"vnocr: {page.error}")
            if page.incomplete is not None and len(self.closing.incomplete_pages) <= _TOLD:
                say(f"vnocr: {target.path}, page {page.number}: {page.incomplete}")
            if page.attached and not self._manner.quiet:
                say(f"vnocr: {target.label}, page {page.number}: {_attached(page)}")
            if self._manner.verbose:
                say(_how(page, where))
            if self._manner.explain:
                for sentence in _explanations(page, where):
                    say(sentence)
            yield page

    def _show_changes(self, pages: Iterator[Page]) -> None:
        from vnreport_ocr.outputs.changes import ChangesStream  # few runs ask for it

        stream = ChangesStream(colour=sys.stdout.isatty())
        for page in pages:
            _put(stream.page(page))

    def _deliver(self, pages: Iterator[Page], target: Target, opened: OpenedFile, path: Path) -> None:
        original = self._reader.original(path, target.label, opened.state)
        about = About(target.name, opened.properties, self._options, original)
        if target.stem is not None:
            told = (about.name, about.options, original, about.properties)
            for written in write(pages, self._manner.formats, target.stem, *told):
                if self._manner.verbose:
                    say(f"written: {written}")
            for remark in () if self._manner.quiet else original.remarks:
                say(f"vnocr: {target.label}: {remark}")
            return
        if self._manner.show_changes:
            self._show_changes(pages)
            return
        stream = open_stream(self._manner.formats[0], about)
        for page in across(pages, furniture=self._options.furniture):
            _put(stream.page(page))
        _put(stream.end())


def _is_read_by_engine(path: Path, options: Options) -> bool:
    kind = kind_of(path)
    return kind in ("image", "folder") or (kind == "pdf" and options.source == "ocr")


@contextmanager
def _on_disk(target: Target) -> Iterator[Path]:
    """Where the input lies as a file: standard input is laid into one, so that it goes the same way as all others."""
    if target.path is not None:
        yield target.path
        return
    with scratch_folder() as folder:
        path = folder / "standard-input"
        with path.open("wb") as file:
            try:
                shutil.copyfileobj(_Source(target.label), file)
            except OSError as error:
                problem = f"It cannot be stored in {folder.parent}: {error.strerror}."
                cure = "Name a folder with more room in TMPDIR."
                raise OutputError(problem, file=target.label, cure=cure) from error
        with called(path, target.label):
            yield path


class _Source:
    """Standard input, whose own trouble is told apart from that of the file it is laid into."""

    def __init__(self, label: str) -> None:
        self._label = label

    def read(self, size: int = -1, /) -> bytes:
        try:
            return sys.stdin.buffer.read(size)
        except OSError as error:
            raise unreadable(error, self._label) from error


def _put(text: str) -> None:
    # Bytes, so that a terminal or a pipe of another encoding neither fails nor changes anything.
    left = memoryview(text.encode("utf-8", errors="surrogatepass"))
    try:
        while left:
            # With PYTHONUNBUFFERED one call may write a part only, and would say nothing of the rest.
            left = left[sys.stdout.buffer.write(left) :]
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        problem = f"It cannot be written: {error.strerror or error}."
        raise OutputError(problem, file="standard output") from error


def _attached(page: Page) -> str:
    """Tell which files are attached to a page, and what to do about them."""
    told = next(reason.reason for reason in attention(page) if reason.matter is Matter.ATTACHED)
    return f"It has {told}. Save them from the PDF; PDFs, pictures, Word files and texts can be cleaned as well."


def _how(page: Page, where: str) -> str:
    notes = "".join(f"; {note}" for note in page.notes)
    return (
        f"{where}: {page.source}, {page.damage}, quality {page.quality:.2f}, {len(page.corrections)} corrections{notes}"
    )


def _explanations(page: Page, where: str) -> Iterator[str]:
    for number, line in enumerate(page.lines, start=1):
        yield from _explained(line, f"{where}, line {number}")
    for number, table in enumerate(page.tables, start=1):
        for cell in table.cells:
            for line in cell.lines:
                yield from _explained(line, f"{where}, table {number}, row {cell.row + 1}, column {cell.column + 1}")
    if page.error is None:
        yield from (f"{where}: to check: {reason.reason}" for reason in attention(page))
    for part in page.left_out:
        sure = "" if part.confidence is None else f" ({part.confidence:.2f})"
        yield f"{where}: {part.text!r} left out{sure}: {part.reason}"


def _explained(line: Line, place: str) -> Iterator[str]:
    for c in sorted(line.corrections, key=lambda correction: correction.start):
        reason = f": {c.reason}" if c.reason else ""
        yield f"{place}: {c.before!r} -> {c.after!r} ({c.step}, {c.confidence:.2f}){reason}"
    for doubt in line.doubts:
        yield f"{place}: {doubt.text!r} left as it is: {doubt.reason}"
