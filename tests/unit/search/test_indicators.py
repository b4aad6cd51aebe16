"""Figures out of tables of targets and results."""

from collections.abc import Sequence

import pytest

from vnreport_ocr.model import Box, Cell, Doubt, Line, Table, Token
from vnreport_ocr.search.cells import CellText, TableText, table_text
from vnreport_ocr.search.figure import Figure
from vnreport_ocr.search.indicators import TableReader, key_of
from vnreport_ocr.search.values import value_of


def table(*rows: Sequence[str], caption: str = "", continues: bool = False, repeated: int = 0) -> TableText:
    """A table of cells; ``<`` stands for a place that the cell to its left spans, ``^`` for one from above."""
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text in ("<", "^"):
                continue
            width = 1 + next((n for n, t in enumerate(texts[column + 1 :]) if t != "<"), len(texts) - column - 1)
            below = [later[column] for later in rows[row + 1 :]]
            height = 1 + next((n for n, t in enumerate(below) if t != "^"), len(below))
            cells.append(CellText(row, column, height, width, text, Box(column, row, column + width, row + height)))
    return TableText(tuple(cells), continues, repeated, caption)


def found(*tables: TableText, year: int | None = None) -> list[Figure]:
    reader = TableReader("", year)
    return [one for page, one_table in enumerate(tables, 1) for one in reader.page(page, [one_table])]


def told(*tables: TableText, year: int | None = None) -> list[tuple[object, ...]]:
    return [
        (one.indicator, one.year or one.period, one.measure, one.value, one.unit) for one in found(*tables, year=year)
    ]


HEAD = ("TT", "Chỉ tiêu", "ĐVT", "TH 2021", "KH 2022", "Ước TH 2022", "So sánh 2022/2021 (%)", "Ghi chú")


def test_the_head_tells_year_and_measure() -> None:
    made = table(HEAD, ("1", "Sản lượng lúa", "Tấn", "1.250,5", "1.300", "1.310", "104,8", "đạt"))

    assert told(made) == [
        ("Sản lượng lúa", 2021, "result", 1250.5, "Tấn"),
        ("Sản lượng lúa", 2022, "plan", 1300.0, "Tấn"),
        ("Sản lượng lúa", 2022, "estimate", 1310.0, "Tấn"),
        ("Sản lượng lúa", 2022, "comparison", 104.8, "%"),
    ]
    assert all(one.confidence >= 0.9 and not one.doubt for one in found(made))


def test_a_head_of_two_rows_and_a_row_that_numbers_the_columns() -> None:
    made = table(
        ("STT", "Nội dung", "Đơn vị tính", "Thực hiện", "<", "Kế hoạch 2023"),
        ("^", "^", "^", "2021", "2022", "^"),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        ("1", "Hộ nghèo giảm", "Hộ", "120", "95", "80"),
    )

    assert told(made) == [
        ("Hộ nghèo giảm", 2021, "result", 120.0, "Hộ"),
        ("Hộ nghèo giảm", 2022, "result", 95.0, "Hộ"),
        ("Hộ nghèo giảm", 2023, "plan", 80.0, "Hộ"),
    ]


def test_areas_and_parts_of_an_indicator() -> None:
    made = table(
        ("TT", "Chỉ tiêu", "ĐVT", "2020", "2021"),
        ("I", "Kinh tế", "", "", ""),
        ("1", "Cơ cấu giá trị sản xuất", "", "", ""),
        ("", "- Nông nghiệp", "%", "35,1", "33,0"),
        ("II", "Xã hội", "", "", ""),
        ("2", "Lao động qua đào tạo", "%", "60", "61,5"),
    )

    assert [(one.area, one.indicator) for one in found(made)][::2] == [
        ("Kinh tế", "Cơ cấu giá trị sản xuất: Nông nghiệp"),
        ("Xã hội", "Lao động qua đào tạo"),
    ]


def test_a_table_that_goes_on_keeps_its_head() -> None:
    first = table(HEAD, ("1", "Sản lượng lúa", "Tấn", "1", "2", "3", "100", ""))
    second = table(("2", "Sản lượng ngô", "Tấn", "4", "5", "6", "100", ""), continues=True)
    third = table(HEAD, ("3", "Đàn bò", "Con", "7", "8", "9", "100", ""), continues=True, repeated=1)

    every = found(first, second, third)
    assert [(one.page, one.indicator, one.value) for one in every if one.measure == "plan"] == [
        (1, "Sản lượng lúa", 2.0), (2, "Sản lượng ngô", 5.0), (3, "Đàn bò", 8.0),
    ]  # fmt: skip


def test_a_speck_before_a_unit_is_no_part_of_it() -> None:
    made = table(HEAD, ("1", "Sản lượng lúa", "-Tấn", "12", "", "", "", ""))
    assert told(made) == [("Sản lượng lúa", 2021, "result", 12.0, "Tấn")]


