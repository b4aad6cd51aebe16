"""Colons and semicolons told apart by their ink: the engine mixes them up, the lower mark of one has a tail.

So has the comma that it takes for the full stop behind the number of a list.
"""

import re
from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

import cv2

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.value import Picture, Pixels

_LEAST_DPI: Final = TUNING.smallsigns.least_dpi
_OTHER: Final = {":": ";", ";": ":"}
_LISTED: Final = re.compile(r"\d{1,2},")
_ROUND: Final = TUNING.smallsigns.round
_LETTER: Final = TUNING.smallsigns.letter
_LEAST_PIECE: Final = TUNING.smallsigns.least_piece
_LARGEST: Final = TUNING.smallsigns.largest
_SPECK: Final = TUNING.smallsigns.speck
_BESIDE: Final = TUNING.smallsigns.beside
_ALIKE: Final = TUNING.smallsigns.alike
_TAIL: Final = TUNING.smallsigns.tail
_SEEN: Final = TUNING.smallsigns.seen
_OUTSEEN: Final = TUNING.smallsigns.outseen


def mend_signs(picture: Picture, lines: Sequence[ReadLine]) -> tuple[tuple[ReadLine, ...], int]:
    """Return the lines with the last sign of their words as the ink shows it, and how many were changed."""
    if picture.dpi < _LEAST_DPI or not any(map(_is_asked, lines)):
        return tuple(lines), 0
    ink = picture.ink
    changed = 0
    result = []
    for line in lines:
        words = list(line.words)
        if _is_asked(line):
            letter = letter_height(words, ink)
            words = [_mended(word, ink, letter) for word in words]
            if (number := _listed(words)) is not None:
                words[number] = _stopped(words[number], ink, letter)
        changed += sum(new is not old for new, old in zip(words, line.words, strict=True))
        result.append(ReadLine(tuple(words), line.block, line.paragraph))
    return tuple(result), changed


def _is_asked(line: ReadLine) -> bool:
    return _listed(line.words) is not None or any(word.text[-1] in _OTHER for word in line.words)


def _listed(words: Sequence[ReadWord]) -> int | None:
    """Find a number with a comma that begins the item of a list: a capital follows, specks may stand before."""
    first = next((n for n, word in enumerate(words) if any(map(str.isalnum, word.text))), len(words))
    if first + 1 >= len(words) or _LISTED.fullmatch(words[first].text) is None:
        return None
    return first if words[first + 1].text[:1].isupper() else None


def _stopped(word: ReadWord, ink: Pixels, letter: float) -> ReadWord:
    """Return the number of a list with a full stop, if the mark behind it is as wide as high: a comma is not."""
    marks = marks_behind(word, ink, letter)
    if len(marks) != 1 or marks[0].high > _ROUND * marks[0].wide or marks[0].high > _LARGEST * letter:
        return word
    text = f"{word.text[:-1]}."
    others = (*((other, weight) for other, weight in word.alternatives if other != text), (word.text, _OUTSEEN))
    ranked = sorted(others, key=lambda item: (-item[1], item[0]))
    return word._replace(text=text, confidence=min(word.confidence, _SEEN), alternatives=tuple(ranked))


def _mended(word: ReadWord, ink: Pixels, letter: float) -> ReadWord:
    if word.text[-1] not in _OTHER or len(word.text) < 2:
        return word
    sign = sign_of(marks_behind(word, ink, letter), letter)
    if sign is None or sign == word.text[-1]:
        return word
    text = _ending(word.text, sign)
    others = {_ending(other, sign): weight for other, weight in word.alternatives} | {word.text: _OUTSEEN}
    others.pop(text, None)
    ranked = sorted(others.items(), key=lambda item: (-item[1], item[0]))
    return word._replace(text=text, confidence=min(word.confidence, _SEEN), alternatives=tuple(ranked))


def _ending(text: str, sign: str) -> str:
    return text[:-1] + sign if text[-1:] in _OTHER else text


class Mark(NamedTuple):
    """A small mark of ink."""

    left: int
    top: int
    wide: int
    high: int


def letter_height(words: Sequence[ReadWord], ink: Pixels) -> float:
    """Return the height of a small letter: that of the usual piece of ink in a line's words."""
    heights: list[int] = []
    for word in words:
        box = [round(edge) for edge in word.box]
        least = _LEAST_PIECE * word.box.height
        heights += [mark.high for mark in _pieces(ink, *box) if mark.high > least]
    return float(median(heights)) if heights else 0.0


def marks_behind(word: ReadWord, ink: Pixels, letter: float) -> list[Mark]:
    """Find the marks to the right of the word's last letter, upper first."""
    left, top, right, bottom = (round(edge) for edge in word.box)
    pieces = _pieces(ink, left, top - 2, right + 2, bottom + round(letter / 4))
    ends = max((piece.left + piece.wide for piece in pieces if piece.high > _LETTER * letter), default=None)
    if ends is None:
        return []
    behind = (piece for piece in pieces if piece.high <= _LETTER * letter and piece.left + piece.wide / 2 > ends)
    return sorted((m for m in behind if max(m.wide, m.high) > _SPECK * letter), key=lambda mark: mark.top)


def _pieces(ink: Pixels, left: int, top: int, right: int, bottom: int) -> list[Mark]:
    part = ink[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    if part.size == 0:
        return []
    _, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    return [Mark(*(int(value) for value in row[:4])) for row in stats[1:]]


def sign_of(marks: Sequence[Mark], letter: float) -> str | None:
    """Colon or semicolon where two marks stand above each other and the lower one says clearly which; else None."""
    if len(marks) != 2:
        return None
    upper, lower = marks
    aside = abs(upper.left + upper.wide / 2 - lower.left - lower.wide / 2)
    if aside > _BESIDE * letter or upper.top + upper.high >= lower.top or upper.high > _LARGEST * letter:
        return None
    if lower.high >= _TAIL * upper.high:
        return ";"
    return ":" if lower.high <= _ALIKE * upper.high else None
