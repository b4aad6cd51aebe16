"""The words of a page's text layer by their fonts, and in Unicode."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from vnreport_ocr.errors import VnocrError
from vnreport_ocr.sources.fontcharsets import Decode, font_decoders, make_sense, settled_fonts
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.fragments import LayerPiece, gather, pieces, runs
from vnreport_ocr.sources.pdf.glyphs import read_glyphs
from vnreport_ocr.sources.pdf.tuning import TUNING

_MOST_PAGES: Final = TUNING.charsets.most_pages
_FEW_WORDS: Final = TUNING.charsets.few_words


def decoders(
    lines: Iterable[Sequence[LayerPiece]], file: PdfFile | None = None
) -> tuple[dict[str, Decode], dict[str, str]]:
    """Return for each font that needs one a function from its codes to Unicode, and the charset it is in.

    A font that says too little on its page to tell is what it is elsewhere in the file, where the page itself shows
    that its fonts are of the time before Unicode.
    """
    said = _said(lines)
    found, charsets = font_decoders(said)
    if charsets and file is not None:
        for font, words in said.items():
            marked = sum(not word.isascii() for word in words)
            if font in found or not 0 < marked <= _FEW_WORDS:
                continue
            charset = _charsets_of(file).get(font)
            if charset is not None and (decode := make_sense(font, charset, words)) is not None:
                found[font], charsets[font] = decode, charset
    return found, charsets


def _said(lines: Iterable[Sequence[LayerPiece]]) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {}
    for line in lines:
        for piece in line:
            for font, text in runs_of(piece):
                said.setdefault(font, []).append(text)
    return said


def _charsets_of(file: PdfFile) -> Mapping[str, str]:
    """Return the charsets of the fonts of a file; found out once, from pages spread over all of it."""
    if file.font_charsets is None:
        words: list[Sequence[LayerPiece]] = []
        for number in range(1, len(file) + 1, max(1, len(file) // _MOST_PAGES)):
            try:
                with file.page(number) as page:
                    words += [row for part in gather(runs(read_glyphs(page).glyphs)) if (row := pieces(part))]
            except VnocrError:
                continue  # told when that page itself is read
        file.font_charsets = font_decoders(_said(words))[1]
    return file.font_charsets


def settled(row: Sequence[LayerPiece], by_font: dict[str, Decode]) -> dict[str, Decode]:
    """Return the decoders for one line."""
    said: dict[str, list[str]] = {}
    for piece in row if by_font else ():
        for font, text in runs_of(piece):
            if font in by_font and not text.isascii():
                said.setdefault(font, []).append(text)
    return settled_fonts(said, by_font) if said else by_font


def runs_of(piece: LayerPiece) -> list[tuple[str, str]]:
    """Return the stretches of one font in a word."""
    names = [glyph.font.name for glyph in piece.glyphs]
    if names.count(names[0]) == len(names):
        return [(names[0], piece.text)]
    letters = zip(names, piece.glyphs, strict=True)
    return [(name, "".join([glyph.text for _, glyph in run])) for name, run in groupby(letters, itemgetter(0))]


def decoded(piece: LayerPiece, by_font: dict[str, Decode]) -> str:
    """Return the word in Unicode."""
    if not by_font:
        return piece.text
    return "".join([by_font[font](text) if font in by_font else text for font, text in runs_of(piece)])
