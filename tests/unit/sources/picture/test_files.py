import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vnreport_ocr.errors import (
    DamagedImageError,
    EmptyDocumentError,
    InputError,
    MissingFileError,
    OversizedPageError,
)
from vnreport_ocr.sources.picture.files import folder_images, frame_count, load_frame


def paper(value: int = 200, size: tuple[int, int] = (60, 80)) -> Image.Image:
    return Image.new("L", size, value)


def test_a_tiff_of_many_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    paper(10).save(path, save_all=True, append_images=[paper(20), paper(30)], dpi=(200, 200))
    assert frame_count(path) == 3
    assert int(load_frame(path, 2).pixels[0, 0]) == 20
    with pytest.raises(InputError, match="no page 4"):
        load_frame(path, 4)


def test_a_folder_is_read_in_the_order_of_its_numbers(tmp_path: Path) -> None:
    for number in (1, 2, 10):
        paper(number).save(tmp_path / f"trang-{number}.png")
    (tmp_path / "ghi-chu.txt").touch()
    assert [file.stem for file in folder_images(tmp_path)] == ["trang-1", "trang-2", "trang-10"]
    assert frame_count(tmp_path) == 3
    assert int(load_frame(tmp_path, 3).pixels[0, 0]) == 10


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyDocumentError):
        frame_count(tmp_path)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "I;16"])
def test_every_mode_becomes_grey_or_rgb(mode: str, tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    Image.new(mode, (40, 40)).save(path)
    picture = load_frame(path, 1)
    assert picture.pixels.dtype == np.uint8
    assert picture.pixels.ndim in (2, 3)


def test_transparency_lies_on_white(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(path)
    assert int(load_frame(path, 1).grey.min()) == 255


def test_colour_is_kept_only_where_there_is_some(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    image = Image.new("RGB", (80, 80), "white")
    image.save(path)
    assert not load_frame(path, 1).coloured
    image.paste((220, 30, 40), (10, 10, 50, 50))
    image.save(path)
    assert load_frame(path, 1).coloured


def test_a_camera_says_which_way_is_up(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    paper(size=(60, 80)).save(path, exif=exif)
    picture = load_frame(path, 1)
    assert (picture.width, picture.height) == (80, 60)


def test_resolution_is_believed_only_where_it_can_be_true(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    paper(size=(1654, 2339)).save(path, dpi=(200, 200))
    assert load_frame(path, 1).dpi == pytest.approx(200, abs=1)
    paper(size=(1654, 2339)).save(path, dpi=(72, 72))
    assert load_frame(path, 1).dpi == pytest.approx(200, abs=2)


def test_a_broken_picture_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    paper(size=(300, 300)).save(path)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(DamagedImageError):
        load_frame(path, 1)
    path.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    with pytest.raises(DamagedImageError):
        frame_count(path)


def test_a_decompression_bomb_is_not_unpacked(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    size = (60_000).to_bytes(4, "big") * 2
    head = chunk(b"IHDR", size + bytes([1, 0, 0, 0, 0]))
    path = tmp_path / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b""))
    with pytest.raises(OversizedPageError, match="pixels"):
        load_frame(path, 1)


def test_a_missing_picture_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        frame_count(tmp_path / "none.png")
