"""Document numbers recur on a page: two that differ in one figure may be the same, with one of them misread."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from vnreport_ocr.figures.words import AROUND, Finding, PageWord, PageWords
from vnreport_ocr.vietnamese.tokens import ROMAN

STEP: Final = "figures:number"
_CODE = re.compile(r"(?P<number>\d{1,5})(?P<rest>(?:/\d{4})?[/\-][^\W\d_][\w\-/.]*)")
_DOUBTED: Final = 0.9
_LIKELY: Final = 0.7
_SYMBOL = re.compile(r"\d{1,5}(?:/\d{4})?[/\-](?P<symbol>[^\W\d_][\w\-./&]*)")
_DOUBLED = re.compile(r"\d[/\-][QNC]ĐĐ-|GD\s?[&-]?\s?ĐĐT(?![^\W\d_])")
"""What an engine reads for a wide Đ in the symbol of a document, or of the offices of schools (``GD&ĐT``)."""
_LABEL = re.compile(r"[A-ZĐ][IlO]")
_BEGUN = re.compile(r"[Il]\d{1,3}")
_COUNTED: Final = frozenset(("điều", "khoản", "ngày", "tháng", "trang", "thửa", "tuổi"))
"""Words behind which a number stands, and no label."""
_FIGURES: Final = {"I": "1", "l": "1", "O": "0"}
_UNSURE: Final = 0.6
"""The engine's own sureness below which a label is doubted."""
_BODY = re.compile(r"(?<![^\W\d_])T[UƯ](?![^\W\d_])")
_LETTERS: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzĐƯƠĂÂÊÔđươăâêô")
"""The letters of a document's symbol: they have no tone marks."""


def check_numbers(sheet: PageWords) -> Iterator[Finding]:
    """Find numbers that the page repeats with the same symbol but one other figure, which was also read here."""
    groups: dict[str, list[PageWord]] = defaultdict(list)
    for words in sheet.words:
        for word in words:
            if (found := _CODE.fullmatch(word.core)) is not None:
                groups[found["rest"]].append(word)
    for alike in groups.values():
        for word in alike:
            rivals = {other.core for other in alike if _differ_once(word.core, other.core)}
            # One office may well have documents with numbers one figure apart: a reading made here must support it.
            read = [core for core in sorted(rivals) if any(r.strip(AROUND) == core for r in word.readings)]
            if read and word.confidence < _DOUBTED:
                reason = "the page has the same number with another figure"
                yield Finding(word, word.with_core(read[0]), STEP, 0.7, reason)


def check_labels(sheet: PageWords) -> Iterator[Finding]:
    """Find labels among small letters that end in what a figure is read as (``nhà AI`` for ``A1``)."""
    for line, words in zip(sheet.lines, sheet.words, strict=True):
        if line.text.isupper():
            continue
        for number, word in enumerate(words):
            if _BEGUN.fullmatch(word.core):
                yield _begun_as_letter(word, words[number - 1].text if number else "")
                continue
            label = _LABEL.fullmatch(word.core)
            if label is not None and word.confidence < _UNSURE and not ROMAN.fullmatch(word.core):
                after = word.with_core(word.core[:-1] + _FIGURES[word.core[-1]])
                yield Finding(word, after, STEP, 0.5, "its last sign may be a figure")


def _begun_as_letter(word: PageWord, before: str) -> Finding:
    """Return what a number is that begins with a letter that looks like a 1: behind ``Điều`` nothing else can stand."""
    after = word.with_core("1" + word.core[1:])
    known = word.other("1" + word.core[1:]) is not None and before.lower() in _COUNTED
    return Finding(word, after, STEP, 0.9 if known else 0.5, "its first sign may be a figure")


def check_symbols(sheet: PageWords) -> Iterator[Finding]:
    """Find document numbers whose symbol has an impossible letter, or was also read as that of another body."""
    for words in sheet.words:
        for word in words:
            doubled = _DOUBLED.search(word.core)
            if doubled is not None:
                after = word.with_core(word.core.replace("ĐĐ", "Đ", 1))
                yield Finding(word, after, STEP, 0.5, "no abbreviation of an office is written like this")
            elif _has_strange_letter(word.core):
                rival = next((r for r in word.readings if _is_rival(word.core, r.strip(AROUND))), None)
                after = word.with_core(rival.strip(AROUND)) if rival is not None else ""
                sure = 0.85 if after and word.confidence >= _LIKELY else 0.5
                yield Finding(word, after, STEP, sure, "no document symbol has such a letter")
            elif (body := _other_body(word.core)) is not None and (also := word.other(body)) is not None:
                yield Finding(word, also, STEP, 0.5, "TU and TƯ differ in a horn alone")


def _other_body(text: str) -> str | None:
    """Return a document number as that of the other body: a Tỉnh ủy signs ``TU``, the Trung ương once signed ``TƯ``."""
    found = _SYMBOL.fullmatch(text)
    body = None if found is None else _BODY.search(text, found.start("symbol"))
    if body is None:
        return None
    return f"{text[: body.start()]}{'TU' if body[0] == 'TƯ' else 'TƯ'}{text[body.end() :]}"


def _has_strange_letter(text: str) -> bool:
    found = _SYMBOL.fullmatch(text)
    if found is None or found["symbol"].islower():
        return False
    parts = [part for part in re.split(r"[\W\d_]+", found["symbol"]) if sum(map(str.isupper, part)) > 1]
    return any(c not in _LETTERS for part in parts for c in part)


def _is_rival(text: str, other: str) -> bool:
    """Whether another reading has the same figures and signs and a well-formed symbol."""
    if _SYMBOL.fullmatch(other) is None or _has_strange_letter(other) or len(other) != len(text):
        return False
    return all(a == b or (a.isalpha() and b.isalpha()) for a, b in zip(text, other, strict=True))


def _differ_once(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
