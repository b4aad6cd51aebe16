"""The skeleton of a PDF bent to a ring or without an end: page trees, object streams, tables of references."""

import struct
import zlib
from functools import partial
from pathlib import Path

from tests.hostile.build import Hostile, Pdf, good_text, squeezed


def _tree(path: Path, bend: int) -> None:
    """Three good pages in a tree that leads back into itself, or twice to each of its nodes."""
    pdf = Pdf()
    for _ in range(3):
        pdf.good_page()
    kids = b" ".join(b"%d 0 R" % kid for kid in pdf.kids)
    if bend == 0:
        pdf.objects[2] = b"<</Type/Pages/Count 4/Kids[%s 2 0 R]>>" % kids
    elif bend == 1:
        other = pdf.add(b"<</Type/Pages/Parent 2 0 R/Count 3/Kids[2 0 R]>>")
        pdf.objects[2] = b"<</Type/Pages/Count 6/Kids[%s %d 0 R]>>" % (kids, other)
    elif bend == 2:
        node = pdf.add(b"<</Type/Pages/Count 3/Kids[%s]>>" % kids)
        for level in range(2, 30):
            node = pdf.add(b"<</Type/Pages/Count %d/Kids[%d 0 R %d 0 R]>>" % (3 << level, node, node))
        pdf.objects[2] = b"<</Type/Pages/Count %d/Kids[%d 0 R]>>" % (3 << 29, node)
    elif bend == 3:
        pdf.objects[2] = b"<</Type/Pages/Count 2147483647/Kids[%s]>>" % kids
    elif bend == 4:
        node = pdf.add(b"<</Type/Pages/Count 3/Kids[%s]>>" % kids)
        for _ in range(900):
            node = pdf.add(b"<</Type/Pages/Count 3/Kids[%d 0 R]>>" % node)
        pdf.objects[2] = b"<</Type/Pages/Count 3/Kids[%d 0 R]>>" % node
    elif bend == 5:
        pdf.objects[2] = b"<</Type/Pages/Count -7/Kids[%s]>>" % kids
    pdf.save(path)


def many_pages(path: Path, times: int) -> None:
    """Two good pages and one that draws itself, all with what the tree's root has, named again and again in turn."""
    pdf = Pdf()
    form = pdf.room()
    pdf.form(b"/F Do /F Do ", b"/XObject<</F %d 0 R>>" % form, form)
    for content in (good_text(), b"/F Do", good_text()):
        body = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents %d 0 R>>"
        pdf.kids.append(pdf.add(body % pdf.stream(content)))
    kids = b" ".join(b"%d 0 R" % kid for kid in pdf.kids)
    resources = b"/Font<</G 3 0 R>>/XObject<</F %d 0 R>>" % form
    pdf.objects[2] = b"<</Type/Pages/Count %d/Resources<<%s>>/Kids[%s]>>" % (
        3 * times,
        resources,
        (kids + b" ") * times,
    )
    pdf.save(path)


def _parents(path: Path) -> None:
    """A page whose size is its parents', who are each other's parents."""
    pdf = Pdf()
    pdf.good_page()
    one, other, content = pdf.room(), pdf.room(), pdf.stream(good_text())
    page = pdf.add(b"<</Type/Page/Parent %d 0 R/Contents %d 0 R/Resources<</Font<</G 3 0 R>>>>>>" % (one, content))
    pdf.objects[one] = b"<</Type/Pages/Parent %d 0 R/Count 1/Kids[%d 0 R]>>" % (other, page)
    pdf.objects[other] = b"<</Type/Pages/Parent %d 0 R/Count 1/Kids[%d 0 R]>>" % (one, one)
    pdf.kids.append(one)
    pdf.good_page()
    pdf.save(path)


def _entry(kind: int, place: int, more: int) -> bytes:
    return struct.pack(">BIH", kind, place, more)


