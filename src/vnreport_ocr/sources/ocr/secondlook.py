"""Words the engine doubts are looked at once more, in another size; all of them on one sheet."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.figures import TWO_NUMBERS
from vnreport_ocr.sources.ocr.sheet import Part, Read, at_another_size, read_parts
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.ocr.vote import WordIndex, agree
from vnreport_ocr.sources.picture.value import Picture, around
from vnreport_ocr.vietnamese.letters import WORD, digits_of
from vnreport_ocr.vietnamese.tokens import ROMAN

_DOUBTFUL: Final = TUNING.secondlook.doubtful
_FINE_DPI: Final = TUNING.secondlook.fine_dpi
_COARSE_DPI: Final = TUNING.secondlook.coarse_dpi
_MOST_ENLARGED: Final = TUNING.secondlook.most_enlarged
_ROOM: Final = (0.03, 0.02)
_DISPUTED: Final = TUNING.secondlook.disputed
_AROUND: Final = ".,;:'\""
_STOPS: Final = ".,;:"
_NEVER: Final = "\N{SECTION SIGN}"
"""A sign that these documents do not use; the engine takes an S or an 8 for it."""


def look_again(picture: Picture, lines: Sequence[ReadLine], read: Read) -> tuple[tuple[ReadLine, ...], int, int]:
    """Replace doubtful words where a second look is surer; return the lines, how many were looked at, and replaced.

    Each word is shown with its neighbours: alone the engine reads it worse.
    """
    runs = [(line, run) for line in lines for run in _doubtful_runs(line)]
    looked = sum(is_doubtful(word, line) for line in lines for word in line.words)
    if not runs:
        return tuple(lines), 0, 0
    dpi = min(_FINE_DPI, _MOST_ENLARGED * picture.dpi) if picture.dpi < _FINE_DPI else _COARSE_DPI
    grey = Picture(picture.grey, picture.dpi)
    parts = [_part(grey, line.words[start:end]) for line, (start, end) in runs]
    again = read_parts(parts, picture.dpi, at_another_size(read, dpi))
    seen = WordIndex(line for lines_of_part in again for line in lines_of_part)
    first = WordIndex(lines)
    replaced = 0
    result = []
    for line in lines:
        words = []
        for word in line.words:
            new, won = word, False
            if is_doubtful(word, line):
                new, won = _settled(word, seen.over(word.box), first)
            if not won and is_oddly_cased(word.text, line):
                new, won = _cased(new, seen.over(word.box), line)
            words.append(new)
            replaced += won
        result.append(ReadLine(tuple(words), line.block, line.paragraph))
    return tuple(result), looked, replaced


def is_doubtful(word: ReadWord, line: ReadLine) -> bool:
    """Whether a word is worth a second look: the engine doubts it, or it is set as no word of print is."""
    if not any(c.isalnum() for c in word.text):
        return False
    return word.confidence < _DOUBTFUL or _NEVER in word.text or is_oddly_cased(word.text, line)


def is_oddly_cased(text: str, line: ReadLine) -> bool:
    """Capitals after small letters (``gửI``), or marked capitals alone (``SỐ``) in a line of small letters.

    S and s have one shape; abbreviations, which do stand among small letters, have no marks but that of Đ.
    """
    letters = "".join(WORD.findall(text))
    if letters.replace("Đ", "D").isascii() or letters[1:].islower() or letters.islower():
        return False
    if any(a.islower() and b.isupper() for a, b in pairwise(letters)):
        return True
    around_it = [c for word in line.words for c in word.text if c.isalpha()]
    return letters.isupper() and sum(map(str.islower, around_it)) > 2 * sum(map(str.isupper, around_it))


def _doubtful_runs(line: ReadLine) -> Iterator[tuple[int, int]]:
    """From where to where the line must be looked at again: doubtful words and their neighbours."""
    start = end = -1
    for number, word in enumerate(line.words):
        if not is_doubtful(word, line):
            continue
        if start >= 0 and number - 1 > end:
            yield start, end
            start = -1
        start = max(0, number - 1) if start < 0 else start
        end = min(len(line.words), number + 2)
    if start >= 0:
        yield start, end


def _part(picture: Picture, words: Sequence[ReadWord]) -> Part:
    box = around([word.box for word in words])
    aside, above = (round(inches * picture.dpi) for inches in _ROOM)
    left, top = max(0, round(box.left) - aside), max(0, round(box.top) - above)
    right, bottom = round(box.right) + aside, round(box.bottom) + above
    return Part(left, top, picture.pixels[top:bottom, left:right])


def _settled(word: ReadWord, others: Sequence[ReadWord], first: WordIndex) -> tuple[ReadWord, bool]:
    """Return what stands for a word after a second look at it."""
    if len(others) == 1 and len(first.over(others[0].box)) > 1:
        return word, False
    if len(others) == 1 and not may_replace(word.text, others[0].text):
        is_number = bool(digits_of(word.text))
        return (word._replace(confidence=min(word.confidence, TWO_NUMBERS)) if is_number else word), False
    settled, won = agree(word, others, _DISPUTED)
    plain = next((other for other, _ in settled.alternatives if _NEVER not in other), "")
    if _NEVER in settled.text and plain and digits_of(plain) == digits_of(settled.text):
        return settled._replace(text=plain), True
    return settled, won


def _cased(word: ReadWord, others: Sequence[ReadWord], line: ReadLine) -> tuple[ReadWord, bool]:
    """Between two looks at an oddly cased word that differ in nothing else, the other one stands."""
    for other in others:
        if other.text.lower() == word.text.lower() and not is_oddly_cased(other.text, line):
            rest = tuple(pair for pair in word.alternatives if pair[0] != other.text)
            return word._replace(text=other.text, alternatives=((word.text, 0.5), *rest)), True
    return word, False


def may_replace(first: str, second: str) -> bool:
    """Whether a second look may stand for a first one: it must keep every digit, and a number is never another."""
    if second[0] in _STOPS and first[0] not in _STOPS:
        return False
    digits, others = digits_of(first), iter(digits_of(second))
    if not digits:
        spoils_word = any(others) and any(map(str.islower, first))
        return not spoils_word and not ROMAN.fullmatch(first.strip(".,;:()/-"))
    if not any(c.isalpha() for c in first):
        # A point or a comma inside a number makes it another one, a dash or brackets around it a negative one.
        return first.strip(_AROUND) == second.strip(_AROUND)
    return all(digit in others for digit in digits)
