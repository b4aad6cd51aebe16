"""Pages to one Word file."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Any, BinaryIO, Final

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm

from vnreport_ocr.model import Page, Role
from vnreport_ocr.options import DocxDoubts
from vnreport_ocr.outputs.word.footnotes import Footnotes
from vnreport_ocr.outputs.word.halves import add_closing, add_letterhead, short_rule
from vnreport_ocr.outputs.word.pen import Pen
from vnreport_ocr.outputs.word.placing import AS_USUAL, columns_to_place, place_of, set_place
from vnreport_ocr.outputs.word.remarks import AUTHOR
from vnreport_ocr.outputs.word.runs import Run, runs_of, runs_within, writable
from vnreport_ocr.outputs.word.setup import INDENT, lay_pages, new_word, text_width
from vnreport_ocr.outputs.word.tables import add_table
from vnreport_ocr.structure.blocks import Block, BlockKind, Blocks, notes_of
from vnreport_ocr.structure.footnotes import without_mark
from vnreport_ocr.structure.outline import rank_of
from vnreport_ocr.structure.paragraphs import TextColumn
from vnreport_ocr.structure.wording import is_kind

_USUAL_WIDTH: Final = 595.0
_IN_THE_MIDDLE: Final = ("part", "chapter", "section", "subsection", "annex")
_CLOSING: Final = (BlockKind.RECIPIENTS, BlockKind.SIGNATURE)


class WordOutput:
    """Takes pages one after the other; the file is there when it is saved.

    Page numbers and running heads are not typed anew: the file has its own page numbers.
    """

    def __init__(self, title: str = "", *, doubts: DocxDoubts = "comments", page_breaks: bool = False) -> None:
        self._word = new_word()
        self._word.core_properties.title, self._word.core_properties.author = writable(title), AUTHOR
        self._blocks = Blocks()
        self._notes = Footnotes()
        self._pen = Pen(self._word, doubts)
        self._columns: dict[int, list[TextColumn]] = {}
        self._known: dict[int, frozenset[str]] = {}
        self._called: dict[tuple[int, str], int] = {}
        self._last_note: int | None = None
        self._together: list[Block] = []
        self._table: Any = None
        self._widths: dict[int, float] = {}
        self._wide: set[int] = set()
        """The pages that are wider than high."""
        self._is_wide = self._is_begun = False
        self._page_breaks = page_breaks
        self._page = 0

    def page(self, page: Page) -> None:
        """Take a page."""
        self._known[page.number] = frozenset(block.mark for block in notes_of(page) if block.mark)
        self._columns[page.number] = columns_to_place([line for line in page.lines if line.role is Role.BODY])
        self._widths[page.number] = page.size[0] if page.size else _USUAL_WIDTH
        if page.size is not None and page.size[0] > page.size[1]:
            self._wide.add(page.number)
        self._take(self._blocks.page(page))

    def save(self, file: BinaryIO) -> None:
        """Write what was taken."""
        self._take(self._blocks.end())
        self._close_together()
        self._notes.deliver(self._word)
        made = io.BytesIO()
        self._word.save(made)
        # The hour of each part would make every file another.
        with zipfile.ZipFile(made) as parts, zipfile.ZipFile(file, "w") as whole:
            for part in parts.infolist():
                whole.writestr(zipfile.ZipInfo(part.filename), parts.read(part), zipfile.ZIP_DEFLATED)

    def _take(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if block.kind is BlockKind.FURNITURE:
                continue
            if self._together and not self._belongs(block):
                self._close_together()
            if block.kind in (BlockKind.LETTERHEAD, *_CLOSING):
                self._together.append(block)
                continue
            self._turn_page(block)
            self._write(block)
            if block.kind is not BlockKind.TABLE:
                self._table = None

    def _belongs(self, block: Block) -> bool:
        """Whether a block stands beside those that are kept together in two halves."""
        if self._together[0].kind is BlockKind.LETTERHEAD:
            return block.kind is BlockKind.LETTERHEAD and block.page == self._together[0].page
        return block.kind in _CLOSING

    def _close_together(self) -> None:
        blocks, self._together = self._together, []
        if not blocks:
            return
        self._turn_page(blocks[0])
        lines = [line for block in blocks for line in block.lines]
        if blocks[0].kind is BlockKind.LETTERHEAD:
            add_letterhead(self._pen, lines, self._widths.get(blocks[0].page, _USUAL_WIDTH))
        else:
            self._word.add_paragraph()
            add_closing(self._pen, lines, self._widths.get(blocks[0].page, _USUAL_WIDTH))

    def _turn_page(self, block: Block) -> None:
        """Begin a page where the original does if that is wanted, and where its pages lie in another way."""
        wide = block.page in self._wide
        if wide != self._is_wide:
            lay_pages(self._word, wide=wide, anew=self._is_begun)
            self._is_wide, self._table = wide, None
        elif self._page_breaks and self._page and block.page > self._page:
            self._word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self._is_begun = True
        self._page = max(self._page, block.page)

    def _write(self, block: Block) -> None:
        if block.table is not None:
            rest = self._table if block.table.continues else None
            self._table = add_table(self._pen, block.table, text_width(wide=self._is_wide), rest)
            return
        if block.kind is BlockKind.UNREAD:
            self._word.add_paragraph(f"[page {block.page} was not read]", style="Body Text")
        elif block.kind is BlockKind.FOOTNOTE:
            self._note(block)
        elif block.kind is BlockKind.TITLE:
            self._title(block)
        else:
            self._flowing(block)

    def _title(self, block: Block) -> None:
        """Write the kind, then the subject line by line, and a short rule under it."""
        for line in block.lines:
            style = "Title" if is_kind(line.text) or len(block.lines) == 1 else "Subtitle"
            self._fill(
                self._word.add_paragraph(style=style),
                self._runs(replace(block, lines=(line,), turns=()), keep_bold=False),
            )
        short_rule(self._word.add_paragraph(), aside=60)

    def _flowing(self, block: Block) -> None:
        heading = block.kind is BlockKind.HEADING
        style = f"Heading {min(5, max(1, block.level - 1))}" if heading else "Body Text"
        paragraph = self._word.add_paragraph(style=style)
        rank = rank_of(block.lines[0].text) if heading else None
        if rank in _IN_THE_MIDDLE or block.kind in (BlockKind.CENTRED, BlockKind.STAMP):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.first_line_indent = Mm(0)
        elif heading:
            paragraph.paragraph_format.first_line_indent = INDENT
        elif not block.turns:
            place = place_of(block.lines, self._columns.get(block.page, ()))
            if place != AS_USUAL:
                set_place(paragraph, place, text_width(wide=self._is_wide))
        if rank in _IN_THE_MIDDLE and len(block.lines) > 1:
            first, rest = (
                replace(block, lines=block.lines[:1], turns=()),
                replace(block, lines=block.lines[1:], turns=()),
            )
            self._fill(paragraph, self._runs(first, keep_bold=False))
            paragraph.add_run().add_break()
            self._fill(paragraph, self._runs(rest, keep_bold=False))
            return
        runs = self._runs(block, keep_bold=not heading)
        if block.kind is BlockKind.CENTRED:
            runs = [run._replace(bold=True) for run in runs]
        self._fill(paragraph, runs, block)

    def _runs(self, block: Block, *, keep_bold: bool) -> list[Run]:
        nothing: frozenset[str] = frozenset()
        marks = [self._known.get(block.page_of(index), nothing) for index in range(len(block.lines))]
        return runs_of(block.lines, marks, keep_bold=keep_bold)

    def _fill(self, paragraph: Any, runs: Iterable[Run], block: Block | None = None) -> None:  # noqa: ANN401 - python-docx
        page = block.page if block is not None else self._page
        for run in runs:
            if run.call:
                self._called[self._page_called(run.call, page, block), run.call] = self._notes.call(paragraph)
                continue
            self._pen.write(paragraph, [run])

    def _page_called(self, mark: str, page: int, block: Block | None) -> int:
        """Which page's note a mark calls: that of the paragraph's first page that has one not called yet."""
        pages = [page, *(turn for _, turn in block.turns)] if block is not None else [page]
        nothing: frozenset[str] = frozenset()
        open_pages = (p for p in pages if mark in self._known.get(p, nothing) and (p, mark) not in self._called)
        return next(islice(open_pages, 1), page)

    def _note(self, block: Block) -> None:
        """Say what a note says where it was called; one that nothing calls is a paragraph."""
        number = self._called.get((block.page, block.mark)) if block.mark else self._last_note
        doubts = [doubt for line in block.lines for doubt in line.doubts]
        if number is None:
            self._fill(self._word.add_paragraph(style="Body Text"), runs_within(block.text, doubts, Run("")))
        else:
            text = without_mark(block.text) if block.mark else block.text
            # Word has no comments within notes.
            self._notes.fill(number, runs_within(text, doubts if self._pen.doubts != "none" else (), Run("")))
        self._last_note = number
