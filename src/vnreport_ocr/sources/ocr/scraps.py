"""What an engine reads that is no writing: told apart from the words of the page, kept on record with the reason."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, NamedTuple

from vnreport_ocr.model import Box, LeftOut
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.vietnamese.letters import nfc
from vnreport_ocr.vietnamese.syllables import is_legal

STROKES: Final = "_|\N{NOT SIGN}\N{BROKEN BAR}"
"""Signs that bits of lines are read as."""
_SCRAP: Final = TUNING.scraps.scrap
_SCRAP_LINE: Final = TUNING.scraps.scrap_line
_SHORT: Final = TUNING.scraps.short
_TALL: Final = TUNING.scraps.tall
_FLAT: Final = TUNING.scraps.flat
_FAIR: Final = TUNING.scraps.fair
_FLATTEST: Final = TUNING.scraps.flattest
_LONE: Final = TUNING.scraps.lone
_DASH: Final = TUNING.scraps.dash
_DASHES: Final = frozenset("-\N{EN DASH}\N{EM DASH}~")
_SURE: Final = TUNING.scraps.sure
_FAIRLY: Final = TUNING.scraps.fairly
_LEAST_WRITTEN: Final = TUNING.scraps.least_written
_LOW, _HIGH = TUNING.scraps.low, TUNING.scraps.high
_NEXT: Final = TUNING.scraps.next
_RUNNING: Final = TUNING.scraps.running
_AROUND: Final = ".,;:()-\"'"
_ADDRESS = re.compile(r"@|\.(?:com|vn|net|org|gov|edu)\b")

UNSURE_SIGN: Final = f"not a letter or figure, and no surer than {_SCRAP:g}"
NO_WRITING: Final = "a line without a letter or figure: a ruling, a seal, specks"
UNSURE_LINE: Final = f"no word of its line is surer than {_SCRAP_LINE:g}: a picture, a seal, handwriting"
TALL: Final = f"a mark more than {_TALL:g} times the height of the page's words: a seal or a stroke of a pen"
FLAT: Final = f"a mark less than {_FLAT:g} times the height of the page's words: a speck"
SINGLE: Final = f"a line of single letters, none surer than {_LONE:g}: a seal or a signature"
BETWEEN: Final = "signs apart from all words"
OVERRULED: Final = "read differently, and more surely, through red ink"


class Scrap(NamedTuple):
    """A word that was read and left out, and why."""

    word: ReadWord
    reason: str


def without_scraps(
    lines: Sequence[ReadLine], signs_alone: bool = False
) -> tuple[tuple[ReadLine, ...], tuple[Scrap, ...]]:
    """Part lines from what is no writing (edges of seals, specks, strokes of a pen).

    In a table's cell signs may stand alone (``%``), on a page they are bits of a line or a seal.
    """
    usual = median(word.box.height for line in lines for word in line.words) if lines else 0.0
    kept: list[ReadLine] = []
    scraps: list[Scrap] = []
    for line in lines:
        reasons = [
            None if _is_dash(line.words, number, usual) else _why_scrap(word, usual)
            for number, word in enumerate(line.words)
        ]
        words = [word for word, reason in zip(line.words, reasons, strict=True) if reason is None]
        whole = _why_no_line(line, words, signs_alone)
        if whole == UNSURE_LINE and words and _ends_paragraph(line, lines, usual):
            whole = None
        scraps += [
            Scrap(word, reason or whole or "")
            for word, reason in zip(line.words, reasons, strict=True)
            if whole is not None or reason is not None
        ]
        if whole is None:
            kept.append(ReadLine(tuple(map(_without_strokes, words)), line.block, line.paragraph))
    return tuple(kept), tuple(scraps)


def _why_no_line(line: ReadLine, words: Sequence[ReadWord], signs_alone: bool) -> str | None:
    """Why nothing of a line is writing; None where something is."""
    if max(word.confidence for word in line.words) < _SCRAP_LINE and not any(looks_written(w.text) for w in words):
        return UNSURE_LINE
    if len(line.words) > 1 and not signs_alone and is_single(words):
        return SINGLE
    if words and (signs_alone or any(is_writing(word.text) for word in words)):
        return None
    return NO_WRITING


def _ends_paragraph(line: ReadLine, lines: Sequence[ReadLine], usual: float) -> bool:
    """Whether a line stands where the last word of a paragraph does: under running text, at its left edge, as high.

    Nobody would miss a noise that is told as a doubt, but everybody the end of a sentence.
    """
    box = line.box
    if not _LOW * usual < box.height < _HIGH * usual or not any(is_writing(word.text) for word in line.words):
        return False
    return any(
        len(above.words) >= _RUNNING
        and max(word.confidence for word in above.words) >= _SURE
        and abs(above.box.left - box.left) < usual / 2
        and box.right < above.box.right
        and 0 < box.middle - above.box.middle < _NEXT * usual
        for above in lines
        if above is not line
    )


def is_single(words: Sequence[ReadWord]) -> bool:
    """Whether a stretch is letters that stand alone, none of them sure, or flat beside the others."""
    high = max((word.box.height for word in words), default=0.0)
    return bool(words) and all(
        len(word.text) == 1 and (word.confidence < _LONE or word.box.height < _FLATTEST * high) for word in words
    )


def _why_scrap(word: ReadWord, usual: float) -> str | None:
    """Why a word is none: a sign the engine doubts, or a letter or two far taller or flatter than the page's words."""
    if len(word.text) <= _SHORT and word.confidence < (
        _FAIRLY if len(word.text) > 1 and is_legal(word.text) else _SURE
    ):
        if word.box.height > _TALL * usual:
            return TALL
        if word.box.height < _FLAT * usual and word.confidence < _FAIR and is_writing(word.text):
            return FLAT
    return UNSURE_SIGN if word.confidence < _SCRAP and not is_writing(word.text) else None


