"""Fonts in PDFs whose letters are made of themselves, of each other, or of far more than a letter is made of."""

import struct
from collections.abc import Callable, Sequence
from functools import partial

from tests.hostile.build import Hostile, Pdf, between, good_text

_EM = 1000
_BOX = struct.pack(">hhhhh", 1, 0, 0, 500, 700) + struct.pack(">HH", 3, 0) + bytes([1] * 4) + struct.pack(
    ">8h", 0, 500, 0, -500, 0, 0, 700, 0
)  # fmt: skip
"""A letter that is a rectangle."""
_WORDS, _MORE, _XY = 0x0001, 0x0020, 0x0002


def composite(parts: Sequence[int]) -> bytes:
    """Return a letter that is put together of others, each where it is."""
    pieces = []
    for place, part in enumerate(parts):
        more = _MORE if place + 1 < len(parts) else 0
        pieces.append(struct.pack(">HHhh", _WORDS | _XY | more, part, place % 7, place % 5))
    return struct.pack(">hhhhh", -1, 0, 0, 500, 700) + b"".join(pieces)


def _sfnt(tables: dict[bytes, bytes], kind: bytes = b"\0\1\0\0") -> bytes:
    out, data = [], b""
    start = 12 + 16 * len(tables)
    for name in sorted(tables):
        table = tables[name]
        words = table + bytes(-len(table) % 4)
        total = sum(struct.unpack(f">{len(words) // 4}I", words)) & 0xFFFFFFFF
        out.append(name + struct.pack(">III", total, start + len(data), len(table)))
        data += words
    return kind + struct.pack(">HHHH", len(tables), 16, 1, 0) + b"".join(out) + data


def truetype(glyphs: Sequence[bytes], program: bytes = b"", points: int = 2000) -> bytes:
    """Return a TrueType font of these letters; ``program`` is run before the first of them is drawn."""
    places, data = [0], b""
    for glyph in glyphs:
        data += glyph + bytes(-len(glyph) % 4)
        places.append(len(data))
    count = len(glyphs)
    cmap = struct.pack(">HHHHI", 0, 1, 1, 0, 12) + struct.pack(">HHH", 0, 262, 0) + bytes(
        code - 64 if 64 < code < 64 + count else 0 for code in range(256)
    )  # fmt: skip
    tables = {
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 11, _EM, 0, 0, 0, 0, 500, 700, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, 600, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, count
        ),
        b"maxp": struct.pack(
            ">IHHHHHHHHHHHHHH", 0x10000, count, points, 99, points, 99, 2, 9, 9, 99, 99, 999, 999, 99, 99
        ),
        b"hmtx": struct.pack(">Hh", 600, 0) * count,
        b"loca": struct.pack(f">{count + 1}I", *places),
        b"glyf": data or bytes(4),
        b"cmap": cmap,
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }  # fmt: skip
    if program:
        tables |= {b"fpgm": program, b"prep": program, b"cvt ": bytes(64)}
    return _sfnt(tables)


def _index(items: Sequence[bytes]) -> bytes:
    if not items:
        return b"\0\0"
    places = [1]
    for item in items:
        places.append(places[-1] + len(item))
    return struct.pack(">HB", len(items), 4) + struct.pack(f">{len(places)}I", *places) + b"".join(items)


def _number(value: int) -> bytes:
    return b"\x1d" + struct.pack(">i", value)


def cff(letter: bytes, routines: Sequence[bytes]) -> bytes:
    """Return a CFF font of two letters, of which the second may call these global routines (numbered from -107)."""
    head = b"\1\0\4\4" + _index([b"Odd"])
    strings, globals_, letters = _index([]), _index(routines), _index([b"\x0e", letter])
    top_length = len(_index([_number(0) + b"\x11" + _number(0) + _number(0) + b"\x12"]))
    place = len(head) + top_length + len(strings) + len(globals_)
    private = b"\x8b\x14"
    top = _index([_number(place) + b"\x11" + _number(len(private)) + _number(place + len(letters)) + b"\x12"])
    return head + top + strings + globals_ + letters + private


