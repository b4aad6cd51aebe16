import csv
import io
import json

import pytest

from vnreport_ocr.model import Box, Cell, Correction, Letterhead, Line, Page, Reading, Role, Table, Token, replay
from vnreport_ocr.outputs.csv import harmless, table_csv
from vnreport_ocr.outputs.json import JsonStream
from vnreport_ocr.outputs.markdown import MarkdownStream, escaped, table_markdown
from vnreport_ocr.outputs.text import TextStream
from vnreport_ocr.structure.furniture import REASON, without_furniture
from vnreport_ocr.structure.paragraphs import gathered, joined


def cell(row: int, column: int, text: str, span: int = 1) -> Cell:
    return Cell(row, column, (Line(text),) if text else (), 1, span)


TABLE = Table(
    (
        cell(0, 0, "Chỉ tiêu"),
        cell(0, 1, "Năm 2021"),
        cell(1, 0, "Lúa | ngô"),
        cell(1, 1, "1.844"),
        cell(2, 0, "Xã; phường", 2),
    ),
    1,
)
MENDED = Line(
    "tố chức", (Token("tố", 0, Box(1, 2, 3, 4), 0.61, (("tổ", 0.5),)),), (Correction(0, "tố", "tổ", "decode", 0.9),)
)
PAGES = (
    Page(1, (Line("12", role=Role.FURNITURE), MENDED, Line("Kết thúc.")), (TABLE,), source="ocr", size=(595.0, 842.0)),
    Page(2, source="none", error="page 2: cannot be read."),
    Page(3, (Line("Trang sau."),), source="layer"),
)


def streamed(stream: TextStream | MarkdownStream | JsonStream, pages: tuple[Page, ...] = PAGES) -> str:
    return "".join(stream.page(page) for page in pages) + stream.end()


def test_text_keeps_lines_pages_and_says_what_is_missing() -> None:
    text = streamed(TextStream())
    assert text.startswith("12\n\nChỉ tiêu    Năm 2021\nLúa | ngô      1.844\nXã; phường\n\ntổ chức\nKết thúc.\n")
    assert "\n[page 2 was not read]\n" in text
    assert text.endswith("\nTrang sau.\n")


def test_furniture_can_be_set_aside_and_is_still_on_record() -> None:
    page = without_furniture(PAGES[0])
    assert page.text.split("\n")[0] == "Chỉ tiêu    Năm 2021"
    assert [(words.text, words.reason) for words in page.left_out] == [("12", REASON)]
    assert json.loads(streamed(JsonStream(), (page,)))["pages"][0]["left_out"] == [{"text": "12", "reason": REASON}]


def test_a_text_file_keeps_every_line_end() -> None:
    lines = (Line("a", end="\r\n"), Line("", end="\n"), Line("b", end=""))
    assert streamed(TextStream(), (Page(1, lines),)) == "a\r\n\nb"


def test_table_columns_are_aligned_by_what_is_seen() -> None:
    loose = Table(
        (cell(0, 0, "e\N{COMBINING CIRCUMFLEX ACCENT}"), cell(0, 1, "x"), cell(1, 0, "ab"), cell(1, 1, "y")), 0
    )
    first, second = loose.text.splitlines()
    assert first.index("x") - 1 == second.index("y")


def test_markdown_has_headings_paragraphs_and_tables() -> None:
    lines = (
        Line("CHƯƠNG I", role=Role.HEADING),
        Line("Các sở, ngành thực hiện kế hoạch"),
        Line("của Ủy ban nhân dân tỉnh."),
        Line("Nơi nhận:", role=Role.RECIPIENTS),
        Line("- Như trên;", role=Role.RECIPIENTS),
    )
    text = streamed(MarkdownStream(), (Page(1, lines, (TABLE,), source="ocr"),))
    assert text.startswith("## CHƯƠNG I\n\n| Chỉ tiêu | Năm 2021 |\n| --- | --- |\n| Lúa \\| ngô | 1.844 |\n")
    assert "\n\nCác sở, ngành thực hiện kế hoạch của Ủy ban nhân dân tỉnh.\n\nNơi nhận:  \n- Như trên;\n" in text


def test_markdown_says_what_is_missing() -> None:
    assert "*\\[page 2 was not read\\]*" in streamed(MarkdownStream())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. Điều", "1\\. Điều"),
        ("# một", "\\# một"),
        ("a*b_c", "a\\*b\\_c"),
        ("---", "\\---"),
        ("5.000 ha", "5.000 ha"),
    ],
)
def test_what_means_something_in_markdown_is_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_an_empty_table_is_nothing() -> None:
    assert table_markdown(Table((), 0)) == ""
    assert Table((), 0).text == ""
    assert table_csv(Table((), 0)) == ""


