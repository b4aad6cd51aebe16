from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vnreport_ocr.sources.bmp import write_bmp
from vnreport_ocr.sources.engine import Picture


@pytest.mark.parametrize("shape", [(7, 5), (8, 300), (1, 1), (5, 7, 3), (4, 129, 3)])
def test_the_very_pixels_are_written_also_of_a_picture_that_was_turned(shape: tuple[int, ...], tmp_path: Path) -> None:
    pixels = np.arange(np.prod(shape), dtype=np.uint8).reshape(shape)
    for number, picture in enumerate((pixels, pixels.swapaxes(0, 1), pixels[::-1, ::-1])):
        path = tmp_path / f"{number}.bmp"
        write_bmp(Picture(picture, 200.0), path)
        with Image.open(path) as written:
            assert np.array_equal(np.asarray(written), picture)
