"""Pages that are made to be measured: sentences full of figures, and lines with units, signs and Roman numerals.

Each is printed in free fonts and damaged as scanners damage; the same seed gives the same pages.
"""

import random
import re
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tools.bench.wording import LINES, SENTENCES
from tools.glyphs import has_glyph

FONTS = ("Tinos-Regular", "FreeSerif", "DejaVuSerif", "Arimo-Regular", "Carlito-Regular")
"""Debian's fonts-croscore, fonts-freefont-ttf, fonts-dejavu-core and fonts-crosextra-carlito."""

_INCHES = (8.27, 11.69)
_MARGIN, _POINTS, _LEADING = 1.0, 13.0, 1.45
_RAISED = str.maketrans("²³¹", "231")
_DIGIT = re.compile(r"#+")


class PrintedScan(NamedTuple):
    """A kind of scan, by the levels of the development sets."""

    name: str
    dpi: int
    blur: float
    noise: float
    bilevel: float = 0.0
    """The grey from which on ink is black; 0 for a scan in shades of grey."""
    specks: int = 0
    streaks: int = 0


SCANS = (
    PrintedScan("L2", 200, 0.6, 6),
    PrintedScan("L3", 150, 0.7, 9, specks=900),
    PrintedScan("L4", 100, 0.45, 22, bilevel=150),
    PrintedScan("L5", 100, 0.6, 34, bilevel=165, specks=500, streaks=10),
)


class PrintedPage(NamedTuple):
    """A page and what stands on it, line by line."""

    picture: Image.Image
    lines: tuple[str, ...]
    dpi: int

    @property
    def text(self) -> str:
        """What stands on the page."""
        return "\n".join(self.lines)


@cache
def font_file(name: str) -> Path | None:
    """Where the system keeps a font, or None where it has it not."""
    done = subprocess.run(["fc-list", "--format", "%{file}\\n"], capture_output=True, text=True, check=False)
    return next((Path(line) for line in sorted(done.stdout.splitlines()) if Path(line).stem == name), None)


def fonts() -> list[str]:
    """Find the fonts that are installed here."""
    return [name for name in FONTS if font_file(name) is not None]


def figure_pages(scan: PrintedScan, count: int, seed: int = 12) -> list[PrintedPage]:
    """Pages of sentences full of figures, each in the next font, damaged as the scan says."""
    dice = random.Random(seed)
    pages = []
    for number in range(count):
        font = fonts()[number % len(fonts())]
        lines = _set([_filled(dice.choice(SENTENCES), dice) for _ in range(60)], font)
        clean = draw(lines, font, 2 * scan.dpi)
        pages.append(PrintedPage(damaged(clean, scan, seed + number), tuple(lines), scan.dpi))
    return pages


def sign_pages(font: str, dpi: int, *, raised: bool, seed: int = 12) -> list[PrintedPage]:
    """Make lines with units, signs and Roman numerals; ``raised`` sets small figures above the line, not ²."""
    lines = [line for line in LINES if _has_glyphs(font, line.translate(_RAISED) if raised else line)]
    half = len(lines) // 3 + 1
    pages = []
    for start in range(0, len(lines), half):
        some = lines[start : start + half]
        page = draw(some, font, dpi, raised=raised)
        pages.append(PrintedPage(damaged(page, PrintedScan("", dpi, 0.4, 4), seed + start), tuple(some), dpi))
    return pages


def _filled(sentence: str, dice: random.Random) -> str:
    """Fill a sentence: each ``#`` becomes a digit, the first of a number not 0; ``{d}`` is a day, ``{m}`` a month."""
    for name, low, high in (("{d}", 1, 31), ("{m}", 1, 12), ("{y}", 1996, 2029), ("{p}", 1, 99)):
        while name in sentence:
            sentence = sentence.replace(name, f"{dice.randint(low, high):02d}", 1)
    return _DIGIT.sub(lambda run: _digits(len(run[0]), dice), sentence)


def _digits(count: int, dice: random.Random) -> str:
    return str(dice.randint(10 ** (count - 1) if count > 1 else 1, 10**count - 1))


def _set(sentences: list[str], name: str) -> list[str]:
    """Lay the sentences as lines of a page, as many as fit."""
    font = _font(name, 100)
    wide = (_INCHES[0] - 2 * _MARGIN) * 72 / _POINTS * 100
    most = int((_INCHES[1] - 2 * _MARGIN) * 72 / (_POINTS * _LEADING))
    lines: list[str] = []
    for sentence in sentences:
        row = ""
        for word in sentence.split():
            longer = f"{row} {word}".strip()
            if row and font.getlength(longer) > wide:
                lines.append(row)
                longer = word
            row = longer
        lines.append(row)
        if len(lines) >= most:
            break
    return lines[:most]


def draw(lines: list[str] | tuple[str, ...], name: str, dpi: int, *, raised: bool = False) -> Image.Image:
    """Draw the lines in black on white."""
    image = Image.new("L", (round(_INCHES[0] * dpi), round(_INCHES[1] * dpi)), 255)
    pen = ImageDraw.Draw(image)
    size = _POINTS * dpi / 72
    left, top = _MARGIN * dpi, _MARGIN * dpi
    for number, line in enumerate(lines):
        _write(pen, (left, top + number * size * _LEADING), line, name, size if not raised else -size)
    return image


def _write(pen: ImageDraw.ImageDraw, place: tuple[float, float], line: str, name: str, size: float) -> None:
    """One line; a negative size sets ²³¹ as small figures above the line."""
    raised, size = size < 0, abs(size)
    x, y = place
    for part in re.split("([²³¹])", line) if raised else [line]:
        small = raised and part in {"²", "³", "¹"}
        font = _font(name, size * (0.62 if small else 1.0))
        text = part.translate(_RAISED) if small else part
        base = y + size * (0.62 if small else 0.95)
        pen.text((x, base), text, font=font, fill=10, anchor="ls")
        x += font.getlength(text)


def damaged(page: Image.Image, scan: PrintedScan, seed: int) -> Image.Image:
    """Scan the page as a scanner of this kind does."""
    noise = np.random.default_rng(seed)
    dice = random.Random(seed)
    size = (round(_INCHES[0] * scan.dpi), round(_INCHES[1] * scan.dpi))
    turned = page.rotate(dice.uniform(-0.35, 0.35), resample=Image.Resampling.BICUBIC, fillcolor=255)
    small = turned if turned.size == size else turned.resize(size, Image.Resampling.BOX)
    grey = np.asarray(small.filter(ImageFilter.GaussianBlur(scan.blur)), dtype=np.float32)
    if not scan.bilevel:
        grey = grey * 0.86 + 26
    grey = grey + noise.normal(0, scan.noise, grey.shape).astype(np.float32)
    for _ in range(scan.specks):
        row, column = int(noise.integers(0, size[1] - 3)), int(noise.integers(0, size[0] - 3))
        grey[row : row + int(noise.integers(1, 3)), column : column + int(noise.integers(1, 3))] -= 140
    for _ in range(scan.streaks):
        row = int(noise.integers(1, size[1] - 1))
        grey[row] = grey[row - 1]
    if scan.bilevel:
        grey = np.where(grey > scan.bilevel, np.float32(255), np.float32(0))
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


@cache
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    path = font_file(name)
    if path is None:
        raise FileNotFoundError(f"The font {name} is not installed.")
    return ImageFont.truetype(str(path), size)


def _has_glyphs(name: str, line: str) -> bool:
    return all(has_glyph(_font(name, 40), sign) for sign in set(line) - {" "})
