"""Names that a document repeats, and words that occur once and differ from one of them in a letter."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vnreport_ocr.repair.items import Item
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import strip_marks
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import Kind

_OFTEN = TUNING.names.often

_RATIO = TUNING.names.ratio

_SHORTEST, _SHORTEST_MARKED = TUNING.names.shortest, TUNING.names.shortest_marked
_MARKS_SCORE, _LETTER_SCORE = TUNING.names.marks_score, TUNING.names.letter_score


_SHAPES = tuple(map(frozenset, ("ijlrtf", "aceo", "nhmurv", "bhk", "gqpy", "sz", "vwy", "uv")))
"""Letters that engines take for each other."""


class Name(NamedTuple):
    """A name that a word may have been meant as, and the log-chance of the misreading."""

    text: str
    score: float


class DocumentNames:
    """Knows the words of a document that are no Vietnamese syllables."""

    def __init__(self, sentences: Iterable[Iterable[Item]]) -> None:
        written = Counter(item.text for sentence in sentences for item in sentence if item.kind is Kind.WORD)
        self._times = {
            text: times for text, times in written.items() if len(text) >= _SHORTEST_MARKED and _is_strange(text)
        }
        self._near: defaultdict[str, list[str]] = defaultdict(list)
        for text, times in sorted(self._times.items()):
            for key in _keys(text, letters=times >= _OFTEN):
                self._near[key].append(text)

    def find(self, read: str) -> list[Name]:
        """Return the names that a strange word may have been meant as."""
        times = self._times.get(read, 0)
        if not times:
            return []
        found: dict[str, float] = {}
        bare = strip_marks(read)
        for key in _keys(read, letters=True):
            for name in self._near.get(key, ()):
                often = self._times[name]
                if not _is_name(name):
                    continue
                if name == bare != read and often > times:
                    found[name] = _MARKS_SCORE
                elif name != read and often >= max(_OFTEN, _RATIO * times) and _is_slip(name, read):
                    found.setdefault(name, _LETTER_SCORE)
        return [Name(text, score) for text, score in found.items()]


def _is_strange(word: str) -> bool:
    return word.isalpha() and not is_legal(word)


def _is_name(word: str) -> bool:
    """Whether a strange word may be intended: engines misread a word in the same way again and again."""
    return word.isascii() and (word.istitle() or word.isupper())


def _is_slip(name: str, read: str) -> bool:
    """Whether marks and letters of a like shape are all that differs; other names are somebody else's (``Manado``,
    ``Manalo``).
    """
    if len(name) != len(read) or len(name) < _SHORTEST:
        return False
    pairs = ({one, _base(other)} for one, other in zip(name.lower(), read.lower(), strict=True))
    return all(len(pair) == 1 or any(pair <= shape for shape in _SHAPES) for pair in pairs)


def _base(letter: str) -> str:
    """Return a letter of any language without its marks."""
    return unicodedata.normalize("NFD", letter)[0]


def _keys(word: str, *, letters: bool) -> Iterator[str]:
    """Yield what words share that differ in marks alone, and, where ``letters`` is set, in a single letter."""
    yield strip_marks(word)
    if letters and len(word) >= _SHORTEST:
        for place in range(1, len(word)):
            yield f"{word[:place]}*{word[place + 1 :]}"
