"""What letters readers of PDFs take the codes of a font for, and how to rewrite that map."""

import re
from typing import Final, NamedTuple

import pikepdf

from vnreport_ocr.sources.pdf.unpack import unpacked
from vnreport_ocr.vietnamese.charset_tables import WESTERN
from vnreport_ocr.vietnamese.glyph_codes import GlyphCodes

_MOST: Final = 16 << 20
_AT_ONCE: Final = 100
_MOST_GLYPHS: Final = 0x100
"""Fonts with one byte per code have no more glyphs than that."""
_WIDEST: Final = 0x10000
_SPACE: Final = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")
_BLOCK: Final = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_PAIR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)
_ITEM: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>")


class LetterMap(NamedTuple):
    """How many bytes a code has, and what each code is read as."""

    width: int
    letters: dict[int, str]

    def text(self, data: bytes) -> str:
        """Return what a string of the font is read as."""
        codes = (int.from_bytes(data[at : at + self.width], "big") for at in range(0, len(data), self.width))
        return "".join(self.letters.get(code, "\ufffd") for code in codes)


def letters_of(font: pikepdf.Object) -> LetterMap | None:
    """Read the map of a font; None if its codes are not known to stand for Western letters."""
    told = font.get("/ToUnicode")
    if isinstance(told, pikepdf.Stream):
        return _read(unpacked(told, _MOST))
    encoding = font.get("/Encoding")
    if font.get("/Subtype") in ("/TrueType", "/Type1") and encoding == "/WinAnsiEncoding":
        return LetterMap(1, dict(enumerate(WESTERN)))
    return None


def letters_of_glyphs(font: pikepdf.Object, codes: GlyphCodes) -> LetterMap | None:
    """Return what codes that are bare glyph numbers stand for; None if the font has no such codes."""
    below = font.get("/DescendantFonts")
    inner = below[0] if isinstance(below, pikepdf.Array) and len(below) else None
    if font.get("/Encoding") != "/Identity-H" or inner is None or inner.get("/CIDToGIDMap", "/Identity") != "/Identity":
        return None
    told = ((glyph, codes.letter(glyph)) for glyph in range(_MOST_GLYPHS))
    letters = {glyph: letter for glyph, letter in told if letter is not None and letter != "\N{REPLACEMENT CHARACTER}"}
    return LetterMap(2, letters)


def write_map(letters: LetterMap) -> bytes:
    """Say which letters the codes stand for."""
    digits = 2 * letters.width
    pairs = [
        f"<{code:0{digits}x}><{text.encode('utf-16-be', 'surrogatepass').hex()}>"
        for code, text in sorted(letters.letters.items())
    ]
    parts = [pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE)]
    body = "".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Vnocr-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<{'0' * digits}><{'f' * digits}>\nendcodespacerange\n{body}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


def _read(data: bytes) -> LetterMap | None:
    space = _SPACE.search(data)
    width = len(space[1]) // 2 if space else 0
    letters: dict[int, str] = {}
    for kind, body in _BLOCK.findall(data):
        if kind == b"char":
            letters.update((int(code, 16), _text(text)) for code, text in _PAIR.findall(body))
            continue
        for first, last, start, listed in _RANGE.findall(body):
            low, high = int(first, 16), min(int(last, 16), int(first, 16) + _WIDEST)
            if listed:
                letters.update(zip(range(low, high + 1), map(_text, _ITEM.findall(listed)), strict=False))
            elif text := _text(start):
                letters.update((code, text[:-1] + chr(ord(text[-1]) + code - low)) for code in range(low, high + 1))
    return LetterMap(width, letters) if width in (1, 2) and letters else None


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", "replace")
