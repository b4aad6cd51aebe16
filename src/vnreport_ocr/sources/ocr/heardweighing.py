"""What the engine read weighed with what a second reader heard in the same places.

Words are put to both readers' chances together, and what they leave open to the repair, as alternatives. A figure is
never another one without a doubt that names both.
"""

import math
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from vnreport_ocr.sources.engine.heard import HeardLine
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.figures import TWO_NUMBERS
from vnreport_ocr.sources.ocr.heardwords import HeardIndex, HeardPlace
from vnreport_ocr.sources.ocr.look import DOUBTED, agreed, left_open, mended
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.ocr.weighing import is_written_number
from vnreport_ocr.vietnamese.letters import WORD, digits_of
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import ROMAN

STEP: Final = "picture:second reader"
_REASON: Final = "the second reader read it so"
_AROUND: Final = ".,;:!?()\"'\u201c\u201d\u2018\u2019"
_TAIL = re.compile(r"[.,;:!?)\"'\u201d]*$")
_T: Final = TUNING.heardweighing
_STRAIGHT = str.maketrans("\u201c\u201d\u2018\u2019", "\"\"''")
_QUOTES: Final = "\u201c\u201d\u2018\u2019\"'"
_NO_QUOTES = str.maketrans("", "", _QUOTES)
"""The second reader knows no other quotes than straight ones, and takes one kind for the other."""
_UNHEARD: Final = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹½¼¾‰°±≤≥×÷µ₫€")
"""Signs of numbers and units that a second reader may not know: it takes them for figures then, or leaves them out."""
_MOST_TOLD: Final = 10
_LONG: Final = 4
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


class WeighedLines(NamedTuple):
    """Lines with a second reader's say in them, and what it changed."""

    lines: tuple[ReadLine, ...]
    words: int
    figures: int


def weigh_heard(lines: Sequence[ReadLine], heard: Sequence[HeardLine]) -> WeighedLines:
    """Return the lines with what was heard weighed in, and how many words and figures are others now."""
    index = HeardIndex(heard)
    words = figures = 0
    result = []
    for line in lines:
        told: list[ReadWord] = []
        for place in index.places(line):
            if len(place.words) != 1 or len(place.heard) != 1:
                told += place.words
                continue
            word, weighed = place.words[0], _weighed(place)
            words += weighed.text != word.text
            figures += weighed.mended != word.mended
            told.append(weighed)
        result.append(ReadLine(tuple(told), line.block, line.paragraph))
    return WeighedLines(tuple(result), words, figures)


def only_heard(heard: Sequence[HeardLine]) -> tuple[ReadLine, ...]:
    """Return the figure that the second reader alone has read in a cell, doubted; nothing else of what it read."""
    words = [word for line in heard for word in line.words]
    if len(words) != 1 or words[0].confidence < _T.figure_likely or not is_written_number(words[0].text):
        return ()
    return (ReadLine((words[0]._replace(confidence=min(words[0].confidence, TWO_NUMBERS)),)),)


def _weighed(place: HeardPlace) -> ReadWord:
    word, other = place.words[0], place.heard[0]
    read = word.mended.text if word.mended else word.text
    if digits_of(read + word.text + other.text):
        return _agreed(word, other) if read == other.text else weigh_figure(place)
    same = read.translate(_NO_QUOTES) == other.text.translate(_NO_QUOTES)
    # Of signs alone the second reader knows few; a numeral is a figure whose shapes were looked at.
    kept = not any(map(str.isalpha, read)) or ROMAN.fullmatch(read.strip(_AROUND)) is not None
    return word if same or kept or word.mended else weigh_word(place)


def _agreed(word: ReadWord, other: ReadWord) -> ReadWord:
    """Return a figure that both read; that the engine doubted it counts no more where the other is sure."""
    sure = other.confidence >= _T.sure and is_written_number(other.text)
    return agreed(word) if sure and word.mended is None else word


def weigh_figure(place: HeardPlace) -> ReadWord:
    """Return a figure that the two read otherwise: doubted, where the second reader's is one that is written so.

    Where the engine was in doubt itself, or what it read is no number, the other one stands, doubted as well; but
    never for what the second reader has no sign for.
    """
    word, other = place.words[0], place.heard[0]
    read = word.mended.text if word.mended else word.text
    if not is_written_number(other.text):
        return _unlike(place, read)
    margin = _margin(place, other.text, read)
    if margin < _T.figure_margin or other.confidence < _T.figure_likely or _is_word(read):
        return word
    written = is_written_number(read)
    if written and digits_of(other.text) == digits_of(read):
        return word
    if other.text == word.text:
        return left_open(word._replace(mended=None), [read])
    doubted = (word.mended.confidence if word.mended else word.confidence) < _T.doubted
    kept = len(digits_of(other.text)) < len(digits_of(read)) or _is_unheard(place, read)
    sure = other.confidence >= _T.figure_sure
    if (doubted or (not written and (digits_of(read) or sure))) and not kept:
        return mended(word._replace(mended=None), _in_groups(other.text, read), STEP, DOUBTED, _REASON)
    return left_open(word, [other.text]) if sure or not written else word


