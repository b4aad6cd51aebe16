"""Text that was typed in Telex or by the VNI method and never turned into letters, whole or in part.

English has words that are keys of something (``has``, ``see``), and an engine without Vietnamese reads ``ư`` as ``w``.
So lines are read where, with their neighbours, a good part of their words becomes frequent Vietnamese and little is
left that is none; and within text that has its marks, words whose keys write several marks at once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import regex

from vnreport_ocr.vietnamese.letters import has_vietnamese_letter
from vnreport_ocr.vietnamese.lookalikes import Mend
from vnreport_ocr.vietnamese.syllables import is_legal, may_be_bare
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

_TYPED_SHARE: Final = 0.3
"""The part of the words of typed text that have a mark to be typed, at least."""

_MARKED_SHARE: Final = 0.25
"""The part of the words of right text that have a letter which only Vietnamese has, at least."""

_NEAR: Final = 4
_CONFIDENCE: Final = 0.97
_LETTERS: Final = regex.compile(r"[\p{L}\p{M}]+")
_KEYS: Final = regex.compile(r"(?i)[aeiouy][a-z]*[fsrxjw]|^[a-z]{1,2}w|aa|ee|oo|dd|[a-z][1-9]")
_CENTRAL: Final = frozenset(("TW", "tw"))
"""What the central organs of a party are abbreviated to, also where ``w`` writes no ``ư``."""

_LABEL: Final = regex.compile(r"\p{Lu}\d+|.")
_NUMBERED: Final = regex.compile(r"\p{L}+[1-9]{2}")
"""A word with figures behind it alone may be one with the number of a footnote (``hoi71``), but for a line
that stands alone, such as a search."""

_INNER_CAPITAL: Final = regex.compile(r"\p{Ll}.*\p{Lu}")
"""Nobody types a capital behind a small letter of one word (``DDoS``)."""

_VOWELS: Final = frozenset("AEIOUYĂÂÊÔƠƯ")


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
    """What stands in a line: typed words, how many words in all, how many left over, how many with marks."""

    words: tuple[_Word, ...]
    size: int
    strange: int
    marked: int

    @property
    def evidence(self) -> float:
        return sum(word.evidence for word in self.words)

    @property
    def typed(self) -> int:
        return sum(word.evidence > 0 for word in self.words)

    @property
    def strong(self) -> bool:
        """Whether there are keys for several marks in one word."""
        return any(word.evidence >= 1 for word in self.words)

    def is_right(self) -> bool:
        """Whether it has its marks."""
        return self.marked > 0 and self.marked >= _MARKED_SHARE * self.size


def mends(lines: Sequence[str], weight: Weight) -> Mapping[int, list[Mend]]:
    """Return what is to be written for the keys that were typed, line by line."""
    chunks = {chunk for line in lines for chunk in line.split() if not chunk.isalpha() or chunk.isascii()}
    may_be = {chunk for chunk in chunks if _KEYS.search(chunk)}
    found: dict[int, list[Mend]] = {}
    for method in METHODS:
        if any(_is_evidence(method, match[0], weight) for chunk in may_be for match in method.word.finditer(chunk)):
            for number, mine in _read(method, lines, may_be, weight):
                step = f"charset:{method.name}"
                made = [Mend(w.start, w.start + len(w.raw), w.after, step, _CONFIDENCE) for w in mine]
                found[number] = sorted([*found.get(number, []), *made])
    return found


def _read(
    method: Method, lines: Sequence[str], may_be: set[str], weight: Weight
) -> Iterator[tuple[int, Sequence[_Word]]]:
    """Yield the typed words of the lines that are believed to be typed."""
    seen: dict[int, _Line] = {}

    def look(number: int) -> _Line:
        if number not in seen:
            seen[number] = _looked_at(method, lines[number], weight, alone=len(lines) == 1)
        return seen[number]

    chosen: list[tuple[_Line, int, Sequence[_Word]]] = []
    for number, line in enumerate(lines):
        if may_be.isdisjoint(line.split()) or not look(number).typed:
            continue
        near = [look(n) for n in range(max(0, number - _NEAR), min(len(lines), number + _NEAR + 1))]
        words = _believed(method, look(number), near)
        if words:
            chosen.append((look(number), number, words))
    alone = not any(line.strange for line, _, _ in chosen)
    evidence = sum(word.evidence for _, _, words in chosen for word in words)
    if evidence >= (_ENOUGH_ALONE if alone else _ENOUGH) and any(_tells(method, line) for line, _, _ in chosen):
        yield from ((number, words) for _, number, words in chosen)


def _believed(method: Method, line: _Line, near: Sequence[_Line]) -> Sequence[_Word]:
    """Return the words of a line that were typed, as far as the line and its neighbours tell."""
    if line.typed < _AGAINST * line.strange:
        return ()
    if line.is_right() and line.marked > line.typed:
        return [word for word in line.words if word.evidence >= 1]
    others = [one for one in near if not one.is_right()] or [line]
    typed, count = sum(one.typed for one in others), sum(one.size for one in others)
    return line.words if typed >= _TYPED_SHARE * count else ()


def _tells(method: Method, line: _Line) -> bool:
    """Whether a line says something of its text; a single figure behind a word may be that of a footnote."""
    return line.strong or (method.read is telex and line.evidence >= _ENOUGH_ALONE)


def _looked_at(method: Method, line: str, weight: Weight, *, alone: bool) -> _Line:
    words: list[_Word] = []
    taken: set[int] = set()
    for match in method.word.finditer(line):
        keyed = _worth(method, match[0], weight)
        if keyed is not None:
            words.append(_Word(match.start(), match[0], keyed.text, _evidence(match[0], keyed, weight, alone=alone)))
            taken.update(range(match.start(), match.end()))
    left = [match[0] for match in _LETTERS.finditer(line) if match.start() not in taken]
    strange = sum(len(w) > 1 and w.isascii() and not w.isupper() and not may_be_bare(w) for w in left)
    return _Line(tuple(words), len(words) + len(left), strange, sum(map(has_vietnamese_letter, left)))


def _worth(method: Method, raw: str, weight: Weight) -> Keyed | None:
    """Return what the keys of a word write, where that is a word and the keys themselves are none as likely."""
    keyed = method.read(raw)
    if keyed is None or raw in _CENTRAL or _LABEL.fullmatch(raw) or _INNER_CAPITAL.search(raw):
        return None
    if raw.isupper() and "Đ" in keyed.text and _VOWELS.isdisjoint(keyed.text):
        return keyed  # HDDND
    small = keyed.text.lower()
    heavy = weight(small)
    return keyed if heavy > weight(raw.lower()) and (is_legal(small) or heavy > 0) else None


def _evidence(raw: str, keyed: Keyed, weight: Weight, *, alone: bool) -> float:
    if weight(keyed.text.lower()) < _FREQUENT:
        return 0.0
    if keyed.marks >= _STRONG_MARKS and (alone or not _NUMBERED.fullmatch(raw)):
        return 1.0
    return _WEAK if weight(raw.lower()) == 0 else 0.0


def _is_evidence(method: Method, raw: str, weight: Weight) -> bool:
    keyed = _worth(method, raw, weight)
    return keyed is not None and _evidence(raw, keyed, weight, alone=True) > 0