class Packed:
    """A PDF with a stream of references, and its objects in streams of objects."""

    def __init__(self) -> None:
        self.out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self.entries = {0: _entry(0, 0, 65535)}

    def put(self, number: int, body: bytes) -> None:
        self.entries[number] = _entry(1, len(self.out), 0)
        self.out += b"%d 0 obj\n%s\nendobj\n" % (number, body)

    def within(self, number: int, stream: int, index: int) -> None:
        self.entries[number] = _entry(2, stream, index)

    def save(self, path: Path, more: bytes = b"", data: bytes | None = None, size: int | None = None) -> None:
        number, start = max(self.entries) + 1, len(self.out)
        self.entries[number] = _entry(1, start, 0)
        table = b"".join(self.entries.get(n, _entry(0, 0, 0)) for n in range(number + 1)) if data is None else None
        packed = zlib.compress(table) if table is not None else data
        assert packed is not None
        size = size or number + 1
        self.out += (
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d%s>>\nstream\n%s\n"
            b"endstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, size, len(packed), more, packed, start)
        )
        path.write_bytes(bytes(self.out))


def _good() -> tuple[Packed, int]:
    pdf = Pdf()
    for _ in range(3):
        pdf.good_page()
    pdf.data()
    packed = Packed()
    for number, body in pdf.objects.items():
        packed.put(number, body)
    return packed, len(pdf.objects)


def _object_stream(path: Path, how: str) -> None:
    """Three good pages whose catalog says something that lies in a hostile stream of objects."""
    packed, last = _good()
    holder, held = last + 1, last + 2
    packed.put(1, b"<</Type/Catalog/Pages 2 0 R/Names %d 0 R/Extra %d 0 R>>" % (held, held))
    head = b"%d 0 " % held
    body = head + b"<</A 1>>"
    entries = b"/Type/ObjStm/N 1/First %d/Filter/FlateDecode" % len(head)
    data = zlib.compress(body)
    if how == "bomb":
        data = squeezed(head + b"<</A 1>>" + b" " * (1 << 20), 2000)
    elif how == "twice":
        data = zlib.compress(squeezed(head + b"<</A 1>>" + b" " * (1 << 20), 2000), 9)
        entries = entries.replace(b"/FlateDecode", b"[/FlateDecode/FlateDecode]")
    elif how == "extends":
        entries += b"/Extends %d 0 R" % holder
    elif how == "many":
        entries = entries.replace(b"/N 1/", b"/N 2147483647/")
    elif how == "first":
        entries = entries.replace(b"/First %d" % len(head), b"/First 2147483640")
    elif how == "itself":
        packed.within(holder, holder, 0)
        packed.within(held, holder, 0)
        packed.save(path)
        return
    packed.put(holder, b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data))
    packed.within(held, holder, 0)
    packed.save(path)


def _pages_in_a_bomb(path: Path) -> None:
    """The page tree itself lies in the stream of objects that unpacks to gigabytes."""
    packed, last = _good()
    holder = last + 1
    head = b"2 0 "
    tree = b"<</Type/Pages/Count 0/Kids[]>>"
    data = squeezed(head + tree + b" " * (1 << 20), 2000)
    entries = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
    packed.put(holder, b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data))
    packed.within(2, holder, 0)
    packed.save(path)


def _references(path: Path, how: str) -> None:
    """A hostile table of references."""
    packed, _ = _good()
    if how == "bomb":
        packed.save(path, data=squeezed(bytes(7 << 17), 2000), size=2_000_000_000)
    elif how == "widths":
        packed.save(path, more=b"/W[2147483647 2147483647 2147483647]")
    elif how == "index":
        packed.save(path, more=b"/Index[0 2147483647]")
    elif how == "indices":
        packed.save(path, more=b"/Index[%s]" % (b"0 20 " * 200_000))
    elif how == "back":
        packed.save(path)
        data = path.read_bytes()
        start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
        packed.out = bytearray(data[:start])
        packed.entries.pop(max(packed.entries))
        packed.save(path, more=b"/Prev %d" % start)


