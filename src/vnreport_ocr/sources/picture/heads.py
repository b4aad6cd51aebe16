"""What the heads of packed pictures say of the work of unpacking them, read without unpacking anything."""

import re
import struct
from typing import Final, NamedTuple

_JPEG: Final = b"\xff\xd8\xff"
_JPEG_2000: Final = b"\xff\x4f\xff\x51"
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Marks of JPEG that a size follows."""
_PASS: Final = b"\xff\xda"
_MARK: Final = re.compile(rb"\xff+([^\xff])", re.DOTALL)
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xDA)})
_MOST_MARKS: Final = 2000
_LOOKED_AT: Final = 4096

MOST_WORK: Final = 2_500_000_000
"""Pixels that may be written in all: ten passes over the largest picture allowed, twice over."""
MOST_TILES: Final = 65_535


class PictureHead(NamedTuple):
    """The size of a picture, how often all of it is gone over, and into how many tiles it is cut."""

    width: int
    height: int
    passes: int = 1
    tiles: int = 1

    @property
    def pixels(self) -> int:
        """How many pixels it has."""
        return self.width * self.height

    @property
    def work(self) -> int:
        """How many pixels are written in all."""
        return self.pixels * self.passes

    @property
    def is_bounded(self) -> bool:
        """Whether unpacking it comes to an end soon enough, whatever its size may be."""
        return self.work <= MOST_WORK and self.tiles <= MOST_TILES


def head_of(data: bytes) -> PictureHead | None:
    """Return the head of a JPEG or of a JPEG 2000; None of anything else, and of one without a size."""
    if data.startswith(_JPEG):
        return _jpeg(data)
    found = data.find(_JPEG_2000, 0, _LOOKED_AT)
    return _jpeg_2000(data, found + 4) if found >= 0 else None


def _jpeg(data: bytes) -> PictureHead | None:
    place = 2
    for _ in range(_MOST_MARKS):
        found = _MARK.search(data, place)
        if found is None:
            return None
        mark, place = found[1][0], found.end()
        if mark in _ALONE:
            continue
        if place + 7 > len(data):
            return None
        if mark in _FRAMES:
            high, wide = struct.unpack_from(">HH", data, place + 3)
            passes = data.count(_PASS, place) if mark in (0xC2, 0xC6, 0xCA, 0xCE) else 1
            return PictureHead(wide, high, max(1, passes))
        place += int(struct.unpack_from(">H", data, place)[0])
    return None


def _jpeg_2000(data: bytes, place: int) -> PictureHead | None:
    if place + 40 > len(data):
        return None
    right, low, left, top, across, down, tile_left, tile_top = struct.unpack_from(">8I", data, place + 4)
    wide, high = max(0, right - left), max(0, low - top)
    if across == 0 or down == 0:
        return None
    tiles = -(-(right - tile_left) // across) * -(-(low - tile_top) // down)
    return PictureHead(wide, high, 1, max(1, tiles))
