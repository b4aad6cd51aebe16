"""The words of a page as an invisible layer: each as wide as the word on the page, line by line in reading order."""

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

import pikepdf

from vnreport_ocr.model import AS_IT_IS, Box, Line, Page, Posture
from vnreport_ocr.outputs.pdf.apart import WordOrder, blank_behind
from vnreport_ocr.outputs.pdf.glyphless import DESCENT, WIDTH, GlyphlessFont
from vnreport_ocr.outputs.pdf.placing import askew, laid_on
from vnreport_ocr.outputs.pdf.printed import printed_lines
from vnreport_ocr.spans import placed_words

FONT: Final = "/VnocrUnseen"
_LETTER: Final = WIDTH / 1000
_WIDTH_STEP: Final = 2
"""Hundredths of the width of the font's letters: a word is wrong by half of that at most, and few numbers pack well."""
_BACK_STEP: Final = 20
"""Thousandths of the type size."""
_ESCAPED: Final = re.compile(rb"[()\\\r\n]")
_SIGNS: Final = {b"\r": b"\\r", b"\n": b"\\n"}
_SMALLEST: Final = 1.0
_NARROWEST: Final = 0.05
"""A word is never narrower than this share of its type size: readers drop what has no width."""
_GAP: Final = 0.2
"""Readers join words that are closer to each other than about this share of the type size."""
_LEVEL: Final = 0.6
"""Share of the type size: readers take words for those of one line if their base lines are not further apart."""
_SHORTENED: Final = 0.6
"""A word keeps this share of its width whatever follows it."""


class LaidWord(NamedTuple):
    """A word and its place on the laid page."""

    text: str
    box: Box


def layer_of(page: Page, font: GlyphlessFont, target: pikepdf.Page) -> bytes:
    """Write the contents that show a page's words on a page of a PDF; nothing if no word has a place."""
    if page.size is None:
        return b""
    rows = RowWriter(font, page.size, page.posture)
    shown = [row for line in printed_lines(page) if (row := rows.row(_words(line)))]
    if not shown:
        return b""
    # The words of a page that was straightened are level, each at its place on the slanting line: words that slant are
    # cut in pieces by readers that look for letters of one height.
    matrix = laid_on(target, page.size, page.posture._replace(skew=0.0))
    numbers = b" ".join(_number(value, 6) for value in matrix.shorthand)
    return b"q %s cm BT 3 Tr\n%s\nET Q\n" % (numbers, b"\n".join(shown))


def _words(line: Line) -> list[LaidWord]:
    """Return the words of a line with their places; one without a place follows the one before it."""
    found: list[LaidWord] = []
    for word in placed_words(line):
        box = word.box
        if box is None and not found:
            box = next((token.box for token in line.tokens if token.box is not None), None)
        elif box is None:
            last = found[-1].box
            box = Box(last.right, last.top, last.right, last.bottom)
        if box is not None:
            found.append(LaidWord(word.text, box))
    return found


