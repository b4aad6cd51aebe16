"""Running heads and page numbers set aside where they are not wanted: out of the text, but not out of the record."""

from dataclasses import replace
from typing import Final

from vnreport_ocr.model import LeftOut, Line, Page, Role
from vnreport_ocr.structure.roles import line_box

REASON: Final = "a running head or page number, not wanted (--no-furniture)"


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
