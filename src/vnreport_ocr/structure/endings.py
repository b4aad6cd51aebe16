"""Recipients on the left and the signature on the right, at the end of a document."""

from typing import Final

from vnreport_ocr.model import Box, Role
from vnreport_ocr.structure.closing import RIGHT
from vnreport_ocr.structure.issuer import tidy
from vnreport_ocr.structure.segments import segments
from vnreport_ocr.structure.sheet import Sheet
from vnreport_ocr.structure.tuning import TUNING
from vnreport_ocr.structure.wording import AUTHORITY, CAPITAL_NAME, DATED, NAME, POST, RECIPIENTS
from vnreport_ocr.vietnamese.degrees import without_rank

_LEFT: Final = TUNING.endings.left
_RISE: Final = TUNING.endings.rise
_LEVEL: Final = TUNING.endings.level
_UNDER: Final = TUNING.endings.under


def mark_endings(sheet: Sheet) -> None:
    """Mark both blocks, from the line where the first of them begins to where text spans the page again."""
    start = next((i for i, _ in sheet.body() if RECIPIENTS.match(sheet.texts[i]) and len(sheet.texts[i]) < 80), None)
    signed = next((i for i, box in sheet.body() if _is_signed(sheet, i, box, start)), None)
    if start is None and signed is None:
        return
    top = min(_top(sheet, i) for i in (start, signed) if i is not None) - 3
    if start is not None:
        top = min(top, *(box.top for i, box in sheet.body() if _dated_beside(sheet, i, box, top)), top)
    bottom = _bottom(sheet, top)
    for index, box in list(sheet.body()):
        if not top <= box.top < bottom:
            continue
        if _is_both(sheet, index):
            sheet.roles[index] = Role.RECIPIENTS
        elif box.left > RIGHT * sheet.size[0] and (signed is not None or _is_name(sheet.texts[index])):
            sheet.roles[index] = Role.SIGNATURE
        elif index == start or (
            start is not None and box.right < _LEFT * sheet.size[0] and box.top >= _top(sheet, start) - 3
        ):
            sheet.roles[index] = Role.RECIPIENTS
    _mark_signed_beside(sheet, bottom)


def _mark_signed_beside(sheet: Sheet, bottom: float) -> None:
    """Mark a second signature in the left half: capitals level with the first line of the right one, and what is
    centred below them.
    """
    right = [box for box, role in zip(sheet.boxes, sheet.roles, strict=True) if box and role is Role.SIGNATURE]
    if not right:
        return
    top = min(box.top for box in right)
    aside = [(i, box) for i, box in sheet.body() if box.right < _LEFT * sheet.size[0] and box.top < bottom]
    head = next((box for i, box in aside if abs(box.top - top) < _LEVEL and sheet.capitals(i)), None)
    if head is None:
        return
    middle = (head.left + head.right) / 2
    for index, box in aside:
        if box.top > top - _LEVEL and abs((box.left + box.right) / 2 - middle) < _UNDER * sheet.size[0]:
            sheet.roles[index] = Role.SIGNATURE


def _top(sheet: Sheet, index: int) -> float:
    box = sheet.boxes[index]
    return box.top if box is not None else 0.0


def _is_signed(sheet: Sheet, index: int, box: Box, start: int | None) -> bool:
    """Whether a signature block begins here: on whose behalf or in which post, in capitals, in the right half."""
    text = tidy(sheet.texts[index])
    if box.left < RIGHT * sheet.size[0] or len(text) > 70:
        return False
    near = start is not None and box.top > _top(sheet, start) - _RISE
    post = POST.search(text) if near else POST.match(text)
    return sheet.capitals(index) and (post is not None or AUTHORITY.match(text) is not None)


def _dated_beside(sheet: Sheet, index: int, box: Box, top: float) -> bool:
    """Whether the date of the document is above its signature."""
    text = sheet.texts[index]
    return box.left > RIGHT * sheet.size[0] and 0 < top - box.top < _RISE and DATED.search(text) is not None


def _is_name(text: str) -> bool:
    bare = without_rank(tidy(text))
    return NAME.fullmatch(bare) is not None or CAPITAL_NAME.fullmatch(bare) is not None


def _bottom(sheet: Sheet, top: float) -> float:
    """Find where a line spans both halves again."""
    for index, box in sheet.body():
        wide = box.left < 0.35 * sheet.size[0] and box.right > 0.7 * sheet.size[0]
        if box.top > top + 10 and wide and not _is_both(sheet, index):
            return box.top
    return sheet.size[1] + 1


def _is_both(sheet: Sheet, index: int) -> bool:
    """Whether one line of each block was read as a single line: the left part ends before the right half begins."""
    parts = segments([sheet.lines[index]])
    border = RIGHT * sheet.size[0]
    left, right = [p for p in parts if p.box.left <= border], [p for p in parts if p.box.left > border]
    return bool(left and right) and all(p.box.right < _LEFT * sheet.size[0] for p in left)
