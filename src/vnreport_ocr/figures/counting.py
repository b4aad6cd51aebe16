"""Headings and lists count up: I, II, III; 1, 2, 3; a, b, c, d, đ, e. A number out of order may be a misreading."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from vnreport_ocr.figures.words import Finding, PageWord, PageWords
from vnreport_ocr.model import Line

STEP: Final = "figures:counting"
_NUMERALS: Final = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    *("XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)
_ROMAN: Final = {text: number for number, text in enumerate(_NUMERALS, 1)}
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
_MARK = re.compile(r"(?P<mark>[IVX]{1,6}|\d{1,2}|[a-zđ])(?P<end>[.)])")
_ASIDE: Final = 9.0
"""Points by which the left edges of the marks of one list may differ."""

_ROMAN_BEHIND: Final = frozenset(("chương", "quý", "kỳ", "phần", "khóa", "khoá"))
"""Words that are counted in Roman numerals."""
_STROKES: Final = str.maketrans({"1": "I", "l": "I", "|": "I"})
_DOUBTED: Final = 0.9


class _Mark(NamedTuple):
    word: PageWord
    kind: str
    value: int
    end: str
    left: float
    capitals: bool


def check_counting(sheet: PageWords) -> Iterator[Finding]:
    """Find marks that are out of order and whose other readings or strokes show what they are."""
    yield from _read_as_one(sheet)
    before: dict[tuple[str, str], _Mark] = {}
    for number, words in enumerate(sheet.words):
        mark = _mark(sheet.lines[number], words[0]) if words else None
        if mark is None:
            continue
        heading = before.get(("roman", "."))
        if mark.kind == "figure" and mark.end == "." and mark.capitals and set(str(mark.value)) == {"1"}:
            # "11." in capitals after "I." is the second heading.
            wanted = str(mark.value).translate(_STROKES)
            if heading is not None and _ROMAN.get(wanted) == heading.value + 1 and _beside(mark, heading):
                found = Finding(
                    mark.word, mark.word.with_core(wanted), STEP, 0.85, "the headings are numbered in sequence"
                )
                yield found
                before["roman", "."] = mark._replace(kind="roman", value=heading.value + 1)
                continue
        last = before.get((mark.kind, mark.end))
        if last is not None and _beside(mark, last) and mark.value not in (1, last.value + 1):
            finding = _out_of_turn(mark, last)
            if finding is not None:
                yield finding
                mark = mark._replace(value=last.value + 1)
        elif last is not None and _beside(mark, last) and mark.value == last.value == 1 and mark.kind == "roman":
            wanted = _spelled(mark.kind, 2)
            yield Finding(mark.word, mark.word.other(wanted) or "", STEP, 0.6, "the heading before it is I as well")
            mark = mark._replace(value=2)
        before[mark.kind, mark.end] = mark


def _read_as_one(sheet: PageWords) -> Iterator[Finding]:
    """Find a 1 behind a word that the page counts in Roman numerals, if it was also read as one."""
    named = {
        pair[0].text.lower()
        for words in sheet.words
        for pair in pairwise(words)
        if pair[1].core in _ROMAN and pair[0].text.lower() in _ROMAN_BEHIND
    }
    for words in sheet.words:
        for label, word in pairwise(words):
            numeral = word.core.translate(_STROKES)
            ones = set(word.core) == {"1"} and label.text.lower() in _ROMAN_BEHIND and numeral in _ROMAN
            if ones and (label.text.lower() in named or word.confidence < _DOUBTED) and word.other(numeral) is not None:
                yield Finding(word, word.with_core(numeral), STEP, 0.6, "it may be a Roman numeral")


def _out_of_turn(mark: _Mark, last: _Mark) -> Finding | None:
    """Doubt a mark that is not greater than the one before it, or that skips one of its other readings."""
    wanted = _spelled(mark.kind, last.value + 1)
    other = mark.word.other(wanted)
    if other is not None:
        sure = 0.85 if mark.word.confidence < _DOUBTED else 0.7
        return Finding(mark.word, other, STEP, sure, f"it follows {last.word.core}")
    if mark.value <= last.value and mark.word.confidence < _DOUBTED:
        return Finding(mark.word, "", STEP, 0.5, f"it follows {last.word.core}")
    return None


def _mark(line: Line, word: PageWord) -> _Mark | None:
    text = line.text
    found = _MARK.fullmatch(word.text)
    if found is None or text[: word.start].strip():
        return None
    name = found["mark"]
    box = line.tokens[0].box
    rest = [c for c in text[word.start + len(word.text) :] if c.isalpha()]
    capitals = len(rest) > 3 and sum(c.isupper() for c in rest) > 0.8 * len(rest)
    if name.isdecimal():
        kind, value = "figure", int(name)
    elif name in _ROMAN:
        kind, value = "roman", _ROMAN[name]
    elif name in _LETTERS:
        kind, value = "letter", _LETTERS.index(name) + 1
    else:
        return None
    return _Mark(word, kind, value, found["end"], box.left if box else 0.0, capitals)


def _spelled(kind: str, value: int) -> str:
    if kind == "figure":
        return str(value)
    if kind == "letter":
        return _LETTERS[value - 1 : value]
    return next((text for text, number in _ROMAN.items() if number == value), "")


def _beside(one: _Mark, other: _Mark) -> bool:
    return abs(one.left - other.left) < _ASIDE
