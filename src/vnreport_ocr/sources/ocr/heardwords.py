"""What a second reader heard in the places of the engine's words."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vnreport_ocr.sources.engine.heard import HeardLine
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.vote import overlaps
from vnreport_ocr.sources.picture.value import PixelBox

_BAND = 64


@dataclass(frozen=True, slots=True)
class HeardPlace:
    """Words of the engine that stand together, and those of one line of the second reader in the same place."""

    words: tuple[ReadWord, ...]
    line: HeardLine | None
    first: int = 0
    stop: int = 0

    @property
    def heard(self) -> tuple[ReadWord, ...]:
        """The second reader's words; none where it read nothing here, or the place is torn between its lines."""
        return () if self.line is None else self.line.words[self.first : self.stop]

    def chances(self, texts: Sequence[str]) -> list[float]:
        """Return the log-chance of each text in this place, as the second reader has it."""
        return [-math.inf] * len(texts) if self.line is None else self.line.chances(self.first, self.stop, texts)

    def singles(self) -> "Iterator[HeardPlace]":
        """Yield the place word by word where both have as many."""
        if self.line is None or len(self.words) != self.stop - self.first:
            yield self
            return
        for number, word in enumerate(self.words, self.first):
            yield HeardPlace((word,), self.line, number, number + 1)


class HeardIndex:
    """Finds the words of the second reader by their place."""

    def __init__(self, lines: Sequence[HeardLine]) -> None:
        self._lines = lines
        self._bands: dict[int, list[tuple[int, int]]] = {}
        for row, line in enumerate(lines):
            for number, word in enumerate(line.words):
                self._bands.setdefault(int(word.box.middle // _BAND), []).append((row, number))

    def over(self, box: PixelBox) -> frozenset[tuple[int, int]]:
        """Find the words that lie where ``box`` does, by the numbers of their lines and in these."""
        band = int(box.middle // _BAND)
        near = (place for b in (band - 1, band, band + 1) for place in self._bands.get(b, ()))
        return frozenset(place for place in near if overlaps(self._lines[place[0]].words[place[1]].box, box))

    def places(self, line: ReadLine) -> Iterator[HeardPlace]:
        """Yield the words of a line, those together over which the second reader has one and the same word."""
        words: list[ReadWord] = []
        over: frozenset[tuple[int, int]] = frozenset()
        for word in line.words:
            here = self.over(word.box)
            if words and not here & over:
                yield from self._place(words, over).singles()
                words, over = [], frozenset()
            words.append(word)
            over |= here
        if words:
            yield from self._place(words, over).singles()

    def _place(self, words: Sequence[ReadWord], over: frozenset[tuple[int, int]]) -> HeardPlace:
        rows = {row for row, _ in over}
        numbers = sorted(number for _, number in over)
        if len(rows) != 1 or numbers[-1] - numbers[0] + 1 != len(numbers):
            return HeardPlace(tuple(words), None)
        return HeardPlace(tuple(words), self._lines[rows.pop()], numbers[0], numbers[-1] + 1)
