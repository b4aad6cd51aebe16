"""Answers to queries: pages, best first, with snippets; and what they have in common (facets)."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from vnreport_ocr.errors import QueryError
from vnreport_ocr.search.compiling import Compiled, compile_query
from vnreport_ocr.search.index import Index
from vnreport_ocr.search.matching import Hit, SearchedText, snippet
from vnreport_ocr.search.query import Node, parse, parted
from vnreport_ocr.search.words import bare_text, written_text

FACETS = ("year", "issuer", "kind", "signer", "quality")

_WEIGHTS = "6.0, 2.0, 0.7, 3.0, 1.0, 0.35, 1.0"
"""Of the columns of ``words``: heading before body, as it is written before bare, as it was read last."""

_MOST_FACETS = 20
_CHECKED_AT_ONCE = 40
_QUALITY = "printf('%.1f', min(0.9, cast(d.quality * 10 AS INTEGER) / 10.0))"
_FACET_VALUES = {name: _QUALITY if name == "quality" else f"CAST(d.{name} AS TEXT)" for name in FACETS}
_APART = "\n\N{GREEK SMALL LETTER OMEGA}0\n"
"""Stands between texts that no phrase goes over."""
_RANKED = 10_000
"""Pages that are ranked among each other by one thing; of words on more pages, those in headings and the latest are."""


class FoundPage(NamedTuple):
    """A page that a query found."""

    path: str
    page: int
    score: float
    snippet: str
    hits: tuple[Hit, ...]
    """Where the words asked for stand in the snippet."""
    quality: float | None
    number: str | None
    kind: str | None
    title: str | None
    issuer: str | None
    date: str | None


class Answer(NamedTuple):
    """What a query found."""

    total: int
    """Pages in all; with ``more`` at least so many."""
    more: bool
    found: tuple[FoundPage, ...]


_COLUMNS = (
    "d.path, p.number, p.text, p.heading, p.as_read, p.across, p.quality, d.number, d.kind, d.title, d.issuer,"
    " d.date, d.finished"
)


class Finder:
    """Asks an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: tuple[tuple[int, int], dict[int, tuple[str | None, ...]]] | None = None
        index.base.create_function("bare", 1, bare_text, deterministic=True)
        index.base.create_function("written", 1, written_text, deterministic=True)

    def search(self, query: str, *, limit: int = 20, offset: int = 0, only: Mapping[str, str] | None = None) -> Answer:
        """Find pages, the best first; raises ``QueryError`` where the query cannot be followed.

        ``only`` names facets and the value, as ``facets`` gives it, that documents must have.
        """
        node = parse(query)
        answer = self._answer(node, only or {}, limit, offset)
        if not answer.total and (other := parted(node)) != node:
            return self._answer(other, only or {}, limit, offset)
        return answer

    def _answer(self, node: Node, only: Mapping[str, str], limit: int, offset: int) -> Answer:
        compiled = _narrowed(compile_query(node), only)
        if compiled.checked:
            return self._search_checked(node, compiled, limit, offset)
        total = self._count(compiled)
        rows = list(self._ranked(compiled, limit, offset, total))
        return Answer(total, False, tuple(_found(node, row) for row in rows))

    def facets(self, query: str | None, only: Mapping[str, str] | None = None) -> dict[str, list[tuple[str, int]]]:
        """Count the documents that a query finds, or all, by year, issuer, kind, signer and quality."""
        base = self._index.base
        if not base.in_transaction:
            base.execute("BEGIN")  # so that values and documents are those of one moment
        try:
            values = self._facet_values()
            found = [values[document] for document in self._documents(query, only or {})]
        finally:
            base.commit()
        return {name: _most_frequent(column) for name, column in zip(FACETS, _by_facet(found), strict=True)}

    def _facet_values(self) -> dict[int, tuple[str | None, ...]]:
        """Return the values of every document; they are read anew when somebody has written in the index."""
        ((version,),) = self._ask("PRAGMA data_version")
        if self._known is None or self._known[0] != (version, self._index.base.total_changes):
            shared: dict[str, str] = {}  # few values, many documents
            rows = self._ask(f"SELECT d.id, {', '.join(_FACET_VALUES[name] for name in FACETS)} FROM documents d")
            values = {
                document: tuple(None if said is None else shared.setdefault(said, said) for said in row)
                for document, *row in rows
            }
            self._known = ((version, self._index.base.total_changes), values)
        return self._known[1]

    def _documents(self, query: str | None, only: Mapping[str, str]) -> list[int]:
        """Return the documents that a query finds, or all."""
        if query is None:
            where, values = having(only)
            return [document for (document,) in self._ask(f"SELECT d.id FROM documents d WHERE {where}", values)]
        node = parse(query)
        found = self._documents_of(node, only)
        if not found and (other := parted(node)) != node:
            return self._documents_of(other, only)
        return found

    def _documents_of(self, node: Node, only: Mapping[str, str]) -> list[int]:
        compiled = _narrowed(compile_query(node), only)
        source, values = _source(compiled)
        if compiled.match is not None and compiled.where == "1":
            source = "FROM words JOIN places p ON p.id = words.rowid WHERE words MATCH ?"
        return [document for (document,) in self._ask(f"SELECT DISTINCT p.document {source}", values)]

    def _search_checked(self, node: Node, compiled: Compiled, limit: int, offset: int) -> Answer:
        """Look at each page that the index gives, best first, until there are enough."""
        found: list[FoundPage] = []
        place = seen = 0
        while len(found) <= limit:
            rows = list(self._ranked(compiled, _CHECKED_AT_ONCE, place))
            for row in rows:
                if SearchedText(_APART.join(row[2:6])).fits(node):
                    seen += 1
                    if seen > offset:
                        found.append(_found(node, row))
            place += len(rows)
            if len(rows) < _CHECKED_AT_ONCE:
                break
        more = len(found) > limit
        return Answer(seen, more, tuple(found[:limit]))

    def _count(self, compiled: Compiled) -> int:
        if compiled.match is not None and compiled.where == "1":
            return self._matching(compiled.match)
        source, values = _source(compiled)
        return int(self._ask(f"SELECT count(*) {source}", values)[0][0])

    def _ranked(
        self, compiled: Compiled, limit: int, offset: int, count: int | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Return pages, the best first; ``count`` is how many there are, where that is known already."""
        if compiled.match is None:
            source, values = _source(compiled)
            rows = self._ask(
                f"SELECT 0.0, {_COLUMNS} {source} ORDER BY d.year DESC, d.path, p.number LIMIT ? OFFSET ?",
                (*values, limit, offset),
            )
        else:
            if compiled.where != "1":
                best = self._rank_narrowed(compiled, limit, offset)
            else:
                count = self._matching(compiled.match) if count is None else count
                best = self._best(compiled, count, limit, offset)
            rows = self._pages(best)
        # The score first, as the last of the columns that the rows are read by.
        return (row[1:] + row[:1] for row in rows)

    def _rank_narrowed(self, compiled: Compiled, limit: int, offset: int) -> list[tuple[int, float]]:
        """Return the best pages of documents of which something is asked by their row, and their scores."""
        source, values = _source(compiled)
        ranks, expressions = _ranks(compiled)
        rows = self._ask(
            f"SELECT words.rowid, {ranks.score} AS score, {ranks.together} AS together {source}"
            " ORDER BY together DESC, score, words.rowid LIMIT ? OFFSET ?",
            (*expressions, *values, limit, offset),
        )
        return [(row, score) for row, score, _ in rows]

    def _best(self, compiled: Compiled, count: int, limit: int, offset: int) -> list[tuple[int, float]]:
        """Return the best of so many pages by their row, and their scores: those with the words together first."""
        ranked = _RANKED // max(1, len(compiled.beside))
        if count <= 2 * ranked or limit + offset > ranked // 2:
            return [(row, score) for score, row, _ in self._rank(compiled, limit, offset)]
        # Words of every other page tell little: it costs too much to weigh all of them.
        first: list[tuple[int, float]] = []
        if compiled.together is not None:
            both = f"{compiled.match} AND {compiled.together}"
            first = self._best(Compiled(both, "1", (), False), self._about(both), limit + offset, 0)
        rows = {} if len(first) == limit + offset else self._sampled(compiled, count, ranked, limit + offset)
        for row, _ in first:
            rows.pop(row, None)
        first += [(row, score) for row, (_, score) in sorted(rows.items(), key=lambda row: (row[1], row[0]))]
        return first[offset : offset + limit]

    def _sampled(self, compiled: Compiled, count: int, ranked: int, limit: int) -> dict[int, tuple[int, float]]:
        """Return the best of the latest pages and of those with the words in a heading, and how good they are."""
        ((newest,),) = self._ask("SELECT max(id) FROM pages")
        since = newest - newest * ranked // count
        found = self._rank(compiled, limit, 0, since)
        heading = f"{{heading heading_bare}} : ({_without_columns(compiled.match or '')})"
        if self._matching(heading) <= 2 * ranked:
            found += self._rank(compiled._replace(match=heading), limit, 0)
        return {row: (-together, score) for score, row, together in found}

    def _rank(self, compiled: Compiled, limit: int, offset: int, since: int = 0) -> list[tuple[float, int, int]]:
        """Return the score of the best pages, their row, and whether the words stand together there."""
        ranks, expressions = _ranks(compiled, since)
        return self._ask(
            f"SELECT {ranks.score} AS score, rowid, {ranks.together} AS together FROM words"
            " WHERE words MATCH ? AND rowid > ? ORDER BY together DESC, score, rowid LIMIT ? OFFSET ?",
            (*expressions, compiled.match, since, limit, offset),
        )

    def _matching(self, match: str, since: int = 0) -> int:
        return int(self._ask("SELECT count(*) FROM words WHERE words MATCH ? AND rowid > ?", (match, since))[0][0])

    def _about(self, match: str) -> int:
        """Return about how many pages match, out of the latest tenth."""
        ((newest,),) = self._ask("SELECT max(id) FROM pages")
        return 10 * self._matching(match, newest - newest // 10)

    def _pages(self, best: list[tuple[int, float]]) -> list[tuple[Any, ...]]:
        question = f"SELECT {_COLUMNS} FROM pages p JOIN documents d ON d.id = p.document WHERE p.id = ?"
        return [(score, *row) for place, score in best for row in self._ask(question, (place,))]

    def _ask(self, question: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._index.base.execute(question, values).fetchall()
        except sqlite3.OperationalError as error:
            if "fts5" in str(error):
                raise QueryError(f"The query cannot be understood ({error}).") from error
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise QueryError("The search takes too long.", cure="Use rarer words or fewer years.") from error
            raise


def _by_facet(rows: Sequence[tuple[str | None, ...]]) -> Iterator[Sequence[str | None]]:
    """Give the column of each facet."""
    return iter(list(zip(*rows, strict=True)) or [()] * len(FACETS))


def _most_frequent(values: Iterable[str | None]) -> list[tuple[str, int]]:
    """Count values; return the most frequent, equals by their letters."""
    counted = Counter(values)
    counted.pop(None, None)
    ordered = sorted(
        ((said, count) for said, count in counted.items() if said is not None), key=lambda o: (-o[1], o[0])
    )
    return ordered[:_MOST_FACETS]


def having(only: Mapping[str, str]) -> tuple[str, tuple[object, ...]]:
    """Return what is true, in SQL, of a document ``d`` with these values of facets, and the values in it."""
    return " AND ".join(f"{_FACET_VALUES[name]} = ?" for name in only) or "1", tuple(only.values())


def _narrowed(compiled: Compiled, only: Mapping[str, str]) -> Compiled:
    """Ask besides for documents with these values of facets."""
    where, values = having(only)
    where = " AND ".join(part for part in (compiled.where, where) if part != "1") or "1"
    return compiled._replace(where=where, values=(*compiled.values, *values))


class _Ranks(NamedTuple):
    """What pages are ranked by, in SQL."""

    score: str
    together: str


def _ranks(compiled: Compiled, since: int = 0) -> tuple[_Ranks, tuple[str, ...]]:
    """Return what pages behind a row are ranked by, and the values in it in the order ``score``, ``together``."""
    held = f"(words.rowid IN (SELECT rowid FROM words WHERE words MATCH ? AND rowid > {since:d}))"
    score, together = f"bm25(words, {_WEIGHTS})", "0"
    if compiled.beside:  # twice the weight where each two of the words stand beside each other somewhere
        score += f" * (1.0 + ({' + '.join([held] * len(compiled.beside))}) / {len(compiled.beside)}.0)"
    if compiled.together is not None:
        together = held
    return _Ranks(score, together), compiled.beside + ((compiled.together,) if compiled.together is not None else ())


def _without_columns(match: str) -> str:
    """Return the expression without saying in which columns, for one that says it around it."""
    return re.sub(r"\{[a-z_ ]+\} : ", "", match)


def _source(compiled: Compiled) -> tuple[str, tuple[Any, ...]]:
    """Return what pages come from, and the values in it."""
    if compiled.match is None:
        return f"FROM pages p JOIN documents d ON d.id = p.document WHERE {compiled.where}", compiled.values
    return (
        "FROM words JOIN places p ON p.id = words.rowid JOIN documents d ON d.id = p.document"
        f" WHERE words MATCH ? AND {compiled.where}",
        (compiled.match, *compiled.values),
    )


def _found(node: Node, row: tuple[Any, ...]) -> FoundPage:
    path, page, text, heading, as_read, across, quality, number, kind, title, issuer, date, _, score = row
    for said in (str(text), str(heading), str(as_read), str(across)):
        looked_at = SearchedText(said)
        if hits := looked_at.hits(node):
            break
    else:
        looked_at = SearchedText(str(text))
    shown, marked = snippet(looked_at, hits)
    facts = [None if fact is None else str(fact) for fact in (number, kind, title, issuer, date)]
    return FoundPage(
        str(path), int(str(page)), -float(str(score)), shown, tuple(marked),
        None if quality is None else float(str(quality)), *facts,
    )  # fmt: skip
