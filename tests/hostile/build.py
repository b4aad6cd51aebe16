"""PDFs put together object by object, so that anything can be wrong in them; and good pages beside what is wrong."""

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

SENTENCES = (
    "Ủy ban nhân dân tỉnh giao các sở, ngành rà soát",
    "nguồn vốn đầu tư công của 12 xã trong quý II,",
    "báo cáo kết quả trước ngày 30 tháng 6 năm 2021.",
)
_LETTERS = sorted({letter for sentence in SENTENCES for letter in sentence} - {" "})
_CODES = {" ": 32} | {letter: 40 + index for index, letter in enumerate(_LETTERS)}


class Hostile(NamedTuple):
    """A file that a stranger might send."""

    name: str
    make: Callable[[Path], None]
    code: int
    """What the command must end with."""
    said: str = ""
    """A part of the one line that tells what is wrong; nothing where the file does no harm and is read."""
    good: int = 2
    """How many good pages must be delivered all the same."""
    arguments: tuple[str, ...] = ()
    ending: str = ".pdf"


class Pdf:
    """The objects of a PDF by their numbers; 1 is the catalog, 2 the page tree, 3 the font of the good pages."""

    def __init__(self) -> None:
        self.objects: dict[int, bytes] = {}
        self.kids: list[int] = []
        self.catalog = b""
        for number in (1, 2, 3):
            self.objects[number] = b""
        mapping = self.stream(_to_unicode())
        widths = b" ".join(b"500" for _ in range(32, 256))
        self.objects[3] = (
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 32/LastChar 255/Widths[%s]"
            b"/ToUnicode %d 0 R/Encoding<</Type/Encoding/Differences[%s]>>>>"
            % (widths, mapping, b"32/space " + b"".join(b"%d/uni%04X " % (c, ord(t)) for t, c in _CODES.items()))
        )

    def add(self, body: bytes) -> int:
        """Add an object; gives its number."""
        number = len(self.objects) + 1
        self.objects[number] = body
        return number

    def room(self) -> int:
        """Take a number for an object that others refer to before it is there."""
        return self.add(b"null")

    def stream(self, data: bytes, entries: bytes = b"", number: int | None = None) -> int:
        """Add a stream with its data as they are."""
        number = number or self.room()
        self.objects[number] = b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)
        return number

    def form(self, content: bytes, resources: bytes = b"", number: int | None = None, extra: bytes = b"") -> int:
        """Add a form XObject."""
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 400 300]/Resources<<%s>>%s" % (resources, extra)
        return self.stream(content, entries, number)

    def page(
        self, content: bytes | int, resources: bytes = b"", box: bytes = b"0 0 400 300", extra: bytes = b""
    ) -> int:
        """Add a page at the end of the others."""
        number = content if isinstance(content, int) else self.stream(content)
        page = self.add(
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents %d 0 R/Resources<</Font<</G 3 0 R>>%s>>%s>>"
            % (box, number, resources, extra)
        )
        self.kids.append(page)
        return page

    def good_page(self) -> int:
        """Add a page that is read without trouble."""
        return self.page(good_text())

    def save(self, path: Path, tail: bytes | None = None) -> None:
        """Write the file with a plain table of its objects."""
        path.write_bytes(self.data(tail))

    def data(self, tail: bytes | None = None) -> bytes:
        """The file's bytes."""
        self.objects[1] = self.objects[1] or b"<</Type/Catalog/Pages 2 0 R%s>>" % self.catalog
        kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
        self.objects[2] = self.objects[2] or b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.kids), kids)
        out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
        for number, body in self.objects.items():
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(self.objects) + 1)
        for number in sorted(places):
            out += b"%010d 00000 n \n" % places[number]
        out += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (len(self.objects) + 1, tail or b"")
        out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(out)


def between(make: Callable[[Pdf], object]) -> Callable[[Path], None]:
    """A file whose second page ``make`` adds; the first and the third are good."""

    def write(path: Path) -> None:
        pdf = Pdf()
        pdf.good_page()
        make(pdf)
        pdf.good_page()
        pdf.save(path)

    return write


def good_text(lines: Sequence[str] = SENTENCES) -> bytes:
    """The content of a good page."""
    said = b"T*".join(b"<%s>Tj " % "".join(f"{_CODES[c]:02x}" for c in line).encode() for line in lines)
    return b"BT /G 12 Tf 18 TL 1 0 0 1 30 250 Tm %s ET" % said


def squeezed(piece: bytes, times: int) -> bytes:
    """A piece again and again in the Flate code: packed once, as what is packed after a flush is packed alike.

    The sum at the end is wrong; who gets as far as that has unpacked it all.
    """
    packer = zlib.compressobj(9, wbits=-15)
    part = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + part * times + packer.flush() + bytes(4)


def _to_unicode() -> bytes:
    pairs = b"".join(b"<%02x><%04x>" % (code, ord(letter)) for letter, code in _CODES.items())
    return (
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/X def/CMapType 2 def\n"
        b"1 begincodespacerange<00><ff>endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end"
        % (len(_CODES), pairs)
    )
