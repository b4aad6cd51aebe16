"""A page picture made readable, each step only where a measured sign asks for it, each with its reason.

At 200 dpi and more nothing that was tried helped, so nothing is done there but turning. The figures behind each
limit stand in docs/how-pages-are-read.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from vnreport_ocr.model import AS_IT_IS, Posture
from vnreport_ocr.sources.picture.leaders import find_leaders
from vnreport_ocr.sources.picture.measuring import PictureSigns, measure, without_red
from vnreport_ocr.sources.picture.specks import Specks, find_specks
from vnreport_ocr.sources.picture.tuning import TUNING
from vnreport_ocr.sources.picture.value import Picture, Pixels, Turn

SKEW: Final = TUNING.prepare.skew
_DARK: Final = TUNING.prepare.dark
_STRIDE: Final = 8
"""Every so many pixels are enough to tell paper from ink."""
LOW_DPI: Final = TUNING.prepare.low_dpi
_COARSE_DPI: Final = TUNING.prepare.coarse_dpi
_COARSE_BITS_DPI: Final = TUNING.prepare.coarse_bits_dpi
_SHADE: Final = TUNING.prepare.shade
_RED: Final = TUNING.prepare.red
_TURN_SURE: Final = TUNING.prepare.turn_sure
APART: Final = TUNING.prepare.apart
_APART_COARSE: Final = TUNING.prepare.apart_coarse

AskTurn = Callable[[Picture], Turn | None]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture ready to be read, another for a second reading, the picture only turned, and what was done to it."""

    picture: Picture
    second: Picture | None
    upright: Picture
    signs: PictureSigns
    steps: tuple[str, ...]
    posture: Posture = AS_IT_IS


def prepare(picture: Picture, ask_turn: AskTurn) -> Prepared:
    """Turn, straighten and clean the picture as far as its signs ask for it."""
    steps: list[str] = []
    if _is_negative(picture):
        picture = Picture(np.invert(picture.pixels), picture.dpi, picture.whole)
        steps.append("inverted: it was light on dark")
    signs = measure(picture)
    degrees = 0
    if signs.sideways:
        turn = ask_turn(picture)
        if turn is not None and turn.degrees and turn.confidence >= _TURN_SURE:
            degrees = turn.degrees
            picture = turned(picture, degrees)
            steps.append(f"turned by {turn.degrees} degrees: its lines ran upwards")
            signs = measure(picture)
    skew = signs.skew if abs(signs.skew) >= SKEW else 0.0
    if skew:
        picture = straightened(picture, signs.skew)
        steps.append(f"straightened: it was skewed by {signs.skew:.1f} degrees")
    first: Picture
    second: Picture | None
    if signs.bilevel and signs.dpi <= _COARSE_BITS_DPI:
        first, second = _prepare_coarse(picture, steps)
    elif signs.dpi < LOW_DPI:
        first, second = _prepare_low(picture, signs, steps)
    else:
        first, second = picture, None
    return Prepared(first, second, picture, signs, tuple(steps), Posture(degrees, skew))


def _is_negative(picture: Picture) -> bool:
    """Whether most of the page is dark: a negative of a microfilm, or a cover; dark paper is far lighter."""
    return bool(np.median(picture.grey[::_STRIDE, ::_STRIDE]) < _DARK)


def _prepare_coarse(picture: Picture, steps: list[str]) -> tuple[Picture, Picture]:
    """Prepare a fax or one-bit scan of about 100 dpi: smooth steps of pixels, enlarge clean ones as well."""
    grey = Picture(picture.grey, picture.dpi)
    specks = _specks(grey, _APART_COARSE)
    if specks.many:
        steps.append(f"{specks.found} specks removed, isolated from all {specks.letters} letters")
        clean = without(grey, specks.mask)
        steps.append(f"smoothed: one bit at {picture.dpi:.0f} dpi")
        return smoothed(clean, 0.8), enlarged(smoothed(clean, 0.6), 2)
    steps.append(f"smoothed and enlarged: one bit at {picture.dpi:.0f} dpi")
    return enlarged(smoothed(grey, 0.6), 2), smoothed(grey, 0.7)


