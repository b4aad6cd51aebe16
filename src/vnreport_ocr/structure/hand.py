"""Whether a number or a date was printed, or written by hand in a space left for it."""

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from vnreport_ocr.structure.segments import Segment
from vnreport_ocr.structure.tuning import TUNING

_LEAST: Final = TUNING.hand.least
_RIVAL: Final = TUNING.hand.rival
_TALL: Final = TUNING.hand.tall
_SMALL: Final = TUNING.hand.small
_ROOM: Final = TUNING.hand.room
_FIGURES = re.compile(r"\d")


def written_by_hand(part: Segment, whole: Segment) -> str | None:
    """Return why figures in a line that an engine read may be handwritten, or None if everything suggests print."""
    if not part.read_by_engine:
        return None
    sure = min((t.confidence for t in part.tokens if t.confidence is not None and _matters(t.text)), default=1.0)
    if sure < _LEAST:
        return f"the engine is only {sure:.0%} sure of it"
    heights = [t.box.bottom - t.box.top for t in whole.tokens if t.box is not None and not _FIGURES.search(t.text)]
    usual = median(heights) if heights else whole.height
    for token in part.tokens:
        if token.box is None or not _FIGURES.search(token.text):
            continue
        if not _SMALL < (token.box.bottom - token.box.top) / max(usual, 1.0) < _TALL:
            return "its figures differ in height from the print beside them"
    if _has_room(part):
        return "space was left for its figures"
    if any(_rival(token.text, token.alternatives) for token in part.tokens):
        return "its figures may also be read differently"
    return None


def _matters(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _has_room(part: Segment) -> bool:
    placed = [(t.text, t.box) for t in part.tokens if t.box is not None]
    for (before, one), (after, other) in pairwise(placed):
        touches = bool(_FIGURES.search(before)) != bool(_FIGURES.search(after))
        height = min(one.bottom - one.top, other.bottom - other.top)
        if touches and other.left - one.right > _ROOM * max(height, 6.0):
            return True
    return any(after.startswith(("/", "-")) and _FIGURES.search(before) for before, after in _pairs(part))


def _pairs(part: Segment) -> Sequence[tuple[str, str]]:
    texts = [token.text for token in part.tokens]
    return list(pairwise(texts))


def _rival(text: str, alternatives: Sequence[tuple[str, float]]) -> bool:
    """Whether another reading of the same shape with other figures was almost as likely."""
    figures = _FIGURES.findall(text)
    shape = _FIGURES.sub("0", text)
    return bool(figures) and any(
        weight > _RIVAL and _FIGURES.findall(other) != figures and _FIGURES.sub("0", other) == shape
        for other, weight in alternatives
    )
