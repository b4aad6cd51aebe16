"""The text a PDF page holds itself: letters to words, words to lines, lines in reading order."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from vnreport_ocr.model import Box, Cell, LeftOut, Line, Table, Token
from vnreport_ocr.raised import SUPERSCRIPTS
from vnreport_ocr.sources.fontcharsets import Decode
from vnreport_ocr.sources.gutters import Zone, order_in_zones, with_gutters
from vnreport_ocr.sources.ledger import with_rows
from vnreport_ocr.sources.pdf.asides import around, aside_rows, aslant, in_place, put_in, sorted_notes
from vnreport_ocr.sources.pdf.charsets import decoded, decoders, settled
from vnreport_ocr.sources.pdf.files import PdfPage
from vnreport_ocr.sources.pdf.fragments import LayerPiece, gather, pieces, runs
from vnreport_ocr.sources.pdf.glyphcodes import with_codes
from vnreport_ocr.sources.pdf.glyphs import Drawn, Glyph, read_glyphs
from vnreport_ocr.sources.pdf.signfonts import with_signs
from vnreport_ocr.sources.pdf.tables import FilledTable, into_cells, ruled_tables
from vnreport_ocr.sources.pdf.tuning import TUNING
from vnreport_ocr.sources.placing import place_before
from vnreport_ocr.vietnamese.letters import nfc

_LIGATURES: Final = {c: unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"}
_UNUSED: Final = "\0\u00ad\u200b\u200c\u200d\ufeff\ufffe"
_PLAIN: Final = str.maketrans({**dict.fromkeys(_UNUSED, ""), **_LIGATURES})
_SPECIAL: Final = frozenset(_UNUSED) | frozenset(_LIGATURES)
_CLOSING: Final = frozenset(",.;:)/!?\N{RIGHT DOUBLE QUOTATION MARK}")
_PARTED: Final = TUNING.fragments.word_gap
_PARAGRAPH_GAP: Final = TUNING.layer.paragraph_gap


@dataclass(frozen=True, slots=True)
class TextLayer:
    """What a page's own text says, before anything is repaired."""

    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    fonts: tuple[str, ...]
    charsets: dict[str, str]
    letters: int
    unmapped: int
    hidden: int
    slanted: int
    turn: int
    size: tuple[float, float]
    left_out: tuple[LeftOut, ...] = ()
    learned: int = 0
    """Letters that were told as glyph numbers, decoded by what the whole file says in them."""
    cut: bool = False
    """Whether the page has more letters than were taken."""

    @property
    def text(self) -> str:
        """The whole text."""
        body = "".join(line.raw + line.end for line in self.lines)
        return body + "".join(f"{cell.text}\n" for table in self.tables for cell in table.cells)


def read_layer(page: PdfPage, *, decode: bool = True) -> TextLayer:
    """Read the page's text layer, empty if it has none; without ``decode`` old charsets stay as the fonts have them."""
    as_told = read_glyphs(page)
    learned = with_codes(as_told, page)
    drawn = with_signs(learned)
    alone, block = sorted_notes(drawn) if drawn.notes else ([], [])
    fragments = [words for part in gather([*runs(drawn.glyphs), *alone]) if (words := pieces(part))]
    fragments, filled = into_cells(fragments, ruled_tables(page)) if drawn.turn == 0 and fragments else (fragments, [])
    fragments, zones = with_gutters(fragments, lambda piece: piece.box, lambda piece: piece.text)
    aside = aside_rows(drawn, block)
    held = [*fragments, *(words for table in filled for words in table.words()), *(row for _, row in aside)]
    by_font, charsets = decoders(held, page.file) if decode else ({}, {})
    lines = [_line(row, by_font, end) for row, end in _in_order(fragments, zones)]
    kept = tuple(line for line in lines if line.raw)
    tables = tuple(_table(table, by_font, kept) for table in filled)
    if aside:
        turned = [in_place(line, turn, drawn) for turn, row in aside if (line := _line(row, by_font, "\n")).raw]
        kept, tables = put_in(kept, tables, turned)
    found = sum(a.unmapped and not b.unmapped for a, b in zip(as_told.glyphs, learned.glyphs, strict=True))
    return replace(_layer(drawn, (kept, tables), charsets), learned=found)