def _chain(path: Path, length: int, ring: bool) -> None:
    """Tables of references that each name the one before, in the end themselves where they are a ring."""
    pdf = Pdf()
    for _ in range(3):
        pdf.good_page()
    data = bytearray(pdf.data())
    last = data.rindex(b"xref\n0 ")
    first_tail = data.rindex(b"trailer")
    if ring:
        size = len(pdf.objects) + 1
        data[first_tail:] = b"trailer\n<</Size %d/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, last, last)
        path.write_bytes(bytes(data))
        return
    for _ in range(length):
        start = len(data)
        data += b"xref\n0 0\ntrailer\n<</Size %d/Root 1 0 R/Prev %d>>\n" % (len(pdf.objects) + 1, last)
        last = start
    data += b"startxref\n%d\n%%%%EOF\n" % last
    path.write_bytes(bytes(data))


def _table(path: Path, head: bytes, size: bytes) -> None:
    pdf = Pdf()
    for _ in range(3):
        pdf.good_page()
    data = pdf.data()
    plain = b"xref\n0 %d\n" % (len(pdf.objects) + 1)
    data = data.replace(plain, b"xref\n" + head + b"\n").replace(b"/Size %d" % (len(pdf.objects) + 1), b"/Size " + size)
    path.write_bytes(data)


def _nested(path: Path, opening: bytes, closing: bytes) -> None:
    pdf = Pdf()
    for _ in range(3):
        pdf.good_page()
    deep = pdf.add(opening * 200_000 + closing * 200_000)
    pdf.catalog = b"/Extra %d 0 R/Names %d 0 R" % (deep, deep)
    pdf.save(path)


def _references_of_each_other(path: Path) -> None:
    """A page whose size is a reference that leads to a reference, and so on back to the first."""
    pdf = Pdf()
    pdf.good_page()
    one, other = pdf.room(), pdf.room()
    pdf.objects[one], pdf.objects[other] = b"%d 0 R" % other, b"%d 0 R" % one
    pdf.page(b"", extra=b"/Rotate %d 0 R" % one)
    pdf.good_page()
    pdf.save(path)


FILES = (
    Hostile("page-tree-in-itself", partial(_tree, bend=0), 6, good=3),
    Hostile("page-tree-ring", partial(_tree, bend=1), 0, good=6),
    Hostile("page-tree-doublings", partial(_tree, bend=2), 3, "has no pages", good=0),
    Hostile("page-tree-count", partial(_tree, bend=3), 0, good=3),
    Hostile("page-tree-deep", partial(_tree, bend=4), 0, good=3),
    Hostile("page-tree-negative", partial(_tree, bend=5), 0, good=3),
    Hostile("pages-by-the-million", partial(many_pages, times=300_000), 3, "Read some of them at a time", good=0),
    Hostile("parents-of-each-other", _parents, 0, good=3),
    *(Hostile(f"object-stream-{how}", partial(_object_stream, how=how), 0, good=3)
      for how in ("extends", "many", "first", "itself")),
    *(Hostile(f"object-stream-{how}", partial(_object_stream, how=how), 3, "a stream unpacks to more", good=0)
      for how in ("bomb", "twice")),
    Hostile("pages-in-a-bomb", _pages_in_a_bomb, 3, "a stream unpacks to more", good=0),
    Hostile("references-bomb", partial(_references, how="bomb"), 3, "a stream unpacks to more", good=0),
    *(Hostile(f"references-{how}", partial(_references, how=how), 0, good=3)
      for how in ("widths", "index", "indices", "back")),
    Hostile("references-chain", partial(_chain, length=50_000, ring=False), 0, good=3),
    Hostile("references-ring", partial(_chain, length=0, ring=True), 0, good=3),
    Hostile("table-too-long", partial(_table, head=b"0 2147483647", size=b"2147483647"), 0, good=3),
    Hostile("table-out-of-range", partial(_table, head=b"4294967290 99", size=b"-1"), 0, good=3),
    Hostile("arrays-in-arrays", partial(_nested, opening=b"[", closing=b"]"), 0, good=3),
    Hostile("dictionaries-in-dictionaries", partial(_nested, opening=b"<</A ", closing=b">>"), 0, good=3),
    Hostile("references-of-each-other", _references_of_each_other, 0),
)  # fmt: skip
