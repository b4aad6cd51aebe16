"""Copies of embedded fonts in which a glyph may have several codes, each with another meaning.

A letter of two codes, a repaired word, a raised figure: what a glyph is to be read as depends on where it stands, and a
font's map (``/ToUnicode``), the one thing that every reader heeds, knows codes only. So a copy of the font gets further
codes for the glyphs it has. The program of the font, the widths and the steps that show words stay as they are, and so
does every pixel.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple, Protocol
from weakref import WeakKeyDictionary

import pikepdf

from vnreport_ocr.outputs.pdf.glyphnumbers import count_of, glyphs_of
from vnreport_ocr.outputs.pdf.lettermap import LetterMap, write_map
from vnreport_ocr.outputs.pdf.remapped import RemappedFont, can_be_remapped
from vnreport_ocr.outputs.pdf.shows import Contents, FontUse
from vnreport_ocr.sources.pdf.unpack import unpacked

_FIRST: Final = 0x100
_WIDE: Final = 2
_BLANK: Final = ord(" ")
_LAST_LEAD: Final = 0x1F
"""Codes of one byte begin behind this: what is left of a byte's values leads codes of two bytes."""
_MOST_CODES: Final = 0x10000
_MOST_BYTES: Final = 16 << 20
_WIDTH: Final = 1000
_CMAP: Final = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> def\n"
    b"/CMapName /Vnocr-Mixed def\n/CMapType 1 def\n/WMode 0 def\n"
    b"2 begincodespacerange\n<20><ff>\n<0100><1fff>\nendcodespacerange\n"
    b"2 begincidrange\n<20><ff> 32\n<0100><1fff> 256\nendcidrange\n"
    b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
)


class Glyphs(NamedTuple):
    """The glyphs of a font's codes."""

    known: dict[int, int] | None
    """None where the codes are the numbers of the glyphs."""
    below: int
    """The font's own codes lie below this."""

    def of(self, code: int) -> int | None:
        """Return the glyph of a code."""
        return code if self.known is None else self.known.get(code)


class NoCodeError(Exception):
    """A font has no free code."""


class Twin(Protocol):
    """What replaces a font so that its glyphs can be read as something else."""

    @property
    def objects(self) -> Sequence[pikepdf.Object]:
        """The fonts that show its glyphs; the first one takes the font's place."""
        ...

    def tell(self, letters: dict[int, str]) -> None:
        """Say what the font's own codes are read as where nothing else is wanted."""
        ...

    def keeps(self, codes: Sequence[int], letters: Mapping[int, str]) -> bool:
        """Whether codes that are shown as they are read as these letters, as they are to be."""
        ...

    def coded(self, code: int, letters: str | None) -> tuple[int, bytes]:
        """Return which of its fonts shows the glyph of a code, and by which bytes, for it to be read as letters.

        None asks for what the code is read as anyway.
        """
        ...

    def finish(self) -> None:
        """Write what was not known before."""
        ...


