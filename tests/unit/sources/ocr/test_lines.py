"""Lines of a picture in the order of reading: columns whose lines do not stand level are columns all the same."""

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.lines import assemble
from vnreport_ocr.sources.picture.value import PixelBox

WORDS = ("nhân", "dân", "các", "thôn", "góp", "công", "sửa", "đường")


def line(name: str, left: float, top: float, words: int = 8) -> ReadLine:
    """A line of words as high as their ink, low letters and tall ones in turn."""
    return ReadLine(
        tuple(
            ReadWord(
                f"{name}{word}",
                PixelBox(left + 60 * n, top + (n % 2) * 6, left + 60 * n + 52, top + 26),
                0.95,
            )
            for n, word in enumerate(WORDS[:words])
        )
    )


def test_columns_whose_lines_are_not_level_are_read_one_after_the_other() -> None:
    left = [line(f"a{row}", 100 + (70 if row % 3 == 0 else 0), 300 + 40 * row) for row in range(9)]
    right = [line(f"b{row}", 700 + (70 if row % 3 == 1 else 0), 316 + 38 * row) for row in range(9)]
    placed = assemble([one for pair in zip(right, left, strict=True) for one in pair], 0.36)
    assert [text.raw.split()[0] for text in placed] == [f"{name}{row}nhân" for name in "ab" for row in range(9)]


def test_rows_of_short_entries_are_no_columns() -> None:
    rows = [
        part
        for row in range(9)
        for part in (
            line(f"a{row}", 100, 300 + 40 * row, 1),
            line(f"b{row}", 500, 300 + 40 * row, 1),
            line(f"c{row}", 900, 300 + 40 * row, 1),
        )
    ]
    assert [text.raw for text in assemble(rows, 0.36)] == [f"a{row}nhân b{row}nhân c{row}nhân" for row in range(9)]
