"""What each step of a page shows, at its place, so that readers that sort by place keep the order of drawing.

pdfium sorts what steps at one height of the page as it is shown from left to right. On a page whose text lies on its
side all lines begin at one height, and on one that stands on its head a line runs from right to left.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from vnreport_ocr.model import Posture
from vnreport_ocr.outputs.pdf.apart import WordOrder
from vnreport_ocr.outputs.pdf.shows import Show
from vnreport_ocr.sources.pdf.glyphs import GlyphPlace

_LETTER: Final = 0.7
"""Share of the type size: few letters are wider."""


class DrawnText(NamedTuple):
    """What one step shows, upright: its first letter's number, where it begins and ends, how wide its letters are."""

    step: int
    """The step of the page's own contents."""
    first: int
    left: float
    base: float
    right: float
    wide: float


def drawn_texts(
    shows: Sequence[Show], objects: Sequence[int], places: Sequence[GlyphPlace], high: float
) -> list[DrawnText]:
    """List what is shown and seen, in the order of drawing; ``high`` is the height of the page as it is read."""
    drawn: dict[int, list[int]] = {}
    for number, place in enumerate(places):
        if place.drawn_by is not None:
            drawn.setdefault(place.drawn_by, []).append(number)
    found = []
    for show, drawing in zip(shows, objects, strict=False):
        numbers = drawn.get(drawing)
        if numbers:
            own = [places[number] for number in numbers]
            step = show.stream.step_of(show)
            right = max(place.right for place in own)
            wide = _LETTER * max(place.size for place in own)
            found.append(DrawnText(step, numbers[0], own[0].left, high - own[0].base, right, wide))
    return found


def sorted_before(texts: Iterable[DrawnText], size: tuple[float, float], posture: Posture) -> frozenset[int]:
    """Return the numbers of the letters that begin what is sorted before what was drawn before it."""
    order = WordOrder(size, posture)
    return frozenset(
        text.first for text in texts if order.blank(text.left, text.base, text.right, text.wide) is not None
    )


def gap_before(text: DrawnText, before: int, gaps: Sequence[int]) -> int | None:
    """Return the last of the steps before which words may be shown that lies between a text and the one before it."""
    at = bisect_right(gaps, text.step)
    return gaps[at - 1] if at and gaps[at - 1] > before else None
