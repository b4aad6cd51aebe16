"""An archive opened to be asked: what the command ``search`` and programs use."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from vnreport_ocr.archive.figures import Series, figures, series
from vnreport_ocr.archive.indexing import catch_up
from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.lock import is_locked
from vnreport_ocr.archive.record import Record
from vnreport_ocr.errors import MissingFileError, UsageError
from vnreport_ocr.search.extract import FACTS, PageText
from vnreport_ocr.search.figure import Figure
from vnreport_ocr.search.finding import Answer, Finder, having
from vnreport_ocr.search.index import INDEX, Index
from vnreport_ocr.search.query import Node


class ArchivedDocument(NamedTuple):
    """A document of an archive: where it lies, what its letterhead says, and where its outputs are."""

    path: str
    pages: int
    quality: float | None
    year: int | None
    facts: dict[str, str]
    outputs: tuple[Path, ...]


class PageSummary(NamedTuple):
    """What the ledger says of a page."""

    number: int
    quality: float | None
    doubts: int | None
    attention: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class _Files:
    """The databases of an archive, open for one thread at a time."""

    ledger: Ledger
    index: Index
    finder: Finder

    def close(self) -> None:
        """Close both."""
        self.index.close()
        self.ledger.close()


def _holds_something(path: Path) -> bool:
    """Tell whether a file is there and was begun to be written: on a full disk one may be made with nothing in it."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


