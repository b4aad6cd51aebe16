"""Word files to pages: a page ends where the author ended it; Word itself knows no others."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from vnreport_ocr.errors import MissingFileError
from vnreport_ocr.model import Cell, Page, Role, Table
from vnreport_ocr.raised import RAISED_RUN
from vnreport_ocr.sources.fontcharsets import charset_note, font_decoders
from vnreport_ocr.sources.word.formulas import RAISED, M, formula_text, symbol_text
from vnreport_ocr.sources.word.lines import FontRun, Paragraph, SetLine, set_lines
from vnreport_ocr.sources.word.numbering import Numbering
from vnreport_ocr.sources.word.package import W, WordPackage, value
from vnreport_ocr.sources.word.styles import Styles

_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED: Final = (f"{W}del", f"{W}moveFrom", _FALLBACK)
"""What was struck out by a revision, and what is there a second time for old programs."""
_SEPARATORS: Final = ("separator", "continuationSeparator", "continuationNotice")
_DEEPEST: Final = 60


def word_pages(path: Path) -> tuple[Page, ...]:
    """Return the pages of a Word file; the last files are remembered, since pages are asked for one by one."""
    try:
        state = path.stat()
    except OSError as error:
        raise MissingFileError("There is no such file.", file=str(path)) from error
    return _pages(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=2)
def _pages(path: Path, _changed: int, _size: int) -> tuple[Page, ...]:
    return tuple(WordFile(path).pages())


class WordFile:
    """The pages of one Word file."""

    def __init__(self, path: Path) -> None:
        self.package = package = WordPackage(path)
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering)
        self._notes = {kind: self._noted(root, kind) for kind, root in
                       (("footnote", package.footnotes), ("endnote", package.endnotes))}  # fmt: skip
        self._called: list[tuple[str, str]] = []
        body = package.document.find(f"{W}body")
        self._blocks = list(self._read(body, 0)) if body is not None else []
        self.heads = package.heads()
        """The trees of headers and footers, which are no part of the text."""
        roots = (package.document, *self.heads.values())
        boxes = (box for root in roots for old in root.iter(_FALLBACK) for box in old.iter(f"{W}txbxContent"))
        self._aside_blocks = [block for root in (*self.heads.values(), *boxes) for block in self._read(root, 0)]
        self._by_font, self.charsets = font_decoders(self._said())

    def pages(self) -> Iterator[Page]:
        """Yield the pages as they stand in the file."""
        yield from (page for page, _ in self.set_pages())

    def set_pages(self) -> Iterator[tuple[Page, list[SetLine]]]:
        """Yield the pages, each with its lines and those of its cells as they are set in the file."""
        lines: list[SetLine] = []
        celled: list[SetLine] = []
        tables: list[Table] = []
        number = 1
        for block in self._blocks:
            if isinstance(block, Paragraph):
                if block.new_page and (lines or tables):
                    yield self._page(number, lines, tables, celled)
                    number, lines, tables, celled = number + 1, [], [], []
                lines += self._lines(block)
            else:
                cells = [(cell, [one for p in cell.paragraphs for one in self._lines(p)]) for cell in block]
                tables.append(Table(tuple(cell.with_lines(said) for cell, said in cells), len(lines)))
                celled += (one for _, said in cells for one in said)
        yield self._page(number, lines, tables, celled)

    def aside_lines(self) -> Iterator[SetLine]:
        """Yield the lines that are in no page: of headers and footers, and of boxes as old programs see them."""
        for paragraph in _paragraphs(self._aside_blocks):
            yield from self._lines(paragraph)

    def _page(
        self, number: int, lines: list[SetLine], tables: list[Table], celled: list[SetLine]
    ) -> tuple[Page, list[SetLine]]:
        """Read a page with the notes that it calls at its end."""
        lines = [*lines, *self._calls([*lines, *celled])]
        notes = tuple(charset_note(font, charset) for font, charset in sorted(self.charsets.items()))
        bare = tuple(one.line for one in lines)
        page = Page(number, bare, tuple(tables), source="layer", notes=("a Word file", *notes))
        return page, [*lines, *celled]

    def _calls(self, lines: list[SetLine]) -> Iterator[SetLine]:
        texts = [one.line.raw for one in lines]
        called = {sign for text in texts for sign in RAISED_RUN.findall(text)}
        for mark, (kind, identity) in enumerate(self._called, 1):
            sign = str(mark).translate(RAISED)
            if sign in called:
                for place, paragraph in enumerate(self._notes[kind].get(identity, ())):
                    for one in self._lines(paragraph):
                        yield one.with_lead(f"{sign} " if place == 0 else "", Role.FOOTNOTE)

    def _noted(self, root: Any, kind: str) -> dict[str, list[Paragraph]]:  # noqa: ANN401 - an element of lxml
        """Return the paragraphs of each note."""
        notes = root.iter(f"{W}{kind}") if root is not None else ()
        return {
            note.get(f"{W}id"): [p for p in self._read(note, 0) if isinstance(p, Paragraph)]
            for note in notes
            if note.get(f"{W}type") not in _SEPARATORS
        }

    def _read(self, parent: Any, depth: int) -> Iterator["Paragraph | list[_Cell]"]:  # noqa: ANN401 - an element of lxml
        """Paragraphs and tables in their order, those within boxes of text after the paragraph they hang on."""
        for child in parent if depth < _DEEPEST else ():
            if child.tag == f"{W}p":
                yield self._paragraph(child)
                for box in child.iter(f"{W}txbxContent"):
                    if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                        yield from self._read(box, depth + 1)
            elif child.tag == f"{W}tbl":
                yield list(self._table(child, depth))
            elif child.tag not in _SKIPPED:
                # What holds blocks besides: controls, insertions, what was moved here, what new programs show.
                yield from self._read(child, depth + 1)

    def _paragraph(self, element: Any) -> Paragraph:  # noqa: ANN401 - an element of lxml
        look = element.find(f"{W}pPr")
        style = value(look, "pStyle")
        numbered = look.find(f"{W}numPr") if look is not None else None
        label = self._numbering.next(numbered if numbered is not None else self._styles.numbering(style))
        lines: list[list[FontRun]] = [[FontRun(label, "", plain=True)] if label else []]
        new_page = look is not None and look.find(f"{W}pageBreakBefore") is not None
        for run in _runs(element):
            if run.tag == f"{M}oMath":
                lines[-1].append(FontRun(formula_text(run), "", plain=True))
                continue
            font, bold = self._styles.font(run, style), self._styles.bold(run, style)
            for piece in run:
                text = self._text(piece)
                if piece.tag == f"{W}br" and piece.get(f"{W}type") == "page":
                    new_page = new_page or not any(lines)
                    lines.append([])
                elif piece.tag in (f"{W}br", f"{W}cr"):
                    lines.append([])
                elif text:
                    plain = piece.tag in (f"{W}footnoteReference", f"{W}endnoteReference", f"{W}sym")
                    lines[-1].append(FontRun(text, font, bold, plain, piece if piece.tag == f"{W}t" else None))
        heading = self._styles.heading(style, look)
        role = Role.TITLE if self._styles.title(style) else Role.HEADING if heading else Role.BODY
        return Paragraph(tuple(tuple(line) for line in lines if line), role, new_page)

    def _text(self, piece: Any) -> str:  # noqa: ANN401 - an element of lxml
        if piece.tag == f"{W}t":
            return piece.text or ""
        if piece.tag in (f"{W}tab", f"{W}ptab"):
            return " "
        if piece.tag == f"{W}noBreakHyphen":
            return "-"
        if piece.tag == f"{W}sym":
            return symbol_text(piece)
        for kind in ("footnote", "endnote"):
            if piece.tag == f"{W}{kind}Reference":
                self._called.append((kind, piece.get(f"{W}id") or ""))
                return str(len(self._called)).translate(RAISED)
        return ""

    def _table(self, element: Any, depth: int) -> Iterator["_Cell"]:  # noqa: ANN401 - an element of lxml
        """Return the cells of a table, those that are merged downwards as one."""
        open_cells: dict[int, _Cell] = {}
        for row, line in enumerate(line for line in element.iter(f"{W}tr") if _table_above(line) is element):
            column = _whole(value(line.find(f"{W}trPr"), "gridBefore"), 0)
            for cell in line.iter(f"{W}tc"):
                if _table_above(cell) is not element:
                    continue
                look = cell.find(f"{W}tcPr")
                span = max(1, _whole(value(look, "gridSpan"), 1))
                merged = look.find(f"{W}vMerge") if look is not None else None
                above = open_cells.get(column)
                if merged is not None and merged.get(f"{W}val") != "restart" and above is not None:
                    above.rows += 1
                else:
                    made = _Cell(row, column, span, list(self._flat(cell, depth + 1)))
                    open_cells[column] = made
                    yield made
                column += span

    def _flat(self, cell: Any, depth: int) -> Iterator[Paragraph]:  # noqa: ANN401 - an element of lxml
        """Return the paragraphs of a cell, those of a table within it too."""
        for block in self._read(cell, depth):
            if isinstance(block, Paragraph):
                yield block
            else:
                for inner in block:
                    yield from inner.paragraphs

    def _said(self) -> dict[str, list[str]]:
        """Read the words of each font."""
        said: dict[str, list[str]] = {}
        notes = (p for notes in self._notes.values() for note in notes.values() for p in note)
        for paragraph in (*_paragraphs([*self._blocks, *self._aside_blocks]), *notes):
            for line in paragraph.lines:
                for run in line:
                    if not run.plain:
                        said.setdefault(run.font, []).extend(run.text.split())
        return said

    def _lines(self, paragraph: Paragraph) -> Iterator[SetLine]:
        return set_lines(paragraph, self._by_font)


class _Cell:
    """A cell while it is read; ``rows`` grows as others are merged into it."""

    def __init__(self, row: int, column: int, columns: int, paragraphs: list[Paragraph]) -> None:
        self.row, self.column, self.columns, self.rows = row, column, columns, 1
        self.paragraphs = paragraphs

    def with_lines(self, said: list[SetLine]) -> Cell:
        """Return the cell that it has become."""
        return Cell(self.row, self.column, tuple(one.line for one in said), self.rows, self.columns)


def _paragraphs(blocks: Iterable["Paragraph | list[_Cell]"]) -> Iterator[Paragraph]:
    """Yield the paragraphs of blocks, those of the cells of tables too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block:
                yield from cell.paragraphs


def _runs(element: Any) -> Iterator[Any]:  # noqa: ANN401 - elements of lxml
    """Return the runs and formulas of a paragraph, links and insertions looked into, struck-out text and boxes left
    out.
    """
    for child in element:
        if child.tag in (f"{W}r", f"{M}oMath"):
            yield child
            for base in child.iterfind(f"{W}ruby/{W}rubyBase"):
                yield from _runs(base)
        elif child.tag not in _SKIPPED and child.tag != f"{W}p":
            yield from _runs(child)


def _table_above(element: Any) -> Any:  # noqa: ANN401 - elements of lxml
    return next((above for above in element.iterancestors() if above.tag == f"{W}tbl"), None)


def _whole(text: str | None, otherwise: int) -> int:
    return min(int(text), 1000) if text is not None and text.isdigit() else otherwise
