"""Pages to blocks: titles, headings, paragraphs, items, tables, notes, in reading order.

Takes one page at a time and holds back only what the next page may continue: one paragraph and what follows it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from vnreport_ocr.model import Line, Page, Role, Table
from vnreport_ocr.structure.footnotes import mark_of
from vnreport_ocr.structure.outline import Outline, is_bare_number, rank_of
from vnreport_ocr.structure.paragraphs import BULLET, TextColumn, columns_of, gathered, gathered_in, goes_over, joined
from vnreport_ocr.structure.wording import opens_with_kind


class BlockKind(StrEnum):
    """What a block is."""

    TITLE = "title"
    HEADING = "heading"
    CENTRED = "centred"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    LETTERHEAD = "letterhead"
    STAMP = "stamp"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"
    TABLE = "table"
    UNREAD = "unread"


_OF_ROLE = {
    Role.TITLE: BlockKind.TITLE,
    Role.LETTERHEAD: BlockKind.LETTERHEAD,
    Role.STAMP: BlockKind.STAMP,
    Role.RECIPIENTS: BlockKind.RECIPIENTS,
    Role.SIGNATURE: BlockKind.SIGNATURE,
    Role.FURNITURE: BlockKind.FURNITURE,
}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the document on page ``page``; ``turns`` says from which of its lines on it is on which later page.

    ``level`` is the depth of a heading or of an item, ``mark`` the mark of a footnote.
    """

    kind: BlockKind
    page: int
    lines: tuple[Line, ...] = ()
    table: Table | None = None
    level: int = 0
    mark: str = ""
    turns: tuple[tuple[int, int], ...] = ()

    def page_of(self, line: int) -> int:
        """Return the page that one of its lines is on."""
        return next((page for begin, page in reversed(self.turns) if line >= begin), self.page)

    @property
    def text(self) -> str:
        """Its lines, joined."""
        return joined(self.lines) if self.lines else ""


class Blocks:
    """Makes blocks of the pages of one document."""

    def __init__(self) -> None:
        self._outline = Outline()
        self._titled = False
        self._column: TextColumn | None = None
        self._held: list[Block] = []

    def page(self, page: Page) -> Iterator[Block]:
        """Yield the blocks that are complete once this page is known."""
        if page.error is not None:
            yield from self.end()
            yield Block(BlockKind.UNREAD, page.number)
            return
        columns = columns_of(line for line in page.lines if line.role is Role.BODY)
        column = columns[0] if columns else None
        blocks = self._with_notes(list(self._blocks(page, columns)))
        if self._held:
            blocks = self._with_held(blocks, column)
        self._column = columns[-1] if columns else self._column
        last = _last_flowing(blocks)
        if last is None and _last_note(blocks) is not None:
            last = _last_note(blocks)
        self._held = blocks[last:] if last is not None else []
        yield from blocks[: len(blocks) - len(self._held)]

    def end(self) -> Iterator[Block]:
        """Yield what was held back."""
        held, self._held = self._held, []
        yield from held

    def _with_notes(self, blocks: list[Block]) -> list[Block]:
        """Complete a note that began on the page before, release it, and return the blocks of this page."""
        rest = next((i for i, block in enumerate(blocks) if block.kind is BlockKind.FOOTNOTE), None)
        place = _last_note(self._held)
        if rest is None or place is None or blocks[rest].mark:
            return blocks
        begun = self._held.pop(place)
        turns = (*begun.turns, (len(begun.lines), blocks[rest].page))
        blocks[rest] = replace(begun, lines=(*begun.lines, *blocks[rest].lines), turns=turns)
        return blocks

    def _with_held(self, blocks: list[Block], column: TextColumn | None) -> list[Block]:
        """Return the held blocks and those of this page; a paragraph that crosses the page break becomes one block."""
        open_block, *after = self._held
        first = next((i for i, block in enumerate(blocks) if block.kind is not BlockKind.FURNITURE), None)
        flows = open_block.kind is not BlockKind.FOOTNOTE
        if flows and first is not None and blocks[first].kind in (BlockKind.PARAGRAPH, open_block.kind):
            rest = blocks[first]
            same = (rest.kind is BlockKind.QUOTE) == (open_block.kind is BlockKind.QUOTE)
            if same and goes_over(open_block.lines[-1], self._column, rest.lines[0], column):
                lines = (*open_block.lines, *rest.lines)
                turns = (*open_block.turns, (len(open_block.lines), rest.page))
                whole = replace(open_block, lines=lines, turns=turns)
                return [whole, *after, *blocks[:first], *blocks[first + 1 :]]
        return [*self._held, *blocks]

    def _blocks(self, page: Page, columns: Sequence[TextColumn]) -> Iterator[Block]:
        notes: list[Block] = []
        for piece in page.pieces():
            if isinstance(piece, Table):
                yield Block(BlockKind.TABLE, page.number, table=piece)
                continue
            for role, group in groupby(piece, key=lambda line: line.role):
                every = list(group)
                lines = [line for line in every if line.text.strip()]
                if role is Role.FOOTNOTE:
                    notes += _notes(lines, page.number)
                elif lines:
                    yield from self._of_role(role, every if role is Role.BODY else lines, page, columns)
        yield from notes

    def _of_role(self, role: Role, lines: list[Line], page: Page, columns: Sequence[TextColumn]) -> Iterator[Block]:
        if role is Role.TITLE:
            yield Block(BlockKind.TITLE, page.number, tuple(lines), level=2 if self._titled else 1)
            self._titled = True
        elif role in _OF_ROLE:
            if role is Role.LETTERHEAD and any(opens_with_kind(line.text) for line in lines):
                # The title of a contract stands between the motto and the number.
                self._titled = True
            yield from (Block(_OF_ROLE[role], page.number, tuple(part)) for part in _apart(lines))
        elif role is Role.HEADING:
            yield from self._headings(lines, page.number)
        elif role is Role.QUOTE:
            own = TextColumn.of(lines)
            yield from (Block(BlockKind.QUOTE, page.number, tuple(part)) for part in gathered(lines, own))
        else:
            for part in gathered_in(lines, columns):
                bullet = BULLET.match(part[0].text)
                kind = BlockKind.ITEM if bullet else BlockKind.PARAGRAPH
                level = 2 if bullet and "+" in bullet[0] else 1
                yield Block(kind, page.number, tuple(part), level=level if bullet else 0)

    def _headings(self, lines: list[Line], page: int) -> Iterator[Block]:
        """Return the headings with their continuation lines; one without a number is centred, or the title."""
        group: list[Line] = []
        for line in lines:
            if group and (
                rank_of(line.text) is not None or (group[-1].end.count("\n") > 1 and not _names(group, line))
            ):
                yield self._heading(group, page)
                group = []
            group.append(line)
        if group:
            yield self._heading(group, page)

    def _heading(self, lines: Sequence[Line], page: int) -> Block:
        level = self._outline.level(lines[0].text)
        if level:
            return Block(BlockKind.HEADING, page, tuple(lines), level=level)
        if not self._titled:
            self._titled = True
            return Block(BlockKind.TITLE, page, tuple(lines), level=1)
        return Block(BlockKind.CENTRED, page, tuple(lines))


