"""The letters of a PDF page as pdfium knows them: code, place, size, font, in the order they were drawn."""

import ctypes
import math
import re
from collections import deque
from functools import partial
from itertools import repeat
from typing import Any, Final, NamedTuple

import pypdfium2.raw as raw

from vnreport_ocr.sources.pdf.files import PdfPage

_ITALIC_FLAG = 1 << 6
_BOLD_FLAG = 1 << 18
_BOLD_WEIGHT = 600
_BOLD_NAME = re.compile(r"bold|black|heavy|[-,]bd\b|\.VnTimeH?B", re.IGNORECASE)
_MOST_GLYPHS = 200_000
_INVISIBLE_MODE = 3
_AT_ONCE: Final = 128
_ADDED: Final = frozenset(" \r\n")
_DEEPEST: Final = 8
"""Forms within forms."""
_HYPHEN: Final = {0xFFFE: "-", 0x2: "-"}
"""Codes that pdfium gives to a hyphen at a line's end, which it takes for a divided word: no word of Vietnamese is
divided, but symbols end lines like this (``QĐ-``).
"""


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
    asides: dict[int, list[Glyph]]
    """Letters that run another way than most do, made upright, by how far the page was turned for that."""
    notes: list[Glyph]
    """Letters of notes on the page (``sources/pdf/notes.py``), upright with it."""
    slanted: list[list[Glyph]]
    """Letters drawn aslant, as watermarks are, one list for what was drawn in one go."""
    size: tuple[float, float]
    """Width and height of the page, turned."""
    cut: bool = False
    """Whether there are more letters than were taken."""


def read_glyphs(page: PdfPage) -> Drawn:
    """Find the page's letters by the way they run."""
    textpage = page.page.get_textpage()
    try:
        return _Reader(page, textpage.raw).read()
    finally:
        textpage.close()


class GlyphPlace(NamedTuple):
    """A letter as readers get it: the text object that draws it, and where it stands on the page laid upright."""

    drawn_by: int | None
    """None for the blanks that readers add."""
    text: str
    base: float
    left: float
    right: float
    size: float
    """The height of its box: more than the type size, and less than half as much again."""


def read_places(page: PdfPage, turn: int = 0) -> list[GlyphPlace]:
    """List every letter of a page in the order in which readers get them, the blanks that they add included."""
    textpage = page.page.get_textpage()
    try:
        count = raw.FPDFText_CountChars(textpage.raw)
        letters = _Letters(textpage.raw, max(0, min(count, _MOST_GLYPHS)))
        handle = ctypes.cast(textpage.raw, ctypes.c_void_p)
        added = {i for i, text in enumerate(letters.codes) if text in _ADDED and _is_added(handle, i) == 1}
    finally:
        textpage.close()

    if turn == 0 and page.rotation == 0:
        return _level_places(letters, added, *page.shown(0, 0))

    def seen(x: float, y: float) -> tuple[float, float]:
        return upright(*page.shown(x, y), turn, page.size)

    found = []
    for i, drawn in enumerate(letters.objects):
        base = seen(letters.x[i], letters.y[i])[1]
        one, low = seen(letters.left[i], letters.bottom[i])
        other, high = seen(letters.right[i], letters.top[i])
        owner = None if i in added else drawn
        found.append(GlyphPlace(owner, letters.codes[i], base, min(one, other), max(one, other), abs(high - low)))
    return found


def _level_places(letters: "_Letters", added: set[int], across: float, top: float) -> list[GlyphPlace]:
    """List the letters of a page that only has another origin."""
    owners = [None if i in added else drawn for i, drawn in enumerate(letters.objects)]
    bases = [top - y for y in letters.y]
    lefts = [min(pair) + across for pair in zip(letters.left, letters.right, strict=True)]
    rights = [max(pair) + across for pair in zip(letters.left, letters.right, strict=True)]
    sizes = [abs(high - low) for low, high in zip(letters.bottom, letters.top, strict=True)]
    return list(map(GlyphPlace, owners, letters.codes, bases, lefts, rights, sizes))


def text_objects(page: PdfPage) -> list[int]:
    """List the text objects of a page in the order in which they are drawn, those within forms included."""
    found: list[int] = []
    _collect_texts(page.page.raw, found, 0)
    return found