class RecodedFont:
    """A copy of one TrueType font with further codes for its glyphs."""

    def __init__(self, pdf: pikepdf.Pdf, use: FontUse, glyphs: Glyphs) -> None:
        self._pdf, self._font, self._wide = pdf, use.font, use.width == _WIDE
        self._glyphs = glyphs
        self._own = range(glyphs.below) if self._wide else range(_LAST_LEAD + 1, _FIRST)
        """The codes that stay as they are."""
        self._free = self._own.stop
        self._most = _MOST_CODES if self._wide else (_LAST_LEAD + 1) << 8
        self._base: dict[int, str] = {}
        """What the font's own codes are read as."""
        self._more: dict[tuple[int, str], int] = {}
        """Further codes, by the font's own code of the glyph and what they are read as."""
        self._used: set[int] = set()
        """The font's own codes that are shown."""
        self._known = {_BLANK, *(glyphs.known or ())}
        self._object = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0))
        self.objects = (self._object,)

    def knows(self, codes: Iterable[int]) -> bool:
        """Whether the glyphs of codes are known."""
        return self._wide or self._known.issuperset(codes)

    def keeps(self, codes: Sequence[int], letters: Mapping[int, str]) -> bool:
        """Whether these codes are the copy's as well, and read as these letters."""
        base = self._base
        if any(code not in self._own or code not in base or base[code] != letters.get(code) for code in set(codes)):
            return False
        self._used.update(codes)
        return True

    def coded(self, code: int, letters: str | None) -> tuple[int, bytes]:
        """Return the bytes that show the glyph of a code and are read as these letters."""
        if letters is None:
            letters = self._base.get(code, "\N{REPLACEMENT CHARACTER}")
        if code in self._own and self._base.setdefault(code, letters) == letters:
            self._used.add(code)
            return 0, code.to_bytes(2 if self._wide else 1, "big")
        key = code, letters
        if key not in self._more:
            if self._free >= self._most:
                raise NoCodeError
            self._more[key] = self._free
            self._free += 1
        return 0, self._more[key].to_bytes(2, "big")

    def tell(self, letters: dict[int, str]) -> None:
        """Say what the font's own codes are read as where nothing else is wanted."""
        for code, text in letters.items():
            self._base.setdefault(code, text)

    def finish(self) -> None:
        """Write the copy."""
        inner = self._wide_font() if self._wide else self._simple_font()
        font, pdf = self._object, self._pdf
        font["/BaseFont"] = self._font.get("/BaseFont", pikepdf.Name("/Unnamed"))
        font["/Encoding"] = pikepdf.Name("/Identity-H") if self._wide else pdf.make_stream(_CMAP, _cmap_entries())
        font["/DescendantFonts"] = pikepdf.Array([pdf.make_indirect(inner)])
        told = {code: text for code, text in self._base.items() if code in self._used}
        told.update({code: text for (_, text), code in self._more.items()})
        font["/ToUnicode"] = pdf.make_stream(write_map(LetterMap(2, told)))

    def _simple_font(self) -> pikepdf.Dictionary:
        described = self._font["/FontDescriptor"]
        widths = _simple_widths(self._font)
        codes = self._own_codes()
        made = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2)
        made["/BaseFont"] = self._font.get("/BaseFont", pikepdf.Name("/Unnamed"))
        made["/CIDSystemInfo"] = pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
        made["/FontDescriptor"] = described
        made["/DW"] = 0
        made["/W"] = _ranges({code: widths.get(own, 0) for code, own in codes.items()})
        glyphs = {code: self._glyphs.of(own) or 0 for code, own in codes.items()}
        made["/CIDToGIDMap"] = self._pdf.make_stream(_numbers(glyphs))
        return made

    def _wide_font(self) -> pikepdf.Dictionary:
        inner = self._font["/DescendantFonts"][0]
        widths = _wide_widths(inner)
        usual = inner.get("/DW", _WIDTH)
        made = pikepdf.Dictionary(dict(inner.items()))
        codes = self._own_codes()
        made["/DW"] = usual
        made["/W"] = _ranges({code: widths[own] for code, own in codes.items() if own in widths})
        glyphs = {code: self._glyphs.of(own) or 0 for code, own in codes.items()}
        made["/CIDToGIDMap"] = self._pdf.make_stream(_numbers(glyphs))
        return made

    def _own_codes(self) -> dict[int, int]:
        """Return every code that is shown with the font's own code of its glyph."""
        return {code: code for code in self._used} | {code: own for (own, _), code in self._more.items()}


