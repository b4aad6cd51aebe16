"""Plain text: lines as they stand, tables in aligned columns, pages apart by an empty line; or joined to paragraphs."""

from collections.abc import Iterable

from vnreport_ocr.model import Page, lead
from vnreport_ocr.structure.blocks import Block, BlockKind, Blocks

_VERSES = (
    BlockKind.LETTERHEAD,
    BlockKind.STAMP,
    BlockKind.RECIPIENTS,
    BlockKind.SIGNATURE,
    BlockKind.FURNITURE,
    BlockKind.TITLE,
)


class TextStream:
    """Pages to text, one after the other."""

    def __init__(self, *, reflow: bool = False) -> None:
        self._blocks = Blocks() if reflow else None
        self._begun = False
        self._before = 0

    def page(self, page: Page) -> str:
        """Return what this page adds to the file."""
        if self._blocks is not None:
            return self._joined(self._blocks.page(page))
        text = page.text
        before = lead(page, text, self._begun)
        self._begun = self._begun or bool(text)
        return before + text

    def end(self) -> str:
        """Return what was held back because the next page might have gone on with it."""
        return self._joined(self._blocks.end()) if self._blocks is not None else ""

    def _joined(self, blocks: Iterable[Block]) -> str:
        parts = []
        for block in blocks:
            apart = self._before and (block.table is not None or block.page != self._before)
            parts.append(("\n" if apart else "") + _text(block))
            self._before = block.page
        return "".join(parts)


def _text(block: Block) -> str:
    if block.table is not None:
        return block.table.text + "\n"
    if block.kind is BlockKind.UNREAD:
        return f"[page {block.page} was not read]\n"
    if block.kind in _VERSES:
        return "".join(line.text.strip() + "\n" for line in block.lines)
    return block.text + "\n"