def _collect_texts(owner: Any, found: list[int], depth: int) -> None:  # noqa: ANN401 - a ctypes handle
    """Take in what a page, or a form on it, draws."""
    within = depth > 0
    count = raw.FPDFFormObj_CountObjects(owner) if within else raw.FPDFPage_CountObjects(owner)
    for index in range(count):
        item = raw.FPDFFormObj_GetObject(owner, index) if within else raw.FPDFPage_GetObject(owner, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            found.append(ctypes.cast(item, ctypes.c_void_p).value or 0)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            _collect_texts(item, found, depth + 1)


def upright(x: float, y: float, turn: int, size: tuple[float, float]) -> tuple[float, float]:
    """Turn a point of a page of this size so that text running at ``turn`` degrees runs level."""
    width, height = size
    if turn == 90:
        return height - y, x
    if turn == 180:
        return width - x, height - y
    if turn == 270:
        return y, width - x
    return x, y


class _Setting(NamedTuple):
    """What holds for all letters of one text object."""

    look: tuple[float, Font, bool]
    angle: int | None


class _Stretch(NamedTuple):
    """Letters that follow one another in one text object: the first, and the one after the last."""

    first: int
    end: int
    setting: _Setting


def _direct(name: str, result: type) -> Any:  # noqa: ANN401 - a ctypes function
    """Return a function of pdfium without the conversions that the binding makes at every call."""
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result)(address)


_object_of = _direct("FPDFText_GetTextObject", ctypes.c_void_p)
_code_of = _direct("FPDFText_GetUnicode", ctypes.c_uint)
_origin_of = _direct("FPDFText_GetCharOrigin", ctypes.c_int)
_box_of = _direct("FPDFText_GetLooseCharBox", ctypes.c_int)
_is_added = _direct("FPDFText_IsGenerated", ctypes.c_int)
_mode_of = _direct("FPDFTextObj_GetTextRenderMode", ctypes.c_int)
_font_of = _direct("FPDFTextObj_GetFont", ctypes.c_void_p)


class _Room:
    """Memory for the places of some letters, with the addresses that pdfium writes them to."""

    def __init__(self) -> None:
        self.origins = (ctypes.c_double * (2 * _AT_ONCE))()
        self.boxes = (ctypes.c_float * (4 * _AT_ONCE))()
        self.to_x, self.to_y = _every(self.origins, 0), _every(self.origins, 8)
        self.to_box = _every(self.boxes, 0)


def _every(array: ctypes.Array[Any], start: int) -> list[ctypes.c_void_p]:
    """Addresses at steps of 16 bytes."""
    first = ctypes.addressof(array) + start
    return [ctypes.c_void_p(address) for address in range(first, first + 16 * _AT_ONCE, 16)]


class _Letters:
    """Every letter of a page in the page's own coordinates.

    Three calls a letter are most of what a good page costs: they are made in loops that Python does not see.
    """

    def __init__(self, page: Any, count: int) -> None:  # noqa: ANN401 - a ctypes handle
        handle, room = ctypes.cast(page, ctypes.c_void_p), _Room()
        self.codes = _codes(page, count)
        self.objects: list[int | None] = list(map(_object_of, repeat(handle), range(count)))
        self.x: list[float] = []
        self.y: list[float] = []
        edges: tuple[list[float], ...] = ([], [], [], [])
        for first in range(0, count, _AT_ONCE):
            some = range(first, min(first + _AT_ONCE, count))
            deque(map(_origin_of, repeat(handle), some, room.to_x, room.to_y), maxlen=0)
            deque(map(_box_of, repeat(handle), some, room.to_box), maxlen=0)
            self.x += room.origins[0 : 2 * len(some) : 2]
            self.y += room.origins[1 : 2 * len(some) : 2]
            for edge, values in enumerate(edges):
                values += room.boxes[edge : 4 * len(some) : 4]
        self.left, self.top, self.right, self.bottom = edges


def _codes(handle: Any, count: int) -> str:  # noqa: ANN401 - a ctypes handle
    """Return the letters' codes, in one call where the page's text has one unit for each of them."""
    room = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(handle, 0, count, room) == count + 1:
        text = bytes(room)[:-2].decode("utf-16-le", errors="surrogatepass")
        if len(text) == count:
            return text.translate(_HYPHEN)
    letters = map(chr, map(_code_of, repeat(ctypes.cast(handle, ctypes.c_void_p)), range(count)))
    return "".join(letters).translate(_HYPHEN)


