"""The role of each line on its page: letterhead, title, heading, furniture, footnote, recipients, signature, body.

A page is judged by itself here; what only its neighbours can show is found in ``across``.
"""

from collections.abc import Sequence
from dataclasses import replace

from vnreport_ocr.model import Line, Role
from vnreport_ocr.structure.endings import mark_endings
from vnreport_ocr.structure.footnotes import mark_footnotes
from vnreport_ocr.structure.furniture import mark_furniture
from vnreport_ocr.structure.head import mark_head, mark_title
from vnreport_ocr.structure.headings import mark_headings
from vnreport_ocr.structure.sheet import Sheet
from vnreport_ocr.structure.stamps import mark_machine

STEPS = (mark_furniture, mark_machine, mark_head, mark_title, mark_endings, mark_footnotes, mark_headings)
"""Each step assigns roles to lines that no earlier step has given one."""


def with_roles(lines: Sequence[Line], size: tuple[float, float]) -> tuple[Line, ...]:
    """Return the lines with their roles; whatever has no special role is body."""
    sheet = Sheet.of(lines, size)
    for step in STEPS:
        step(sheet)
    return tuple(
        line if role is line.role else replace(line, role=role) for line, role in zip(lines, sheet.roles, strict=True)
    )


__all__ = ["STEPS", "Role", "with_roles"]
