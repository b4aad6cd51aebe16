"""Lines of print to paragraphs: what belongs together, by position and ending, is joined, and nothing else."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import Final, NamedTuple, Self

from vnreport_ocr.model import Box, Line, between
from vnreport_ocr.structure.outline import rank_of
from vnreport_ocr.structure.segments import line_box
from vnreport_ocr.structure.sheet import is_bold
from vnreport_ocr.structure.tuning import TUNING

BULLET = re.compile(r"\s*[-\N{EN DASH}\N{EM DASH}+•●○▪■□◦◆❖❑➢➔☞✓]\s+(?=\S)(?!.{1,30}\s[-\N{EN DASH}\N{EM DASH}]$)")
"""A sign that begins an item; with the same sign at the end of a short line it is an ornament (``- HẾT -``)."""
_NUMBERED = re.compile(
    r"\s*(?:\(?\d{1,3}(?:\.\d{1,3})*[.)]\s|[IVXLC]{1,6}[.)]\s|\(?[a-zđ]\)|"
    r"(?:Điều|Chương|Mục|Phần|Phụ lục|Khoản)\s+[\dIVXLC]+[.:\s]|(?:Nơi nhận|Kính gửi)\b)"
)
_STAR = re.compile(r"\s*\*+\s*\S")
_SENTENCE_END = re.compile(r"[.:;!?…/][\W_]?$")
LEADERS = re.compile(r"\.{4,}|…{2,}|(?:\s\.){3,}|_{4,}")
"""Dots that lead to a page number, or that are to be written on: such a line stays a line of its own."""
_INDENT: Final = TUNING.paragraphs.indent
_NEAR: Final = TUNING.paragraphs.near
_SHORT: Final = TUNING.paragraphs.short
_RAGGED: Final = TUNING.paragraphs.ragged
_WIDE: Final = TUNING.paragraphs.wide
_WIDEST: Final = TUNING.paragraphs.widest
_FEW_ENTRIES: Final = 5
"""In a line of no more words, each word may be an entry."""
_NAME: Final = TUNING.paragraphs.name
_ROOM: Final = TUNING.paragraphs.room
_MUCH_WIDER: Final = TUNING.paragraphs.much_wider
_COLUMN_LINES: Final = TUNING.paragraphs.column_lines


class TextColumn(NamedTuple):
    """Where the lines of running text begin and end; None if positions are unknown."""

    left: float
    right: float

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Self | None:
        """Return the column that lines of running text fill, judged by most of the long ones."""
        boxes = [box for line in lines if len(line.text) > 1 and (box := line_box(line)) is not None]
        if not boxes:
            return None
        widest = max(box.right - box.left for box in boxes)
        long = [box for box in boxes if box.right - box.left > _RAGGED * widest]
        return cls(min(box.left for box in long), median(sorted(box.right for box in long)[-max(1, len(long) // 2) :]))

    @property
    def width(self) -> float:
        """How wide it is."""
        return max(1.0, self.right - self.left)


def columns_of(lines: Iterable[Line]) -> list[TextColumn]:
    """Return the columns of running text side by side; a single one if lines do not divide into several."""
    placed = [(line, box) for line in lines if len(line.text) > 1 and (box := line_box(line)) is not None]
    if not placed:
        return []
    usual = median(box.right - box.left for _, box in placed)
    spans: list[list[tuple[Line, Box]]] = []
    for line, box in sorted(placed, key=lambda one: one[1].left):
        if box.right - box.left > _MUCH_WIDER * usual:
            continue
        home = next((s for s in spans if box.left < max(other.right for _, other in s) - _INDENT), None)
        if home is None:
            spans.append([(line, box)])
        else:
            home.append((line, box))
    several = len(spans) > 1 and all(len(span) >= _COLUMN_LINES for span in spans)
    groups = [[line for line, _ in span] for span in spans] if several else [[line for line, _ in placed]]
    return [column for group in groups if (column := TextColumn.of(group)) is not None]


def column_at(line: Line, columns: Sequence[TextColumn]) -> TextColumn | None:
    """Return the column that a line is in."""
    box = line_box(line)
    if box is None or not columns:
        return None
    return next((column for column in reversed(columns) if box.left >= column.left - _INDENT), columns[0])


def gathered_in(lines: Sequence[Line], columns: Sequence[TextColumn]) -> list[list[Line]]:
    """Return the lines of each paragraph on a page of columns; one may continue at the top of the next column."""
    groups: list[list[Line]] = []
    before: TextColumn | None = None
    for column, some in groupby(lines, key=lambda line: column_at(line, columns)):
        parts = gathered(list(some), column)
        if groups and parts and goes_over(groups[-1][-1], before, parts[0][0], column):
            groups[-1] += parts.pop(0)
        groups += parts
        before = column
    return groups


def gathered(lines: Sequence[Line], column: TextColumn | None) -> list[list[Line]]:
    """Return the lines of each paragraph."""
    groups: list[list[Line]] = []
    open_group = False
    for line in lines:
        if not line.text.strip():
            open_group = False
            continue
        if open_group and not begins(groups[-1], line, column):
            groups[-1].append(line)
        else:
            groups.append([line])
        open_group = True
    return groups


def begins(before: Sequence[Line], line: Line, column: TextColumn | None) -> bool:
    """Whether a line begins a new paragraph."""
    last = before[-1]
    if last.end.count("\n") > 1 and not (_is_full(last, column) and not _ended(last) and _goes_on(line, column)):
        return True
    if LEADERS.search(line.text) or LEADERS.search(last.text):
        return True
    if in_entries(line):
        return True
    if in_entries(last):
        return _ended(last) or not _hangs(last, line)
    if column is None or line_box(line) is None or line_box(last) is None:
        return _begins_by_wording(before, line)
    return _begins_by_place(before, line, column)


def in_entries(line: Line) -> bool:
    """Whether a line is a row of a list without rulings, or a label and its value.

    Its entries are much further apart than the words of a justified line.
    """
    boxes = [token.box for token in line.tokens if token.box is not None]
    if len(boxes) < 2:
        return False
    high = max(box.bottom - box.top for box in boxes)
    gaps = [after.left - before.right for before, after in pairwise(boxes)]
    first = boxes[0].right - boxes[0].left
    # After the number of an item there is a tab stop; a line stretched to the margin has wide gaps throughout.
    least = max(_WIDE * high, 2 * median(gaps) if len(boxes) > _FEW_ENTRIES else 0.0)
    wide = [gap for number, gap in enumerate(gaps) if gap > least and (number or first > high)]
    return len(wide) > 1 or any(gap > _WIDEST * high for gap in wide)


def _hangs(last: Line, line: Line) -> bool:
    """Whether a line begins below the value, not the label, of the line before it."""
    box = line_box(line)
    boxes = [token.box for token in last.tokens if token.box is not None]
    if box is None or len(boxes) < 2:
        return False
    widest = max(pairwise(boxes), key=lambda pair: pair[1].left - pair[0].right)
    return abs(box.left - widest[1].left) < _NEAR


def goes_over(last: Line, column: TextColumn | None, line: Line, its_column: TextColumn | None) -> bool:
    """Whether the last paragraph of a page continues on the first line of the next."""
    if _ended(last) or not _is_full(last, column) or LEADERS.search(last.text):
        return False
    return _goes_on(line, its_column)


def joined(lines: Sequence[Line]) -> str:
    """Return lines as one."""
    return joined_texts([line.text for line in lines])


def joined_texts(texts: Sequence[str]) -> str:
    """Return texts as one; a number or symbol divided at its hyphen is closed up, nothing else was ever hyphenated."""
    whole = texts[0].strip()
    for text in texts[1:]:
        more = text.strip()
        whole += between(whole, more) + more
    return whole


def is_item(text: str) -> bool:
    """Whether a line begins an item of a list."""
    return bool(BULLET.match(text) or _NUMBERED.match(text) or _STAR.match(text))


def _ended(line: Line) -> bool:
    return _SENTENCE_END.search(line.text.rstrip()) is not None


def _goes_on(line: Line, column: TextColumn | None) -> bool:
    """Whether a line, taken alone, looks like the continuation of a sentence."""
    text = line.text.lstrip()
    box = line_box(line)
    if box is not None and column is not None and box.left > column.left + _INDENT:
        return text[:1].islower()
    return not is_item(text) and rank_of(text) is None and (text[:1].islower() or column is not None)


def _is_full(line: Line, column: TextColumn | None) -> bool:
    box = line_box(line)
    if column is None or box is None:
        return True
    return box.right > column.left + _SHORT * column.width


def _begins_by_place(before: Sequence[Line], line: Line, column: TextColumn) -> bool:
    last, text = before[-1], line.text.lstrip()
    box, above = line_box(line), line_box(last)
    if box is None or above is None:
        return True
    flush = box.left < column.left + _INDENT
    full = _is_full(last, column)
    if text[:1].isupper() and _had_room(above, line, column):
        return True
    if full and flush and not _ended(last):
        # A line at the margin below a full one continues it, even if it begins like an item (``- Công nghệ``).
        return is_bold(line) and not is_bold(last)
    if is_item(text) or (rank_of(text) is not None and text[:1] in "ĐCMP"):
        return True
    first = line_box(before[0])
    if first is not None and len(before) > 1 and abs(box.left - above.left) < _NEAR and not _ended(last):
        return not full and text[:1].isupper() and above.right < column.left + _RAGGED * column.width
    hanging = first is not None and is_item(before[0].text) and box.left > first.left + 3 and len(before) == 1
    if hanging and (not _ended(last) or text[:1].islower()):
        # The few words an item is named by are above the text that explains it.
        return text[:1].isupper() and above.right < column.left + _NAME * column.width
    if box.left > column.left + _INDENT and box.left > above.left - _NEAR:
        return _ended(last) or not full or (text[:1].isupper() and len(before) > 1)
    if _ended(last):
        return not full or (text[:1].isupper() and box.left > column.left + _INDENT)
    return not full and text[:1].isupper()


def _had_room(above: Box, line: Line, column: TextColumn) -> bool:
    """Whether the first words of a line would have fitted behind the line above it: then it was ended on purpose."""
    boxes = [token.box for token in line.tokens if token.box is not None]
    if len(boxes) <= _ROOM:
        return False
    return column.right - above.right > boxes[_ROOM].right - boxes[0].left


def _begins_by_wording(before: Sequence[Line], line: Line) -> bool:
    text, start = before[-1].text.rstrip(), line.text.lstrip()
    if is_item(start):
        return True
    longest = max(len(other.text) for other in before)
    full = len(text) > 0.8 * longest
    if _SENTENCE_END.search(text):
        return not full or (start[:1].isupper() and len(before) > 1 and len(text) < 0.95 * longest)
    return text.isupper() != start.isupper() and len(text) > 1
