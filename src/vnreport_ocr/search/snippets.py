"""A stretch of a text around the hits, on one line, without the signs of Markdown."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from vnreport_ocr.search.matching import Hit, SearchedText
from vnreport_ocr.search.words import TOKEN

_BEFORE, _BEHIND = 12, 24
"""Words of a snippet before and from the first hit on."""
_REACH = 1_200
"""Letters in which the words before are looked for."""
_DENSE = 160
"""Letters in which hits are counted to find where most of them are."""


_SIGNS: Final = re.compile(
    r"(?m)^[ \t]*(?P<heading>#{1,6}[ \t]+)|"
    r"(?<![\w(*])(?P<open>\*{1,3})(?=[\w\"\N{LEFT DOUBLE QUOTATION MARK}(])[^*\n]{1,400}"
    r"(?<=[^\s*(])(?P<close>(?P=open))(?![\w*])|"
    r"(?P<tag></?(?:sup|sub|b|i|u|em|strong)>|<br\s*/?>)",
    re.IGNORECASE,
)
"""Signs that say how words look, in a text with Markdown or in a cell of a table."""


def snippet(text: SearchedText, hits: Sequence[Hit], first: int | None = None) -> tuple[str, list[Hit]]:
    """Return a stretch of the text on one line, and the hits in it: from ``first`` on, or where they are densest."""
    said = text.text
    at = _densest(hits) if first is None else first
    words = list(islice(TOKEN.finditer(said, at), _BEHIND + 1))
    before = [found.start() for found in TOKEN.finditer(said, max(0, at - _REACH), at)]
    if not words and not before:
        return "", []
    start = before[max(0, len(before) - _BEFORE)] if before else words[0].start()
    stop = max(at, words[:_BEHIND][-1].end()) if words else at
    made = "\N{HORIZONTAL ELLIPSIS} " if len(before) > _BEFORE else ""
    marked: list[Hit] = []
    signs = _signs(said, start, stop)
    place = start
    for hit in hits:
        if hit.start < place or hit.end > stop:
            continue
        made += _one_line(said, place, hit.start, signs)
        begin = len(made)
        made += _one_line(said, hit.start, hit.end, signs)
        marked.append(Hit(begin, len(made)))
        place = hit.end
    made += _one_line(said, place, stop, signs)
    return made + (" \N{HORIZONTAL ELLIPSIS}" if len(words) > _BEHIND else ""), marked


def _densest(hits: Sequence[Hit]) -> int:
    """Return where the stretch with the most hits begins."""
    best = most = last = 0
    for number, hit in enumerate(hits):
        last = max(last, number)
        while last < len(hits) and hits[last].start - hit.start < _DENSE:
            last += 1
        if last - number > most:
            best, most = hit.start, last - number
    return best


def _signs(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Return where signs of Markdown stand that are not shown."""
    found: list[tuple[int, int]] = []
    place = start
    while sign := _SIGNS.search(text, place, stop):
        first = "open" if sign["open"] else "tag" if sign["tag"] else "heading"
        found.append(sign.span(first))
        if sign["close"]:
            found.append(sign.span("close"))
        place = sign.end(first)
    return sorted(found)


def _one_line(text: str, start: int, stop: int, signs: Sequence[tuple[int, int]]) -> str:
    made, place = [], start
    for begin, end in signs:
        if place <= begin and end <= stop:
            made.append(text[place:begin])
            place = end
    return re.sub(r"\s+", " ", "".join([*made, text[place:stop]]))
