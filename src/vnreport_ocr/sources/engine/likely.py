"""The letters that a reader of whole lines saw, what else each word may be, and the chance of any spelling.

Such a reader (CTC) gives each slice a chance for every letter and for none; what is read is the likeliest letter of
each slice, repeated ones taken once. The chance of a spelling is the sum over all ways to spread it over the slices.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.native.likely import Bounds, native_likely

Scores = NDArray[np.float32]
"""The log-chance of no letter and of each letter, by slice."""

NOTHING: Final = 0
"""The column of a slice without a letter."""
FLOOR: Final = -14.0
"""No log-chance is reckoned less than this."""
MOST_WORDS: Final = 12
"""Words told beside the one that was read. range 6 to 24"""
_LEAST: Final = 0.003
"""Letters that a slice gives less than this, by its best letter, are not thought of. range 0.0005 to 0.05"""
_MOST_LETTERS: Final = 4
"""Letters thought of in one place: marks are what is misread, and few of them look alike. range 2 to 8"""
_BOUNDS: Final = Bounds(FLOOR, math.log(_LEAST), _MOST_LETTERS, 2 * MOST_WORDS)


class SeenLetter(NamedTuple):
    """A letter that was read, the slices where it was the likeliest, and its highest log-chance there."""

    column: int
    start: int
    stop: int
    peak: float


class ReadSpot(NamedTuple):
    """A word as it was read, and the slices from and to which it may reach."""

    letters: Sequence[SeenLetter]
    begin: int
    end: int


class Likely(NamedTuple):
    """How a word may be spelled, as it was read before all others, and the log-chance of each spelling."""

    spellings: Sequence[Sequence[int]]
    chances: Sequence[float]


def letters_of(scores: Scores) -> list[SeenLetter]:
    """Return the letters that were read, spaces among them, with their slices, by the compiled part where it is."""
    native = native_likely()
    if native is None:
        return letters_by_arrays(scores)
    return [SeenLetter(*letter, peak) for letter, peak in zip(*native.letters(scores), strict=True)]


def likely(scores: Scores, spots: Sequence[ReadSpot], *, others: bool) -> list[Likely]:
    """Tell how each word may be spelled, or only how sure it is; by the compiled part where it is."""
    if not spots:
        return []
    bounds = _BOUNDS if others else _BOUNDS._replace(most_words=0)
    native = native_likely()
    if native is None:
        return list(likely_by_arrays(scores, spots, bounds))
    words = [([letter[:3] for letter in spot.letters], spot.begin, spot.end) for spot in spots]
    return [Likely(*told) for told in native.words(scores, words, bounds)]


def letters_by_arrays(scores: Scores) -> list[SeenLetter]:
    """Reckon the letters that were read."""
    best = scores.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    if not starts.size:
        return []
    peaks = np.maximum.reduceat(scores[np.arange(len(best)), best], starts)
    runs = zip(best[starts].tolist(), starts.tolist(), [*starts[1:].tolist(), len(best)], peaks.tolist(), strict=True)
    return [SeenLetter(*run) for run in runs if run[0] != NOTHING]


def likely_by_arrays(scores: Scores, spots: Sequence[ReadSpot], bounds: Bounds) -> Iterator[Likely]:
    """Reckon how each word may be spelled."""
    for letters, begin, end in spots:
        read = [letter.column for letter in letters]
        spellings = [read, *_spellings(scores, letters, read, bounds)]
        yield Likely(spellings, log_chances(scores[begin:end], spellings).tolist())


def _spellings(scores: Scores, letters: Sequence[SeenLetter], read: list[int], bounds: Bounds) -> list[list[int]]:
    """Return other spellings of a word, likeliest first, by what each of its letters might be, or that it is none."""
    if not bounds.most_words:
        return []
    found: list[tuple[float, list[int]]] = [(0.0, [])]
    for letter in letters:
        options = _options(scores, letter, bounds)
        if len(options) <= 1:
            found = [(cost, [*columns, letter.column]) for cost, columns in found]
            continue
        longer = [
            (cost + more, columns if column == NOTHING else [*columns, column])
            for cost, columns in found
            for more, column in options
        ]
        longer.sort(key=lambda option: -option[0])
        found = longer[: bounds.most_words]
    return [columns for _, columns in found if columns and columns != read]


def _options(scores: Scores, letter: SeenLetter, bounds: Bounds) -> list[tuple[float, int]]:
    """Return what a letter might be, itself too, each with its log-chance by that of the letter."""
    rows = scores[letter.start : letter.stop]
    peaks = rows.max(axis=0)
    peaks[NOTHING] = rows[:, NOTHING].min()
    likeliest = np.argsort(-peaks, kind="stable")[: bounds.most_letters]
    least = max(bounds.floor, letter.peak + bounds.least)
    options = zip(peaks[likeliest].tolist(), likeliest.tolist(), strict=True)
    return [(chance - letter.peak, column) for chance, column in options if chance >= least]


def chances_of(scores: Scores, spellings: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Return the log-chance of each spelling over all slices, by the compiled part where it is."""
    native = native_likely()
    return log_chances(scores, spellings) if native is None else native.chances(scores, spellings, FLOOR)


def log_chances(scores: Scores, spellings: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Return the log-chance of each spelling over all slices: the sum over every way to spread it."""
    longest = max(map(len, spellings))
    count, slices = len(spellings), len(scores)
    states = np.zeros((count, 2 * longest + 1), dtype=np.int64)
    for number, spelling in enumerate(spellings):
        states[number, 1 : 2 * len(spelling) : 2] = spelling
    chances = np.exp(np.maximum(scores.astype(np.float64), FLOOR))[:, states]
    may_skip = np.zeros(states.shape)
    may_skip[:, 2:] = (states[:, 2:] != NOTHING) & (states[:, 2:] != states[:, :-2])
    held = np.zeros(states.shape)
    held[:, :2] = chances[0, :, :2]
    told = np.zeros(count)
    for number in range(1, slices):
        reached = held.copy()
        reached[:, 1:] += held[:, :-1]
        reached[:, 2:] += may_skip[:, 2:] * held[:, :-2]
        reached *= chances[number]
        most = reached.max(axis=1, keepdims=True)
        most[most == 0] = 1.0
        held = reached / most
        told += np.log(most[:, 0])
    ends = np.array([2 * len(spelling) for spelling in spellings])
    rows = np.arange(count)
    whole = held[rows, ends] + held[rows, np.maximum(ends - 1, 0)] * (ends > 0)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(whole) + told)