class _Reader:
    """Asks for fonts and angles only where a new text object begins."""

    def __init__(self, page: PdfPage, handle: Any) -> None:  # noqa: ANN401 - a ctypes handle
        self._page = page
        self._handle = handle
        self._fonts: dict[str, Font] = {}
        self._known: dict[tuple[int | None, bool], Font] = {}

    def read(self) -> Drawn:
        """Take every letter the page draws, then keep those that run the way most of them do."""
        count = raw.FPDFText_CountChars(self._handle)
        letters = _Letters(self._handle, max(0, min(count, _MOST_GLYPHS)))
        found: dict[int | None, list[_Stretch]] = {0: [], 90: [], 180: [], 270: [], None: []}
        noted: dict[int | None, list[_Stretch]] = {0: [], 90: [], 180: [], 270: [], None: []}
        own = count if self._page.own_letters is None else self._page.own_letters
        for stretch in self._stretches(letters.objects):
            (found if stretch.first < own else noted)[stretch.setting.angle].append(stretch)
        counts = {angle: sum(end - first for first, end, _ in found[angle]) for angle in found}
        turn = max((0, 90, 180, 270), key=lambda angle: (counts[angle], -angle))
        width, height = self._page.size
        asides = {angle: [*found[angle], *noted[angle]] for angle in (0, 90, 180, 270) if angle != turn}
        return Drawn(
            self._place(letters, found[turn], turn),
            turn,
            {angle: self._place(letters, stretches, angle) for angle, stretches in asides.items() if stretches},
            self._place(letters, noted[turn], turn),
            self._slanted(letters, [*found[None], *noted[None]]),
            (height, width) if turn in (90, 270) else (width, height),
            cut=count > _MOST_GLYPHS,
        )

    def _slanted(self, letters: _Letters, stretches: list[_Stretch]) -> list[list[Glyph]]:
        """Find what runs aslant, each stretch with those of the same look drawn right before it."""
        found: list[list[Glyph]] = []
        for stretch in stretches:
            glyphs = self._place(letters, [stretch], 0)
            if found and found[-1][0][5:] == glyphs[0][5:]:
                found[-1] += glyphs
            else:
                found.append(glyphs)
        return found

    def _stretches(self, objects: list[int | None]) -> list[_Stretch]:
        """Return the letters by the objects that draw them; the spaces that pdfium put in by itself have none."""
        found = []
        first, current, known, setting = 0, None, None, None
        for index, drawn in enumerate([*objects, None]):
            if drawn == current:
                continue
            if setting is not None and current is not None:
                found.append(_Stretch(first, index, setting))
            if drawn is not None and drawn != known:
                known, setting = drawn, self._setting(index, drawn)
            current, first = drawn, index
        return found

    def _place(self, letters: _Letters, stretches: list[_Stretch], turn: int) -> list[Glyph]:
        if turn == 0 and self._page.rotation == 0:
            return self._as_drawn(letters, stretches)
        shown, upright = self._page.shown, self._upright
        glyphs = []
        for first, end, setting in stretches:
            for i in range(first, end):
                start, base = upright(*shown(letters.x[i], letters.y[i]), turn)
                one, _ = upright(*shown(letters.left[i], letters.bottom[i]), turn)
                two, _ = upright(*shown(letters.right[i], letters.top[i]), turn)
                glyphs.append(Glyph(letters.codes[i], start, base, min(one, two), max(one, two), *setting.look))
        return glyphs

    def _as_drawn(self, letters: _Letters, stretches: list[_Stretch]) -> list[Glyph]:
        """Upright letters of an upright page, which only have another origin."""
        across, top = self._page.shown(0, 0)
        codes = letters.codes
        starts, bases = [x + across for x in letters.x], [top - y for y in letters.y]
        lefts, rights = [x + across for x in letters.left], [x + across for x in letters.right]
        make = partial(tuple.__new__, Glyph)
        glyphs: list[Glyph] = []
        for first, end, setting in stretches:
            part = slice(first, end)
            values = (codes[part], starts[part], bases[part], lefts[part], rights[part], *map(repeat, setting.look))
            glyphs += map(make, zip(*values, strict=False))
        return glyphs

    def _upright(self, x: float, y: float, turn: int) -> tuple[float, float]:
        return upright(x, y, turn, self._page.size)

    def _setting(self, index: int, drawn: int) -> _Setting:
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self._handle, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) * raw.FPDFText_GetFontSize(self._handle, index)
        degrees = math.degrees(math.atan2(matrix.b, matrix.a)) - self._page.rotation
        nearest = round(degrees / 90) * 90
        angle = nearest % 360 if abs(degrees - nearest) < 6 else None
        hidden = _mode_of(ctypes.c_void_p(drawn)) == _INVISIBLE_MODE
        unmapped = raw.FPDFText_HasUnicodeMapError(self._handle, index) == 1
        font = (_font_of(ctypes.c_void_p(drawn)), hidden)
        if font not in self._known:
            self._known[font] = self._font(index, hidden)
        return _Setting((scale, self._known[font], unmapped), angle)

    def _font(self, index: int, hidden: bool) -> Font:
        buffer, flags = ctypes.create_string_buffer(256), ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._handle, index, buffer, 256, flags)
        name = buffer.value.decode("utf-8", errors="replace")
        key = f"{name}/{hidden}"
        if key not in self._fonts:
            bare = name.split("+", 1)[-1] if name[6:7] == "+" else name
            weight = raw.FPDFText_GetFontWeight(self._handle, index)
            bold = bool(flags.value & _BOLD_FLAG or _BOLD_NAME.search(bare) or weight >= _BOLD_WEIGHT + 100)
            italic = bool(flags.value & _ITALIC_FLAG or "Italic" in bare or "Oblique" in bare)
            self._fonts[key] = Font(bare, bold, italic, hidden)
        return self._fonts[key]
