"""Which lines are the head of a letter, which the stamps beside it, and which the title below it."""

from statistics import median
from typing import Final

from vnreport_ocr.model import Box, Role
from vnreport_ocr.structure.segments import Segment, segments
from vnreport_ocr.structure.sheet import Sheet
from vnreport_ocr.structure.stamps import arrival_parts, is_mark, machine_parts
from vnreport_ocr.structure.tuning import TUNING
from vnreport_ocr.structure.wording import BODY_BEGINS, DATED, MOTTO, NUMBER, STATE, is_kind

_HEAD: Final = TUNING.head.head
_MOST_TITLE_LINES: Final = TUNING.head.most_title_lines
_CENTRED: Final = TUNING.head.centred
_FULL: Final = TUNING.head.full
_APART: Final = TUNING.head.apart
_OPENS: Final = ("Kính gửi", "Căn cứ", "Thực hiện ")


def mark_head(sheet: Sheet) -> None:
    """Mark everything from the top down to the number or the date, if the name of the state or the party is there."""
    begin = next(
        (i for i, text in enumerate(sheet.texts) if is_kind(text) or text.lstrip().startswith(_OPENS)),
        len(sheet.texts),
    )
    limit = _HEAD * sheet.size[1]
    opening = sheet.boxes[begin] if begin < len(sheet.lines) else None
    # An engine may read the middle of a page before its right half: whatever is higher up belongs to the head.
    parts = [
        p
        for p in segments(sheet.lines[: _lines_above(sheet, limit)])
        if (p.line < begin or (opening is not None and p.box.bottom <= opening.top))
        and p.box.top < limit
        and sheet.roles[p.line] is Role.BODY
        and len(p.text) < 160
    ]
    stamped = [*arrival_parts(parts), *machine_parts(parts)]
    typed = [p for p in parts if p not in stamped]
    if not _is_head(typed):
        return
    signs = [p for p in typed if _is_sign(p)]
    last, lowest = max(p.line for p in signs), max(p.box.bottom for p in signs)
    beside = {p.line for p in stamped}
    for p in typed:
        if p.line <= min(last, begin) or p.box.bottom <= lowest + 1 or _goes_on_beside(p, signs, sheet):
            sheet.roles[p.line] = Role.LETTERHEAD
    for line in beside - {p.line for p in typed}:
        sheet.roles[line] = Role.STAMP
    _mark_marks(sheet, limit)


def _lines_above(sheet: Sheet, limit: float) -> int:
    """Count how many of the first lines include all those that begin above a given height."""
    above = (i for i, box in enumerate(sheet.boxes) if box is not None and box.top < limit)
    return max(above, default=-1) + 1


def _mark_marks(sheet: Sheet, limit: float) -> None:
    """Mark stamps of urgency and of arrival that were read among the lines of the title or below it."""
    above = sheet.lines[: _lines_above(sheet, limit)]
    rest = [p for p in segments(above) if p.box.top < limit and sheet.roles[p.line] is Role.BODY]
    late = {p.line for p in arrival_parts(rest)}
    for p in rest:
        if is_mark(p) or p.line in late:
            sheet.roles[p.line] = Role.STAMP


def _is_head(parts: list[Segment]) -> bool:
    if any(STATE.match(p.text.lstrip(" .,'|_")) or MOTTO.search(p.text) for p in parts):
        return True
    return any(NUMBER.match(p.text) for p in parts) and any(DATED.search(p.text) and len(p.text) < 60 for p in parts)


def _is_sign(p: Segment) -> bool:
    if STATE.search(p.text) or MOTTO.search(p.text) or NUMBER.match(p.text):
        return True
    return DATED.search(p.text) is not None and len(p.text) < 60


def _goes_on_beside(p: Segment, signs: list[Segment], sheet: Sheet) -> bool:
    """Whether the subject of a letter is here, below its number in the left half."""
    numbers = [sign for sign in signs if NUMBER.match(sign.text)]
    if not numbers or p.box.right > 0.55 * sheet.size[0]:
        return False
    return (
        0 <= p.box.top - numbers[-1].box.bottom < 6 * p.height
        and abs(p.middle - numbers[-1].middle) < 0.15 * sheet.size[0]
    )


def mark_title(sheet: Sheet) -> None:
    """Mark the line that names the kind of document, and the subject below it."""
    start = next((i for i, box in sheet.body() if is_kind(sheet.texts[i]) and box.top < 0.55 * sheet.size[1]), None)
    if start is None or not (Role.LETTERHEAD in sheet.roles[:start] or _opens_page(sheet, start)):
        return
    sheet.roles[start] = Role.TITLE
    kind = sheet.boxes[start]
    left, right = sheet.column()
    middle = (kind.left + kind.right) / 2 if kind is not None else (left + right) / 2
    block = _title_block(sheet, start)
    found: list[int] = []
    for index in block:
        box = sheet.boxes[index]
        if box is None or abs((box.left + box.right) / 2 - middle) > _CENTRED * sheet.size[0]:
            break
        wide = box.right - box.left > _FULL * (right - left) and not sheet.bold(index)
        if wide and not sheet.gap_after(block[-1]):
            break
        if found and sheet.capitals(index) and not sheet.capitals(found[0]):
            break
        if found and sheet.bold(found[0]) and not sheet.bold(index):
            break  # a subject is of one look: what follows addresses somebody
        found.append(index)
    for index in found:
        sheet.roles[index] = Role.TITLE


def _title_block(sheet: Sheet, start: int) -> list[int]:
    """Return the lines below the kind, up to a gap or the beginning of the text; too many of them are not a title."""
    block: list[int] = []
    for index, _ in sheet.body():
        if index < start:
            continue
        if (
            BODY_BEGINS.match(sheet.texts[index])
            or is_kind(sheet.texts[index])
            or (block and sheet.gap_after(block[-1]))
            or _is_far_below(sheet, block, index)
        ):
            break
        block.append(index)
    return block if len(block) <= _MOST_TITLE_LINES else []


def _is_far_below(sheet: Sheet, block: list[int], index: int) -> bool:
    """Whether more room than lines of one title have between them is above a line, below the first of the subject.

    An engine does not tell every gap of a page that is a picture.
    """
    above, here = (_row(sheet, block[-1]) if block else None), _row(sheet, index)
    return above is not None and here is not None and here.top - above.bottom > _APART * (above.bottom - above.top)


def _row(sheet: Sheet, index: int) -> Box | None:
    """Return where the typical word of a line stands; a speck makes the line's own box higher."""
    boxes = [token.box for token in sheet.lines[index].tokens if token.box is not None]
    return Box(*(median(edges) for edges in zip(*boxes, strict=True))) if boxes else None


def _opens_page(sheet: Sheet, start: int) -> bool:
    """Whether only furniture is above a line: a law, a rule or an annex begins with its kind."""
    return all(
        role is not Role.BODY or not text.strip() for role, text in zip(sheet.roles[:start], sheet.texts, strict=False)
    )
