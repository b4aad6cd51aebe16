"""How likely a reading is for each unit of a group: by its own counts, and by what its letters turn into."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.memory import Memory
from vnreport_ocr.native.arrays import key_of
from vnreport_ocr.native.channel import CountArrays, LetterArrays, NativeLetters, native_letters
from vnreport_ocr.vietnamese.letters import split_tone, strip_marks

FLOOR = -30.0
"""The log-chance of what cannot be."""

LONGEST_READING = 4
"""How many characters a group may have been read as."""

_LONGEST_LETTER = 3
"""How many characters one letter may have been read as."""

_MOST_LETTERS = 3
"""How many letters a unit has at most."""

_SMOOTHING = 4.0
_LETTER_SMOOTHING = 8.0
_LEAST_SHARE = 0.02
_LEAST_LETTER_SHARE = 0.03
"""However often a group was seen, so much is left for readings that were not."""

_KIN = (0.15, 0.05)
"""What a letter borrows from those with the same shape, and from those with the same base."""

_STRANGE = np.log(np.array([2e-3, 4e-3, 2e-4, 1e-5]))
"""What a letter costs that was read as 0, 1, 2 or 3 characters never seen of it."""

_ANYTHING = -10.9
"""The least log-chance of one sign for a whole group, however often that was seen: engines take two letters for a
strange one (``tr`` for ``ữ``)."""

_ANYTHING_APART = -1.5
"""What each character adds by which the reading is longer or shorter than the group."""

_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
_UNSEEN_GAIN, _UNSEEN_MOST = 10.0, 0.05
"""The letters give nearly all their chance to what was seen of a group already, first of all to the group as it is;
what they give to the rest is raised to make up for it, though no reading becomes likelier than this."""

_KEPT = 4000
_COLUMNS_KEPT = 1000

Readings = dict[str, dict[str, float]]
Scores = NDArray[np.float32]


def _toneless(letter: str) -> str:
    return split_tone(letter)[0]


def _family(alphabet: list[str], key: Callable[[str], str]) -> NDArray[np.int64]:
    """Numbers that are equal for letters with the same key."""
    keys = [key(letter) for letter in alphabet]
    numbers = {name: place for place, name in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[name] for name in keys])


class LetterModel:
    """Scores of readings by the letters alone, for all units of a group at once."""

    def __init__(self, letters: Readings, units: list[str]) -> None:
        alphabet = sorted({letter for unit in units for letter in unit})
        number = {letter: place for place, letter in enumerate(alphabet)}
        self._size = len(alphabet)
        self._totals = np.array([sum(letters.get(letter, {}).values()) for letter in alphabet])
        self._by_reading: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._kin = [_family(alphabet, _toneless), _family(alphabet, strip_marks)]
        for letter in alphabet:
            for read, count in letters.get(letter, {}).items():
                if len(read) <= _LONGEST_LETTER:
                    self._by_reading[read].append((number[letter], count))
        self.sizes = np.array([len(unit) for unit in units])
        spelled = [[number[letter] for letter in unit] for unit in units]
        padded = [[*unit, *[self._size] * (_MOST_LETTERS - len(unit))] for unit in spelled]
        self._spelled = np.array(padded).T
        self._remembered: Memory[str, Scores] = Memory(_KEPT)
        self._columns: Memory[str, Scores] = Memory(_COLUMNS_KEPT)
        self.native = self._native(spelled)

    def _native(self, spelled: list[list[int]]) -> NativeLetters | None:
        readings = sorted(self._by_reading)
        nothing = np.zeros((1, self._size))
        strange = [self._rows(nothing, np.array([size])) for size in range(_LONGEST_LETTER + 1)]
        counts = np.zeros((len(readings), self._size))
        for place, read in enumerate(readings):
            for letter, count in self._by_reading[read]:
                counts[place, letter] = count
        sizes = np.array([len(read) for read in readings], dtype=np.int64)
        apart = _ANYTHING + _ANYTHING_APART * np.arange(LONGEST_READING + _MOST_LETTERS)
        gain = math.log(_UNSEEN_GAIN), math.log(_UNSEEN_MOST)
        rows = self._rows(counts, sizes)
        return native_letters(LetterArrays(self.sizes, spelled, readings, rows, np.concatenate(strange), apart, gain))

    def _rows(self, counts: NDArray[np.float64], sizes: NDArray[np.int64]) -> Scores:
        """Compute the scores of readings for each letter of the alphabet, a row each; the last place is 'no letter'."""
        strange = np.exp(_STRANGE[sizes])[:, None]
        prior = np.broadcast_to(strange, counts.shape).copy()
        for weight, kin in zip(_KIN, self._kin, strict=True):
            order = np.argsort(kin, kind="stable")
            starts = np.searchsorted(kin[order], np.arange(kin.max() + 1))
            together = np.add.reduceat(counts[:, order], starts, axis=1)
            prior += weight * (together / (np.add.reduceat(self._totals[order], starts) + 1))[:, kin]
        left = np.maximum(_LEAST_LETTER_SHARE, _LETTER_SMOOTHING / (self._totals + _LETTER_SMOOTHING))
        chance = (1 - left) * counts / np.maximum(self._totals, 1e-9) + left * prior
        none = np.where(sizes > 0, FLOOR, 0.0)[:, None]
        return np.hstack([np.log(np.maximum(chance, strange * 0.05)), none]).astype(np.float32)

    def _letters(self, read: str) -> Scores:
        """Compute the score of a reading for each letter of the alphabet; the last place is 'no letter'."""
        known = self._remembered.get(read)
        if known is None:
            counts = np.zeros((1, self._size))
            for place, count in self._by_reading.get(read, ()):
                counts[0, place] = count
            known = self._remembered.keep(read, self._rows(counts, np.array([len(read)]))[0])
        return known

    def score(self, read: str) -> Scores:
        """Compute the log-chance of a reading for each unit, over its best division among the letters."""
        last: Scores = self._column(read)[-1]
        return last

    def _column(self, read: str) -> Scores:
        """Compute the same for the first letters of each unit: none of them, one, two and so on.

        The last letters of a beginning are read as the last one to three characters, or as none, so that the
        column of a reading follows from those of its own beginnings.
        """
        known = self._columns.get(read)
        if known is not None:
            return known
        column = np.full((len(self._spelled) + 1, self._spelled.shape[1]), FLOOR, dtype=np.float32)
        if not read:
            column[0] = 0
        for size in range(1, min(_LONGEST_LETTER, len(read)) + 1):
            value = self._column(read[:-size])[:-1] + self._letters(read[-size:])[self._spelled]
            np.maximum(column[1:], value, out=column[1:])
        lost = self._letters("")
        for place, spelled in enumerate(self._spelled):
            np.maximum(column[place + 1], column[place] + lost[spelled], out=column[place + 1])
        return self._columns.keep(read, column)


class Counted(NamedTuple):
    """Readings that were seen of the units of a group: how often which; in the order of readings and units."""

    keys: NDArray[np.uint64]
    places: NDArray[np.int32]
    counts: NDArray[np.float32]

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, float]]) -> "Counted":
        """Rows of a reading's key, a unit's place and a count; those of the same two are counted together."""
        keys = np.array([row[0] for row in rows], dtype=np.uint64)
        places = np.array([row[1] for row in rows], dtype=np.int32)
        counts = np.array([row[2] for row in rows], dtype=np.float32)
        return cls._together(keys, places, counts)

    @classmethod
    def _together(cls, keys: NDArray[np.uint64], places: NDArray[np.int32], counts: NDArray[np.float32]) -> "Counted":
        order = np.lexsort((places, keys))
        keys, places, counts = keys[order], places[order], counts[order]
        first = np.flatnonzero(np.append([True], (keys[1:] != keys[:-1]) | (places[1:] != places[:-1])))
        return (
            cls(keys[first], places[first], np.add.reduceat(counts, first)) if keys.size else cls(keys, places, counts)
        )

    def plus(self, more: "Counted") -> "Counted":
        """Both together."""
        return Counted._together(
            np.append(self.keys, more.keys), np.append(self.places, more.places), np.append(self.counts, more.counts)
        )


class GroupModel:
    """Scores of readings for all units of one group (all onsets, say)."""

    def __init__(self, readings: Readings, letters: Readings, units: list[str]) -> None:
        self.units = units
        self.letters = LetterModel(letters, units)
        self._number = {unit: place for place, unit in enumerate(units)}
        self._strangeness: Memory[str, Scores] = Memory(_KEPT)
        self._count(
            self._rows((unit, read, count) for unit, found in readings.items() for read, count in found.items())
        )

    def _rows(self, evidence: Iterable[tuple[str, str, float]]) -> Counted:
        return Counted.of(
            [
                (key_of(read), self._number[unit], count)
                for unit, read, count in evidence
                if unit in self._number and len(read) <= LONGEST_READING
            ]
        )

    def _count(self, counted: Counted) -> None:
        self._counted = counted
        self._totals = totals = np.bincount(counted.places, counted.counts, len(self.units)).astype(np.float32)
        self._left: Scores = np.maximum(np.float32(_LEAST_SHARE), _SMOOTHING / (totals + _SMOOTHING))
        """By unit: what is left for readings that were never seen of it."""
        self._shares: Scores = ((1 - self._left) / np.maximum(totals, 1e-9))[counted.places] * counted.counts
        """The part of each reading's chance that comes from its counts."""
        self._scores: Memory[str, Scores] = Memory(_KEPT)

    def adapted(self, evidence: Iterable[tuple[str, str, float]]) -> "GroupModel":
        """Return the same model with a document's counts added."""
        fresh = object.__new__(GroupModel)
        fresh.units, fresh._number, fresh.letters = self.units, self._number, self.letters
        fresh._strangeness = self._strangeness
        fresh._count(self._counted.plus(self._rows(evidence)))
        return fresh

    def number(self, unit: str) -> int | None:
        """Return the place of a unit in the scores."""
        return self._number.get(unit)

    def total(self, unit: str) -> float:
        """How often a unit was seen at all."""
        return float(self._totals[self._number[unit]])

    def count_arrays(self) -> CountArrays:
        """Return the counts as the compiled part takes them."""
        keys, begins = np.unique(self._counted.keys, return_index=True)
        return CountArrays(
            keys, np.append(begins, self._counted.keys.size), self._counted.places, self._shares, np.log(self._left)
        )

    def score(self, read: str) -> Scores:
        """Return the log-chance of a reading for each unit; remembered."""
        known = self._scores.get(read)
        if known is None:
            chance = self._left * self._strangeness.recall(read, self._chances)
            if read:
                chance = np.maximum(chance, self._least(len(read)))
            key = np.uint64(key_of(read))
            seen = slice(*(int(np.searchsorted(self._counted.keys, key, side=side)) for side in _SIDES))
            chance[self._counted.places[seen]] += self._shares[seen]
            known = self._scores.keep(read, np.log(chance).astype(np.float32))
        return known

    def _chances(self, read: str) -> Scores:
        """Return the chance of a reading for each unit by the letters alone."""
        chances = np.exp(self.letters.score(read))
        chances = np.maximum(chances, np.minimum(_UNSEEN_GAIN * chances, _UNSEEN_MOST))
        return chances.astype(np.float32)

    def _least(self, size: int) -> Scores:
        """Return the least chance of a reading of so many characters for each unit."""
        sizes = self.letters.sizes
        least = np.where(sizes > 0, np.exp(_ANYTHING + _ANYTHING_APART * np.abs(sizes - size)), 0)
        return least.astype(np.float32)
