import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from lxml import etree

from tests.unit.structure.helpers import SIZE, letter, line
from vnreport_ocr.model import Box, Cell, Doubt, Line, Page, Role, Style, Table
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


def doubted(text: str, word: str, left: float, top: float, size: float = 13) -> Line:
    return replace(line(text, left, top, 0.9, size), doubts=(Doubt(text.index(word), word, "a letter among figures"),))


@pytest.mark.parametrize("how", ["comments", "marks", "none"])
def test_doubts_are_shown_wherever_they_are(how: DocxDoubts) -> None:
    """Most figures are in tables, and the number of a letter in its head."""
    said = letter()
    said[2] = doubted("Số: 1l5/TTr-UBND", "1l5/TTr-UBND", 80, 80)
    said[11] = doubted("- Sở Tài chính (0l bản);", "(0l", 60, 655)
    said[14] = doubted("Trần Văn Bịnh", "Bịnh", 365, 740)
    cell = Cell(0, 0, (doubted("4l2", "4l2", 60, 400),), box=Box(50, 390, 200, 420))
    note = [*noted().lines[:6], doubted("¹ Số liệu của 1l xã.", "1l", 60, 720, 10)]
    word = opened(
        page(1, *said), page(2, line("Các xã đã gieo xong.", 60, 100), tables=(Table((cell,), 0),)), doubts=how
    )
    assert len(list(word.comments)) == (4 if how == "comments" else 0)
    assert all("có chữ cái giữa các chữ số / a letter among figures" in one.text for one in word.comments)
    cells = [cell for table in word.tables for row in table.rows for cell in row.cells]
    runs = [run for cell in cells for paragraph in cell.paragraphs for run in paragraph.runs]
    marked = [run.text for run in runs if run.font.highlight_color is not None]
    assert marked == (["1l5/TTr-UBND", "(0l", "Bịnh", "4l2"] if how == "marks" else [])
    with zipfile.ZipFile(saved(page(1, *note), doubts=how)) as package:
        notes = etree.fromstring(package.read("word/footnotes.xml"))
    yellow = [look.getparent().getparent() for look in notes.iter(f"{W}highlight")]
    assert ["".join(run.itertext()) for run in yellow] == ([] if how == "none" else ["1l"])


def test_two_who_sign_side_by_side_have_a_half_each() -> None:
    word = opened(
        page(
            1,
            line("Biên bản được lập thành hai bản có giá trị như nhau, mỗi bên giữ một bản.", 60, 400),
            line("ĐẠI DIỆN BÊN GIAO", 100, 440),
            line("(Ký, ghi rõ họ tên)", 95, 456),
            line("ĐẠI DIỆN BÊN NHẬN", 360, 440),
            line("(Ký, ghi rõ họ tên)", 355, 456),
            line("Hà Thị Mận", 125, 540),
            line("Đỗ Văn Quế", 385, 540),
        )
    )
    (table,) = word.tables
    halves = [[text for text in cell.text.split("\n") if text] for cell in table.rows[0].cells]
    asked = "(Ký, ghi rõ họ tên)"
    assert halves == [["ĐẠI DIỆN BÊN GIAO", asked, "Hà Thị Mận"], ["ĐẠI DIỆN BÊN NHẬN", asked, "Đỗ Văn Quế"]]
    places = [p.text for p in table.rows[0].cells[0].paragraphs]
    assert places[:2] == ["ĐẠI DIỆN BÊN GIAO", asked]
    assert places[2:] == ["", "", "", "", "Hà Thị Mận"]


def test_the_head_of_a_contract_stays_in_the_middle() -> None:
    word = opened(
        page(
            1,
            line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 180, 40),
            line("Độc lập - Tự do - Hạnh phúc", 210, 56),
            line("HỢP ĐỒNG THUÊ KHO", 240, 90),
            line("Số: 21/2022/HĐ-TK", 240, 110),
            line("BÊN THUÊ: TRẠM VẬT TƯ NÔNG NGHIỆP", 190, 150, bold=True),
            line("Hai bên thống nhất thuê kho chứa phân bón tại xã An Phú trong mười hai tháng.", 60, 180),
        )
    )
    assert not word.tables
    told = texts(word)
    assert ("Title", "HỢP ĐỒNG THUÊ KHO") in told
    assert [style for style, _ in told].count("Title") == 1


def test_lines_stand_where_they_stood() -> None:
    full = [
        line("Các xã ven sông đã hoàn thành việc nạo vét kênh mương trước mùa mưa này", 60, 140),
        line("và đang sửa chữa ba cống lấy nước ở đầu nguồn của hệ thống thủy nông xã.", 60, 160),
    ]
    ends = sorted(box.right for each in full if (box := each.tokens[-1].box) is not None)
    middle = (60 + ends[-1]) / 2
    unit = replace(line("Đơn vị: ha.", ends[-1] - 67, 120), end="\n\n")
    word = opened(page(1, line("Bảng 1. Diện tích lúa", middle - 65, 100), unit, *full))
    aligned = {paragraph.text[:6]: paragraph.alignment for paragraph in word.paragraphs if paragraph.text}
    assert aligned == {"Bảng 1": WD_ALIGN_PARAGRAPH.CENTER, "Đơn vị": WD_ALIGN_PARAGRAPH.RIGHT, "Các xã": None}


def test_the_whole_head_of_a_table_recurs_and_slanted_words_stay_slanted() -> None:
    rows = (("Xã", "Lúa", ""), ("", "Ha", "Tấn"), ("(1)", "(2)", "(3)"), ("An Phú", "12", "14"))
    spans = {(0, 0): (2, 1), (0, 1): (1, 2)}
    cells = [
        Cell(r, c, (Line(text),), *spans.get((r, c), (1, 1)))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if (r, c) not in ((0, 2), (1, 0))
    ]
    slanted = line("Căn cứ Luật Đất đai;", 88, 100)
    style = Style(13, italic=True)
    slanted = replace(slanted, tokens=tuple(token._replace(style=style) for token in slanted.tokens))
    word = opened(page(1, slanted, tables=(Table(tuple(cells), 1),)))
    (table,) = word.tables
    heads = [row._tr.find(f".//{W}tblHeader") is not None for row in table.rows]
    assert heads == [True, True, True, False]
    assert [run.italic for run in word.paragraphs[0].runs] == [True]
