"""What each letter group turns into, and how likely.

A syllable is read as the readings of its onset, nucleus and coda. The chance of a reading is
its count beside the count of the group, smoothed by what the letters inside the group turn
into, which serves for readings that were never seen. Counts of a document's own sure decisions
can be added (``adapted``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.language.memory import Memory
from vnreport_ocr.vietnamese.letters import split_tone, strip_marks

Engine = Literal["other", "vie"]
GROUPS = ("onset", "nucleus", "coda")
LONGEST = (4, 4, 4)
"""How many characters a group may have been read as."""

_HEADER = "# vnocr confusions 1"
_SMOOTHING = 4.0
_LETTER_SMOOTHING = 8.0
_LEAST_SHARE = 0.02
_LEAST_LETTER_SHARE = 0.03
"""However often a group was seen, so much is left for readings that were not."""

_KIN = (0.15, 0.05)
"""What a letter borrows from those with the same shape, and from those with the same base."""

_STRANGE = np.log(np.array([2e-3, 4e-3, 2e-4, 1e-5]))
"""What a letter costs that was read as 0, 1, 2 or 3 characters never seen of it."""

_CAPITAL_SHARE = 0.05
_ANYTHING = -7.0
"""The least log-chance of one sign for a whole group: engines take two letters for a strange one (``tr`` for ``ữ``)."""

_UNLIKELY = -8.0
"""A piece that no group is read as with more chance than this makes its whole division hopeless."""

_MOST_ONSETS, _MOST_RHYMES = 16, 320

_KEPT = 4000
_COLUMNS_KEPT = 1000
_RHYMES_KEPT = 1500

FLOOR = -30.0

Readings = dict[str, dict[str, float]]
Scores = NDArray[np.float32]


class Evidence(NamedTuple):
    """A reading of a group, seen so often (in the dictionary, or in a document)."""

    group: int
    unit: str
    read: str
    times: float


class ConfusionTables(NamedTuple):
    """The counts of one engine, and how often it tears words and runs them together."""

    groups: tuple[Readings, Readings, Readings]
    letters: Readings
    words: Readings
    torn: float
    joined: float


def open_confusions(path: Path) -> dict[Engine, ConfusionTables]:
    """Read the dictionary file."""
    tables: dict[str, dict[str, Readings]] = defaultdict(lambda: defaultdict(dict))
    try:
        with path.open(encoding="utf-8") as lines:
            if not next(lines, "").startswith(_HEADER):
                raise DictionaryError("It is no table of confusions of this version.", file=str(path))
            for line in lines:
                engine, kind, unit, read, count = line.rstrip("\n").split("\t")
                tables[engine][kind].setdefault(unit, {})[read] = float(count)
        for engine in tables:
            for kind in (*GROUPS, "letter"):
                _teach_capitals(tables[engine][kind])
        engines: tuple[Engine, ...] = ("other", "vie")
        return {engine: _engine_tables(tables[engine]) for engine in engines}
    except KeyError as problem:
        raise DictionaryError("It is cut off.", file=str(path)) from problem
    except (OSError, ValueError) as problem:
        raise DictionaryError(f"It is damaged ({problem}).", file=str(path)) from problem


def _engine_tables(found: Mapping[str, Readings]) -> ConfusionTables:
    return ConfusionTables(
        (found["onset"], found["nucleus"], found["coda"]),
        found["letter"],
        found["word"],
        found["share"]["torn"][""],
        found["share"]["joined"][""],
    )


def _teach_capitals(readings: Readings) -> None:
    """Capitals are printed less often: let them learn a little from what becomes of small letters."""
    for unit, found in list(readings.items()):
        capital = unit.upper()
        if capital != unit and unit.islower():
            own = readings.setdefault(capital, {})
            for read, count in found.items():
                own[read.upper()] = own.get(read.upper(), 0.0) + _CAPITAL_SHARE * count


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
                self._by_reading[read].append((number[letter], count))
        longest = max(len(unit) for unit in units)
        self._spelled = np.full((longest, len(units)), self._size)
        for place, unit in enumerate(units):
            for position, letter in enumerate(unit):
                self._spelled[position, place] = number[letter]
        self._remembered: Memory[str, Scores] = Memory(_KEPT)
        self._columns: Memory[str, Scores] = Memory(_COLUMNS_KEPT)

    def _letters(self, read: str) -> Scores:
        """The score of a reading for each letter of the alphabet; the last place is 'no letter'."""
        known = self._remembered.get(read)
        if known is None:
            counts = np.zeros(self._size)
            for place, count in self._by_reading.get(read, ()):
                counts[place] = count
            strange = np.exp(_STRANGE[len(read)])
            prior = np.full(self._size, strange)
            for weight, kin in zip(_KIN, self._kin, strict=True):
                total = np.bincount(kin, self._totals) + 1
                prior += weight * (np.bincount(kin, counts) / total)[kin]
            left = np.maximum(_LEAST_LETTER_SHARE, _LETTER_SMOOTHING / (self._totals + _LETTER_SMOOTHING))
            chance = (1 - left) * counts / np.maximum(self._totals, 1e-9) + left * prior
            none = 0.0 if not read else FLOOR
            known = np.append(np.log(np.maximum(chance, strange * 0.05)), none).astype(np.float32)
            self._remembered.keep(read, known)
        return known

    def score(self, read: str) -> Scores:
        """The log-chance of a reading for each unit, over its best division among the letters."""
        last: Scores = self._column(read)[-1]
        return last

    def _column(self, read: str) -> Scores:
        """The same for the first letters of each unit: none of them, one, two and so on.

        The last letters of a beginning are read as the last one to three characters, or as none, so that the
        column of a reading follows from those of its own beginnings.
        """
        known = self._columns.get(read)
        if known is not None:
            return known
        column = np.full((len(self._spelled) + 1, self._spelled.shape[1]), FLOOR, dtype=np.float32)
        if not read:
            column[0] = 0
        for size in range(1, min(3, len(read)) + 1):
            value = self._column(read[:-size])[:-1] + self._letters(read[-size:])[self._spelled]
            np.maximum(column[1:], value, out=column[1:])
        lost = self._letters("")
        for place, spelled in enumerate(self._spelled):
            np.maximum(column[place + 1], column[place] + lost[spelled], out=column[place + 1])
        return self._columns.keep(read, column)


class GroupModel:
    """Scores of readings for all units of one group (all onsets, say)."""

    def __init__(self, readings: Readings, letters: Readings, units: list[str]) -> None:
        self.units = units
        self._number = {unit: place for place, unit in enumerate(units)}
        self._letter_model = LetterModel(letters, units)
        self._counts: dict[str, dict[int, float]] = defaultdict(dict)
        self._sizes = np.array([len(unit) for unit in units])
        self._totals = np.zeros(len(units), dtype=np.float32)
        for unit, found in readings.items():
            place = self._number.get(unit)
            if place is not None:
                for read, count in found.items():
                    self._counts[read][place] = count
                    self._totals[place] += count
        self._strangeness: Memory[str, Scores] = Memory(_KEPT)
        self._scores: Memory[str, Scores] = Memory(_KEPT)

    def adapted(self, evidence: Iterable[tuple[str, str, float]]) -> "GroupModel":
        """The same model with a document's counts added."""
        fresh = object.__new__(GroupModel)
        fresh.units, fresh._number, fresh._letter_model = self.units, self._number, self._letter_model
        fresh._strangeness, fresh._sizes = self._strangeness, self._sizes
        fresh._counts = defaultdict(dict, {read: dict(found) for read, found in self._counts.items()})
        fresh._totals = self._totals.copy()
        fresh._scores = Memory(_KEPT)
        for unit, read, count in evidence:
            place = self._number.get(unit)
            if place is not None:
                found = fresh._counts[read]
                found[place] = found.get(place, 0.0) + count
                fresh._totals[place] += count
        return fresh

    def number(self, unit: str) -> int | None:
        """The place of a unit in the scores."""
        return self._number.get(unit)

    def score(self, read: str) -> Scores:
        """The log-chance of a reading for each unit; remembered."""
        known = self._scores.get(read)
        if known is None:
            strange = self._strangeness.get(read)
            if strange is None:
                strange = np.exp(self._letter_model.score(read))
                if read:
                    apart = np.abs(self._sizes - len(read))
                    strange = np.maximum(strange, np.where(self._sizes > 0, np.exp(_ANYTHING - 1.5 * apart), 0))
                self._strangeness.keep(read, strange.astype(np.float32))
            left = np.maximum(_LEAST_SHARE, _SMOOTHING / (self._totals + _SMOOTHING))
            chance = left * strange
            for place, count in self._counts.get(read, {}).items():
                chance[place] += (1 - left[place]) * count / self._totals[place]
            known = self._scores.keep(read, np.log(chance).astype(np.float32))
        return known


