"""The words of a page's text layer by their fonts, and in Unicode."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from vnreport_ocr.sources.fontcharsets import Decode, font_decoders, settled_fonts
from vnreport_ocr.sources.pdf.fragments import Piece


def decoders(pieces: Iterable[Sequence[Piece]]) -> tuple[dict[str, Decode], dict[str, str]]:
    """Return for each font that needs one a function from its codes to Unicode, and the charset it is in."""
    said: dict[str, list[str]] = {}
    for line in pieces:
        for piece in line:
            for font, text in runs_of(piece):
                said.setdefault(font, []).append(text)
    return font_decoders(said)


def settled(row: Sequence[Piece], by_font: dict[str, Decode]) -> dict[str, Decode]:
    """Return the decoders for one line."""
    said: dict[str, list[str]] = {}
    for piece in row if by_font else ():
        for font, text in runs_of(piece):
            if font in by_font and not text.isascii():
                said.setdefault(font, []).append(text)
    return settled_fonts(said, by_font) if said else by_font


def runs_of(piece: Piece) -> list[tuple[str, str]]:
    """Return the stretches of one font in a word."""
    names = [glyph.font.name for glyph in piece.glyphs]
    if names.count(names[0]) == len(names):
        return [(names[0], piece.text)]
    letters = zip(names, piece.glyphs, strict=True)
    return [(name, "".join([glyph.text for _, glyph in run])) for name, run in groupby(letters, itemgetter(0))]


def decoded(piece: Piece, by_font: dict[str, Decode]) -> str:
    """Return the word in Unicode."""
    if not by_font:
        return piece.text
    return "".join([by_font[font](text) if font in by_font else text for font, text in runs_of(piece)])
