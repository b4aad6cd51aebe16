"""A line set in a free font amid the lines above and below it: its picture, and where the line stands."""

import random
from collections.abc import Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tools.reader.fonts import FONTS, installed, pieces
from vnreport_ocr.sources.picture.value import PixelBox, Pixels

_DPI: Final = ((100, 4), (120, 2), (150, 4), (200, 6), (250, 1), (300, 3), (400, 1))
_POINTS: Final = (9, 10, 11, 12, 12, 13, 13, 13, 14, 14, 14, 16)
_SMALLEST: Final = 30
"""Letters of fewer pixels are drawn twice as large: a scanner blurs what a font's hints would make sharp."""
_NEIGHBOURS, _JUSTIFIED, _SPACED, _SQUEEZED, _SMALL_SIGNS, _UNDERLINED, _RULED = 0.75, 0.4, 0.05, 0.2, 0.5, 0.06, 0.08


class LineSetting(NamedTuple):
    """How one line is set."""

    font: str
    size: int
    dpi: int
    blank: float
    """How much wider the blanks are than the font's."""
    spacing: float
    """Paper between letters, in sizes."""
    squeeze: float
    """How wide the letters are, by their usual width."""
    pitch: float
    """From base line to base line, in sizes."""
    grey: int
    small_signs: bool
    underlined: bool
    ruled: bool


class PrintedLine(NamedTuple):
    """A printed line amid its neighbours."""

    pixels: Pixels
    box: PixelBox
    dpi: int


def choose(dice: random.Random) -> LineSetting:
    """Choose a setting as offices have them: mostly Times at 13 or 14 points."""
    names = installed(tuple(name for name, _ in FONTS))
    font = dice.choices(names, [weight for name, weight in FONTS if name in names])[0]
    dpi = dice.choices([d for d, _ in _DPI], [w for _, w in _DPI])[0]
    return LineSetting(
        font=font,
        size=max(11, round(dice.choice(_POINTS) * dpi / 72 * dice.uniform(0.95, 1.05))),
        dpi=dpi,
        blank=dice.uniform(1.0, 1.9) if dice.random() < _JUSTIFIED else dice.uniform(0.85, 1.1),
        spacing=dice.uniform(0.03, 0.14) if dice.random() < _SPACED else 0.0,
        squeeze=dice.uniform(0.86, 1.12) if dice.random() < _SQUEEZED else 1.0,
        pitch=dice.uniform(1.12, 1.75),
        grey=dice.choice((0, 0, 0, 20, 50)),
        small_signs=dice.random() < _SMALL_SIGNS,
        underlined=dice.random() < _UNDERLINED,
        ruled=dice.random() < _RULED,
    )


def printed(text: str, others: Sequence[str], setting: LineSetting, dice: random.Random) -> PrintedLine:
    """Print a line; ``others`` are what may stand above and below it."""
    times = 2 if setting.size < _SMALLEST else 1
    size = setting.size * times
    row = round(size * setting.pitch)
    image = Image.new("L", (round(_length(text, setting, size)) + 4 * size, 2 * row + 3 * size), 255)
    pen = ImageDraw.Draw(image)
    base, left = row + 2 * size, 2 * size
    right = _draw(pen, text, (left, base), setting, size)
    # Told before anything else is drawn: what stands around a line is no part of it.
    edges = _inked(image) or (left, base - size, round(right), base)
    for place, other in ((base - row, others[0]), (base + row, others[-1])):
        if dice.random() < _NEIGHBOURS:
            _draw(pen, other, (left - dice.choice((0, 0, 0, size, -size)), place), setting, size)
    _strokes(pen, (left, base, right, size), setting, dice)
    wide, high = round(image.width * setting.squeeze / times), round(image.height / times)
    across, down = wide / image.width, high / image.height
    box = PixelBox(edges[0] * across, edges[1] * down, edges[2] * across, edges[3] * down)
    pixels = np.asarray(image, dtype=np.uint8)
    if (wide, high) != image.size:
        pixels = np.asarray(cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return PrintedLine(pixels, box, setting.dpi)


def _inked(image: Image.Image) -> tuple[int, int, int, int] | None:
    return Image.eval(image, lambda level: 255 - level).getbbox()


def _length(text: str, setting: LineSetting, size: int) -> float:
    parts = pieces(text, setting.font, size, small_signs=setting.small_signs)
    blank = size * 0.6 * setting.blank
    return (
        sum(part.font.getlength(part.text) for part in parts)
        + blank * text.count(" ")
        + len(text) * (setting.spacing * size)
    )


def _draw(pen: ImageDraw.ImageDraw, text: str, at: tuple[float, float], setting: LineSetting, size: int) -> float:
    """Draw a text on its base line; return where it ends."""
    x, base = at
    for word in text.split(" "):
        for part in pieces(word, setting.font, size, small_signs=setting.small_signs):
            y = base - part.lift * size
            for letters in part.text if setting.spacing else (part.text,):
                pen.text((x, y), letters, font=part.font, fill=setting.grey, anchor="ls")
                x += part.font.getlength(letters) + setting.spacing * size
        x += size * 0.25 * setting.blank + setting.spacing * size
    return x - size * 0.25 * setting.blank


def _strokes(
    pen: ImageDraw.ImageDraw, line: tuple[float, float, float, int], setting: LineSetting, dice: random.Random
) -> None:
    """Draw what stands at a line without being of it: the stroke under a heading, the rulings of a table."""
    left, base, right, size = line
    wide = max(1, round(size / 18))
    if setting.underlined:
        y = base + round(size * dice.uniform(0.08, 0.3))
        start = left + (right - left) * dice.choice((0.0, 0.0, 0.3))
        pen.line((start, y, right - (start - left), y), fill=setting.grey, width=wide)
    if setting.ruled:
        top, bottom = base - round(size * dice.uniform(1.15, 1.5)), base + round(size * dice.uniform(0.4, 0.7))
        for y in dice.sample((top, bottom), dice.randint(0, 2)):
            pen.line((0, y, right + 2 * size, y), fill=setting.grey, width=wide)
        for x in dice.sample(
            (left - size * dice.uniform(0.3, 0.8), right + size * dice.uniform(0.3, 0.8)), dice.randint(0, 2)
        ):
            pen.line((x, 0, x, bottom + 2 * size), fill=setting.grey, width=wide)
