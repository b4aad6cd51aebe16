"""What happens inside a worker: one job in, one result out, whatever the file does."""

import contextlib
import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from vnreport_ocr.archive.backend import Backend
from vnreport_ocr.archive.deliver import kept_decisions, make_folders, narrow_as
from vnreport_ocr.archive.messages import (
    Beat,
    FileDone,
    FileJob,
    FileSplit,
    JoinJob,
    PageJob,
    PageMark,
    PagesDone,
    Result,
)
from vnreport_ocr.archive.names import shown
from vnreport_ocr.archive.places import is_shut, output_errors
from vnreport_ocr.archive.scan import output_stem
from vnreport_ocr.archive.spool import (
    Timed,
    get_pages,
    put_pages,
    remove_spool,
    spool_name,
    spool_root,
    spooled_numbers,
    texts_root,
)
from vnreport_ocr.attention import attention, doubtful, told
from vnreport_ocr.errors import (
    ChangedFileError,
    CopyError,
    DamagedImageError,
    EmptyDocumentError,
    EngineError,
    EngineKilledError,
    MissingFileError,
    OutputError,
    VnocrError,
    unreadable,
)
from vnreport_ocr.jobs.messages import (
    Tell,
    Trouble,
    as_error,
    ends_run,
    fault,
    is_fault,
    may_pass,
    named_trouble,
    trouble,
)
from vnreport_ocr.model import Page
from vnreport_ocr.review.kept import decided, known_by, mark_of, read_kept
from vnreport_ocr.search.extract import FACTS, Extract
from vnreport_ocr.sources.kind import open_file
from vnreport_ocr.sources.selection import grouped
from vnreport_ocr.sources.unchanged import check_unchanged, state_of


class ArchiveHandler:
    """A backend, opened once, and the jobs it is given."""

    def __init__(self, folder: Path, out: Path, backend: Backend, split_after: float, *, whole: bool) -> None:
        self._folder = folder
        self._out = out
        self._backend = backend
        self._split_after = split_after
        self._whole = whole
        """Whether all pages of a file are read."""

    def perform(self, order: object, tell: Tell) -> Result:
        """Do a job; whatever goes wrong becomes a ``Trouble`` and stays in its file."""
        try:
            if isinstance(order, FileJob):
                return self._file(order, tell)
            if isinstance(order, PageJob):
                return self._page(order)
            if isinstance(order, JoinJob):
                return self._join(order, tell)
            raise TypeError(f"nothing is known of the job {type(order).__name__}")
        except OutputError as error:
            return trouble(error, ends_run=is_shut(error, self._out))
        except VnocrError as error:
            return trouble(error)
        except MemoryError:
            return trouble(EngineKilledError("There was not enough memory for it."))
        except OSError as error:
            return trouble(_read_error(error))
        except Exception as error:  # a fault of ours in one file must not end the night
            found = trouble(fault(error))
            cure = "Run 'vnocr --debug clean' on this file and report what it prints."
            return found._replace(cure=cure) if is_fault(found.error_class) else found

    def _file(self, job: FileJob, tell: Tell) -> Result:
        path = self._folder / job.name
        state = state_of(path)
        sha256 = file_hash(path)
        # What is wrong with the decisions is told before the pages are read.
        terms = known_by(read_kept(kept_decisions(self._out, job.name)))
        numbers = tuple(self._backend.page_numbers(path))
        name = spool_name(sha256, job.recipe)
        spool = spool_root(self._out) / name
        if spooled := spooled_numbers(spool).intersection(numbers):
            return FileSplit(sha256, name, numbers, tuple(sorted(spooled)), ())
        together = tuple(self._backend.together(path, numbers))
        read: list[list[Timed]] = []
        begun = time.monotonic()
        for asked in grouped(numbers, together):
            if read and time.monotonic() - begun > self._split_after:
                break
            tell(Beat(asked, (), name, sha256) if read else Beat(asked, numbers, name, sha256, together))
            read.append(self._timed_pages(path, asked, terms))
        check_unchanged(path, state)
        pages = [one for group in read for one in group]
        tried = {page.number: _page_trouble(page, path) for page, _ in pages if may_pass(page.error_class)}
        if len(pages) == len(numbers) and not tried:
            tell(Beat((), (), name, sha256))
            return self._deliver(job.name, sha256, pages, tell)
        with output_errors(spool), narrow_as(path):
            for group in read:
                put_pages(spool, [one for one in group if one.page.number not in tried])
        done = tuple(page.number for page, _ in pages if page.number not in tried)
        return FileSplit(sha256, name, numbers, done, tuple(tried.items()), together)

    def _page(self, job: PageJob) -> Result:
        path = self._folder / job.name
        terms = known_by(read_kept(kept_decisions(self._out, job.name)))
        read = self._timed_pages(path, job.numbers, terms)
        spool = spool_root(self._out) / job.spool
        with output_errors(spool), narrow_as(path):
            put_pages(spool, read)
        return PagesDone(tuple((page.number, _page_trouble(page, path)) for page, _ in read if page.error is not None))

    def _join(self, job: JoinJob, tell: Tell) -> Result:
        spool, path = spool_root(self._out) / job.spool, self._folder / job.name
        with contextlib.suppress(FileNotFoundError):  # its pages were read before it was removed
            if file_hash(path) != job.sha256:
                remove_spool(spool)
                raise ChangedFileError("It was changed while it was read.", file=str(path))
        pages = get_pages(spool, job.numbers)
        return self._deliver(job.name, job.sha256, pages, tell, job.without)

    def _timed_pages(self, path: Path, numbers: Sequence[int], terms: tuple[str, ...]) -> list[Timed]:
        read = []
        begun = time.perf_counter()
        for page in self._backend.clean_pages(path, numbers, terms):
            if page.error is not None and ends_run(page.error_class):
                raise as_error(_page_trouble(page, path)._replace(cure=""))  # its problem ends with its own
            now = time.perf_counter()
            read.append(Timed(page, now - begun))
            begun = now
        return read

    def _deliver(
        self, name: str, sha256: str, pages: Iterable[Timed], tell: Tell, without: str | None = None
    ) -> FileDone | Trouble:
        """Write the outputs; each is in its place whole or not at all."""
        marks: list[PageMark] = []
        took: dict[int, float] = {}
        letterhead: dict[str, str] = {}
        # Marked before they are read: where they are changed meanwhile, the next run finds others.
        kept = kept_decisions(self._out, name)
        mark = mark_of(kept)
        decisions = read_kept(kept)

        def seen() -> Iterator[Page]:
            for page in decided(_timed(pages, took), decisions, whole=self._whole):
                marks.append(_mark(page, took[page.number], self._folder / name))
                for fact, text in _letterhead(page):  # the signer stands on another page than the number
                    letterhead.setdefault(fact, text)
                extract.add(page)
                yield page
                tell(None)  # what is written of a page may use as much as a page
            if nothing := _nothing_read(marks):
                raise _NothingReadError(nothing)

        target = self._out / output_stem(name)
        try:
            with (
                output_errors(target),
                narrow_as(self._folder / name),
                contextlib.closing(Extract(texts_root(self._out), shown(name))) as extract,
            ):
                make_folders(self._folder, self._out, output_stem(name))
                made = self._written(seen(), name, marks, without)
                outputs = tuple((str(path.relative_to(self._out)), path.stat().st_size) for path in sorted(made))
                extract.keep(sha256)
        except _NothingReadError as nothing:
            return nothing.found
        except CopyError as error:
            return trouble(error)
        return FileDone(sha256, tuple(marks), outputs, tuple(letterhead.items()), mark)

    def _written(self, pages: Iterable[Page], name: str, marks: list[PageMark], without: str | None) -> Sequence[Path]:
        """Write the outputs; a copy of the original that cannot be made is told with the last page."""
        target = self._out / output_stem(name)
        try:
            made = self._backend.write(pages, shown(target.name), target, self._folder / name, copies=without is None)
        except CopyError as error:
            if not error.made:
                raise
            made, without = error.made, error.problem
        if without is not None:
            marks[-1] = marks[-1]._replace(error=marks[-1].error or without, error_class=CopyError.__name__)
        return made


