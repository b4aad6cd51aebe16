"""Streams of a PDF unpacked up to a bound: what would go beyond it is told before anything has grown large.

The libraries that read PDFs unpack a stream whole, whatever it grows to: two megabytes may become two gigabytes.
"""

import zlib
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import pikepdf

SHORT: Final = {
    "/Fl": "/FlateDecode",
    "/LZW": "/LZWDecode",
    "/A85": "/ASCII85Decode",
    "/AHx": "/ASCIIHexDecode",
    "/RL": "/RunLengthDecode",
}
GROWTH: Final = {
    "/FlateDecode": 1032,
    "/LZWDecode": 2731,
    "/RunLengthDecode": 64,
    "/ASCII85Decode": 4,
    "/ASCIIHexDecode": 1,
    "/Crypt": 1,
}
"""How many bytes one byte may become at most, by the code itself; pictures have codes of their own."""
MOST_FILTERS: Final = 8
_CHUNK: Final = 1 << 16
_FIRST_CODE: Final = 258
_CLEAR, _END = 256, 257


class TooMuchError(Exception):
    """A stream that unpacks to more than it may; the text says what is wrong with it."""


class Chain(NamedTuple):
    """The filters of a stream up to the first that is a picture's, in the order in which they are undone."""

    names: tuple[str, ...]
    picture: str | None = None
    early: bool = True

    @property
    def growth(self) -> int:
        """How many bytes one byte may become at most."""
        product = 1
        for name in self.names:
            product *= GROWTH[name]
        return product


def chain_of(stream: pikepdf.Object) -> Chain:
    """Read the filters of a stream; what is unknown ends the chain, as nothing can be unpacked from there on."""
    given = stream.get("/Filter")
    if given is None:
        return Chain(())
    filters: list[pikepdf.Object] = list(given) if isinstance(given, pikepdf.Array) else [given]
    if len(filters) > MOST_FILTERS:
        raise TooMuchError(f"a stream is packed {len(filters)} times over")
    said = stream.get("/DecodeParms")
    parms: list[pikepdf.Object | None] = list(said) if isinstance(said, pikepdf.Array) else [said] * len(filters)
    names: list[str] = []
    early = True
    for place, item in enumerate(filters):
        name = _named(item)
        if name not in GROWTH:
            return Chain(tuple(names), name, early)
        parm = parms[place] if place < len(parms) else None
        if name == "/LZWDecode" and isinstance(parm, pikepdf.Dictionary):
            early = parm.get("/EarlyChange", 1) != 0
        names.append(name)
    return Chain(tuple(names), None, early)


def unpacked(stream: pikepdf.Object, most: int) -> bytes:
    """Return what the stream holds, picture codes left as they are; predictors are not undone."""
    chain = chain_of(stream)
    data = stream.read_raw_bytes()
    for name in chain.names:
        data = undone(data, name, most, chain.early)
    return data


def check_size(stream: pikepdf.Object, most: int) -> None:
    """Raise where the stream would unpack to more than ``most`` bytes; nearly all need no unpacking to be let pass."""
    chain = chain_of(stream)
    if not chain.names:
        return
    data = stream.read_raw_bytes()
    if len(data) * chain.growth > most:
        check_data(data, chain.names, most, chain.early)


def check_data(data: bytes, names: Sequence[str], most: int, early: bool = True) -> None:
    """Raise where data packed in these ways would unpack to more than ``most`` bytes; the last way is only measured."""
    for name in names[:-1]:
        data = undone(data, name, most, early)
    if names[-1] != "/FlateDecode":
        undone(data, names[-1], most, early)
        return
    size = 0
    for piece in _inflated(data):
        size += len(piece)
        if size > most:
            raise _too_much(most)


def holds(data: bytes, least: int) -> bool:
    """Whether data in the Flate code hold so many bytes; no more of them are unpacked than must be."""
    size = 0
    for piece in _inflated(data):
        size += len(piece)
        if size >= least:
            return True
    return size >= least


def undone(data: bytes, name: str, most: int, early: bool = True) -> bytes:
    """Undo one filter."""
    if name == "/FlateDecode":
        return _joined(_inflated(data), most)
    if name == "/LZWDecode":
        return _joined(_lzw(data, early), most)
    if name == "/Crypt":
        return data
    if len(data) * GROWTH[name] > most:
        return _joined((_simple(part, name) for part in _parts(data, name)), most)
    return _simple(data, name)


def _too_much(most: int) -> TooMuchError:
    return TooMuchError(f"a stream unpacks to more than {most >> 20} MB")


def _joined(pieces: Iterator[bytes], most: int) -> bytes:
    found = bytearray()
    for piece in pieces:
        found += piece
        if len(found) > most:
            raise _too_much(most)
    return bytes(found)


def _named(item: pikepdf.Object) -> str:
    """Return the filter's full name; bytes that are no text are shown as far as they can be."""
    try:
        name = str(item)
    except UnicodeDecodeError:
        return "/?"
    return SHORT.get(name, name)


def _inflated(data: bytes) -> Iterator[bytes]:
    """Every piece that can be had: what comes after a wrong code is lost to all readers."""
    unpacker = zlib.decompressobj()
    for start in range(0, len(data), _CHUNK):
        given = data[start : start + _CHUNK]
        while given:
            try:
                piece = unpacker.decompress(given, 1 << 20)
            except zlib.error:
                return
            yield piece
            if unpacker.eof:
                return
            if not piece and len(unpacker.unconsumed_tail) == len(given):
                return
            given = unpacker.unconsumed_tail


def _lzw(data: bytes, early: bool) -> Iterator[bytes]:
    table: list[bytes] = [bytes((value,)) for value in range(256)] + [b"", b""]
    width, before, held, bits = 9, b"", 0, 0
    for byte in data:
        held, bits = (held << 8) | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits
        held &= (1 << bits) - 1
        if code == _CLEAR:
            del table[_FIRST_CODE:]
            width, before = 9, b""
            continue
        if code == _END:
            return
        if code < len(table):
            entry = table[code]
        elif before:
            entry = before + before[:1]
        else:
            return
        yield entry
        if before and len(table) < 4096:
            table.append(before + entry[:1])
        before = entry
        size = len(table) + (1 if early else 0) + 1
        width = 9 if size <= 512 else 10 if size <= 1024 else 11 if size <= 2048 else 12


def _parts(data: bytes, name: str) -> Iterator[bytes]:
    """Unpack data in parts that can be undone one by one."""
    if name != "/RunLengthDecode":
        yield from (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
        return
    start = place = 0
    while place < len(data):
        place += data[place] + 2 if data[place] < 128 else 2
        if place - start >= _CHUNK:
            yield data[start:place]
            start = place
    yield data[start:]


def _simple(data: bytes, name: str) -> bytes:
    """Return what a filter that hardly grows anything gives; nothing where it fails."""
    with pikepdf.new() as scratch:
        stream = pikepdf.Stream(scratch, data)
        stream.Filter = pikepdf.Name(name)
        try:
            return stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)
        except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError):
            return b""
