"""Teaches the network that tells signs by their shape: ``python -m tools.dictionaries.shapes OUT [SAMPLES] [SEED]``.

Strings of figures, signs and letters are printed in free fonts and damaged as scanners damage; each sign is cut out
as the reader cuts it out, and so are bad cuts, which are to be known as no sign. Nothing but numpy is needed, the
same seed gives the same network on the same machine, and it takes about fifteen minutes on one core.
"""

import io
import itertools
import random
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tools.glyphs import font_path, has_glyph
from vnreport_ocr.sources.ocr.shapes import NONE, RAISED, WIDE, Floats, Shapes, StripSpan, window, write_shapes
from vnreport_ocr.sources.ocr.strip import ABOVE, BELOW, HIGH, ROWS, Strip, ink_of, resized

FONTS = (
    ("Tinos-Regular.ttf", 8), ("Tinos-Bold.ttf", 4), ("Tinos-Italic.ttf", 3), ("Tinos-BoldItalic.ttf", 1),
    ("texgyretermes-regular.otf", 4), ("texgyretermes-bold.otf", 2), ("texgyretermes-italic.otf", 1),
    ("Arimo-Regular.ttf", 5), ("Arimo-Bold.ttf", 2), ("Arimo-Italic.ttf", 1),
    ("FreeSerif.ttf", 4), ("FreeSerifBold.ttf", 2), ("FreeSans.ttf", 1),
    ("DejaVuSerif.ttf", 3), ("DejaVuSerif-Bold.ttf", 1), ("DejaVuSans.ttf", 2), ("DejaVuSans-Bold.ttf", 1),
    ("NotoSerif-Regular.ttf", 2), ("NotoSerif-Bold.ttf", 1), ("NotoSans-Regular.ttf", 2),
    ("Carlito-Regular.ttf", 3), ("Carlito-Bold.ttf", 1), ("Caladea-Regular.ttf", 2), ("Cousine-Regular.ttf", 1),
)  # fmt: skip

DIGITS = "0123456789"
FIGURES = DIGITS * 3 + ".,.,-/%():"
SIGNS = "%‰°+-±=<>≤≥×÷/():;.,'\"!?*&²³²³²³¹⁴⁵⁶⁷⁸⁹⁰₫µ–₂₂"
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZđĐ"
UNITS = ("m²", "m³", "km²", "cm²", "mm²", "kV", "kWh", "µg", "°C", "mg", "ha", "kg", "m", "đ", "₫", "MW", "kVA", "l")
NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIX", "XX", "XXI")
HIDDEN = (160, 96)
ROUNDS = 12
BATCH = 256
RATE = 1.2e-3
_OVER = 3


class Cut(NamedTuple):
    """A window of a strip and the sign in it."""

    window: Floats
    sign: str


def alphabet() -> tuple[str, ...]:
    """All signs, the one for none first."""
    return (NONE, *sorted(set(FIGURES + SIGNS + LETTERS)))


def strings(dice: random.Random) -> str:
    """Something to print."""
    kind = dice.random()
    if kind < 0.45:
        return "".join(dice.choice(FIGURES) for _ in range(dice.randint(3, 10)))
    if kind < 0.6:
        return dice.choice(DIGITS) + dice.choice(UNITS) + dice.choice(("", ".", ",", ";", "/"))
    if kind < 0.7:
        return dice.choice(NUMERALS) + dice.choice((".", "", ",", ")", ":"))
    if kind < 0.85:
        return "".join(dice.choice(SIGNS + DIGITS) for _ in range(dice.randint(3, 8)))
    return "".join(dice.choice(LETTERS) for _ in range(dice.randint(3, 8)))


@cache
def _font(name: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_path(name), size)


