"""Which glyph of an embedded TrueType font each code of a simple font shows, by the rules of readers."""

import struct
from collections.abc import Iterator
from typing import Final

import pikepdf

from vnreport_ocr.sources.pdf.unpack import unpacked
from vnreport_ocr.vietnamese.charset_tables import WESTERN

_MOST: Final = 64 << 20
_MOST_TABLES: Final = 64
_MOST_SEGMENTS: Final = 0x2000
_NONSYMBOLIC: Final = 32
_SYMBOL_PAGES: Final = (0xF000, 0xF100, 0xF200, 0)
_CODES: Final = 256
Cmaps = dict[tuple[int, int], dict[int, int]]


def glyphs_of(font: pikepdf.Object) -> dict[int, int]:
    """Return the glyph of each code of a simple font; none if that cannot be known for certain."""
    described = font.get("/FontDescriptor")
    if font.get("/Subtype") != "/TrueType" or not isinstance(described, pikepdf.Dictionary):
        return {}
    file = described.get("/FontFile2")
    if not isinstance(file, pikepdf.Stream):
        return {}
    try:
        cmaps = _cmaps(unpacked(file, _MOST))
    except (struct.error, IndexError):
        return {}
    encoding = font.get("/Encoding")
    if encoding == "/WinAnsiEncoding":
        return _by_letters(cmaps)
    flags = described.get("/Flags", 0)
    if encoding is None and not int(flags) & _NONSYMBOLIC:
        return _by_codes(cmaps)
    return {}


def count_of(file: pikepdf.Stream) -> int:
    """Return how many glyphs a TrueType font has; 0 if it does not say."""
    data = unpacked(file, _MOST)
    at = dict(_tables(data)).get(b"maxp")
    return int(struct.unpack_from(">H", data, at + 4)[0]) if at is not None and at + 6 <= len(data) else 0


def _by_letters(cmaps: Cmaps) -> dict[int, int]:
    """Find the glyphs of Western letters by Unicode, or by their codes in Mac Roman."""
    letters = {code: letter for code, letter in enumerate(WESTERN[:_CODES]) if letter}
    if (3, 1) in cmaps:
        known = cmaps[3, 1]
        return {code: known[ord(letter)] for code, letter in letters.items() if ord(letter) in known}
    if (1, 0) in cmaps:
        known = cmaps[1, 0]
        places = {code: letter.encode("mac_roman", "ignore") for code, letter in letters.items()}
        return {code: known[place[0]] for code, place in places.items() if place and place[0] in known}
    return _by_codes(cmaps)


def _by_codes(cmaps: Cmaps) -> dict[int, int]:
    """Find the glyphs of a font of symbols by their bare codes."""
    if (3, 0) in cmaps:
        known = cmaps[3, 0]
        for page in _SYMBOL_PAGES:
            found = {code: known[page + code] for code in range(_CODES) if page + code in known}
            if found:
                return found
    return dict(cmaps.get((1, 0), {}))


def _tables(data: bytes) -> Iterator[tuple[bytes, int]]:
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(min(count, _MOST_TABLES)):
        name, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        yield name, start


def _cmaps(data: bytes) -> Cmaps:
    start = dict(_tables(data)).get(b"cmap")
    if start is None:
        return {}
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: Cmaps = {}
    for number in range(min(count, _MOST_TABLES)):
        platform, kind, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * number)
        if (platform, kind) in ((3, 0), (3, 1), (1, 0)):
            found[platform, kind] = dict(_pairs(data, start + offset))
    return found


def _pairs(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    (kind,) = struct.unpack_from(">H", data, at)
    if kind == 0:
        yield from ((code, glyph) for code, glyph in enumerate(data[at + 6 : at + 6 + _CODES]) if glyph)
    elif kind == 6:
        first, count = struct.unpack_from(">HH", data, at + 6)
        glyphs = struct.unpack_from(f">{count}H", data, at + 10)
        yield from ((first + place, glyph) for place, glyph in enumerate(glyphs) if glyph)
    elif kind == 4:
        yield from _segments(data, at)


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    if count > _MOST_SEGMENTS:
        return
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
    shifts = struct.unpack_from(f">{count}H", data, at + 16 + 4 * count)
    ways = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", data, ways)
    for number in range(count):
        for code in range(starts[number], min(ends[number], 0xFFFE) + 1):
            glyph = code
            if offsets[number]:
                place = ways + 2 * number + offsets[number] + 2 * (code - starts[number])
                if place + 2 > len(data):
                    break
                (glyph,) = struct.unpack_from(">H", data, place)
                if not glyph:
                    continue
            glyph = (glyph + shifts[number]) & 0xFFFF
            if glyph:
                yield code, glyph
