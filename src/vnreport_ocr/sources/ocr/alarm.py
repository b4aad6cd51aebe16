"""Whether the engine read as much as there is: letters of the picture against the boxes of its words."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from vnreport_ocr.sources.engine.protocol import ReadLine
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.value import Picture, PixelBox

_MEASURED_DPI: Final = TUNING.alarm.measured_dpi
_LETTER: Final = (0.045, 0.2)
_FEW: Final = TUNING.alarm.few
MISSED: Final = TUNING.alarm.missed


def missed_share(picture: Picture, lines: Sequence[ReadLine]) -> float:
    """Share of the picture's letter-sized marks that no word covers; 0 where there are hardly any marks."""
    return missed_letters(picture, [word.box for line in lines for word in line.words])


def missed_letters(picture: Picture, boxes: Sequence[PixelBox]) -> float:
    """Share of letter-sized marks outside all boxes."""
    small = picture.reduced(_MEASURED_DPI)
    dpi, factor = small.dpi, small.dpi / picture.dpi
    ink = small.ink
    _, _, stats, centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    letter = (high > _LETTER[0] * dpi) & (high < _LETTER[1] * dpi) & (wide < 1.5 * _LETTER[1] * dpi) & (wide > 1)
    letter[0] = False
    if int(letter.sum()) < _FEW:
        return 0.0
    covered = np.zeros(ink.shape, dtype=np.uint8)
    for box in boxes:
        left, top, right, bottom = (int(edge * factor) for edge in box)
        covered[max(0, top - 2) : max(0, bottom + 3), max(0, left - 2) : max(0, right + 3)] = 1
    points = np.rint(centres[letter]).astype(np.int64)
    rows = np.clip(points[:, 1], 0, ink.shape[0] - 1)
    columns = np.clip(points[:, 0], 0, ink.shape[1] - 1)
    return float(1.0 - covered[rows, columns].mean())
