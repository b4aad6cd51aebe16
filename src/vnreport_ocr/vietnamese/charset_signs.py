"""Where to look: lines that show signs of a broken charset, gathered into passages."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice

from vnreport_ocr.vietnamese import viqr
from vnreport_ocr.vietnamese.charset_tables import CAPITALS, SMALL

ODD = re.compile(
    f"[^\\x09-\\x0d\\x20-\\x7e{SMALL}{CAPITALS}\N{NO-BREAK SPACE}“”\u2018\u2019\u2013—…•°²³½±§«»\u00d7÷€₫©®™→≥≤\u2032″]"
)
"""A character that ordinary Vietnamese text does not have."""

_STRANGE = (
    r"\x80-\x9f¡-ª¬-¯\u00b4-¶\u00b8-º¼-¿\u00d7÷"
    r"ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿðŒœŠšŸŽžƒˆ€\u201a„†‡‰\u2039\u203a™\u2212\ufffd"
)
_SIGNS = re.compile(
    rf"[^\W\d_][{_STRANGE}]|[{_STRANGE}][^\W\d_]"
    r"|[ÃÄÆĂÂÅ][\x80-¿Œ-ž†-™€ƒˆ\u201a„°ăơưĂƠƯ\u2013—“”\u2018\u2019•…‰\u2039\u203a\ufffd?]|á[º»]|â€|Ì[\x80-‰£]"
    r"|[\x01-\x06\x10-\x1e]|·[∫ª]|√[†°£¢©®≠≤≥ß¥π∫Ω]|∆[°∞†Ø]"
)
"""Characters that a legacy charset leaves behind, in a place where ordinary text hardly ever has them."""

_PLAIN_SIGNS = re.compile(
    r"[áàâêÁÀÂÊ](?:(?<=[aA].)|(?<=[eE][áàâÁÀÂ])|(?<=[oO][âÂ])|(?<=á)[º»])"
    r"|[ìòÌÒ](?<=[âêôãõýÂÊÔÃÕÝ].)|Ã[\N{NO-BREAK SPACE} °²³±§«©®]"
)
"""Those of the signs that are made of characters which ordinary text has, though not in this order.

Each begins with its rarer character: half as much is to be looked at."""

_FEW = 20
"""Words with a sign, each counted once: fewer than these are looked up one by one in the text."""

_GAP = 40
"""Lines of one passage lie no farther apart than this."""


class Text:
    """Lines, searched all at once."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = list(lines)
        self.joined = "\n".join(lines)
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def now(self, lines: Sequence[str]) -> "Text":
        """Return the text of these lines: this one, where they are the same."""
        return self if self.lines == lines else Text(lines)

    @cached_property
    def _each_word_once(self) -> str:
        return " ".join(dict.fromkeys(self.joined.replace("\n", " ").split(" "))) + " "

    def lines_with(self, pattern: re.Pattern[str]) -> list[int]:
        """Numbers of the lines in which a pattern is found that reaches over no more than a word and a blank."""
        once = self._each_word_once
        matches = list(islice(pattern.finditer(once), _FEW))
        if len(matches) == _FEW:
            return self._search(pattern)
        words = {once[once.rfind(" ", 0, m.start()) + 1 : once.find(" ", m.start())] for m in matches}
        found = {number for word in words for number in self._lines_of(word)}
        return sorted(number for number in found if pattern.search(self.lines[number]))

    def _search(self, pattern: re.Pattern[str]) -> list[int]:
        found: list[int] = []
        position, end = 0, len(self.joined)
        while position < end and (match := pattern.search(self.joined, position)):
            found.append(bisect_right(self._starts, match.start()) - 1)
            position = self._starts[found[-1] + 1]
        return found

    def _lines_of(self, word: str) -> Iterator[int]:
        """Numbers of the lines that hold a word, or a longer one with it inside."""
        position = self.joined.find(word)
        while position >= 0:
            number = bisect_right(self._starts, position) - 1
            yield number
            position = self.joined.find(word, self._starts[number + 1])


def suspicious_lines(text: Text) -> list[int]:
    """Numbers of the lines that show signs of a broken charset or of VIQR."""
    odd = text.lines_with(ODD)
    found = {number for number in odd if _SIGNS.search(text.lines[number])}
    return sorted(found.union(text.lines_with(_PLAIN_SIGNS), text.lines_with(viqr.STRONG)))


def passages(numbers: Sequence[int], count: int) -> list[range]:
    """Suspicious lines gathered into passages, with a few lines of their surroundings."""
    found: list[range] = []
    for number in numbers:
        if found and number - found[-1].stop <= _GAP:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    result: list[range] = []
    for passage in found:
        start = max(passage.start - _GAP // 2, result[-1].stop if result else 0)
        result.append(range(start, min(count, passage.stop + _GAP // 2)))
    return result