def printed(text: str, dice: random.Random) -> tuple[NDArray[np.uint8], float, float, list[tuple[str, float, float]]]:
    """Draw a string as a scan shows it: picture, baseline, height of figures, each sign with its left and right."""
    name = dice.choices([font for font, _ in FONTS], [weight for _, weight in FONTS])[0]
    dpi = dice.choice((100, 100, 100, 120, 150, 150, 200, 200, 250, 300))
    points = dice.choice((10, 11, 12, 13, 13, 13, 14, 14))
    size = round(points * dpi / 72 * _OVER)
    font = _font(name, size)
    high = -font.getbbox("0", anchor="ls")[1]
    wide = round(font.getlength(text)) + 4 * size
    image = Image.new("L", (wide // _OVER * _OVER, 3 * size // _OVER * _OVER), 255)
    pen = ImageDraw.Draw(image)
    x, base = size + dice.random() * _OVER, 1.9 * size + dice.random() * _OVER
    places = []
    drawn_small = dice.random() < 0.5
    lean = high * dice.uniform(0.36, 0.5)
    dark = dice.choice((0, 0, 0, 30, 60))
    for sign in text:
        raised = drawn_small and sign in RAISED
        face = _font(name, round(size * 0.62)) if raised else font
        shown, lift = (RAISED[sign], lean) if raised else (sign, 0.0)
        if sign in RAISED and not raised and not has_glyph(_font(name, 40), sign):
            face, shown, lift = _font(name, round(size * 0.62)), RAISED[sign], lean
        elif not has_glyph(_font(name, 40), shown):
            sign = shown = dice.choice(DIGITS)
        pen.text((x, base - lift), shown, font=face, fill=dark, anchor="ls")
        box = face.getbbox(shown, anchor="ls")
        places.append((sign, (x + box[0]) / _OVER, (x + box[2]) / _OVER))
        x += face.getlength(shown) + dice.choice((0, 0, 0, 0.03 * size))
    turn = dice.gauss(0, 0.25)
    image = image.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255) if abs(turn) > 0.2 else image
    small = image.resize((image.width // _OVER, image.height // _OVER), Image.Resampling.BOX)
    return _damaged(small, dpi, dice), base / _OVER, high / _OVER, places


def _damaged(image: Image.Image, dpi: int, dice: random.Random) -> NDArray[np.uint8]:
    noise = np.random.default_rng(dice.randrange(1 << 30))
    image = image.filter(ImageFilter.GaussianBlur(dice.uniform(0.2, 0.9) * max(0.7, dpi / 200)))
    grey = np.asarray(image, dtype=np.float32)
    grey = grey * dice.uniform(0.6, 1.0) + dice.uniform(0, 40)
    grey = grey + noise.normal(0, dice.choice((0, 3, 6, 10, 16, 24)), grey.shape).astype(np.float32)
    for _ in range(dice.choice((0, 0, 0, 1, 2, 4))):
        row, column = noise.integers(0, grey.shape[0] - 3), noise.integers(0, grey.shape[1] - 3)
        grey[row : row + noise.integers(1, 4), column : column + noise.integers(1, 3)] += dice.choice((-140, 140))
    if dice.random() < (0.75 if dpi <= 120 else 0.25):
        # Near the middle of ink and paper, to either side: what is copied too light or too dark.
        low, top = np.percentile(grey, (2, 90))
        grey = np.where(grey > low + dice.uniform(0.35, 0.8) * (top - low), np.float32(255), np.float32(0))
    pixels = np.clip(grey, 0, 255).astype(np.uint8)
    if dice.random() < 0.4:
        stored = io.BytesIO()
        Image.fromarray(pixels).save(stored, "JPEG", quality=dice.randint(35, 85))
        pixels = np.asarray(Image.open(stored))
    return pixels


def cuts(text: str, dice: random.Random) -> Iterator[Cut]:
    """Return the signs of a string as the reader will see them, and some bad cuts."""
    pixels, baseline, high, places = printed(text, dice)
    high *= dice.uniform(0.9, 1.1)
    scale = HIGH / high
    baseline += dice.gauss(0, 0.03) * high
    first = max(0, round(places[0][1]) - 3)
    last = min(pixels.shape[1], round(places[-1][2]) + 3)
    top, bottom = round(baseline - ABOVE / scale) - 2, round(baseline + BELOW / scale) + 2
    ink = ink_of(pixels[max(0, top) : bottom, first:last])
    ink = np.pad(ink, ((max(0, -top), 0), (0, 0)))
    strip = resized(ink, scale, baseline - ABOVE / scale - top, max(1, round((last - first) * scale)))
    spans = [
        (
            sign,
            StripSpan(
                round((left - first) * scale), max(round((left - first) * scale) + 1, round((right - first) * scale))
            ),
        )
        for sign, left, right in places
    ]
    for sign, span in spans:
        moved = trimmed(
            strip, StripSpan(span.left + dice.choice((-1, 0, 0, 1)), span.right + dice.choice((-1, 0, 0, 1)))
        )
        if moved is not None:
            yield Cut(window(strip, moved), sign)
    for _ in range(max(1, len(spans) // 3)):
        bad = _bad_cut([span for _, span in spans], dice)
        moved = None if bad is None else trimmed(strip, bad)
        if moved is not None:
            yield Cut(window(strip, moved), NONE)


def _columns(left: float, right: float, scale: float) -> StripSpan:
    return StripSpan(round(left * scale), max(round(left * scale) + 1, round(right * scale)))


def _bad_cut(spans: list[StripSpan], dice: random.Random) -> StripSpan | None:
    place = dice.randrange(len(spans))
    span = spans[place]
    if dice.random() < 0.45 and place + 1 < len(spans):
        return StripSpan(span.left, spans[place + 1].right)
    if place + 1 < len(spans) and dice.random() < 0.4:
        return StripSpan((span.left + span.right) // 2, (spans[place + 1].left + spans[place + 1].right) // 2)
    if span.wide < 8:
        return None
    part = round(span.wide * dice.uniform(0.35, 0.65))
    return StripSpan(span.left, span.left + part) if dice.random() < 0.5 else StripSpan(span.left + part, span.right)


def trimmed(strip: Strip, span: StripSpan) -> StripSpan | None:
    """Trim the span of the columns at its sides that have no ink."""
    left, right = max(0, span.left), min(strip.shape[1], span.right)
    inked = np.flatnonzero(strip[:, left:right].max(axis=0) > 0.3) if right > left else np.zeros(0)
    return StripSpan(left + int(inked[0]), left + int(inked[-1]) + 1) if inked.size else None


def samples(count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Windows and the places of their signs in the alphabet."""
    dice = random.Random(seed)
    place = {sign: number for number, sign in enumerate(alphabet())}
    windows = np.zeros((count, ROWS * WIDE), dtype=np.uint8)
    signs = np.zeros(count, dtype=np.int64)
    made = 0
    while made < count:
        for cut in cuts(strings(dice), dice):
            if made < count:
                windows[made] = np.rint(cut.window.ravel() * 255).astype(np.uint8)
                signs[made] = place[cut.sign]
                made += 1
    return windows, signs


def learn(windows: NDArray[np.uint8], signs: NDArray[np.int64], rounds: int, seed: int) -> tuple[Floats, ...]:
    """Train the weights, by Adam over shuffled batches, the rate falling to nothing."""
    chance = np.random.default_rng(seed)
    sizes = (ROWS * WIDE, *HIDDEN, len(alphabet()))
    weights: list[Floats] = []
    for size, following in itertools.pairwise(sizes):
        weights.append((chance.normal(0, np.sqrt(2 / size), (size, following))).astype(np.float32))
        weights.append(np.zeros(following, dtype=np.float32))
    first = [np.zeros_like(w) for w in weights]
    second = [np.zeros_like(w) for w in weights]
    steps, step = rounds * (len(windows) // BATCH), 0
    for number in range(rounds):
        order = chance.permutation(len(windows))
        loss = 0.0
        for start in range(0, len(order) - BATCH + 1, BATCH):
            batch = order[start : start + BATCH]
            value, slopes = _slopes(np.asarray(windows[batch] / 255, dtype=np.float32), signs[batch], weights)
            loss += value
            step += 1
            rate = RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
            for place, slope in enumerate(slopes):
                first[place] += 0.1 * (slope - first[place])
                second[place] += 0.002 * (slope * slope - second[place])
                even = np.sqrt(second[place] / (1 - 0.998**step)) + 1e-8
                weights[place] -= (rate / (1 - 0.9**step) * first[place] / even).astype(np.float32)
        print(f"round {number + 1}: loss {loss / (len(order) // BATCH):.4f}", flush=True)
    return tuple(weights)


def _slopes(inputs: Floats, signs: NDArray[np.int64], weights: list[Floats]) -> tuple[float, list[Floats]]:
    values = [inputs]
    for layer in range(0, len(weights), 2):
        out = values[-1] @ weights[layer] + weights[layer + 1]
        values.append(np.maximum(out, 0) if layer < len(weights) - 2 else out)
    chances = np.exp(values[-1] - values[-1].max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    rows = np.arange(len(signs))
    loss = float(-np.log(chances[rows, signs] + 1e-9).mean())
    # A little of the chance is left to the others: the network is not to be surer than it can be.
    wanted = np.full_like(chances, 0.02 / chances.shape[1])
    wanted[rows, signs] += 0.98
    back = (chances - wanted) / len(signs)
    found: list[Floats] = []
    for layer in range(len(weights) - 2, -1, -2):
        found = [values[layer // 2].T @ back, back.sum(axis=0), *found]
        if layer:
            back = (back @ weights[layer].T) * (values[layer // 2] > 0)
    return loss, found


def main(out: Path, count: int, seed: int) -> None:
    """Make the samples, learn, say how good it is on others, and write the file."""
    weights = learn(*samples(count, seed), rounds=ROUNDS, seed=seed)
    windows, signs = samples(20_000, seed + 1)
    inked = np.asarray(windows.reshape(-1, ROWS, WIDE) / 255, dtype=np.float32)
    chances = Shapes(alphabet(), weights).log_chances_of(inked)
    right = chances.argmax(axis=1) == signs
    figures = np.isin(signs, [alphabet().index(digit) for digit in DIGITS])
    print(f"right: {right.mean():.4f} of all, {right[figures].mean():.4f} of figures")
    facts = {
        "version": "1",
        "source": "strings printed in free fonts",
        "licence": "Apache-2.0",
        "command": f"python -m tools.dictionaries.shapes OUT {count} {seed}",
    }
    write_shapes(out, alphabet(), weights, facts)


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]) if len(sys.argv) > 2 else 400_000,
        int(sys.argv[3]) if len(sys.argv) > 3 else 7,
    )
