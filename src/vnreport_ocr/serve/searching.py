"""The search: results with their snippets, what they have in common, and the documents to browse."""

from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from vnreport_ocr.errors import QueryError
from vnreport_ocr.search.finding import FACETS
from vnreport_ocr.search.leaf import FoundPage
from vnreport_ocr.search.words import TOKEN
from vnreport_ocr.serve.asked import A_PAGE, LONGEST_QUERY, Asked, link
from vnreport_ocr.serve.sheet import ShownPiece, pieces_of
from vnreport_ocr.serve.site import Site


class Facet(NamedTuple):
    """What documents have in common: each value, how many have it, and where it leads."""

    name: str
    values: tuple[tuple[str, int, str], ...]


class Result(NamedTuple):
    """A page that was found."""

    found: FoundPage
    pieces: tuple[ShownPiece, ...]
    address: str


class Searching:
    """Answers searches."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def search(self, request: Request) -> Response:
        """Show the search and what it finds; nothing asked for, every document."""
        return self._site.page(request, "search.html", self._answer(request))

    def part(self, request: Request) -> Response:
        """Show only what was found, for the page to put in its place."""
        return self._site.page(request, "results.html", self._answer(request))

    def _answer(self, request: Request) -> dict[str, object]:
        asked = Asked.of(request.query_params)
        say = self._site.say(request.scope)
        values: dict[str, object] = {"asked": asked, "query": asked.query, "problem": "", "total": 0, "more": False,
                                     "loosened": "", "results": [], "documents": None, "facets": [],
                                     "last": 1}  # fmt: skip
        if len(asked.query) > LONGEST_QUERY:
            return values | {"problem": say("query too long", most=LONGEST_QUERY)}
        try:
            if TOKEN.search(asked.query):
                return values | self._found(asked)
        except QueryError as error:
            return values | {"problem": say("query broken", why=say.problem(error.problem))}
        if asked.query:
            return values | {"problem": say("query broken", why=say.problem("The query has nothing to search for."))}
        return values | self._documents(asked)

    def _found(self, asked: Asked) -> dict[str, object]:
        archive = self._site.archive
        answer = archive.search(asked.query, limit=A_PAGE, offset=(asked.page - 1) * A_PAGE, only=asked.only)
        results = [
            Result(
                found, pieces_of(found.snippet, found.hits), link("/page", file=found.path, n=found.page, q=asked.query)
            )
            for found in answer.found
        ]
        last = -(-answer.total // A_PAGE) + (1 if answer.more and asked.page * A_PAGE >= answer.total else 0)
        facets = archive.facets(asked.query, asked.only)
        return {"total": answer.total, "more": answer.more, "loosened": answer.loosened, "results": results,
                "last": max(1, last), "facets": _facets(facets, asked)}  # fmt: skip

    def _documents(self, asked: Asked) -> dict[str, object]:
        archive = self._site.archive
        total, documents = archive.some_documents(limit=A_PAGE, offset=(asked.page - 1) * A_PAGE, only=asked.only)
        return {"total": total, "documents": documents, "last": max(1, -(-total // A_PAGE)),
                "facets": _facets(archive.facets(None, asked.only), asked)}  # fmt: skip


def _facets(counted: dict[str, list[tuple[str, int]]], asked: Asked) -> list[Facet]:
    made = []
    for name in FACETS:
        values = counted.get(name, [])
        if name in asked.only or not values:
            continue
        if name in ("year", "quality"):
            values = sorted(values, reverse=True)
        made.append(Facet(name, tuple((value, n, asked.address(add={name: value})) for value, n in values if value)))
    return made
