"""Text that was typed in Telex or by the VNI method and never turned into letters, whole or in part.

A line is read so where far more of its words become frequent Vietnamese ones than are left that neither do nor are
Vietnamese as they stand. English has words that are keys of something (``has``, ``see``), but most of it is left over.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import regex

from vnreport_ocr.vietnamese.letters import has_vietnamese_letter, place_tone
from vnreport_ocr.vietnamese.lookalikes import Mend
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.typing_keys import TELEX_WORD, VNI_WORD, Keyed, telex, vni

Weight = Callable[[str], float]

_FREQUENT: Final = 300.0
"""A word is evidence when it was counted so often."""

_STRONG_MARKS: Final = 2
"""Keys for so many marks are hardly ever an English word, or a word with the number of a footnote."""

_WEAK: Final = 0.5
_ENOUGH, _ENOUGH_ALONE = 2.0, 1.0
"""The evidence that a text needs; the second where no word speaks against it."""

_AGAINST: Final = 2
"""Each word that is left over outweighs so many that are read."""

_MARKED: Final = 3
"""Among so many times as many words with marks, only keys for several marks are believed."""

_CONFIDENCE: Final = 0.97
_LETTERS: Final = regex.compile(r"[\p{L}\p{M}]+")
_KEYS: Final = regex.compile(r"(?i)[aeiouy][a-z]*[fsrxjw]|^[a-z]{1,2}w|aa|ee|oo|dd|[a-z][1-9]")
_LETTERS_OF_VOWELS: Final = frozenset("AEIOUYĂÂÊÔƠƯ")


class Method(NamedTuple):
    """A way to type: its name, what may be a word of it, and what the keys of a word write."""

    name: str
    word: "regex.Pattern[str]"
    read: Callable[[str], Keyed | None]


METHODS: Final = (Method("telex", TELEX_WORD, telex), Method("vni-keys", VNI_WORD, vni))


class _Word(NamedTuple):
    """A word that may have been typed, what it writes, and what it is as evidence."""

    start: int
    raw: str
    after: str
    evidence: float


class _Line(NamedTuple):
    """What stands in a line: typed words, how many are left over, and how many have marks."""

    words: tuple[_Word, ...]
    strange: int
    marked: int

    @property
    def evidence(self) -> float:
        return sum(word.evidence for word in self.words)

    @property
    def typed(self) -> int:
        return sum(word.evidence > 0 for word in self.words)

    def is_readable(self) -> bool:
        """Whether what is read outweighs what is left over."""
        return self.typed > 0 and self.typed >= _AGAINST * self.strange

    def is_mixed(self) -> bool:
        """Whether most of its words have their marks, so that a few keys among them may be anything."""
        return self.marked > _MARKED * self.typed

    def is_telling(self) -> bool:
        """Whether it says something of the text that it stands in."""
        strong = any(word.evidence >= 1 for word in self.words)
        return strong or (self.evidence >= _ENOUGH_ALONE and not self.is_mixed())


def mends(lines: Sequence[str], weight: Weight, style: str) -> Mapping[int, list[Mend]]:
    """What is to be written for the keys that were typed, line by line; ``style`` says where tones are placed."""
    chunks = {chunk for line in lines for chunk in line.split() if not chunk.isalpha() or chunk.isascii()}
    may_be = {chunk for chunk in chunks if _KEYS.search(chunk)}
    found: dict[int, list[Mend]] = {}
    for method in METHODS:
        if any(_is_strong(method, match[0], weight) for chunk in may_be for match in method.word.finditer(chunk)):
            for number, mine in _read(method, lines, may_be, weight):
                place = [(word.start, word.start + len(word.raw), place_tone(word.after, style)) for word in mine]
                made = [Mend(start, end, after, f"charset:{method.name}", _CONFIDENCE) for start, end, after in place]
                found[number] = sorted([*found.get(number, []), *made])
    return found


def _read(method: Method, lines: Sequence[str], may_be: set[str], weight: Weight) -> Iterator[tuple[int, list[_Word]]]:
    """The typed words of the lines that are believed to be typed."""
    seen = {n: _looked_at(method, line, weight) for n, line in enumerate(lines) if not may_be.isdisjoint(line.split())}
    seen = {number: line for number, line in seen.items() if line.is_readable()}
    sure = [line for line in seen.values() if line.is_telling()]
    evidence = sum(line.evidence for line in sure)
    alone = not any(line.strange for line in sure)
    if evidence < (_ENOUGH_ALONE if alone else _ENOUGH):
        return
    for number, line in seen.items():
        words = [word for word in line.words if word.evidence >= 1 or not line.is_mixed()]
        if words:
            yield number, words


def _looked_at(method: Method, line: str, weight: Weight) -> _Line:
    words: list[_Word] = []
    taken: set[int] = set()
    for match in method.word.finditer(line):
        keyed = _worth(method, match[0], weight)
        if keyed is not None:
            evidence = _evidence(match[0], keyed, weight)
            words.append(_Word(match.start(), match[0], keyed.text, evidence))
            taken.update(range(match.start(), match.end()))
    left = [match[0] for match in _LETTERS.finditer(line) if match.start() not in taken]
    strange = sum(len(w) > 1 and w.isascii() and not w.isupper() and not is_legal(w) for w in left)
    return _Line(tuple(words), strange, sum(map(has_vietnamese_letter, left)))


def _worth(method: Method, raw: str, weight: Weight) -> Keyed | None:
    """What the keys of a word write, where that is a word and the keys themselves are none as likely."""
    if is_legal(raw):
        return None
    keyed = method.read(raw)
    if keyed is None:
        return None
    if raw.isupper() and "Đ" in keyed.text and _LETTERS_OF_VOWELS.isdisjoint(keyed.text):
        return keyed  # HDDND
    small = keyed.text.lower()
    heavy = weight(small)
    return keyed if heavy > weight(raw.lower()) and (is_legal(small) or heavy > 0) else None


def _evidence(raw: str, keyed: Keyed, weight: Weight) -> float:
    if weight(keyed.text.lower()) < _FREQUENT:
        return 0.0
    if keyed.marks >= _STRONG_MARKS:
        return 1.0
    return _WEAK if weight(raw.lower()) == 0 else 0.0


def _is_strong(method: Method, raw: str, weight: Weight) -> bool:
    keyed = _worth(method, raw, weight)
    return keyed is not None and _evidence(raw, keyed, weight) > 0
