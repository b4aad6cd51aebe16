"""Headings: by number and rank, by centred capitals or bold type, and by standing alone above a paragraph."""

import re
from statistics import median
from typing import Final

from vnreport_ocr.model import Role
from vnreport_ocr.structure.outline import is_bare_number, rank_of
from vnreport_ocr.structure.paragraphs import BULLET, LEADERS, in_entries
from vnreport_ocr.structure.sheet import Sheet
from vnreport_ocr.structure.tuning import TUNING
from vnreport_ocr.structure.wording import is_kind

_MIDDLE: Final = TUNING.headings.middle
_SHORT: Final = TUNING.headings.short
_INDENT: Final = TUNING.headings.indent
_LONGEST: Final = TUNING.headings.longest
_MOST_ROWS: Final = TUNING.headings.most_rows
_OPEN_END: Final = TUNING.headings.open_end
_EVEN: Final = TUNING.headings.even
_LEAST_EVEN: Final = TUNING.headings.least_even
_SHORT_OF_EDGE: Final = TUNING.headings.short_of_edge
_NAME_NEAR: Final = TUNING.headings.name_near
_UNFINISHED = re.compile(r"(?:[,;]|\b(?:và|của|hoặc|cho|các|theo|để|tại|từ|với|bởi|trong|là))$")
_OPENS_LIST = re.compile(r"\b(?:sau|gồm|gồm\s+có|sau\s+đây)\s*:$")
"""How a clause ends that is followed by items or a quotation: it is not a title."""
_SENTENCE_END = re.compile(r"[.;,:!?…/]\W?$")
_FIRST_CLAUSE = re.compile(r"1\s*[.)/]\s*\S")
_TITLED: Final = ("article", "arabic", "letter", "decimal")
"""Ranks whose numbers also begin paragraphs and lists: only lines that stand alone are headings."""


def mark_headings(sheet: Sheet) -> None:
    """Mark the headings among the lines of the body."""
    left, right = sheet.column()
    body = list(sheet.body())
    for place, (index, _) in enumerate(body):
        if not _may_be_heading(sheet.texts[index].strip()):
            continue
        following = body[place + 1][0] if place + 1 < len(body) else None
        if _is_heading(sheet, index, following, (left, right)):
            sheet.roles[index] = Role.HEADING
        elif rank_of(sheet.texts[index].strip()) == "article":
            rows = [i for i, _ in body[place : place + _MOST_ROWS + 1]]
            for row in _article_over_lines(sheet, rows, left, right):
                sheet.roles[row] = Role.HEADING
    _named(sheet)
    _go_on(sheet, left, right)


def _may_be_heading(text: str) -> bool:
    """Whether a line has words, and neither the length of a paragraph nor the form of an entry or an item."""
    return (
        any(c.isalpha() for c in text) and len(text) <= _LONGEST and not LEADERS.search(text) and not BULLET.match(text)
    )


def _is_heading(sheet: Sheet, index: int, following: int | None, column: tuple[float, float]) -> bool:
    """Whether a line is a heading by its number and what is around it, by its words, or by its place and type."""
    text, right = sheet.texts[index].strip(), column[1]
    rank = rank_of(text)
    stands_out = sheet.capitals(index) or sheet.bold(index)
    middle, short = _is_central(sheet, index, column), _is_short(sheet, index, column)
    if rank in ("part", "chapter", "section", "subsection", "annex", "roman"):
        placed = stands_out or (middle and short) or (rank != "roman" and short and len(text) < 40)
        return placed or (sheet.heavy and _stands_alone(sheet, index, following, right))
    if rank in _TITLED:
        return _stands_alone(sheet, index, following, right) or (stands_out and _ends_open(text))
    if is_kind(text):
        return True
    worded = any(sum(c.isalpha() for c in word) > 1 for word in text.split()) and not in_entries(sheet.lines[index])
    return middle and short and stands_out and (worded or rank is not None)


def _is_central(sheet: Sheet, index: int, column: tuple[float, float]) -> bool:
    box = sheet.boxes[index]
    return box is not None and abs((box.left + box.right) / 2 - sum(column) / 2) < _MIDDLE * sheet.size[0]


def _is_short(sheet: Sheet, index: int, column: tuple[float, float]) -> bool:
    box, open_end = sheet.boxes[index], sheet.texts[index].strip().endswith((",", ";"))
    return box is not None and box.right - box.left < _SHORT * (column[1] - column[0]) and not open_end


def _ends_open(text: str) -> bool:
    return not text.endswith((",", ";", ".")) or text.isupper()


