"""Bytes as text: the encoding is found, and the bytes are decoded, with one piece of them in memory at a time."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from vnreport_ocr.errors import NotTextError
from vnreport_ocr.vietnamese import charsets

_PIECE = 1 << 18
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_RARE = 50
"""Where more than one character in so many is a control character, it is no text."""


_NOT_LATIN = re.compile(
    r"[^\t\n\f\r -~\u00a0-\u024f\u0300-\u036f\u0391-\u03c9\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2070-\u209c"
    r"\u20ab\u20ac\u2100-\u214f\u2190-\u22ff\u25a0-\u25ff\ufb00-\ufb04]"
)
"""What a text in Vietnamese or English has none of; other scripts have it all the same, and need the mark."""
_ENOUGH = 4
"""Letters; fewer of them may stand in any file."""


class Encoding(NamedTuple):
    """How bytes become letters, and how many of them at the file's beginning only say so."""

    codec: str
    mark: int = 0

    def decode(self, data: bytes) -> str:
        """Read the text of bytes that begin and end with a letter."""
        return charsets.decode_bytes(data) if self is WESTERN else data.decode(self.codec)

    def size(self, text: str) -> int:
        """How many bytes a text takes."""
        return len(text) if self is WESTERN else len(text.encode(self.codec))


UTF_8 = Encoding("utf-8")
WESTERN = Encoding("cp1252")
"""What the bytes of the old Vietnamese charsets are read as; the repair then makes them right."""

_MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The longer ones first: one begins with another."""


def find_encoding(file: BinaryIO, name: str) -> Encoding:
    """UTF-8, UTF-16 and UTF-32 with their mark, an old Vietnamese charset; anything else is refused."""
    file.seek(0)
    head = file.read(max(len(mark) for mark, _ in _MARKED))
    for mark, codec in _MARKED:
        if head.startswith(mark):
            encoding = Encoding(codec, len(mark))
            if (problem := _fault(file, encoding)) is not None:
                raise NotTextError(problem, file=name)
            return encoding
    if any(b"\x00" in data for data in _blocks(file, 0)):
        if (unmarked := _unmarked(file)) is not None:
            return unmarked
        raise _with_nulls(file, name)
    encoding = UTF_8
    if (problem := _fault(file, UTF_8)) is not None:
        encoding = WESTERN
        if charsets.detect_in(decode_pieces(file, WESTERN)) is None:
            raise NotTextError(problem, file=name)
    if _is_binary(decode_pieces(file, encoding)):
        raise NotTextError("The file is binary, not text.", file=name)
    return encoding


def _unmarked(file: BinaryIO) -> Encoding | None:
    """UTF-16 or UTF-32 without its mark, where the bytes leave no doubt: read so, and only so, all is Latin writing."""
    fitting = [encoding for _, codec in _MARKED[1:] if _is_latin(file, encoding := Encoding(codec))]
    return fitting[0] if len(fitting) == 1 else None


def _is_latin(file: BinaryIO, encoding: Encoding) -> bool:
    """Whether a file in this encoding has nothing but Latin letters, figures and signs, and more than a few."""
    length = 0
    try:
        for piece in decode_pieces(file, encoding):
            if _NOT_LATIN.search(piece):
                return False
            length += len(piece)
    except UnicodeDecodeError:
        return False
    return length >= _ENOUGH


def _with_nulls(file: BinaryIO, name: str) -> NotTextError:
    """Return why a file with null bytes is no text; where there are few of them, it may have been one."""
    length = nulls = controls = 0
    first = -1
    for data in _blocks(file, 0):
        if first < 0 and b"\x00" in data:
            first = length + data.index(b"\x00")
        nulls += data.count(b"\x00")
        controls += len(_CONTROLS.findall(data.decode("latin-1")))
        length += len(data)
    if controls * _RARE > length:
        return NotTextError("The file is binary, not text.", file=name)
    what = "a null byte" if nulls == 1 else f"{nulls:,} null bytes, the first"
    where = f"(line {_line(file, first)}, byte {first})"
    cure = "Something may be lost there: compare it with the original, or remove them: tr -d '\\000' < FILE > NEW."
    return NotTextError(f"It has {what} {where}; no text has any.", file=name, cure=cure)


def decode_pieces(file: BinaryIO, encoding: Encoding) -> Iterator[str]:
    """Read the file's text in pieces of any length; none ends within a letter."""
    if encoding is WESTERN:
        yield from map(charsets.decode_bytes, _blocks(file, 0))
        return
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    for data in _blocks(file, encoding.mark):
        yield decoder.decode(data)
    yield decoder.decode(b"", final=True)


def _blocks(file: BinaryIO, start: int) -> Iterator[bytes]:
    file.seek(start)
    while data := file.read(_PIECE):
        yield data


def _fault(file: BinaryIO, encoding: Encoding) -> str | None:
    """Return what is wrong with a file that is not in this encoding, and where."""
    try:
        for _ in decode_pieces(file, encoding):
            pass
    except UnicodeDecodeError as error:
        # The decoder holds back the bytes of an unfinished letter; what it was given ends where the file is now.
        place = file.tell() - len(error.object) + error.start
        encoded = encoding.codec.removesuffix("-le").removesuffix("-be").upper()
        return f"The file is no text in {encoded} (line {_line(file, place)}, byte {place})."
    return None


def _line(file: BinaryIO, place: int) -> int:
    file.seek(0)
    ends = 0
    while place > 0 and (data := file.read(min(_PIECE, place))):
        ends += data.count(b"\n")
        place -= len(data)
    return ends + 1


def _is_binary(pieces: Iterator[str]) -> bool:
    controls = length = 0
    for piece in pieces:
        controls += len(_CONTROLS.findall(piece))
        length += len(piece)
    return controls * _RARE > length
