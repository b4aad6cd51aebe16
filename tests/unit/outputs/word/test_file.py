import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import Mm, Pt
from lxml import etree

from tests.unit.structure.helpers import SIZE, letter, line
from vnreport_ocr.model import Box, Cell, Doubt, Line, Page, Role, Table
from vnreport_ocr.options import DocxDoubts, Options
from vnreport_ocr.outputs.word.file import WordOutput
from vnreport_ocr.outputs.write import write
from vnreport_ocr.structure.roles import with_roles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def page(number: int, *lines: Line, tables: tuple[Table, ...] = ()) -> Page:
    return Page(number, with_roles(lines, SIZE), tables, source="layer", size=SIZE)


def saved(*pages: Page, doubts: DocxDoubts = "comments", page_breaks: bool = False) -> io.BytesIO:
    word = WordOutput("a", doubts=doubts, page_breaks=page_breaks)
    for one in pages:
        word.page(one)
    target = io.BytesIO()
    word.save(target)
    return target


def opened(*pages: Page, doubts: DocxDoubts = "comments") -> WordDocument:
    return docx.Document(saved(*pages, doubts=doubts))


def texts(word: WordDocument) -> list[tuple[str, str]]:
    return [((p.style and p.style.name) or "", p.text) for p in word.paragraphs if p.text.strip()]


def test_the_page_is_that_of_official_papers() -> None:
    word = opened(page(1, line("Các xã đã gieo xong.", 60, 100)))
    section = word.sections[0]
    sizes = (section.page_width, section.page_height, section.left_margin)
    assert [round((size or 0) / Mm(1)) for size in sizes] == [210, 297, 30]
    assert section.different_first_page_header_footer
    body = word.styles["Body Text"]
    assert (body.font.name, body.font.size) == ("Times New Roman", Pt(14))


