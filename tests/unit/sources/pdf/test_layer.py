from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.unit.sources.conftest import SENTENCES, MakePdf, say
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.layer import TextLayer, clean, read_layer
from vnreport_ocr.vietnamese.charsets import encode


def layer_of(path: Path) -> TextLayer:
    with PdfFile(path) as file, file.page(1) as page:
        return read_layer(page)


def lines_of(path: Path) -> list[str]:
    return [line.raw for line in layer_of(path).lines]


def test_lines_words_boxes_and_styles(make_pdf: MakePdf) -> None:
    layer = layer_of(make_pdf(say(*SENTENCES)))
    assert [line.raw for line in layer.lines] == list(SENTENCES)
    token = layer.lines[0].tokens[2]
    assert (token.text, token.start) == ("nhân", 7)
    assert token.box is not None
    assert token.box.top < 300 - 260 < token.box.bottom
    assert token.style is not None
    assert token.style.size == 12
    for line in layer.lines:
        assert all(line.raw.startswith(t.text, t.start) for t in line.tokens)


def test_letters_drawn_one_by_one_in_any_order(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        text = "Tỉnh ủy ban hành"
        places = []
        left = 30.0
        for letter in text:
            places.append((left, letter))
            left += canvas.stringWidth(letter, "Serif", 12)
        for left, letter in reversed(places):
            if letter != " ":
                canvas.drawString(left, 200, letter)

    assert lines_of(make_pdf(draw)) == ["Tỉnh ủy ban hành"]


def test_letters_set_apart_are_words_by_their_gaps(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        left = 30.0
        for word in ("QUYẾT", "ĐỊNH", "CHUNG"):
            for letter in word:
                canvas.drawString(left, 200, letter + " ")
                left += 16
            left += 14

    assert lines_of(make_pdf(draw)) == ["QUYẾT ĐỊNH CHUNG"]


def test_footnote_marks_stay_apart_from_figures(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(30, 200, "tăng 21,5%")
        right = 30 + canvas.stringWidth("tăng 21,5%", "Serif", 12)
        canvas.setFont("Serif", 7)
        canvas.drawString(right, 205, "2")
        canvas.setFont("Serif", 12)
        canvas.drawString(right + 8, 200, "so với năm trước")

    (line,) = layer_of(make_pdf(draw)).lines
    assert line.raw == "tăng 21,5%² so với năm trước"
    assert [t.style.superscript for t in line.tokens if t.style][2] is True


def test_in_a_hidden_layer_nothing_is_raised(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText()
        text.setTextRenderMode(3)
        for word, left, base, size in (
            ("năm", 30, 200, 12),
            ("2015", 62, 203, 8),
            ("và", 90, 200, 12),
            ("nam", 112, 203, 8),
        ):
            text.setFont("Serif", size)
            text.setTextOrigin(left, base)
            text.textOut(word)
        canvas.drawText(text)

    (line,) = layer_of(make_pdf(draw)).lines
    assert line.raw == "năm 2015 và nam"
    assert not any(t.style.superscript for t in line.tokens if t.style)


def test_ligatures_soft_hyphens_and_loose_marks() -> None:
    assert clean("\N{LATIN SMALL LIGATURE FI}le", raised=False) == "file"
    assert clean("o\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING GRAVE ACCENT}", raised=False) == "ồ"
    assert clean("a\N{SOFT HYPHEN}b\N{ZERO WIDTH SPACE}", raised=False) == "ab"
    assert clean("12", raised=True) == "¹²"


def test_letterhead_is_read_left_block_first(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for row, (left, right) in enumerate([("TỈNH ỦY AN PHÚ", "ĐẢNG CỘNG SẢN"), ("Số 12-BC/TU", "An Phú, ngày 3")]):
            canvas.drawString(30, 260 - 20 * row, left)
            canvas.drawString(240, 260 - 20 * row, right)
        say(*SENTENCES[:2], top=200)(canvas)

    text = lines_of(make_pdf(draw))
    assert text == ["TỈNH ỦY AN PHÚ", "Số 12-BC/TU", "ĐẢNG CỘNG SẢN", "An Phú, ngày 3", *SENTENCES[:2]]


def test_two_columns_are_read_one_after_the_other(make_pdf: MakePdf) -> None:
    left = [f"dòng bên trái số {n}" for n in range(8)]
    right = [f"dòng bên phải số {n}" for n in range(8)]

    def draw(canvas: Canvas) -> None:
        for row in range(8):
            canvas.drawString(30, 260 - 18 * row, left[row])
            canvas.drawString(230, 260 - 18 * row, right[row])

    assert lines_of(make_pdf(draw)) == left + right


def test_a_list_keeps_its_rows(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(3):
            canvas.drawString(30, 260 - 18 * row, f"Chương {row + 1}. Quy định chung")
            canvas.drawString(330, 260 - 18 * row, str(row + 5))

    assert lines_of(make_pdf(draw))[1] == "Chương 2. Quy định chung 6"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_read_as_they_are_shown(turn: int, make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        # Text drawn so that it stands upright once the page is turned for display.
        width, height = 400, 300
        canvas.translate(width / 2, height / 2)
        canvas.rotate(turn)
        canvas.translate(-130, 0)
        for row, line in enumerate(SENTENCES[:3]):
            canvas.drawString(0, -18 * row, line[:30])

    path = make_pdf(draw)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(path)
    assert lines_of(path) == [line[:30].strip() for line in SENTENCES[:3]]


def test_upright_text_on_a_page_that_is_not_turned(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        for row, line in enumerate(SENTENCES[:3]):
            canvas.drawString(10, -40 - 18 * row, line[:28])

    layer = layer_of(make_pdf(draw))
    assert [line.raw for line in layer.lines] == [line[:28].strip() for line in SENTENCES[:3]]
    assert layer.turn == 90


def test_a_slanted_watermark_is_left_out(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        say(*SENTENCES[:2])(canvas)
        canvas.rotate(45)
        canvas.drawString(120, 0, "BẢN NHÁP")

    layer = layer_of(make_pdf(draw))
    assert [line.raw for line in layer.lines] == list(SENTENCES[:2])
    assert layer.slanted == 8


@pytest.mark.parametrize("charset", ["tcvn3", "vni"])
def test_old_charsets_are_decoded_whatever_the_font_is_called(charset: str, make_pdf: MakePdf) -> None:
    sentences = [line.replace("Ủy", "ủy") for line in SENTENCES]  # TCVN3 has no capital of its own for it
    coded = [encode(line, charset) for line in sentences]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 12)
        say(*coded)(canvas)

    layer = layer_of(make_pdf(draw))
    assert [line.raw for line in layer.lines] == sentences
    assert layer.charsets == {"Times-Roman": charset}


def test_two_charsets_in_one_line(make_pdf: MakePdf) -> None:
    first, second = "Hội đồng nhân dân huyện", "đã thông qua nghị quyết"

    def draw(canvas: Canvas) -> None:
        for row in range(4):
            canvas.setFont("Times-Roman", 12)
            canvas.drawString(30, 260 - 20 * row, encode(first, "vni"))
            right = 34 + canvas.stringWidth(encode(first, "vni"), "Times-Roman", 12)
            canvas.setFont("Serif", 12)
            canvas.drawString(right, 260 - 20 * row, second)

    assert lines_of(make_pdf(draw)) == [f"{first} {second}"] * 4


def test_ruled_tables_become_cells(make_pdf: MakePdf) -> None:
    rows = [["TT", "Chỉ tiêu", "Năm 2021"], ["1", "Sản lượng lúa", "1.844.154"], ["2", "Tỷ lệ che phủ", "42,72"]]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(30, 270, "Phụ lục kèm theo báo cáo")
        canvas.grid([30, 70, 210, 330], [160, 190, 220, 250])
        for r, row in enumerate(rows):
            for left, text in zip((36, 76, 216), row, strict=True):
                canvas.drawString(left, 230 - 30 * r, text)
        canvas.drawString(30, 130, "Nguồn: cơ quan thống kê")

    layer = layer_of(make_pdf(draw))
    assert layer.tables[0].rows() == rows
    assert layer.tables[0].before_line == 1
    assert [line.raw for line in layer.lines] == ["Phụ lục kèm theo báo cáo", "Nguồn: cơ quan thống kê"]


def test_a_page_without_letters(make_pdf: MakePdf) -> None:
    layer = layer_of(make_pdf(lambda canvas: canvas.rect(10, 10, 50, 50)))
    assert layer.lines == ()
    assert layer.letters == 0


def test_text_that_runs_another_way_is_read_too(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        say(*SENTENCES)(canvas)
        canvas.saveState()
        canvas.rotate(90)
        canvas.drawString(40, -14, "Số: 318/QĐ-UBND")
        canvas.restoreState()

    layer = layer_of(make_pdf(draw))
    assert [line.raw for line in layer.lines] == [*SENTENCES, "Số: 318/QĐ-UBND"]
    assert layer.slanted == 0
    box = layer.lines[-1].tokens[1].box
    assert box is not None
    assert box.left < 14 < box.right
    assert box.bottom - box.top > 5 * (box.right - box.left)
    assert 0 < box.top < box.bottom < 300


def test_a_head_set_upright_in_a_table_stands_in_its_cell(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        for left in (30, 130, 230, 330):
            canvas.line(left, 100, left, 280)
        for bottom in (100, 140, 180, 280):
            canvas.line(30, bottom, 330, bottom)
        for row, bottom in enumerate((150, 110)):
            for column, left in enumerate((40, 140, 240)):
                canvas.drawString(left, bottom, f"{row + 1}{column}5")
        canvas.saveState()
        canvas.rotate(90)
        canvas.drawString(190, -185, "Kế hoạch")
        canvas.restoreState()
        canvas.drawString(40, 220, "Chỉ tiêu")

    layer = layer_of(make_pdf(draw))
    assert layer.tables[0].rows()[0] == ["Chỉ tiêu", "Kế hoạch", ""]
    assert layer.lines == ()


def test_what_is_drawn_aslant_is_on_record(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        say(*SENTENCES)(canvas)
        canvas.rotate(35)
        canvas.drawString(150, 60, "BẢN SAO")

    layer = layer_of(make_pdf(draw))
    assert [line.raw for line in layer.lines] == list(SENTENCES)
    assert [(words.text, "watermark" in words.reason) for words in layer.left_out] == [("BẢN SAO", True)]


def test_a_hyphen_at_the_end_of_a_line_stays(make_pdf: MakePdf) -> None:
    lines = ("theo Quyết định số 318/QĐ-", "UBND ngày 12 tháng 3 năm 2019")
    assert lines_of(make_pdf(say(*lines))) == list(lines)


def noted(path: Path, rect: tuple[float, float, float, float], *lines: str) -> Path:
    """The same page with a note on it that says these lines, in the type of the page."""
    target = path.with_name("noted.pdf")
    with pikepdf.open(path) as pdf:
        drawn = make_note(pdf, rect, lines)
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=list(rect), F=4, AP=pikepdf.Dictionary(N=drawn)
        )
        pdf.pages[0].obj["/Annots"] = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
        pdf.save(target)
    return target


def make_note(pdf: pikepdf.Pdf, rect: tuple[float, float, float, float], lines: tuple[str, ...]) -> pikepdf.Stream:
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )  # fmt: skip
    steps = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = pdf.make_stream(f"BT /F 12 Tf 0 {14 * len(lines) - 12} Td {steps} ET".encode("latin-1"))
    stream["/Type"], stream["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
    stream["/BBox"] = [0, 0, rect[2] - rect[0], rect[3] - rect[1]]
    stream["/Resources"] = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    return stream


def test_a_number_put_in_later_stands_in_its_line(make_pdf: MakePdf) -> None:
    page = make_pdf(say("Số:          /QĐ-UBND", "ngày 12 tháng 3"))
    assert lines_of(noted(page, (56, 258, 86, 272), "2061"))[0] == "Số: 2061 /QĐ-UBND"


def test_what_a_signature_says_of_itself_is_a_block_of_its_own(make_pdf: MakePdf) -> None:
    page = make_pdf(say("Công báo, số 244", *SENTENCES))
    signed = ("Ban hanh boi: Van phong", "Thoi gian: 03.04.2020 10:24:56")
    layer = layer_of(noted(page, (150, 244, 390, 272), *signed))
    assert [line.raw for line in layer.lines] == ["Công báo, số 244", *SENTENCES, *signed]


def test_every_letter_that_pdfium_finds_is_in_the_layer(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        say(*SENTENCES)(canvas)
        for turn, place in ((90, (20, -390)), (180, (-380, -20)), (270, (-200, 10)), (30, (120, 20))):
            canvas.saveState()
            canvas.rotate(turn)
            canvas.drawString(*place, f"chữ quay {turn}")
            canvas.restoreState()

    path = noted(make_pdf(draw), (200, 20, 300, 34), "ghi them 77")
    with PdfFile(path) as file, file.page(1) as page:
        text = page.page.get_textpage().get_text_range()
        layer = read_layer(page)
    out = [layer.text, *(words.text for words in layer.left_out)]
    assert sorted("".join("".join(out).split())) == sorted("".join(text.split()))


def test_a_drawing_is_no_table(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        say(*SENTENCES)(canvas)
        canvas.setFont("Serif", 11)
        for x in range(4):
            canvas.line(40 + 60 * x, 40, 40 + 60 * x, 130)
        for y in (40, 85, 130):
            canvas.line(40, y, 220, y)
        canvas.drawString(50, 100, "P = 2qa")
        canvas.drawString(120, 55, "4 m")

    layer = layer_of(make_pdf(draw))
    assert layer.tables == ()
    assert "P = 2qa" in layer.text


def test_a_frame_round_a_notice_is_no_table(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([20, 376, 380], [80, 84, 280])
        say(*SENTENCES)(canvas)

    layer = layer_of(make_pdf(draw))
    assert layer.tables == ()
    assert [line.raw for line in layer.lines] == list(SENTENCES)


def test_names_in_the_boxes_of_a_diagram_make_no_rows(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([40, 150, 200, 330], [100, 140, 160, 180, 220])
        canvas.drawString(46, 195, "Bể lắng cát")
        canvas.drawString(46, 112, "Bể lọc than")

    assert layer_of(make_pdf(draw)).tables == ()


def test_a_form_to_be_filled_in_is_a_table(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([40, 150, 260, 370], [100, 130, 160, 190, 220])
        for left, head in ((46, "Họ và tên"), (156, "Năm sinh"), (266, "Ghi chú")):
            canvas.drawString(left, 200, head)

    (table,) = layer_of(make_pdf(draw)).tables
    assert table.rows()[0] == ["Họ và tên", "Năm sinh", "Ghi chú"]


def test_a_font_that_says_little_is_what_it_is_elsewhere_in_the_file(make_pdf: MakePdf) -> None:
    def first(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 12)
        say(*(encode(line, "vni") for line in SENTENCES))(canvas)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(30, 60, encode("Chốt B", "vni"))

    def second(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        say(*(encode(line, "vni") for line in SENTENCES))(canvas)

    assert lines_of(make_pdf(first, second))[-1] == "Chốt B"


@pytest.mark.parametrize(
    ("sign", "gap", "said"),
    [(",", 0, "TTr¹, từ"), ("/ngày", 0, "TTr¹/ngày từ"), (")", 6, "TTr¹ ) từ"), ("và", 0, "TTr¹ và từ")],
)
def test_a_sign_right_behind_a_raised_figure_stays_with_it(make_pdf: MakePdf, sign: str, gap: float, said: str) -> None:
    def draw(canvas: Canvas) -> None:
        left = 30.0
        for text, size, base in (("TTr", 12, 200), ("1", 7, 205), (sign, 12, 200), ("  từ", 12, 200)):
            left += gap if text == sign else 0
            canvas.setFont("Serif", size)
            canvas.drawString(left, base, text)
            left += canvas.stringWidth(text, "Serif", size)

    (line,) = layer_of(make_pdf(draw)).lines
    assert line.raw == said
