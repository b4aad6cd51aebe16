"""Text, Markdown, JSON and the document itself say the same words, whatever the page is like."""

import csv
import html
import io
import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from vnreport_ocr.document import Document
from vnreport_ocr.model import Cell, Correction, Doubt, LeftOut, Line, Page, Role, Table
from vnreport_ocr.outputs.csv import table_csv
from vnreport_ocr.outputs.text import TextStream

WORDS = st.text("abcđêớỹ019/.,-()*_#|<>\\`&%", min_size=1, max_size=8)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    text = " ".join(draw(st.lists(WORDS, max_size=6)))
    return Line(text, role=draw(st.sampled_from(list(Role))), end=draw(st.sampled_from(["\n", "\n\n"])))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    places = draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6))
    cells = tuple(Cell(row, column, tuple(draw(st.lists(lines(), max_size=2)))) for row, column in places)
    return Table(cells, draw(st.integers(0, 8)))


@st.composite
def pages(draw: st.DrawFn) -> Page:
    made, ruled = draw(st.lists(lines(), max_size=6)), draw(st.lists(tables(), max_size=2))
    return Page(draw(st.integers(1, 99)), tuple(made), tuple(ruled), source=draw(st.sampled_from(["layer", "ocr"])))


def letters(text: str) -> Counter[str]:
    return Counter(c for c in text if not c.isspace())


def unescaped(markdown: str) -> str:
    """Markdown without what only shapes it: headings, bold lines, quotations, rulings of tables, notes, escapes."""
    plain = re.sub(r"(?m)^#{1,6} |^\|( --- \|)+$|^>(?: |$)", "", markdown)
    plain = re.sub(r"(?m)^\*\*(.*)\*\*$", r"\1", plain)
    plain = re.sub(r"(?m)^\[\^(\d+)(?:-p\d+)?\]: |^\[\^(?:star)+(?:-p\d+)?\]: ", lambda m: m[1] or "", plain)
    rows = [re.sub(r"(?<!\\)\|", " ", row) if row.startswith("| ") else row for row in plain.split("\n")]
    return re.sub(r"\\([\\`*_<>\[\]|#+.)=-])", r"\1", "\n".join(rows))


@settings(max_examples=150)
@given(st.lists(pages(), max_size=3))
def test_every_form_holds_every_letter_of_every_line_and_cell(made: list[Page]) -> None:
    document = Document(tuple(made))
    held = letters("".join(line.text for page in made for line in page.all_lines()))
    assert letters(document.text) == held
    assert letters(document.to_text(reflow=True)) == held
    assert letters("".join(page["text"] for page in document.to_dict()["pages"])) == held
    assert letters(unescaped(document.to_markdown())) == held
    for page in made:
        for table in page.tables:
            rows = csv.reader(io.StringIO(table_csv(table)), delimiter=";")
            cells = "".join(cell[cell.startswith("'") :] for row in rows for cell in row)
            assert letters(cells) == letters("".join(line.text for cell in table.cells for line in cell.lines))


@settings(max_examples=50)
@given(st.lists(pages(), max_size=3))
def test_the_text_is_what_is_printed(made: list[Page]) -> None:
    stream = TextStream()
    assert Document(tuple(made)).text == "".join([*map(stream.page, made), stream.end()])


MENDED = Line("tinh ủy", corrections=(Correction(0, "tinh", "tỉnh", "decode", 0.9),))
DOUBTED = Line("1.2O3", doubts=(Doubt(0, "1.2O3", "a figure"),))
PAGE = Page(
    3,
    (MENDED, Line("<b>hết</b>")),
    (Table((Cell(0, 0, (DOUBTED,)), Cell(0, 1, (MENDED,))), 1),),
    source="ocr",
    quality=0.91,
    left_out=(LeftOut("~", "noise"),),
)


def test_corrections_and_doubts_of_cells_count_like_all_others() -> None:
    document = Document((PAGE,), "a.pdf")
    assert len(document.corrections) == 2
    assert [doubt.text for doubt in document.doubts] == ["1.2O3"]
    assert [words.text for words in document.left_out] == ["~"]


def test_an_unread_page_is_named_in_the_text() -> None:
    assert Document((Page(2, error="no"), PAGE)).text.startswith("[page 2 was not read]\n\ntỉnh ủy\n")


def test_descriptions_are_short() -> None:
    document = Document((PAGE, Page(4, source="none", quality=0.0, error="cut off")), "a.pdf")
    assert repr(document) == "<Document 'a.pdf': 2 pages, 6 words, 2 corrections, 1 doubt, 1 unread page, quality 0.88>"
    assert repr(PAGE) == "<Page 3: ocr, 6 words, 1 table, 2 corrections, 1 doubt, quality 0.91>"
    assert repr(MENDED) == "<Line 'tỉnh ủy', 1 correction>"
    assert len(repr(Line("chữ " * 100))) < 60


def test_a_notebook_shows_the_text_and_runs_none_of_it() -> None:
    shown = Document((PAGE,), "<script>.pdf")._repr_html_()
    assert "<b>" not in shown
    assert "<script>" not in shown
    assert html.escape("<b>hết</b>") in shown
    assert "and 5 more pages" in Document((PAGE,) * 25)._repr_html_()


def test_a_number_divided_at_its_hyphen_closes_up_in_a_cell() -> None:
    said = ("121/2009/TT-", "BTC"), ("Xã An Phú -", "Xã Lâm Sơn"), ("từ 3-", "5 ngày"), ("Huyện", "An Phú")
    cells = [Cell(row, 0, tuple(Line(text, ()) for text in texts)) for row, texts in enumerate(said)]
    assert [cell.text for cell in cells] == [
        "121/2009/TT-BTC",
        "Xã An Phú - Xã Lâm Sơn",
        "từ 3- 5 ngày",
        "Huyện An Phú",
    ]