class Twins:
    """The copies of the fonts of one file."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._recoded: dict[tuple[int, int], RecodedFont | None] = {}
        self._remapped: dict[tuple[int, int], RemappedFont] = {}
        self._copies: WeakKeyDictionary[Contents, dict[str, Twin]] = WeakKeyDictionary()

    def copies(self, contents: Contents) -> dict[str, Twin]:
        """Return what stands for the fonts that contents show codes in, by their names; ask when all shows are listed.

        A font whose glyphs are all known gets further codes. Of another one each meaning of a code takes a copy.
        """
        if contents not in self._copies:
            uses: dict[str, FontUse] = {}
            codes: dict[str, set[int]] = {}
            for show in contents.shown.values():
                if show.use is not None:
                    uses[show.use.name] = show.use
                    codes.setdefault(show.use.name, set()).update(show.codes)
            found = {name: self._of(use, codes[name]) for name, use in uses.items()}
            self._copies[contents] = {name: twin for name, twin in found.items() if twin is not None}
        return self._copies[contents]

    def _of(self, use: FontUse, codes: set[int]) -> Twin | None:
        key = use.font.objgen
        if key not in self._recoded:
            glyphs = _wide_glyphs(use.font) if use.width == _WIDE else _simple_glyphs(use.font)
            self._recoded[key] = None if glyphs is None else RecodedFont(self._pdf, use, glyphs)
        recoded = self._recoded[key]
        if recoded is not None and recoded.knows(codes):
            return recoded
        if key not in self._remapped:
            if not can_be_remapped(use):
                return None
            self._remapped[key] = RemappedFont(self._pdf, use)
        return self._remapped[key]

    def finish(self) -> None:
        """Write all of them."""
        twins: list[Twin | None] = [*self._recoded.values(), *self._remapped.values()]
        for twin in twins:
            if twin is not None:
                twin.finish()


def _simple_glyphs(font: pikepdf.Object) -> Glyphs | None:
    known = glyphs_of(font)
    return Glyphs(known, _FIRST) if known else None


def _wide_glyphs(font: pikepdf.Object) -> Glyphs | None:
    """Return the glyph of each code of a font whose codes are numbers of two bytes."""
    below = font.get("/DescendantFonts")
    inner = below[0] if isinstance(below, pikepdf.Array) and len(below) else None
    if inner is None or inner.get("/Subtype") != "/CIDFontType2" or font.get("/Encoding") != "/Identity-H":
        return None
    described = inner.get("/FontDescriptor")
    file = described.get("/FontFile2") if isinstance(described, pikepdf.Dictionary) else None
    if not isinstance(file, pikepdf.Stream):
        return None
    told = inner.get("/CIDToGIDMap", "/Identity")
    if isinstance(told, pikepdf.Stream):
        data = unpacked(told, _MOST_BYTES)
        numbers = ((at // 2, int.from_bytes(data[at : at + 2], "big")) for at in range(0, len(data) - 1, 2))
        known = {code: glyph for code, glyph in numbers if glyph}
        return Glyphs(known, max(known, default=0) + 1)
    return Glyphs(None, count_of(file)) if told == "/Identity" else None


def _simple_widths(font: pikepdf.Object) -> dict[int, pikepdf.Object | int]:
    held, first = font.get("/Widths"), int(font.get("/FirstChar", 0))
    usual = font["/FontDescriptor"].get("/MissingWidth", 0)
    widths: dict[int, pikepdf.Object | int] = dict.fromkeys(range(_FIRST), usual)
    if isinstance(held, pikepdf.Array):
        widths.update({first + place: width for place, width in enumerate(held)})
    return widths


def _wide_widths(inner: pikepdf.Object) -> dict[int, pikepdf.Object]:
    """Return the widths that are told one by one or by ranges."""
    held = inner.get("/W")
    items = list(held) if isinstance(held, pikepdf.Array) else []
    found: dict[int, pikepdf.Object] = {}
    at = 0
    while at + 1 < len(items):
        first, following = int(items[at]), items[at + 1]
        if isinstance(following, pikepdf.Array):
            found.update({first + place: width for place, width in enumerate(following)})
            at += 2
        elif at + 2 < len(items):
            last = min(int(following), _MOST_CODES)
            found.update(dict.fromkeys(range(first, last + 1), items[at + 2]))
            at += 3
        else:
            break
    return found


def _ranges(widths: dict[int, pikepdf.Object | int]) -> pikepdf.Array:
    """Write widths as a list of them for each stretch of codes."""
    written: list[pikepdf.Object | int] = []
    numbered = enumerate(sorted(widths))
    for _, stretch in groupby(numbered, lambda pair: pair[1] - pair[0]):
        codes = [code for _, code in stretch]
        written += [codes[0], pikepdf.Array([widths[code] for code in codes])]
    return pikepdf.Array(written)


def _numbers(glyphs: dict[int, int]) -> bytes:
    """Write the glyphs of codes as a map of two bytes each."""
    room = bytearray(2 * (max(glyphs, default=0) + 1))
    for code, glyph in glyphs.items():
        room[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(room)


def _cmap_entries() -> pikepdf.Dictionary:
    system = pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0)
    return pikepdf.Dictionary(
        Type=pikepdf.Name.CMap, CMapName=pikepdf.Name("/Vnocr-Mixed"), CIDSystemInfo=system, WMode=0
    )
