"""A font that shows nothing: all its letters share one invisible shape, and each knows what it stands for."""

import struct
from typing import Final

import pikepdf

WIDTH: Final = 500
"""Width of each letter, in thousandths of the type size."""
ASCENT: Final = 800
DESCENT: Final = -200
_NAME: Final = "VnocrUnseen"
_AT_ONCE: Final = 100
_MADE: Final = 3_660_681_600
"""The beginning of 2020 in seconds since 1904: a font has a date, and the same words give the same file."""
_LAST: Final = 0xFFFF


class GlyphlessFont:
    """The font of one file; letters get their codes as they come."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._codes: dict[str, int] = {}
        self._map = pdf.make_stream(b"")
        self.object = pdf.make_indirect(_font(pdf, self._map))

    def codes(self, text: str) -> bytes:
        """Encode the text in the font's codes, two bytes per letter."""
        return b"".join(struct.pack(">H", self._code(letter)) for letter in text)

    def _code(self, letter: str) -> int:
        known = self._codes.get(letter)
        if known is not None:
            return known
        point = ord(letter)
        # Its own code point where it may be: readers that do not look at the map are right all the same.
        code = point if 32 <= point < 0xD800 else next(c for c in range(0xE000, _LAST) if c not in self._taken())
        self._codes[letter] = code
        return code

    def _taken(self) -> set[int]:
        return set(self._codes.values())

    def finish(self) -> None:
        """Write the map from codes to letters."""
        own = {code for letter, code in self._codes.items() if code == ord(letter)}
        others = sorted((code, letter) for letter, code in self._codes.items() if code not in own)
        # Codes that are the letters' own are told by the hundreds: a range may not go over the second byte.
        ranges = [b"<%02x00> <%02xff> <%02x00>" % (page, page, page) for page in sorted({code >> 8 for code in own})]
        pairs = [b"<%04x> <%s>" % (code, letter.encode("utf-16-be", "surrogatepass").hex().encode())
                 for code, letter in others]  # fmt: skip
        body = _blocks(b"range", ranges) + _blocks(b"char", pairs)
        self._map.write(_HEAD + body + _TAIL)


def _blocks(kind: bytes, rows: list[bytes]) -> bytes:
    parts = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
    return b"".join(b"%d beginbf%s\n%s\nendbf%s\n" % (len(part), kind, b"\n".join(part), kind) for part in parts)


_HEAD: Final = (
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    b"/CMapName /VnocrUnseen-UTF16 def\n/CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_TAIL: Final = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def _font(pdf: pikepdf.Pdf, to_unicode: pikepdf.Stream) -> pikepdf.Dictionary:
    name = pikepdf.Name("/" + _NAME)
    file = pdf.make_stream(font_file())
    file.Length1 = len(font_file())
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=pikepdf.Array([0, DESCENT, WIDTH, ASCENT]),
        ItalicAngle=0,
        Ascent=ASCENT,
        Descent=DESCENT,
        CapHeight=ASCENT,
        StemV=80,
        FontFile2=file,
    )
    below = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=WIDTH,
        # Whatever the code, the shape is the same.
        CIDToGIDMap=pdf.make_stream(b"\0\1" * 0x10000),
    )
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=name,
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=pikepdf.Array([pdf.make_indirect(below)]),
        ToUnicode=to_unicode,
    )


def font_file() -> bytes:
    """Build a TrueType file with an empty shape and a letter-sized box: pdfium ignores glyphs without a box."""
    em = 1000
    shape = _box_shape()
    head = struct.pack(
        ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, em, _MADE, _MADE, 0, DESCENT, WIDTH, ASCENT, 0, 8, 2,
        0, 0,
    )  # fmt: skip
    hhea = struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, DESCENT, 0, WIDTH, 0, 0, WIDTH, 1, 0, 0, 0, 0, 0, 0, 0, 2)
    maxp = struct.pack(">IH13H", 0x10000, 2, 4, 1, 0, 0, 1, *([0] * 8))
    hmtx = struct.pack(">HhHh", WIDTH, 0, WIDTH, 0)
    cmap = (
        struct.pack(">HHHHI", 0, 1, 3, 1, 12)
        + struct.pack(">HHHHHHHHHHHHhHHH", 4, 32, 0, 4, 4, 1, 0, 0xFFFF, 0, 0, 0xFFFF, 0, 1, 0, 0, 0)[:32]
    )
    name = struct.pack(">HHH", 0, 0, 6)
    post = struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 1, 0, 0, 0, 0)
    os2 = struct.pack(
        ">HhHHHhhhhhhhhhhh10s4I4sHHHhhhHHII", 4, WIDTH, 400, 5, 0, *([0] * 11), bytes(10), 0, 0, 0, 0, b"VNOC", 64, 32,
        0xFFFF, ASCENT, DESCENT, 0, ASCENT, -DESCENT, 1, 0
    ) + struct.pack(">hhHHH", WIDTH, ASCENT, 0, 32, 1)  # fmt: skip
    tables = {
        b"OS/2": os2, b"cmap": cmap, b"glyf": shape, b"head": head, b"hhea": hhea, b"hmtx": hmtx,
        b"loca": struct.pack(">HHH", 0, 0, len(shape) // 2), b"maxp": maxp, b"name": name, b"post": post,
    }  # fmt: skip
    return _packed(tables)


def _box_shape() -> bytes:
    """Draw a rectangle as large as a letter; it is only ever drawn invisibly."""
    head = struct.pack(">hhhhh", 1, 0, DESCENT, WIDTH, ASCENT)
    outline = struct.pack(">HH4B", 3, 0, 1, 1, 1, 1)
    across = struct.pack(">4h", 0, WIDTH, 0, -WIDTH)
    up = struct.pack(">4h", DESCENT, 0, ASCENT - DESCENT, 0)
    shape = head + outline + across + up
    return shape + bytes(-len(shape) % 4)


def _packed(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    out = struct.pack(">IHHHH", 0x10000, count, 16 << power, power, 16 * count - (16 << power))
    place = len(out) + 16 * count
    body = b""
    for tag, data in tables.items():
        filled = data + bytes(-len(data) % 4)
        total = sum(struct.unpack(f">{len(filled) // 4}I", filled)) & 0xFFFFFFFF
        out += struct.pack(">4sIII", tag, total, place + len(body), len(data))
        body += filled
    return out + body
