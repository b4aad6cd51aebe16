"""What a query may mean that finds nothing as typed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from vnreport_ocr.search.query import Both, Either, Near, Node, Phrase, parted
from vnreport_ocr.search.words import bare

_MOST_PARTS: Final = 8
"""The longest query in which one word may be missing; with more words it would be too slow."""


def loosened(node: Node, knows: Callable[[Node], bool]) -> Iterator[tuple[str, Node]]:
    """Give what may be meant, the likeliest first, and how it was loosened.

    ``parted``: words that hide two syllables are two; ``marks``: marks are not asked for; ``words``: words that no page
    has are left out; ``most``: one of the others may be missing too. What is in quotes is meant as it was typed.
    """
    apart = parted(node)
    if apart != node:
        yield "parted", apart
    plain = _plain(node)
    if plain != node:
        yield "marks", plain
    if isinstance(plain, Both):
        kept = tuple(part for part in plain.parts if not _may_be_missing(part) or knows(part))
        if 0 < len(kept) < len(plain.parts) and any(isinstance(part, Phrase | Near | Either) for part in kept):
            yield "words", kept[0] if len(kept) == 1 else Both(kept)
        if 2 < len(kept) <= _MOST_PARTS:
            yield "most", Either(tuple(Both((*kept[:place], *kept[place + 1 :])) for place in _words(kept)))


def _words(parts: tuple[Node, ...]) -> list[int]:
    return [place for place, part in enumerate(parts) if _may_be_missing(part)]


def _may_be_missing(part: Node) -> bool:
    """Whether it is a word, or one in several spellings, as a day is."""
    if isinstance(part, Either):
        return all(map(_may_be_missing, part.parts))
    return isinstance(part, Phrase) and not part.is_quoted


def _plain(node: Node) -> Node:
    if isinstance(node, Phrase):
        if node.is_quoted:
            return node
        return replace(node, terms=tuple(term._replace(text=bare(term.text) or term.text) for term in node.terms))
    if isinstance(node, Both | Either):
        return type(node)(tuple(map(_plain, node.parts)))
    return node
