"""Contents of a page that a transfer or a disk has spoilt: programs show what stands before the fault, unasked."""

import zlib
from collections.abc import Iterator
from typing import Final

import pikepdf

from vnreport_ocr.sources.pdf.qpdf import MOST_UNPACKED

_MOST_FORMS: Final = 200
_PIECE: Final = 1 << 20
_HEAD: Final = 2
"""Bytes before what is packed."""

_SUM: Final = 4
"""Bytes of the check sum behind it; some programs leave it out."""


def has_spoilt_contents(page: pikepdf.Page) -> bool:
    """Whether what draws a page, or a form on it, is packed and cannot be unpacked as it was packed."""
    return any(_is_spoilt(stream) for stream in _drawing(page))


def _drawing(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """Yield the contents of a page and the forms on it, each once."""
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    yield from (part for part in parts if isinstance(part, pikepdf.Stream))
    waiting, seen = list[pikepdf.Object]([page.obj]), set[tuple[int, int]]()
    while waiting and len(seen) < _MOST_FORMS:
        resources = waiting.pop().get("/Resources")
        items = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        if not isinstance(items, pikepdf.Dictionary):
            continue
        for name in list(items.keys())[:_MOST_FORMS]:
            form = items[name]
            if isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form" and form.objgen not in seen:
                seen.add(form.objgen)
                waiting.append(form)
                yield form


def _is_spoilt(stream: pikepdf.Object) -> bool:
    way = stream.get("/Filter")
    if isinstance(way, pikepdf.Array) and len(way) == 1:
        way = way[0]
    return way == "/FlateDecode" and is_damaged(stream.read_raw_bytes())


def is_damaged(data: bytes) -> bool:
    """Whether data in the Flate code break off, break the code or do not fit their check sum."""
    if not data:
        return False
    unpacker, total, size = zlib.decompressobj(-zlib.MAX_WBITS), 1, 0
    given = data[_HEAD:]
    try:
        while not unpacker.eof and size < MOST_UNPACKED:
            piece = unpacker.decompress(given, _PIECE)
            total, size = zlib.adler32(piece, total), size + len(piece)
            if not piece and not unpacker.eof:
                return True  # there is no more
            given = unpacker.unconsumed_tail
    except zlib.error:
        return True
    said = unpacker.unused_data[:_SUM]
    return unpacker.eof and len(said) == _SUM and int.from_bytes(said) != total
