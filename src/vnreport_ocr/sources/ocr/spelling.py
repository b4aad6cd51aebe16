"""A word spelled from its shapes: where one sign ends and the next begins, and what each of them is."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.ocr.shapes import WIDE, Floats, Shapes, StripSpan
from vnreport_ocr.sources.ocr.strip import HIGH, Strip
from vnreport_ocr.sources.ocr.tuning import TUNING

_GAP: Final = TUNING.spelling.gap

DIGITS: Final = "0123456789"
_LEAST_WIDE: Final = TUNING.spelling.least_wide
_RUN_WIDE: Final = round(0.5 * HIGH)
"""Runs of ink wider than this may be more than one sign."""

_MOST_CUTS: Final = TUNING.spelling.most_cuts
_MOST_PARTS: Final = TUNING.spelling.most_parts
_FLOOR: Final = TUNING.spelling.floor
_ANY: Final = TUNING.spelling.any


class Sign(NamedTuple):
    """A sign of a word with its chance among all signs, and its share of the chance of those that were asked after."""

    text: str
    chance: float
    share: float = 1.0


class Spelled(NamedTuple):
    """A word as its shapes spell it."""

    signs: tuple[Sign, ...]
    value: float = 0.0
    """The log-chance of the whole."""

    @property
    def text(self) -> str:
        """The signs together."""
        return "".join(sign.text for sign in self.signs)

    @property
    def chance(self) -> float:
        """The chance of the least sure sign."""
        return min((sign.chance for sign in self.signs), default=0.0)

    def chance_of(self, signs: str) -> float:
        """Return the chance of the least sure one of some signs; 0 where none of them is there."""
        return min((sign.chance for sign in self.signs if sign.text in signs), default=0.0)


class StripLattice:
    """All ways to cut a strip into signs, each cut looked at once."""

    def __init__(self, shapes: Shapes, strip: Strip) -> None:
        self._shapes = shapes
        self.cuts = cuts(strip)
        self._starts: list[tuple[int, int, int]] = []
        spans: list[StripSpan] = []
        columns: Floats = strip.max(axis=0) if strip.size else np.zeros(0, dtype=np.float32)
        before, behind = _nearest(columns > _GAP)
        for end in range(1, len(self.cuts)):
            for start in range(max(0, end - _MOST_PARTS), end):
                left, right = behind[self.cuts[start]], before[self.cuts[end]]
                if left < right <= left + WIDE:
                    self._starts.append((start, end, len(spans)))
                    spans.append(StripSpan(left, right))
        self._chances = (
            np.maximum(shapes.log_chances(strip, spans), _FLOOR)
            if spans
            else np.zeros((0, len(shapes.signs)), dtype=np.float32)
        )

    def spell(self, alphabet: str) -> Spelled:
        """Return the likeliest word of the alphabet's signs."""
        if not len(self._chances):
            return Spelled((), _FLOOR)
        among = self._chances[:, [self._shapes.place[sign] for sign in alphabet]]
        likeliest = among.argmax(axis=1)
        values = among[np.arange(len(among)), likeliest].tolist()
        last = len(self.cuts) - 1
        best = [(float("-inf"), -1, -1)] * (last + 1)
        best[0] = (0.0, -1, -1)
        for start, end, edge in self._starts:
            value = best[start][0] + values[edge]
            if value > best[end][0]:
                best[end] = (value, start, edge)
        signs: list[Sign] = []
        place = last
        while place > 0 and best[place][1] >= 0:
            _, start, edge = best[place]
            share = float(np.exp(values[edge] - np.logaddexp.reduce(among[edge])))
            signs.append(Sign(alphabet[int(likeliest[edge])], float(np.exp(values[edge])), share))
            place = start
        return Spelled(tuple(reversed(signs)), best[last][0])

    def score(self, word: str, any_letter: bool = False) -> float:
        """Compute a word's log-chance over its best division; with ``any_letter`` letters may look like anything."""
        last, length = len(self.cuts) - 1, len(word)
        if not len(self._chances) or last < length:
            return (length + 1) * _FLOOR
        value = np.full(last + 1, -np.inf)
        value[0] = 0.0
        for sign in word:
            place = self._shapes.place.get(sign)
            following = np.full(last + 1, -np.inf)
            free = place is None or (any_letter and sign.isalpha())
            for start, end, edge in self._starts:
                if value[start] > -np.inf:
                    gain = _ANY if free else float(self._chances[edge, place])
                    following[end] = max(following[end], value[start] + gain)
            value = following
        found = float(value[last])
        return found if found > -np.inf else (length + 1) * _FLOOR

    def respell(self, word: str) -> Spelled:
        """Return the word with the likeliest figure in the place of each figure; its other signs stay what they are."""
        last = len(self.cuts) - 1
        if not len(self._chances) or last < len(word):
            return Spelled((), _FLOOR)
        digits = self._chances[:, [self._shapes.place[digit] for digit in DIGITS]]
        likeliest, figures = digits.argmax(axis=1), digits.max(axis=1)
        best: list[dict[int, tuple[float, int, int]]] = [{0: (0.0, -1, -1)}]
        for sign in word:
            following: dict[int, tuple[float, int, int]] = {}
            place = self._shapes.place.get(sign)
            free = place is None or sign.isalpha()
            for start, end, edge in self._starts:
                if start in best[-1]:
                    gain = figures[edge] if sign.isdigit() else _ANY if free else self._chances[edge, place]
                    value = best[-1][start][0] + float(gain)
                    if end not in following or value > following[end][0]:
                        following[end] = (value, start, edge)
            best.append(following)
        if last not in best[-1]:
            return Spelled((), _FLOOR)
        signs: list[Sign] = []
        place, value = last, best[-1][last][0]
        for number in range(len(word), 0, -1):
            _, start, edge = best[number][place]
            digit = word[number - 1].isdigit()
            text = DIGITS[int(likeliest[edge])] if digit else word[number - 1]
            signs.append(Sign(text, float(np.exp(figures[edge])) if digit else 1.0))
            place = start
        return Spelled(tuple(reversed(signs)), value)


