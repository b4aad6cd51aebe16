from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vnreport_ocr.sources.picture import bmp
from vnreport_ocr.sources.picture.bmp import write_bmp
from vnreport_ocr.sources.picture.value import Picture


@pytest.mark.parametrize("shape", [(7, 5), (8, 300), (1, 1), (5, 7, 3), (4, 129, 3)])
def test_the_very_pixels_are_written_also_of_a_picture_that_was_turned(shape: tuple[int, ...], tmp_path: Path) -> None:
    pixels = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    for number, picture in enumerate((pixels, pixels.swapaxes(0, 1), pixels[::-1, ::-1])):
        path = tmp_path / f"{number}.bmp"
        write_bmp(Picture(picture, 200.0), path)
        with Image.open(path) as written:
            assert np.array_equal(np.asarray(written), picture)


def test_a_large_coloured_picture_is_written_in_grey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bmp, "_LARGE", 100)
    pixels = np.full((300, 6, 3), 255, dtype=np.uint8)
    pixels[200] = (200, 100, 50)
    write_bmp(Picture(pixels, 300.0), tmp_path / "page.bmp")
    with Image.open(tmp_path / "page.bmp") as written:
        grey = np.asarray(written.convert("L"))
    assert grey.shape == (300, 6)
    assert grey[200].tolist() == [round(0.3 * 200 + 0.5 * 100 + 0.2 * 50)] * 6
    assert set(np.delete(grey, 200, axis=0).ravel().tolist()) == {255}
