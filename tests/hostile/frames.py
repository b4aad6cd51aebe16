"""Picture files of many frames or with heads that lie, in the younger formats."""

import io
import struct
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image

from tests.hostile.build import Hostile


def _gif(path: Path, frames: int, screen: tuple[int, int], frame: tuple[int, int]) -> None:
    """A picture that moves: the screen and each frame say their own size."""
    codes = b"\x02\x02\x04\x0a\x00"  # two white pixels
    one = b"\x21\xf9\x04\x00\x0a\x00\x00\x00" + b"\x2c" + struct.pack("<HHHHB", 0, 0, *frame, 0) + codes
    head = b"GIF89a" + struct.pack("<HHBBB", *screen, 0x80, 0, 0) + b"\xff\xff\xff\x00\x00\x00"
    path.write_bytes(head + one * frames + b";")


def _saved(kind: str, frames: int = 1) -> bytes:
    pictures = [Image.new("RGB", (64, 64), (250 - 90 * number, 250, 250)) for number in range(frames)]
    packed = io.BytesIO()
    pictures[0].save(packed, kind, save_all=frames > 1, append_images=pictures[1:])
    return packed.getvalue()


def _webp(path: Path, moving: bool) -> None:
    """A WebP whose head says 16,384 by 16,384, or one of that size in which something moves."""
    data = bytearray(_saved("WEBP", 3 if moving else 1))
    if moving:
        place = data.index(b"VP8X") + 12
        data[place : place + 6] = b"\xff\x3f\x00\xff\x3f\x00"
    else:
        place = data.index(b"\x9d\x01\x2a") + 3
        data[place : place + 4] = struct.pack("<HH", 16_383, 16_383)
    path.write_bytes(bytes(data))


def _avif(path: Path, side: int) -> None:
    """An AVIF whose box of sizes says something else than its picture."""
    data = bytearray(_saved("AVIF"))
    place = data.index(b"ispe") + 8
    data[place : place + 8] = struct.pack(">II", side, side)
    path.write_bytes(bytes(data))


def _portable(path: Path, head: bytes) -> None:
    path.write_bytes(head + bytes(99))


def _bitmap(path: Path, side: int) -> None:
    head = struct.pack("<IiiHHIIiiII", 40, side, side, 1, 8, 0, 0, 0, 0, 0, 0)
    path.write_bytes(b"BM" + struct.pack("<IHHI", 99, 0, 0, 54) + head + bytes(99))


def _cut(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


FILES = (
    Hostile("moving-thousands", partial(_gif, frames=2_000, screen=(900, 900), frame=(2, 1)), 0, "", 0, ending=".gif"),
    Hostile("screen-65535", partial(_gif, frames=1, screen=(65_535, 65_535), frame=(2, 1)), 3, "", 0, ending=".gif"),
    Hostile("frame-65535", partial(_gif, frames=1, screen=(90, 90), frame=(65_535, 65_535)), 3, "", 0, ending=".gif"),
    Hostile("webp-16383", partial(_webp, moving=False), 3, "", 0, ending=".webp"),
    Hostile("webp-moving", partial(_webp, moving=True), 3, "", 0, ending=".webp"),
    Hostile("webp-cut", partial(_cut, make=partial(_webp, moving=True)), 3, "", 0, ending=".webp"),
    Hostile("avif-60000", partial(_avif, side=60_000), 3, "", 0, ending=".avif"),
    Hostile("avif-millions", partial(_avif, side=0xFFFFFFFF), 3, "", 0, ending=".avif"),
    Hostile("portable-999999", partial(_portable, head=b"P5 999999 999999 255\n"), 3, "", 0, ending=".pgm"),
    Hostile("portable-depth", partial(_portable, head=b"P5 90 90 99999999999\n"), 3, "", 0, ending=".pgm"),
    Hostile("bitmap-millions", partial(_bitmap, side=2_000_000_000), 3, "", 0, ending=".bmp"),
    Hostile("bitmap-upside-down", partial(_bitmap, side=-2_147_483_648), 3, "", 0, ending=".bmp"),
    Hostile("moving-millions", partial(_gif, frames=200_000, screen=(900, 900), frame=(2, 1)), 0, "", 0, ending=".gif"),
)
"""Pictures."""
