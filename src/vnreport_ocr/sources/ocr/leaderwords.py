"""The dots of leaders, taken out before the engine reads, put back among its words; figures upon them doubted."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Final

import cv2
import numpy as np

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.look import SETTLED, left_open, mended
from vnreport_ocr.sources.picture.leaders import Leader, Leaders, find_leaders
from vnreport_ocr.sources.picture.moving import printed_at, set_behind
from vnreport_ocr.sources.picture.prepare import Prepared, without
from vnreport_ocr.sources.picture.tickboxes import TickBox, find_tick_boxes
from vnreport_ocr.sources.picture.value import Picture, PixelBox
from vnreport_ocr.tickmarks import TICKED

_SURE: Final = 0.95
"""How sure it is that what was taken for a leader is one: their law is strict."""

_UNPLAIN: Final = 0.25
"""How sure it is that a square is ticked whose mark is no plain cross: a doubt."""
_LABEL: Final = 4.0
"""A square is this near to its label at most, in its own heights."""
_DOT: Final = re.compile(r"(?<=\w)\.(?=[^\W\d])")
"""A point behind which a word goes on; between figures it may be a point."""


def without_leaders(prepared: Prepared, tables: Sequence[PixelBox]) -> tuple[Prepared, Leaders]:
    """Take the leaders and the squares to be ticked beside the tables out of all pictures that are read.

    A page without any stays as it is.
    """
    squares = find_tick_boxes(prepared.picture, tables)
    prepared = _taken_out(prepared, Leaders(mask=squares.mask))
    leaders = find_leaders(prepared.picture, tables)._replace(ticks=squares.boxes)
    return _taken_out(prepared, leaders), leaders


def _taken_out(prepared: Prepared, leaders: Leaders) -> Prepared:
    """Return the pictures without dots and squares, which an engine reads as letters and brackets, or passes over."""
    if leaders.mask is None:
        return prepared
    picture = _cleared(prepared.picture, leaders)
    upright = picture if prepared.upright is prepared.picture else _cleared(prepared.upright, leaders)
    second = prepared.second and _cleared(prepared.second, leaders)
    return replace(prepared, picture=picture, upright=upright, second=second)


def _cleared(picture: Picture, leaders: Leaders) -> Picture:
    """Take the leaders out of the picture, whatever its size."""
    size = (picture.width, picture.height)
    mask = cv2.resize(np.asarray(leaders.mask), size, interpolation=cv2.INTER_NEAREST)
    factor = picture.width / np.asarray(leaders.mask).shape[1]
    return set_behind(without(picture, np.asarray(mask, dtype=np.uint8)), leaders.led, factor)


def with_leaders(lines: Sequence[ReadLine], leaders: Leaders) -> tuple[ReadLine, ...]:
    """Put dots and squares back where they stood; what is beside no words is a line of its own."""
    if leaders.ticks:
        lines = _with_squares(lines, leaders.ticks)
    if not leaders.rows:
        return tuple(lines)
    kept = [_upon_dots(_in_place(line, leaders), leaders) for line in lines]
    height = median(word.box.height for line in kept for word in line.words) if kept else 0.0
    own: list[ReadLine] = []
    for row in leaders.rows:
        place = _line_of(row, kept, height)
        group = kept if place is not None else own
        if place is None:
            place = _line_of(row, own, height)
        top = row.box.bottom - max(height, row.box.height)
        dots = ReadWord("." * row.dots, row.box._replace(top=top), _SURE)
        if place is None:
            own.append(ReadLine((dots,)))
        else:
            line = group[place]
            led = [other for other in group if other is not line and _is_led_to(row, other, height)]
            words = [*line.words, dots, *(word for other in led for word in other.words)]
            group[place] = replace(line, words=tuple(sorted(words, key=lambda word: word.box.left)))
            group[:] = [other for other in group if not any(other is one for one in led)]
    return (*kept, *own)


def _with_squares(lines: Sequence[ReadLine], ticks: Sequence[TickBox]) -> tuple[ReadLine, ...]:
    kept = list(lines)
    for tick in sorted(ticks, key=lambda tick: tick.box.left):
        sign = ReadWord(tick.sign, tick.box, _UNPLAIN if tick.sign == TICKED else _SURE)
        reach = _LABEL * tick.box.height
        near = [
            (min(max(w.box.left - tick.box.right, tick.box.left - w.box.right, 0.0) for w in level), place)
            for place, line in enumerate(kept)
            if (level := [w for w in line.words if w.box.top < tick.box.bottom and tick.box.top < w.box.bottom])
        ]
        apart, place = min(near, default=(reach, 0))
        if apart < reach:
            words = sorted((*kept[place].words, sign), key=lambda word: word.box.left)
            kept[place] = replace(kept[place], words=tuple(words))
        else:
            kept.append(ReadLine((sign,)))
    return tuple(kept)


def _in_place(line: ReadLine, leaders: Leaders) -> ReadLine:
    """Return a line with the words that were set behind their titles where they are printed."""
    if not leaders.led:
        return line
    return replace(line, words=tuple(word._replace(box=printed_at(word.box, leaders.led)) for word in line.words))


def _is_led_to(row: Leader, line: ReadLine, height: float) -> bool:
    """Whether a row of dots leads to a line or from it: a page number far to the right is read as a line of its own."""
    return any(
        abs(word.box.bottom - row.box.bottom) < 0.5 * height
        and max(word.box.left - row.box.right, row.box.left - word.box.right) < 3 * height
        for word in line.words
    )


def _line_of(row: Leader, lines: Sequence[ReadLine], height: float) -> int | None:
    """Return which line the row belongs to: the one whose words stand on it, nearest to it."""
    best: tuple[float, int] | None = None
    for place, line in enumerate(lines):
        for word in line.words:
            if not word.box.top - 0.3 * height <= row.box.middle <= word.box.bottom + 0.3 * height:
                continue
            apart = max(word.box.left - row.box.right, row.box.left - word.box.right, 0.0)
            apart += abs(word.box.bottom - row.box.bottom)
            if apart < 3 * height and (best is None or apart < best[0]):
                best = apart, place
    return best and best[1]


def _upon_dots(line: ReadLine, leaders: Leaders) -> ReadLine:
    """Tell dots between the line's words from points, and doubt its figures that stand upon dots.

    A dot at its foot makes a 7 a 2, and nobody can tell from the picture whether a point among figures is one.
    """
    return replace(line, words=tuple(_looked_at(word) if _is_upon(word, leaders) else word for word in line.words))


def _looked_at(word: ReadWord) -> ReadWord:
    if word.mended is not None:
        word = word._replace(mended=word.mended._replace(text=_DOT.sub(" ", word.mended.text)))
    else:
        parted = _DOT.sub(" ", word.text)
        word = mended(word, parted, "picture:leaders", SETTLED, "a row of dots runs on under these words")
    return left_open(word, ()) if any(map(str.isdigit, word.text)) else word


def _is_upon(word: ReadWord, leaders: Leaders) -> bool:
    box = word.box
    upon = (one for one in leaders.upon if one.top < box.bottom and one.bottom > box.top)
    under = (
        row.box for row in leaders.rows if box.top < row.box.middle and row.box.top < box.bottom + 0.3 * box.height
    )
    return any(box.left < one.right and box.right > one.left for one in (*upon, *under))