def test_csv_reads_back() -> None:
    rows = list(csv.reader(io.StringIO(table_csv(TABLE)), delimiter=";"))
    assert rows == [["Chỉ tiêu", "Năm 2021"], ["Lúa | ngô", "1.844"], ["Xã; phường", ""]]


def test_csv_runs_no_formula() -> None:
    assert table_csv(Table((cell(0, 0, "=1+1"), cell(0, 1, "-3,5")), 0)) == "'=1+1;-3,5\n"


@pytest.mark.parametrize(
    "text", ["+1+1", "-2+3+cmd", "@SUM(A1)", "=A1", "- cmd|' /C calc'!A0", "+HYPERLINK(1)", "\t=1"]
)
def test_csv_guards_whatever_a_spreadsheet_would_run(text: str) -> None:
    assert list(csv.reader(io.StringIO(table_csv(Table((cell(0, 0, text),), 0))), delimiter=";")) == [
        [f"'{text.strip()}"]
    ]


@pytest.mark.parametrize("text", ["-1.234,5", "+3 %", "- Khoa Nhi", "+ Trạm y tế xã", "-", "(12)"])
def test_csv_leaves_figures_and_lists_alone(text: str) -> None:
    assert table_csv(Table((cell(0, 0, text),), 0)) == f"{text}\n"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "+1+1", "-2+3+cmd", "-2+3+cmd|' /C calc'!A0", "\t=1", "\r=1", " =1", "＝1", "-1-2", "+A1",
     " +1+1", "\u00a0-1-2", "- HYPERLINK(\"x\")", "- cmd|' /C calc'!A0", "-(1)", "＋1"],
)  # fmt: skip
def test_what_a_spreadsheet_would_compute_is_guarded(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    ["-2,5", "+3,5", "-1.250", "- 12,5", "-12,5%", "-", "--", "- Thu nội địa (tỷ đồng)", "+ Chi đầu tư", "12", "a=b",
     "1+1", "", "–2,5"],
)  # fmt: skip
def test_signed_numbers_and_items_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_json_holds_evidence_and_decisions() -> None:
    head = Page(4, (Line("x"),), source="ocr", letterhead=Letterhead(number=Reading("12/BC", 0.91234)))
    document = json.loads(streamed(JsonStream("bao-cao.pdf", {"Title": "B"}), (*PAGES, head)))
    assert (document["format"], document["format_version"], document["name"]) == ("vnocr-document", 1, "bao-cao.pdf")
    first, second, _, fourth = document["pages"]
    line = first["lines"][1]
    assert line["raw"] == "tố chức"
    assert replay(line["raw"], tuple(Correction(**c) for c in line["corrections"])) == line["text"]
    assert line["tokens"][0] == {
        "text": "tố",
        "start": 0,
        "box": [1, 2, 3, 4],
        "confidence": 0.61,
        "alternatives": [["tổ", 0.5]],
    }
    assert first["tables"][0]["rows"][1] == ["Lúa | ngô", "1.844"]
    assert second["error"] == "page 2: cannot be read."
    assert fourth["letterhead"] == {"number": {"text": "12/BC", "confidence": 0.912, "vi": "so_ky_hieu"}}


def test_json_without_pages_is_still_json() -> None:
    assert json.loads(streamed(JsonStream("x"), ()))["pages"] == []


def test_lines_are_joined_to_paragraphs() -> None:
    lines = [
        Line("Thực hiện Nghị quyết số 20-"),
        Line("NQ/TW của Ban Chấp hành Trung ương, các sở"),
        Line("báo cáo kết quả trong quý."),
        Line("- Sở Tài chính cân đối nguồn vốn;"),
        Line("- Sở Nội vụ theo dõi việc thực hiện"),
        Line("kế hoạch."),
        Line(""),
        Line("Hết."),
    ]
    assert [joined(group) for group in gathered(lines, None)] == [
        "Thực hiện Nghị quyết số 20-NQ/TW của Ban Chấp hành Trung ương, các sở báo cáo kết quả trong quý.",
        "- Sở Tài chính cân đối nguồn vốn;",
        "- Sở Nội vụ theo dõi việc thực hiện kế hoạch.",
        "Hết.",
    ]


def test_reflow_is_an_option() -> None:
    page = Page(1, (Line("Các sở, ngành thực hiện"), Line("kế hoạch của tỉnh.")), source="ocr")
    assert streamed(TextStream(reflow=True), (page,)) == "Các sở, ngành thực hiện kế hoạch của tỉnh.\n"
