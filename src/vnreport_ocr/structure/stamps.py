"""What was added to a document after typing: arrival stamps, marks of urgency and secrecy, digital signatures."""

import re
from collections.abc import Sequence
from typing import Final

from vnreport_ocr.model import Box, Role
from vnreport_ocr.structure.segments import Segment
from vnreport_ocr.structure.sheet import Sheet
from vnreport_ocr.structure.tuning import TUNING
from vnreport_ocr.structure.wording import (
    ARRIVAL,
    ARRIVAL_PART,
    NUMBER,
    PART_OF_URGENCY,
    SECRECY,
    SIGNED_BY_MACHINE,
    URGENCY,
    WELL_FORMED,
)

_REACH_DOWN: Final = TUNING.stamps.reach_down
_REACH_ASIDE: Final = TUNING.stamps.reach_aside
_ABOVE: Final = TUNING.stamps.above
_LINES: Final = 3
"""The lines of a digital signature are within so many line heights of each other."""
_SIGNED = re.compile(r"\W*(?:\w{1,3}\s+)?(?:Ký|Thời\s+gian\s+ký|Người\s+ký|Signature|Digitally)\b", re.IGNORECASE)
"""What a form to be filled in by hand does not ask for, unlike an address or an office."""


def arrival_parts(found: Sequence[Segment]) -> list[Segment]:
    """Return what belongs to the arrival stamp: its word, and the number, the date and the way that follow it."""
    anchor = next((part for part in found if ARRIVAL.match(part.text) and len(part.text) < 40), None)
    if anchor is None:
        anchor = _by_its_fields(found)
    if anchor is None:
        return []
    return [part for part in found if part is anchor or _in_stamp(part, anchor)]


def _by_its_fields(found: Sequence[Segment]) -> Segment | None:
    """Take a number without a symbol above or below a date in figures as a stamp whose word was not read."""
    for one in found:
        number = NUMBER.match(one.text)
        if number is None or not number["number"].strip(" .…").isdigit():
            continue
        if any(
            _is_day(other) and abs(other.box.top - one.box.top) < 40 and _near(one.box, other.box) for other in found
        ):
            return one
    return None


def _is_day(part: Segment) -> bool:
    return bool(ARRIVAL_PART.match(part.text)) and part.text.lstrip()[:4] in ("Ngày", "NGÀY")


def _near(one: Box, other: Box) -> bool:
    return other.left < one.right + _REACH_ASIDE and other.right > one.left - _REACH_ASIDE


def _in_stamp(part: Segment, anchor: Segment) -> bool:
    below = part.box.top - anchor.box.bottom
    if not _near(anchor.box, part.box) or not -_REACH_DOWN < below < _REACH_DOWN:
        return False
    number = NUMBER.match(part.text)
    if number is not None and WELL_FORMED.search(number["number"]):
        return False
    if ARRIVAL_PART.match(part.text):
        return "tháng" not in part.text
    above = anchor.box.top - part.box.bottom
    return (
        0 <= above + 4 < _ABOVE
        and part.height < anchor.height
        and anchor.box.left - 60 < part.middle < anchor.box.right + 60
    )


def machine_parts(found: Sequence[Segment]) -> list[Segment]:
    """Return the lines that signing software put on the page."""
    if not any(SIGNED_BY_MACHINE.match(part.text) and "ơ quan" not in part.text for part in found):
        return []
    return [part for part in found if SIGNED_BY_MACHINE.match(part.text)]


def mark_machine(sheet: Sheet) -> None:
    """Mark the lines that signing software put on the page, wherever they are: at least two, together."""
    found = [(i, box) for i, box in sheet.body() if SIGNED_BY_MACHINE.match(sheet.texts[i])]
    for index, box in found:
        beside = [other for i, other in found if i != index and abs(other.left - box.left) < _REACH_ASIDE]
        near = any(abs(other.top - box.top) < _LINES * (box.bottom - box.top) for other in beside)
        if near and any(_SIGNED.match(sheet.texts[i]) for i, _ in found):
            sheet.roles[index] = Role.STAMP


def urgency(found: Sequence[Segment]) -> tuple[Segment, str, bool] | None:
    """Return the mark of urgency, what it says, and whether all of it was read."""
    for part in found:
        match = URGENCY.fullmatch(part.text)
        if match is not None:
            return part, " ".join(match["said"].split()), True
    for part in found:
        match = PART_OF_URGENCY.fullmatch(part.text)
        if match is not None:
            return part, {"TỐC": "HỎA TỐC"}.get(match["said"], match["said"]), False
    return None


def secrecy(found: Sequence[Segment]) -> tuple[Segment, str] | None:
    """Return the mark of secrecy and what it says."""
    for part in found:
        match = SECRECY.fullmatch(part.text)
        if match is not None:
            return part, " ".join(match["said"].split())
    return None


def is_mark(part: Segment) -> bool:
    """Whether a mark of urgency or secrecy stands here alone."""
    return bool(URGENCY.fullmatch(part.text) or SECRECY.fullmatch(part.text) or PART_OF_URGENCY.fullmatch(part.text))
