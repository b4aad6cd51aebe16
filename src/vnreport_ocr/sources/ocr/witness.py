"""A second witness for figures, units, signs and numerals: their shapes, sign by sign, on the picture itself.

What both say stands. Where they differ, the surer reading stands and is told as a correction, with a doubt unless it
clearly outweighs the other.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.look import FIGURES, WordLook, left_open
from vnreport_ocr.sources.ocr.numerals import in_capitals, is_numeral_like, mend_numeral
from vnreport_ocr.sources.ocr.shapes import Shapes
from vnreport_ocr.sources.ocr.strip import Frame, frames, has_figures_beside
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.ocr.units import is_unit_like, mend_units
from vnreport_ocr.sources.ocr.weighing import is_figure_like, may_be_figure, weigh, weigh_word
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Pixels

_BLANK, _REACH, _CLEAR = TUNING.witness.blank, TUNING.witness.reach, TUNING.witness.clear

_BAD, _LEAST_FIGURES, _OPEN = TUNING.witness.bad, TUNING.witness.least_figures, TUNING.witness.open

_NARROW, _WIDE, _PITCH = TUNING.witness.narrow, TUNING.witness.wide, TUNING.witness.pitch

_POINTED: Final = TUNING.witness.pointed
"""By the height of a figure: how far behind a point or comma the next figure of the same number stands at most."""

_GROUPED = re.compile(r"\d\.\d{3}$")
_BEGUN = re.compile(r"\d[.,/]?$")
_ENDED = re.compile(r"\d{3}(?!\d)|\d{1,2}%|\d{1,2}/\d{4}")
"""How a number goes on behind a point or comma, and a date behind a stroke."""


def confirm(picture: Picture, lines: Sequence[ReadLine], shapes: Shapes) -> tuple[tuple[ReadLine, ...], int]:
    """Return the lines with their figures and signs confirmed, mended or left open; how many were mended."""
    grey = picture.grey
    result = [_confirmed(line, grey, shapes) for line in lines]
    if _is_bad(lines, result):
        result = [_unconfirmed_open(line, settled) for line, settled in zip(lines, result, strict=True)]
    return tuple(result), _mended(result) - _mended(lines)


def _mended(lines: Sequence[ReadLine]) -> int:
    return sum(word.mended is not None for line in lines for word in line.words)


def _is_bad(lines: Sequence[ReadLine], result: Sequence[ReadLine]) -> bool:
    """Whether so many figures were read wrongly that those which only the engine vouches for cannot be trusted."""
    figures = wrong = 0
    for line, settled in zip(lines, result, strict=True):
        for word, made in zip(line.words, settled.words, strict=True):
            if any(c.isdigit() for c in word.text):
                figures += 1
                wrong += made.mended is not None or made.confidence < _OPEN
    return figures >= _LEAST_FIGURES and wrong >= _BAD * figures


def _unconfirmed_open(line: ReadLine, settled: ReadLine) -> ReadLine:
    words = [
        left_open(made, []) if made is word and any(c.isdigit() for c in word.text) else made
        for word, made in zip(line.words, settled.words, strict=True)
    ]
    return ReadLine(tuple(words), line.block, line.paragraph)


def _confirmed(line: ReadLine, grey: Pixels, shapes: Shapes) -> ReadLine:
    wanted = [number for number, _ in enumerate(line.words) if _is_wanted(line.words, number)]
    if not wanted:
        return line
    boxes = [word.box for word in line.words]
    found = frames(grey, boxes, wanted=wanted, capitals=in_capitals(line.text))
    if not found:
        return line
    words = list(line.words)
    for number in wanted:
        look = _look(line.words, number, found[number], grey, shapes)
        words[number] = _settled(look)
        if is_figure_like(look.word.text) and words[number].mended is None:
            words[number] = _beside(look, words[number], _gap(line.words, number))
        if number and _is_torn(line.words[number - 1], line.words[number], found[number]):
            whole = line.words[number - 1].text + line.words[number].text
            words[number - 1 : number + 1] = [left_open(word, [whole]) for word in words[number - 1 : number + 1]]
    return ReadLine(tuple(words), line.block, line.paragraph)


def _gap(words: Sequence[ReadWord], number: int) -> tuple[float, float]:
    """From where to where the line has no other word around this one."""
    left = words[number - 1].box.right if number else 0.0
    right = words[number + 1].box.left if number + 1 < len(words) else float("inf")
    return left, right


def _beside(look: WordLook, word: ReadWord, gap: tuple[float, float]) -> ReadWord:
    """Leave the word open where ink that no word covers stands close to it: a part of the figure was not read."""
    box, high = word.box, look.frame.high
    left = max(gap[0] + _BLANK * high, box.left - _REACH * high)
    right = min(gap[1] - _BLANK * high, box.right + _REACH * high)
    wider = PixelBox(min(left, box.left), box.top, max(right, box.right), box.bottom)
    if wider == box or not has_figures_beside(look.grey, box, wider, look.frame):
        return word
    whole = WordLook(
        word._replace(box=wider), look.before, look.after, look.opens, look.rest, look.shapes, look.grey, look.frame
    )
    spelled, _ = whole.spell(FIGURES)
    core = word.text.strip(".,;:()")
    known = spelled.chance >= _CLEAR and core in spelled.text and len(spelled.text) > len(core)
    return left_open(word, [spelled.text] if known else [])


def _is_torn(one: ReadWord, other: ReadWord, frame: Frame) -> bool:
    """Whether two words stand so close to each other that they may be one number."""
    if not (_BEGUN.search(one.text) and other.text[:1].isdigit()):
        return False
    apart = other.box.left - one.box.right
    if not one.text[-1].isdigit():
        least = 1.0 if one.text[-1] == "/" else _POINTED
        return apart < least * frame.high and _ENDED.match(other.text) is not None
    if _GROUPED.search(one.text) and _ENDED.match(other.text):
        return apart < frame.high
    sides = sum(_NARROW if digit == "1" else _WIDE for digit in (one.text[-1], other.text[0]))
    return apart + sides * frame.high < _PITCH * frame.high


def _is_wanted(words: Sequence[ReadWord], number: int) -> bool:
    if words[number].mended is not None:
        return False
    text = words[number].text
    before = words[number - 1].text if number else ""
    like = is_figure_like(text) or is_unit_like(text, before) or is_numeral_like(text)
    return like or may_be_figure(words[number])


def _look(words: Sequence[ReadWord], number: int, frame: Frame, grey: Pixels, shapes: Shapes) -> WordLook:
    before = words[number - 1].text if number else ""
    after = words[number + 1].text if number + 1 < len(words) else ""
    rest = " ".join(word.text for word in words[number + 1 :])
    return WordLook(words[number], before, after, number == 0, rest, shapes, grey, frame)


def _settled(look: WordLook) -> ReadWord:
    """Return what the first of the ways to look at a word makes of it."""
    return next((word for word in _ways(look) if word is not look.word), look.word)


def _ways(look: WordLook) -> Iterator[ReadWord]:
    yield mend_units(look)
    if is_numeral_like(look.word.text):
        yield mend_numeral(look)
    if is_figure_like(look.word.text):
        yield weigh(look)
    elif may_be_figure(look.word):
        yield weigh_word(look)
