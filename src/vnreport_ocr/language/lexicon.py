"""The words that are known: syllables with their weights and cases, and all their written forms."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.language.confusions import Inventory
from vnreport_ocr.language.memory import Memory
from vnreport_ocr.vietnamese.letters import place_tone, split_tone
from vnreport_ocr.vietnamese.syllables import units

SMALL, TITLE, CAPITALS = range(3)
_HEADER = "# vnocr words 1"
_KEPT = 50_000


class Entry(NamedTuple):
    """A word with its weighed count, and how often it stood small, with a capital, in capitals."""

    text: str
    weight: float
    cases: tuple[float, float, float]


def in_case(text: str, case: int) -> str:
    """Return a small word in one of the three cases."""
    if case == CAPITALS:
        return text.upper()
    return text[:1].upper() + text[1:] if case == TITLE else text


class Lexicon:
    """All words of the vocabulary, numbered as in the n-gram model."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = entries
        self.numbers = {entry.text: number for number, entry in enumerate(entries)}
        counts = np.array([entry.cases for entry in entries], dtype=np.float64)
        share = (counts + np.array([2.0, 0.3, 0.1])) / (counts.sum(axis=1, keepdims=True) + 2.4)
        self.case_cost: NDArray[np.float32] = np.log(share).astype(np.float32)
        self.counts = np.array([entry.weight for entry in entries])
        self.total = float(self.counts.sum())
        self._remembered: Memory[str, int | None] = Memory(_KEPT)

    def number(self, word: str) -> int | None:
        """Look up the number of a word in any case and either tone style, or None."""
        known = self._remembered.get(word, -1)
        if known == -1:
            small = word.lower()
            found = self.numbers.get(small)
            known = found if found is not None or _tones(small) > 1 else self.numbers.get(place_tone(small, "old"))
            self._remembered.keep(word, known)
        return known

    @cached_property
    def inventory(self) -> Inventory:
        """Every form of every syllable, arranged by onset and rhyme."""
        onsets: dict[str, int] = {}
        nuclei: dict[str, int] = {}
        codas: dict[str, int] = {}
        rhymes: dict[tuple[int, int], int] = {}
        rows: list[tuple[int, int, int, int]] = []
        for number, case, (onset, nucleus, coda) in _forms(self.entries):
            rhyme = (nuclei.setdefault(nucleus, len(nuclei)), codas.setdefault(coda, len(codas)))
            place = rhymes.setdefault(rhyme, len(rhymes))
            rows.append((onsets.setdefault(onset, len(onsets)), place, number, case))
        of_onset, of_rhyme, of_word = (np.array([row[n] for row in rows], dtype=np.int32) for n in range(3))
        pairs = np.array(list(rhymes), dtype=np.int32)
        order = np.argsort(pairs[:, 1], kind="stable")
        pairs, of_rhyme = pairs[order], np.argsort(order).astype(np.int32)[of_rhyme]
        form_of = np.full((len(onsets), len(rhymes)), -1, dtype=np.int32)
        form_of[of_onset, of_rhyme] = np.arange(len(rows))
        texts = [in_case(self.entries[number].text, case) for _, _, number, case in rows]
        form_by_word = [[-1] * len(self.entries) for _ in (SMALL, TITLE, CAPITALS)]
        for form, (_, _, number, case) in enumerate(rows):
            form_by_word[case][number] = form
        return Inventory(
            list(onsets),
            list(nuclei),
            list(codas),
            pairs[:, 0],
            pairs[:, 1],
            form_of,
            of_onset,
            of_rhyme,
            of_word,
            np.array([row[3] for row in rows], dtype=np.int8),
            texts,
            {text: form for form, text in enumerate(texts)},
            form_by_word,
        )


def _forms(entries: Iterable[Entry]) -> Iterator[tuple[int, int, tuple[str, str, str]]]:
    """Yield the forms of every syllable: its number, its case, and its three units in that case."""
    for number, entry in enumerate(entries):
        parts = units(entry.text)
        if parts is not None:
            cases = (SMALL, TITLE) if len(entry.text) == 1 else (SMALL, TITLE, CAPITALS)
            yield from ((number, case, _cased(parts, case)) for case in cases)


def _tones(word: str) -> int:
    return 0 if word.isascii() else sum(split_tone(letter)[1] > 0 for letter in word)


def _cased(parts: tuple[str, str, str], case: int) -> tuple[str, str, str]:
    onset, nucleus, coda = parts
    if case == SMALL:
        return parts
    if case == CAPITALS:
        return onset.upper(), nucleus.upper(), coda.upper()
    if onset:
        return onset[0].upper() + onset[1:], nucleus, coda
    return onset, nucleus[0].upper() + nucleus[1:], coda


def open_lexicon(path: Path) -> Lexicon:
    """Read the dictionary file."""
    try:
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        if not lines or not lines[0].startswith(_HEADER):
            raise DictionaryError("It is not a word list of this version.", file=str(path))
        if not text.endswith("\n"):
            raise DictionaryError("It is truncated.", file=str(path))
        entries = []
        for line in lines[1:]:
            word, count, small, title, capitals = line.split("\t")
            entries.append(Entry(word, float(count), (float(small), float(title), float(capitals))))
    except (OSError, ValueError) as problem:
        raise DictionaryError(f"It is damaged ({problem}).", file=str(path)) from problem
    return Lexicon(entries)
