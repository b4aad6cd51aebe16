"""Strips of lines with what stands on them, printed, damaged and cut out just as the engine cuts them out of pages."""

import random
from collections.abc import Sequence
from typing import Final, NamedTuple

from tools.reader import damage, printing, texts
from vnreport_ocr.sources.engine.strips import StripShape, strip_of
from vnreport_ocr.sources.picture.value import PixelBox, Pixels

SHAPE: Final = StripShape()
_UP_AND_DOWN: Final = 0.07
"""How far the edges that a finder tells lie from those of the ink, in heights of the line: measured, 0.02 to 0.08."""
_SIDEWAYS: Final = (0.1, 0.55)
"""How far they lie beside it, the room for a last full stop included: measured, 0.23 to 0.48."""
_FROM_FONT: Final = 0.12
"""The share of boxes as high as their font, not as their ink, as another finder might tell them."""


class Sample(NamedTuple):
    """A strip, and the text that is to be read."""

    strip: Pixels
    text: str


def sample(paragraphs: Sequence[str], dice: random.Random) -> Sample:
    """Make one sample."""
    text = texts.line(paragraphs, dice)
    setting = printing.choose(dice)
    line = printing.printed(text, (texts.line(paragraphs, dice), texts.line(paragraphs, dice)), setting, dice)
    pixels = damage.damaged(line.pixels, line.box, line.dpi, damage.choose(dice), dice)
    strip = strip_of(pixels, found(line.box, setting.size, dice), SHAPE)
    return Sample(strip, text)


def found(box: PixelBox, size: int, dice: random.Random) -> PixelBox:
    """Return a line's box as a finder might tell it."""
    top, bottom = box.top, box.bottom
    if dice.random() < _FROM_FONT or box.height < 0.6 * size:
        # The base line is not known here: what hangs below it is a quarter of the size, or nothing.
        middle, high = box.middle, max(box.height, dice.uniform(0.95, 1.15) * size)
        top, bottom = middle - high / 2, middle + high / 2
    high = bottom - top
    return PixelBox(
        box.left - dice.uniform(*_SIDEWAYS) * high,
        top + dice.uniform(-_UP_AND_DOWN, _UP_AND_DOWN) * high,
        box.right + dice.uniform(*_SIDEWAYS) * high,
        bottom + dice.uniform(-_UP_AND_DOWN, _UP_AND_DOWN) * high,
    )
