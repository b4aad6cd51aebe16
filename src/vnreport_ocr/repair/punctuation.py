"""Signs between words that an engine took for others or that are none: a stop inside a sentence, a comma at the end of
one, a speck between two words of a term, the letter of a clause.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.lexicon import TITLE
from vnreport_ocr.language.ngrams import ORDER, PAUSE, SENTENCE
from vnreport_ocr.model import Correction
from vnreport_ocr.repair.diagnose import TRUSTED, Passage
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.suspicion import number_of
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import Kind

_CONFIDENCE = TUNING.punctuation.confidence
_BAD_ENOUGH = TUNING.punctuation.bad_enough

_VERY_BAD = TUNING.punctuation.very_bad
_NO_SIGN, _NO_SIGN_IN_TERM = TUNING.punctuation.no_sign, TUNING.punctuation.no_sign_in_term
_NO_COMMA, _SMALL = TUNING.punctuation.no_comma, TUNING.punctuation.small
_FIRM = TUNING.collocation.firm
_SPECK_CONFIDENCE, _STOP_CONFIDENCE = TUNING.punctuation.speck_confidence, TUNING.punctuation.stop_confidence
_AROUND = ORDER - 1
_LONGEST_GREETING = 8
"""Items, signs included."""
_CASE_WEIGHT = TUNING.lattice.case_weight

_CLAUSE = regex.compile(r"^(\s*)[©¢](?=\)\s)")
_CLAUSE_BEFORE = regex.compile(r"^\s*b\)\s")


def mend_signs(lines: Parsed, passages: Sequence[Passage], language: Language) -> list[list[Correction]]:
    """Corrections of signs in the passages that an engine has read badly."""
    found: list[list[Correction]] = [[] for _ in lines.texts]
    for passage in passages:
        if not _was_read(passage) or passage.error_rate < _BAD_ENOUGH:
            continue
        _mend_stops(lines, passage, found)
        _mend_clauses(lines, passage, found)
    _mend_pauses(lines, passages, language, found)
    return found


def _was_read(passage: Passage) -> bool:
    """Whether an engine is known to have read the passage: an author's own signs are left alone, however odd."""
    return (passage.by_engine or passage.is_misread) and passage.damage in TRUSTED


def _mend_stops(lines: Parsed, passage: Passage, found: list[list[Correction]]) -> None:
    """Mend a full stop between a word and a small letter, which is a comma that was read badly."""
    items = [item for number in range(passage.start, passage.end) for item in lines.items[number]]
    for before, stop, after in zip(items, items[1:], items[2:], strict=False):
        if stop.kind is not Kind.STOP or lines.texts[stop.line][stop.start] != ".":
            continue
        if _is_word(before) and _is_word(after) and after.text.islower() and stop.start == before.end:
            tail = lines.texts[stop.line][stop.end : stop.end + 1]
            if tail == " " or (tail == "" and passage.error_rate >= _VERY_BAD):
                reason = "a small letter follows"
                found[stop.line].append(Correction(stop.start, ".", ",", "punctuation", _CONFIDENCE, reason))


class _Pause(NamedTuple):
    """A pause, and the numbers of the words before it and behind it."""

    item: Item
    follower: Item
    before: list[int]
    behind: list[int]


def _mend_pauses(lines: Parsed, passages: Sequence[Passage], language: Language, found: list[list[Correction]]) -> None:
    """Remove pauses between words that belong together, and turn commas into stops where a sentence must end."""
    bad = [passage for passage in passages if _was_read(passage) and passage.error_rate >= _VERY_BAD]
    pauses = [pause for passage in bad for pause in _pauses(lines, passage, language)]
    if not pauses:
        return
    before, behind = (np.array([getattr(pause, side) for pause in pauses]) for side in ("before", "behind"))
    one = np.ones((len(pauses), 1), dtype=np.int64)
    end = SENTENCE * np.repeat(one, _AROUND, axis=1)
    kept = _score(language, before, np.hstack([PAUSE * one, behind]))
    without = _score(language, before, behind) - kept
    ended = _score(language, before, SENTENCE * one) + _score(language, end, behind) - kept
    capital = language.lexicon.case_cost[behind[:, 0], TITLE]
    ended = np.where(capital < _SMALL, ended - _CASE_WEIGHT * capital, -np.inf)
    least = np.where(_score(language, before[:, -1:], behind[:, :1]) > _FIRM, _NO_SIGN_IN_TERM, _NO_SIGN)
    without -= least
    for (item, follower, _, _), gain, stop in zip(pauses, without.tolist(), ended.tolist(), strict=True):
        sign = lines.texts[item.line][item.start : item.end]
        if follower.text.islower() and gain >= 0:
            reason = "the words around it belong together"
            found[item.line].append(Correction(item.start, sign, "", "punctuation", _SPECK_CONFIDENCE, reason))
        elif follower.text.istitle() and sign == "," and stop >= _NO_COMMA and not _greets(lines, item):
            reason = "a sentence begins after it"
            found[item.line].append(Correction(item.start, sign, ".", "punctuation", _STOP_CONFIDENCE, reason))


def _pauses(lines: Parsed, passage: Passage, language: Language) -> Iterator[_Pause]:
    """Yield the pauses of a passage that cling to a word, with a word behind them."""
    items = [i for n in range(passage.start, passage.end) for i in lines.items[n] if i.kind is not Kind.MARKUP]
    numbers = [number_of(item, language) for item in items]
    for place in range(_AROUND, len(items) - _AROUND):
        last, item, follower = items[place - 1 : place + 2]
        clings = last.line == item.line and last.end == item.start and last.kind is follower.kind is Kind.WORD
        alone = lines.texts[item.line][item.end : item.end + 1].strip() == ""
        if clings and alone and item.kind is Kind.PAUSE and len(last.text) > 1 and not last.text.isupper():
            behind = numbers[place + 1 : place + 1 + _AROUND]
            yield _Pause(item, follower, numbers[place - _AROUND : place], behind)


def _greets(lines: Parsed, comma: Item) -> bool:
    """Whether a comma ends a short line that begins by itself, as in ``Kính thưa quý vị đại biểu,``."""
    items = lines.items[comma.line]
    above = lines.items[comma.line - 1] if comma.line else []
    begins = len(above) <= _LONGEST_GREETING or above[-1].kind is Kind.STOP
    return begins and items[-1] is comma and len(items) <= _LONGEST_GREETING


def _score(language: Language, before: NDArray[np.int64], words: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the log-probability of rows of words, each after a row of words before it."""
    model = language.ngrams
    context = np.zeros(len(before), dtype=np.uint64)
    for column in before.T:
        context = model.extend(context, column)
    total = np.zeros(len(before))
    for column in words.T:
        total += model.after(context, column)
        context = model.extend(context, column)
    return total


def _is_word(item: Item) -> bool:
    return item.kind is Kind.WORD and len(item.text) > 1 and not item.numbers and is_legal(item.text)


def _mend_clauses(lines: Parsed, passage: Passage, found: list[list[Correction]]) -> None:
    """Return what replaces the ``c)`` after a clause ``b)``."""
    awaited = False
    for number in range(passage.start, passage.end):
        text = lines.texts[number]
        awaited = awaited or bool(_CLAUSE_BEFORE.match(text))
        match = _CLAUSE.match(text)
        if match and awaited:
            start = match.end(1)
            found[number].append(Correction(start, text[start], "c", "punctuation", _CONFIDENCE, "the clause after b)"))
            awaited = False
