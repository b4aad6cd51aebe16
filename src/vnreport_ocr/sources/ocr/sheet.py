"""Parts of a picture set under each other on one sheet, so that one reading does for all of them."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import cv2
import numpy as np

from vnreport_ocr.sources.engine.heard import HeardLine
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord, scaled
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.picture.measuring import levels_at
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Pixels

_GAP: Final = TUNING.sheet.gap
_MARGIN: Final = TUNING.sheet.margin
_MOST_HIGH: Final = 16_000

Read = Callable[[Picture], tuple[ReadLine, ...]]
Hear = Callable[[Picture], tuple[HeardLine, ...]]


class Part(NamedTuple):
    """A part of a picture in shades of grey, and where its upper left corner lies on it."""

    left: int
    top: int
    pixels: Pixels


class _Strip(NamedTuple):
    """A part on the sheet: from where to where, and how far its pixels must move to come home."""

    number: int
    top: int
    bottom: int
    right: float
    down: float


def read_parts(parts: Sequence[Part], dpi: float, read: Read) -> list[list[ReadLine]]:
    """Return the lines read in each part, their boxes on the picture that the parts were cut from."""
    found: list[list[ReadLine]] = [[] for _ in parts]
    for sheet, strips in _sheets(parts, dpi):
        for line in read(Picture(sheet, dpi)):
            for strip, words in _by_strip(line, strips):
                found[strip.number].append(ReadLine(tuple(_home(word, strip) for word in words)))
    return found


def hear_parts(parts: Sequence[Part], dpi: float, hear: Hear) -> list[list[HeardLine]]:
    """Return the lines that a second reader hears in each part, as above; a line lies in the part of its first word."""
    found: list[list[HeardLine]] = [[] for _ in parts]
    for sheet, strips in _sheets(parts, dpi):
        for line in hear(Picture(sheet, dpi)):
            strip, _ = _by_strip(ReadLine(line.words[:1]), strips)[0]
            found[strip.number].append(replace(line, words=tuple(_home(word, strip) for word in line.words)))
    return found


def at_another_size(read: Read, dpi: float, *, smooth: bool = False) -> Read:
    """Return a reader of pictures scaled to ``dpi``: the engine stumbles over clean print in one size
    that it reads well in another. What is enlarged may be smoothed as well.
    """

    def look(picture: Picture) -> tuple[ReadLine, ...]:
        factor = dpi / picture.dpi
        way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
        pixels = cv2.resize(picture.pixels, None, fx=factor, fy=factor, interpolation=way)
        if smooth and factor > 1:
            pixels = cv2.GaussianBlur(pixels, (0, 0), factor / 2)
        return tuple(scaled(line, 1 / factor) for line in read(Picture(np.asarray(pixels, dtype=np.uint8), dpi)))

    return look


def _sheets(parts: Sequence[Part], dpi: float) -> Iterator[tuple[Pixels, list[_Strip]]]:
    gap, margin = (max(1, round(inches * dpi)) for inches in (_GAP, _MARGIN))
    batch: list[tuple[int, Part]] = []
    height = gap
    for number, part in enumerate(parts):
        if batch and height + part.pixels.shape[0] + gap > _MOST_HIGH:
            yield _sheet(batch, gap, margin)
            batch, height = [], gap
        batch.append((number, part))
        height += part.pixels.shape[0] + gap
    if batch:
        yield _sheet(batch, gap, margin)


def _sheet(batch: Sequence[tuple[int, Part]], gap: int, margin: int) -> tuple[Pixels, list[_Strip]]:
    wide = max(part.pixels.shape[1] for _, part in batch) + 2 * margin
    high = sum(part.pixels.shape[0] + gap for _, part in batch) + gap
    sheet = np.full((high, wide), 255, dtype=np.uint8)
    strips = []
    top = gap
    for number, part in batch:
        bottom = top + part.pixels.shape[0]
        # Paper that is not quite white would otherwise stand on the sheet as a box with edges.
        paper = max(1.0, levels_at(part.pixels, (0.75,))[0])
        white = np.clip(part.pixels.astype(np.float32) * (255.0 / paper), 0, 255).astype(np.uint8)
        sheet[top:bottom, margin : margin + part.pixels.shape[1]] = white
        strips.append(_Strip(number, top, bottom, part.left - margin, part.top - top))
        top = bottom + gap
    return sheet, strips


def _by_strip(line: ReadLine, strips: Sequence[_Strip]) -> list[tuple[_Strip, list[ReadWord]]]:
    """Return the words of a line by the part they lie in: nearly always one."""
    found: dict[int, list[ReadWord]] = {}
    for word in line.words:
        middle = word.box.middle
        # The strips lie under each other: it is in the first one that ends below it, or nearer to the one above.
        at = bisect_left(strips, middle, key=lambda strip: strip.bottom)
        around = range(max(0, at - 1), min(len(strips), at + 1))
        nearest = min(around, key=lambda i: max(strips[i].top - middle, middle - strips[i].bottom, 0))
        found.setdefault(nearest, []).append(word)
    return [(strips[index], words) for index, words in found.items()]


def _home(word: ReadWord, strip: _Strip) -> ReadWord:
    box = word.box
    moved = PixelBox(box.left + strip.right, box.top + strip.down, box.right + strip.right, box.bottom + strip.down)
    return word._replace(box=moved)
