"""Words out of what a reader of whole lines thinks of each slice of a line, and the chance of any other word there."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from vnreport_ocr.sources.engine.likely import (
    FLOOR,
    MOST_WORDS,
    NOTHING,
    Likely,
    ReadSpot,
    Scores,
    SeenLetter,
    letters_of,
    likely,
)

_SURE: Final = 0.995
"""Words read surer than this are right so often that nothing else is thought of. range 0.97 to 0.999"""
_LEAST_WEIGHT: Final = 0.001
"""Words less likely than this, by the one that was read, are not told: repair takes no less for a chance."""
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
    limited = np.full_like(scores, 2 * FLOOR)
    some = scores[:, kept]
    most = some.max(axis=1, keepdims=True)
    limited[:, kept] = some - most - np.log(np.exp(some - most).sum(axis=1, keepdims=True))
    return limited


def seen_words(scores: Scores, alphabet: Alphabet, *, alternatives: bool) -> Iterator[SeenWord]:
    """Cut a line into its words, each with how sure it is and, if wanted, what else may stand there."""
    letters = letters_of(scores)
    spaces = [letter for letter in letters if letter.column == alphabet.blank]
    words = [word for word in _divided(letters, alphabet) if word]
    spots = list(_reaching(words, spaces, len(scores)))
    sure = [math.exp(sum(letter.peak for letter in word)) for word in words]
    # Of all words at once: one word alone is hardly worth the call.
    doubted = [spot for spot, chance in zip(spots, sure, strict=True) if chance < _SURE]
    told = iter(likely(scores, doubted, others=alternatives))
    for spot, chance in zip(spots, sure, strict=True):
        yield _seen(spot, alphabet, chance, next(told) if chance < _SURE else None)


def _reaching(words: Sequence[Sequence[SeenLetter]], spaces: Sequence[SeenLetter], slices: int) -> Iterator[ReadSpot]:
    """Yield the words with the slices between the spaces around them."""
    begin = 0
    for number, word in enumerate(words):
        end, following = slices, slices
        if number + 1 < len(words):
            start = words[number + 1][0].start
            between = [space for space in spaces if word[-1].stop <= space.start < start]
            middle = (word[-1].stop + start) // 2
            end, following = (between[0].start, between[-1].stop) if between else (middle, middle)
        yield ReadSpot(word, begin, end)
        begin = following


def _divided(letters: Sequence[SeenLetter], alphabet: Alphabet) -> Iterator[list[SeenLetter]]:
    """Part letters where a space was read, and where print always has one."""
    word: list[SeenLetter] = []
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


def _seen(spot: ReadSpot, alphabet: Alphabet, sure: float, told: Likely | None) -> SeenWord:
    """Return a word, by what it may be where it is not sure by the likeliest way to spread it alone."""
    word = spot.letters
    text = alphabet.text([letter.column for letter in word])
    others: tuple[tuple[str, float], ...] = ()
    if told is not None:
        first, *rest = told.chances
        sure = math.exp(first)
        weights = (math.exp(min(chance - first, 0.0)) for chance in rest)
        weighed = zip(weights, told.spellings[1:], strict=True)
        likely_ones = [(weight, alphabet.text(columns)) for weight, columns in weighed if weight >= _LEAST_WEIGHT]
        others = tuple((other, round(weight, 4)) for weight, other in sorted(likely_ones, key=_rank)[:MOST_WORDS])
    return SeenWord(text, word[0].start, word[-1].stop - 1, spot.begin, spot.end, min(1.0, sure), others)


def _rank(option: tuple[float, str]) -> tuple[float, str]:
    return -option[0], option[1]