def _is_dash(words: Sequence[ReadWord], number: int, usual: float) -> bool:
    """Whether a flat mark halfway up between two words is a dash, however unsure the engine was of it."""
    word = words[number]
    if word.text not in _DASHES or not 0 < number < len(words) - 1:
        return False
    before, after = words[number - 1], words[number + 1]
    if not (is_writing(before.text) and is_writing(after.text)):
        return False
    middle = (word.box.top + word.box.bottom) / 2
    halfway = abs(middle - (before.box.top + before.box.bottom) / 2) < before.box.height / 4
    flat = word.box.width > 2 * word.box.height and _DASH * usual < word.box.width < 2 * usual
    gaps = (word.box.left - before.box.right, after.box.left - word.box.right)
    return halfway and flat and all(0 < gap < usual for gap in gaps)


def looks_written(text: str) -> bool:
    """Whether a word is what noise is hardly ever read as: a syllable, a figure of three digits, an address."""
    bare = text.strip(_AROUND)
    if len(bare) < _LEAST_WRITTEN:
        return False
    return is_legal(bare) or bare.isdecimal() or _ADDRESS.search(bare) is not None


def is_writing(text: str) -> bool:
    """Whether a letter or digit is in it; marks without a letter under them are none."""
    return any(c.isalnum() and unicodedata.category(c) != "Lm" for c in text)


def _without_strokes(word: ReadWord) -> ReadWord:
    """Strip a word of the bits of lines that touch it: no word of print begins or ends with such a sign."""
    bare = word.text.strip(STROKES)
    if bare == word.text or not is_writing(bare):
        return word
    others = ((text.strip(STROKES), weight) for text, weight in word.alternatives)
    return word._replace(text=bare, alternatives=tuple((t, w) for t, w in others if t and t != bare))


def is_unwritten(words: Sequence[ReadWord]) -> bool:
    """Whether a stretch apart from its line is no writing: no word is sure, none looks like one or has a figure."""
    return max(word.confidence for word in words) < _SCRAP_LINE and not any(
        looks_written(word.text) or any(map(str.isdigit, word.text)) for word in words
    )


def left_out(scraps: Iterable[Scrap], scale: float) -> tuple[LeftOut, ...]:
    """Return the same as the page tells it; ``scale`` is points per pixel."""
    return tuple(
        LeftOut(
            nfc(word.text),
            reason,
            Box(*(round(edge * scale, 2) for edge in word.box)),
            round(word.confidence, 3),
            as_noise=reason != OVERRULED,
        )
        for word, reason in scraps
    )
