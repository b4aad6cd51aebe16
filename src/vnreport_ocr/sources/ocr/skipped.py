"""Lines that the engine passed over: letters in a row that no word covers, with free paper around them.

It does so now and then with a short line of clear print that stands beside a seal: the post over a signature.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import cv2
import numpy as np

from vnreport_ocr.sources.engine.protocol import ReadLine
from vnreport_ocr.sources.ocr.sheet import Part, Read, read_parts
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Pixels
from vnreport_ocr.vietnamese.letters import WORD
from vnreport_ocr.vietnamese.syllables import is_legal

_MEASURED_DPI: Final = TUNING.skipped.measured_dpi
_LETTER: Final = (0.06, 0.2)
"""Inches: how high letters of a line are that is worth another look."""
_RULE: Final = TUNING.skipped.rule
_CODE: Final = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][A-Za-zĐđ]*(?:-[A-ZĐƯ][A-Za-zĐđƯư.]*)*[.,;]?")
"""The number of a document with its symbol, whose letters need be no syllables."""
_LEAST: Final = TUNING.skipped.least
_MOST_ROWS: Final = TUNING.skipped.most_rows
_FOOT: Final = TUNING.skipped.foot
_HANGS: Final = TUNING.skipped.hangs
_ALIKE: Final = TUNING.skipped.alike
_APART: Final = TUNING.skipped.apart
_ROOM: Final = TUNING.skipped.room
_QUIET: Final = TUNING.skipped.quiet
_LEAST_SURE, _MEAN_SURE = TUNING.skipped.least_sure, TUNING.skipped.mean_sure


class _Mark(NamedTuple):
    """A letter-sized mark on the measured picture."""

    left: int
    top: int
    wide: int
    high: int

    @property
    def foot(self) -> int:
        """Where it stands."""
        return self.top + self.high


def read_skipped(picture: Picture, lines: Sequence[ReadLine], read: Read) -> list[ReadLine]:
    """Return the lines that were passed over, as far as they are read with certainty."""
    rows = skipped_rows(picture, [word.box for line in lines for word in line.words])
    if not rows:
        return []
    grey = picture.grey
    parts = []
    for row in rows:
        left, top, right, bottom = (round(edge) for edge in row)
        parts.append(Part(left, top, grey[top:bottom, left:right]))
    return [line for found in read_parts(parts, picture.dpi, read) for line in found if _is_written(line)]


def _is_written(line: ReadLine) -> bool:
    """Whether a line is one of words; what is not sure is a doubt, as the number of a document mostly is."""
    codes = {word.text for word in line.words if _CODE.fullmatch(word.text)}
    runs = [run for word in line.words for run in WORD.findall(word.text) if word.text not in codes]
    sure = [word.confidence for word in line.words if word.text not in codes]
    fair = bool(sure) and min(sure) >= _LEAST_SURE and sum(sure) / len(sure) >= _MEAN_SURE
    letters = sum(map(len, (*runs, *codes)))
    return fair and len(runs) + len(codes) > 1 and letters >= _LEAST and bool(runs) and all(map(is_legal, runs))


def skipped_rows(picture: Picture, boxes: Sequence[PixelBox]) -> list[PixelBox]:
    """Return the rows of letters outside of all boxes, with room around them."""
    small = picture.reduced(_MEASURED_DPI)
    factor = small.dpi / picture.dpi
    ink = _without_rules(small.ink, small.dpi)
    for box in boxes:
        left, top, right, bottom = (int(edge * factor) for edge in box)
        ink[max(0, top - 2) : max(0, bottom + 3), max(0, left - 2) : max(0, right + 3)] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    low, tall = (inches * small.dpi for inches in _LETTER)
    pieces = [_Mark(*map(int, row[:4])) for row in stats[1:]]
    marks = [piece for piece in pieces if low < piece.high < tall and 1 < piece.wide < 1.5 * tall]
    found = [row for row in _once(_whole(row, pieces) for row in _rows(marks)) if _is_quiet(ink, row)]
    if len(found) > _MOST_ROWS:
        return []  # a drawing, or a page that the alarm looks after
    return [_with_room(row, 1 / factor, picture) for row in found]


def _without_rules(ink: Pixels, dpi: float) -> Pixels:
    """Take out strokes as long as no letter's: the rule under a motto or over a number is no ink around the line."""
    rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(_RULE * dpi)), np.uint8))
    return np.where(cv2.dilate(rules, np.ones((3, 3), np.uint8)) > 0, 0, ink).astype(np.uint8)


