"""Lines as another reader read them weighed against the first reading; any reader of lines may be the second one.

The second reader must not have seen what the first one read. What both say is believed. A word that they read in two
ways is the surer one's, and doubted; a figure, a sign or a numeral is never another for that alone: where the picture
or the first reader's own alternatives speak for the second reading as well it is chosen and told as a correction,
otherwise what was read stands and the doubt names the rival.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from vnreport_ocr.sources.engine.protocol import Mended, ReadLine, ReadWord
from vnreport_ocr.sources.ocr.look import DOUBTED, SETTLED, agreed, left_open
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.ocr.vote import WordIndex, agree
from vnreport_ocr.vietnamese.tokens import ROMAN

STEP: Final = "picture:reader"
_DISPUTED: Final = TUNING.tworeaders.disputed

_TRUSTED, _SURE = TUNING.tworeaders.trusted, TUNING.tworeaders.sure

_SIGNS: Final = frozenset("²³¹⁰⁴⁵⁶⁷⁸⁹‰%°±≤≥<>×÷µ₫")
_AROUND: Final = ".,;:()[]\"'\u201c\u201d"


class Heard(NamedTuple):
    """A word of the second reading: its text, and how sure its reader is, on the scale of the first one."""

    text: str
    confidence: float


def by_place(lines: Sequence[ReadLine], second: Sequence[ReadLine], scale: float = 1.0) -> list[tuple[Heard, ...]]:
    """Return for each line the words of another reading of the page that lie on it, from left to right."""
    index = WordIndex(second, scale)
    found = []
    for line in lines:
        there = {word.box: word for own in line.words for word in index.over(own.box)}
        ordered = sorted(there.values(), key=lambda word: word.box.left)
        found.append(tuple(Heard(word.text, word.confidence) for word in ordered))
    return found


def weigh_readings(
    lines: Sequence[ReadLine], heard: Sequence[Sequence[Heard]], reader: str
) -> tuple[tuple[ReadLine, ...], int]:
    """Return the lines with another reader's say in each word, and how many words it changed.

    ``heard`` has the words of each line as that reader read it; a line that it did not read has none and stays.
    """
    result: list[ReadLine] = []
    changed = 0
    for line, said in zip(lines, heard, strict=True):
        words = list(line.words)
        for number, other in _pairs(line, said):
            words[number] = _weighed(words[number], other, reader)
            changed += (
                words[number].text != line.words[number].text or words[number].mended != line.words[number].mended
            )
        result.append(ReadLine(tuple(words), line.block, line.paragraph))
    return tuple(result), changed


def _pairs(line: ReadLine, said: Sequence[Heard]) -> Iterator[tuple[int, Heard]]:
    """Pair the words that stand in one place in both readings; words that one reader joined or split are left out."""
    if not said:
        return
    own, texts = [_shown(word) for word in line.words], [word.text for word in said]
    blocks = [(match.a, match.b, match.size) for match in Levenshtein.opcodes(own, texts).as_matching_blocks()]
    here = there = 0
    for a, b, size in blocks:
        if a - here == b - there:
            yield from ((here + offset, said[there + offset]) for offset in range(a - here))
        yield from ((a + offset, said[b + offset]) for offset in range(size))
        here, there = a + size, b + size


def _shown(word: ReadWord) -> str:
    return word.mended.text if word.mended else word.text


def _weighed(word: ReadWord, other: Heard, reader: str) -> ReadWord:
    shown = _shown(word)
    if word.mended is not None:
        return _second_to(word, word.mended, other, reader)
    if other.text == shown:
        return agreed(word)
    if not (_is_special(shown) or _is_special(other.text)):
        return agree(word, [ReadWord(other.text, word.box, other.confidence)], _DISPUTED)[0]
    if _core(other.text) == _core(shown):
        return agreed(word, points=True)
    known = any(_core(text) == _core(other.text) for text, _ in word.alternatives)
    keeps = _digits(other.text) >= _digits(shown) > 0
    if known and keeps and other.confidence >= _SURE and word.confidence < _TRUSTED:
        return word._replace(mended=Mended(other.text, STEP, DOUBTED, f"{reader} reads it so as well"))
    return left_open(word, [other.text])


def _second_to(word: ReadWord, mended: Mended, other: Heard, reader: str) -> ReadWord:
    """Find what another reader says of a choice that was made by the picture: it settles the choice or opens it."""
    if _core(other.text) == _core(mended.text):
        return word._replace(mended=mended._replace(confidence=max(mended.confidence, SETTLED)))
    doubted = mended._replace(
        confidence=min(mended.confidence, DOUBTED), reason=f"{mended.reason}; {reader} reads {other.text!r}"
    )
    return word._replace(mended=doubted)


def _is_special(text: str) -> bool:
    """Whether a word has a figure or a sign, or is a Roman numeral."""
    bare = text.strip(_AROUND)
    return any(c.isdigit() or c in _SIGNS for c in text) or (bool(bare) and ROMAN.fullmatch(bare) is not None)


def _core(text: str) -> str:
    return text.strip(_AROUND)


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)