def _in_order(fragments: Sequence[Sequence[LayerPiece]], zones: Sequence[Zone]) -> list[tuple[list[LayerPiece], str]]:
    """Return the rows of a page in the order in which they are read, each with how it ends."""
    boxes = [around([piece.box for piece in words]) for words in fragments]
    texts = [" ".join(piece.text for piece in words) for words in fragments]
    order = order_in_zones(boxes, texts, zones)
    rows = [[piece for member in line.members for piece in fragments[member]] for line in order]
    ends = [
        "\n\n" if one.block != other.block or _ends(row, following) else "\n"
        for one, other, row, following in zip(order, order[1:], rows, rows[1:], strict=False)
    ]
    return list(zip(rows, [*ends, "\n"], strict=False))


def _table(filled: FilledTable, by_font: dict[str, Decode], lines: Sequence[Line]) -> Table:
    cells = tuple(
        Cell(
            place.row,
            place.column,
            tuple(line for words in rows if (line := _line(words, by_font, "\n")).raw),
            place.row_span,
            place.column_span,
            Box(*place.box),
        )
        for place, rows in filled.cells
    )
    return with_rows(Table(cells, place_before(lines, filled.box.top), filled.box))


def _layer(drawn: Drawn, content: tuple[tuple[Line, ...], tuple[Table, ...]], charsets: dict[str, str]) -> TextLayer:
    glyphs: Sequence[Glyph] = [
        *drawn.glyphs,
        *drawn.notes,
        *(glyph for aside in drawn.asides.values() for glyph in aside),
    ]
    fonts = dict.fromkeys([glyph.font.name for glyph in glyphs])
    unmapped = sum([glyph.unmapped for glyph in glyphs])
    hidden = sum([glyph.font.hidden for glyph in glyphs])
    slanted = sum(map(len, drawn.slanted))
    left_out = tuple(aslant(drawn))
    counts = (len(glyphs), unmapped, hidden, slanted, drawn.turn)
    return TextLayer(*content, tuple(fonts), charsets, *counts, size=drawn.size, left_out=left_out, cut=drawn.cut)


def _ends(row: Sequence[LayerPiece], following: Sequence[LayerPiece]) -> bool:
    """Whether more room than a line takes lies between two lines."""
    one, other = row[0].glyphs[0], following[0].glyphs[0]
    return other.base - one.base > _PARAGRAPH_GAP * max(one.size, other.size)


def _line(row: Sequence[LayerPiece], by_font: dict[str, Decode], end: str) -> Line:
    """One line of text with a token for each word; raised signs stick to the word before them."""
    raw = ""
    tokens = []
    by_font = settled(row, by_font)
    before: LayerPiece | None = None
    for piece in row:
        text = clean(decoded(piece, by_font), piece.raised)
        if not text:
            continue
        if raw and not piece.raised and not (before is not None and _closes(before, piece, text)):
            raw += " "
        before = piece
        tokens.append(Token(text, len(raw), piece.box, None, (), piece.style))
        raw += text
    return Line(raw, tuple(tokens), end=end)


def _closes(before: LayerPiece, piece: LayerPiece, text: str) -> bool:
    """Whether a word is the sign right behind a raised figure (``07/QĐ-TTr¹,``, ``m³/ngày``), cut off by its size."""
    return before.raised and text[0] in _CLOSING and piece.left - before.right < _PARTED * piece.glyphs[0].size


def clean(text: str, raised: bool) -> str:
    """Return a word's letters: composed, ligatures undone, signs without a shape left out, raised figures as such."""
    if not _SPECIAL.isdisjoint(text):
        text = text.translate(_PLAIN)
    if not text.isascii():
        text = nfc(text)
    return text.translate(SUPERSCRIPTS) if raised else text
