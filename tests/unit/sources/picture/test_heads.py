import io

import pytest
from PIL import Image

from tests.hostile.embedded import jpeg2000, scans_jpeg
from vnreport_ocr.sources.picture.heads import head_of


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_says_its_size_and_its_passes(progressive: bool) -> None:
    packed = io.BytesIO()
    Image.new("RGB", (130, 70), "red").save(
        packed, "JPEG", progressive=progressive, exif=b"Exif\0\0" + b"\xff\xc0" * 99
    )
    head = head_of(packed.getvalue())
    assert head is not None
    assert (head.width, head.height) == (130, 70)
    assert head.passes > 1 if progressive else head.passes == 1
    assert head.is_bounded


def test_a_jpeg_of_thousands_of_passes_has_no_bound() -> None:
    head = head_of(scans_jpeg(3000, 9000))
    assert head is not None
    assert not head.is_bounded


def test_a_jpeg_2000_says_its_size_and_its_tiles() -> None:
    head = head_of(jpeg2000(64, 50_000))
    assert head is not None
    assert (head.width, head.height, head.tiles) == (50_000, 50_000, 1)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\x00", b"\x89PNG", b"\xff\x4f\xff\x51\0\0"])
def test_what_has_no_head_has_none(data: bytes) -> None:
    assert head_of(data) is None
