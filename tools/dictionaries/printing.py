"""Corpus text printed to page images, damaged as scanners damage, and read by an engine.

What comes out are pairs of lines: what was printed and what was read. They are the evidence
from which ``confusion_counts`` learns what each letter turns into.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tools.dictionaries.confusion_pairs import FAST
from tools.dictionaries.encode import paragraphs
from tools.dictionaries.inputs import of_texts
from tools.glyphs import font_path
from vnreport_ocr.sources.engine.fast import TrueOcr
from vnreport_ocr.sources.engine.protocol import Request
from vnreport_ocr.sources.picture.value import Picture

FONTS = (
    ("Tinos-Regular.ttf", 7),
    ("Tinos-Bold.ttf", 3),
    ("Tinos-Italic.ttf", 3),
    ("texgyretermes-regular.otf", 4),
    ("texgyretermes-bold.otf", 2),
    ("FreeSerif.ttf", 3),
    ("FreeSerifBold.ttf", 1),
    ("DejaVuSerif.ttf", 1),
    ("NotoSerif-Regular.ttf", 1),
    ("Arimo-Regular.ttf", 3),
    ("Arimo-Bold.ttf", 1),
    ("DejaVuSans.ttf", 1),
    ("Carlito-Regular.ttf", 1),
)
LANGUAGES = (("eng", 10), ("fra", 3), ("deu", 1), ("spa", 1), ("ita", 1), ("vie", 7))
LINES_A_PAGE = 34
WORKERS = 2
BAD_SHARE = 0.6
"""The share of bad pictures among those that the fast engine reads."""


class PageSetting(NamedTuple):
    """How one page is printed, damaged and read."""

    font: str
    points: float
    dpi: int
    blur: float
    noise: float
    bilevel: bool
    language: str


def choose_setting(dice: random.Random, *, fast: bool = False) -> PageSetting:
    """Choose a setting as archives have them: mostly Times at 13 points, 100 to 300 dpi."""
    font = dice.choices([f for f, _ in FONTS], [w for _, w in FONTS])[0]
    language = FAST if fast else dice.choices([n for n, _ in LANGUAGES], [w for _, w in LANGUAGES])[0]
    # The fast engine misreads good pages as well, and what it does there is what it does most often.
    bad = language == "vie" or (fast and dice.random() < BAD_SHARE)
    dpi = dice.choice((90, 100, 100, 110, 120, 150) if bad else (130, 150, 180, 200, 200, 250, 300))
    return PageSetting(
        font=font,
        points=dice.choice((11, 12, 13, 13, 14, 14)),
        dpi=dpi,
        blur=dice.uniform(0.0, 0.9) * dpi / 200,
        noise=dice.choice((0, 4, 10, 18)),
        bilevel=dice.random() < (0.7 if bad else 0.4),
        language=language,
    )


def draw_page(lines: list[str], setting: PageSetting, dice: random.Random) -> Image.Image:
    """Draw the lines on a page, with the damage of the setting."""
    size = round(setting.points * setting.dpi / 72)
    font = ImageFont.truetype(font_path(setting.font), size)
    step = round(size * dice.uniform(1.35, 1.7))
    width = max(round(font.getlength(line)) for line in lines) + 4 * size
    image = Image.new("L", (width, step * len(lines) + 4 * size), 255)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((2 * size, 2 * size + number * step), line, font=font, fill=dice.choice((0, 0, 20, 50)))
    image = image.rotate(dice.gauss(0, 0.15), resample=Image.Resampling.BICUBIC, fillcolor=255)
    if setting.blur > 0.15:
        image = image.filter(ImageFilter.GaussianBlur(setting.blur))
    grey = np.asarray(image, dtype=np.float32)
    if setting.noise:
        noise = np.random.default_rng(dice.randrange(1 << 30)).normal(0, setting.noise, grey.shape)
        grey = (grey + noise).astype(np.float32)
    if setting.bilevel:
        grey = np.where(grey > dice.uniform(110, 190), np.float32(255), np.float32(0))
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def read_page(image: Image.Image, setting: PageSetting) -> list[str]:
    """Read the lines with the engine."""
    if setting.language == FAST:
        page = Picture(np.asarray(image, dtype=np.uint8), setting.dpi)
        return [line.text for line in fast_engine().read(page, Request("block"))]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        image.save(path)
        done = subprocess.run(
            ["tesseract", str(path), "-", "-l", setting.language, "--psm", "6", "--dpi", str(setting.dpi)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    return [line for line in done.stdout.splitlines() if line.strip()]


@cache
def fast_engine() -> TrueOcr:
    """Return the fast engine of this process."""
    return TrueOcr()


def page_lines(texts: list[str], dice: random.Random) -> list[str]:
    """Return a page's lines from random paragraphs, some of them in capitals like headings."""
    lines: list[str] = []
    while len(lines) < LINES_A_PAGE:
        words = dice.choice(texts).split()
        start = dice.randrange(max(1, len(words) - 30)) if len(words) > 60 else 0
        words = words[start : start + 60]
        if dice.random() < 0.12:
            words = [word.upper() for word in words[:24]]
        while words:
            take = dice.randint(10, 15)
            lines.append(" ".join(words[:take]))
            words = words[take:]
    return lines[:LINES_A_PAGE]


def make_pages(job: tuple[int, int, list[str], str, bool]) -> str:
    """Print and read one batch of pages; a JSON line a page."""
    seed, count, texts, target, fast = job
    dice = random.Random(seed)
    with Path(target).open("w", encoding="utf-8") as out:
        for _ in range(count):
            setting = choose_setting(dice, fast=fast)
            lines = page_lines(texts, dice)
            read = read_page(draw_page(lines, setting, dice), setting)
            out.write(
                json.dumps({"setting": setting._asdict(), "printed": lines, "read": read}, ensure_ascii=False) + "\n"
            )
            out.flush()
    return target


def sample_texts(sources: list[Path], each: int, dice: random.Random) -> list[str]:
    """Paragraphs of a readable length, a reservoir sample of each source."""
    texts: list[str] = []
    for source in sources:
        kept: list[str] = []
        for seen, paragraph in enumerate(p for p in paragraphs(source) if 60 <= len(p) <= 3000):
            if len(kept) < each:
                kept.append(paragraph)
            elif (place := dice.randrange(seen + 1)) < each:
                kept[place] = paragraph
            if seen > 60 * each:
                break
        texts += kept
    return texts


def main() -> None:
    """Print and read the batches that the command line asks for."""
    asked = argparse.ArgumentParser(description="Print pages of texts, and read them.")
    asked.add_argument("out", type=Path)
    asked.add_argument("batches", type=int)
    asked.add_argument("per_batch", type=int)
    asked.add_argument("first", type=int, help="the seed of the first batch; each has the next one")
    asked.add_argument("sources", type=Path, nargs="+")
    asked.add_argument("--fast", action="store_true", help=f"let the engine {FAST} read, not Tesseract")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "texts.txt").write_text(of_texts(given.sources) + "\n", encoding="utf-8")
    sample = sample_texts(given.sources, 3000, random.Random(7))
    seeds = range(given.first, given.first + given.batches)
    jobs = [(n, given.per_batch, sample, str(given.out / f"pages-{n:04d}.jsonl"), given.fast) for n in seeds]
    with ProcessPoolExecutor(WORKERS) as pool:
        for name in pool.map(make_pages, jobs):
            sys.stdout.write(name + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