def _with_font(pdf: Pdf, data: bytes, kind: bytes, shown: bytes, how: bytes = b"/FontFile2") -> None:
    """Add a page that is good but for some letters of this font."""
    file = pdf.stream(data, b"/Length1 %d%s" % (len(data), kind))
    described = pdf.add(
        b"<</Type/FontDescriptor/FontName/Odd/Flags 4/FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 800/Descent -200"
        b"/CapHeight 700/StemV 80%s %d 0 R>>" % (how, file)
    )
    simple = b"/TrueType" if how == b"/FontFile2" else b"/Type1"
    font = pdf.add(
        b"<</Type/Font/Subtype%s/BaseFont/Odd/FirstChar 32/LastChar 127/Widths[%s]/FontDescriptor %d 0 R>>"
        % (simple, b"600 " * 96, described)
    )
    pdf.page(good_text() + b" BT /X 12 Tf 30 100 Td (%s) Tj ET" % shown)
    pdf.objects[pdf.kids[-1]] = pdf.objects[pdf.kids[-1]].replace(b"/G 3 0 R", b"/G 3 0 R/X %d 0 R" % font)


def _composites(pdf: Pdf, parts: Callable[[int], Sequence[int]], count: int, shown: bytes) -> None:
    glyphs = [_BOX, _BOX, *(composite(parts(number)) for number in range(2, count))]
    _with_font(pdf, truetype(glyphs), b"", shown)


def _hinted(pdf: Pdf, program: bytes) -> None:
    _with_font(pdf, truetype([_BOX, _BOX], program), b"", b"AAAA")


def _routines(pdf: Pdf, how: str) -> None:
    call = b"\x1d"  # callgsubr
    first = b"\x20" + call  # of number -107
    box = b"\x8b\x8b\x15" + b"\xef\x06\xef\x07" + b"\x0e"
    if how == "itself":
        letter, routines = first + b"\x0e", [first + b"\x0b"]
    elif how == "each-other":
        letter, routines = first + b"\x0e", [b"\x21" + call + b"\x0b", first + b"\x0b"]
    elif how == "doublings":
        bodies = [bytes([0x20 + level + 1]) + call + bytes([0x20 + level + 1]) + call + b"\x0b" for level in range(40)]
        letter, routines = first + b"\x0e", [*bodies, b"\x8c\x8c\x05\x0b"]
    else:
        letter, routines = box[:-1] + b"\x8c\x8c\x05" * 600_000 + b"\x0e", [b"\x0b"]
    _with_font(pdf, cff(letter, routines), b"/Subtype/Type1C", b"AAAA", b"/FontFile3")


_LOOP = b"\xb0\x00" + b"\xb8\xff\xfc" + b"\x1c"  # PUSHB 0, PUSHW -4, JMPR: round and round
_CALLS = b"\xb0\x00\x2c" + b"\xb0\x00\x2b" * 2 + b"\x2d" + b"\xb0\x00\x2b"
"""A routine that calls itself twice, and a call of it."""
_PARTS: dict[str, tuple[Callable[[int], Sequence[int]], int, bytes]] = {
    "letter-of-itself": (lambda n: [n, 1], 3, b"BBBB"),
    "letters-of-each-other": (lambda n: [5 - n, 1], 4, b"BCBC"),
    "letter-doublings": (lambda n: [n - 1, n - 1], 44, b"BHJZ"),
    "letter-thousands-deep": (lambda n: [n - 1], 60_000, b"BZ"),
    "letter-of-sixty-thousand-parts": (lambda _: [1] * 60_000, 4, b"BCBC"),
}

FILES = (
    *(Hostile(name, between(partial(_composites, parts=parts, count=count, shown=shown)), 0, good=3)
      for name, (parts, count, shown) in _PARTS.items()),
    Hostile("hints-round-and-round", between(partial(_hinted, program=_LOOP)), 0, good=3),
    Hostile("hints-that-call-themselves", between(partial(_hinted, program=_CALLS)), 0, good=3),
    *(Hostile(f"routines-{how}", between(partial(_routines, how=how)), 0, good=3)
      for how in ("itself", "each-other", "doublings", "long")),
)  # fmt: skip
