"""Small pages made on the spot: set with reportlab, drawn with Pillow, and engines that misbehave."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from vnreport_ocr.errors import EngineError, EngineKilledError, EngineTimeoutError
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord, Request
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Turn

FONTS = Path("/usr/share/fonts/truetype/dejavu")
SERIF = FONTS / "DejaVuSerif.ttf"
SENTENCES = (
    "Ủy ban nhân dân tỉnh giao các sở, ngành rà soát",
    "nguồn vốn đầu tư công của 12 xã trong quý II,",
    "báo cáo kết quả trước ngày 30 tháng 6 năm 2021.",
    "Hội đồng nhân dân huyện đã thông qua nghị quyết",
    "về kế hoạch phát triển kinh tế và xã hội năm sau.",
)

Draw = Callable[[Canvas], None]
MakePdf = Callable[..., Path]


@pytest.fixture
def make_pdf(tmp_path: Path) -> MakePdf:
    """Write a PDF, one drawing function a page."""
    pdfmetrics.registerFont(TTFont("Serif", str(SERIF)))
    pdfmetrics.registerFont(TTFont("Serif-Bold", str(FONTS / "DejaVuSerif-Bold.ttf")))

    def make(*pages: Draw, size: tuple[float, float] = (400.0, 300.0), name: str = "made.pdf") -> Path:
        path = tmp_path / name
        canvas = Canvas(str(path), pagesize=size)
        for page in pages:
            canvas.setFont("Serif", 12)
            page(canvas)
            canvas.showPage()
        canvas.save()
        return path

    return make


def say(*lines: str, left: float = 30, top: float = 260, step: float = 18) -> Draw:
    """Draw lines of text under each other."""

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(left, top - step * number, line)

    return draw


def picture_of(*lines: str, dpi: int = 200, size: tuple[float, float] = (5.6, 1.8), points: float = 13) -> Picture:
    """Lines of print as a scanner would see them."""
    image = Image.new("L", (round(size[0] * dpi), round(size[1] * dpi)), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(SERIF), round(points * dpi / 72))
    for number, line in enumerate(lines):
        draw.text((0.25 * dpi, (0.2 + 0.27 * number) * dpi), line, font=font, fill=0)
    return Picture(np.asarray(image), float(dpi))


def as_image(picture: Picture) -> Image.Image:
    """The picture for Pillow."""
    return Image.fromarray(picture.pixels)


def scanned(canvas: Canvas, picture: Picture, left: float = 0, bottom: float = 0) -> None:
    """Put a picture on a PDF page in its own size."""
    from reportlab.lib.utils import ImageReader

    packed = io.BytesIO()
    as_image(picture).save(packed, "PNG")
    wide, high = (side * 72 / picture.dpi for side in (picture.width, picture.height))
    canvas.drawImage(ImageReader(packed), left, bottom, wide, high)


class FakeEngine:
    """Reads what it was told to; counts how often it was asked."""

    name = "fake"
    one_look = False

    def __init__(self, *lines: str, confidence: float = 0.95) -> None:
        self._lines = lines
        self._confidence = confidence
        self.asked: list[Request] = []

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        self.asked.append(request)
        found = []
        for number, line in enumerate(self._lines):
            words, left = [], 20.0
            for text in line.split():
                box = PixelBox(left, 20 + 40 * number, left + 12 * len(text), 44 + 40 * number)
                words.append(ReadWord(text, box, self._confidence))
                left = box.right + 10
            found.append(ReadLine(tuple(words)))
        return tuple(found)

    def orientation(self, picture: Picture, timeout: float) -> Turn | None:
        return None


class Crashing(FakeEngine):
    """Dies on every page."""

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        raise EngineKilledError("The engine was killed (signal 9).")


class Slow(FakeEngine):
    """Takes longer than it is given."""

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        time.sleep(min(request.timeout, 0.05))
        raise EngineTimeoutError(f"The engine did not finish within {request.timeout:g} seconds.")


class Garbled(FakeEngine):
    """Answers with nonsense."""

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        raise EngineError("The engine's output cannot be understood.")
