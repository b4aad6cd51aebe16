"""Signs between words that an engine took for others: a stop inside a sentence, the letter of a clause."""

from collections.abc import Sequence

import regex

from vnreport_ocr.model import Correction, Damage
from vnreport_ocr.repair.diagnose import Passage
from vnreport_ocr.repair.items import Item, Parsed
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import Kind

_CONFIDENCE = TUNING.punctuation.confidence
_BAD_ENOUGH = TUNING.punctuation.bad_enough

_VERY_BAD = TUNING.punctuation.very_bad

_CLAUSE = regex.compile(r"^(\s*)[©¢](?=\)\s)")
_CLAUSE_BEFORE = regex.compile(r"^\s*b\)\s")


def mend_signs(lines: Parsed, passages: Sequence[Passage]) -> list[list[Correction]]:
    """Corrections of signs in the passages that an engine has read badly."""
    found: list[list[Correction]] = [[] for _ in lines.texts]
    for passage in passages:
        if passage.damage not in (Damage.CLEAN, Damage.LIGHT) or passage.error_rate < _BAD_ENOUGH:
            continue
        _mend_stops(lines, passage, found)
        _mend_clauses(lines, passage, found)
    return found


def _mend_stops(lines: Parsed, passage: Passage, found: list[list[Correction]]) -> None:
    """A full stop between a word and a small letter is a comma that was read badly."""
    items = [item for number in range(passage.start, passage.end) for item in lines.items[number]]
    for before, stop, after in zip(items, items[1:], items[2:], strict=False):
        if stop.kind is not Kind.STOP or lines.texts[stop.line][stop.start] != ".":
            continue
        if _is_word(before) and _is_word(after) and after.text.islower() and stop.start == before.end:
            tail = lines.texts[stop.line][stop.end : stop.end + 1]
            if tail == " " or (tail == "" and passage.error_rate >= _VERY_BAD):
                reason = "a small letter follows"
                found[stop.line].append(Correction(stop.start, ".", ",", "punctuation", _CONFIDENCE, reason))


def _is_word(item: Item) -> bool:
    return item.kind is Kind.WORD and len(item.text) > 1 and not item.numbers and is_legal(item.text)


def _mend_clauses(lines: Parsed, passage: Passage, found: list[list[Correction]]) -> None:
    """What stands for the ``c)`` after a clause ``b)``."""
    awaited = False
    for number in range(passage.start, passage.end):
        text = lines.texts[number]
        awaited = awaited or bool(_CLAUSE_BEFORE.match(text))
        match = _CLAUSE.match(text)
        if match and awaited:
            start = match.end(1)
            found[number].append(Correction(start, text[start], "c", "punctuation", _CONFIDENCE, "the clause after b)"))
            awaited = False
