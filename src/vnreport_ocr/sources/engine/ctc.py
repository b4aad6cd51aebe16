"""Words out of what a reader of whole lines thinks of each slice of a line, and the chance of any other word there.

Such a reader (CTC) gives each slice a chance for every letter and for none; what is read is the likeliest letter of
each slice, repeated ones taken once. The chance of a word is the sum over all the ways to spread it over the slices,
so it can be told for any word, not only for the one that was read.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.native.spread import native_spread

Scores = NDArray[np.float32]
"""The log-chance of no letter and of each letter, by slice."""

NOTHING: Final = 0
"""The column of a slice without a letter."""
_SURE: Final = 0.995
"""Words read surer than this are right so often that nothing else is thought of. range 0.97 to 0.999"""
_LEAST: Final = 0.003
"""Letters that a slice gives less than this, by its best letter, are not thought of. range 0.0005 to 0.05"""
_MOST_LETTERS: Final = 4
"""Letters thought of in one place: marks are what is misread, and few of them look alike. range 2 to 8"""
_MOST_WORDS: Final = 12
"""Words told beside the one that was read. range 6 to 24"""
_LEAST_WEIGHT: Final = 0.001
"""Words less likely than this, by the one that was read, are not told: repair takes no less for a chance."""
_FLOOR: Final = -14.0
_PAUSES: Final = frozenset(",;:)")


class SeenWord(NamedTuple):
    """A word of a line: the slices of its first and last letter, and those it may reach over."""

    text: str
    first: int
    last: int
    begin: int
    end: int
    confidence: float
    alternatives: tuple[tuple[str, float], ...]


class _Letter(NamedTuple):
    """A letter that was read, the slices where it was the likeliest, and its highest log-chance there."""

    column: int
    start: int
    stop: int
    peak: float


@dataclass(frozen=True)
class Alphabet:
    """The letters that a reader knows, in the order of its columns; the first column stands for none of them."""

    letters: tuple[str, ...]

    @cached_property
    def columns(self) -> dict[str, int]:
        """Return the column of each letter."""
        return {letter: number for number, letter in enumerate(self.letters, 1)}

    @cached_property
    def blank(self) -> int:
        """Return the column of the space between words."""
        return self.columns[" "]

    def text(self, columns: Sequence[int]) -> str:
        """Spell out columns."""
        return "".join(self.letters[column - 1] for column in columns)

    def spelling(self, text: str) -> list[int] | None:
        """Return the columns of a text, or None where the reader lacks one of its letters."""
        found = [self.columns.get(letter) for letter in text]
        known = [column for column in found if column is not None]
        return known if len(known) == len(found) else None


def only(scores: Scores, alphabet: Alphabet, letters: str) -> Scores:
    """Return the scores as of a reader that knows only these letters and the space."""
    kept = [NOTHING, alphabet.blank, *(alphabet.columns[c] for c in letters if c in alphabet.columns)]
    limited = np.full_like(scores, 2 * _FLOOR)
    some = scores[:, kept]
    most = some.max(axis=1, keepdims=True)
    limited[:, kept] = some - most - np.log(np.exp(some - most).sum(axis=1, keepdims=True))
    return limited


def seen_words(scores: Scores, alphabet: Alphabet, *, alternatives: bool) -> Iterator[SeenWord]:
    """Cut a line into its words, each with how sure it is and, if wanted, what else may stand there."""
    letters = _letters(scores)
    words = [word for word in _divided(letters, alphabet) if word]
    spaces = [letter for letter in letters if letter.column == alphabet.blank]
    # Of all words at once: for one word alone the arrays are too small to be worth their making.
    thought_of = chain.from_iterable(word for word in words if alternatives and _best(word) < _SURE)
    options = _options(scores, list(thought_of))
    begin = 0
    for number, word in enumerate(words):
        end, following = len(scores), len(scores)
        if number + 1 < len(words):
            start = words[number + 1][0].start
            between = [space for space in spaces if word[-1].stop <= space.start < start]
            middle = (word[-1].stop + start) // 2
            end, following = (between[0].start, between[-1].stop) if between else (middle, middle)
        yield _seen(scores, alphabet, word, (begin, end), options if alternatives else None)
        begin = following


def _divided(letters: Sequence[_Letter], alphabet: Alphabet) -> Iterator[list[_Letter]]:
    """Part letters where a space was read, and where print always has one."""
    word: list[_Letter] = []
    for letter in letters:
        sign = alphabet.letters[letter.column - 1]
        if sign == " ":
            yield word
            word = []
            continue
        if word and _wants_space(alphabet.text([one.column for one in word]), sign):
            yield word
            word = []
        word.append(letter)
    yield word


def _wants_space(before: str, sign: str) -> bool:
    """Tell whether print has a space between what was read and the next sign.

    It has one behind a pause, but within ``10:30`` and ``12,5``, and before a bracket.
    """
    if sign == "(":
        return before[-1].isalpha() or before[-1] in _PAUSES
    if sign.isdigit():
        return before[-1] in _PAUSES and before[-2:-1].isalpha()
    return sign.isalpha() and (before[-1] in _PAUSES or before.endswith("..."))


def _seen(
    scores: Scores,
    alphabet: Alphabet,
    word: Sequence[_Letter],
    reach: tuple[int, int],
    options: Iterator[list[tuple[float, int]]] | None,
) -> SeenWord:
    begin, end = reach
    read = [letter.column for letter in word]
    text = alphabet.text(read)
    others: tuple[tuple[str, float], ...] = ()
    sure = _best(word)
    if sure < _SURE:
        spellings = [read, *(() if options is None else _spellings(read, options))]
        first, *rest = chances_of(scores[begin:end], spellings).tolist()
        sure = math.exp(first)
        weights = (math.exp(min(chance - first, 0.0)) for chance in rest)
        ranked = sorted(zip(weights, map(alphabet.text, spellings[1:]), strict=True), key=_rank)
        others = tuple((other, round(w, 4)) for w, other in ranked[:_MOST_WORDS] if w >= _LEAST_WEIGHT)
    return SeenWord(text, word[0].start, word[-1].stop - 1, begin, end, min(1.0, sure), others)


def _best(word: Sequence[_Letter]) -> float:
    """Return the chance of the likeliest way to spread a word."""
    return math.exp(sum(letter.peak for letter in word))


def _rank(option: tuple[float, str]) -> tuple[float, str]:
    return -option[0], option[1]


def _letters(scores: Scores) -> list[_Letter]:
    """Return the letters that were read, spaces among them, with their slices."""
    best = scores.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    if not starts.size:
        return []
    peaks = np.maximum.reduceat(scores[np.arange(len(best)), best], starts)
    runs = zip(best[starts].tolist(), starts.tolist(), [*starts[1:].tolist(), len(best)], peaks.tolist(), strict=True)
    return [_Letter(*run) for run in runs if run[0] != NOTHING]


def _spellings(read: list[int], options: Iterator[list[tuple[float, int]]]) -> list[list[int]]:
    """Return other spellings of a word, likeliest first, by what each of its letters might be, or that it is none."""
    found: list[tuple[float, list[int]]] = [(0.0, [])]
    for letter, likely in zip(read, options, strict=False):
        if len(likely) <= 1:
            found = [(cost, [*columns, letter]) for cost, columns in found]
            continue
        longer = [
            (cost + more, columns if column == NOTHING else [*columns, column])
            for cost, columns in found
            for more, column in likely
        ]
        longer.sort(key=lambda option: -option[0])
        found = longer[: 2 * _MOST_WORDS]
    return [columns for _, columns in found if columns and columns != read][: 2 * _MOST_WORDS]


def _options(scores: Scores, letters: Sequence[_Letter]) -> Iterator[list[tuple[float, int]]]:
    """Yield what each letter might be, itself too, each with its log-chance by that of the letter."""
    if not letters:
        return
    slices = np.concatenate([np.arange(letter.start, letter.stop) for letter in letters])
    begins = np.cumsum([0, *(letter.stop - letter.start for letter in letters[:-1])])
    rows = scores[slices]
    peaks = np.maximum.reduceat(rows, begins, axis=0)
    peaks[:, NOTHING] = np.minimum.reduceat(rows[:, NOTHING], begins)
    near = np.argpartition(-peaks, _MOST_LETTERS, axis=1)[:, :_MOST_LETTERS]
    held = np.take_along_axis(peaks, near, axis=1)
    least = math.log(_LEAST)
    for letter, columns, chances in zip(letters, near.tolist(), held.tolist(), strict=True):
        floor = max(_FLOOR, letter.peak + least)
        options = zip(chances, columns, strict=True)
        yield [(chance - letter.peak, column) for chance, column in options if chance >= floor]


def chances_of(scores: Scores, spellings: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Return the log-chance of each spelling over all slices, by the compiled part where it is there."""
    spread = native_spread()
    return log_chances(scores, spellings) if spread is None else spread(scores, spellings, _FLOOR)


def log_chances(scores: Scores, spellings: Sequence[Sequence[int]]) -> NDArray[np.float64]:
    """Return the log-chance of each spelling over all slices: the sum over every way to spread it."""
    longest = max(map(len, spellings))
    count, slices = len(spellings), len(scores)
    states = np.zeros((count, 2 * longest + 1), dtype=np.int64)
    for number, spelling in enumerate(spellings):
        states[number, 1 : 2 * len(spelling) : 2] = spelling
    chances = np.exp(np.maximum(scores.astype(np.float64), _FLOOR))[:, states]
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
