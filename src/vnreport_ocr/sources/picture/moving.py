"""Page numbers of a table of contents: set behind their titles while a page is read, told where they are printed.

An engine passes over figures alone at the far end of an empty line, and reads the dots that lead to them as print.
"""

from collections.abc import Sequence

import numpy as np

from vnreport_ocr.sources.picture.leaders import Led
from vnreport_ocr.sources.picture.value import Picture, PixelBox

_PAPER = 95
"""Percentile of the grey levels around a number that is the paper's: print covers less than a half."""


def set_behind(picture: Picture, led: Sequence[Led], factor: float = 1.0) -> Picture:
    """Return the picture with what dots led to behind what they led from; ``factor`` is its size beside the boxes'."""
    if not led:
        return picture
    pixels = picture.pixels.copy()
    for one in led:
        left, top, right, bottom = (round(edge * factor) for edge in one.box)
        top, left = max(0, top), max(0, left)
        patch = pixels[top:bottom, left:right].copy()
        y, x = max(0, top - round(one.up * factor)), left - round(one.left * factor)
        place = pixels[y : y + patch.shape[0], x : x + patch.shape[1]]
        if not patch.size or place.shape != patch.shape:
            continue
        place[:] = np.minimum(place, patch)
        pixels[top:bottom, left:right] = np.percentile(patch, _PAPER, axis=(0, 1)).astype(np.uint8)
    return Picture(pixels, picture.dpi)


def printed_at(box: PixelBox, led: Sequence[Led]) -> PixelBox:
    """Return where on the page a word is printed that was read on a picture with numbers behind their titles."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    for one in led:
        place = one.box.moved(-one.left, -one.up)
        if place.left <= x <= place.right and place.top <= y <= place.bottom:
            return box.moved(one.left, one.up)
    return box
