"""A document and its pages: the letterhead, relations and outputs; a page's text beside its picture."""

from itertools import islice

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from vnreport_ocr.archive.names import shown
from vnreport_ocr.archive.opened import ArchivedDocument
from vnreport_ocr.archive.record import Record
from vnreport_ocr.errors import DecisionsError, QueryError
from vnreport_ocr.model import Line, Page
from vnreport_ocr.search.extract import FACTS
from vnreport_ocr.search.figure import Figure
from vnreport_ocr.search.query import Node
from vnreport_ocr.serve.asked import LONGEST_QUERY, box_in, key_in, number_in, text_in
from vnreport_ocr.serve.graph import graph, incoming, outgoing
from vnreport_ocr.serve.indicators import address_of, source_of
from vnreport_ocr.serve.reviewing import ReviewPage
from vnreport_ocr.serve.sheet import sheet_of
from vnreport_ocr.serve.site import Site

_MOST_FIGURES = 500
_MOST_PAGES = 2000
"""Pages that are listed of a document; each can be asked for."""


class Documents:
    """Answers what is asked about one document."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._archive = site.archive

    def document(self, request: Request) -> Response:
        """Show a document."""
        document, record = self._asked(request)
        names, named_by = (
            outgoing(self._archive.relations(document.path)),
            incoming(self._archive.relations_to(document.path)),
        )
        marks = self._archive.page_marks(document.path)
        values = {
            "document": document, "heading": heading_of(document), "facts": [n for n in FACTS if n in document.facts],
            "names": names, "named_by": named_by, "graph": graph(names, named_by), "marks": marks[:_MOST_PAGES],
            "page_count": document.pages, "outputs": self._outputs(record), "review": self._has_review(record),
            "decisions": self._decisions(record), "indicators": self._indicators(document.path),
        }  # fmt: skip
        return self._site.page(request, "document.html", values)

    def _node(self, query: str) -> Node | None:
        """Return what is marked: what the search looked for, so that a result and its page show the same hits."""
        try:
            return self._archive.meant(query) if query else None
        except QueryError:
            return None

    def page(self, request: Request) -> Response:
        """Show a page: its picture, and its text."""
        document, record = self._asked(request)
        number = number_in(request.query_params, "n") or 1
        kept = self._archive.page(document.path, number)
        if kept is None:
            raise HTTPException(404)
        query = text_in(request.query_params, "q", LONGEST_QUERY)
        page = self._leaf(record, number)
        known = page is not None
        if page is None:
            page = Page(number, tuple(map(Line, kept.text.splitlines())))
        mark = next((mark for mark in self._archive.page_marks(document.path) if mark.number == number), None)
        say = self._site.say(request.scope)
        partly = page.incomplete or (mark.error if mark is not None and page.error is None else None)
        values = {
            "incomplete": say.trouble(partly, page.error_class) if partly else "",
            "document": document, "heading": heading_of(document), "number": number, "query": query, "known": known,
            "sheet": sheet_of(page, self._node(query), box_in(request.query_params)), "mark": mark,
            "error": say.trouble(page.error, page.error_class) if page.error else "",
            "picture": page.error is None and self._site.places.original(record) is not None,
            "review": self._has_review(record), "page_count": document.pages,
        }  # fmt: skip
        return self._site.page(request, "page.html", values)

    def picture(self, request: Request) -> Response:
        """Give the picture of a page."""
        document, record = self._asked(request)
        number = number_in(request.query_params, "n") or 1
        path = self._site.places.original(record)
        if path is None or self._archive.page(document.path, number) is None:
            raise HTTPException(404)
        page = self._leaf(record, number) or Page(number, (), size=(1.0, 1.0))
        drawn = self._site.pictures.draw(path, record.sha256, page)
        if drawn is None:
            raise HTTPException(404)
        headers = {"cache-control": "private, max-age=600", "content-disposition": "inline"}
        return Response(drawn, media_type="image/webp", headers=headers)

    def download(self, request: Request) -> Response:
        """Give one of the outputs of a document."""
        _, record = self._asked(request)
        ending = request.query_params.get("name", "")
        path = self._site.places.output(record, ending)
        if path is None:
            raise HTTPException(404)
        name = shown(path.name)
        return FileResponse(path, media_type="application/octet-stream", filename=name)

    def table(self, request: Request) -> Response:
        """Give one of the tables of the archive."""
        path = self._site.places.table(request.query_params.get("name", ""))
        if path is None:
            raise HTTPException(404)
        return FileResponse(path, media_type="application/octet-stream", filename=path.name)

    def review(self, request: Request) -> Response:
        """Give the review page of a document."""
        document, record = self._asked(request)
        path = self._site.places.output(record, "html")
        if path is None:
            raise HTTPException(404)
        tail = f'<script src="{self._site.static_address("review.js")}"></script>' if self._site.review else ""
        page = ReviewPage(path, tail)
        if not page.is_ours:
            values = {"document": document, "heading": heading_of(document)}
            return self._site.page(request, "foreign.html", values, 409)
        headers = {"content-security-policy": page.policy}
        return StreamingResponse(page.pieces(), media_type="text/html; charset=utf-8", headers=headers)

    def decisions(self, request: Request) -> Response:
        """Give the decisions that are kept about a document."""
        _, record = self._asked(request)
        return Response(self._site.decisions.told(record), media_type="application/json")

    def take(self, request: Request, body: bytes) -> Response:
        """Keep the decisions that the review page sends."""
        if not self._site.review:
            raise HTTPException(405)
        _, record = self._asked(request)
        try:
            count = self._site.decisions.take(record, body.decode("utf-8"))
        except (DecisionsError, UnicodeDecodeError) as error:
            raise HTTPException(400) from error
        return Response(f'{{"kept": {count}}}', media_type="application/json")

    def _asked(self, request: Request) -> tuple[ArchivedDocument, Record]:
        key = key_in(request.query_params)
        document = self._archive.document(key) if key else None
        record = self._archive.record(key) if document is not None else None
        if document is None or record is None:
            raise HTTPException(404)
        return document, record

    def _leaf(self, record: Record, number: int) -> Page | None:
        path = self._site.places.output(record, "json")
        return self._site.leaves.page(path, number) if path is not None else None

    def _outputs(self, record: Record) -> list[tuple[str, int]]:
        places = self._site.places
        sizes = dict(record.output_files())
        named = places.outputs(record)
        return [(ending, sizes[name]) for ending, name in named.items() if places.output(record, ending) is not None]

    def _has_review(self, record: Record) -> bool:
        return self._site.places.output(record, "html") is not None

    def _indicators(self, path: str) -> list[tuple[Figure, str, str]]:
        found = islice(self._archive.indicators(path), _MOST_FIGURES)
        return [(one, address_of(one.key), source_of(one)) for one in found]

    def _decisions(self, record: Record) -> int:
        try:
            return len(self._site.decisions.kept(record).made)
        except DecisionsError:
            return 0


def heading_of(document: ArchivedDocument) -> str:
    """Name a document as a person would: its subject, else its kind and number, else its file."""
    facts = document.facts
    return facts.get("title") or " ".join(filter(None, (facts.get("kind"), facts.get("number")))) or document.path
