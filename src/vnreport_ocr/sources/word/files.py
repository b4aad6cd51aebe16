"""Word files to pages: a page ends where the author ended it; Word itself knows no others."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final, NamedTuple

from vnreport_ocr.errors import MissingFileError
from vnreport_ocr.model import Cell, Line, Page, Role, Style, Table, Token
from vnreport_ocr.sources.fontcharsets import Decode, font_decoders, settled_fonts
from vnreport_ocr.sources.word.numbering import Numbering
from vnreport_ocr.sources.word.package import W, WordPackage, value
from vnreport_ocr.sources.word.styles import Styles
from vnreport_ocr.vietnamese.letters import nfc

_RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = re.compile("[⁰¹²³⁴-⁹]+")
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


class Run(NamedTuple):
    """A stretch of text of one font."""

    text: str
    font: str
    bold: bool = False
    plain: bool = False
    """Whether it was put in by Word and is in no charset of its font."""


class Paragraph(NamedTuple):
    """The lines of a paragraph, what part it plays, and whether a page begins with it."""

    lines: tuple[tuple[Run, ...], ...]
    role: Role
    new_page: bool


class WordFile:
    """The pages of one Word file."""

    def __init__(self, path: Path) -> None:
        package = WordPackage(path)
        self._styles = Styles(package.styles)
        self._numbering = Numbering(package.numbering)
        self._notes = {kind: self._noted(root, kind) for kind, root in
                       (("footnote", package.footnotes), ("endnote", package.endnotes))}  # fmt: skip
        self._called: list[tuple[str, str]] = []
        body = package.document.find(f"{W}body")
        self._blocks = list(self._read(body, 0)) if body is not None else []
        self._by_font, self.charsets = font_decoders(self._said())

    def pages(self) -> Iterator[Page]:
        """Yield the pages as they stand in the file."""
        lines: list[Line] = []
        tables: list[Table] = []
        number = 1
        for block in self._blocks:
            if isinstance(block, Paragraph):
                if block.new_page and (lines or tables):
                    yield self._page(number, lines, tables)
                    number, lines, tables = number + 1, [], []
                lines += self._lines(block)
            else:
                tables.append(Table(tuple(self._cells(block)), len(lines)))
        yield self._page(number, lines, tables)

    def _page(self, number: int, lines: list[Line], tables: list[Table]) -> Page:
        """A page with the notes that it calls at its end."""
        noted = list(self._calls(lines, tables))
        notes = tuple(f"font {font} is in {charset}" for font, charset in sorted(self.charsets.items()))
        return Page(number, (*lines, *noted), tuple(tables), source="layer", notes=("a Word file", *notes))

    def _calls(self, lines: list[Line], tables: list[Table]) -> Iterator[Line]:
        texts = [line.raw for line in (*lines, *(o for t in tables for c in t.cells for o in c.lines))]
        called = {sign for text in texts for sign in _MARKS.findall(text)}
        for mark, (kind, identity) in enumerate(self._called, 1):
            sign = str(mark).translate(_RAISED)
            if sign in called:
                for place, paragraph in enumerate(self._notes[kind].get(identity, ())):
                    for line in self._lines(paragraph):
                        lead = f"{sign} " if place == 0 else ""
                        yield Line(lead + line.raw.lstrip(), end="\n", role=Role.FOOTNOTE)

    def _noted(self, root: Any, kind: str) -> dict[str, list[Paragraph]]:  # noqa: ANN401 - an element of lxml
        """The paragraphs of each note."""
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
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
                yield from self._read(child, depth + 1)

    def _paragraph(self, element: Any) -> Paragraph:  # noqa: ANN401 - an element of lxml
        look = element.find(f"{W}pPr")
        style = value(look, "pStyle")
        numbered = look.find(f"{W}numPr") if look is not None else None
        label = self._numbering.next(numbered if numbered is not None else self._styles.numbering(style))
        lines: list[list[Run]] = [[Run(label, "", plain=True)] if label else []]
        new_page = look is not None and look.find(f"{W}pageBreakBefore") is not None
        for run in _runs(element):
            font, bold = self._styles.font(run, style), self._styles.bold(run, style)
            for piece in run:
                text = self._text(piece)
                if piece.tag == f"{W}br" and piece.get(f"{W}type") == "page":
                    new_page = new_page or not any(lines)
                    lines.append([])
                elif piece.tag in (f"{W}br", f"{W}cr"):
                    lines.append([])
                elif text:
                    plain = piece.tag in (f"{W}footnoteReference", f"{W}endnoteReference")
                    lines[-1].append(Run(text, font, bold, plain))
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
        for kind in ("footnote", "endnote"):
            if piece.tag == f"{W}{kind}Reference":
                self._called.append((kind, piece.get(f"{W}id") or ""))
                return str(len(self._called)).translate(_RAISED)
        return ""

    def _table(self, element: Any, depth: int) -> Iterator["_Cell"]:  # noqa: ANN401 - an element of lxml
        """The cells of a table, those that are merged downwards as one."""
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
        """The paragraphs of a cell, those of a table within it too."""
        for block in self._read(cell, depth):
            if isinstance(block, Paragraph):
                yield block
            else:
                for inner in block:
                    yield from inner.paragraphs

    def _cells(self, cells: list["_Cell"]) -> Iterator[Cell]:
        for cell in cells:
            lines = tuple(line for paragraph in cell.paragraphs for line in self._lines(paragraph))
            yield Cell(cell.row, cell.column, lines, cell.rows, cell.columns)

    def _said(self) -> dict[str, list[str]]:
        """The words of each font."""
        said: dict[str, list[str]] = {}
        notes = (p for notes in self._notes.values() for note in notes.values() for p in note)
        blocks = (
            p
            for b in self._blocks
            for p in ((b,) if isinstance(b, Paragraph) else (q for c in b for q in c.paragraphs))
        )
        for paragraph in (*blocks, *notes):
            for line in paragraph.lines:
                for run in line:
                    if not run.plain:
                        said.setdefault(run.font, []).extend(run.text.split())
        return said

    def _lines(self, paragraph: Paragraph) -> Iterator[Line]:
        for runs in paragraph.lines:
            raw, tokens = "", []
            for (font, bold, plain), group in groupby(runs, key=lambda run: (run.font, run.bold, run.plain)):
                text = "".join(run.text for run in group)
                text = nfc(text if plain else self._decoded(text, font))
                start = len(raw)
                raw += text
                place = start
                for word in text.split():
                    place = raw.index(word, place)
                    tokens.append(Token(word, place, style=Style(bold=bold)))
                    place += len(word)
            if raw.strip():
                yield Line(raw, tuple(tokens), role=paragraph.role, end="\n\n")

    def _decoded(self, text: str, font: str) -> str:
        if font not in self._by_font:
            return text
        decode: Decode = settled_fonts({font: text.split()}, self._by_font)[font]
        return "".join(decode(part) if part.strip() else part for part in _words(text))


class _Cell:
    """A cell while it is read; ``rows`` grows as others are merged into it."""

    def __init__(self, row: int, column: int, columns: int, paragraphs: list[Paragraph]) -> None:
        self.row, self.column, self.columns, self.rows = row, column, columns, 1
        self.paragraphs = paragraphs


def _runs(element: Any) -> Iterator[Any]:  # noqa: ANN401 - elements of lxml
    """The runs of a paragraph, links and insertions looked into, struck-out text and boxes left out."""
    for child in element:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in _SKIPPED and child.tag != f"{W}p":
            yield from _runs(child)


def _words(text: str) -> list[str]:
    """Words and the spaces between them."""
    return ["".join(part) for _, part in groupby(text, key=str.isspace)]


def _table_above(element: Any) -> Any:  # noqa: ANN401 - elements of lxml
    return next((above for above in element.iterancestors() if above.tag == f"{W}tbl"), None)


def _whole(text: str | None, otherwise: int) -> int:
    return min(int(text), 1000) if text is not None and text.isdigit() else otherwise
