"""Which letters the glyph numbers of a font stand for, where a file tells nothing but the numbers.

Fonts of the time before Unicode have their glyphs in the order of their codes: a space is glyph 3, so the codes of
ASCII are 29 more than the numbers. Beyond ASCII a font lacks some codes, each of which shifts all that follow by one:
the shift never falls from one glyph to a later one. It is found by what makes most words legal, for each charset.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from vnreport_ocr.vietnamese.charset_tables import CHARSETS, Charset
from vnreport_ocr.vietnamese.syllables import is_legal

_FIRST: Final = 3
_ASCII_SHIFT: Final = 29
_BEYOND: Final = 98
"""The first glyph after those of ASCII."""
_STEPS: Final = (1, 2, 3, 4, 5, 6)
_ROUNDS: Final = 16
_MOST_WORDS: Final = 120
_FIRST_WORDS: Final = 40
_FEWEST_WORDS: Final = 6
_LEGAL: Final = 0.9
"""What share of the words with a toned letter must be legal: what is read is exact, or it is not read so."""
_LETTERS = re.compile(r"[\x24-\x3d\x44-\x5d\x62-\xff]+")
"""Glyphs of the letters of ASCII, and all beyond."""


Weigh = Callable[[str], float]


class GlyphCodes(NamedTuple):
    """By how much the code of each glyph beyond ASCII is more than its number, and the charset of these codes."""

    shifts: Mapping[int, int]
    charset: str
    legal: float

    def letter(self, glyph: int) -> str | None:
        """Return the code of a glyph as a letter of cp1252; None where its neighbours leave it open."""
        if glyph < _BEYOND:
            return ascii_letter(glyph)
        shift = self.shifts.get(glyph)
        if shift is None:
            below = max((g for g in self.shifts if g < glyph), default=None)
            above = min((g for g in self.shifts if g > glyph), default=None)
            sides = {self.shifts[g] for g in (below, above) if g is not None}
            shift = sides.pop() if len(sides) == 1 else None
        return _letter(glyph + shift) if shift is not None else None


def solve(words: Mapping[str, int], weigh: Weigh = lambda _: 0.0) -> GlyphCodes | None:
    """Return what glyph numbers stand for, given words of them with their counts; None where it is not certain.

    ``weigh`` says how common a word is, 0 to 1: of two legal readings (``chĩnh``, ``chính``) the common one counts.
    """
    telling = _telling(words)
    if len(telling) < _FEWEST_WORDS:
        return None
    fits = [_Fit(telling, charset, weigh) for charset in CHARSETS.values()]
    best = max(fits, key=lambda fit: fit.start[1])
    found = best.found()
    return found if found.legal >= _LEGAL else None


def _telling(words: Mapping[str, int]) -> list[str]:
    """Return the runs of letters that hold a glyph beyond ASCII, the most frequent first."""
    counts: dict[str, int] = {}
    for word, count in words.items():
        for run in _LETTERS.findall(word):
            if any(ord(c) >= _BEYOND for c in run):
                counts[run] = counts.get(run, 0) + count
    return sorted(counts, key=lambda run: (-counts[run], run))[:_MOST_WORDS]


class _Fit:
    """The search for the shifts of one charset."""

    def __init__(self, words: Sequence[str], charset: Charset, weigh: Weigh) -> None:
        self._known: dict[tuple[str, tuple[int, ...]], float] = {}
        self._glyphs = {word: sorted({ord(c) for c in word if ord(c) >= _BEYOND}) for word in words}
        self._weigh = weigh
        self._words = words
        self._charset = charset
        self._used = sorted({ord(c) for word in words for c in word if ord(c) >= _BEYOND})

    @cached_property
    def start(self) -> tuple[int, float]:
        """The one shift that makes most of the first words legal, and how many."""
        shifts = range(max(_ASCII_SHIFT, 0x80 - self._used[0]), 0x100 - self._used[-1])
        some = self._words[:_FIRST_WORDS]
        counts = [(self._legal(dict.fromkeys(self._used, shift), some), -shift) for shift in shifts]
        count, shift = max(counts, default=(0.0, -_ASCII_SHIFT))
        return -shift, count

    def found(self) -> GlyphCodes:
        """Return the best shifts: one for all, then steps up to or from some glyph on, as long as they pay."""
        shifts = dict.fromkeys(self._used, self.start[0])
        legal = self._legal(shifts, self._words)
        for _ in range(_ROUNDS):
            options = [option for glyph in self._used for option in self._steps(shifts, glyph)]
            gains = [self._legal(option, self._words) for option in options]
            best = max(range(len(options)), key=lambda i: (gains[i], -i), default=None)
            if best is None or gains[best] <= legal:
                break
            shifts, legal = options[best], gains[best]
        right = sum(is_legal_word(self._decoded(word, shifts)) for word in self._words)
        return GlyphCodes(shifts, self._charset.name, right / len(self._words))

    def _steps(self, shifts: dict[int, int], at: int) -> Iterator[dict[int, int]]:
        """Return the shifts with those from a glyph on raised, those before it lowered, or that of the glyph moved."""
        for step in _STEPS:
            moves = (
                {glyph: shift + step if glyph >= at else shift for glyph, shift in shifts.items()},
                {glyph: shift - step if glyph < at else shift for glyph, shift in shifts.items()},
            )
            yield from filter(self._in_order, moves)
        for value in (shifts[at] - 2, shifts[at] - 1, shifts[at] + 1, shifts[at] + 2):
            moved = _through(shifts, at, value)
            if self._in_order(moved):
                yield moved

    def _in_order(self, shifts: Mapping[int, int]) -> bool:
        """Whether no later glyph has an earlier code, and all codes are those of letters beyond ASCII."""
        values = [shifts[glyph] for glyph in self._used]
        low, high = values[0] + self._used[0], values[-1] + self._used[-1]
        return low >= 0x80 and high <= 0xFF and all(after >= before for before, after in pairwise(values))

    def _legal(self, shifts: Mapping[int, int], words: Sequence[str]) -> float:
        known, glyphs, total = self._known, self._glyphs, 0.0
        for word in words:
            key = (word, tuple([shifts[glyph] for glyph in glyphs[word]]))
            weight = known.get(key)
            if weight is None:
                text = self._decoded(word, shifts)
                weight = known[key] = 1 + self._weigh(text) if is_legal_word(text) else 0.0
            total += weight
        return total

    def _decoded(self, word: str, shifts: Mapping[int, int]) -> str:
        codes = "".join(_letter(ord(c) + shifts.get(ord(c), _ASCII_SHIFT)) for c in word)
        return decoded(codes, self._charset)


def _through(shifts: Mapping[int, int], at: int, value: int) -> dict[int, int]:
    """Return the shifts with that of one glyph set, and as many of its neighbours as must follow to stay in order."""
    return {g: min(shift, value) if g < at else max(shift, value) if g > at else value for g, shift in shifts.items()}


def ascii_letter(glyph: int) -> str | None:
    """Return the letter of a glyph number among those of ASCII."""
    return chr(glyph + _ASCII_SHIFT) if _FIRST <= glyph < _BEYOND else None


def decoded(codes: str, charset: Charset) -> str:
    """Return what codes of a charset say, the longest code first."""
    found, place = "", 0
    while place < len(codes):
        for length in range(charset.longest, 0, -1):
            letter = charset.codes.get(codes[place : place + length])
            if letter is not None:
                found += letter
                place += length
                break
        else:
            found += codes[place]
            place += 1
    return found


def is_legal_word(text: str) -> bool:
    """Whether a word is a legal syllable with a Vietnamese letter."""
    return not text.isascii() and text.isalpha() and is_legal(text)


_WESTERN_LETTERS: Final = bytes(range(0x100)).decode("cp1252", errors="replace")


def _letter(code: int) -> str:
    return _WESTERN_LETTERS[code] if 0 <= code <= 0xFF else "\N{REPLACEMENT CHARACTER}"
