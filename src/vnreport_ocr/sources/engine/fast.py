"""The engine trueocr: small models that find the lines of a page and read each of them in a few milliseconds."""

import math
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import Final

from vnreport_ocr.errors import EngineTimeoutError
from vnreport_ocr.sources.engine.ctc import only, seen_words
from vnreport_ocr.sources.engine.heard import HeardLine
from vnreport_ocr.sources.engine.inkboxes import word_boxes
from vnreport_ocr.sources.engine.likely import Scores
from vnreport_ocr.sources.engine.linefinding import angle_of_lines, find_lines, inked
from vnreport_ocr.sources.engine.linemodels import LineModels, LineReader, OwnReader
from vnreport_ocr.sources.engine.protocol import Layout, ReadLine, ReadWord, Request
from vnreport_ocr.sources.engine.tidying import tidied
from vnreport_ocr.sources.picture.prepare import straightened
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Pixels, Turn

_PAGES: Final[frozenset[Layout]] = frozenset({"page", "column", "sparse"})


class TrueOcr:
    """Reads in this process, on one thread; what brings it down takes the process with it.

    ``reader`` is the file of another reader of lines (``docs/reader.md``); the lines are found as ever.
    """

    def __init__(self, reader: Path | None = None) -> None:
        self._models = LineModels()
        own = None if reader is None else OwnReader(reader)
        self._reader: LineReader = own or self._models
        self._name = f"trueocr {self._models.version}" + ("" if own is None else f" with {own.version}")

    @property
    def name(self) -> str:
        """What notes and records call it."""
        return self._name

    @property
    def one_look(self) -> bool:
        """Tell that it brings every line to one size itself: a second look was measured to tell nothing more."""
        return True

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        """Read the picture; columns and scattered words are found as the lines of a page are."""
        return tuple(ReadLine(line.words) for line in self.hear(picture, request))

    def hear(self, picture: Picture, request: Request) -> tuple[HeardLine, ...]:
        """Read the picture, each line with the chance of any other text in it."""
        until = monotonic() + request.timeout
        angle = angle_of_lines(picture) if request.layout in _PAGES else 0.0
        grey = straightened(Picture(picture.grey, picture.dpi), angle).pixels if angle else picture.grey
        boxes = inked(grey) if request.layout == "line" else self._lines(grey, picture.dpi, request)
        strips = [self._reader.strip(grey, box) for box in boxes]
        found: dict[int, HeardLine] = {}
        for number, scores in self._reader.read(strips):
            if monotonic() > until:
                raise EngineTimeoutError(f"The engine did not finish within {request.timeout:.3g} seconds.")
            line = self._line(grey, boxes[number], strips[number].shape[1], scores, request)
            if line.words:
                found[number] = _turned_back(line, picture, angle)
        return tuple(found[number] for number in sorted(found))

    def orientation(self, picture: Picture, timeout: float) -> Turn | None:
        """Tell how the page must be turned; the surer the higher, 1 being a chance of nine in ten."""
        quarters, chance = self._models.turn(picture.grey)
        return Turn(90 * quarters, round(-math.log10(max(1e-9, 1.0 - chance)), 2))

    def _lines(self, grey: Pixels, dpi: float, request: Request) -> list[PixelBox]:
        side = self._models.sketch_side if request.layout in _PAGES else 0
        return find_lines(grey, dpi, self._models.find, side)

    def _line(self, grey: Pixels, box: PixelBox, wide: int, scores: Scores, request: Request) -> HeardLine:
        """Return the words of a line where they stand, out of what was read of its strip, which is so wide."""
        alphabet = self._reader.alphabet
        if request.letters:
            scores = only(scores, alphabet, request.letters)
        words = list(seen_words(scores, alphabet, alternatives=request.alternatives))
        if not words:
            return HeardLine((), (), scores, alphabet)
        beside = self._reader.beside * box.height
        step = self._reader.slice_columns * (box.width + 2 * beside) / wide
        start = box.left - beside + step / 2
        boxes = word_boxes(grey, box, [(start + word.first * step, start + word.last * step) for word in words])
        read = [ReadWord(w.text, place, w.confidence, w.alternatives) for w, place in zip(words, boxes, strict=True)]
        told = tidied(read, grey)
        # The mark of an item may have become a word of its own, before all others.
        spans = [(word.begin, word.end) for word in (*words[:1] * (len(told) - len(words)), *words)]
        return HeardLine(told, tuple(spans), scores, alphabet)


def _turned_back(line: HeardLine, picture: Picture, angle: float) -> HeardLine:
    """Return the line as it stands on the picture before that was straightened."""
    if not angle:
        return line
    sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    across, down = picture.width / 2, picture.height / 2

    def back(box: PixelBox) -> PixelBox:
        x, y = (box.left + box.right) / 2 - across, box.middle - down
        right, below = cosine * x - sine * y + across, sine * x + cosine * y + down
        wide, high = box.width / 2, box.height / 2
        return PixelBox(right - wide, below - high, right + wide, below + high)

    return replace(line, words=tuple(word._replace(box=back(word.box)) for word in line.words))
