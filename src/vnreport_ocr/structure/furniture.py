"""Page numbers and running heads: found on the page itself, and set aside, not lost, if they are not wanted."""

import re
from dataclasses import replace
from typing import Final

from vnreport_ocr.model import LeftOut, Line, Page, Role
from vnreport_ocr.structure.segments import line_box
from vnreport_ocr.structure.sheet import Sheet
from vnreport_ocr.structure.tuning import TUNING

REASON: Final = "a running head or page number, removed by --no-furniture"
EDGE: Final = TUNING.furniture.edge

PAGE_NUMBER = re.compile(r"[-\N{EN DASH} ]*(?:[Tt]rang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-\N{EN DASH} ]*")
_RUNNING_HEAD = re.compile(r"(?:\d{1,4}\s+)?CÔNG BÁO\s*/\s*Số\b|.{3,60}\bTrang \d+(?:/\d+)?$")


def at_edge(top: float, bottom: float, height: float) -> bool:
    """Whether something is at the top or foot of a page."""
    return not EDGE * height < (top + bottom) / 2 < (1 - EDGE) * height


def mark_furniture(sheet: Sheet) -> None:
    """Mark page numbers and running heads at the upper and lower edge."""
    for index, box in sheet.body():
        if at_edge(box.top, box.bottom, sheet.size[1]) and (
            PAGE_NUMBER.fullmatch(sheet.texts[index]) or _RUNNING_HEAD.match(sheet.texts[index])
        ):
            sheet.roles[index] = Role.FURNITURE


def without_furniture(page: Page) -> Page:
    """Move running heads and page numbers from the page's lines to what was left out."""
    if not any(line.role is Role.FURNITURE for line in page.lines):
        return page
    kept = tuple(line for line in page.lines if line.role is not Role.FURNITURE)
    aside = tuple(_left_out(line) for line in page.lines if line.role is Role.FURNITURE)
    tables = tuple(
        replace(table, before_line=sum(line.role is not Role.FURNITURE for line in page.lines[: table.before_line]))
        for table in page.tables
    )
    return replace(page, lines=kept, tables=tables, left_out=(*page.left_out, *aside))


def _left_out(line: Line) -> LeftOut:
    sure = [token.confidence for token in line.tokens if token.confidence is not None]
    return LeftOut(line.text, REASON, line_box(line), min(sure, default=None))