def _stands_alone(sheet: Sheet, index: int, following: int | None, right: float) -> bool:
    """Whether a numbered line is neither a sentence nor an item, but stands above what begins on the next line."""
    text, box = sheet.texts[index].strip(), sheet.boxes[index]
    if box is None or following is None or not _could_be_title(text):
        return False
    begun = sheet.texts[following].lstrip()
    over_clauses = rank_of(text) == "article" and _FIRST_CLAUSE.match(begun) is not None
    full = box.right > _open_end(sheet, text, box.left, right)
    if full and not sheet.gap_after(index) and not over_clauses:
        return False
    if rank_of(begun) == rank_of(text) or not (begun[:1].isupper() or not begun[:1].isalpha()):
        return False
    if sheet.bold_lead(index) and not sheet.bold(index):
        return False
    known = [t.style for t in sheet.lines[index].tokens if t.style is not None]
    printed = not sheet.heavy and all(t.confidence is None for t in sheet.lines[index].tokens)
    # A text layer knows its bold type: without it a numbered line is an item, except for the articles of old laws.
    return not (printed and known and not sheet.bold(index)) or rank_of(text) == "article"


def _article_over_lines(sheet: Sheet, rows: list[int], left: float, right: float) -> list[int]:
    """Find the lines of an article's long title: the last is short, without a full stop, and text follows."""
    open_end_at = _open_end(sheet, sheet.texts[rows[0]], left, right)
    for count, index in enumerate(rows[:-1]):
        box, after = sheet.boxes[index], sheet.boxes[rows[count + 1]]
        if box is None or after is None or sheet.gap_after(index):
            return []
        if box.right > open_end_at:
            continue
        begun = sheet.texts[rows[count + 1]].lstrip()
        indented = after.left > left + _INDENT and (begun[:1].isupper() or begun[:1].isdigit())
        open_end = _SENTENCE_END.search(sheet.texts[index].strip()) is None
        return rows[: count + 1] if count and indented and open_end else []
    return []


def _open_end(sheet: Sheet, text: str, left: float, right: float) -> float:
    """Return how far a line can reach if it ends its paragraph: on a justified page, to just before the edge.

    This is for articles, which have titles; lines that number anything else may well be items of one line.
    """
    # After a colon comes the text of the article: it has no title.
    titled = rank_of(text) == "article" and not text.rstrip().endswith(":")
    edge = _edge(sheet) if titled else None
    return right - _OPEN_END * (right - left) if edge is None else edge - _SHORT_OF_EDGE


def _edge(sheet: Sheet) -> float | None:
    """Return where the lines of a justified page end, or None for a page that is not justified."""
    ends = sorted(box.right for _, box in sheet.body())
    edge = median(ends[len(ends) // 2 :]) if ends else 0.0
    even = sum(abs(edge - end) < _EVEN for end in ends)
    return edge if even >= max(_LEAST_EVEN, len(ends) / 3) else None


def _could_be_title(text: str) -> bool:
    if _OPENS_LIST.search(text):
        return False
    bare = text.rstrip(":")
    return not _SENTENCE_END.search(bare) and not _UNFINISHED.search(bare) and len(bare.split()) > 1


def _named(sheet: Sheet) -> None:
    """Mark the name of a part or chapter: the capitals below a line that holds only its number, however long they are.

    A name of several lines continues over commas and wider spacing; it ends where the type or the distance changes.
    """
    for index, text in enumerate(sheet.texts):
        if sheet.roles[index] is not Role.HEADING or not is_bare_number(text):
            continue
        before = sheet.boxes[index]
        for place in range(index + 1, min(index + 1 + _MOST_ROWS, len(sheet.lines))):
            box, role = sheet.boxes[place], sheet.roles[place]
            if before is None or box is None or role not in (Role.BODY, Role.HEADING):
                break
            high = max(before.bottom - before.top, box.bottom - box.top)
            near = -high < box.top - before.bottom < _NAME_NEAR * high
            if not near or not sheet.capitals(place) or rank_of(sheet.texts[place]) is not None:
                break
            sheet.roles[place] = Role.HEADING
            before = box


def _go_on(sheet: Sheet, left: float, right: float) -> None:
    """Mark the continuation of a heading over several lines: centred lines of the same look below it."""
    for index in range(1, len(sheet.lines)):
        box, before = sheet.boxes[index], sheet.boxes[index - 1]
        if box is None or before is None or sheet.roles[index] is not Role.BODY:
            continue
        if sheet.roles[index - 1] is not Role.HEADING or sheet.gap_after(index - 1):
            continue
        same = sheet.capitals(index) == sheet.capitals(index - 1) and sheet.bold(index) == sheet.bold(index - 1)
        middle = abs((box.left + box.right) / 2 - (left + right) / 2) < _MIDDLE * sheet.size[0]
        stands_out = sheet.capitals(index) or sheet.bold(index)
        # In a narrow column a heading goes over its edge, and on at its left.
        goes_over = sheet.bold(index) and sheet.texts[index].lstrip()[:1].islower()
        if same and stands_out and (middle or goes_over) and rank_of(sheet.texts[index]) is None:
            sheet.roles[index] = Role.HEADING
