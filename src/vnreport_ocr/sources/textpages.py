"""A text as pages of lines: cut at form feeds, and where a page would grow too long for the memory."""

import re
from collections.abc import Iterator

from vnreport_ocr.model import Line

LONGEST = 2000
"""Lines of a page at most, so that the memory does not grow with the text."""

_LONGEST_LINE = 20_000
_FULL = 250_000
"""Characters after which a page ends with its line, for the same reason; a line longer than two such is cut."""

_END = re.compile(r"\r\n|\n|\r|\f")


def page_bounds(text: str) -> list[tuple[int, int]]:
    """Where each page begins and ends; an empty text is one empty page.

    Only the ends of lines that all systems know divide: other separators are letters in some old charsets.
    """
    bounds: list[tuple[int, int]] = []
    start = lines = 0
    for found in _END.finditer(text):
        for cut in _cuts(text, start, found.start()):
            bounds.append((start, cut))
            start, lines = cut, 0
        lines += 1
        if found.group() == "\f" or lines >= LONGEST or found.end() - start >= _FULL:
            bounds.append((start, found.end()))
            start, lines = found.end(), 0
    for cut in _cuts(text, start, len(text)):
        bounds.append((start, cut))
        start = cut
    if start < len(text) or not bounds:
        bounds.append((start, len(text)))
    return bounds


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Where a monstrous line is cut, after a blank where there is one."""
    while end - start > 2 * _FULL:
        start = text.rfind(" ", start + 1, start + _FULL) + 1 or start + _FULL
        yield start


def page_lines(text: str) -> tuple[Line, ...]:
    """The lines of a page with their ends as they are."""
    lines: list[Line] = []
    start = 0
    for found in _END.finditer(text):
        lines += _pieces(text[start : found.start()], found.group())
        start = found.end()
    if start < len(text):
        lines += _pieces(text[start:], "")
    return tuple(lines)


def _pieces(line: str, end: str) -> Iterator[Line]:
    """A line as it is, or a monstrous one in pieces that end at a blank where there is one."""
    while len(line) > _LONGEST_LINE:
        cut = line.rfind(" ", 1, _LONGEST_LINE) + 1 or _LONGEST_LINE
        yield Line(line[:cut], end="")
        line = line[cut:]
    yield Line(line, end=end)
