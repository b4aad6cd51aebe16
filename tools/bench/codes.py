"""Measures the law of the code: numbers, dates, codes and symbols of right text come out as they went in.

Every chunk of the corpora that holds a digit or looks like a symbol is cleaned in the few words that stand around it,
each distinct chunk a few times. What the cleaner changes is counted by kind, and shown.
"""

import lzma
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import regex

from tools.bench.checks import Check
from tools.bench.tables import markdown_table
from vnreport_ocr.language.symbols import Symbols
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.vietnamese.letters import strip_marks
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import looks_like_symbol

_AROUND = 7
"""So many words on each side are its context."""

_TIMES = 2
"""In so many contexts each distinct chunk is cleaned."""

_SHOWN = 40
_SHORTEST_SYMBOL = 3
_VOWEL = regex.compile(r"[AEIOUY]")
_TRIM = " .,;:!?()[]{}“”\"'‘’…*"
_BREAK = regex.compile(r"[\s()\[\]{}“”\"]+|(?<=[%\p{Ll}])/(?=\p{Ll})")
_DATE = regex.compile(r"\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{2,4})?")
_SYMBOL_OF = regex.compile(r"^\d[\d.]*\p{L}?(?:/\d{4})?[-/–]")
_ALIKE = str.maketrans("АВЕКМНОРСТХаеорсухіÐ", "ABEKMHOPCTXaeopcyxiĐ")
_CODE = regex.compile(r"\d[\d.]*\p{L}?(?:/\d{4})?[-/]\p{Lu}.*")
_SYMBOL = regex.compile(r"\p{Lu}[\p{L}&]*(?:[-/–.]\p{Lu}[\p{L}&]*)+|\p{Lu}{2,}|\p{Lu}+\p{Ll}?\p{Lu}+\p{Ll}?")


class FoundCode(NamedTuple):
    """A chunk of a corpus with the words around it."""

    kind: str
    chunk: str
    text: str


class Swept(NamedTuple):
    """How many chunks of a kind were cleaned, how many slips in them became known forms, and what else was changed."""

    kind: str
    cleaned: int
    mended: int
    changed: tuple[str, ...]


def kind_of(chunk: str) -> str | None:
    """Return what kind of figure or symbol a chunk is, None for words."""
    if any(c.isdigit() for c in chunk):
        if _CODE.fullmatch(chunk):
            return "code"
        return "date" if _DATE.fullmatch(chunk) else "number" if not any(c.isalpha() for c in chunk) else "mixed"
    if len(chunk) < _SHORTEST_SYMBOL or not _SYMBOL.fullmatch(chunk):
        return None
    vowels = len(_VOWEL.findall(strip_marks(chunk)))
    return "symbol" if looks_like_symbol(chunk) or (vowels <= len(chunk) / 4 and not is_legal(chunk)) else None


def chunks(text: str) -> list[str]:
    """Return the chunks of a text that are figures or symbols, in order."""
    return [bare for chunk in _BREAK.split(text) if (bare := chunk.strip(_TRIM)) and kind_of(bare)]


def found_in(paragraphs: Iterable[str], seen: Counter[str]) -> Iterator[FoundCode]:
    """Yield chunks that were not seen often enough yet, each with the words around it."""
    for paragraph in paragraphs:
        words = paragraph.split()
        for place, word in enumerate(words):
            bare = word.strip(_TRIM)
            if not bare or seen[bare] >= _TIMES or (kind := kind_of(bare)) is None:
                continue
            seen[bare] += 1
            yield FoundCode(kind, bare, " ".join(words[max(0, place - _AROUND) : place + _AROUND + 1]))


def corpora(folder: Path, every: int = 1) -> Iterator[str]:
    """Yield the paragraphs of every corpus of a folder, or each so many-th of them."""
    for path in sorted(folder.glob("*.txt.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % every == 0:
                    yield line


def sweep(cleaner: Pipeline, found: Iterable[FoundCode], symbols: Symbols) -> list[Swept]:
    """Clean each chunk in its context, as a text of its own, and report what changed."""
    cleaned: Counter[str] = Counter()
    mended: Counter[str] = Counter()
    changed: dict[str, list[str]] = {}
    for one in found:
        cleaned[one.kind] += 1
        text = normalised(one.text)
        after = cleaner.clean_text(text).text
        if after == text:
            continue
        lost, gained = (list((Counter(a) - Counter(b)).elements()) for a, b in _both(chunks(text), chunks(after)))
        if not lost:
            continue
        if len(lost) == len(gained) and all(is_lawful(*pair, symbols) for pair in zip(lost, gained, strict=True)):
            mended[one.kind] += 1
        else:
            changed.setdefault(one.kind, []).append(f"{' '.join(lost)} > {' '.join(gained)} ({text})")
    return [Swept(kind, n, mended[kind], tuple(changed.get(kind, ()))) for kind, n in sorted(cleaned.items())]


def _both(one: list[str], other: list[str]) -> tuple[tuple[list[str], list[str]], tuple[list[str], list[str]]]:
    return (one, other), (other, one)


def normalised(text: str) -> str:
    """Return a text without what every text loses: letters of other scripts that look alike, other forms of letters."""
    return unicodedata.normalize("NFC", text).translate(_ALIKE)


def is_lawful(before: str, after: str, symbols: Symbols) -> bool:
    """Return whether a code became a known one with its marks: no digit and no joint is touched, no mark is lost."""
    if len(before) != len(after):
        return False
    letters = [(b, a) for b, a in zip(before, after, strict=True) if b != a]
    if not all(b.isalpha() and a.isalpha() and not (a.isascii() and not b.isascii()) for b, a in letters):
        return False
    old, new = (_SYMBOL_OF.sub("", code) for code in (before, after))
    return old not in symbols and new in symbols


def codes_table(swept: Iterable[Swept]) -> str:
    """Return how many of each kind were cleaned and changed."""
    rows = [[one.kind, f"{one.cleaned:,}", str(one.mended), str(len(one.changed)), "0"] for one in swept]
    return markdown_table(["kind", "cleaned", "slips that became known forms", "changed otherwise", "must"], rows)


def examples(swept: Iterable[Swept]) -> list[str]:
    """Return some of the changes, for a person to read."""
    return [f"{one.kind}: {text}" for one in swept for text in one.changed[:_SHOWN]]


def checks(swept: Iterable[Swept]) -> list[Check]:
    """Return the musts: nothing changed."""
    return [Check(f"{one.kind}s of the corpora changed", len(one.changed), 0) for one in swept]
