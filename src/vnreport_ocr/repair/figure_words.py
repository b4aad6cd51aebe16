"""Words with figures in them, in text that was read in another language (``ho4`` for ``hoá``, ``vO1`` for ``với``).

A figure among small letters is a letter that was misread, unless the word has the form of a code, a label or a unit, or
it follows a word that takes numbers (``năm2``). A figure behind a whole word may be that of a footnote: then it stays.
"""

from functools import lru_cache
from itertools import islice, product
from typing import Final

import numpy as np
import regex

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.memory import Memory
from vnreport_ocr.language.ngrams import NUMBER, UNKNOWN
from vnreport_ocr.repair.candidates import KEPT, Candidates, Source, case_of, itself
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import bones
from vnreport_ocr.vietnamese.tokens import ROMAN

LOOKS: Final = {"0": "o", "1": "li", "4": "á", "6": "ô", "O": "o"}
"""The letters that an engine without Vietnamese reads as a figure, or as a capital among small letters."""

_SHAPED = regex.compile(r"(?=.*\p{Ll})[\p{L}0146]*[0146][\p{L}0146]*|\p{Ll}+O[01]|\p{L}O1")
_TRAILING = regex.compile(r"(?=\p{L}{2})(\p{L}*\p{Ll}\p{L}*)(\d{1,2})")
_HAT_BESIDE = regex.compile(r"\p{Ll}+[oeaéóá]6\p{Ll}*")
"""A hat and tone that were read as a figure beside their letter (``bé6`` for ``bộ``)."""

_LABEL = regex.compile(
    r"(?:k|c|d|m|h)?m[23]|[cC][oO]2|[fF]\d|\d+[gGkKđ]|\p{Ll}[1-357-9]|(?=.*[235789])(?=.{3})[\p{Lu}\d]+"
    r"|[A-Z][1-57-9]|[2-9][a-e]"
)
"""Units, and what names points, classes and things (``b1``, ``B2B``)."""

_ROMAN = regex.compile(r"[IVX]*[VX]1{1,3}[IVX]+|[IVX]+1{1,2}[VX][IVX]*")
_LOOK_COST: Final = TUNING.figure_words.look_cost

_BESIDE_COST: Final = TUNING.figure_words.beside_cost
_FOOTNOTE_COST: Final = TUNING.figure_words.footnote_cost
_ROMAN_COST: Final = TUNING.figure_words.roman_cost
_LABEL_COST: Final = TUNING.figure_words.label_cost

_MOST_VARIANTS, _MOST = TUNING.figure_words.most_variants, TUNING.figure_words.most
_TAKES_NUMBER: Final = TUNING.figure_words.takes_number
_RARER: Final = TUNING.figure_words.rarer


