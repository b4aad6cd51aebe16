"""Specks: small dark spots that stand apart from all letters, whatever made them."""

from typing import Final, NamedTuple

import cv2
import numpy as np

from vnreport_ocr.sources.picture.tuning import TUNING
from vnreport_ocr.sources.picture.value import Picture, Pixels

LETTER_INCHES: Final = (0.04, 0.3)
"""How low and how high a letter is."""
_SIZE: Final = TUNING.specks.size
_STOP: Final = TUNING.specks.stop
_APART_STOP: Final = TUNING.specks.apart_stop
_MANY: Final = TUNING.specks.many


class Specks(NamedTuple):
    """What was found: where specks lie if they are many, how many they are, and how many letters there are."""

    mask: Pixels
    found: int
    letters: int

    @property
    def many(self) -> bool:
        """Whether they are so many that the engine would stumble over them."""
        return self.found > 60 and self.found > _MANY * self.letters


def find_specks(picture: Picture, apart: float, spared: Pixels | None = None) -> Specks:
    """Find spots smaller than a letter and more than ``apart`` letter heights away from any larger ink.

    The distance is what saves the dots of i and ạ, full stops and commas: they keep close to their word. What lies on
    the mask ``spared`` is print.
    """
    ink = picture.ink
    _, numbered, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    labels = np.asarray(numbered, dtype=np.int32)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    low, top = (inches * picture.dpi for inches in LETTER_INCHES)
    is_letter = (high > low) & (high < top) & (wide < 2 * top)
    is_letter[0] = False
    letters = int(is_letter.sum())
    if not letters:
        return Specks(np.zeros_like(ink), 0, 0)
    height = float(np.median(high[is_letter]))
    side = np.maximum(wide, high)
    small = side <= max(2.0, _SIZE * height)
    small[0] = False
    large = ~small
    large[0] = False
    distance = cv2.distanceTransform((~large).astype(np.uint8).take(labels, mode="clip"), cv2.DIST_L2, 3)
    centres = np.nan_to_num(centres)  # a picture without paper has no middle of the paper
    rows = np.clip(np.rint(centres[:, 1]), 0, ink.shape[0] - 1).astype(np.int64)
    columns = np.clip(np.rint(centres[:, 0]), 0, ink.shape[1] - 1).astype(np.int64)
    like_a_stop = side >= _STOP * height
    needed = np.where(like_a_stop, max(apart, _APART_STOP), apart) * height
    alone = small & (distance[rows, columns] - side / 2 > needed)
    if spared is not None:
        alone &= spared[rows, columns] == 0
    specks = Specks(np.zeros_like(ink), int(alone.sum()), letters)
    if not specks.many:
        return specks
    mask = cv2.dilate(alone.astype(np.uint8).take(labels, mode="clip"), np.ones((3, 3), np.uint8))
    return specks._replace(mask=np.asarray(mask, dtype=np.uint8))
