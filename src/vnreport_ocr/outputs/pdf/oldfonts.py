"""Fonts from before Unicode are given maps of their letters, so that every reader finds and copies Vietnamese.

No layer is laid over such pages: the codes of their fonts are said to stand for the letters that are seen. Where a
letter is two codes, a vowel and its marks, the words are said as well (``/ActualText``), as readers would get the marks
by themselves.
"""

import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

import pikepdf

from vnreport_ocr.model import Page
from vnreport_ocr.outputs.pdf.embedding import is_embedded
from vnreport_ocr.outputs.pdf.lettermap import LetterMap, letters_of, letters_of_glyphs, write_map
from vnreport_ocr.outputs.pdf.shows import named_fonts
from vnreport_ocr.sources.fontcharsets import noted_charsets
from vnreport_ocr.sources.pdf.files import PdfPage
from vnreport_ocr.sources.pdf.glyphcodes import codes_of
from vnreport_ocr.vietnamese.charset_tables import CHARSETS
from vnreport_ocr.vietnamese.charsets import decode_run, font_hint

_SHOWS: Final = frozenset({"Tj", "TJ"})
_MOVES: Final = frozenset({"Td", "TD", "Tm", "T*", "Tc", "Tw", "Tz", "Tf", "Ts", "TL"})
"""Steps that may stand between two strings inside an ``/ActualText``."""
_GAP: Final = 180
"""Thousandths of the type size: where a string leaves more room, readers see a blank."""
_Step = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


class _OldFont:
    """A font with its charset."""

    def __init__(self, name: str, charset: str, shown: LetterMap, embedded: bool) -> None:
        hint = font_hint(name)
        self.embedded = embedded
        """Whether the file holds its shapes: readers choose others by the map, so that pixels would change."""
        self.shown = shown
        self.hint = name if hint.charset == charset else charset
        self.marks = _marks(charset)
        self._codes = CHARSETS[charset].codes
        self._capitals = hint.capitals and hint.charset == charset

    def mended(self) -> LetterMap:
        """Return what its codes really stand for."""
        return LetterMap(self.shown.width, {code: self._letter(text) for code, text in self.shown.letters.items()})

    def _letter(self, text: str) -> str:
        letter = self._codes.get(text) or self.marks.get(text) or text
        return letter.upper() if self._capitals else letter

    def said(self, text: str) -> str | None:
        """Return a string's words if the map cannot express them: letters of two codes, capitals the font lacks."""
        mapped = "".join(map(self._letter, text))
        composed = unicodedata.normalize("NFC", mapped)
        decoded = "".join(part if part.isspace() else decode_run(part, self.hint).text for part in _with_blanks(text))
        # What is decoded by its context is taken where it only differs by what the context tells.
        said = decoded if decoded.casefold() == composed.casefold() else composed
        return said if said != (mapped if self.embedded else text) else None


class OldFonts:
    """Fixes the fonts of one file, page by page."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._mended: dict[tuple[int, int], dict[int, str]] = {}
        self._known: dict[tuple[tuple[int, int], str], _OldFont | None] = {}

    def mend(self, read: Page, held: PdfPage, page: pikepdf.Page) -> None:
        """Fix the fonts of a page."""
        charsets = noted_charsets(read.notes)
        fonts = self._fonts(held, page, charsets) if charsets else {}
        if any(not font.embedded for font in fonts.values()):
            self._say_words(page, fonts)

    def letters(self, font: pikepdf.Object) -> dict[int, str] | None:
        """Return what the codes of a fixed font are read as now; None if it was not fixed."""
        return self._mended.get(font.objgen)

    def _fonts(self, held: PdfPage, page: pikepdf.Page, charsets: dict[str, str]) -> dict[str, _OldFont]:
        """Find the page's fonts of an old charset by their names in its resources, each with its letters."""
        found = {}
        for name, font in named_fonts(self._pdf, page.resources).items():
            base = str(font.get("/BaseFont", "")).lstrip("/")
            bare = base.split("+", 1)[-1] if base[6:7] == "+" else base
            charset = charsets.get(bare)
            if charset not in CHARSETS:
                continue
            key = (font.objgen, charset)
            if key not in self._known:
                shown = letters_of(font) or _by_glyphs(held, font, bare)
                self._known[key] = _OldFont(bare, charset, shown, is_embedded(font)) if shown is not None else None
            old = self._known[key]
            if old is not None:
                found[name] = old
                if old.embedded and font.objgen not in self._mended:
                    mended = old.mended()
                    self._mended[font.objgen] = mended.letters
                    font["/ToUnicode"] = self._pdf.make_stream(write_map(mended))
        return found

    def _say_words(self, page: pikepdf.Page, fonts: dict[str, _OldFont]) -> None:
        """Mark strings that the maps cannot express with their words (``/ActualText``)."""
        steps = pikepdf.parse_content_stream(page)
        spans = {span.first: span for span in _spans(steps, fonts) if span.said is not None}
        if not spans:
            return
        ends = {span.last for span in spans.values()}
        kept: list[_Step | tuple[Collection[pikepdf.Object | pikepdf.PdfInlineImage], pikepdf.Operator]] = []
        for index, step in enumerate(steps):
            if index in spans:
                words = pikepdf.Dictionary(ActualText=pikepdf.String(spans[index].said or ""))
                kept.append(([pikepdf.Name.Span, words], pikepdf.Operator("BDC")))
            kept.append(step)
            if index in ends:
                kept.append(([], pikepdf.Operator("EMC")))
        page.obj["/Contents"] = self._pdf.make_stream(pikepdf.unparse_content_stream(kept))