class FigureSource:
    """A source that also knows which letters look like figures."""

    def __init__(self, source: Source, language: Language) -> None:
        self._source = source
        self._language = language
        self._known: Memory[str, Candidates] = Memory(KEPT)

    def find(self, read: str) -> Candidates:
        """Return the candidates of a word, those that figures look like among them; never none."""
        if read.isalpha() or not any(c.isdigit() for c in read):
            return self._source.find(read)
        return self._known.recall(read, self._look_up)

    def _look_up(self, read: str) -> Candidates:
        if _ROMAN.fullmatch(read) and ROMAN.fullmatch(read.replace("1", "I")):
            return _joined([_as(read.replace("1", "I"), _ROMAN_COST), _own(read, self._language, _LABEL_COST)], read)
        trailing = _TRAILING.fullmatch(read)
        if _LABEL.fullmatch(read):
            return itself(read, self._language)._replace(words=np.array([NUMBER]))
        if trailing is not None and takes_number(bones(trailing[1]), self._language):
            return itself(read, self._language)._replace(words=np.array([NUMBER]))
        found: list[Candidates] = []
        if _SHAPED.fullmatch(read):
            found += self._misread(read)
        if trailing is not None:
            found.append(self._with_footnote(trailing[1], trailing[2], _FOOTNOTE_COST if found else 0.0))
        return _joined([*found, _own(read, self._language, _LABEL_COST)], read) if found else self._source.find(read)

    def _misread(self, read: str) -> list[Candidates]:
        """Return what a word may be whose figures are letters that were misread."""
        base = self._source.find(read)
        keep = [n for n in range(len(base.texts)) if n != base.own]
        found = [_chosen(base, keep, 0.0, [base.texts[n] for n in keep])]
        choices = [LOOKS.get(c, c) if c.isdigit() or c == "O" else c for c in read]
        figures = sum(c.isdigit() for c in read)
        for letters in islice(product(*choices), _MOST_VARIANTS):
            variant = self._source.find("".join(letters))
            rows = list(range(len(variant.texts)))
            found.append(_chosen(variant, rows, _LOOK_COST * figures, [variant.texts[n] for n in rows]))
        if _HAT_BESIDE.fullmatch(read):
            bare = self._source.find(read.replace("6", ""))
            rows = [n for n in range(len(bare.texts)) if bare.texts[n].isalpha()]
            found.append(_chosen(bare, rows, _BESIDE_COST, [bare.texts[n] for n in rows]))
        return found

    def _with_footnote(self, letters: str, figures: str, cost: float) -> Candidates:
        """Return what a word may be whose last figures are the number of a footnote."""
        word = self._source.find(letters)
        rows = [n for n in range(len(word.texts)) if len(word.texts[n]) > 1 and word.texts[n].isalpha()]
        return _chosen(word, rows, cost, [word.texts[n] + figures for n in rows])


def may_be_letters(word: str) -> bool:
    """Whether a figure stands among small letters, may be one itself, and the word is no unit, label or code."""
    return any(c.isdigit() for c in word) and _SHAPED.fullmatch(word) is not None and _LABEL.fullmatch(word) is None


def number_follows(word: int, language: Language) -> bool:
    """Whether a number often follows this very word."""
    return bool(language.ngrams.after(np.array([word], dtype=np.uint64), np.array([NUMBER]))[0] > _TAKES_NUMBER)


@lru_cache(maxsize=20_000)
def takes_number(bare: str, language: Language) -> bool:
    """Whether a number often follows a word with these plain letters, whatever its marks."""
    numbers = np.array(language.skeletons.get(bare, ()), dtype=np.uint64)
    if not numbers.size:
        return False
    common = language.lexicon.counts[numbers] > language.lexicon.counts[numbers].max() / _RARER
    after = language.ngrams.after(numbers, np.full(numbers.size, NUMBER))
    return bool((after[common] > _TAKES_NUMBER).any())


def _as(text: str, cost: float) -> Candidates:
    score = np.array([-cost], dtype=np.float32)
    return Candidates(np.array([NUMBER]), np.array([case_of(text)]), score, [text], -1)


def _own(read: str, language: Language, cost: float) -> Candidates:
    word = language.lexicon.number(read)
    number = np.array([UNKNOWN if word is None else word])
    return Candidates(number, np.array([case_of(read)]), np.array([-cost], dtype=np.float32), [read], 0)


def _chosen(found: Candidates, rows: list[int], cost: float, texts: list[str]) -> Candidates:
    return Candidates(found.words[rows], found.cases[rows], found.scores[rows] - np.float32(cost), texts, -1)


def _joined(parts: list[Candidates], read: str) -> Candidates:
    """Merge the candidates of all parts, each text once with its best score: the likeliest, and the word itself."""
    best: dict[str, tuple[float, int, int]] = {}
    for part in parts:
        for word, case, score, text in zip(part.words, part.cases, part.scores, part.texts, strict=True):
            if text not in best or score > best[text][0]:
                best[text] = (float(score), int(word), int(case))
    texts = sorted(best, key=lambda text: (text != read, -best[text][0], text))[:_MOST]
    scores, words, cases = zip(*(best[text] for text in texts), strict=True)
    return Candidates(np.array(words), np.array(cases), np.array(scores, dtype=np.float32), texts, 0)
