"""A stretch of a text around the hits, on one line."""

import re
from collections.abc import Sequence
from itertools import islice

from vnreport_ocr.search.matching import Hit, SearchedText
from vnreport_ocr.search.words import TOKEN

_BEFORE, _BEHIND = 12, 24
"""Words of a snippet before and from the first hit on."""
_REACH = 1_200
"""Letters in which the words before are looked for."""
_DENSE = 160
"""Letters in which hits are counted to find where most of them are."""


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
    place = start
    for hit in hits:
        if hit.start < place or hit.end > stop:
            continue
        made += _one_line(said[place : hit.start])
        begin = len(made)
        made += _one_line(said[hit.start : hit.end])
        marked.append(Hit(begin, len(made)))
        place = hit.end
    made += _one_line(said[place:stop])
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


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