class _Span:
    """Strings that follow one another in one font, none of which ends within a letter."""

    def __init__(self, font: _OldFont, place: int, text: str) -> None:
        self.font, self.first, self.last, self.text = font, place, place, text

    def takes(self, font: _OldFont, text: str) -> bool:
        """Whether a string begins inside a letter: with the marks of the letter before it."""
        return font is self.font and text[:1] in font.marks

    @property
    def said(self) -> str | None:
        """The words to mark it with."""
        return self.font.said(self.text)


def _spans(steps: Sequence[_Step], fonts: dict[str, _OldFont]) -> list[_Span]:
    """Return the strings in fonts of an old charset, except where words are already given (``/ActualText``)."""
    spans: list[_Span] = []
    current: _OldFont | None = None
    above: list[_OldFont | None] = []
    open_, depth, said_at = False, 0, 0
    for place, step in enumerate(steps):
        name = str(step.operator)
        if name in ("BDC", "BMC"):
            depth += 1
            if not said_at and "/ActualText" in str(step.operands[1:]):
                said_at = depth
        elif name == "EMC":
            said_at = 0 if depth == said_at else said_at
            depth -= 1
        elif name == "q":
            above.append(current)
        elif name == "Q" and above:
            current = above.pop()
        elif name == "Tf":
            current = fonts.get(str(step.operands[0]))
        elif name in _SHOWS and current is not None and not said_at:
            text = _text(step, current)
            if open_ and spans[-1].takes(current, text):
                spans[-1].text += text
                spans[-1].last = place
            else:
                spans.append(_Span(current, place, text))
            open_ = True
            continue
        open_ = open_ and name in _MOVES
    return spans


def _text(step: _Step, font: _OldFont) -> str:
    """Return what a string is read as, with a blank where it leaves room for one."""
    operand = step.operands[0]
    if not isinstance(operand, pikepdf.Array):
        return font.shown.text(bytes(operand)) or " "
    text = ""
    for item in operand:
        if isinstance(item, pikepdf.String):
            text += font.shown.text(bytes(item))
        elif float(item) < -_GAP and text and not text.endswith(" "):
            text += " "
    return text or " "


def _by_glyphs(held: PdfPage, font: pikepdf.Object, bare: str) -> LetterMap | None:
    """Return what the glyph numbers of a font stand for, as learned when the page was read."""
    codes = codes_of(held.file).get(bare) if held.file is not None else None
    return None if codes is None else letters_of_glyphs(font, codes)


def _with_blanks(text: str) -> list[str]:
    """Words and the blanks between them."""
    parts: list[str] = []
    for letter in text:
        if parts and parts[-1].isspace() == letter.isspace():
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


@lru_cache(maxsize=16)
def _marks(charset: str) -> dict[str, str]:
    """Return the codes that are marks on the vowel before them, as combining signs; none where letters are one code."""
    codes = CHARSETS[charset].codes
    found: dict[str, str] = {}
    for code, letter in codes.items():
        if len(code) != 2:
            continue
        base = unicodedata.normalize("NFD", codes.get(code[0], code[0]))
        whole = unicodedata.normalize("NFD", letter)
        if whole[0] == base[0] and code[1] not in codes:
            found.setdefault(code[1], "".join(sign for sign in whole[1:] if sign not in base[1:]))
    return {code: signs for code, signs in found.items() if signs}
