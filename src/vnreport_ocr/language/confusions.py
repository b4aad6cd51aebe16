"""What each letter group turns into, and how likely.

A syllable is read as the readings of its onset, nucleus and coda. The chance of a reading is
its count beside the count of the group, smoothed by what the letters inside the group turn
into, which serves for readings that were never seen. Counts of a document's own sure decisions
can be added (``adapted``).
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.language.letter_model import FLOOR, LONGEST_READING, GroupModel, Readings, Scores
from vnreport_ocr.language.memory import Memory
from vnreport_ocr.native.channel import InventoryArrays, Pool, Search, native_channel

Engine = Literal["other", "vie", "trueocr"]
"""What has read: Tesseract for another language, Tesseract for Vietnamese, the engine trueocr."""
GROUPS = ("onset", "nucleus", "coda")
_HEADER = "# vnocr confusions 1"
_CAPITAL_SHARE = 0.05

_RHYMES_KEPT = 1500


class ReadingCount(NamedTuple):
    """A reading of a group, seen so often in a document."""

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


def open_confusions(path: Path, engines: Sequence[Engine] = ("other", "vie")) -> dict[Engine, ConfusionTables]:
    """Read the dictionary file, which holds the counts of these engines."""
    tables: dict[str, dict[str, Readings]] = defaultdict(lambda: defaultdict(dict))
    try:
        with path.open(encoding="utf-8") as lines:
            if not next(lines, "").startswith(_HEADER):
                raise DictionaryError("It is not a confusion table of this version.", file=str(path))
            for line in lines:
                engine, kind, unit, read, count = line.rstrip("\n").split("\t")
                tables[engine][kind].setdefault(unit, {})[read] = float(count)
        for found in tables.values():
            for kind in (*GROUPS, "letter"):
                _lend_capitals(found[kind])
        return {engine: _engine_tables(tables[engine]) for engine in engines}
    except KeyError as problem:
        raise DictionaryError("It is truncated.", file=str(path)) from problem
    except (OSError, ValueError) as problem:
        raise DictionaryError(f"It is damaged ({problem}).", file=str(path)) from problem


def check_confusions(path: Path) -> None:
    """Raise where the dictionary file is another one or cut off; all of it is read when damaged text is first met."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_HEADER))
            file.seek(max(0, file.seek(0, os.SEEK_END) - 1))
            last = file.read(1)
    except OSError as problem:
        raise DictionaryError(f"It is damaged ({problem}).", file=str(path)) from problem
    if head != _HEADER.encode():
        raise DictionaryError("It is not a confusion table of this version.", file=str(path))
    if last != b"\n":
        raise DictionaryError("It is truncated.", file=str(path))


def _engine_tables(found: Mapping[str, Readings]) -> ConfusionTables:
    return ConfusionTables(
        (found["onset"], found["nucleus"], found["coda"]),
        found["letter"],
        found["word"],
        found["share"]["torn"][""],
        found["share"]["joined"][""],
    )


def _lend_capitals(readings: Readings) -> None:
    """Capitals are printed less often: let them learn a little from what becomes of small letters."""
    for unit, found in list(readings.items()):
        capital = unit.upper()
        if capital != unit and unit.islower():
            own = readings.setdefault(capital, {})
            for read, count in found.items():
                own[read.upper()] = own.get(read.upper(), 0.0) + _CAPITAL_SHARE * count


class Inventory(NamedTuple):
    """The written forms of all syllables: each is a rhyme after an onset, in one of three cases.

    Rhymes with the same coda stand together, in the order of the codas.
    """

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
    number_of: dict[str, int]
    """The number of each form by its text."""
    form_by_word: list[list[int]]
    """By case and word: the number of the form, or -1."""


def _most(scores: Scores, floor: float, limit: int) -> NDArray[np.int64]:
    """List the places of the scores above a floor, the best of them where they are many."""
    places = np.flatnonzero(scores > floor)
    if places.size > limit:
        places = places[np.argsort(-scores[places], kind="stable")[:limit]]
    return places


def _one_each(forms: NDArray[np.int32], scores: Scores) -> tuple[NDArray[np.int32], Scores]:
    """Sort the forms, each once with the best of its scores."""
    order = np.lexsort((-scores, forms))
    forms, scores = forms[order], scores[order]
    first = np.append(True, forms[1:] != forms[:-1])[: forms.size]
    return forms[first], scores[first]


