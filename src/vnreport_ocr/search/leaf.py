"""A page that the index found: how well it answers the query, and what is shown of it."""

from functools import cached_property
from typing import Any, Final, NamedTuple

from vnreport_ocr.search.matching import Hit, SearchedText
from vnreport_ocr.search.query import Node, as_typed
from vnreport_ocr.search.snippets import snippet
from vnreport_ocr.search.standing import standing

LEAF: Final = (
    "p.id, p.text, p.heading, p.as_read, p.across, p.number, p.quality, d.path, d.number, d.kind, d.title, d.issuer,"
    " d.date"
)
"""What is read from a page ``p`` and its document ``d``."""
_APART: Final = "\n\N{GREEK SMALL LETTER OMEGA}0\n"
"""Separates texts, so that no phrase spans two of them."""
_HEADING: Final = 0.5
"""What words close together in a heading count besides, those in the text counting 1."""
_SHARE: Final = 0.3
"""What the weight of the words in the index counts besides."""
_ABOUT: Final = 0.1
"""What it counts besides that the text says little else."""
_AS_TYPED: Final = 0.35
"""What it counts besides that the text has what was typed, not what only means the same."""
_USUAL: Final = 20_000
"""Letters of a text of which that counts half."""


class FoundPage(NamedTuple):
    """A page that a query found."""

    path: str
    page: int
    score: float
    snippet: str
    hits: tuple[Hit, ...]
    """The positions of the query's words in the snippet."""
    quality: float | None
    number: str | None
    kind: str | None
    title: str | None
    issuer: str | None
    date: str | None


class Leaf:
    """A page as it is stored."""

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.row: int
        self.row, self._said, self._heading, self._as_read, self._across, *self._facts = row
        self.score = 0.0
        self.is_as_typed = True
        """Whether it has what was typed, not what only means the same."""
        self._at: int | None = None

    @cached_property
    def _text(self) -> SearchedText:
        return SearchedText(str(self._said))

    def fits(self, node: Node) -> bool:
        """Whether the page is what is asked for."""
        said = (self._said, self._heading, self._as_read, self._across)
        return SearchedText(_APART.join(map(str, said))).fits(node)

    def weigh(self, node: Node, share: float) -> None:
        """Score the page by how the words stand in it, and by their weight in the index."""
        body = standing(self._text, node)
        self._at = body.start if body.closeness else None
        over = standing(SearchedText(str(self._across)), node).closeness if self._across and body.closeness < 1 else 0.0
        heading = standing(SearchedText(str(self._heading)), node).closeness if self._heading else 0.0
        typed = as_typed(node)
        self.is_as_typed = typed == node or self.fits(typed)
        near = max(body.closeness, over)
        about = near * _USUAL / (_USUAL + len(str(self._said)))
        self.score = _AS_TYPED * self.is_as_typed + near + _HEADING * heading + _SHARE * share + _ABOUT * about

    def found(self, node: Node) -> FoundPage:
        """Return what is shown of it."""
        number, quality, path, *facts = self._facts
        text, hits = self._text, self._text.hits(node)
        first = self._at
        for said in (self._heading, self._as_read, self._across):
            if hits:
                break
            if said and (others := (other := SearchedText(str(said))).hits(node)):
                text, hits, first = other, others, None
        shown, marked = snippet(text, hits, first)
        told = [None if fact is None else str(fact) for fact in facts]
        return FoundPage(
            str(path), int(number), self.score, shown, tuple(marked), None if quality is None else float(quality), *told
        )