def _names(group: Sequence[Line], line: Line) -> bool:
    """Whether a line belongs to the name of the chapter whose number is above it: one name, whatever its spacing."""
    if not is_bare_number(group[0].text):
        return False
    return len(group) == 1 or group[-1].text.isupper() == line.text.isupper()


def notes_of(page: Page) -> list[Block]:
    """Return the footnotes of a page, each with its mark."""
    return _notes([line for line in page.lines if line.role is Role.FOOTNOTE and line.text.strip()], page.number)


def _last_flowing(blocks: Sequence[Block]) -> int | None:
    """Find the block that may continue on the next page: the last that is neither a note nor at the page's edge."""
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE):
            return index
        if blocks[index].kind not in (BlockKind.FOOTNOTE, BlockKind.FURNITURE):
            return None
    return None


def _last_note(blocks: Sequence[Block]) -> int | None:
    """Return the footnote that a page ends with."""
    for index in range(len(blocks) - 1, -1, -1):
        if blocks[index].kind is not BlockKind.FURNITURE:
            return index if blocks[index].kind is BlockKind.FOOTNOTE else None
    return None


def _apart(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Return lines that are kept as lines; a wider gap than usual separates two blocks."""
    part: list[Line] = []
    for line in lines:
        part.append(line)
        if line.end.count("\n") > 1:
            yield part
            part = []
    if part:
        yield part


def _notes(lines: Sequence[Line], page: int) -> list[Block]:
    """Return footnotes, each with its mark; what precedes the first mark belongs to a note from the page before."""
    found: list[list[Line]] = []
    for line in lines:
        if not found or _begins_note(found[-1], line):
            found.append([line])
        else:
            found[-1].append(line)
    return [Block(BlockKind.FOOTNOTE, page, tuple(part), mark=mark_of(part[0].text) or "") for part in found]


def _begins_note(before: Sequence[Line], line: Line) -> bool:
    """Whether a figure at the start of a line is the next mark: raised, a star, or one more than the mark before."""
    mark, last = mark_of(line.text), mark_of(before[0].text)
    if mark is None:
        return False
    if not mark.isdecimal() or not line.text.lstrip()[:1].isascii():
        return True
    return last is None or (last.isdecimal() and int(mark) == int(last) + 1)
