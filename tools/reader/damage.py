"""What paper, copiers, scanners and files do to a printed line, in the order in which it happens to a page.

Each step takes a picture of greys and gives one of the same size, still within 0 and 255. What a line goes through is
its ``Recipe``: a value, chosen by the dice from one of the ``KINDS``, each a range for every step.
"""

import math
import random
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.picture.value import PixelBox, Pixels

Greys = NDArray[np.float32]


class DamageRecipe(NamedTuple):
    """What happens to one line; 0 leaves a step out."""

    turn: float = 0.0
    """Degrees: what is left when a page is straightened."""
    bend: float = 0.0
    """How far a line bows, in its heights."""
    through: float = 0.0
    """How dark the other side shows through, by the ink's own darkness."""
    stamp: int = 0
    """Strokes of a stamp or a signature over the line."""
    faint: float = 0.0
    """How much of the ink's darkness is lost."""
    paper: float = 0.0
    """Levels by which the paper is darker than white."""
    shade: float = 0.0
    """Levels by which it darkens from one side to the other."""
    worn: float = 0.0
    """The share of the ink that a worn ribbon or a bad copy leaves out."""
    thick: int = 0
    """Pixels by which a copier thickens strokes, below 0 thins them, at 300 dpi."""
    blur: float = 0.0
    """The spread of a point, in pixels at 200 dpi."""
    coarse: float = 0.0
    """The resolution that a file was brought down to, by its own; 0 is as it is."""
    noise: float = 0.0
    """The spread of the levels."""
    specks: int = 0
    """Specks to a hundred heights of paper."""
    cut: float = 0.0
    """Where between ink (0) and paper (1) the levels are cut to black and white."""
    jpeg: int = 0
    """The quality of a JPEG."""


Range = tuple[float, float]
KINDS: Final[Mapping[str, tuple[int, Mapping[str, Range]]]] = MappingProxyType({
    "clean": (3, {"blur": (0, 0.4), "noise": (0, 3)}),
    "office": (6, {"blur": (0.2, 1.0), "noise": (2, 12), "turn": (-0.25, 0.25), "paper": (0, 30), "jpeg": (40, 92)}),
    "old": (4, {"blur": (0.4, 1.1), "noise": (4, 14), "turn": (-0.4, 0.4), "bend": (-0.08, 0.08), "paper": (20, 90),
                "shade": (0, 50), "through": (0, 0.3), "specks": (0, 25), "worn": (0, 0.12), "jpeg": (30, 85)}),
    "stamped": (2, {"blur": (0.3, 1.0), "noise": (2, 12), "stamp": (1, 5), "paper": (0, 50), "specks": (0, 15),
                    "jpeg": (35, 90)}),
    "bitonal": (5, {"blur": (0.2, 1.0), "noise": (0, 12), "turn": (-0.3, 0.3), "specks": (0, 12), "cut": (0.35, 0.75)}),
    "fax": (4, {"blur": (0.5, 1.2), "noise": (6, 26), "turn": (-0.4, 0.4), "coarse": (0.5, 1.0), "specks": (0, 40),
                "worn": (0, 0.1), "cut": (0.3, 0.78)}),
    "photocopy": (3, {"thick": (-1, 2), "blur": (0.4, 1.2), "noise": (4, 20), "bend": (-0.1, 0.1), "turn": (-0.4, 0.4),
                      "specks": (0, 40), "worn": (0, 0.15), "shade": (0, 60), "cut": (0.3, 0.7)}),
    "faint": (3, {"faint": (0.4, 0.78), "blur": (0.3, 1.0), "noise": (2, 10), "worn": (0, 0.2), "paper": (0, 60),
                  "jpeg": (35, 90)}),
    "small": (3, {"blur": (0.3, 0.9), "noise": (0, 10), "coarse": (0.42, 0.9), "turn": (-0.3, 0.3), "jpeg": (25, 80)}),
})  # fmt: skip
"""Kinds of pages with their weights, and for each step from where to where it goes."""
_WHOLE: Final = frozenset({"stamp", "thick", "specks", "jpeg"})
_COARSEST: Final = 13.0
"""Pixels of a line's height under which nobody reads it: no file is brought down further."""


def choose(dice: random.Random, kind: str = "") -> DamageRecipe:
    """Choose a recipe, of the kind that is named or of any."""
    names = list(KINDS)
    ranges = KINDS[kind or dice.choices(names, [KINDS[name][0] for name in names])[0]][1]
    drawn = {step: dice.uniform(*between) for step, between in ranges.items()}
    whole: dict[str, Any] = {step: round(value) if step in _WHOLE else value for step, value in drawn.items()}
    return DamageRecipe()._replace(**whole)


