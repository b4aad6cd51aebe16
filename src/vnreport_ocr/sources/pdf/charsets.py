"""Fonts of the time before Unicode: which charset each font of a page speaks, decided by what it says."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from vnreport_ocr.sources.pdf.fragments import Piece
from vnreport_ocr.vietnamese.charsets import decode_run, font_hint
from vnreport_ocr.vietnamese.letters import WORD, has_vietnamese_letter
from vnreport_ocr.vietnamese.syllables import is_legal

_UNICODE: Final = "unicode"
_FEW: Final = 0.2
_SAMPLE: Final = 6000

Decode = Callable[[str], str]


def decoders(pieces: Iterable[Sequence[Piece]]) -> tuple[dict[str, Decode], dict[str, str]]:
    """For each font that needs one a function from its codes to Unicode, and the charset it was found to be in."""
    said: dict[str, list[str]] = {}
    for line in pieces:
        for piece in line:
            for font, text in runs_of(piece):
                said.setdefault(font, []).append(text)
    found: dict[str, Decode] = {}
    charsets: dict[str, str] = {}
    for font, words in said.items():
        sample = " ".join(words)[:_SAMPLE]
        if not needs_look(font, sample):
            continue
        charset = decode_run(sample, font).charset
        if charset != _UNICODE:
            charsets[font] = charset
            found[font] = _decoder(font, charset)
    return found, charsets


def needs_look(font: str, text: str) -> bool:
    """Whether a font's name or its words give reason to doubt that it speaks Unicode."""
    if font_hint(font).charset is not None:
        return True
    marked = [word for word in text.split() if not word.isascii()]
    return bool(marked) and sum(map(has_vietnamese_letter, marked)) < _FEW * len(marked)


def runs_of(piece: Piece) -> list[tuple[str, str]]:
    """The stretches of one font in a word."""
    names = [glyph.font.name for glyph in piece.glyphs]
    if names.count(names[0]) == len(names):
        return [(names[0], piece.text)]
    letters = zip(names, piece.glyphs, strict=True)
    return [(name, "".join([glyph.text for _, glyph in run])) for name, run in groupby(letters, itemgetter(0))]


def decoded(piece: Piece, by_font: dict[str, Decode]) -> str:
    """The word in Unicode."""
    if not by_font:
        return piece.text
    return "".join([by_font[font](text) if font in by_font else text for font, text in runs_of(piece)])


def _decoder(font: str, charset: str) -> Decode:
    hint = font if font_hint(font).charset == charset else charset
    known: dict[str, str] = {}

    def decode(text: str) -> str:
        if text not in known:
            known[text] = _with_lost_letter(text, hint) if charset == "tcvn3" and "-" in text else _plain(text, hint)
        return known[text]

    return decode


def _plain(text: str, hint: str) -> str:
    return decode_run(text, hint).text


def _with_lost_letter(text: str, hint: str) -> str:
    """In TCVN3 the letter ư has the code that PDF readers show as a hyphen: read as such where a syllable results."""
    if not any(c.isalpha() for c in text):
        return text
    restored = decode_run(text.replace("-", "\N{SOFT HYPHEN}"), hint).text
    words = WORD.findall(restored)
    return restored if words and all(map(is_legal, words)) and "-" not in restored else _plain(text, hint)
