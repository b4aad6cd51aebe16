"""Reading order: which fragments make a line, and which stand side by side in two columns.

Letterheads, recipients beside a signature, and pages in two columns are read left block first, then right block.
Rows of a list or of an unruled table stay together as one line.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from vnreport_ocr.model import Box
from vnreport_ocr.sources.tuning import TUNING

_BULLET: Final = TUNING.order.bullet
_GUTTER: Final = TUNING.order.gutter
_NEAR: Final = TUNING.order.near
_LEFT_REACH: Final = TUNING.order.left_reach
_RIGHT_REACH: Final = TUNING.order.right_reach
_CENTRED: Final = TUNING.order.centred
_OPENS_BLOCK = re.compile(r"\W*(?:N[ơo]i\s+(?:nhận|gửi)|S[ốo]\s*:|V/v)", re.IGNORECASE)
_STANDS_ALONE = re.compile(r"C[ỘÔO]NG\s+H|Đ[ẢÁA]NG\s+C|Độc\s+lập|[^,]{2,30},\s*ngày\b|(?:T/?M|K/?T|T/?L|TUQ)\s?\.")
"""What heads the right half of a letter and is no value of what stands to its left."""
_ADDRESSED = re.compile(r"\W*K[íiìỉ]nh\s+(?:g[ửứừữựưu]i|trình|chuyển)\b", re.IGNORECASE)
"""Whom a letter is sent to: that stands under both halves of its head, wherever it begins."""
_VALUE = re.compile(r"\s*[:;]\s*\w")
"""A value behind a colon, which an engine may read as a semicolon."""
_FIGURES = re.compile(r"[\d.,/%()\-\N{EN DASH}… ]{1,14}|\S{1,4}")
_RECKONING = re.compile(r"(?=\D*\d)[\d.,%()\-\N{EN DASH}+x×*=: đ₫]{1,40}")
"""What an entry of a bill leads to: ``3 x 12.500 = 37.500``, ``41.000 đ``."""


class Fragment(NamedTuple):
    """A stretch of one line: its place, its text, and its number among all fragments."""

    box: Box
    text: str
    number: int

    @property
    def height(self) -> float:
        """How high it is."""
        return self.box.bottom - self.box.top


class Ordered(NamedTuple):
    """A line of the page: the numbers of its fragments from left to right, and which block it belongs to."""

    members: tuple[int, ...]
    block: int


def reading_order(boxes: Sequence[Box], texts: Sequence[str]) -> list[Ordered]:
    """Lines in the order a person reads them."""
    fragments = [Fragment(box, text, i) for i, (box, text) in enumerate(zip(boxes, texts, strict=True))]
    blocks = _blocks(sorted(fragments, key=lambda f: (f.box.top, f.box.left)))
    return [Ordered(tuple(f.number for f in row), block) for block, rows in enumerate(blocks) for row in rows]


def _blocks(fragments: list[Fragment]) -> list[list[list[Fragment]]]:
    """Blocks of rows; a zone of two columns gives two blocks."""
    blocks: list[list[list[Fragment]]] = [[]]
    rest = fragments
    while rest:
        first = rest[0]
        row = [first, *(f for f in rest[1:] if _beside(first, f))]
        row.sort(key=lambda f: f.box.left)
        zone = _zone(rest, row) if len(row) == 2 and not _one_line(row) else None
        if zone is None:
            blocks[-1].append(row)
            taken = {f.number for f in row}
        else:
            left, right = zone
            blocks.extend([*_blocks(left), *_blocks(right), []])
            taken = {f.number for f in (*left, *right)}
        rest = [f for f in rest if f.number not in taken]
    return [block for block in blocks if block]


def _beside(one: Fragment, other: Fragment) -> bool:
    """Whether two fragments stand at one height and apart from each other."""
    overlap = min(one.box.bottom, other.box.bottom) - max(one.box.top, other.box.top)
    apart = one.box.right <= other.box.left or other.box.right <= one.box.left
    return apart and overlap > 0.4 * min(one.height, other.height)


def _one_line(row: list[Fragment]) -> bool:
    """Whether a sign of a list, or an entry and its figure, stand before us rather than two columns."""
    left, right = row
    if (left.text.rstrip().endswith(":") or _VALUE.match(right.text)) and not _OPENS_BLOCK.match(left.text):
        # A form: the label and its value.
        return not (_STANDS_ALONE.match(right.text) or right.text.rstrip().endswith(":"))
    gap = (right.box.left - left.box.right) / max(left.height, right.height, 1.0)
    if len(left.text) <= _BULLET:
        return gap < _NEAR * 2
    return gap < _NEAR / 4 or any(form.fullmatch(right.text) for form in (_FIGURES, _RECKONING))


def _zone(rest: list[Fragment], row: list[Fragment]) -> tuple[list[Fragment], list[Fragment]] | None:
    """Return the fragments left and right of the gutter that ``row`` opens; None where it is a single line."""
    left, right = [row[0]], [row[1]]
    low, high = row[0].box.right, row[1].box.left
    line = max(row[0].height, row[1].height, 1.0)
    for fragment in rest:
        if fragment in row:
            continue
        first = len(left) == len(right) == 1
        if _in_three(fragment, rest) or _is_value(fragment, rest) or (first and _is_entry(fragment, rest)):
            if first and fragment.box.top - row[0].box.bottom < _LEFT_REACH * line:
                return None  # the first row of a table or a form that goes on below it
            break
        if _ADDRESSED.match(fragment.text) or _is_under_both(fragment, left, right, line):
            break
        box = fragment.box
        if box.right < high - _GUTTER * line and box.top - left[-1].box.bottom < _LEFT_REACH * line:
            left.append(fragment)
            low = max(low, box.right)
        elif box.left > low + _GUTTER * line and box.top - right[-1].box.bottom < _RIGHT_REACH * line:
            right.append(fragment)
            high = min(high, box.left)
        else:
            break
    if len(left) == 1 and len(right) == 1 and high - low < _NEAR * line:
        return None
    return left, right


def _is_under_both(fragment: Fragment, left: list[Fragment], right: list[Fragment], line: float) -> bool:
    """Whether a fragment below both columns is centred under the two of them and not under the left one: a title."""
    if min(len(left), len(right)) < 2 or fragment.box.top < max(right[-1].box.bottom, left[-1].box.bottom):
        return False
    outer, inner = min(f.box.left for f in left), max(f.box.right for f in left)
    middle = (fragment.box.left + fragment.box.right) / 2
    across = (outer + max(f.box.right for f in right)) / 2
    return (
        abs(middle - across) < _CENTRED * line
        and abs(middle - (outer + inner) / 2) > 2 * _CENTRED * line
        and fragment.box.left > outer + 2 * _CENTRED * line
    )


def _is_value(fragment: Fragment, rest: list[Fragment]) -> bool:
    """Whether the fragment is a value, or the label of one that begins with a colon: a row of a form."""
    others = [other for other in rest if _beside(fragment, other)]
    return bool(others) and any(_VALUE.match(one.text) for one in (fragment, *others))


def _is_entry(fragment: Fragment, rest: list[Fragment]) -> bool:
    """Whether the fragment is words with a reckoning to their right: a row of a bill."""
    others = [other for other in rest if _beside(fragment, other) and other.box.left > fragment.box.right]
    words = any(map(str.isalpha, fragment.text)) and not _RECKONING.fullmatch(fragment.text)
    return words and len(others) == 1 and _RECKONING.fullmatch(others[0].text) is not None


def _in_three(fragment: Fragment, rest: list[Fragment]) -> bool:
    """Whether the fragment stands in a row of three or more, as in an unruled table."""
    others = [other for other in rest if _beside(fragment, other)]
    return any(_beside(one, other) for i, one in enumerate(others) for other in others[i + 1 :])
