"""What goes on over the end of a page: where its running text begins and ends, and the words on both sides.

A phrase that begins on one page and ends on the next is found on the first. For that the index has the last words of a
page, each behind an omega, and the first of the next, each behind an alpha: such words meet nobody who asks for plain
ones, and few pages have them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import Final, NamedTuple, TypeVar

from vnreport_ocr.model import Line, Page, Role, Table
from vnreport_ocr.search.words import bare_text, on_one_line, words_of, written_text

REACH: Final = 20
"""How many words of a phrase may be on each side of the end of a page."""
OMEGA, ALPHA = "\N{GREEK SMALL LETTER OMEGA}", "\N{GREEK SMALL LETTER ALPHA}"
_NUMBER_OF_PAGE: Final = re.compile(r"\W*(?:trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\W*", re.IGNORECASE)
_MOST_LETTERS: Final = 60 * REACH
_T = TypeVar("_T")


class Running(NamedTuple):
    """Where the text of a page that goes on from the page before begins, and where what goes on behind it ends."""

    start: int = 0
    stop: int = 0


def running(page: Page) -> Running:
    """Leave out running heads, page numbers and footnotes at the edges of a page's text."""
    pieces = list(page.pieces())
    if not pieces:
        return Running()
    text = page.text
    start, stop = 0, len(text)
    if not isinstance(pieces[0], Table):
        start = sum(len(line.text + line.end) for line in _edge(pieces[0], ()))
    if not isinstance(pieces[-1], Table):
        lines = pieces[-1]
        left = tuple(_edge(tuple(reversed(lines)), (Role.FOOTNOTE,)))
        kept = lines[: len(lines) - len(left)]
        # Counted from behind: what stands before may be a table, whose text is laid out.
        tail = "".join(line.text + line.end for line in left[::-1])
        stop = len(text.rstrip("\n")) - len(tail.rstrip("\n")) if kept and tail.strip() else len(text)
    return Running(min(start, stop), stop)


def _edge(lines: Sequence[Line], roles: tuple[Role, ...]) -> Iterator[Line]:
    """Yield the lines at an edge that do not belong to the running text."""
    for line in lines:
        said = line.text.strip()
        if said and line.role not in (Role.FURNITURE, *roles) and not _NUMBER_OF_PAGE.fullmatch(said):
            return
        yield line


def over_the_end(text: str, running: Running, following: str, next_running: Running) -> str:
    """Return the last words of a page and, on a second line, the first of the next; nothing where one has none."""
    last = text[max(running.start, running.stop - _MOST_LETTERS) : running.stop]
    first = following[next_running.start : min(next_running.stop, next_running.start + _MOST_LETTERS)]
    before, behind = list(words_of(last)), list(words_of(first))
    if not before or not behind:
        return ""
    begin, end = before[max(0, len(before) - REACH)].start, behind[min(REACH, len(behind)) - 1].end
    return on_one_line(last[begin:]) + "\n" + on_one_line(first[:end])


def across_form(words: str) -> str:
    """Return such words as the index has them: as written, then without marks."""
    last, _, first = words.partition("\n")
    if not last or not first:
        return ""
    return " ".join(
        side + word
        for form in (written_text, bare_text)
        for side, said in ((OMEGA, last), (ALPHA, first))
        for word in form(said).split()
    )


def across_phrases(words: Sequence[str], *, prefix: bool) -> list[str]:
    """Return the phrases that span the end of a page, one for each place where it may divide them."""
    return [
        '"' + " ".join(chain((OMEGA + w for w in words[:cut]), (ALPHA + w for w in words[cut:]))) + '"'
        + (" *" if prefix else "")
        for cut in range(max(1, len(words) - REACH), min(REACH, len(words) - 1) + 1)
    ]  # fmt: skip


def with_next(items: Iterable[_T]) -> Iterator[tuple[_T, _T | None]]:
    """Yield each item with the one after it."""
    end: list[_T | None] = [None]
    return ((one, other) for one, other in pairwise(chain(items, end)) if one is not None)
