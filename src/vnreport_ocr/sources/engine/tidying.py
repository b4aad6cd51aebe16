"""What a reader of lines cannot know, told by the ink and by the letters around: dashes, marks of items, capital I."""

import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from vnreport_ocr.sources.engine.inkboxes import first_gap
from vnreport_ocr.sources.engine.protocol import ReadWord
from vnreport_ocr.sources.picture.value import Pixels

_DASH: Final = 0.48
"""The width of a dash, in heights of its line's words: hyphens have 0.28 to 0.44, dashes 0.53 to 0.78 on real scans.
range 0.44 to 0.53
"""
_BLANK: Final = 0.15
"""The narrowest blank behind the mark of an item, in the same heights: letters stand half as far apart.
range 0.1 to 0.22
"""
_ITEM_MARKS: Final = frozenset("-+*")
_SMALL_L = re.compile(r"[Il]{2,}|l(?=[A-Z\N{LATIN CAPITAL LETTER D WITH STROKE}\d])[^a-z]*")
"""A numeral, or a name in capitals and figures (``IP67``), whose I was read as the small letter of its shape."""
_AROUND: Final = ".,;:()"
_TWO_STOPS = re.compile(r"(?<!\.)\.\.$")


def tidied(words: Sequence[ReadWord], grey: Pixels) -> tuple[ReadWord, ...]:
    """Return the words of a line with what their ink and their neighbours tell of their signs."""
    high = median(word.box.height for word in words)
    first, *rest = (_with_capital(_whole(word)) for word in words)
    return *_without_mark(first, grey, high), *(_dashed(word, high) for word in rest)


def _dashed(word: ReadWord, high: float) -> ReadWord:
    """Return a hyphen that stands alone as the dash it is, by its width: the models know no dash."""
    return word._replace(text="\N{EN DASH}") if word.text == "-" and word.box.width > _DASH * high else word


def _without_mark(first: ReadWord, grey: Pixels, high: float) -> tuple[ReadWord, ...]:
    """Return the first word of a line, apart from the mark of an item before it where a blank lies between the two."""
    if first.text[0] not in _ITEM_MARKS or not first.text[1:2].isalpha():
        return (_dashed(first, high),)
    gap = first_gap(grey, first.box)
    if gap is None or gap[1] - gap[0] < _BLANK * high:
        return (first,)
    mark = ReadWord(first.text[0], first.box._replace(right=gap[0]), first.confidence)
    others = tuple((text[1:], weight) for text, weight in first.alternatives if text[:1] == first.text[0] and text[1:])
    rest = ReadWord(first.text[1:], first.box._replace(left=gap[1]), first.confidence, others)
    return _dashed(mark, high), rest


def _whole(word: ReadWord) -> ReadWord:
    """Return a word whose signs are whole: print has one full stop or three, of which the last is lost at times."""
    return word._replace(text=word.text + ".") if _TWO_STOPS.search(word.text) else word


def _with_capital(word: ReadWord) -> ReadWord:
    core = word.text.strip(_AROUND)
    if "l" not in core or _SMALL_L.fullmatch(core) is None:
        return word
    text = word.text.replace("l", "I")
    others = ((other, weight) for other, weight in word.alternatives if other != text)
    return word._replace(text=text, alternatives=((word.text, 0.5), *others))