def test_every_figure_leads_back_to_its_cell() -> None:
    made = table(HEAD, ("1", "Sản lượng lúa", "Tấn", "12", "", "", "", ""))
    (one,) = found(made)

    assert (one.page, one.table, one.row, one.column, one.text) == (1, 1, 2, 4, "12")
    assert one.box == Box(3, 1, 4, 2)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (table(HEAD, ("1", "Sản lượng lúa", "Tấn", "12.5", "", "", "", "")), "a point stands where a comma is usual"),
        (table(HEAD, ("1", "Sản lượng lúa", "", "12", "", "", "", "")), "its unit is not given"),
        (table(("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch"), ("1", "Sản lượng lúa", "Tấn", "12")), "its year is not given"),
        (table(HEAD, ("1", "Sản lượng lúa", "Tấn", "2-3", "", "", "", "")), "it is a range, not a single number"),
    ],
)
def test_what_is_not_sure_says_so(made: TableText, why: str) -> None:
    (one,) = found(made)
    assert one.doubt == why
    assert one.confidence <= 0.5


def test_the_year_of_a_document_is_a_guess_that_of_a_caption_is_told() -> None:
    rows = (("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch"), ("1", "Sản lượng lúa", "Tấn", "12"))

    assert [(one.year, one.confidence) for one in found(table(*rows), year=2019)] == [(2019, 0.5)]
    captioned = table(*rows, caption="Kết quả chỉ tiêu năm 2018")
    assert [(one.year, one.confidence) for one in found(captioned, year=2019)] == [(2018, 0.95)]


def test_a_doubt_of_the_reading_stays() -> None:
    line = Line("12", (Token("12", 0, Box(0, 0, 1, 1), 0.99),), doubts=(Doubt(0, "12", "a stamp lies over it"),))
    head = [Cell(0, place, (Line(text),)) for place, text in enumerate(("Chỉ tiêu", "ĐVT", "TH 2020"))]
    body = [Cell(1, 0, (Line("Số xã"),)), Cell(1, 1, (Line("Xã"),)), Cell(1, 2, (line,), box=Box(1, 2, 3, 4))]
    (one,) = found(table_text(Table((*head, *body), 0)))

    assert (one.value, one.doubt, one.box) == (12.0, "a stamp lies over it", Box(1, 2, 3, 4))
    assert one.confidence <= 0.5


@pytest.mark.parametrize(
    "made",
    [
        table(("TT", "Họ và tên", "Năm sinh", "Chức vụ"), ("1", "Trần Thị Bưởi", "1984", "Phó phòng")),
        table(("TT", "Tên văn bản", "Số, ký hiệu", "Ngày ban hành"), ("1", "Quyết định", "12/QĐ-UBND", "5/6/2019")),
        table(("TT", "Loại xe", "Mức thu"), ("1", "Xe tải", "15.000")),
        table(("Nơi nhận", ""), ("Như trên", "12")),
    ],
)
def test_other_tables_hold_none(made: TableText) -> None:
    assert found(made, year=2020) == []


def test_one_indicator_has_one_key_in_every_year_and_spelling() -> None:
    spellings = ("Thu ngân sách nhà nước trên địa bàn tỉnh", "1. Thu ngân sách trên địa bàn (tỷ đồng)",
                 "Thu NGÂN SÁCH nhà nước năm 2021", "- Thu ngân sách")  # fmt: skip
    assert {key_of(text) for text in spellings} == {"thu ngan sach"}
    assert key_of("Tỉ lệ hộ nghèo") == key_of("Tỷ lệ hộ nghèo")
    assert key_of("GRDP (giá hiện hành)") != key_of("GRDP (giá so sánh 2010)")


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234,5", 1234.5), ("12.345.678", 12345678.0), ("8,25%", 8.25), ("- 3,5", -3.5), ("1 250", 1250.0),
     ("Trên 80", 80.0), ("< 1,5", 1.5)],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written_here(text: str, number: float) -> None:
    value = value_of(text)
    assert value is not None
    assert value.number == number
    assert not value.doubt


