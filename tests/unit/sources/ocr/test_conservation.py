"""Every word that the engine gave is in a line, in a cell, or on record as left out, with a reason."""

import time
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.sources.conftest import FakeEngine, picture_of
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord, Request
from vnreport_ocr.sources.ocr.page import read_scan
from vnreport_ocr.sources.picture.value import Picture, PixelBox
from vnreport_ocr.vietnamese.letters import nfc

TEXTS = st.sampled_from(
    ["Sở", "Nội", "vụ", "1.844", "|", "_", "——", "%", "x", "~a", "-", "ngày", "QĐ-UBND", "N\u0303a", "*"]
)


@st.composite
def read_lines(draw: st.DrawFn) -> ReadLine:
    top, left = draw(st.integers(0, 300)), draw(st.integers(0, 200))
    words = []
    for text in draw(st.lists(TEXTS, min_size=1, max_size=6)):
        wide, high = draw(st.integers(4, 80)), draw(st.sampled_from([3, 24, 26, 90]))
        words.append(ReadWord(text, PixelBox(left, top, left + wide, top + high), draw(st.floats(0, 1))))
        left += wide + draw(st.sampled_from([6, 60, 200]))
    return ReadLine(tuple(words))


class Given(FakeEngine):
    """Reads what it is given, and the same again however it is asked."""

    def __init__(self, lines: list[ReadLine]) -> None:
        super().__init__()
        self._given = tuple(lines)

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        return self._given if request.layout == "page" else ()


PICTURE = picture_of()


def bare(text: str) -> str:
    """A word as it is compared: bits of lines at its ends are no part of it."""
    return nfc(text).strip("_|") or text


@settings(max_examples=200)
@given(st.lists(read_lines(), max_size=6))
def test_words_in_are_words_out(lines: list[ReadLine]) -> None:
    reading = read_scan(PICTURE, Given(lines), time.monotonic() + 60)
    out = Counter(bare(token.text) for line in reading.lines for token in line.tokens)
    out.update(bare(words.text) for words in reading.left_out)
    assert out == Counter(bare(word.text) for line in lines for word in line.words)
    assert all(words.reason for words in reading.left_out)
