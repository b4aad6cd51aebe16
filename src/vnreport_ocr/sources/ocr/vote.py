"""Two readings of one page put together: the surer word stands, the other stays as its alternative."""

from collections.abc import Iterable, Sequence
from typing import Final

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.picture.value import PixelBox

_SURER: Final = 0.03
_DISPUTED: Final = 0.9
_OVERLAP: Final = 0.6
_BAND: Final = 64


class WordIndex:
    """Finds the words of a reading by their place."""

    def __init__(self, lines: Iterable[ReadLine], scale: float = 1.0) -> None:
        self._bands: dict[int, list[ReadWord]] = {}
        for line in lines:
            for word in line.words:
                placed = word._replace(box=PixelBox(*(edge * scale for edge in word.box)))
                self._bands.setdefault(int(placed.box.middle // _BAND), []).append(placed)

    def over(self, box: PixelBox) -> list[ReadWord]:
        """The words that lie where ``box`` does."""
        band = int(box.middle // _BAND)
        near = (word for b in (band - 1, band, band + 1) for word in self._bands.get(b, ()))
        return [word for word in near if overlaps(word.box, box)]


def overlaps(one: PixelBox, other: PixelBox) -> bool:
    """Whether two boxes share most of the smaller one's width and half of its height."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > _OVERLAP * min(one.width, other.width) and high > 0.5 * min(one.height, other.height)


def vote(first: Sequence[ReadLine], second: WordIndex) -> tuple[tuple[ReadLine, ...], int]:
    """The first reading with the second one's say in it, and how many words the second one won."""
    won = 0
    result = []
    for line in first:
        words = []
        for word in line.words:
            agreed, changed = agree(word, second.over(word.box))
            words.append(agreed)
            won += changed
        result.append(ReadLine(tuple(words), line.block, line.paragraph))
    return tuple(result), won


def agree(word: ReadWord, others: Sequence[ReadWord], most: float = _DISPUTED) -> tuple[ReadWord, bool]:
    """The word with what another reading has in its place, never surer than ``most``; whether that reading won."""
    if len(others) != 1 or others[0].text == word.text:
        return word, False
    other = others[0]
    surer = other.confidence > word.confidence + _SURER
    winner, loser = (other, word) if surer else (word, other)
    weight = min(1.0, (loser.confidence + 0.01) / (winner.confidence + 0.01))
    alternatives = {loser.text: weight}
    for text, share in (*winner.alternatives, *((t, s * weight) for t, s in loser.alternatives)):
        alternatives[text] = max(alternatives.get(text, 0.0), share)
    alternatives.pop(winner.text, None)
    ranked = sorted(alternatives.items(), key=lambda item: (-item[1], item[0]))
    # Two readings that differ are a doubt in themselves, however sure each was.
    confidence = min(winner.confidence, most)
    return ReadWord(winner.text, word.box, confidence, tuple((t, round(s, 3)) for t, s in ranked[:10])), surer
