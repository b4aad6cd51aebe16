"""An archive opened to be asked: what the command ``search`` and programs use."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from vnreport_ocr.archive.figures import Figure, Series, figures, series
from vnreport_ocr.archive.indexing import catch_up
from vnreport_ocr.archive.ledger import LEDGER, Ledger
from vnreport_ocr.archive.lock import is_locked
from vnreport_ocr.errors import MissingFileError
from vnreport_ocr.search.extract import FACTS, PageText
from vnreport_ocr.search.finding import Answer, Finder
from vnreport_ocr.search.index import INDEX, Index


class ArchivedDocument(NamedTuple):
    """A document of an archive: where it lies, what its letterhead says, and where its outputs are."""

    path: str
    pages: int
    quality: float | None
    year: int | None
    facts: dict[str, str]
    outputs: tuple[Path, ...]


class Archive:
    """The results of ``vnocr batch``, to be searched and read; also while a run works on them."""

    def __init__(self, out: Path | str) -> None:
        self.out = Path(out).absolute()
        if not (self.out / LEDGER).is_file():
            cure = "Name the folder given to batch -o."
            raise MissingFileError("There is no archive here.", file=str(out), cure=cure)
        self._ledger = Ledger(self.out / LEDGER, read_only=True)
        try:
            rows = self._ledger.ask("SELECT folder FROM runs ORDER BY run DESC LIMIT 1")
            self.folder = Path(rows[0][0]) if rows else self.out
            self.renewed = False
            """Whether the index was of an older version and was made anew just now."""
            if not is_locked(self.out):  # a run that works on it keeps the index itself
                self.renewed = catch_up(self.folder, self.out)
            if not (self.out / INDEX).is_file():
                cure = "Run 'vnocr batch' on it once more, as a user who may write there."
                raise MissingFileError("This archive has no index yet.", file=str(self.out), cure=cure)
            self._index = Index(self.out / INDEX, read_only=True)
        except BaseException:
            self._ledger.close()
            raise
        self._finder = Finder(self._index)

    def __enter__(self) -> Self:
        """Return the archive itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the files behind it."""
        self._index.close()
        self._ledger.close()

    def search(self, query: str, *, limit: int = 20, offset: int = 0) -> Answer:
        """Find pages, the best first; raises ``QueryError`` where the query cannot be followed."""
        return self._finder.search(query, limit=limit, offset=offset)

    def facets(self, query: str) -> dict[str, list[tuple[str, int]]]:
        """Count the documents that a query finds by year, issuer, kind, signer and quality."""
        return self._finder.facets(query)

    def documents(self) -> Iterator[ArchivedDocument]:
        """Give every document, in the order of the names."""
        return map(self._document, self._index.rows(f"{_DOCUMENTS} ORDER BY path"))

    def document(self, path: str) -> ArchivedDocument | None:
        """Return a document by its name, None where there is none of that name."""
        return next(map(self._document, self._index.rows(f"{_DOCUMENTS} WHERE path = ?", (path,))), None)

    def _document(self, row: tuple[Any, ...]) -> ArchivedDocument:
        path, pages, quality, year, *facts = row
        record = self._ledger.record(path)
        outputs = json.loads(record.outputs) if record else []
        said = {name: fact for name, fact in zip(FACTS, facts, strict=True) if fact is not None}
        return ArchivedDocument(path, pages, quality, year, said, tuple(self.out / name for name, _ in outputs))

    def pages(self, path: str) -> Iterator[PageText]:
        """Give the pages of a document."""
        return self._index.pages_of(path)

    def relations(self, path: str) -> list[dict[str, Any]]:
        """Return what a document says of others, and where these lie in the archive."""
        with contextlib.closing(self._index.base.cursor()) as cursor:
            rows = cursor.execute(f"{RELATIONS} WHERE d.path = ? ORDER BY r.page, r.rowid", (path,))
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
        return figures(self._index, path, key=key, area=area, year=year, least=least)

    def series(self, *, least: float = 0.0) -> Iterator[Series]:
        """Give the indicators that are known, each with its key, its usual name, and its first and last year."""
        return series(self._index, least=least)


_DOCUMENTS = f"SELECT path, pages, quality, year, {', '.join(FACTS)} FROM documents"

RELATIONS = (
    "SELECT d.path AS file, d.number AS number_of_file, r.page, r.relation, r.kind, r.number, r.date, r.issuer,"
    " r.article, (SELECT o.path FROM documents o WHERE o.number_key = r.number_key AND o.id != d.id ORDER BY o.path"
    " LIMIT 1) AS found_in, r.span, r.confidence FROM relations r JOIN documents d ON d.id = r.document"
)
"""Every relation, and the file of the archive that it leads to."""


def open_archive(out: Path | str) -> Archive:
    """Open the results of ``vnocr batch`` to be searched and read."""
    return Archive(out)
