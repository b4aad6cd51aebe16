"""Pictures of pages for a person: small, and laid as the page was laid to be read."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from vnreport_ocr.model import AS_IT_IS, Posture
from vnreport_ocr.reading.preview import preview

SAMPLES = Path(__file__).parents[3] / "samples"


def opened(drawn: bytes) -> Image.Image:
    return Image.open(io.BytesIO(drawn))


def test_a_pdf_page_is_drawn_small() -> None:
    drawn = preview(SAMPLES / "clean-scan.pdf", 1, AS_IT_IS)
    picture = opened(drawn)
    assert picture.format == "WEBP"
    assert 800 < picture.width < 1000
    assert len(drawn) < 150_000
    assert np.asarray(picture.convert("L")).min() < 60


@pytest.mark.parametrize(("turn", "corner"), [(0, (0, 0)), (90, (0, 1)), (180, (1, 1)), (270, (1, 0))])
def test_a_turned_page_is_turned(tmp_path: Path, turn: int, corner: tuple[int, int]) -> None:
    pixels = np.full((300, 200), 255, dtype=np.uint8)
    pixels[:60, :60] = 0
    Image.fromarray(pixels).save(tmp_path / "trang.png", dpi=(110, 110))
    drawn = np.asarray(opened(preview(tmp_path / "trang.png", 1, Posture(turn))).convert("L"))
    dark = drawn[-30 if corner[0] else 0 :, -30 if corner[1] else 0 :][:30, :30]
    assert dark.mean() < 60
    assert drawn.mean() > 200


def test_a_page_askew_is_made_level(tmp_path: Path) -> None:
    pixels = np.full((400, 400), 255, dtype=np.uint8)
    for column in range(400):
        row = round(200 + (column - 200) * np.tan(np.radians(2.0)))
        pixels[row - 3 : row + 3, column] = 0
    Image.fromarray(pixels).save(tmp_path / "trang.png", dpi=(110, 110))
    drawn = np.asarray(opened(preview(tmp_path / "trang.png", 1, Posture(0, 2.0))).convert("L"))
    assert (drawn[195:205, 20:380].min(axis=0) < 100).all()
