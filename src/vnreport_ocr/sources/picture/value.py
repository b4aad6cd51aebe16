"""The picture of a page, and rectangles on it in pixels."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

# As many pages are read at a time as there are cores: threads beside that cost twice the processor time.
cv2.setNumThreads(1)

Pixels = NDArray[np.uint8]
"""Grey (height, width) or RGB (height, width, 3), 0 being black."""


@dataclass(frozen=True)
class Picture:
    """A picture of a page or of a part of one."""

    pixels: Pixels
    dpi: float
    whole: bool = True
    """Whether its file held all of it."""

    @property
    def height(self) -> int:
        """Height in pixels."""
        return int(self.pixels.shape[0])

    @property
    def width(self) -> int:
        """Width in pixels."""
        return int(self.pixels.shape[1])

    @property
    def coloured(self) -> bool:
        """Whether it has three channels."""
        return self.pixels.ndim == 3

    @cached_property
    def grey(self) -> Pixels:
        """The picture in shades of grey; a page is asked for them a dozen times."""
        if not self.coloured:
            return self.pixels
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    @cached_property
    def ink(self) -> Pixels:
        """Where the picture is darker than its paper: 1 for ink; nobody may write into it."""
        _, ink = cv2.threshold(self.grey, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
        found = np.asarray(ink, dtype=np.uint8)
        found.flags.writeable = False
        return found

    def reduced(self, dpi: float) -> "Picture":
        """Reduce the picture to grey at about ``dpi``, by a whole factor, which is quickest; itself if coarser."""
        factor = int(self.dpi / dpi + 0.2)
        if factor < 2:
            return Picture(self.grey, self.dpi)
        if factor not in self._reduced:
            self._reduced[factor] = self._reduced_by(factor)
        return self._reduced[factor]

    @cached_property
    def _reduced(self) -> "dict[int, Picture]":
        """The picture reduced by whole factors: a page is measured on the same few times over."""
        return {}

    def _reduced_by(self, factor: int) -> "Picture":
        high, wide = self.height // factor * factor, self.width // factor * factor
        size = (wide // factor, high // factor)
        small = cv2.resize(self.grey[:high, :wide], size, interpolation=cv2.INTER_AREA)
        return Picture(np.asarray(small, dtype=np.uint8), self.dpi / factor)


class PixelBox(NamedTuple):
    """A rectangle in pixels, right and bottom not belonging to it."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in pixels."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in pixels."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way from top to bottom."""
        return (self.top + self.bottom) / 2

    def moved(self, right: float, down: float) -> "PixelBox":
        """Return the box as it stands on a picture of which this one was a part."""
        return PixelBox(self.left + right, self.top + down, self.right + right, self.bottom + down)


def around(boxes: "list[PixelBox]") -> PixelBox:
    """Return the smallest box around all of them."""
    return PixelBox(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )


class Turn(NamedTuple):
    """How far a page must be turned clockwise to stand upright (0, 90, 180, 270), and how sure that is."""

    degrees: int
    confidence: float