class Archive:
    """The results of ``vnocr batch``, to be searched and read; also while a run works on them, and by many threads.

    Each question has connections of its own while it is answered: what one thread asks is no other's.
    """

    def __init__(self, out: Path | str, *, patience: float | None = None) -> None:
        """Open it.

        Args:
            out: The folder given to ``vnocr batch -o``.
            patience: Processor seconds that a search may take before it is given up; none given, as many as it needs.
        """
        self._patience = patience
        self.out = Path(out).absolute()
        if not (self.out / LEDGER).is_file():
            cure = "Name the folder given to batch -o."
            raise MissingFileError("There is no archive here.", file=str(out), cure=cure)
        self._lock = threading.Lock()
        self._free: list[_Files] = []
        self._closed = False
        with Ledger(self.out / LEDGER, read_only=True) as ledger:
            rows = ledger.ask("SELECT folder FROM runs ORDER BY run DESC LIMIT 1")
        self.folder = Path(rows[0][0]) if rows else self.out
        self.renewed = False
        """Whether the index was of an older version and was made anew just now."""
        if not is_locked(self.out):  # a run that works on it keeps the index itself
            self.renewed = catch_up(self.folder, self.out)
        if not _holds_something(self.out / INDEX):
            cure = "Run 'vnocr batch' on it once more, as a user who may write there."
            raise MissingFileError("This archive has no index yet.", file=str(self.out), cure=cure)
        self._free.append(self._open())

    def __enter__(self) -> Self:
        """Return the archive itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the files behind it; those that are in use are closed when they are given back."""
        with self._lock:
            self._closed = True
            free, self._free = self._free, []
        for files in free:
            files.close()

    def search(self, query: str, *, limit: int = 20, offset: int = 0, only: Mapping[str, str] | None = None) -> Answer:
        """Find pages, the best first; raises ``QueryError`` where the query cannot be followed.

        ``only`` names facets and the value, as ``facets`` gives it, that documents must have.
        """
        with self._lent() as files:
            return files.finder.search(query, limit=limit, offset=offset, only=only)

    def meant(self, query: str) -> Node:
        """Return what ``search`` looks for; raises ``QueryError`` where the query cannot be followed."""
        with self._lent() as files:
            return files.finder.meant(query)

    def facets(self, query: str | None, only: Mapping[str, str] | None = None) -> dict[str, list[tuple[str, int]]]:
        """Count the documents that a query finds, or all, by year, issuer, kind, signer and quality."""
        with self._lent() as files:
            return files.finder.facets(query, only)

    def documents(self) -> Iterator[ArchivedDocument]:
        """Give every document, in the order of the names."""
        with self._lent() as files:
            for row in files.index.rows(f"{_DOCUMENTS} d ORDER BY d.path"):
                yield self._document(row, files.ledger)

    def some_documents(
        self, *, limit: int, offset: int = 0, only: Mapping[str, str] | None = None
    ) -> tuple[int, list[ArchivedDocument]]:
        """Count the documents with these values of facets; give some of them, the latest years first."""
        with self._lent() as files:
            where, values = having(only or {})
            ((count,),) = files.index.ask(f"SELECT count(*) FROM documents d WHERE {where}", values)
            order = "ORDER BY d.year IS NULL, d.year DESC, d.path LIMIT ? OFFSET ?"
            rows = files.index.ask(f"{_DOCUMENTS} d WHERE {where} {order}", (*values, limit, offset))
            return int(count), [self._document(row, files.ledger) for row in rows]

    def document(self, path: str) -> ArchivedDocument | None:
        """Return a document by its name, None where there is none of that name."""
        with self._lent() as files:
            rows = files.index.ask(f"{_DOCUMENTS} d WHERE d.path = ?", (path,))
            return self._document(rows[0], files.ledger) if rows else None

    def _document(self, row: tuple[Any, ...], ledger: Ledger) -> ArchivedDocument:
        path, pages, quality, year, *facts = row
        record = ledger.record(path)
        outputs = json.loads(record.outputs) if record else []
        said = {name: fact for name, fact in zip(FACTS, facts, strict=True) if fact is not None}
        return ArchivedDocument(path, pages, quality, year, said, tuple(self.out / name for name, _ in outputs))

    def pages(self, path: str) -> Iterator[PageText]:
        """Give the pages of a document."""
        with self._lent() as files:
            yield from files.index.pages_of(path)

    def page(self, path: str, number: int) -> PageText | None:
        """Return one page of a document, None where there is none of that number."""
        with self._lent() as files:
            return files.index.page_of(path, number)

    def page_marks(self, path: str) -> list[PageSummary]:
        """Return what the ledger says of the pages of a document: how good they are, and what a person must look at."""
        names = ("number", "quality", "doubts", "attention", "error")
        with self._lent() as files:
            rows = files.ledger.ask(f"SELECT {', '.join(names)} FROM pages WHERE path = ? ORDER BY number", (path,))
            return [PageSummary(*row) for row in rows]

    def record(self, path: str) -> Record | None:
        """Return what the ledger says of a file, None where it knows none of that name."""
        with self._lent() as files:
            return files.ledger.record(path)

    def relations(self, path: str, *, of_others: bool = False) -> list[dict[str, Any]]:
        """Return what a document says of others, and where these lie in the archive.

        With ``of_others`` also what it says that third documents do; these are named by ``by_kind`` and ``by_number``.
        """
        own = "" if of_others else " AND r.by_kind IS NULL"
        return self._relations(f"WHERE d.path = ?{own} ORDER BY r.page, r.rowid", path)

    def relations_to(self, path: str, most: int = 200) -> list[dict[str, Any]]:
        """Return what other documents of the archive say of one, by its number."""
        own = "(SELECT o.number_key FROM documents o WHERE o.path = ?)"
        where = f"WHERE r.number_key = {own} AND r.by_kind IS NULL AND d.path != ?"
        return self._relations(f"{where} ORDER BY d.year DESC, d.path, r.page LIMIT ?", path, path, most)

    def _relations(self, where: str, *values: object) -> list[dict[str, Any]]:
        with self._lent() as files, contextlib.closing(files.index.base.cursor()) as cursor:
            rows = cursor.execute(f"{RELATIONS} {where}", values)
            names = [column[0] for column in rows.description]
            return [dict(zip(names, row, strict=True)) for row in rows]

    def indicators(
        self,
        path: str | None = None,
        *,
        key: str | None = None,
        area: str | None = None,
        year: int | None = None,
        least: float = 0.0,
    ) -> Iterator[Figure]:
        """Give the figures of tables of targets and results, all or those asked for; ``least`` sure at least."""
        with self._lent() as files:
            yield from figures(files.index, path, key=key, area=area, year=year, least=least)

    def series(self, *, least: float = 0.0) -> Iterator[Series]:
        """Give the indicators that are known, each with its key, its usual name, and its first and last year."""
        with self._lent() as files:
            yield from series(files.index, least=least)

    def _open(self) -> _Files:
        ledger = Ledger(self.out / LEDGER, read_only=True)
        try:
            index = Index(self.out / INDEX, read_only=True)
        except BaseException:
            ledger.close()
            raise
        return _Files(ledger, index, Finder(index))

    @contextlib.contextmanager
    def _lent(self) -> Iterator[_Files]:
        """Lend connections that nobody else uses meanwhile."""
        with self._lock:
            if self._closed:
                raise UsageError("The archive was closed.", cure="Open it again.")
            files = self._free.pop() if self._free else None
        files = files or self._open()
        if self._patience is not None:
            until = time.thread_time() + self._patience
            files.index.base.set_progress_handler(lambda: time.thread_time() > until, _STEPS)
        try:
            yield files
        finally:
            files.index.base.set_progress_handler(None, 0)
            with self._lock:
                is_kept = not self._closed and len(self._free) < _MOST_KEPT
                if is_kept:
                    self._free.append(files)
            if not is_kept:
                files.close()


_STEPS = 20_000
"""Steps of SQLite, some milliseconds of work, between two looks at the time."""

_MOST_KEPT = 8
"""Connections that are kept open between two questions."""

_DOCUMENTS = f"SELECT path, pages, quality, year, {', '.join(FACTS)} FROM documents"

RELATIONS = (
    "SELECT d.path AS file, d.number AS number_of_file, r.page, r.relation, r.kind, r.number, r.date, r.issuer,"
    " r.article, (SELECT o.path FROM documents o WHERE o.number_key = r.number_key AND o.id != d.id ORDER BY o.path"
    " LIMIT 1) AS found_in, r.span, r.confidence, r.by_kind, r.by_number"
    " FROM relations r JOIN documents d ON d.id = r.document"
)
"""Every relation, and the file of the archive that it leads to."""


def open_archive(out: Path | str) -> Archive:
    """Open the results of ``vnocr batch`` to be searched and read."""
    return Archive(out)
