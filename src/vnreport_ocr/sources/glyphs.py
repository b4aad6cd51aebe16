"""The letters of a PDF page as pdfium knows them: code, place, size, font, in the order they were drawn."""

import ctypes
import math
import re
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from vnreport_ocr.sources.pdffile import PdfPage

_BOLD_FLAG = 1 << 18
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|[-,]bd\b|\.VnTimeH?B", re.IGNORECASE)
_MOST_GLYPHS = 200_000
_INVISIBLE_MODE = 3


class Font(NamedTuple):
    """What is known of the type a glyph was set in."""

    name: str
    bold: bool = False
    italic: bool = False
    hidden: bool = False


class Glyph(NamedTuple):
    """A letter where the reader sees it; ``base`` is its base line, ``start`` its origin."""

    text: str
    start: float
    base: float
    left: float
    right: float
    size: float
    font: Font
    unmapped: bool


class Drawn(NamedTuple):
    """The letters of a page, upright; ``turn`` says how far the page was turned to make them so."""

    glyphs: list[Glyph]
    turn: int
    slanted: int
    width: float
    height: float


def read_glyphs(page: PdfPage) -> Drawn:
    """The page's letters; those drawn aslant (watermarks) are counted and left out."""
    textpage = page.page.get_textpage()
    try:
        return _Reader(page, textpage.raw).read()
    finally:
        textpage.close()


class _Setting(NamedTuple):
    """What holds for all letters of one text object."""

    look: tuple[float, Font, bool]
    angle: int | None


_Raw = tuple[str, float, float, float, float, float, float, _Setting]
"""Letter, origin, box (left, bottom, right, top) in the page's own coordinates, and what it was set with."""


class _Reader:
    """Walks over the letters once, asking for fonts and angles only where a new text object begins."""

    def __init__(self, page: PdfPage, handle: Any) -> None:  # noqa: ANN401 - a ctypes handle
        self._page = page
        self._handle = handle
        self._fonts: dict[str, Font] = {}

    def read(self) -> Drawn:
        """Take every letter the page draws, then keep those that run the way most of them do."""
        handle, count = self._handle, min(raw.FPDFText_CountChars(self._handle), _MOST_GLYPHS)
        box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        found: dict[int | None, list[_Raw]] = {0: [], 90: [], 180: [], 270: [], None: []}
        last, setting, kept = None, None, found[0]
        # Four calls a letter, and their arguments, are most of what a good page costs: keep this loop bare.
        object_of, code_of = raw.FPDFText_GetTextObject, raw.FPDFText_GetUnicode
        box_of, origin_of, address_of = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin, ctypes.addressof
        for index in range(count):
            drawn = object_of(handle, index)
            if not drawn:
                continue
            address = address_of(drawn.contents)
            if address != last or setting is None:
                last, setting = address, self._setting(index, drawn)
                kept = found[setting.angle]
            box_of(handle, index, box)
            origin_of(handle, index, x, y)
            kept.append(
                (chr(code_of(handle, index)), x.value, y.value, box.left, box.bottom, box.right, box.top, setting)
            )
        turn = max((0, 90, 180, 270), key=lambda angle: (len(found[angle]), -angle))
        others = sum(len(letters) for letters in found.values()) - len(found[turn])
        width, height = self._page.size
        glyphs = self._place(found[turn], turn)
        return Drawn(glyphs, turn, others, *((height, width) if turn in (90, 270) else (width, height)))

    def _place(self, letters: list[_Raw], turn: int) -> list[Glyph]:
        shown, upright = self._page.shown, self._upright
        if turn == 0 and self._page.rotation == 0:
            left, top = shown(0, 0)
            return [Glyph(c, x + left, top - y, x1 + left, x2 + left, *s.look) for c, x, y, x1, _, x2, _, s in letters]
        glyphs = []
        for text, x, y, x1, y1, x2, y2, setting in letters:
            start, base = upright(*shown(x, y), turn)
            one, _ = upright(*shown(x1, y1), turn)
            two, _ = upright(*shown(x2, y2), turn)
            glyphs.append(Glyph(text, start, base, min(one, two), max(one, two), *setting.look))
        return glyphs

    def _upright(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """Turn a point of the shown page so that text running at ``turn`` degrees runs level."""
        width, height = self._page.size
        if turn == 90:
            return height - y, x
        if turn == 180:
            return width - x, height - y
        if turn == 270:
            return y, width - x
        return x, y

    def _setting(self, index: int, drawn: Any) -> _Setting:  # noqa: ANN401 - a ctypes handle
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._handle, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) * raw.FPDFText_GetFontSize(self._handle, index)
        degrees = math.degrees(math.atan2(matrix.b, matrix.a)) - self._page.rotation
        nearest = round(degrees / 90) * 90
        angle = nearest % 360 if abs(degrees - nearest) < 6 else None
        hidden = raw.FPDFTextObj_GetTextRenderMode(drawn) == _INVISIBLE_MODE
        unmapped = raw.FPDFText_HasUnicodeMapError(self._handle, index) == 1
        return _Setting((scale, self._font(index, hidden), unmapped), angle)

    def _font(self, index: int, hidden: bool) -> Font:
        buffer, flags = ctypes.create_string_buffer(256), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._handle, index, buffer, 256, flags)
        name = buffer.value.decode("utf-8", errors="replace")
        key = f"{name}/{hidden}"
        if key not in self._fonts:
            bare = name.split("+", 1)[-1] if name[6:7] == "+" else name
            weight = raw.FPDFText_GetFontWeight(self._handle, index)
            bold = bool(flags.value & _BOLD_FLAG or _BOLD_NAME.search(bare) or weight >= _BOLD_WEIGHT + 100)
            self._fonts[key] = Font(bare, bold, "Italic" in bare or "Oblique" in bare, hidden)
        return self._fonts[key]
