"""Two readings of one page put together: the surer word stands, the other stays as its alternative."""

from collections.abc import Iterable, Sequence
from typing import Final

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.figures import TWO_NUMBERS
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.value import PixelBox, around

_SURER: Final = TUNING.vote.surer
_DISPUTED: Final = TUNING.vote.disputed
_OVERLAP: Final = TUNING.vote.overlap
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
        """Find the words that lie where ``box`` does."""
        band = int(box.middle // _BAND)
        near = (word for b in (band - 1, band, band + 1) for word in self._bands.get(b, ()))
        return [word for word in near if overlaps(word.box, box)]


def overlaps(one: PixelBox, other: PixelBox) -> bool:
    """Whether two boxes share most of the smaller one's width and half of its height."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > _OVERLAP * min(one.width, other.width) and high > 0.5 * min(one.height, other.height)


def vote(first: Sequence[ReadLine], second: WordIndex) -> tuple[tuple[ReadLine, ...], int]:
    """Return the first reading with the second one's say in it, and how many words the second one won."""
    won = 0
    result = []
    for line in first:
        words: list[ReadWord] = []
        for others, pieces in _by_other(line, second):
            if len(pieces) == 1:
                agreed, changed = agree(pieces[0], others)
                words.append(agreed)
                won += changed
                continue
            put = _put(pieces, others[0])
            words += put
            won += len(put) == 1
        result.append(ReadLine(tuple(words), line.block, line.paragraph))
    return tuple(result), won


def _by_other(line: ReadLine, second: WordIndex) -> list[tuple[list[ReadWord], list[ReadWord]]]:
    """Find the words of a line, those together over which the second reading has one and the same word."""
    found: list[tuple[list[ReadWord], list[ReadWord]]] = []
    for word in line.words:
        others = second.over(word.box)
        if found and len(others) == 1 and found[-1][0] == others:
            found[-1][1].append(word)
        else:
            found.append((others, [word]))
    return found


def _put(pieces: Sequence[ReadWord], other: ReadWord) -> Sequence[ReadWord]:
    """One word for several where the second reading is surer of it and has neither more nor fewer letters.

    Otherwise the pieces stand, doubted where they are figures: a figure in two is another one.
    """
    joined = "".join(piece.text for piece in pieces)
    least = min(piece.confidence for piece in pieces)
    figures = any(c.isdigit() for c in joined + other.text)
    alike = len(other.text) == len(joined) if figures else other.text == joined
    if alike and other.confidence > least + _SURER:
        apart = " ".join(piece.text for piece in pieces)
        known = ((apart, round(least / other.confidence, 3)), *other.alternatives)
        return [ReadWord(other.text, around([piece.box for piece in pieces]), min(other.confidence, _DISPUTED), known)]
    return [_doubted(piece, other.text) for piece in pieces] if figures else pieces


def _doubted(word: ReadWord, rival: str) -> ReadWord:
    return word._replace(confidence=min(word.confidence, TWO_NUMBERS), alternatives=((rival, 1.0), *word.alternatives))


def agree(word: ReadWord, others: Sequence[ReadWord], most: float = _DISPUTED) -> tuple[ReadWord, bool]:
    """Return the word with another reading's say in it, never surer than ``most``, and whether that reading won."""
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
