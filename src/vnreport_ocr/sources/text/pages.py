"""A text as pages of lines: cut at form feeds, and between paragraphs where a page would grow too long."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from vnreport_ocr.model import Line

LONGEST = 2000
"""Lines of a page at most, so that the memory does not grow with the text."""

_LONGEST_LINE = 20_000
_FULL = 250_000
"""Characters after which a page ends with its line, for the same reason; a line longer than two such is cut."""

_LAST: Final = 200
"""Lines at the end of a page that grew too long, before one of which it is rather cut: between paragraphs."""
_NEVER_BEFORE: Final = 0.75
"""The part of such a page that is never cut, so that pages stay long."""
_APART: Final = re.compile(r"(?>\r\n|\n|\r)(?:[ \t]*(?>\r\n|\n|\r))+")
"""Blank lines, which stand between paragraphs, and more of them before a table or a heading."""

_END = re.compile(r"\r\n|\n|\r|\f")


def cut_pages(pieces: Iterable[str]) -> Iterator[str]:
    """Return the pages of a text that comes in pieces, each as soon as it is whole; an empty text is one empty page.

    Only the ends of lines that all systems know divide: other separators are letters in some old charsets.
    """
    held = ""
    seen = lines = count = 0
    for piece in _with_whole_ends(pieces):
        held += piece
        start = 0
        for found in _END.finditer(held, seen):
            for cut in _cuts(held, start, found.start()):
                yield held[start:cut]
                start, lines, count = cut, 0, count + 1
            lines += 1
            seen = found.end()
            if found.group() == "\f":
                yield held[start:seen]
                start, lines, count = seen, 0, count + 1
            elif lines >= LONGEST or seen - start >= _FULL:
                cut = _between_paragraphs(held, start, seen)
                yield held[start:cut]
                start, lines, count = cut, sum(1 for _ in _END.finditer(held, cut, seen)), count + 1
        for cut in _cuts(held, start, len(held)):
            yield held[start:cut]
            start, lines, count = cut, 0, count + 1
        held = held[start:]
        seen = max(0, seen - start)
    if held or not count:
        yield held


def _with_whole_ends(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the same text in pieces that never part the two characters of one line end."""
    held = ""
    for piece in pieces:
        held += piece
        if held.endswith("\r"):
            yield held[:-1]
            held = "\r"
        else:
            yield held
            held = ""
    yield held


def _between_paragraphs(text: str, start: int, end: int) -> int:
    """Return where a page that is full is cut: behind the last of the widest gaps near its end, else at its end.

    What belongs together, as the head of a table and its rows, stays on one page.
    """
    ends = [found.end() for found in _END.finditer(text, start + int(_NEVER_BEFORE * (end - start)), end)][-_LAST:]
    gaps = [
        (found[0].count("\n") or found[0].count("\r"), found.end()) for found in _APART.finditer(text, ends[0], end)
    ]
    return max(gaps, default=(0, end))[1]


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Where a monstrous line is cut, after a blank where there is one."""
    while end - start > 2 * _FULL:
        start = text.rfind(" ", start + 1, start + _FULL) + 1 or start + _FULL
        yield start


def page_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a page with their ends as they are."""
    lines: list[Line] = []
    start = 0
    for found in _END.finditer(text):
        stop, end = found.span()
        lines += _pieces(text[start:stop], found[0]) if stop > start else (_BLANK[found[0]],)
        start = end
    if start < len(text):
        lines += _pieces(text[start:], "")
    return tuple(lines)


_BLANK: Final = {end: Line("", end=end) for end in ("\n", "\r\n", "\r", "\f")}
"""An empty line is one like the other: a text may have millions."""


def _pieces(line: str, end: str) -> Iterator[Line]:
    """Return a line as it is, or a monstrous one in pieces that end at a blank where there is one."""
    while len(line) > _LONGEST_LINE:
        cut = line.rfind(" ", 1, _LONGEST_LINE) + 1 or _LONGEST_LINE
        yield Line(line[:cut], end="")
        line = line[cut:]
    yield Line(line, end=end)