def cuts(strip: Strip) -> list[int]:
    """Columns at which one sign may end and the next begin: gaps, and the thinnest places of wide runs of ink.

    None but the first where there are too many for a word.
    """
    columns = strip.sum(axis=0)
    inked = strip.max(axis=0) > _GAP if strip.size else np.zeros(0, dtype=np.bool_)
    found = [0]
    for left, right in _runs(inked):
        if left > found[-1]:
            found.append(left)
        if right - left > _RUN_WIDE:
            found += _thin(columns, left, right)
        found.append(right)
    return found if len(found) <= _MOST_CUTS else [0]


def _runs(inked: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inked, [False]]).astype(np.int8)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _thin(columns: Floats, left: int, right: int) -> list[int]:
    """Columns with less ink than those around them."""
    most = 0.75 * float(columns[left:right].max())
    found: list[int] = []
    for place in range(left + 2, right - 2):
        here = columns[place]
        least = columns[max(left, place - 2) : min(right, place + 3)].min()
        if here <= least + 1e-6 and here < most and (not found or place - found[-1] >= _LEAST_WIDE):
            found.append(place)
    return found


def _nearest(inked: NDArray[np.bool_]) -> tuple[list[int], list[int]]:
    """For each column where the ink before it ends, and where the ink from it on begins."""
    places = np.arange(len(inked))
    before = np.maximum.accumulate(np.concatenate([[0], np.where(inked, places + 1, 0)]))
    behind = np.minimum.accumulate(np.concatenate([np.where(inked, places, len(inked)), [len(inked)]])[::-1])[::-1]
    return before.tolist(), behind.tolist()
