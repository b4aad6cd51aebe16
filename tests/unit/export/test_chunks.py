"""Documents in chunks: nothing lost, no row cut, every piece with its place."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import vnreport_ocr
from vnreport_ocr.export.chunks import chunks_of
from vnreport_ocr.model import Box, Cell, Doubt, Line, Page, Role, Table, Token

SAMPLES = Path(__file__).parents[3] / "samples"


def line(text: str, top: float = 100, role: Role = Role.BODY) -> Line:
    return Line(text, (Token(text, 0, Box(70, top, 70 + 5 * len(text), top + 12)),), role=role)


def table(rows: list[list[str]], before_line: int = 0) -> Table:
    cells = [
        Cell(r, c, (Line(text),), box=Box(70 + 100 * c, 200 + 20 * r, 170 + 100 * c, 220 + 20 * r))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Table(tuple(cells), before_line)


ROWS = [["Xã", "Dân số", "Diện tích"], *([f"Tân Hoà {n}", f"{n}.204", f"{n},5"] for n in range(1, 40))]


def test_a_table_is_cut_between_rows_and_its_head_is_said_again() -> None:
    chunks = list(chunks_of([Page(3, tables=(table(ROWS),))], size=200))

    assert len(chunks) > 3
    whole = {" | ".join(row) for row in ROWS}
    for chunk in chunks:
        lines = chunk.text.split("\n")
        assert set(lines) <= whole
        assert lines[0] == "Xã | Dân số | Diện tích"
        assert chunk.pages == (3,)
    said = [text for chunk in chunks for text in chunk.text.split("\n")[1:]]
    assert said == [" | ".join(row) for row in ROWS[1:]]


def test_rows_that_one_cell_holds_together_stay_together() -> None:
    tall = Cell(0, 0, (Line("Huyện Bình An"),), row_span=2, box=Box(0, 0, 10, 40))
    cells = (tall, Cell(0, 1, (Line("thôn Đoài"),)), Cell(1, 1, (Line("thôn Đông"),)), Cell(2, 0, (Line("Tổng cộng"),)))
    first, second = chunks_of([Page(1, tables=(Table(cells, 0),))], size=30)

    assert first.text == "Huyện Bình An | thôn Đoài\n | thôn Đông"
    assert second.text.split("\n")[-1] == "Tổng cộng | "
    assert first.places == ((1, Box(0, 0, 10, 40)),)


def test_headings_begin_chunks_and_stand_over_them() -> None:
    lines = (
        line("I. KINH TẾ", 100, Role.HEADING),
        line("Thu ngân sách vượt dự toán được giao từ đầu năm.", 120),
        line("II. XÃ HỘI", 140, Role.HEADING),
        line("Số hộ nghèo giảm còn 412 hộ.", 160),
    )
    first, second = chunks_of([Page(1, lines, quality=0.8)])

    assert first.text.startswith("I. KINH TẾ\nThu ngân sách")
    assert second.text == "II. XÃ HỘI\nSố hộ nghèo giảm còn 412 hộ."
    assert (first.headings, second.headings) == ((), ())
    assert second.places == ((1, Box(70, 140, 120, 152)), (1, Box(70, 160, 210, 172)))
    assert second.quality == 0.8


def test_what_goes_on_under_a_heading_names_it() -> None:
    lines = [line("I. KINH TẾ", 100, Role.HEADING)]
    lines += [line(f"Xã thứ {n} đã làm xong đường liên thôn.", 100 + 20 * n) for n in range(1, 20)]
    chunks = list(chunks_of([Page(1, tuple(lines))], size=120))

    assert chunks[0].headings == ()
    assert {chunk.headings for chunk in chunks[1:]} == {("I. KINH TẾ",)}


def test_doubts_and_unread_pages_are_told() -> None:
    doubted = Line("Kinh phí 1.2O4 triệu đồng", doubts=(Doubt(9, "1.2O4", "a letter in a number"),))
    pages = [Page(1, (doubted,)), Page(2, error="broken"), Page(3, (line("Số trang: 3", 800, Role.FURNITURE),))]
    (chunk,) = chunks_of(pages)

    assert (chunk.doubts, chunk.pages) == (1, (1, 2))
    assert "[page 2 was not read]" in chunk.text
    assert "Số trang" not in chunk.text


WORDS = st.text(st.sampled_from("abcđêơ0123.,"), min_size=1, max_size=60)
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), max_size=8)


@st.composite
def pages(draw: st.DrawFn) -> list[Page]:
    made = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        texts = draw(LINES)
        rows = draw(st.lists(st.lists(WORDS, min_size=2, max_size=2), max_size=6))
        tables = (table(rows, draw(st.integers(0, len(texts)))),) if rows else ()
        made.append(Page(number, tuple(line(text, 60 + 14 * n) for n, text in enumerate(texts)), tables))
    return made


def words_in(page: Page) -> Iterator[str]:
    for one in page.all_lines():
        yield from one.text.split()


@settings(max_examples=60)
@given(pages(), st.integers(20, 400))
def test_every_letter_is_in_the_chunks_in_its_order(made: list[Page], size: int) -> None:
    chunks = list(chunks_of(made, size))
    there = Counter("".join(chunk.text for chunk in chunks).replace("|", "").replace(" ", "").replace("\n", ""))
    wanted = Counter("".join(word for page in made for word in words_in(page)))
    # The head of a table is said again; all else stands once.
    assert not wanted - there


@pytest.mark.parametrize("size", [100, 700])
def test_a_long_paragraph_is_cut_behind_sentences(size: int) -> None:
    sentence = "Uỷ ban nhân dân xã đã giao đất cho từng hộ dân trong thôn. "
    chunks = list(chunks_of([Page(1, (Line((sentence * 40).strip()),))], size))

    assert all(len(chunk.text) <= size and chunk.text.endswith(".") for chunk in chunks)
    assert " ".join(chunk.text for chunk in chunks) == (sentence * 40).strip()


def test_a_real_file() -> None:
    document = vnreport_ocr.clean_file(SAMPLES / "table-vector.pdf")
    chunks = list(chunks_of(document.pages))

    assert any("Chỉ tiêu | Đơn vị tính" in chunk.text for chunk in chunks)
    assert all(place.page == 1 for chunk in chunks for place in chunk.places)