class Inventory(NamedTuple):
    """The written forms of all syllables: each is a rhyme after an onset, in one of three cases."""

    onsets: list[str]
    nuclei: list[str]
    codas: list[str]
    rhyme_nucleus: NDArray[np.int32]
    rhyme_coda: NDArray[np.int32]
    form_of: NDArray[np.int32]
    """Number of the form by onset and rhyme; -1 where the two make no syllable."""
    onset: NDArray[np.int32]
    rhyme: NDArray[np.int32]
    word: NDArray[np.int32]
    case: NDArray[np.int8]
    texts: list[str]


def _most(scores: Scores, floor: float, limit: int) -> NDArray[np.int64]:
    """The places of the scores above a floor, the best of them where they are many."""
    places = np.flatnonzero(scores > floor)
    if places.size > limit:
        places = places[np.argpartition(-scores[places], limit)[:limit]]
    return places


class Confusions:
    """The channel of one engine over an inventory of syllables."""

    def __init__(self, tables: ConfusionTables, inventory: Inventory) -> None:
        self.inventory = inventory
        lists = (inventory.onsets, inventory.nuclei, inventory.codas)
        self.groups = tuple(GroupModel(tables.groups[n], tables.letters, lists[n]) for n in range(3))
        self.words = tables.words
        self._rhymes: Memory[str, Scores] = Memory(_RHYMES_KEPT)

    def adapted(self, evidence: Iterable[Evidence]) -> "Confusions":
        """The same channel, taught by a document's own sure decisions."""
        by_group: Mapping[int, list[tuple[str, str, float]]] = {0: [], 1: [], 2: []}
        for group, unit, read, count in evidence:
            by_group[group].append((unit, read, count))
        fresh = object.__new__(Confusions)
        fresh.inventory, fresh.words = self.inventory, self.words
        fresh.groups = tuple(model.adapted(by_group[n]) for n, model in enumerate(self.groups))
        fresh._rhymes = Memory(_RHYMES_KEPT)
        return fresh

    def rhyme_scores(self, read: str) -> Scores:
        """The log-chance of a reading for each rhyme, over its best division; remembered."""
        known = self._rhymes.get(read)
        if known is None:
            nucleus, coda = self.groups[1], self.groups[2]
            of_nucleus, of_coda = self.inventory.rhyme_nucleus, self.inventory.rhyme_coda
            known = np.full(of_nucleus.size, FLOOR, dtype=np.float32)
            for cut in range(max(0, len(read) - LONGEST[2]), min(len(read), LONGEST[1]) + 1):
                of_rest = coda.score(read[cut:])
                if cut < len(read) - 1 and of_rest.max() < _UNLIKELY:
                    continue
                value = nucleus.score(read[:cut])[of_nucleus] + of_rest[of_coda]
                np.maximum(known, value, out=known)
            self._rhymes.keep(read, known)
        return known

    def form_scores(self, read: str, width: float) -> tuple[NDArray[np.int32], Scores]:
        """The forms that a reading may stand for, with their log-chances, within ``width`` of the best."""
        onset_model = self.groups[0]
        options: list[tuple[float, Scores, Scores]] = []
        for cut in range(min(LONGEST[0], len(read)) + 1):
            if len(read) - cut > LONGEST[1] + LONGEST[2]:
                continue
            onsets = onset_model.score(read[:cut])
            if cut > 1 and onsets.max() < _UNLIKELY:
                continue
            rhymes = self.rhyme_scores(read[cut:])
            options.append((float(onsets.max() + rhymes.max()), onsets, rhymes))
        if not options:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        floor = max(best for best, _, _ in options) - width
        found_forms, found_scores = [], []
        for best, onsets, rhymes in options:
            if best < floor:
                continue
            some = _most(onsets, floor - float(rhymes.max()), _MOST_ONSETS)
            those = _most(rhymes, floor - float(onsets.max()), _MOST_RHYMES)
            forms = self.inventory.form_of[some[:, None], those]
            values = onsets[some][:, None] + rhymes[those]
            good = (forms >= 0) & (values > floor)
            found_forms.append(forms[good])
            found_scores.append(values[good])
        forms, scores = np.concatenate(found_forms), np.concatenate(found_scores)
        if not forms.size:
            return forms, scores
        ordering = np.lexsort((-scores, forms))
        forms, scores = forms[ordering], scores[ordering]
        first = np.concatenate([[True], forms[1:] != forms[:-1]])
        return forms[first], scores[first]

    def rescore(self, read: str, forms: NDArray[np.int32]) -> Scores:
        """The log-chance of a reading for chosen forms only."""
        onset, rhyme = self.inventory.onset[forms], self.inventory.rhyme[forms]
        nucleus, coda = self.inventory.rhyme_nucleus[rhyme], self.inventory.rhyme_coda[rhyme]
        best = np.full(forms.size, FLOOR, dtype=np.float32)
        size = len(read)
        for first in range(min(LONGEST[0], size) + 1):
            before = self.groups[0].score(read[:first])[onset]
            for second in range(max(first, size - LONGEST[2]), min(first + LONGEST[1], size) + 1):
                value = self.groups[1].score(read[first:second])[nucleus] + self.groups[2].score(read[second:])[coda]
                np.maximum(best, value + before, out=best)
        return best
