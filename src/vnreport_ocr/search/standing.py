"""How the words of a query are placed in a text: close together and in order, or far apart."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from vnreport_ocr.search.matching import Hit, SearchedText
from vnreport_ocr.search.query import Both, Either, Field, Near, Node, Not, Phrase, as_typed

_OUT_OF_ORDER: Final = 0.6
"""What closeness is worth where the words stand in another order than in the query."""


_BESIDE: Final = 0.5
"""What part of closeness is how many of each two words stand beside each other somewhere."""
_WIDEST_GAP: Final = 3
"""The most letters between two adjacent words."""


class Standing(NamedTuple):
    """How close the words are at their closest, from 0 to 1, and where that is."""

    closeness: float
    start: int


def standing(text: SearchedText, node: Node) -> Standing:
    """Return how the words of a query are placed in a text; a single word is as close as possible.

    Where the text has an abbreviation instead of its words, or the words instead of it, these are placed.
    """
    return _standing(text, as_typed(node, text.fits))


def _standing(text: SearchedText, node: Node) -> Standing:
    if isinstance(node, Either):
        return max((_standing(text, part) for part in node.parts), default=Standing(0.0, 0))
    parts = [part for part in (node.parts if isinstance(node, Both) else (node,)) if not isinstance(part, Field | Not)]
    groups = [_places(text, part) for part in parts]
    found = [group for group in groups if group]
    if not found:
        return Standing(0.0, 0)
    closest = _closest(found)
    beside = [_beside(text.text, one, two) for one, two in pairwise(groups)]
    closeness = closest.closeness
    if beside:
        closeness = (1 - _BESIDE) * closeness + _BESIDE * sum(beside) / len(beside)
    return closest._replace(closeness=closeness * (len(found) / len(groups)) ** 2)


def _beside(text: str, ones: Sequence[Hit], twos: Sequence[Hit]) -> bool:
    """Whether one of the first is directly before one of the second anywhere in the text."""
    starts = {hit.start for hit in twos}
    return any(
        hit.end + gap in starts and not any(map(str.isalnum, text[hit.end : hit.end + gap]))
        for hit in ones
        for gap in range(1, _WIDEST_GAP + 1)
    )


def _places(text: SearchedText, node: Node) -> list[Hit]:
    if isinstance(node, Phrase):
        return text.places(node)
    if isinstance(node, Near):
        return text.close(node)
    return text.hits(node)


def _closest(groups: Sequence[Sequence[Hit]]) -> Standing:
    """Find the shortest stretch that contains a place of every group."""
    need = sum(min(hit.end - hit.start for hit in group) for group in groups) + len(groups) - 1
    last: list[Hit | None] = [None] * len(groups)
    missing = len(groups)
    best = Standing(0.0, groups[0][0].start)
    for hit, number in sorted((hit, number) for number, group in enumerate(groups) for hit in group):
        missing -= last[number] is None
        last[number] = hit
        if missing:
            continue
        seen = [one for one in last if one is not None]
        start = min(seen).start
        closeness = min(1.0, need / max(1, max(one.end for one in seen) - start))
        if closeness > best.closeness and any(one > two for one, two in pairwise(seen)):
            closeness *= _OUT_OF_ORDER
        if closeness > best.closeness:
            best = Standing(closeness, start)
    return best
