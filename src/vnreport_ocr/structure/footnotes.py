"""Footnotes: smaller lines at the foot of a page."""

import re
from typing import Final

from vnreport_ocr.model import Role
from vnreport_ocr.raised import PLAIN, RAISED_FIGURES
from vnreport_ocr.structure.sheet import Sheet
from vnreport_ocr.structure.tuning import TUNING

_SMALLER: Final = TUNING.footnotes.smaller
_HIGHEST: Final = TUNING.footnotes.highest
_LONG: Final = TUNING.footnotes.long
_MARK = re.compile(rf"\s*(?P<mark>[{RAISED_FIGURES}]+|\(?\d{{1,3}}\)?(?=\s)|\[\d{{1,3}}\]|\*+)\s*(?=\S)")


def mark_of(text: str) -> str | None:
    """Return the number or sign that a footnote begins with."""
    match = _MARK.match(text)
    return match["mark"].translate(PLAIN).strip("()[]") if match is not None else None


def without_mark(text: str) -> str:
    """Return a footnote's text without its mark."""
    return _MARK.sub("", text, count=1)


def mark_footnotes(sheet: Sheet) -> None:
    """Mark the smaller lines at the foot of the page, from the first one that begins with a mark."""
    sizes = sheet.sizes()
    body = [s for s, text in zip(sizes, sheet.texts, strict=True) if s and len(text) > 40]
    usual = max(body, default=0.0) if len(body) < 6 else sorted(body)[-len(body) // 4]
    small = [bool(s) and s < _SMALLER * usual for s in sizes]
    index = len(sheet.lines)
    while index and (small[index - 1] or sheet.roles[index - 1] is Role.FURNITURE):
        index -= 1
    begin = next((i for i in range(index, len(sheet.lines)) if small[i] and mark_of(sheet.texts[i])), None)
    if begin is None or (begin > index and _goes_on_from_before(sheet, index, begin)):
        begin = index if begin is not None or _is_overflow(sheet, index) else None
    if begin is None or begin >= len(sheet.lines) or sheet.roles[begin] is not Role.BODY:
        return
    box = sheet.boxes[begin]
    if box is not None and box.top < _HIGHEST * sheet.size[1]:
        return
    for i in range(begin, len(sheet.lines)):
        if sheet.roles[i] is Role.BODY:
            sheet.roles[i] = Role.FOOTNOTE


def _goes_on_from_before(sheet: Sheet, index: int, begin: int) -> bool:
    """Whether the small lines before the first marked one belong to a footnote of the page before."""
    return all(sheet.roles[i] is Role.BODY and len(sheet.texts[i]) > 20 for i in range(index, begin))


def _is_overflow(sheet: Sheet, index: int) -> bool:
    """Whether the small lines at the foot continue a footnote from the page before: several, and long."""
    rest = [i for i in range(index, len(sheet.lines)) if sheet.roles[i] is Role.BODY]
    long = [i for i in rest if len(sheet.texts[i]) > _LONG]
    return index > 0 and len(rest) >= 2 and len(long) > len(rest) / 2 and sheet.gap_after(index - 1)
