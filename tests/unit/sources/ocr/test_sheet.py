"""Parts on one sheet: what is read of each comes home to the part that it lies in, or nearest to."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.sheet import Part, read_parts
from vnreport_ocr.sources.picture.value import Picture, PixelBox


@given(st.lists(st.integers(5, 40), min_size=1, max_size=12), st.lists(st.floats(0, 700), min_size=1, max_size=20))
def test_a_word_belongs_to_the_nearest_part(heights: list[int], middles: list[float]) -> None:
    tops = [1000 * number for number in range(len(heights))]
    parts = [Part(7, top, np.full((high, 50), 200, np.uint8)) for top, high in zip(tops, heights, strict=True)]
    sheet: list[Picture] = []

    def read(picture: Picture) -> tuple[ReadLine, ...]:
        sheet.append(picture)
        words = [ReadWord(str(n), PixelBox(0, middle - 1, 9, middle + 1), 0.9) for n, middle in enumerate(middles)]
        return (ReadLine(tuple(words)),)

    found = read_parts(parts, 100, read)
    gap = (sheet[0].height - sum(heights)) // (len(heights) + 1)
    places, top = [], gap
    for high in heights:
        places.append((top, top + high))
        top += high + gap
    for number, middle in enumerate(middles):
        away = [max(begin - middle, middle - end, 0) for begin, end in places]
        (home,) = [
            n for n, lines in enumerate(found) for line in lines for word in line.words if word.text == str(number)
        ]
        assert away[home] == min(away)
