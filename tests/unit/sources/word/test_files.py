import io
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.unit.outputs.word.test_file import noted, saved
from vnreport_ocr.errors import DamagedWordError, UnsupportedFileError
from vnreport_ocr.model import Page, Role
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.sources.word.files import word_pages
from vnreport_ocr.vietnamese.charsets import encode

FIRST = "Các xã đã hoàn thành việc gieo cấy lúa vụ xuân đúng thời vụ."
SECOND = "Trạm khuyến nông hướng dẫn bón phân cho lúa đẻ nhánh."


def made(path: Path, draw: Callable[[WordDocument], None]) -> tuple[Page, ...]:
    word = docx.Document()
    draw(word)
    word.save(str(path / "a.docx"))
    return word_pages(path / "a.docx")


def say_first(word: WordDocument) -> None:
    word.add_paragraph(FIRST)


def texts(page: Page) -> list[str]:
    return [line.raw for line in page.lines]


def test_paragraphs_headings_and_pages(tmp_path: Path) -> None:
    def draw(word: WordDocument) -> None:
        word.add_heading("I. TÌNH HÌNH", 1)
        word.add_paragraph(FIRST)
        word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        late = word.add_paragraph(SECOND)
        late.paragraph_format.page_break_before = True

    first, second = made(tmp_path, draw)
    assert [(line.raw, line.role) for line in first.lines] == [("I. TÌNH HÌNH", Role.HEADING), (FIRST, Role.BODY)]
    assert texts(second) == [SECOND]


@pytest.mark.parametrize(("font", "charset"), [(".VnTime", "tcvn3"), ("VNI-Times", "vni"), ("Times New Roman", "vni")])
def test_old_fonts_are_read_run_by_run(font: str, charset: str, tmp_path: Path) -> None:
    def draw(word: WordDocument) -> None:
        for said in (FIRST, SECOND):
            paragraph = word.add_paragraph()
            paragraph.add_run(encode(said, charset)).font.name = font
            paragraph.add_run(" " + SECOND).font.name = "Arial"

    (page,) = made(tmp_path, draw)
    assert texts(page) == [f"{FIRST} {SECOND}", f"{SECOND} {SECOND}"]


def test_a_font_of_an_old_name_over_unicode_text_changes_nothing(tmp_path: Path) -> None:
    (page,) = made(tmp_path, lambda word: setattr(word.add_paragraph().add_run(FIRST).font, "name", ".VnTime"))
    assert texts(page) == [FIRST]


def test_numbers_that_word_puts_in_are_read(tmp_path: Path) -> None:
    def draw(word: WordDocument) -> None:
        for said in ("Một", "Hai"):
            word.add_paragraph(said, style="List Number")
        word.add_paragraph("Ba", style="List Bullet")

    (page,) = made(tmp_path, draw)
    assert texts(page) == ["1. Một", "2. Hai", "- Ba"]


def test_tables_with_merged_cells(tmp_path: Path) -> None:
    def draw(word: WordDocument) -> None:
        word.add_paragraph("Biểu 1")
        table = word.add_table(3, 3)
        for r in range(3):
            for c in range(3):
                table.cell(r, c).text = f"{r}{c}"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "rộng"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "cao"

    (page,) = made(tmp_path, draw)
    (table,) = page.tables
    assert table.before_line == 1
    assert table.rows() == [["00", "rộng", ""], ["cao", "11", "12"], ["", "21", "22"]]
    assert {(cell.row_span, cell.column_span) for cell in table.cells if cell.text in ("rộng", "cao")} == {
        (1, 2),
        (2, 1),
    }


def test_footnotes_stand_at_the_end_of_their_page(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(saved(noted()).getvalue())
    (page,) = word_pages(tmp_path / "a.docx")
    assert "5.120 tấn¹ trong" in page.text
    assert (page.lines[-1].raw, page.lines[-1].role) == ("¹ Số liệu của trạm khuyến nông.", Role.FOOTNOTE)


_MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("<m:sSup><m:e><m:r><m:t>m</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "m²"),
        (
            "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>12</m:t></m:r></m:den></m:f>",
            "(a+b)/12",
        ),
        ("<m:sSub><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sub><m:r><m:t>i</m:t></m:r></m:sub></m:sSub>", "x_i"),
        ("<m:m><m:mr><m:e><m:r><m:t>1</m:t></m:r></m:e><m:e><m:r><m:t>2</m:t></m:r></m:e></m:mr></m:m>", "1 2"),
        ("<m:d><m:e><m:r><m:t>y</m:t></m:r></m:e></m:d>", "(y)"),
        ("<m:acc><m:e><m:r><m:t>v</m:t></m:r></m:e></m:acc>" * 40, "v" * 40),
    ],
)
def test_formulas_are_read(formula: str, said: str, tmp_path: Path) -> None:
    def draw(word: WordDocument) -> None:
        paragraph = word.add_paragraph("Diện tích là ")
        paragraph._p.append(parse_xml(f'<m:oMath xmlns:m="{_MATH}">{formula}</m:oMath>'))
        paragraph.add_run(" theo bản vẽ.")

    (page,) = made(tmp_path, draw)
    assert texts(page) == [f"Diện tích là {said} theo bản vẽ."]


@pytest.mark.parametrize(
    ("font", "code", "said"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "F0A8", "☐"),
        ("Symbol", "2265", "≥"),
        ("Symbol", "F0B3", "≥"),
        ("Webdings", "zz", ""),
    ],
)
def test_signs_of_fonts_without_letters_are_read(font: str, code: str, said: str, tmp_path: Path) -> None:
    def draw(word: WordDocument) -> None:
        run = word.add_paragraph().add_run("Đồng ý ")
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        run._r.append(parse_xml(f'<w:sym xmlns:w="{space}" w:font="{font}" w:char="{code}"/>'))

    (page,) = made(tmp_path, draw)
    assert page.lines[0].raw.rstrip() == f"Đồng ý {said}".rstrip()


