"""What happens to paper and text on the way into an archive: scanning, stamping, faxing, bad reading, split words."""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

import layout
import numpy as np
from layout import Set
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Pixels = NDArray[np.float64]


def bitonal(page: Image.Image) -> Image.Image:
    """Draw a clean scan in black and white, its paper slightly off the straight."""
    return (
        page.rotate(0.15, resample=Image.Resampling.BICUBIC, fillcolor=255)
        .point(lambda v: 255 * (v > 150))
        .convert("1")
    )


def office(page: Image.Image, seed: int) -> Image.Image:
    """Draw a grey office scan: soft, a little noise, a little skew."""
    noise = np.random.default_rng(seed)
    turned = page.rotate(-0.4, resample=Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.5))
    grey = np.asarray(turned, dtype=np.float64) * 0.9 + 18
    return _picture(grey + noise.normal(0, 3, grey.shape))


def stamped(page: Image.Image, seed: int, *, seal: tuple[float, float] | None, arrival: bool) -> Image.Image:
    """Draw a colour scan with a red seal (its middle in points) or a stamp, specks, a fold's shadow, and skew."""
    noise = np.random.default_rng(seed)
    ink = Image.new("RGB", page.size, "white")
    scale = page.width / layout.WIDTH
    if seal is not None:
        _seal(ink, seal, scale)
    if arrival:
        _arrival(ink, scale)
    ink = ink.filter(ImageFilter.GaussianBlur(0.7))
    colour = np.asarray(ink, dtype=np.float64) * (np.asarray(page, dtype=np.float64)[:, :, None] / 255)
    turned = _picture(colour).rotate(1.3, resample=Image.Resampling.BICUBIC, fillcolor="white")
    paper = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float64)
    width = paper.shape[1]
    paper = 255 - (255 - paper) * 0.85 - 12
    across = np.arange(width)
    paper -= 45 * np.exp(-across / (0.03 * width))[None, :, None]
    paper -= 18 * np.exp(-(((across - 0.62 * width) / (0.008 * width)) ** 2))[None, :, None]
    _speck(paper, noise, 1100)
    return _picture(paper + noise.normal(0, 5, paper.shape))


def _speck(paper: Pixels, noise: np.random.Generator, count: int) -> None:
    height, width, _ = paper.shape
    for _ in range(count):
        top, left = int(noise.integers(0, height - 3)), int(noise.integers(0, width - 3))
        tall, wide = int(noise.integers(1, 4)), int(noise.integers(1, 3))
        paper[top : top + tall, left : left + wide] -= noise.uniform(70, 170)


_RED = (196, 38, 48)


def _seal(ink: Image.Image, middle: tuple[float, float], scale: float) -> None:
    draw = ImageDraw.Draw(ink)
    x, y = middle[0] * scale, middle[1] * scale
    for radius, thick in ((50, 2.2), (35, 1.0)):
        reach = radius * scale
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), outline=_RED, width=round(thick * scale))
    points = []
    for corner in range(10):
        reach = (16 if corner % 2 == 0 else 6.5) * scale
        angle = np.pi * corner / 5 - np.pi / 2
        points.append((x + reach * float(np.cos(angle)), y + reach * float(np.sin(angle))))
    draw.polygon(points, fill=_RED)
    font = _font(9 * scale)
    draw.text((x, y - 26 * scale), "TỈNH ỦY", fill=_RED, font=font, anchor="mm")
    draw.text((x, y + 26 * scale), "HOÀI GIANG", fill=_RED, font=font, anchor="mm")


def _arrival(ink: Image.Image, scale: float) -> None:
    draw = ImageDraw.Draw(ink)
    left, top = 92 * scale, 121 * scale
    draw.rectangle((left, top, left + 108 * scale, top + 38 * scale), outline=_RED, width=round(1.4 * scale))
    for row, text in enumerate(("CÔNG VĂN ĐẾN", "Số: 1187", "Ngày: 21/12/2015")):
        draw.text((left + 8 * scale, top + (3 + 11.5 * row) * scale), text, fill=_RED, font=_font(9 * scale))


def _font(size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(layout.FONTS / f"{layout.FACES['bold']}.ttf"), size)


def fax(page: Image.Image, seed: int) -> Image.Image:
    """Draw a fax in its fine mode: ragged edges, dots, streaks, a few lines lost; black and white."""
    noise = np.random.default_rng(seed)
    grey = np.asarray(page.filter(ImageFilter.GaussianBlur(0.9)), dtype=np.float64)
    grey = grey + noise.normal(0, 26, grey.shape)
    height, width = grey.shape
    for _ in range(10):
        row = int(noise.integers(0, height - 1))
        grey[row] = grey[row - 1]
        start = int(noise.integers(0, width // 2))
        grey[row, start : start + int(noise.integers(20, width // 4))] -= 120
    dots = noise.random(grey.shape)
    grey[dots < 0.0008] = 0
    return Image.fromarray(np.where(grey > 150, 255, 0).astype(np.uint8)).convert("1")


def _picture(values: Pixels) -> Image.Image:
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


class Word(NamedTuple):
    """A word as an engine read it: its line, its left end and foot in points, its width."""

    line: int
    x: float
    y: float
    wide: float
    tall: float
    text: str


def read_wrongly(picture: Image.Image, dpi: int, language: str = "eng") -> list[Word]:
    """Read a page as Tesseract does with its English model, or with another one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.png"
        picture.save(file, dpi=(dpi, dpi))
        done = subprocess.run(
            ["tesseract", str(file), "-", "-l", language, "--psm", "3", "tsv"],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    words: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in done.stdout.splitlines()[1:]:
        parts = row.split("\t")
        if len(parts) == 12 and parts[11].strip():
            line = lines.setdefault(tuple(parts[1:5]), len(lines))
            left, top, wide, tall = (int(part) * 72 / dpi for part in parts[6:10])
            words.append(Word(line, left, top + tall, wide, tall, parts[11]))
    return words


def text_of(words: list[Word]) -> str:
    """List the words line by line."""
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return "".join(" ".join(texts) + "\n" for texts in lines.values())


def hidden(words: list[Word], page: int) -> list[Set]:
    """Lay the words as lines of a hidden layer, each as wide as its picture."""
    found = []
    for word in words:
        size = max(4.0, 10 * word.wide / max(1.0, layout.width(word.text, "regular", 10)))
        found.append(Set(page, word.x, word.y, word.text + " ", "regular", min(size, 1.6 * word.tall + 4)))
    return found


_MISTAKEN = str.maketrans("ảếộựạ", "ãêọụa")
"""Tones that the reader of an old scan confuses."""


def spread(text: str) -> str:
    """Spell a heading letter by letter."""
    return "  ".join(" ".join(word) for word in text.split(" "))


def fall_apart(text: str, seed: int) -> str:
    """Tear the words of a line apart here and there, and mistake a few tones."""
    chance = np.random.default_rng(seed)
    words = []
    for word in text.split(" "):
        if not word.isalpha() or len(word) < 3:
            words.append(word)
            continue
        drawn = chance.random()
        if drawn < 0.06:
            word = " ".join(word)
        elif drawn < 0.22:
            cut = int(chance.integers(1, len(word)))
            word = f"{word[:cut]} {word[cut:]}"
        elif drawn < 0.27:
            word = word.translate(_MISTAKEN)
        words.append(word)
    return " ".join(words)