def damaged(pixels: Pixels, box: PixelBox, dpi: int, recipe: DamageRecipe, dice: random.Random) -> Pixels:
    """Return the picture after all that the recipe does to it; the line stands where it stood."""
    grey: NDArray[Any] = pixels.astype(np.float32)
    scale = dpi / 200
    if recipe.through:
        grey = np.minimum(grey, 255 - recipe.through * (255 - _blurred(grey[::-1, ::-1], 1.2 * scale)))
    if recipe.worn:
        grey = grey + (255 - grey) * _patches(grey.shape, max(1.5, 2.5 * scale), recipe.worn, dice)
    if recipe.stamp:
        grey = _stamped(grey, box, recipe.stamp, dice)
    if recipe.turn or recipe.bend:
        grey = _moved(grey, box, recipe)
    if recipe.thick:
        grey = _thickened(grey, recipe.thick, dpi)
    if recipe.blur:
        grey = _blurred(grey, recipe.blur * max(0.7, scale))
    if recipe.faint or recipe.paper or recipe.shade:
        grey = _lit(grey, recipe, dice)
    high, wide = grey.shape
    if recipe.coarse and recipe.coarse < 1:
        factor = max(recipe.coarse, min(1.0, _COARSEST / box.height))
        grey = cv2.resize(
            grey, (max(8, round(wide * factor)), max(8, round(high * factor))), interpolation=cv2.INTER_AREA
        )
    if recipe.noise:
        grey = grey + recipe.noise * noise(grey.shape, dice)
    if recipe.specks:
        grey = _specked(grey, recipe.specks, box.height, dice)
    if recipe.cut:
        dark, light = np.percentile(grey[::3, ::3], (2, 85))
        grey = np.where(grey > dark + recipe.cut * (light - dark), np.float32(255), np.float32(0))
    if recipe.jpeg:
        stored = cv2.imencode(".jpg", np.clip(grey, 0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, recipe.jpeg])[
            1
        ]
        grey = np.asarray(cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE), dtype=np.float32)
    if grey.shape != (high, wide):
        grey = cv2.resize(grey, (wide, high), interpolation=cv2.INTER_LINEAR)
    return np.asarray(np.clip(grey, 0, 255), dtype=np.uint8)


@cache
def _bank() -> Greys:
    """Return a stock of even noise: to draw it anew for every line would take longer than all else."""
    return np.random.default_rng(7).standard_normal(1 << 21).astype(np.float32)


def noise(shape: tuple[int, ...], dice: random.Random) -> Greys:
    """Return noise of spread 1, a part of the stock that the dice choose."""
    count = shape[0] * shape[1]
    bank = _bank()
    if count > len(bank) // 2:
        bank = np.resize(bank, 2 * count)
    start = dice.randrange(len(bank) - count)
    return np.asarray(bank[start : start + count].reshape(shape))


def _blurred(grey: Greys, spread: float) -> Greys:
    return np.asarray(cv2.GaussianBlur(grey, (0, 0), spread), dtype=np.float32) if spread > 0.15 else grey


def _patches(shape: tuple[int, ...], size: float, share: float, dice: random.Random) -> Greys:
    """Return how much of each place is missing: patches of a size that take such a share of all."""
    small = (max(2, round(shape[0] / size)), max(2, round(shape[1] / size)))
    rough = noise(small, dice)
    edge = float(np.quantile(rough, 1 - share))
    rough = np.clip((rough - edge) * 2 + 0.5, 0, 1).astype(np.float32)
    return np.asarray(cv2.resize(rough, (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _stamped(grey: Greys, box: PixelBox, strokes: int, dice: random.Random) -> Greys:
    """Lay strokes of a seal or a signature over the line: arcs, in a lighter ink than print."""
    laid = np.full(grey.shape, 255, dtype=np.float32)
    wide = max(1, round(box.height / dice.uniform(10, 22)))
    middle = (round(dice.uniform(box.left, box.right)), round(box.middle + dice.uniform(-3, 3) * box.height))
    for _ in range(strokes):
        reach = round(box.height * dice.uniform(1.2, 4.5)), round(box.height * dice.uniform(1.2, 4.5))
        start = dice.uniform(0, 360)
        cv2.ellipse(
            laid,
            middle,
            reach,
            dice.uniform(-20, 20),
            start,
            start + dice.uniform(60, 360),
            dice.uniform(70, 190),
            wide,
        )
    return np.asarray(grey * (laid / 255), dtype=np.float32)


def _moved(grey: Greys, box: PixelBox, recipe: DamageRecipe) -> Greys:
    """Turn and bow the line about its middle, which stays where it is."""
    high, wide = grey.shape
    # A long line would leave its strip: what is straightened is straightened to within a part of a line's height.
    most = 0.3 * box.height / max(1.0, box.width / 2)
    slope = max(-most, min(most, math.tan(math.radians(recipe.turn))))
    across = np.arange(wide, dtype=np.float32) - np.float32((box.left + box.right) / 2)
    part = across / np.float32(max(1.0, box.width / 2))
    shift = slope * across + np.float32(recipe.bend * box.height) * (part * part - np.float32(0.33))
    columns = np.broadcast_to(np.arange(wide, dtype=np.float32), (high, wide))
    rows = np.arange(high, dtype=np.float32)[:, None] + shift[None, :]
    found = cv2.remap(grey, columns.copy(), rows.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT,
                      borderValue=[255.0])  # fmt: skip
    return np.asarray(found, dtype=np.float32)


def _thickened(grey: Greys, by: int, dpi: int) -> Greys:
    side = 1 + max(1, round(abs(by) * dpi / 300))
    if dpi < 150 and by < 0:
        return grey  # strokes of one pixel would go altogether
    brush = np.ones((side, side), dtype=np.uint8)
    return np.asarray(cv2.erode(grey, brush) if by > 0 else cv2.dilate(grey, brush), dtype=np.float32)


def _lit(grey: Greys, recipe: DamageRecipe, dice: random.Random) -> Greys:
    grey = 255 - (255 - grey) * (1 - recipe.faint)
    ramp = np.linspace(0, recipe.shade, grey.shape[1], dtype=np.float32)
    dark = recipe.paper + (ramp if dice.random() < 0.5 else ramp[::-1])
    return np.asarray(grey * (1 - dark / 255), dtype=np.float32)


def _specked(grey: Greys, density: int, high: float, dice: random.Random) -> Greys:
    grey = grey.copy()
    rows, columns = grey.shape
    for _ in range(round(density * rows * columns / (100 * high * high))):
        side = max(1, round(high * dice.uniform(0.02, 0.09)))
        row, column = dice.randrange(rows), dice.randrange(columns)
        grey[row : row + side, column : column + max(1, side + dice.choice((-1, 0, 1)))] = dice.choice((0, 0, 40, 255))
    return grey