def test_a_letter_has_its_head_and_its_closing_in_two_halves() -> None:
    word = opened(page(1, *letter()))
    head, closing = word.tables
    left, right = head.rows[0].cells
    assert left.text.split("\n") == ["ỦY BAN NHÂN DÂN", "HUYỆN AN PHÚ", "Số: 145/TTr-UBND"]
    assert right.text.split("\n")[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert [p.runs[0].italic for p in right.paragraphs if "ngày" in p.text] == [True]
    recipients, signature = closing.rows[0].cells
    assert recipients.text.split("\n") == ["Nơi nhận:", "- Như trên;"]
    assert [text for text in signature.text.split("\n") if text] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Bình"]
    assert texts(word)[:2] == [("Title", "TỜ TRÌNH"), ("Subtitle", "Về việc phân bổ vốn đầu tư công đợt hai")]


def test_headings_are_styles_and_paragraphs_flow() -> None:
    full = line("Các xã ven sông đã hoàn thành việc nạo vét kênh mương trước mùa mưa, tổng", 88, 160)
    last = full.tokens[-1]
    assert last.box is not None
    full = Line(full.raw, (*full.tokens[:-1], last._replace(box=last.box._replace(right=540.0))))
    word = opened(
        page(
            1,
            line("Chương I", 270, 100, bold=True),
            line("QUY ĐỊNH CHUNG", 240, 118, bold=True),
            line("Điều 1. Phạm vi áp dụng", 88, 140, bold=True),
            full,
            line("chiều dài là 12,4 km.", 60, 178),
        )
    )
    assert texts(word) == [
        ("Heading 1", "Chương I\nQUY ĐỊNH CHUNG"),
        ("Heading 2", "Điều 1. Phạm vi áp dụng"),
        ("Body Text", f"{full.raw} chiều dài là 12,4 km."),
    ]


def test_furniture_is_not_typed_anew_and_an_unread_page_says_so() -> None:
    word = opened(page(1, line("Hết.", 60, 300), line("1", 295, 815)), Page(2, error="unread"))
    assert [text for _, text in texts(word)] == ["Hết.", "[page 2 was not read]"]


def test_tables_are_real_with_merged_cells_and_go_on_as_one() -> None:
    def ruled(*rows: tuple[str, str, str], top: float, span: bool = False) -> Table:
        cells = [
            Cell(r, c, (Line(text),), 1, 2 if span and (r, c) == (0, 1) else 1,
                 Box(60 + 150 * c, top + 20 * r, 210 + 150 * c, top + 20 * r + 20))
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
            if not (span and (r, c) == (0, 2))
        ]  # fmt: skip
        return Table(tuple(cells), 0, Box(60, top, 510, top + 20 * len(rows)))

    first = ruled(("Xã", "Lúa", ""), ("An Phú", "12", "14"), top=600, span=True)
    rest = replace(ruled(("Vĩnh Hòa", "8", "9"), top=50), continues=True)
    word = opened(page(1, tables=(first,)), page(2, tables=(rest,)))
    (table,) = word.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [["Xã", "Lúa", "Lúa"], ["An Phú", "12", "14"], ["Vĩnh Hòa", "8", "9"]]
    assert table.rows[0].cells[1]._tc is table.rows[0].cells[2]._tc


def noted() -> Page:
    body = [
        line(f"Sản lượng chè đạt 5.120 tấn¹ trong vụ thứ {n}, tăng so với cùng kỳ năm trước.", 60, 100 + 40 * n)
        for n in range(6)
    ]
    return page(1, *body[:1], *(replace(b, raw=b.raw.replace("¹", " ")) for b in body[1:]),
                line("¹ Số liệu của trạm khuyến nông.", 60, 720, size=10))  # fmt: skip


def test_footnotes_are_footnotes() -> None:
    file = saved(noted())
    with zipfile.ZipFile(file) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
        types = package.read("[Content_Types].xml").decode()
    called = [found.get(f"{W}id") for found in body.iter(f"{W}footnoteReference")]
    said = {n.get(f"{W}id"): "".join(t.text for t in n.iter(f"{W}t")).strip() for n in notes.iter(f"{W}footnote")}
    assert called == ["1"]
    assert said["1"] == "Số liệu của trạm khuyến nông."
    assert "footnotes+xml" in types


@pytest.mark.parametrize(("how", "comments", "marked"), [("comments", 1, 0), ("marks", 0, 1), ("none", 0, 0)])
def test_doubts_are_comments_marks_or_nothing(how: DocxDoubts, comments: int, marked: int) -> None:
    doubted = replace(line("Thu hoạch được 3l2 tấn.", 60, 100), doubts=(Doubt(15, "3l2", "a letter among figures"),))
    word = opened(Page(1, (doubted,), source="layer", size=SIZE), doubts=how)
    assert len(list(word.comments)) == comments
    runs = [run for paragraph in word.paragraphs for run in paragraph.runs]
    assert [run.text for run in runs if run.font.highlight_color is not None] == ["3l2"] * marked
    assert word.paragraphs[0].text == "Thu hoạch được 3l2 tấn."


def test_pages_begin_where_they_did_if_that_is_wanted() -> None:
    pages = (page(1, line("Một.", 60, 100)), page(2, line("Hai.", 60, 100)))
    broken = [saved(*pages, page_breaks=wanted).getvalue() for wanted in (False, True)]
    counts = [zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").count(b'w:type="page"') for data in broken]
    assert counts == [0, 1]


def test_what_xml_forbids_and_markup_do_no_harm() -> None:
    word = opened(page(1, line("a<b>&\x0b\x00 \ud800 c", 60, 100)))
    assert word.paragraphs[0].text == "a<b>&\ufffd\ufffd \ufffd c"


def test_nothing_is_lost_but_furniture() -> None:
    lines = [*letter(), line("Đến ngày 3/4 mới nộp.", 60, 400)]
    word = opened(page(1, *lines))
    words = (
        " ".join(p.text for p in word.paragraphs)
        + " "
        + " ".join(c.text for t in word.tables for r in t.rows for c in r.cells)
    )
    kept = " ".join(
        made.raw
        for made, role in zip(lines, (m.role for m in with_roles(lines, SIZE)), strict=True)
        if role is not Role.FURNITURE
    )
    assert sorted(words.split()) == sorted(kept.split())


def test_it_is_written_like_every_other_format(tmp_path: Path) -> None:
    written = write([page(1, *letter())], ["docx", "txt"], tmp_path / "thu", options=Options(docx_doubts="none"))
    assert sorted(path.name for path in written) == ["thu.docx", "thu.txt"]
    assert len(docx.Document(str(tmp_path / "thu.docx")).tables) == 2


def test_a_page_that_lies_on_its_side_lies_so_in_word_and_the_next_one_stands() -> None:
    wide = (SIZE[1], SIZE[0])
    names = ("Xã", "Lúa", "Ngô", "Sắn")
    cells = tuple(
        Cell(0, n, (Line(name),), box=Box(60.0 + 180 * n, 100, 240.0 + 180 * n, 130)) for n, name in enumerate(names)
    )
    table = Table(cells, 1, Box(60, 100, 780, 130))
    pages = [
        page(1, line("Các xã đã gieo xong.", 60, 100)),
        replace(page(2, line("Biểu số 1", 60, 80), tables=(table,)), size=wide),
        page(3, line("Các xã đã gặt xong.", 60, 100)),
    ]
    word = opened(*pages)
    assert [(s.page_width or 0) > (s.page_height or 0) for s in word.sections] == [False, True, False]
    assert [s.different_first_page_header_footer for s in word.sections] == [True, False, False]
    assert all(s.header.is_linked_to_previous for s in list(word.sections)[1:]), "all pages are numbered alike"
    (made,) = word.tables
    assert sum(column.width or 0 for column in made.columns) == pytest.approx(Mm(252), rel=0.01)
    said = [p.text for p in word.paragraphs if p.text]
    assert said == ["Các xã đã gieo xong.", "Biểu số 1", "Các xã đã gặt xong."]
    first = opened(replace(pages[1], number=1), replace(pages[2], number=2))
    assert [(s.page_width or 0) > (s.page_height or 0) for s in first.sections] == [True, False]
