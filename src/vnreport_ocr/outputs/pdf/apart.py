"""Where a blank of another height is needed, so that readers keep the order of words.

Words of one height that follow one another are sorted from left to right by some readers (pdfium, so every browser of
its kind). They do it to the end of a line that runs aslant and the beginning of the next, to lines of cells beside each
other, and to whole lines of a page that stands on its head. A blank between two such words, higher or lower than both,
keeps them apart, and readers that do not sort see one blank more.
"""

from math import copysign
from typing import Final, NamedTuple

from vnreport_ocr.model import Posture
from vnreport_ocr.outputs.pdf.placing import laid_to_page

_NEAR: Final = 0.75
"""Letters' widths: words are of one height for a reader up to half of the wider one's letter."""
_HYPHENS: Final = ("-", "\N{SOFT HYPHEN}")


def blank_behind(word: str) -> str:
    """Return the blank behind the last word of a line.

    Some readers take a hyphen there for that of a divided word and drop it, if only a common blank follows: a number
    (``12/2009/TT-`` and ``BTC``) would be copied without its hyphen.
    """
    return "\N{NO-BREAK SPACE}" if word.endswith(_HYPHENS) else " "


class _Shown(NamedTuple):
    """The previous word: where it begins and ends on the page as it is shown."""

    x: float
    y: float
    end: float
    wide: float


class WordOrder:
    """Follows the words of a page in order, at their places on the slanting page."""

    def __init__(self, size: tuple[float, float], posture: Posture) -> None:
        wide, high = reversed(size) if posture.turn % 180 else size
        self._seen = laid_to_page(size, posture._replace(skew=0.0), (0.0, 0.0, wide, high))
        self._back = self._seen.inverse()
        self._last: _Shown | None = None

    def blank(self, left: float, base: float, right: float, wide: float) -> tuple[float, float] | None:
        """Take the next word, its letters this wide; return where it needs a blank before it, None if it needs none."""
        x, y = self._seen.transform((left, base))
        last, self._last = self._last, _Shown(x, y, self._seen.transform((right, base))[0], wide)
        if last is None or x >= last.x:
            return None
        near = _NEAR * max(wide, last.wide)
        if abs(y - last.y) > near:
            return None
        at = self._back.transform((last.end, last.y - copysign(near, y - last.y)))
        return float(at[0]), float(at[1])
