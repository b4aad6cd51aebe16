"""Picture files that say they are larger than anything, or unpack to it, or lead round in a ring."""

import io
import struct
import zlib
from functools import partial
from pathlib import Path

from PIL import Image

from tests.hostile.build import Hostile, squeezed
from tests.hostile.embedded import jpeg2000, scans_jpeg

_MEGABYTE = 1 << 20


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png(wide: int, high: int, *chunks: bytes, depth: int = 8, woven: int = 0, data: bytes = b"") -> bytes:
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, depth, 0, 0, 0, woven))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + _chunk(b"IDAT", data or zlib.compress(bytes(9)))


_END = _chunk(b"IEND", b"")


def _png_head(path: Path, wide: int, high: int, woven: int = 0) -> None:
    path.write_bytes(_png(wide, high, woven=woven) + _END)


def _png_chunks(path: Path, kind: bytes) -> None:
    """A picture of 900 by 900 whose notes unpack to gigabytes."""
    bomb = squeezed(b"a" * _MEGABYTE, 1000)
    note = {b"zTXt": b"Title\0\0" + bomb, b"iCCP": b"icc\0\0" + bomb, b"iTXt": b"Title\0\1\0vi\0t\0" + bomb}[kind]
    path.write_bytes(_png(900, 900, _chunk(kind, note), data=zlib.compress(bytes(901 * 900))) + _END)


def _png_data(path: Path) -> None:
    """A picture of 90 by 90 with data for gigabytes."""
    path.write_bytes(_png(90, 90, data=squeezed(b"\0" * _MEGABYTE, 1500)) + _END)


def _png_full(path: Path) -> None:
    """A picture that is all black: small on disk, large in memory, and honest."""
    path.write_bytes(_png(2500, 2500, data=zlib.compress(bytes(2501 * 2500))) + _END)


def _png_frames(path: Path) -> None:
    control = _chunk(b"acTL", struct.pack(">II", 2_000_000_000, 0))
    path.write_bytes(_png(900, 900, control, data=zlib.compress(bytes(901 * 900))) + _END)


def _tiff(*tags: tuple[int, int, int, int], following: int = 0, data: bytes = b"") -> bytes:
    entries = b"".join(struct.pack("<HHII", *tag) for tag in sorted(tags))
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + entries + struct.pack("<I", following) + data


def _tags(
    wide: int, high: int, length: int, packing: int = 1, place: int = 200
) -> tuple[tuple[int, int, int, int], ...]:
    return (
        (256, 4, 1, wide), (257, 4, 1, high), (258, 3, 1, 8), (259, 3, 1, packing), (262, 3, 1, 1),
        (273, 4, 1, place), (277, 3, 1, 1), (278, 4, 1, high), (279, 4, 1, length),
    )  # fmt: skip


def _tiff_head(path: Path, wide: int, high: int) -> None:
    path.write_bytes(_tiff(*_tags(wide, high, 999), data=bytes(2000)))


def _tiff_ring(path: Path) -> None:
    """A list of pages that leads back to its first."""
    path.write_bytes(_tiff(*_tags(90, 90, 8100), following=8, data=bytes(9000)))


def _tiff_data(path: Path) -> None:
    """One strip that unpacks to gigabytes, for a picture of 900 by 900."""
    data = squeezed(b"\0" * _MEGABYTE, 1500)
    path.write_bytes(_tiff(*_tags(900, 900, len(data), packing=8, place=8 + 2 + 9 * 12 + 4), data=data))


def _tiff_counts(path: Path) -> None:
    """A tag with four thousand million values."""
    path.write_bytes(_tiff(*_tags(90, 90, 8100), (282, 5, 0xFFFFFFFF, 8), (305, 2, 0xFFFFFFFF, 8), data=bytes(9000)))


def _tiff_pages(path: Path) -> None:
    """Fifty thousand pages of one pixel."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    for _ in range(50_000):
        start = len(out)
        entries = b"".join(struct.pack("<HHII", *tag) for tag in _tags(1, 1, 1, place=8))
        out += struct.pack("<H", 9) + entries + struct.pack("<I", start + 2 + 9 * 12 + 4)
    out[-4:] = bytes(4)
    path.write_bytes(bytes(out))


def _jpeg_head(path: Path, wide: int, high: int) -> None:
    packed = io.BytesIO()
    Image.new("L", (64, 64), 200).save(packed, "JPEG")
    data = packed.getvalue()
    mark = data.index(b"\xff\xc0")
    path.write_bytes(data[: mark + 5] + struct.pack(">HH", high, wide) + data[mark + 9 :])


def _jpeg_passes(path: Path) -> None:
    path.write_bytes(scans_jpeg(4000, 10_000))


def _jpeg2000(path: Path, said: int) -> None:
    path.write_bytes(jpeg2000(64, said))


FILES = (
    Hostile("head-60000", partial(_png_head, wide=60_000, high=60_000), 3, "too many pixels", 0, ending=".png"),
    Hostile("head-millions", partial(_png_head, wide=2**31 - 1, high=2**31 - 1), 3, "", 0, ending=".png"),
    Hostile("head-woven", partial(_png_head, wide=10_900, high=10_900, woven=1), 3, "", 0, ending=".png"),
    Hostile("head-none", partial(_png_head, wide=0, high=0), 3, "", 0, ending=".png"),
    *(Hostile(f"note-{kind.decode()}", partial(_png_chunks, kind=kind), 3, "", 0, ending=".png")
      for kind in (b"zTXt", b"iTXt", b"iCCP")),
    Hostile("data-to-gigabytes", _png_data, 0, "", 0, ending=".png"),
    Hostile("black-page", _png_full, 0, "", 0, ending=".png"),
    Hostile("frames-without-end", _png_frames, 0, "", 0, ending=".png"),
    Hostile("tiff-60000", partial(_tiff_head, wide=60_000, high=60_000), 3, "", 0, ending=".tif"),
    Hostile("tiff-millions", partial(_tiff_head, wide=2**32 - 1, high=2**32 - 1), 3, "", 0, ending=".tif"),
    Hostile("tiff-ring", _tiff_ring, 0, "", 0, ending=".tif"),
    Hostile("tiff-data", _tiff_data, 0, "", 0, ending=".tif"),
    Hostile("tiff-counts", _tiff_counts, 0, "", 0, ending=".tif"),
    Hostile("tiff-pages", _tiff_pages, 3, "more than 5000 pages", 0, ending=".tif"),
    Hostile("jpeg-65500", partial(_jpeg_head, wide=65_500, high=65_500), 3, "", 0, ending=".jpg"),
    Hostile("jpeg-2500", partial(_jpeg_head, wide=2500, high=2500), 0, "", 0, ending=".jpg"),
    Hostile("jpeg-passes", _jpeg_passes, 3, "", 0, ending=".jpg"),
    Hostile("jpeg2000-60000", partial(_jpeg2000, said=60_000), 3, "", 0, ending=".jp2"),
)  # fmt: skip
