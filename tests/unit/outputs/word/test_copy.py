"""A Word file cleaned into a Word file: its text repaired where it stands, and nothing else touched."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.shared import Pt
from lxml import etree
from PIL import Image

from tests.unit.outputs.word.test_file import noted, saved
from vnreport_ocr.cli.main import run
from vnreport_ocr.errors import UnreadableFileError
from vnreport_ocr.model import Correction, Doubt, Line, Page
from vnreport_ocr.outputs.word.copy import WordCopy
from vnreport_ocr.outputs.word.mending import mended
from vnreport_ocr.sources.word.files import WordFile
from vnreport_ocr.sources.word.package import W
from vnreport_ocr.vietnamese.charsets import encode

FIRST = "Các xã đã hoàn thành việc gieo cấy lúa vụ xuân đúng thời vụ."
SECOND = "Trạm khuyến nông hướng dẫn bón phân cho lúa đẻ nhánh."


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def cleaned(path: Path, draw: Callable[[WordDocument], None], *more: str) -> Path:
    word = docx.Document()
    draw(word)
    word.save(str(path / "a.docx"))
    assert run(["clean", str(path / "a.docx"), "-o", str(path / "out"), "-f", "docx,txt", "-q", *more]) == 0
    return path / "out" / "a.docx"


def test_text_is_repaired_and_all_else_stays(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "PNG")

    def draw(word: WordDocument) -> None:
        word.sections[0].header.paragraphs[0].text = "Cong hoa"
        word.sections[0].footer.paragraphs[0].text = "Trang cuoi"
        word.add_heading("I. TINH HINH", 1)
        paragraph = word.add_paragraph(style="List Number")
        paragraph.add_run("Uy ban nhan dan tinh ")
        bold = paragraph.add_run("bao cao Hoi dong nhan dan")
        bold.bold, bold.font.size = True, Pt(15)
        paragraph.add_run(" ket qua cong tac nam 2019, dat 1.250 ha.")
        word.add_picture(io.BytesIO(picture.getvalue()))
        table = word.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Chi tieu phat trien kinh te"
        table.cell(1, 0).text = "San luong lua"
        table.cell(1, 1).text = "12.345,6"

    path = cleaned(tmp_path, draw)
    before, after = parts(tmp_path / "a.docx"), parts(path)
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed <= {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert set(after) - set(before) <= {"word/comments.xml"}
    old, new = docx.Document(str(tmp_path / "a.docx")), docx.Document(str(path))
    assert [p.style.name for p in old.paragraphs if p.style] == [p.style.name for p in new.paragraphs if p.style]
    assert new.paragraphs[1].text == (
        "Uỷ ban nhân dân tỉnh báo cáo Hội đồng nhân dân kết quả công tác năm 2019, đạt 1.250 ha."
    ).replace("Uỷ", new.paragraphs[1].text[:2])
    (run_,) = [r for r in new.paragraphs[1].runs if r.bold]
    assert (run_.text, run_.font.size) == ("báo cáo Hội đồng nhân dân", Pt(15))
    assert new.tables[0].cell(0, 1).text == "Chỉ tiêu phát triển kinh tế"
    assert new.tables[0].cell(1, 1).text == "12.345,6"
    assert len(new.inline_shapes) == 1
    said = (tmp_path / "out" / "a.txt").read_text(encoding="utf-8")
    assert new.paragraphs[1].text in said


def test_old_fonts_become_fonts_of_unicode_run_by_run(tmp_path: Path) -> None:
    def draw(word: WordDocument) -> None:
        for said in (FIRST, SECOND):
            paragraph = word.add_paragraph()
            half = len(said) // 2
            # A word is cut where Word cut it, in the middle of its codes.
            for part in (encode(said[:half], "vni"), encode(said[half:], "vni")):
                paragraph.add_run(part).font.name = "VNI-Times"
            paragraph.add_run(" " + SECOND).font.name = "Arial"
            paragraph.add_run(" " + encode(SECOND, "tcvn3")).font.name = ".VnArial"

    new = docx.Document(str(cleaned(tmp_path, draw)))
    for paragraph, said in zip(new.paragraphs, (FIRST, SECOND), strict=True):
        assert paragraph.text == f"{said} {SECOND} {SECOND}"
        assert [r.font.name for r in paragraph.runs] == ["Times New Roman", "Times New Roman", "Arial", "Arial"]


BOX = (
    f'<w:r xmlns:w="{W[1:-1]}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>BOX</w:drawing>'
    "</mc:Choice><mc:Fallback><w:pict><v:textbox>BOX</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def test_headers_footers_and_boxes_are_decoded_too(tmp_path: Path) -> None:
    codes = encode(SECOND, "tcvn3")
    run_of = f'<w:r><w:rPr><w:rFonts w:ascii=".VnTime"/></w:rPr><w:t>{codes}</w:t></w:r>'

    def draw(word: WordDocument) -> None:
        word.add_paragraph(FIRST)
        box = BOX.replace("BOX", f"<w:txbxContent><w:p>{run_of}</w:p></w:txbxContent>")
        word.paragraphs[0]._p.append(etree.fromstring(box))
        for part in (word.sections[0].header, word.sections[0].footer):
            old = part.paragraphs[0].add_run(codes[:20])
            old.font.name = ".VnTime"
            rest = part.paragraphs[0].add_run(codes[20:])
            rest.font.name, rest.bold = ".VnTime", True

    copy = cleaned(tmp_path, draw)
    section = docx.Document(str(copy)).sections[0]
    for part in (section.header, section.footer):
        assert [run.text for run in part.paragraphs[0].runs] == [SECOND[:20], SECOND[20:]]
        assert [run.font.name for run in part.paragraphs[0].runs] == ["Times New Roman", "Times New Roman"]
        assert part.paragraphs[0].runs[1].bold
    root = etree.fromstring(parts(copy)["word/document.xml"])
    boxes = [box.findtext(f"{W}p/{W}r/{W}t") for box in root.iter(f"{W}txbxContent")]
    assert boxes == [SECOND, SECOND]
    # Headers are no part of the text.
    assert (tmp_path / "out" / "a.txt").read_text(encoding="utf-8").split("\n\n") == [FIRST, f"{SECOND}\n"]


def test_footnotes_are_repaired_in_their_place(tmp_path: Path) -> None:
    def draw(_: WordDocument) -> None:
        return

    cleaned(tmp_path, draw)
    source = tmp_path / "b.docx"
    source.write_bytes(saved(noted()).getvalue())
    before = parts(source)
    damaged = {
        name: data.replace("Số liệu của trạm khuyến nông".encode(), b"So lieu cua tram khuyen nong")
        for name, data in before.items()
    }
    with zipfile.ZipFile(source, "w") as package:
        for name, data in damaged.items():
            package.writestr(name, data)
    assert run(["clean", str(source), "-o", str(tmp_path / "out"), "-f", "docx", "-q"]) == 0
    after = parts(tmp_path / "out" / "b.docx")
    assert "Số liệu của trạm khuyến nông".encode() in after["word/footnotes.xml"]
    assert etree.fromstring(after["word/footnotes.xml"]).tag == f"{W}footnotes"


@pytest.mark.parametrize("how", ["comments", "marks", "none"])
def test_doubts_are_shown_in_the_copy(tmp_path: Path, how: str) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Tổng thu ")
    paragraph.add_run("đạt 1.2S0 triệu đồng").italic = True
    word.add_comment(paragraph.runs[0], text="của người viết", author="B")
    word.save(str(tmp_path / "a.docx"))
    copy = WordCopy(tmp_path / "a.docx", doubts=how)  # type: ignore[arg-type]
    line = Line("Tổng thu đạt 1.2S0 triệu đồng", doubts=(Doubt(13, "1.2S0", "a figure?"), Doubt(0, "Tổng", "a word?")))
    copy.page(Page(1, (line,)))
    with (tmp_path / "b.docx").open("wb") as file:
        copy.save(file)
    new = docx.Document(str(tmp_path / "b.docx"))
    assert new.paragraphs[0].text == "Tổng thu đạt 1.2S0 triệu đồng"
    comments = [one.text for one in new.comments]
    marked = [r.text for r in new.paragraphs[0].runs if r.font.highlight_color is not None]
    assert comments == ["của người viết", *(["a figure?", "a word?"] if how == "comments" else [])]
    assert marked == (["Tổng", "1.2S0"] if how == "marks" else [])
    assert all(r.italic for r in new.paragraphs[0].runs if "1.2S0" in r.text)
    if how != "none":
        assert "1.2S0" in [r.text for r in new.paragraphs[0].runs], "the figure alone"


@pytest.mark.parametrize(
    ("runs", "corrections", "said"),
    [
        (("Hoi do", "ng"), (Correction(0, "Hoi dong", "Hội đồng", "x", 1.0),), ["Hội đồng", ""]),
        (("Hoi ", "dong"), (Correction(0, "Hoi dong", "Hội đồng", "x", 1.0),), ["Hội ", "đồng"]),
        (("H o i ", "dong"), (Correction(0, "H o i dong", "Hội đồng", "x", 1.0),), ["Hội đồng", ""]),
        (("Hội", "đồng"), (Correction(3, "", " ", "x", 1.0),), ["Hội ", "đồng"]),
        (("a b", " c"), (Correction(1, " b", "", "x", 1.0), Correction(1, " c", " d", "x", 1.0)), ["a d", ""]),
    ],
)
def test_changes_go_into_the_runs_that_they_lie_in(
    tmp_path: Path, runs: tuple[str, ...], corrections: tuple[Correction, ...], said: list[str]
) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph()
    for text in runs:
        paragraph.add_run(text)
    word.save(str(tmp_path / "a.docx"))
    ((_, (one,)),) = WordFile(tmp_path / "a.docx").set_pages()
    line = one.line.__class__(one.line.raw, corrections=corrections)
    sets = mended(line, one.pieces)
    assert [one.element.text or "" for one in sets] == said
    assert "".join(said) == line.text


def test_a_file_that_changed_meanwhile_is_told(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph(FIRST)
    word.save(str(tmp_path / "a.docx"))
    with pytest.raises(UnreadableFileError, match="no longer the file"):
        WordCopy(tmp_path / "a.docx").page(Page(1, (Line(SECOND),)))


def test_macros_are_left_out(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Uy ban nhan dan tinh bao cao.")
    word.save(str(tmp_path / "a.docx"))
    kind, macros = b"wordprocessingml.document.main+xml", b"application/vnd.ms-word.document.macroEnabled.main+xml"
    with zipfile.ZipFile(tmp_path / "a.docm", "w") as package:
        for name, data in parts(tmp_path / "a.docx").items():
            package.writestr(name, data.replace(b"application/vnd.openxmlformats-officedocument." + kind, macros))
        package.writestr("word/vbaProject.bin", b"x")
    assert run(["clean", str(tmp_path / "a.docm"), "-o", str(tmp_path / "out"), "-f", "docx", "-q"]) == 0
    after = parts(tmp_path / "out" / "a.docx")
    assert "word/vbaProject.bin" not in after
    assert "nhân dân" in docx.Document(str(tmp_path / "out" / "a.docx")).paragraphs[0].text


def test_no_pdf_is_made_of_a_word_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    word = docx.Document()
    word.add_paragraph(FIRST)
    word.save(str(tmp_path / "a.docx"))
    assert run(["clean", str(tmp_path / "a.docx"), "-o", str(tmp_path / "out"), "-f", "pdf"]) == 3
    assert "no pages to make a PDF of" in capsys.readouterr().err


def as_strict(source: Path, target: Path) -> None:
    """Save a file as Strict Open XML does: with other names for everything."""
    with zipfile.ZipFile(target, "w") as package:
        for name, data in parts(source).items():
            for kind in (b"wordprocessingml", b"officeDocument", b"drawingml"):
                data = data.replace(
                    b"http://schemas.openxmlformats.org/" + kind + b"/2006/",
                    b"http://purl.oclc.org/ooxml/" + kind + b"/",
                )
            package.writestr(name, data)


def test_strict_files_are_read_and_stay_strict(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("Uy ban nhan dan tinh bao cao ket qua cong tac nam 2019.")
    word.add_table(1, 1).cell(0, 0).text = "12.345,6 (http://schemas.openxmlformats.org/wordprocessingml/2006/)"
    word.save(str(tmp_path / "usual.docx"))
    as_strict(tmp_path / "usual.docx", tmp_path / "a.docx")
    assert run(["clean", str(tmp_path / "a.docx"), "-o", str(tmp_path / "out"), "-f", "docx,txt", "-q"]) == 0
    told = (tmp_path / "out" / "a.txt").read_text(encoding="utf-8")
    assert "nhân dân tỉnh báo cáo kết quả" in told
    assert "12.345,6 (http://purl.oclc.org/ooxml/wordprocessingml/)" in told, "what a text says stays"
    after = parts(tmp_path / "out" / "a.docx")
    assert b'"http://schemas.openxmlformats.org/wordprocessingml' not in after["word/document.xml"]
    assert b"purl.oclc.org/ooxml/wordprocessingml/main" in after["word/document.xml"]
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/" in after["word/_rels/document.xml.rels"]
    with zipfile.ZipFile(tmp_path / "out" / "a.docx") as package:
        assert package.testzip() is None


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("dotx", b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        ("dotm", b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ],
)
def test_templates_are_read_and_the_copy_is_a_document(ending: str, kind: bytes, tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph(FIRST)
    word.save(str(tmp_path / "usual.docx"))
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(tmp_path / f"mau.{ending}", "w") as package:
        for name, data in parts(tmp_path / "usual.docx").items():
            package.writestr(name, data.replace(usual, kind) if name == "[Content_Types].xml" else data)
    assert run(["clean", str(tmp_path / f"mau.{ending}"), "-o", str(tmp_path / "out"), "-f", "docx", "-q"]) == 0
    new = docx.Document(str(tmp_path / "out" / "mau.docx"))
    assert [paragraph.text for paragraph in new.paragraphs] == [FIRST]
    assert usual in parts(tmp_path / "out" / "mau.docx")["[Content_Types].xml"]


def test_a_file_without_text_of_a_known_kind_is_no_empty_document(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph(FIRST)
    word.save(str(tmp_path / "usual.docx"))
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as package:
        for name, data in parts(tmp_path / "usual.docx").items():
            package.writestr(name, data.replace(b"wordprocessingml/2006/main", b"wordprocessingml/2036/main"))
    assert run(["clean", str(tmp_path / "a.docx"), "-q"]) == 3
