"""The rows of the index that a query matches; kept until somebody writes to the index."""

import sqlite3
from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Generic, TypeVar

from vnreport_ocr.errors import QueryError
from vnreport_ocr.search.compiling import Compiled
from vnreport_ocr.search.index import Index

_T = TypeVar("_T")
_KEPT: Final = 4
"""Queries whose rows are kept: the next stretch of results and the facets ask for the same."""


def ask(index: Index, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Return the rows that a question gives; raises ``QueryError`` if the query in it is at fault."""
    try:
        return index.base.execute(question, values).fetchall()
    except sqlite3.OperationalError as error:
        if "fts5" in str(error):
            raise QueryError(f"The query cannot be understood ({error}).") from error
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            raise QueryError("The search takes too long.", cure="Use rarer words or fewer years.") from error
        raise


@contextmanager
def moment(index: Index) -> Iterator[None]:
    """Run everything inside on one snapshot of the index."""
    base = index.base
    is_ours = not base.in_transaction
    if is_ours:
        ask(index, "BEGIN")
    try:
        yield
    finally:
        if is_ours:
            base.commit()


class KeptRows(Generic[_T]):
    """Values that are queried once, and again after somebody has written to the index."""

    def __init__(self, index: Index, most: int = 1) -> None:
        self._index = index
        self._most = most
        self._version: tuple[int, int] | None = None
        self._values: OrderedDict[Hashable, _T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return the value of a key, computed now if it is unknown."""
        ((version,),) = ask(self._index, "PRAGMA data_version")
        now = (version, self._index.base.total_changes)
        if now != self._version:
            self._version = now
            self._values.clear()
        if key not in self._values:
            self._values[key] = make()
            if len(self._values) > self._most:
                self._values.popitem(last=False)
        self._values.move_to_end(key)
        return self._values[key]


class MatchingRows:
    """The rows of ``words`` that queries match, the earliest first, and the documents they belong to."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._places: KeptRows[array[int]] = KeptRows(index)
        self._matching: KeptRows[array[int]] = KeptRows(index, _KEPT)

    def of(self, compiled: Compiled) -> Sequence[int]:
        """Return the rows of pages that a query with words matches."""
        if compiled.where == "1":
            return self._all(compiled.match or "")
        key = (compiled.match, compiled.where, compiled.values)
        return self._matching.get(key, lambda: self._narrowed(compiled))

    def documents(self, rows: Sequence[int]) -> set[int]:
        """Return the documents that pages belong to."""
        return set(map(self._document_of().__getitem__, rows))

    def _all(self, match: str) -> "array[int]":
        question = "SELECT rowid FROM words WHERE words MATCH ?"
        return self._matching.get(match, lambda: array("q", [row for (row,) in ask(self._index, question, (match,))]))

    def _narrowed(self, compiled: Compiled) -> "array[int]":
        every = self._all(compiled.match or "")
        if compiled.asks_of_documents:
            question = f"SELECT d.id FROM documents d WHERE {compiled.where}"
            documents = {document for (document,) in ask(self._index, question, compiled.values)}
            place = self._document_of()
            return array("q", [row for row in every if place[row] in documents])
        question = f"SELECT p.id FROM places p JOIN documents d ON d.id = p.document WHERE {compiled.where}"
        pages = {page for (page,) in ask(self._index, question, compiled.values)}
        return array("q", [row for row in every if row in pages])

    def _document_of(self) -> "array[int]":
        """Return the document of every row, by its number."""
        return self._places.get(None, self._read_places)

    def _read_places(self) -> "array[int]":
        rows = ask(self._index, "SELECT id, document FROM places")
        made = array("q", bytes(8 * (1 + max((row for row, _ in rows), default=0))))
        for row, document in rows:
            made[row] = document
        return made
