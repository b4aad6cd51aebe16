"""Markdown: headings by rank, paragraphs, lists, notes, tables; Markdown's own signs are escaped."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vnreport_ocr.model import Line, Page, Table
from vnreport_ocr.raised import PLAIN, RAISED_FIGURES, calls_of
from vnreport_ocr.structure.blocks import Block, BlockKind, Blocks, notes_of
from vnreport_ocr.structure.footnotes import without_mark
from vnreport_ocr.structure.paragraphs import BULLET, joined_texts

_SPECIAL = re.compile(r"([\\`*_<>\[\]|])")
_LINE_START = re.compile(r"^(#{1,6}(?=\s)|[+](?=\s)|(?:-{3,}|={3,})$)")
_ENUMERATED = re.compile(r"^(\d{1,9})([.)])(?=\s)")
_PLAIN_MARK = re.compile(rf"\s*(?:[{RAISED_FIGURES}]+|\d+\s)")
_REMEMBERED = 8
"""Pages whose notes can still be called: a held-back paragraph may have begun on one of them."""
_OPEN, _SHUT = "\N{START OF TEXT}", "\N{END OF TEXT}"
"""Surrounds the name of a note until everything else is escaped; it occurs in no text that was read."""
_CALL = re.compile(f"{_OPEN}(.*?){_SHUT}")
_VERSES = (BlockKind.LETTERHEAD, BlockKind.STAMP, BlockKind.RECIPIENTS, BlockKind.SIGNATURE, BlockKind.FURNITURE)


class MarkdownStream:
    """Writes pages to Markdown, one after the other."""

    def __init__(self, *, reflow: bool = False) -> None:
        self._reflow = reflow
        self._blocks = Blocks()
        self._notes = _Notes()
        self._before: Block | None = None

    def page(self, page: Page) -> str:
        """Return the part of the file for this page."""
        if page.source == "text" and not (self._reflow or page.tables):
            return self._written(self._blocks.end()) + self._typed(page)
        self._notes.page(page)
        return self._written(self._blocks.page(page))

    def end(self) -> str:
        """Return what was held back in case the next page continued it."""
        return self._written(self._blocks.end())

    def _written(self, blocks: Iterable[Block]) -> str:
        return "".join(self._one(block) for block in blocks)

    def _one(self, block: Block) -> str:
        text = self._text(block)
        if not text:
            return ""
        before, self._before = self._before, block
        if before is None:
            return text + "\n"
        if block.table is not None and block.table.continues and before.kind is BlockKind.TABLE:
            return text + "\n"
        if before.kind is block.kind is BlockKind.ITEM:
            return text + "\n"
        # One amendment stays one quotation, however many paragraphs it has.
        return (">\n" if before.kind is block.kind is BlockKind.QUOTE else "\n") + text + "\n"

    def _typed(self, page: Page) -> str:
        """Write a page of a text file: its lines stay lines."""
        parts = list(_verses(page.lines))
        if not parts:
            return ""
        lead = "" if self._before is None else "\n"
        self._before = Block(BlockKind.PARAGRAPH, page.number)
        return lead + "\n\n".join(parts) + "\n"

    def _text(self, block: Block) -> str:
        if block.table is not None:
            goes_on = self._before is not None and self._before.kind is BlockKind.TABLE and block.table.continues
            return table_markdown(block.table, goes_on=goes_on)
        if block.kind is BlockKind.UNREAD:
            return f"*\\[page {block.page} was not read\\]*"
        if block.kind in _VERSES:
            return "\n\n".join(_verses(block.lines))
        if block.kind is BlockKind.FOOTNOTE:
            return self._notes.note(block)
        text = self._flowing(block)
        if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
            return f"{'#' * max(1, block.level)} {text}"
        if block.kind is BlockKind.CENTRED:
            return f"**{text}**"
        if block.kind is BlockKind.ITEM:
            return "  " * (block.level - 1) + ("+ " if block.level > 1 else "- ") + text
        return f"> {text}" if block.kind is BlockKind.QUOTE else text

    def _flowing(self, block: Block) -> str:
        """Join the lines, linking footnote marks to the notes of their own page."""
        text = joined_texts([self._notes.called(line.text, block.page_of(i)) for i, line in enumerate(block.lines)])
        if block.kind is BlockKind.ITEM:
            text = BULLET.sub("", text, count=1)
        return _CALL.sub(r"[^\1]", escaped(text))


@dataclass(slots=True)
class _Notes:
    """Footnotes and the marks that call them; a mark used earlier in the document gets its page's number."""

    labels: dict[tuple[int, str], str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    last: str = ""

    def page(self, page: Page) -> None:
        """Record the notes of a page; those of much earlier pages are dropped."""
        self.labels = {key: label for key, label in self.labels.items() if key[0] >= page.number - _REMEMBERED}
        for block in notes_of(page):
            if block.mark and (page.number, block.mark) not in self.labels:
                label = _label(block.mark, page.number, self.used)
                self.used.add(block.mark)
                self.labels[page.number, block.mark] = label

    def called(self, text: str, page: int) -> str:
        """Mark the raised figures that call a note."""
        whole, done = "", 0
        for call in calls_of(text):
            label = self.labels.get((page, call[0].translate(PLAIN)))
            if label is not None:
                whole, done = f"{whole}{text[done : call.start()]}{_OPEN}{label}{_SHUT}", call.end()
        return whole + text[done:]

    def note(self, block: Block) -> str:
        """Return a note with its label; a continuation from the page before is a paragraph of the last note."""
        plain = _PLAIN_MARK.match(block.text)
        text = escaped(without_mark(block.text) if plain else block.text)
        label = self.labels.get((block.page, block.mark))
        return f"[^{label}]: {text}" if label is not None else (f"    {text}" if self.used else text)


def _label(mark: str, page: int, used: set[str]) -> str:
    """Return the name of a note: its figure, a star spelled out, and its page if an earlier note has the same."""
    name = mark if mark.isalnum() else "star" * len(mark)
    return name if mark not in used else f"{name}-p{page}"


def _verses(lines: Sequence[Line]) -> Iterable[str]:
    """Write lines as lines; an empty one separates two blocks."""
    block: list[str] = []
    for line in lines:
        if line.text.strip():
            block.append(escaped(line.text.strip()))
        if block and (not line.text.strip() or line.end.count("\n") > 1):
            yield "  \n".join(block)
            block = []
    if block:
        yield "  \n".join(block)


def escaped(text: str) -> str:
    """Escape the text so that Markdown shows it literally."""
    text = _LINE_START.sub(r"\\\1", _SPECIAL.sub(r"\\\1", text))
    return _ENUMERATED.sub(r"\1\\\2", text)


def table_markdown(table: Table, *, goes_on: bool = False) -> str:
    """Write a Markdown table with its first row as the header; a continued table has rows only."""
    rows = [[_cell(cell) for cell in row] for row in table.rows()]
    if not rows:
        return ""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    if goes_on:
        return "\n".join(lines[table.repeated :])
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _cell(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