def _rows(marks: Sequence[_Mark]) -> list[list[_Mark]]:
    """Return marks that stand on one line beside each other, all about as high."""
    rows: list[list[_Mark]] = []
    for mark in sorted(marks):
        for row in rows:
            last, base = row[-1], min(other.foot for other in row[-3:])
            # A tail, or a mark below a letter, hangs under the line.
            level = -max(1.0, _FOOT * last.high) <= mark.foot - base <= max(1.0, _HANGS * last.high)
            alike = max(mark.high, last.high) <= _ALIKE * min(mark.high, last.high)
            if level and alike and mark.left - last.left - last.wide < _APART * last.high:
                row.append(mark)
                break
        else:
            rows.append([mark])
    return [row for row in rows if len(row) >= _LEAST]


def _once(rows: Iterable[list[_Mark]]) -> list[list[_Mark]]:
    """Return rows without those that share marks with a longer one: both are of one line."""
    kept: list[list[_Mark]] = []
    for row in sorted(rows, key=len, reverse=True):
        if all(set(row).isdisjoint(other) for other in kept):
            kept.append(row)
    return sorted(kept)


def _whole(row: Sequence[_Mark], pieces: Sequence[_Mark]) -> list[_Mark]:
    """Return a row with what else stands on its line: letters that touch each other, dots, marks above."""
    high = float(np.median([mark.high for mark in row]))
    top, foot = min(mark.top for mark in row) - 0.7 * high, min(mark.foot for mark in row) + (0.3 + _HANGS) * high
    level = [piece for piece in pieces if piece.top >= top and piece.foot <= foot]
    left, right = min(mark.left for mark in row), max(mark.left + mark.wide for mark in row)
    whole = list(row)
    for piece in sorted((p for p in level if p.left >= right), key=lambda p: p.left):
        if piece.left - right < _APART * high:
            whole.append(piece)
            right = max(right, piece.left + piece.wide)
    for piece in sorted((p for p in level if p.left < left), key=lambda p: -p.left):
        if left - piece.left - piece.wide < _APART * high:
            whole.append(piece)
            left = min(left, piece.left)
    return whole


def _is_quiet(ink: Pixels, row: Sequence[_Mark]) -> bool:
    """Whether hardly any other ink is around a row: in a seal or a drawing there is."""
    left, top = min(m.left for m in row), min(m.top for m in row)
    right, bottom = max(m.left + m.wide for m in row), max(m.foot for m in row)
    room = round(_ROOM * (bottom - top))
    outer = ink[max(0, top - room) : bottom + room, max(0, left - room) : right + room]
    inner = ink[max(0, top - room // 2) : bottom + 2, left:right]
    around = outer.size - inner.size
    return around > 0 and int(outer.sum()) - int(inner.sum()) <= _QUIET * around


def _with_room(row: Sequence[_Mark], factor: float, picture: Picture) -> PixelBox:
    top, bottom = min(m.top for m in row), max(m.foot for m in row)
    room = 0.6 * (bottom - top)
    left, right = min(m.left for m in row) - room, max(m.left + m.wide for m in row) + room
    return PixelBox(
        max(0.0, left * factor),
        max(0.0, (top - room) * factor),
        min(float(picture.width), right * factor),
        min(float(picture.height), (bottom + room) * factor),
    )
