"""Text that has lost its marks in part: all of one kind (``Nghi quyêt``), or every mark of some of its words.

What a word may have been is then every word that has its marks and more. How likely each kind of mark was lost is told
by how often it is still there, against how often right text has it.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.memory import Memory
from vnreport_ocr.language.ngrams import UNKNOWN
from vnreport_ocr.repair.candidates import KEPT, Candidates, case_of, itself
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import TONES, bones, nfd, tone_key
from vnreport_ocr.vietnamese.syllables import is_legal

_HAT, _BREVE, _HORN = "\N{COMBINING CIRCUMFLEX ACCENT}", "\N{COMBINING BREVE}", "\N{COMBINING HORN}"
_USUAL: Final = (0.746, 0.321, 0.030, 0.149, 0.098)
"""The share of the words of right text (of two letters and more) with a tone, a hat, a breve, a horn, a stroke."""

_KINDS: Final = len(_USUAL)
_COMMON: Final = 2
"""The first so many kinds are common enough to tell how many words have lost all marks."""

_UNSURE: Final = TUNING.loss.unsure

_LEAST, _MOST = TUNING.loss.least, TUNING.loss.most
_LITTLE: Final = TUNING.loss.little
_STEP: Final = TUNING.loss.step

Marks = tuple[bool, bool, bool, bool, bool]
"""Whether a word has a tone, a hat, a breve, a horn, a stroke."""


Kept = tuple[float, ...]
"""Of each kind of mark the share that is still there."""


class Loss(NamedTuple):
    """The chance that a word has lost all its marks, and the chances that each kind of mark is lost in other words."""

    whole: float
    kinds: tuple[float, ...]

    @property
    def is_little(self) -> bool:
        """Whether most marks seem to be there, so that a word may well be right as it is."""
        return max(self.whole, *self.kinds) <= _LITTLE


@lru_cache(maxsize=50_000)
def marks_of(word: str) -> Marks:
    """List the kinds of marks that a word has."""
    parts = nfd(word)
    tone = any(mark in parts for mark in TONES)
    return tone, _HAT in parts, _BREVE in parts, _HORN in parts, "đ" in parts or "Đ" in parts


@lru_cache(maxsize=50_000)
def _letters(word: str) -> tuple[tuple[tuple[str, str, bool], ...], int]:
    """Each letter with its shape mark and whether it has a stroke; and the tone's number."""
    tone = 0
    letters: list[tuple[str, str, bool]] = []
    for character in nfd(word.lower()):
        if character in TONES:
            tone = TONES.index(character) + 1
        elif unicodedata.combining(character) and letters:
            letters[-1] = (letters[-1][0], character, letters[-1][2])
        else:
            letters.append(("d", "", True) if character == "đ" else (character, "", False))
    return tuple(letters), tone


@lru_cache(maxsize=100_000)
def may_be_left_of(read: str, full: str) -> bool:
    """Whether a word is another one without some of its marks, or that word itself."""
    (letters, tone), (others, full_tone) = _letters(read), _letters(full)
    return (
        tone in (0, full_tone)
        and len(letters) == len(others)
        and all(
            letter == other and shape in ("", full_shape) and stroke <= full_stroke
            for (letter, shape, stroke), (other, full_shape, full_stroke) in zip(letters, others, strict=True)
        )
    )


def lacks_marks(word: str, language: Language) -> bool:
    """Whether a word is none as it stands, and is one with further marks (``truong``, ``môt``)."""
    if is_legal(word) or not word.isalpha():
        return False
    entries = language.lexicon.entries
    return any(may_be_left_of(word, entries[number].text) for number in language.skeletons.get(bones(word), ()))


def kept_marks(words: Iterable[str], before: "Kept | None" = None) -> Kept:
    """Count how often the marks of words are still there; few words are told by what was counted ``before``."""
    found = [marks_of(word) for word in words if len(word) > 1]
    size = len(found)
    there = [sum(column) for column in zip(*found, strict=True)] if found else [0] * _KINDS
    expected = before or (1.0,) * _KINDS
    return tuple(
        min(1.0, (n + _UNSURE * usual * likely) / ((size + _UNSURE) * usual))
        for n, usual, likely in zip(there, _USUAL, expected, strict=True)
    )


def estimate(kept: Kept) -> Loss:
    """Estimate from the remaining marks how likely each kind was lost, and how likely all marks of a word at once."""
    whole = _clipped(1 - max(kept[:_COMMON]))
    return Loss(whole, tuple(_clipped(1 - share / (1 - whole)) for share in kept))


def _clipped(chance: float) -> float:
    return min(_MOST, max(_LEAST, round(chance / _STEP) * _STEP))


class LossSource:
    """Candidates of words that may have lost marks: each word that has theirs and more."""

    def __init__(self, language: Language, loss: Loss) -> None:
        self._language = language
        self._whole = loss.whole
        self._lost = np.log(np.array(loss.kinds))
        self._kept = np.log1p(-np.array(loss.kinds))
        self._known: Memory[str, Candidates] = Memory(KEPT)

    def find(self, read: str) -> Candidates:
        """Return the words that have the marks of this one and maybe more, in its case; never none."""
        return self._known.recall(read, self._look_up)

    def _look_up(self, read: str) -> Candidates:
        entries = self._language.lexicon.entries
        numbers = self._language.skeletons.get(bones(read), ())
        numbers = tuple(number for number in numbers if may_be_left_of(read, entries[number].text))
        own = itself(read, self._language)
        numbers = tuple(number for number in numbers if len(entries[number].text) == len(read))
        symbol = self._symbol(read)
        if symbol is not None and not numbers:
            return own._replace(texts=[symbol], own=-1)
        if not numbers:
            return own
        case = case_of(read)
        texts = [_like(read, entries[number].text) for number in numbers]
        scores = self._scores(read, [entries[number].text for number in numbers])
        place = texts.index(read) if read in texts else -1
        found = Candidates(np.array(numbers), np.full(len(numbers), case), scores, texts, place)
        return found if place >= 0 else _with_itself(found, own)

    def _symbol(self, read: str) -> str | None:
        """Return the abbreviation that has lost its strokes and horns (``HDND``), if the word may be one."""
        mended = self._language.symbols.mend(read) if read.isupper() and len(read) > 1 else None
        return mended if mended is not None and may_be_left_of(read, mended) else None

    def _scores(self, read: str, texts: list[str]) -> NDArray[np.float32]:
        has = np.array([marks_of(text) for text in texts])
        left = np.array(marks_of(read))
        single = (1 - self._whole) * np.exp(np.where(has, np.where(left, self._kept, self._lost), 0.0).sum(axis=1))
        chance: NDArray[np.float64] = single if left.any() else single + self._whole
        return np.log(chance, dtype=np.float64).astype(np.float32)


def _like(read: str, text: str) -> str:
    """Return a word in the cases of the letters read; the same word where only the place of its tone differs."""
    cased = "".join(t.upper() if r.isupper() else t for t, r in zip(text, read, strict=True))
    return read if tone_key(cased) == tone_key(read) else cased


_STRANGE_COST = TUNING.loss.strange_cost


def _with_itself(found: Candidates, own: Candidates) -> Candidates:
    """Return the candidates and the word itself, which is no known syllable."""
    return Candidates(
        np.append(found.words, own.words if own.words[0] != UNKNOWN else UNKNOWN),
        np.append(found.cases, own.cases),
        np.append(found.scores, np.float32(-_STRANGE_COST)),
        [*found.texts, own.texts[0]],
        len(found.texts),
    )
