"""Answers to queries: pages, best first, with snippets; and what they have in common (facets)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from vnreport_ocr.search.abbreviations import understood
from vnreport_ocr.search.compiling import Compiled, compile_query
from vnreport_ocr.search.fieldclauses import field_clause, make_functions
from vnreport_ocr.search.index import Index
from vnreport_ocr.search.leaf import LEAF, FoundPage, Leaf
from vnreport_ocr.search.loosening import loosened
from vnreport_ocr.search.ordering import RERANKED, order_of
from vnreport_ocr.search.query import Field, Node
from vnreport_ocr.search.rows import KeptRows, MatchingRows, ask, moment

FACETS = ("year", "issuer", "kind", "signer", "quality")

_MOST_FACETS = 20
_CHECKED_AT_ONCE = 40
_QUALITY = "printf('%.1f', min(0.9, cast(d.quality * 10 AS INTEGER) / 10.0))"
_FACET_VALUES = {name: _QUALITY if name == "quality" else f"CAST(d.{name} AS TEXT)" for name in FACETS}
_FROM_DOCUMENTS: Final = "FROM pages p JOIN documents d ON d.id = p.document WHERE"


class Answer(NamedTuple):
    """What a query found."""

    total: int
    """The number of pages in all; with ``more``, at least this many."""
    more: bool
    found: tuple[FoundPage, ...]
    loosened: str = ""
    """How the query was followed where nothing is as typed: ``parted``, ``marks``, ``words`` or ``most`` of them."""


class Finder:
    """Queries an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._rows = MatchingRows(index)
        self._known: KeptRows[dict[int, tuple[str | None, ...]]] = KeptRows(index)
        make_functions(index.base)

    def search(self, query: str, *, limit: int = 20, offset: int = 0, only: Mapping[str, str] | None = None) -> Answer:
        """Find pages, the best first; raises ``QueryError`` where the query cannot be followed.

        ``only`` names facets and the value, as ``facets`` gives it, that documents must have.
        """
        with moment(self._index):
            node = understood(query, self._has)
            answer = self._answer(node, only or {}, limit, offset)
            if answer.total:
                return answer
            for way, other in loosened(node, self._knows):
                loose = self._answer(other, only or {}, limit, offset)
                if loose.total:
                    return loose._replace(loosened=way)
        return answer

    def _answer(self, node: Node, only: Mapping[str, str], limit: int, offset: int) -> Answer:
        compiled = _narrowed(compile_query(node), only)
        if compiled.match is None:
            return self._of_documents(node, compiled, limit, offset)
        rows = self._rows.of(compiled)
        if compiled.checked:
            return self._checked(node, compiled, rows, limit, offset)
        order = order_of(self._index, compiled, rows, limit + offset)
        best = self._best(node, order[:RERANKED]) if offset < RERANKED else []
        found = [leaf.found(node) for leaf in best[offset : offset + limit]]
        later = order[max(RERANKED, offset) : limit + offset]
        found += [leaf.found(node) for leaf in self._leaves([row for row, _ in later])]
        return Answer(len(rows), False, tuple(found))

    def _of_documents(self, node: Node, compiled: Compiled, limit: int, offset: int) -> Answer:
        """Give the pages of documents of which alone something is asked, the latest years first."""
        source = f"{_FROM_DOCUMENTS} {compiled.where}"
        ((total,),) = ask(self._index, f"SELECT count(*) {source}", compiled.values)
        question = f"SELECT {LEAF} {source} ORDER BY d.year DESC, d.path, p.number LIMIT ? OFFSET ?"
        rows = ask(self._index, question, (*compiled.values, limit, offset))
        return Answer(int(total), False, tuple(Leaf(row).found(node) for row in rows))

    def _checked(self, node: Node, compiled: Compiled, rows: Sequence[int], limit: int, offset: int) -> Answer:
        """Check each page from the index, best first, until there are enough."""
        order = order_of(self._index, compiled, rows, len(rows))
        seen = [leaf for leaf in self._best(node, order[:RERANKED]) if leaf.fits(node)]
        place = RERANKED
        while len(seen) <= offset + limit and place < len(order):
            more = self._leaves([row for row, _ in order[place : place + _CHECKED_AT_ONCE]])
            seen += [leaf for leaf in more if leaf.fits(node)]
            place += _CHECKED_AT_ONCE
        found = tuple(leaf.found(node) for leaf in seen[offset : offset + limit])
        return Answer(min(len(seen), offset + limit), len(seen) > offset + limit, found)

    def _best(self, node: Node, order: Sequence[tuple[int, float]]) -> list[Leaf]:
        """Order the best pages by how the words stand in their text."""
        shares = dict(order)
        leaves = self._leaves(list(shares))
        for leaf in leaves:
            leaf.weigh(node, shares[leaf.row])
        return sorted(leaves, key=lambda leaf: -leaf.score)

    def _leaves(self, rows: Sequence[int]) -> list[Leaf]:
        question = f"SELECT {LEAF} {_FROM_DOCUMENTS} p.id = ?"
        return [Leaf(values) for row in rows for values in ask(self._index, question, (row,))]

    def _has(self, field: Field) -> bool:
        """Whether the field is true of any document."""
        clause, values = field_clause(field)
        return bool(ask(self._index, f"SELECT 1 FROM documents d WHERE {clause} LIMIT 1", values))

    def _knows(self, node: Node) -> bool:
        """Whether any page contains a word."""
        match = compile_query(node).match
        return match is None or bool(ask(self._index, "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (match,)))

    def facets(self, query: str | None, only: Mapping[str, str] | None = None) -> dict[str, list[tuple[str, int]]]:
        """Count the documents that a query finds, or all, by year, issuer, kind, signer and quality."""
        with moment(self._index):
            values = self._known.get(None, self._facet_values)
            found = [values[document] for document in self._documents(query, only or {})]
        return {name: _most_frequent(column) for name, column in zip(FACETS, _by_facet(found), strict=True)}

    def meant(self, query: str) -> Node:
        """Return what is searched for: the query, or the way it is loosened where nothing is as typed.

        Raises ``QueryError`` where it cannot be followed.
        """
        with moment(self._index):
            node = understood(query, self._has)
            ways = (node, *(other for _, other in loosened(node, self._knows)))
            return next((way for way in ways if self._documents_of(way, {})), node)

    def _facet_values(self) -> dict[int, tuple[str | None, ...]]:
        """Return the values of every document."""
        shared: dict[str, str] = {}  # few values, many documents
        rows = ask(self._index, f"SELECT d.id, {', '.join(_FACET_VALUES[name] for name in FACETS)} FROM documents d")
        return {
            document: tuple(None if said is None else shared.setdefault(said, said) for said in row)
            for document, *row in rows
        }

    def _documents(self, query: str | None, only: Mapping[str, str]) -> Iterable[int]:
        """Return the documents that a query finds, or all."""
        if query is None:
            where, values = having(only)
            return [d for (d,) in ask(self._index, f"SELECT d.id FROM documents d WHERE {where}", values)]
        node = understood(query, self._has)
        if found := self._documents_of(node, only):
            return found
        return next(filter(None, (self._documents_of(other, only) for _, other in loosened(node, self._knows))), found)

    def _documents_of(self, node: Node, only: Mapping[str, str]) -> set[int]:
        compiled = _narrowed(compile_query(node), only)
        if compiled.match is not None:
            return self._rows.documents(self._rows.of(compiled))
        question = f"SELECT DISTINCT p.document {_FROM_DOCUMENTS} {compiled.where}"
        return {document for (document,) in ask(self._index, question, compiled.values)}


def _by_facet(rows: Sequence[tuple[str | None, ...]]) -> Iterator[Sequence[str | None]]:
    """Return the column of each facet."""
    return iter(list(zip(*rows, strict=True)) or [()] * len(FACETS))


def _most_frequent(values: Iterable[str | None]) -> list[tuple[str, int]]:
    """Count values; return the most frequent, ties in alphabetical order."""
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