def test_bold_words_are_known(tmp_path: Path) -> None:
    def draw(word: WordDocument) -> None:
        paragraph = word.add_paragraph()
        paragraph.add_run("Điều 1.").bold = True
        paragraph.add_run(" Phạm vi")

    (page,) = made(tmp_path, draw)
    assert [token.style is not None and token.style.bold for token in page.lines[0].tokens] == [
        True,
        True,
        False,
        False,
    ]


def test_a_word_file_is_cleaned_like_any_other(tmp_path: Path) -> None:
    made(tmp_path, lambda word: setattr(word.add_paragraph().add_run(encode(FIRST, "vni")).font, "name", "VNI-Times"))
    path = tmp_path / "a.docx"
    assert len(Pipeline().page_numbers(path)) == 1
    with Pipeline(Options()) as cleaner:
        assert cleaner.clean_file(path).text.strip() == FIRST


def packed(document: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", document)
    return buffer.getvalue()


BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + bytes(80), packed(b"<w:document"), packed(b""), packed(b" " * 5000)],
    ids=["broken", "cut off", "empty", "bomb"],
)  # fmt: skip
def test_what_is_no_word_file_is_told(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vnreport_ocr.sources.word.package._MOST_BYTES", 4000)
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    with pytest.raises(DamagedWordError):
        len(Pipeline().page_numbers(path))


def test_entities_are_neither_followed_nor_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(packed(BOMB))
    with pytest.raises(DamagedWordError, match="declarations that are not allowed"):
        word_pages(path)


def test_an_old_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(UnsupportedFileError):
        len(Pipeline().page_numbers(path))


def test_lists_of_one_kind_count_on_unless_one_begins_anew_or_writes_in_its_own_way(tmp_path: Path) -> None:
    level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    lists = (
        "",
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>',
        f'<w:lvlOverride w:ilvl="0">{level.format("lowerLetter", "%1)")}</w:lvlOverride>',
    )

    def draw(word: WordDocument) -> None:
        root = word.part.numbering_part.element
        kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{level.format("decimal", "%1.")}</w:abstractNum>'
        root.insert(0, parse_xml(kind))
        for number, own in enumerate(lists, 91):
            one = f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="90"/>{own}</w:num>'
            root.append(parse_xml(one))
        for number in (91, 91, 92, 92, 91, 93):
            look = word.add_paragraph("mục").paragraph_format.element.get_or_add_pPr()
            look.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'))

    (page,) = made(tmp_path, draw)
    assert [text.split()[0] for text in texts(page)] == ["1.", "2.", "7.", "8.", "9.", "j)"]


_COMPATIBLE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ('<w:moveTo w:id="5">{}</w:moveTo>', ["Một đoạn."]),
        ('<w:moveFrom w:id="5">{}</w:moveFrom>', []),
        ("<w:sdt><w:sdtContent><w:customXml>{}</w:customXml></w:sdtContent></w:sdt>", ["Một đoạn."]),
        (
            '<mc:AlternateContent><mc:Choice Requires="wps">{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>'
            "</mc:AlternateContent>",
            ["Một đoạn."],
        ),
        (
            "<w:p><w:r><w:ruby><w:rt><w:r><w:t>trên</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>Chữ gốc.</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:r></w:p>",
            ["Chữ gốc."],
        ),
    ],
)
def test_whatever_holds_a_paragraph_its_words_are_read(block: str, said: list[str], tmp_path: Path) -> None:
    paragraph = "<w:p><w:r><w:t>Một đoạn.</w:t></w:r></w:p>"

    def draw(word: WordDocument) -> None:
        word.add_paragraph(FIRST)
        held = parse_xml(f"<w:body {nsdecls('w')} {_COMPATIBLE}>{block.format(paragraph)}</w:body>")
        word.element.body.insert(1, held[0])

    (page,) = made(tmp_path, draw)
    assert texts(page) == [FIRST, *said]


@pytest.mark.parametrize("name", ["word/document.xml", "Word/Document.XML", "word/header1.xml"])
def test_a_part_that_is_there_twice_is_refused(name: str, tmp_path: Path) -> None:
    made(tmp_path, say_first)
    with warnings.catch_warnings(), zipfile.ZipFile(tmp_path / "a.docx", "a") as package:
        warnings.simplefilter("ignore")
        for written in (name, name) if "header" in name else (name,):
            package.writestr(written, package.read("word/document.xml").replace(b"xu\xc3\xa2n", b"thu"))
    with pytest.raises(DamagedWordError, match=r"holds a part of its text twice.*Open it in Word"):
        word_pages(tmp_path / "a.docx")


def test_pictures_that_are_there_twice_do_no_harm(tmp_path: Path) -> None:
    made(tmp_path, say_first)
    with warnings.catch_warnings(), zipfile.ZipFile(tmp_path / "a.docx", "a") as package:
        warnings.simplefilter("ignore")
        package.writestr("word/media/image1.png", b"1")
        package.writestr("word/media/image1.png", b"2")
    (page,) = word_pages(tmp_path / "a.docx")
    assert texts(page) == [FIRST]


def test_of_two_files_that_were_joined_none_is_passed_over(tmp_path: Path) -> None:
    made(tmp_path, say_first)
    data = (tmp_path / "a.docx").read_bytes()
    (tmp_path / "a.docx").write_bytes(data + data)
    with pytest.raises(DamagedWordError, match="Another file lies in front"):
        word_pages(tmp_path / "a.docx")