def _timed(pages: Iterable[Timed], took: dict[int, float]) -> Iterator[Page]:
    """Give pages on, and note the seconds that each took."""
    for page, seconds in pages:
        took[page.number] = seconds
        yield page


def file_hash(path: Path) -> str:
    """Compute the SHA-256 of a file's bytes."""
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _page_trouble(page: Page, path: Path) -> Trouble:
    return named_trouble(page.error_class, _bare(page.error or "", path, page.number))


def _bare(error: str, path: Path, number: int) -> str:
    """Return a page's error without its place, which stands beside it in the ledger."""
    return error.removeprefix(f"{path}, page {number}: ").removeprefix(f"{path}: ").removeprefix(f"page {number}: ")


class _NothingReadError(Exception):
    """Ends the writing of a document of which nothing could be read, so that nothing is left of it."""

    def __init__(self, found: Trouble) -> None:
        super().__init__(found.problem)
        self.found = found


def _nothing_read(marks: Sequence[PageMark]) -> Trouble | None:
    """Fail a document of which nothing could be read; it has no output that looks like one."""
    if not marks:
        return trouble(EmptyDocumentError("It has no pages."))
    if any(mark.error is None or mark.words for mark in marks):
        return None
    return named_trouble(marks[0].error_class, marks[0].error or "")


def _read_error(error: OSError) -> VnocrError:
    if isinstance(error, FileNotFoundError):
        return MissingFileError("The file no longer exists.")
    return unreadable(error)


def _mark(page: Page, seconds: float, path: Path) -> PageMark:
    return PageMark(
        number=page.number,
        source=page.source,
        damage=str(page.damage),
        quality=round(page.quality, 4),
        words=page.words,
        corrections=len(page.corrections),
        doubts=len(page.doubts),
        seconds=round(seconds, 4),
        error=page.incomplete if page.error is None else _bare(page.error, path, page.number),
        error_class=_class_of(page),
        attention=told(doubtful(attention(page))) or None,
    )


def _class_of(page: Page) -> str | None:
    """Return what went wrong with a page; one that is not all there counts among those a person must see."""
    if page.error is None:
        return page.error_class or (None if page.incomplete is None else DamagedImageError.__name__)
    return page.error_class or EngineError.__name__


def _letterhead(page: Page) -> list[tuple[str, str]]:
    head = page.letterhead
    if head is None:
        return []
    read = [(name, getattr(head, name)) for name in FACTS]
    return [(name, reading.text) for name, reading in read if reading is not None]
