"""A word spelled from its shapes: where one sign ends and the next begins, and what each of them is."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.ocr.shapes import NONE, WIDE, Floats, Shapes, Span
from vnreport_ocr.sources.ocr.strip import HIGH, Strip

_GAP: Final = 0.35
"""Ink of a column below which nothing is there."""

_LEAST_WIDE: Final = 2
_RUN_WIDE: Final = round(0.5 * HIGH)
"""Runs of ink wider than this may be more than one sign."""

_MOST_CUTS: Final = 60
_MOST_PARTS: Final = 6
_FLOOR: Final = -9.0


class Sign(NamedTuple):
    """A sign of a word with its chance, where it stands, and the best other sign with its own chance."""

    text: str
    chance: float
    span: Span
    other: str
    other_chance: float


class Spelled(NamedTuple):
    """A word as its shapes spell it."""

    signs: tuple[Sign, ...]

    @property
    def text(self) -> str:
        """The signs together."""
        return "".join(sign.text for sign in self.signs)

    @property
    def chance(self) -> float:
        """The chance of the least sure sign."""
        return min((sign.chance for sign in self.signs), default=0.0)


class Lattice:
    """All ways to cut a strip into signs, each cut looked at once."""

    def __init__(self, shapes: Shapes, strip: Strip) -> None:
        self._shapes = shapes
        self.cuts = cuts(strip)
        self._edges: dict[tuple[int, int], int] = {}
        self.spans: list[Span] = []
        columns: Floats = strip.max(axis=0) if strip.size else np.zeros(0, dtype=np.float32)
        for start in range(len(self.cuts) - 1):
            for end in range(start + 1, min(start + _MOST_PARTS, len(self.cuts) - 1) + 1):
                span = _trimmed(columns, self.cuts[start], self.cuts[end])
                if span is None or span.wide > WIDE:
                    continue
                self._edges[start, end] = len(self.spans)
                self.spans.append(span)
        self.chances: Floats = (
            shapes.log_chances(strip, self.spans) if self.spans else np.zeros((0, len(shapes.signs)), np.float32)
        )

    def spell(self, alphabet: str) -> Spelled:
        """The likeliest word of the alphabet's signs."""
        places = np.array([self._shapes.place[sign] for sign in alphabet])
        if not len(self.spans):
            return Spelled(())
        among = self.chances[:, places]
        order = np.argsort(-among, axis=1)[:, :2]
        best = [(-np.inf, -1, -1)] * len(self.cuts)
        best[0] = (0.0, -1, -1)
        for (start, end), edge in sorted(self._edges.items()):
            value = best[start][0] + max(_FLOOR, float(among[edge, order[edge, 0]]))
            if value > best[end][0]:
                best[end] = (value, start, edge)
        signs: list[Sign] = []
        place = len(self.cuts) - 1
        while place > 0 and best[place][1] >= 0:
            _, start, edge = best[place]
            one, two = order[edge]
            chances = np.exp(among[edge])
            signs.append(Sign(alphabet[one], float(chances[one]), self.spans[edge], alphabet[two], float(chances[two])))
            place = start
        return Spelled(tuple(reversed(signs)))

    def score(self, word: str) -> float:
        """The log-chance of a word over its best division; signs that the network does not know cost nothing."""
        length, last = len(word), len(self.cuts) - 1
        if not len(self.spans) or last < length:
            return length * _FLOOR
        value = np.full((length + 1, last + 1), -np.inf)
        value[0, 0] = 0.0
        for number, sign in enumerate(word):
            place = self._shapes.place.get(sign)
            for (start, end), edge in self._edges.items():
                if value[number, start] > -np.inf:
                    gain = max(_FLOOR, float(self.chances[edge, place])) if place is not None else -1.0
                    value[number + 1, end] = max(value[number + 1, end], value[number, start] + gain)
        found = float(value[length, last])
        return found if found > -np.inf else length * _FLOOR


def cuts(strip: Strip) -> list[int]:
    """Columns at which one sign may end and the next begin: gaps, and the thinnest places of wide runs of ink."""
    columns = strip.sum(axis=0)
    inked = strip.max(axis=0) > _GAP if strip.size else np.zeros(0, dtype=np.bool_)
    found = [0]
    for left, right in _runs(inked):
        if left > found[-1]:
            found.append(left)
        if right - left > _RUN_WIDE:
            found += [place for place in _thin(columns, left, right) if place - found[-1] >= _LEAST_WIDE]
        found.append(right)
    if len(found) > _MOST_CUTS:
        return found[:_MOST_CUTS]
    return found


def _runs(inked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _thin(columns: Floats, left: int, right: int) -> list[int]:
    """Columns with less ink than those around them."""
    found = []
    for place in range(left + 2, right - 2):
        here = columns[place]
        around = columns[max(left, place - 2) : min(right, place + 3)]
        if here <= around.min() + 1e-6 and here < 0.75 * columns[left:right].max():
            found.append(place)
    return found


def _trimmed(columns: Floats, left: int, right: int) -> Span | None:
    inked = np.flatnonzero(columns[left:right] > _GAP)
    return Span(left + int(inked[0]), left + int(inked[-1]) + 1) if inked.size else None


KNOWN_NONE: Final = NONE
