"""What became of a PDF on its way: taken for a text, which changes its bytes, or joined with another file."""

import codecs
import re
from pathlib import Path
from typing import Final

_LOOKED_AT: Final = 1 << 18
"""Bytes of a file that are looked at for what a program for texts does to all of it."""

_BINARY_CRLF: Final = re.compile(rb"[\x80-\xff]\r\n[\x80-\xff]")
_BINARY_LF: Final = re.compile(rb"[\x80-\xff]\n[\x80-\xff]")
_BINARY_LETTER: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f][\xc2-\xf4][\x80-\xbf]")
_FEW: Final = 8
_MANY: Final = 32
"""Packed data hold each byte as often as any other: so many of one and none of the other is no chance."""

_STREAM: Final = re.compile(rb"\bstream\r(?!\n)")
_HEADER: Final = re.compile(rb"%PDF-\d")
_LONGEST: Final = 6
"""Bytes of a header."""

_END: Final = b"%%EOF"
_PADDING: Final = b"\0 \t\r\n\x0c\x1a"
_PADDED: Final = 1 << 16
_BETWEEN: Final = 1024
_INSIDE: Final = re.compile(rb"\bobj\b|\bstream\b")
_BLOCK: Final = 1 << 20


def was_taken_for_text(path: Path) -> bool:
    """Whether a transfer or an editor changed the ends of lines, or the letters, also within packed data."""
    with path.open("rb") as file:
        data = file.read(_LOOKED_AT)
    breaks, returns = data.count(b"\n"), data.count(b"\r")
    if not breaks:  # one stands behind every "stream"
        return _STREAM.search(data) is not None
    if breaks == data.count(b"\r\n"):
        return _occurs(_BINARY_CRLF, data, _FEW)
    if not returns and _occurs(_BINARY_LF, data, _MANY):
        return True
    return _is_unicode(data) and _occurs(_BINARY_LETTER, data, _MANY)


def joined_files(path: Path) -> int:
    """How many PDFs lie in a file one behind the other; what is attached to one, or added to it, is none."""
    count, held = 0, b""
    with path.open("rb") as file:
        while more := file.read(_BLOCK):
            new, held = len(held), held + more
            for found in _HEADER.finditer(held, max(0, new - _LONGEST)):
                if found.end() > new:  # the others were seen in the block before
                    count += _follows_an_end(held[max(0, found.start() - _PADDED) : found.start()])
            held = held[-_PADDED - _LONGEST :]
    return count + 1


def _follows_an_end(before: bytes) -> bool:
    """Whether what lies before the head of a PDF is the end of another, with a few words of a mail at most between."""
    _, end, between = before.rstrip(_PADDING)[-_BETWEEN:].rpartition(_END)
    return bool(end) and _INSIDE.search(between) is None


def _is_unicode(data: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _occurs(pattern: re.Pattern[bytes], data: bytes, least: int) -> bool:
    return sum(1 for _, _ in zip(pattern.finditer(data), range(least), strict=False)) == least
