"""What a reading engine is: a page picture in, lines of words with boxes and confidences out."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

# As many pages are read at a time as there are cores: threads beside that cost twice the processor time.
cv2.setNumThreads(1)

Pixels = NDArray[np.uint8]
"""Grey (height, width) or RGB (height, width, 3), 0 being black."""

Layout = Literal["page", "column", "block", "line", "sparse"]
"""What the picture shows: a page to be analysed, one column, one block of text, one line, scattered words."""


@dataclass(frozen=True, slots=True)
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

    @property
    def grey(self) -> Pixels:
        """The picture in shades of grey."""
        if not self.coloured:
            return self.pixels
        return np.asarray(cv2.cvtColor(self.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    def reduced(self, dpi: float) -> "Picture":
        """The picture in grey at about ``dpi``, by a whole factor, which is by far the quickest; itself if coarser."""
        factor = int(self.dpi / dpi + 0.2)
        if factor < 2:
            return Picture(self.grey, self.dpi)
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


def around(boxes: "list[PixelBox]") -> PixelBox:
    """The smallest box around all of them."""
    return PixelBox(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )


class ReadWord(NamedTuple):
    """A word as the engine read it; ``confidence`` lies between 0 and 1."""

    text: str
    box: PixelBox
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as the engine read it, with the block and paragraph the engine put it in."""

    words: tuple[ReadWord, ...]
    block: int = 0
    paragraph: int = 0

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> PixelBox:
        """The box around the words."""
        return around([word.box for word in self.words])


def scaled(line: ReadLine, factor: float) -> ReadLine:
    """The line as it stands on a picture ``factor`` times as large."""
    words = (word._replace(box=PixelBox(*(edge * factor for edge in word.box))) for word in line.words)
    return ReadLine(tuple(words), line.block, line.paragraph)


class Turn(NamedTuple):
    """How far a page must be turned clockwise to stand upright (0, 90, 180, 270), and how sure that is."""

    degrees: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Request:
    """How a picture should be read."""

    layout: Layout = "page"
    alternatives: bool = False
    letters: str = ""
    """The only letters that may be read; empty for all."""
    timeout: float = 120.0


class Engine(Protocol):
    """Anything that can read a picture; another engine is one more class of this shape."""

    @property
    def name(self) -> str:
        """What notes and records call it."""

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        """Read the picture; raises an ``EngineError`` or ``SetupError`` where it cannot."""

    def orientation(self, picture: Picture, timeout: float) -> Turn | None:
        """Say how the page must be turned, or None where it shows too little text to tell."""