def _is_unheard(place: HeardPlace, read: str) -> bool:
    """Whether a figure has a sign of which the second reader knows nothing, so that it can say nothing against it."""
    return not _UNHEARD.isdisjoint(read) and place.chances([read])[0] == -math.inf


def _in_groups(heard: str, read: str) -> str:
    """Return a long number without points in the groups of what was read: points are what is lost first."""
    if not heard.isdigit() or len(heard) < _LONG or len(digits_of(read)) != len(heard) or not _GROUPS.fullmatch(read):
        return heard
    digits = iter(heard)
    return "".join(next(digits) if sign.isdigit() else sign for sign in read)


def _unlike(place: HeardPlace, read: str) -> ReadWord:
    """Return a word left open where the second reader has nothing that is written so, and yet something else."""
    word, other = place.words[0], place.heard[0]
    if not digits_of(read):
        half = 2 * len(digits_of(other.text)) >= len(other.text.strip(_AROUND))
        return left_open(word, [other.text]) if half and not _is_word(read) else word
    unlike = digits_of(other.text) != digits_of(read) and word.mended is None
    return left_open(word, []) if unlike and place.chances([read])[0] < _T.unlike else word


def _margin(place: HeardPlace, one: str, other: str) -> float:
    first, second = place.chances([one, other])
    return first - second if second > -math.inf else math.inf


def weigh_word(place: HeardPlace) -> ReadWord:
    """Return the likeliest of all that both think of, the others as alternatives with their weights beside it."""
    word = place.words[0]
    other = _with_quotes_of(word.text, place.heard[0])
    prior = _priors(word, other)
    chances = place.chances([text.translate(_STRAIGHT) for text in prior])
    values = {
        text: _T.heard * max(chance, _T.least) + prior[text] + _T.legal * _is_word(text)
        for text, chance in zip(prior, chances, strict=True)
    }
    best = max(values, key=lambda text: values[text])
    if _is_stop_for_comma(word.text, other.text) and _margin(place, other.text, word.text) >= _T.stop_margin:
        best = other.text
    others = sorted((text for text in values if text != best), key=lambda text: -values[text])
    weights = {text: round(math.exp(min(0.0, values[text] - values[best])), 4) for text in others}
    likely = [text for text in others if weights[text] >= _T.least_weight][:_MOST_TOLD]
    # What the engine read is told always: no reading goes without a trace.
    if best != word.text and word.text not in likely:
        likely.append(word.text)
    told = tuple((text, max(weights[text], _T.least_weight)) for text in likely)
    return word._replace(text=best, confidence=min(word.confidence, _T.disputed), alternatives=told)


def _with_quotes_of(read: str, other: ReadWord) -> ReadWord:
    """Return what the second reader heard, with the engine's quotes around it where both have some."""

    def quoted(text: str) -> str:
        text = read[0] + text[1:] if read[0] in _QUOTES and text[:1] and text[0] in _QUOTES else text
        return text[:-1] + read[-1] if read[-1] in _QUOTES and text[-1:] and text[-1] in _QUOTES else text

    others = tuple((quoted(text), weight) for text, weight in other.alternatives)
    return other._replace(text=quoted(other.text), alternatives=others)


def _priors(word: ReadWord, other: ReadWord) -> dict[str, float]:
    """Return the log-chance of each text before the second reader's slices are asked: what the engine thinks of it."""
    sure = min(max(word.confidence, _T.least_sure), _T.most_sure)
    inside, outside = math.log(sure), math.log(1.0 - sure)
    prior = {word.text: inside}
    for text, weight in word.alternatives:
        prior.setdefault(text, outside + math.log(max(_T.least_share, min(1.0, weight))))
    prior[other.text] = max(outside, prior.get(other.text, -math.inf))
    for text, _ in other.alternatives:
        prior.setdefault(text, outside + _T.only_heard)
    return {text: value for text, value in prior.items() if text == word.text or not digits_of(text)}


def _is_word(text: str) -> bool:
    core = text.strip(_AROUND)
    return core.isalpha() and all(map(is_legal, WORD.findall(core)))


def _is_stop_for_comma(read: str, heard: str) -> bool:
    """Whether a stop was read where the second reader has a comma: an engine loses the tail of a coarse one."""
    one, two = (_TAIL.sub("", text, count=1) for text in (read, heard))
    return one == two and one[-1:].isalpha() and read[len(one) :] == "." and heard[len(two) :] == ","
