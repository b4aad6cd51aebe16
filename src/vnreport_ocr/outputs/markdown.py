"""Markdown: headings, paragraphs, tables; what has a meaning in Markdown is escaped."""

import re
from collections.abc import Iterator, Sequence

from vnreport_ocr.model import Line, Page, Role, Table
from vnreport_ocr.outputs.reflow import paragraphs

_SPECIAL = re.compile(r"([\\`*_<>\[\]|])")
_LINE_START = re.compile(r"^(#{1,6}(?=\s)|[+](?=\s)|(?:-{3,}|={3,})$)")
_ENUMERATED = re.compile(r"^(\d{1,9})([.)])(?=\s)")
_LEVELS = (
    (re.compile(r"(?:PHẦN|CHƯƠNG|PHỤ LỤC|Phần|Chương|Phụ lục)\b|[IVXLC]{1,6}[.\s\N{EN DASH}-]"), 2),
    (re.compile(r"(?:MỤC|Mục)\b|\d{1,2}[.)]\s|[A-ZĐ][.)]\s"), 3),
    (re.compile(r"(?:Điều|ĐIỀU)\s+\d+|\d{1,2}\.\d{1,2}"), 4),
)


class MarkdownStream:
    """Pages to Markdown, one after the other."""

    def __init__(self, *, reflow: bool = False) -> None:
        self._reflow = reflow
        self._first = True

    def page(self, page: Page) -> str:
        """What this page adds to the file."""
        blocks = list(page_blocks(page, reflow=self._reflow))
        if not blocks:
            return ""
        lead = "" if self._first else "\n"
        self._first = False
        return lead + "\n\n".join(blocks) + "\n"

    def end(self) -> str:
        """What closes the file: nothing."""
        return ""


def page_blocks(page: Page, *, reflow: bool = False) -> Iterator[str]:
    """Headings, paragraphs and tables of one page."""
    if page.error is not None:
        yield f"*\\[page {page.number} was not read\\]*"
        return
    for piece in page.pieces():
        if isinstance(piece, Table):
            yield table_markdown(piece)
        else:
            yield from _blocks(piece, reflow or page.source != "text")


def _blocks(lines: Sequence[Line], joined: bool) -> Iterator[str]:
    for role, group in _by_role(lines):
        if role is Role.HEADING:
            yield from (f"{'#' * heading_level(line.text)} {escaped(line.text.strip())}" for line in group)
        elif role in (Role.LETTERHEAD, Role.SIGNATURE, Role.RECIPIENTS) or not joined:
            yield from _verses(group)
        else:
            yield from (escaped(paragraph) for paragraph in paragraphs(group))


def _by_role(lines: Sequence[Line]) -> Iterator[tuple[Role, list[Line]]]:
    group: list[Line] = []
    for line in lines:
        if group and group[-1].role is not line.role:
            yield group[0].role, group
            group = []
        group.append(line)
    if group:
        yield group[0].role, group


def _verses(lines: Sequence[Line]) -> Iterator[str]:
    """Lines that stay lines; an empty one parts two blocks."""
    block: list[str] = []
    for line in lines:
        if line.text.strip():
            block.append(escaped(line.text.strip()))
        if block and (not line.text.strip() or line.end.count("\n") > 1):
            yield "  \n".join(block)
            block = []
    if block:
        yield "  \n".join(block)


def heading_level(text: str) -> int:
    """How deep a heading lies, by its numbering; the document's own title is the first level."""
    stripped = text.strip()
    return next((level for pattern, level in _LEVELS if pattern.match(stripped)), 1 if stripped.isupper() else 3)


def escaped(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    text = _LINE_START.sub(r"\\\1", _SPECIAL.sub(r"\\\1", text))
    return _ENUMERATED.sub(r"\1\\\2", text)


def table_markdown(table: Table) -> str:
    """A Markdown table; its first row is the head."""
    rows = [[_cell(cell) for cell in row] for row in table.rows()]
    if not rows:
        return ""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _cell(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
