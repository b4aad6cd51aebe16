"""A line of print whose words the engine is said to have read in its own way."""

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.unit.sources.conftest import SERIF
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.picture.value import Picture, PixelBox

DPI = 200
SIZE = 36


def printed_line(printed: str, read: Sequence[str], sure: float = 0.9) -> tuple[Picture, ReadLine]:
    """The picture of a line of print, and its words in their places as they were read."""
    font = ImageFont.truetype(str(SERIF), SIZE)
    image = Image.new("L", (round(font.getlength(printed)) + 200, 4 * SIZE), 255)
    pen = ImageDraw.Draw(image)
    x = 80.0
    words = []
    for text, as_read in zip(printed.split(), read, strict=True):
        pen.text((x, 2.4 * SIZE), text, font=font, fill=20, anchor="ls")
        left, top, right, bottom = font.getbbox(text, anchor="ls")
        box = PixelBox(x + left, 2.4 * SIZE + top, x + right, 2.4 * SIZE + bottom)
        words.append(ReadWord(as_read, box, sure))
        x += font.getlength(text + " ")
    return Picture(np.asarray(image), DPI), ReadLine(tuple(words))