class RowWriter:
    """Writes the words of one page invisibly, row by row."""

    def __init__(self, font: GlyphlessFont, size: tuple[float, float], posture: Posture = AS_IT_IS) -> None:
        self._font, self._high = font, size[1]
        self._askew = askew(size, posture.skew) if posture.skew else None
        self._order = WordOrder(size, posture)
        self._pen = (0.0, 0.0)
        """Where the row last moved to."""
        self._ended: tuple[float, float] | None = None
        """Where the last row ended, and its base line."""

    def row(self, words: Sequence[LaidWord]) -> bytes:
        """Show one line: words on a common base line, each with a blank behind it that leads to the next."""
        if not words:
            return b""
        size = max(_SMALLEST, _upper([word.box.bottom - word.box.top for word in words]))
        base = self._high - median(word.box.bottom for word in words) - size * DESCENT / 1000
        steps = [b"%s %s Tf" % (FONT.encode(), _number(size))]
        edges = list(_edges(words, size, self._behind(words[0].box.left, base, size)))
        self._ended = (edges[-1][1], base)
        at = edges[0][0]
        for word, (left, right), following in zip(words, edges, [*edges[1:], None], strict=True):
            if self._askew is not None:
                at = left
            share = max(1, _rough(100 * (right - at) / (len(word.text) * size * _LETTER), _WIDTH_STEP))
            step = size * share / 100
            wide = len(word.text) * step * _LETTER
            steps += self._moves(at, base, wide, step * _LETTER, first=len(steps) == 1)
            at += wide + step * _LETTER
            back = 0 if following is None else _rough(1000 * (at - following[0]) / step, _BACK_STEP)
            at -= back * step / 1000
            shown = self._string(word.text + (blank_behind(word.text) if following is None else " "))
            steps.append(b"%d Tz[%s%s]TJ" % (share, shown, b"%d" % back if back and self._askew is None else b""))
        return b"\n".join(steps)

    def _behind(self, left: float, base: float, size: float) -> float:
        """Return where a row may begin: some readers join its first word to the last one of the row before it."""
        if self._ended is None or abs(base - self._ended[1]) > _LEVEL * size:
            return left
        end = self._ended[0]
        return end + _GAP * size if end - _GAP * size < left < end + _GAP * size else left

    def passed(self, left: float, base: float, right: float, letter: float) -> bytes:
        """Take words that the page shows itself; return the blank that they need before them, nothing without need."""
        blank = self._order.blank(left, base, right, letter)
        if blank is None:
            return b""
        return b"%s %s Tf 100 Tz %s%sTj" % (
            FONT.encode(),
            _number(_SMALLEST),
            self._moved(*blank, first=True),
            self._string(" "),
        )

    def _moves(self, left: float, base: float, wide: float, letter: float, *, first: bool) -> list[bytes]:
        """Return the steps that lead to a word, with a blank before it where readers would sort it otherwise."""
        if self._askew is not None:
            middle, base = self._askew.transform((left + wide / 2, base))
            left = middle - wide / 2
        blank = self._order.blank(left, base, left + wide, letter)
        moves = [] if blank is None else [self._moved(*blank, first=first) + b"%sTj" % self._string(" ")]
        if first or blank is not None or self._askew is not None:
            moves.append(self._moved(left, base, first=first and blank is None))
        return moves

    def _moved(self, left: float, base: float, *, first: bool) -> bytes:
        before, self._pen = self._pen, (round(left, 2), round(base, 2))
        if first:
            return b"1 0 0 1 %s %s Tm" % (_number(left), _number(base))
        return b"%s %s Td" % (_number(self._pen[0] - before[0]), _number(self._pen[1] - before[1]))

    def _string(self, text: str) -> bytes:
        """Return codes as a string of bytes, which packs far better than their digits do."""
        return b"(%s)" % _ESCAPED.sub(_escape, self._font.codes(text))


def _rough(value: float, step: int) -> int:
    return round(value / step) * step


def _edges(words: Sequence[LaidWord], size: float, start: float) -> Iterator[tuple[float, float]]:
    """Return where each word begins and ends: where the printed word does, as far as there is room between them."""
    at = start
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else None
        left = max(at, word.box.left)
        right = max(left + _NARROWEST * size, word.box.right)
        if following is not None and left < following.box.left < right + _GAP * size:
            right = max(left + _SHORTENED * (right - left), following.box.left - _GAP * size)
        if index:
            left = max(left, at + _GAP * size)
            right = max(right, left + _NARROWEST * size)
        yield left, right
        at = right


def _escape(found: re.Match[bytes]) -> bytes:
    return _SIGNS.get(found[0], b"\\" + found[0])


def _upper(values: Sequence[float]) -> float:
    """Return the size that most of a line's words do not go beyond."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) * 3 // 4]


def _number(value: float, places: int = 2) -> bytes:
    return f"{value:.{places}f}".rstrip("0").rstrip(".").encode() if places else f"{value:.0f}".encode()