class Confusions:
    """The channel of one engine over an inventory of syllables."""

    def __init__(self, tables: ConfusionTables, inventory: Inventory) -> None:
        self.inventory = inventory
        lists = (inventory.onsets, inventory.nuclei, inventory.codas)
        self.groups = tuple(GroupModel(tables.groups[n], tables.letters, lists[n]) for n in range(3))
        self.words = tables.words
        self.letters = tables.letters
        self._prepare()

    def _prepare(self) -> None:
        self._rhymes: Memory[tuple[str, float], Scores] = Memory(_RHYMES_KEPT)
        stock = self.inventory
        self.native = native_channel(
            [model.letters.native for model in self.groups],
            [model.count_arrays() for model in self.groups],
            InventoryArrays(stock.rhyme_nucleus, stock.rhyme_coda, stock.form_of, stock.onset, stock.rhyme),
        )

    def adapted(self, evidence: Iterable[ReadingCount]) -> "Confusions":
        """Return the same channel, adapted to a document by its own sure decisions."""
        by_group: Mapping[int, list[tuple[str, str, float]]] = {0: [], 1: [], 2: []}
        for group, unit, read, count in evidence:
            by_group[group].append((unit, read, count))
        fresh = object.__new__(Confusions)
        fresh.inventory, fresh.words, fresh.letters = self.inventory, self.words, self.letters
        fresh.groups = tuple(model.adapted(by_group[n]) for n, model in enumerate(self.groups))
        fresh._prepare()
        return fresh

    def rhyme_scores(self, read: str, unlikely: float) -> Scores:
        """Compute the log-chance of a reading for each rhyme, over its best division; remembered."""
        known = self._rhymes.get((read, unlikely))
        if known is None:
            nucleus, coda = self.groups[1], self.groups[2]
            of_nucleus, of_coda = self.inventory.rhyme_nucleus, self.inventory.rhyme_coda
            known = np.full(of_nucleus.size, FLOOR, dtype=np.float32)
            for cut in range(max(0, len(read) - LONGEST_READING), min(len(read), LONGEST_READING) + 1):
                of_rest = coda.score(read[cut:])
                if cut < len(read) - 1 and of_rest.max() < unlikely:
                    continue
                value = nucleus.score(read[:cut])[of_nucleus] + of_rest[of_coda]
                np.maximum(known, value, out=known)
            self._rhymes.keep((read, unlikely), known)
        return known

    def pool(self, read: str, search: Search, sure: Sequence[int]) -> Pool:
        """Compute the forms that a reading may stand for, with their log-chances; those of ``sure`` among them."""
        if self.native is not None:
            return self.native.forms(read, search, sure)
        forms, scores = self._all_forms(read, search)
        if forms.size > search.most:
            some = np.sort(np.argpartition(-(scores + search.weights[forms]), search.most)[: search.most])
            forms, scores = forms[some], scores[some]
        there = np.array(sure, dtype=np.int32)
        certain = np.full(len(sure), search.sure_score, np.float32)
        return Pool.pair(*_one_each(np.append(forms, there), np.append(scores, certain)))

    def _all_forms(self, read: str, search: Search) -> tuple[NDArray[np.int32], Scores]:
        onset_model = self.groups[0]
        options: list[tuple[float, Scores, Scores]] = []
        for cut in range(min(LONGEST_READING, len(read)) + 1):
            if len(read) - cut > 2 * LONGEST_READING:
                continue
            onsets = onset_model.score(read[:cut])
            if cut > 1 and onsets.max() < search.unlikely:
                continue
            rhymes = self.rhyme_scores(read[cut:], search.unlikely)
            options.append((float(onsets.max() + rhymes.max()), onsets, rhymes))
        if not options:
            return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
        floor = max(best for best, _, _ in options) - search.width
        found_forms, found_scores = [], []
        for best, onsets, rhymes in options:
            if best < floor:
                continue
            some = _most(onsets, floor - float(rhymes.max()), search.most_onsets)
            those = _most(rhymes, floor - float(onsets.max()), search.most_rhymes)
            forms = self.inventory.form_of[some[:, None], those]
            values = onsets[some][:, None] + rhymes[those]
            good = (forms >= 0) & (values > floor)
            found_forms.append(forms[good])
            found_scores.append(values[good])
        forms, scores = np.concatenate(found_forms), np.concatenate(found_scores)
        return _one_each(forms, scores)

    def rescore(self, read: str, forms: NDArray[np.int32]) -> Scores:
        """Compute the log-chance of a reading for chosen forms only."""
        if self.native is not None:
            return self.native.rescore(read, forms)
        onset, rhyme = self.inventory.onset[forms], self.inventory.rhyme[forms]
        nucleus, coda = self.inventory.rhyme_nucleus[rhyme], self.inventory.rhyme_coda[rhyme]
        best = np.full(forms.size, FLOOR, dtype=np.float32)
        size = len(read)
        for first in range(min(LONGEST_READING, size) + 1):
            before = self.groups[0].score(read[:first])[onset]
            for second in range(max(first, size - LONGEST_READING), min(first + LONGEST_READING, size) + 1):
                value = self.groups[1].score(read[first:second])[nucleus] + self.groups[2].score(read[second:])[coda]
                np.maximum(best, value + before, out=best)
        return best

    def divide(self, read: str, parts: tuple[str, str, str]) -> tuple[int, int] | None:
        """Find the two cuts of the likeliest division of a reading over a syllable's parts, if they are known."""
        units = [model.number(part) for model, part in zip(self.groups, parts, strict=True)]
        known = [unit for unit in units if unit is not None]
        if len(known) < len(units):
            return None
        if self.native is not None:
            return self.native.divide(read, known)
        best, cuts, size = -np.inf, (0, 0), len(read)
        for first in range(min(LONGEST_READING, size) + 1):
            onset = float(self.groups[0].score(read[:first])[known[0]])
            for second in range(max(first, size - LONGEST_READING), min(first + LONGEST_READING, size) + 1):
                total = onset + float(self.groups[1].score(read[first:second])[known[1]])
                total += float(self.groups[2].score(read[second:])[known[2]])
                if total > best:
                    best, cuts = total, (first, second)
        return cuts
