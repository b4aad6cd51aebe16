"""What a reading engine is: a page picture in, lines of words with boxes and confidences out."""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from vnreport_ocr.sources.picture.value import Picture, PixelBox, Turn, around

Layout = Literal["page", "column", "block", "line", "sparse"]
"""What the picture shows: a page to be analysed, one column, one block of text, one line, scattered words."""


class Mended(NamedTuple):
    """What a word is by another look at its picture, where the engine read something else; told as a correction."""

    text: str
    step: str
    confidence: float
    reason: str


class ReadWord(NamedTuple):
    """A word as the engine read it; ``confidence`` lies between 0 and 1."""

    text: str
    box: PixelBox
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()
    mended: Mended | None = None


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
    """Scale the line to a picture ``factor`` times as large."""
    words = (word._replace(box=PixelBox(*(edge * factor for edge in word.box))) for word in line.words)
    return ReadLine(tuple(words), line.block, line.paragraph)


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

    @property
    def one_look(self) -> bool:
        """Whether it reads as well as it can at once, so that a page is not shown to it in another size as well."""

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        """Read the picture; raises an ``EngineError`` or ``SetupError`` where it cannot."""

    def orientation(self, picture: Picture, timeout: float) -> Turn | None:
        """Say how the page must be turned, or None where it shows too little text to tell."""
