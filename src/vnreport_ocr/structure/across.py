"""What only several pages together can show: running heads, tables that continue, amendments quoted over pages.

Works on a window that slides over the pages, so that a long document needs no more memory than a short one. Each page
has been read by itself; what is found here changes the roles of lines, never their text, and applying it twice gives
the same result.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz import fuzz

from vnreport_ocr.model import Line, Page, Role, Table
from vnreport_ocr.structure.furniture import at_edge, without_furniture
from vnreport_ocr.structure.segments import line_box
from vnreport_ocr.structure.tuning import TUNING

AROUND: Final = TUNING.across.around
_OFTEN: Final = TUNING.across.often
_ALIKE: Final = TUNING.across.alike
_SAME_HEIGHT: Final = TUNING.across.same_height
_SHORTEST: Final = TUNING.across.shortest
_LONGEST: Final = TUNING.across.longest
_SAME_WIDTH: Final = TUNING.across.same_width
_HEAD_ROWS: Final = TUNING.across.head_rows
_SAME_ROW: Final = TUNING.across.same_row
_FIGURES = re.compile(r"\d+")
_OPENS = re.compile(r"\s*[“\"«]")
_CLOSES = re.compile(r"[”\"»]\s*[.;,:/]*\s*\W{0,2}$")

Window = Sequence[Page]


def across(pages: Iterable[Page], *, furniture: bool = True) -> Iterator[Page]:
    """Yield the pages with what their neighbours reveal about them, without running heads if unwanted."""
    headed = _windowed(pages, _with_running_heads)
    told = _tables_that_go_on(_windowed(headed, _Quotes().marked))
    return told if furniture else map(without_furniture, told)


def _windowed(pages: Iterable[Page], step: Callable[[Window, int], Page]) -> Iterator[Page]:
    """Call ``step`` with each page among its neighbours as they were before any step."""
    window: deque[Page] = deque()
    at = 0
    for page in pages:
        window.append(page)
        if len(window) - at > AROUND:
            yield step(tuple(window), at)
            at += 1
            if at > AROUND:
                window.popleft()
                at -= 1
    while at < len(window):
        yield step(tuple(window), at)
        at += 1


Edge = tuple[str, float]


def _with_running_heads(window: Window, at: int) -> Page:
    """Mark the lines at the page's edges that recur on neighbouring pages at the same height."""
    page = window[at]
    candidates = {index: edge for index in range(len(page.lines)) if (edge := _edge(page, index)) is not None}
    if not candidates:
        return page
    others = [list(_edges(other)) for place, other in enumerate(window) if abs(place - at) <= AROUND and place != at]
    marked = {
        index
        for index, edge in candidates.items()
        if 1 + sum(any(_same(edge, there) for there in edges) for edges in others) >= _OFTEN
    }
    if not marked:
        return page
    lines = tuple(replace(line, role=Role.FURNITURE) if i in marked else line for i, line in enumerate(page.lines))
    return replace(page, lines=lines)


def _edges(page: Page) -> Iterator[Edge]:
    for index in range(len(page.lines)):
        edge = _edge(page, index, marked=True)
        if edge is not None:
            yield edge


def _edge(page: Page, index: int, *, marked: bool = False) -> Edge | None:
    """Return the text of a line at the page's edge with its figures masked, and its height."""
    line = page.lines[index]
    box = line_box(line)
    text = line.text.strip()
    if page.size is None or box is None or not _SHORTEST <= len(text) <= _LONGEST:
        return None
    if line.role in (Role.LETTERHEAD, Role.TITLE, Role.STAMP) or (line.role is Role.FURNITURE and not marked):
        return None
    return (_FIGURES.sub("0", text), box.top) if at_edge(box.top, box.bottom, page.size[1]) else None


def _same(one: Edge, other: Edge) -> bool:
    return abs(one[1] - other[1]) < _SAME_HEIGHT and fuzz.ratio(one[0], other[0]) >= _ALIKE


def _tables_that_go_on(pages: Iterable[Page]) -> Iterator[Page]:
    """Mark the tables that continue one from the foot of the page before, and which of their rows repeat its header."""
    open_table: Table | None = None
    for page in pages:
        first = _first_table(page)
        if first is not None and open_table is not None and _fits(open_table, first):
            told = replace(first, continues=True, repeated=_repeated(open_table, first))
            page = replace(page, tables=tuple(told if table is first else table for table in page.tables))
            last = _last_table(page)
            # The header is that of the table's first page, however often it continues.
            open_table = open_table if last is told else last
        else:
            open_table = _last_table(page)
        yield page


