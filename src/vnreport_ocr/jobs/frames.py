"""Bytes one after the other in a file or a stream: a length, then so many bytes; none is longer than is allowed."""

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

LENGTH: Final = struct.Struct("!Q")

MOST: Final = 64_000_000
"""Bytes of one frame: a printed page takes a hundred thousand, the longest page of a text some millions."""


class TooLongError(Exception):
    """A frame, or what is to become one, that is longer than is allowed."""


def framed(data: bytes) -> bytes:
    """Return bytes with their length before them."""
    if len(data) > MOST:
        raise TooLongError(f"{len(data):,} bytes")
    return LENGTH.pack(len(data)) + data


def length_of(head: bytes | bytearray) -> int:
    """Return the length that a frame begins with; raises ``TooLongError`` where that is more than is allowed."""
    (length,) = LENGTH.unpack_from(head)
    if length > MOST:
        raise TooLongError(f"{length:,} bytes")
    return int(length)


def frames_of(file: BinaryIO) -> Iterator[bytes]:
    """Yield what a file of frames holds, one after the other; raises ``EOFError`` where the last one is cut off."""
    while head := file.read(LENGTH.size):
        if len(head) < LENGTH.size:
            raise EOFError
        length = length_of(head)
        data = file.read(length)
        if len(data) < length:
            raise EOFError
        yield data
