"""Specks that an engine reads as signs: a hyphen that glues two words together, a stop before a word, a lone sign.

A hyphen is far wider than it is high; a speck is as wide as it is high. A stop stands on the baseline.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from vnreport_ocr.sources.engine.protocol import Mended, ReadLine, ReadWord
from vnreport_ocr.sources.ocr.scraps import Scrap
from vnreport_ocr.sources.ocr.strip import Frame, InkPiece, frames, ink_of, pieces
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Pixels
from vnreport_ocr.vietnamese.syllables import is_legal

STEP: Final = "picture:specks"
SPECK: Final = "a speck between two words, read as a sign"
_GLUED = re.compile(r"(?P<one>[^\W\d_]{2,}|\d{1,3})(?P<sign>[-.])(?P<other>[^\W\d_]{2,})(?P<tail>[.,;:)]*)")
_LED = re.compile(r"[.,](?P<word>[^\W\d_]{2,})(?P<tail>[.,;:)]*)")
_LONE: Final = frozenset(".,:;-'`^\u02c6\u201c\u201d\"")
_ROUND, _WIDEST = TUNING.glue.round, TUNING.glue.widest
"""Width of a speck by its height, and by the height of a figure, at most."""

_ABOVE: Final = TUNING.glue.above
"""By the height of a figure: how far above the baseline the middle of a stop is at most."""

_GAP: Final = TUNING.glue.gap
_CONFIDENCE: Final = TUNING.glue.confidence
_UNSURE: Final = TUNING.glue.unsure
"""Below this a quotation mark that stands alone may be a speck."""


def without_glue(picture: Picture, lines: Sequence[ReadLine]) -> tuple[tuple[ReadLine, ...], tuple[Scrap, ...], int]:
    """The lines without specks that were read as signs, those that were words of their own, and how many others."""
    kept: list[ReadLine] = []
    scraps: list[Scrap] = []
    mended = 0
    for line in lines:
        if not any(_is_asked(word) for word in line.words):
            kept.append(line)
            continue
        found = frames(picture.grey, [word.box for word in line.words], wanted=range(len(line.words)))
        if not found:
            kept.append(line)
            continue
        words = []
        for number, word in enumerate(line.words):
            frame = found[number]
            if (
                word.text in _LONE
                and _among_words(line, number)
                and _is_lone_speck(word, frame, picture.grey, number == 0)
            ):
                scraps.append(Scrap(word, SPECK))
                continue
            words.append(_parted(word, frame, picture.grey))
            mended += words[-1] is not word
        kept.append(ReadLine(tuple(words), line.block, line.paragraph))
    return tuple(kept), tuple(scraps), mended


def _is_asked(word: ReadWord) -> bool:
    return word.text in _LONE or _GLUED.fullmatch(word.text) is not None or _LED.fullmatch(word.text) is not None


class _Mark(NamedTuple):
    """A piece of ink that stands alone, by the height of a figure."""

    wide: float
    high: float
    middle: float
    """How far above the baseline its middle lies."""
    gap: float
    """How far apart what stands to its left and to its right are."""

    @property
    def is_round(self) -> bool:
        """Whether it is no wider than it is high, and small."""
        return self.wide <= _WIDEST and self.wide < _ROUND * self.high


def _among_words(line: ReadLine, number: int) -> bool:
    """Whether what stands beside a sign are words, and no more signs (as dots that lead to a page number are)."""
    beside = [line.words[place].text for place in (number - 1, number + 1) if 0 <= place < len(line.words)]
    return len(line.words) > 1 and all(any(c.isalpha() for c in text) for text in beside)


def _is_lone_speck(word: ReadWord, frame: Frame, grey: Pixels, opens: bool) -> bool:
    """Whether a sign between two words is none: one round mark, off the baseline where it would be a stop.

    At the head of a line a mark above the baseline may be the sign of a list.
    """
    marks = _pieces(word.box, grey)
    if len(marks) != 1:
        return False
    mark = _mark(marks[0], marks, word.box, frame)
    if not mark.is_round:
        return False
    if word.text in ".,":
        return (mark.middle > _ABOVE) != opens
    return not opens if word.text in "-:;" else word.confidence < _UNSURE


def _parted(word: ReadWord, frame: Frame, grey: Pixels) -> ReadWord:
    """The word as two where a speck stands between them, or without the one before it."""
    led = _LED.fullmatch(word.text)
    if led is not None:
        return _told(word, led["word"] + led["tail"]) if is_legal(led["word"].lower()) else word
    found = _GLUED.fullmatch(word.text)
    if found is None or word.mended is not None or not _are_words(found["one"], found["other"]):
        return word
    whole = _pieces(word.box, grey)
    lone = [
        mark
        for piece in whole
        if not any(p is not piece and _over(p, piece) for p in whole)
        and (mark := _mark(piece, whole, word.box, frame)).high < _WIDEST
        and mark.gap >= _GAP
    ]
    if len(lone) != 1 or not lone[0].is_round:
        return word
    if found["sign"] == "." and (lone[0].middle <= _ABOVE or not found["other"].islower()):
        return word
    return _told(word, f"{found['one']} {found['other']}{found['tail']}")


def _are_words(one: str, other: str) -> bool:
    return (one.isdigit() or is_legal(one.lower())) and is_legal(other.lower())


def _told(word: ReadWord, text: str) -> ReadWord:
    return word._replace(mended=Mended(text, STEP, _CONFIDENCE, "the sign is a speck by its shape"))


def _pieces(box: PixelBox, grey: Pixels) -> list[InkPiece]:
    """The ink of a word, in pixels of the picture."""
    left, top, right, bottom = (max(0, round(edge)) for edge in box)
    top = max(0, top - 2)
    found = pieces(ink_of(grey[top : bottom + 2, left:right]))
    return [piece._replace(left=piece.left + left, top=piece.top + top) for piece in found]


def _over(one: InkPiece, other: InkPiece) -> bool:
    return one.left < other.left + other.wide and other.left < one.left + one.wide


def _mark(piece: InkPiece, whole: Sequence[InkPiece], box: PixelBox, frame: Frame) -> _Mark:
    end = piece.left + piece.wide
    left = max((p.left + p.wide for p in whole if p.left + p.wide <= piece.left), default=round(box.left))
    right = min((p.left for p in whole if p.left >= end), default=round(box.right))
    middle = frame.baseline - piece.top - piece.high / 2
    return _Mark(piece.wide / frame.high, piece.high / frame.high, middle / frame.high, (right - left) / frame.high)