def _flowing(page: Page, lines: Sequence[Line]) -> bool:
    return any(line.role not in (Role.FURNITURE, Role.FOOTNOTE) and line.text.strip() for line in lines)


def _first_table(page: Page) -> Table | None:
    """Return the table that a page begins with."""
    first = min(page.tables, key=lambda table: table.before_line, default=None)
    return first if first is not None and not _flowing(page, page.lines[: first.before_line]) else None


def _last_table(page: Page) -> Table | None:
    """Return the table that a page ends with."""
    last = max(page.tables, key=lambda table: table.before_line, default=None)
    return last if last is not None and not _flowing(page, page.lines[last.before_line :]) else None


def _edges_of(table: Table) -> list[float]:
    """Return where the columns begin, and where the last one ends."""
    lefts: dict[int, float] = {}
    for cell in table.cells:
        if cell.box is not None:
            lefts[cell.column] = min(cell.box.left, lefts.get(cell.column, cell.box.left))
    return [lefts[column] for column in sorted(lefts)] + ([table.box.right] if table.box is not None else [])


def _fits(one: Table, other: Table) -> bool:
    """Whether two tables have the same columns."""
    before, after = _edges_of(one), _edges_of(other)
    if not before or len(before) != len(after):
        return False
    shift = sum(b - a for a, b in zip(before, after, strict=True)) / len(before)
    return all(abs(b - a - shift) < _SAME_WIDTH for a, b in zip(before, after, strict=True))


def _repeated(one: Table, other: Table) -> int:
    """Count the first rows that repeat the first rows of the table that continues."""
    count = 0
    for before, after in zip(one.rows()[:_HEAD_ROWS], other.rows()[:_HEAD_ROWS], strict=False):
        said, again = " ".join(before), " ".join(after)
        if _FIGURES.findall(said) != _FIGURES.findall(again) or fuzz.ratio(said, again) < _SAME_ROW:
            break
        count += 1
    return count


class _Quotes:
    """Marks quoted lines; whether a quotation could begin on a page is found out once, and on most none does."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Page, bool]] = {}

    def marked(self, window: Window, at: int) -> Page:
        """Mark the quoted lines of one page of the window."""
        # The pages are kept beside what is known of them: one that is gone leaves its identity to another.
        self._known = {id(page): self._known.get(id(page)) or (page, _may_open(page)) for page in window}
        near = window[max(0, at - AROUND) : at + 1]
        return _with_quotes(window, at) if any(self._known[id(page)][1] for page in near) else window[at]


def _may_open(page: Page) -> bool:
    return any(_OPENS.match(line.text) for line in page.lines)


def _with_quotes(window: Window, at: int) -> Page:
    """Mark the lines of quoted amendments, including those that continue from a page before."""
    page = window[at]
    open_before = False
    for place in range(max(0, at - AROUND), at):
        open_before = _quoted(window[place], open_before, window[place + 1 : place + 1 + AROUND])[1]
    marked, _ = _quoted(page, open_before, [window[i] for i in range(at + 1, min(len(window), at + 1 + AROUND))])
    if not marked:
        return page
    lines = tuple(replace(line, role=Role.QUOTE) if i in marked else line for i, line in enumerate(page.lines))
    return replace(page, lines=lines)


def _quoted(page: Page, is_open: bool, following: Sequence[Page]) -> tuple[set[int], bool]:
    """Return which lines are quoted, and whether the quotation is still open at the end of the page."""
    marked: set[int] = set()
    before = ""
    lines = [(i, line) for i, line in enumerate(page.lines) if line.role in (Role.BODY, Role.HEADING, Role.QUOTE)]
    for place, (index, line) in enumerate(lines):
        text = line.text.strip()
        if not text:
            if is_open:
                marked.add(index)
            continue
        if not is_open and _OPENS.match(text) and before.endswith(":"):
            rest = [other.text for _, other in lines[place:]]
            is_open = _closes_somewhere(rest, following)
        if is_open:
            marked.add(index)
            is_open = not _CLOSES.search(text)
        before = text
    return marked, is_open


def _closes_somewhere(rest: Sequence[str], following: Sequence[Page]) -> bool:
    """Whether a quotation that begins here ends on this page or on one of the next."""
    if any(_CLOSES.search(text) for text in rest):
        return True
    return any(
        _CLOSES.search(line.text) for page in following for line in page.lines if line.role is not Role.FURNITURE
    )