@pytest.mark.parametrize("text", ["", "-", "Đạt", "Vượt", "x", "12/QĐ-UBND", "5/6/2019", "lần thứ 3"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert value_of(text) is None


@pytest.mark.parametrize("text", ["2-3", "12.34", "1,234.5", "(12)", "1.23.456", "36,345"])
def test_what_may_be_another_number_is_doubted(text: str) -> None:
    value = value_of(text)
    assert value is not None
    assert value.doubt


def test_raised_figures_are_no_numbers_of_columns() -> None:
    made = table(
        ("Chỉ tiêu", "Đơn vị", "Thực hiện 2021", "Kế hoạch 2022"), ("¹", "²", "³", "⁴"), ("Hộ nghèo", "Hộ", "9", "8")
    )

    assert ("Hộ nghèo", 2021, "result", 9.0, "Hộ") in told(made)


def test_letters_number_the_columns_and_points_the_parts() -> None:
    made = table(
        ("TT", "Chỉ tiêu", "Đơn vị", "Thực hiện", "<", "Kế hoạch 2032"),
        ("^", "^", "^", "2030", "2031", "^"),
        ("A", "B", "C", "1", "2", "3"),
        ("1", "Sản lượng cá", "tấn", "301", "310,5", "325"),
        ("1.1", "Cá nuôi", "tấn", "200", "210", "230"),
        ("a)", "Cá bè", "tấn", "50", "51", "52"),
    )

    assert [one for one in told(made) if one[1] == 2031] == [
        ("Sản lượng cá", 2031, "result", 310.5, "tấn"),
        ("Sản lượng cá: Cá nuôi", 2031, "result", 210.0, "tấn"),
        ("Sản lượng cá: Cá bè", 2031, "result", 51.0, "tấn"),
    ]


def test_signs_of_footnotes_and_short_words_for_a_part() -> None:
    made = table(
        HEAD,
        ("1", "Vốn của các bến¹", "tỷ đồng", "65", "70", "71,5²", "110", ""),
        ("", "Tr.đó: Vốn góp (*)", "tỷ đồng", "15", "16*", "17", "113", ""),
        ("2", "Diện tích bến (m²)", "", "800", "820", "830", "103", ""),
    )

    assert [one for one in told(made) if one[2] == "estimate"] == [
        ("Vốn của các bến", 2022, "estimate", 71.5, "tỷ đồng"),
        ("Vốn của các bến: Vốn góp", 2022, "estimate", 17.0, "tỷ đồng"),
        ("Diện tích bến", 2022, "estimate", 830.0, "m²"),
    ]


def test_units_behind_figures_and_names() -> None:
    made = table(
        ("TT", "Chỉ tiêu", "Mục tiêu đến năm 2035", "Kết quả năm 2031"),
        ("1", "Thu nhập bình quân", "75 triệu đồng/người", "66,4 triệu đồng/người"),
        ("2", "Bến đạt chuẩn", "Trên 50 bến", "47"),
        ("3", "Đến cuối kỳ, tỷ lệ hộ dùng nước sạch", "99%", "97,5%"),
        ("4", "Hộ nuôi cá (người dân tộc)", "12 hộ", "11 hộ"),
    )

    assert told(made) == [
        ("Thu nhập bình quân", 2035, "plan", 75.0, "triệu đồng/người"),
        ("Thu nhập bình quân", 2031, "result", 66.4, "triệu đồng/người"),
        ("Bến đạt chuẩn", 2031, "result", 47.0, ""),
        ("Đến cuối kỳ, tỷ lệ hộ dùng nước sạch", 2035, "plan", 99.0, "%"),
        ("Đến cuối kỳ, tỷ lệ hộ dùng nước sạch", 2031, "result", 97.5, "%"),
        ("Hộ nuôi cá (người dân tộc)", 2035, "plan", 12.0, "hộ"),
        ("Hộ nuôi cá (người dân tộc)", 2031, "result", 11.0, "hộ"),
    ]


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("Quý I/2031", "2031-Q1"),
        ("Thực hiện quý 3 năm 2031", "2031-Q3"),
        ("Thực hiện 6 tháng đầu năm 2031", "2031-H1"),
        ("Ước 6 tháng cuối năm 2031", "2031-H2"),
        ("Ước TH 9 tháng 2031", "2031-9M"),
        ("Tháng 5/2031", "2031-05"),
        ("Số liệu đến 30/6/2031", "2031-06-30"),
        ("Số liệu đến 31/12/2031", 2031),
        ("6 tháng 2031 so với 6 tháng 2030 (%)", "2031-H1"),
    ],
)
def test_a_part_of_a_year_is_not_the_year(head: str, period: str | int) -> None:
    made = table(("TT", "Chỉ tiêu", "ĐVT", "Năm 2030", head), ("1", "Số đò", "chiếc", "120", "130"))

    assert [one[1] for one in told(made)] == [2030, period]


def test_two_figures_with_a_slash_between_are_compared() -> None:
    made = table(
        ("TT", "Chỉ tiêu", "ĐVT", "Thực hiện 2031", "Thực hiện / Nghị quyết", "So sánh 2026-2030/ kết quả 2021-2025"),
        ("1", "Số đò", "chiếc", "120", "96", "110"),
    )

    assert told(made)[1:] == [
        ("Số đò", None or "", "comparison", 96.0, "%"),
        ("Số đò", "2026-2030", "comparison", 110.0, ""),
    ]


def test_a_row_with_its_number_is_no_head() -> None:
    made = table(
        ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch 2031"),
        ("20", "Tổ chức được xếp loại", "", ""),
        ("", "- Tốt", "%", "50"),
    )

    assert told(made) == [("Tổ chức được xếp loại: Tốt", 2031, "plan", 50.0, "%")]