def _prepare_low(picture: Picture, signs: PictureSigns, steps: list[str]) -> tuple[Picture, Picture | None]:
    """Prepare a scan of about 150 dpi: whiten the paper, take out specks, see through red seals."""
    second = None
    clean = Picture(picture.grey, picture.dpi)
    if picture.coloured and signs.red > _RED:
        clean = Picture(without_red(picture.pixels), picture.dpi)
        steps.append(f"red channel: {signs.red:.2%} of the page is red ink, at {picture.dpi:.0f} dpi")
    if signs.shade > _SHADE:
        clean = on_white(clean)
        steps.append(f"paper made white: it is {signs.shade:.0f} levels from white, at {picture.dpi:.0f} dpi")
    specks = _specks(clean, APART)
    if specks.many:
        clean = smoothed(without(clean, specks.mask), 0.5)
        steps.append(f"{specks.found} specks removed, isolated from all {specks.letters} letters")
        second = enlarged(clean, 2)
    if second is None and picture.dpi <= _COARSE_DPI:
        steps.append(f"enlarged: {picture.dpi:.0f} dpi")
        return enlarged(clean, 2), None
    return clean, second


def _specks(picture: Picture, apart: float) -> Specks:
    """Return the specks of the picture; dots that lead to a page number or are to be written on are none."""
    specks = find_specks(picture, apart)
    if not specks.many:
        return specks
    dots = find_leaders(picture).mask
    return specks if dots is None else find_specks(picture, apart, dots)


def turned(picture: Picture, degrees: int) -> Picture:
    """Turn clockwise by a multiple of 90 degrees."""
    return Picture(np.ascontiguousarray(np.rot90(picture.pixels, -(degrees // 90))), picture.dpi)


def straightened(picture: Picture, angle: float) -> Picture:
    """Turn about the middle so that lines falling by ``angle`` run level; what comes in at the edges is paper."""
    middle = (picture.width / 2, picture.height / 2)
    matrix = cv2.getRotationMatrix2D(middle, angle, 1.0)
    size = (picture.width, picture.height)
    paper = (255, 255, 255)
    pixels = cv2.warpAffine(
        picture.pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=paper
    )
    return Picture(np.asarray(pixels, dtype=np.uint8), picture.dpi)


def smoothed(picture: Picture, sigma: float) -> Picture:
    """Slightly blurred."""
    return Picture(np.asarray(cv2.GaussianBlur(picture.pixels, (0, 0), sigma), dtype=np.uint8), picture.dpi)


def enlarged(picture: Picture, factor: float) -> Picture:
    """Enlarged by cubic interpolation."""
    pixels = cv2.resize(picture.pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC)
    return Picture(np.asarray(pixels, dtype=np.uint8), picture.dpi * factor)


def without(picture: Picture, mask: Pixels) -> Picture:
    """Paint what the mask covers in the colour of the paper around it."""
    paper = cv2.medianBlur(cv2.dilate(picture.pixels, np.ones((5, 5), np.uint8)), 5)
    covered = mask[:, :, None] > 0 if picture.coloured else mask > 0
    return Picture(np.where(covered, paper, picture.pixels).astype(np.uint8), picture.dpi)


def on_white(picture: Picture) -> Picture:
    """Divide out the paper's own shade, so that shadows and yellowed corners become white."""
    small = cv2.resize(picture.pixels, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.dilate(small, np.ones((7, 7), np.uint8))
    if min(paper.shape) > 31:
        paper = cv2.medianBlur(paper, 31)
    whole = cv2.resize(paper, (picture.width, picture.height), interpolation=cv2.INTER_LINEAR)
    return Picture(np.asarray(cv2.divide(picture.pixels, whole, scale=255), dtype=np.uint8), picture.dpi)
