"""Figures out of tables that are drawn in plain text."""

import pytest

from vnreport_ocr.model import Correction, Doubt, Line, Page
from vnreport_ocr.search.extract import page_text
from vnreport_ocr.search.figure import Figure
from vnreport_ocr.search.indicators import TableReader
from vnreport_ocr.search.plaintables import plain_tables
from vnreport_ocr.search.values import value_of

BLANKS = """Kết quả năm 2031

TT   Chỉ tiêu                          Đơn vị tính   Kế hoạch năm 2031   Thực hiện năm 2031
1    Sản lượng cá ba sa                tấn                    12.500               12.734
2    Thu phí bến đò trên địa bàn       tỷ đồng               3.450,5                3.512
     của tỉnh
3    Tỷ lệ hộ nghèo                    %                         2,5                  2,1
     - Khu vực ven sông                %                         3,4                  3,0

Ủy ban nhân dân báo cáo như trên.
"""
BARS = """Đơn vị: tỷ đồng
| Nội dung | Năm 2030 | Năm 2031 |
|----------|---------:|---------:|
| Thu nội bộ | 1.200 | <i>1.310,5</i> |
| Chi cho cầu | 800 | 915 |
"""
TABS = """Chỉ tiêu\tĐơn vị\tThực hiện 2030\tNghị quyết 2031/ Thực hiện 2030
Số bến\tbến\t120\t103,4
Trong đó: bến lớn\tbến\tTừ 20 trở lên\t

Chỉ tiêu\tĐơn vị\tThực hiện 2030\tNghị quyết 2031/ Thực hiện 2030
- bến nhỏ\tbến\t88\t102
Số đò\tđò\t2.300\t100
"""


def figures(text: str, *, year: int | None = 2031) -> list[Figure]:
    lines = [Line(one) for one in text.split("\n")]
    return list(TableReader("", year).page(1, plain_tables(lines)))


def told(text: str) -> list[tuple[int, str, int | None, str, float | None, str]]:
    return [(one.line, one.indicator, one.year, one.measure, one.value, one.unit) for one in figures(text)]


def test_columns_of_blanks() -> None:
    assert told(BLANKS) == [
        (4, "Sản lượng cá ba sa", 2031, "plan", 12500.0, "tấn"),
        (4, "Sản lượng cá ba sa", 2031, "result", 12734.0, "tấn"),
        (5, "Thu phí bến đò trên địa bàn của tỉnh", 2031, "plan", 3450.5, "tỷ đồng"),
        (5, "Thu phí bến đò trên địa bàn của tỉnh", 2031, "result", 3512.0, "tỷ đồng"),
        (7, "Tỷ lệ hộ nghèo", 2031, "plan", 2.5, "%"),
        (7, "Tỷ lệ hộ nghèo", 2031, "result", 2.1, "%"),
        (8, "Tỷ lệ hộ nghèo: Khu vực ven sông", 2031, "plan", 3.4, "%"),
        (8, "Tỷ lệ hộ nghèo: Khu vực ven sông", 2031, "result", 3.0, "%"),
    ]
    assert all(one.confidence == 0.9 and not one.doubt and one.box is None for one in figures(BLANKS))


def test_columns_between_bars() -> None:
    assert told(BARS) == [
        (4, "Thu nội bộ", 2030, "result", 1200.0, "tỷ đồng"),
        (4, "Thu nội bộ", 2031, "result", 1310.5, "tỷ đồng"),
        (5, "Chi cho cầu", 2030, "result", 800.0, "tỷ đồng"),
        (5, "Chi cho cầu", 2031, "result", 915.0, "tỷ đồng"),
    ]


def test_columns_of_tabs_and_a_head_that_stands_there_again() -> None:
    assert told(TABS) == [
        (2, "Số bến", 2030, "result", 120.0, "bến"),
        (2, "Số bến", 2031, "comparison", 103.4, ""),
        (3, "Số bến: bến lớn", 2030, "result", 20.0, "bến"),
        (6, "Số bến: bến nhỏ", 2030, "result", 88.0, "bến"),
        (6, "Số bến: bến nhỏ", 2031, "comparison", 102.0, ""),
        (7, "Số đò", 2030, "result", 2300.0, "đò"),
        (7, "Số đò", 2031, "comparison", 100.0, ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI\nXÃ BẾN TRANH             Độc lập - Tự do\nSố: 12/BC      Bến Tranh",
        "Chỉ tiêu | Năm 2030 | Năm 2031\nSố bến 12 | 13 | 14 | 15\nSố đò | 7\nSố phà | 1 | 2 | 3",
        "Chỉ tiêu\tNăm 2030\tNăm 2031\nSố bến\t12\t13",  # no more than one row
        "Một câu.  Hai câu.  Ba câu.\nBốn câu.  Năm câu.\nSáu câu.  Bảy câu.  Tám câu.",
    ],
)
def test_what_is_no_table_tells_nothing(text: str) -> None:
    assert figures(text) == []


def test_doubts_and_changes_of_a_cell_are_its_own() -> None:
    lines = [Line(one) for one in BARS.split("\n")]
    row = "| Thu nội bộ | 1.200 | 1.310 |"
    start = row.index("1.200")
    lines[3] = Line(row, doubts=(Doubt(start, "1.200", "a letter among figures"),))
    lines[4] = Line(
        "| Chi cho cau | 800 | 915 |", corrections=(Correction(10, "cau", "cầu", "decode:light", 0.8, "no such word"),)
    )
    found = list(TableReader("", 2031).page(1, plain_tables(lines)))

    assert [(one.text, one.confidence, one.doubt) for one in found] == [
        ("1.200", 0.5, "a letter among figures"), ("1.310", 0.9, ""), ("800", 0.8, ""), ("915", 0.8, ""),
    ]  # fmt: skip


def test_only_texts_are_looked_through() -> None:
    lines = tuple(Line(one, end="\n") for one in BARS.split("\n"))
    assert page_text(Page(1, lines)).tables
    assert not page_text(Page(1, lines, source="layer")).tables


@pytest.mark.parametrize(
    ("text", "number", "bound"),
    [
        ("Từ 7,5 trở lên", 7.5, ">="), ("80% trở lên", 80.0, ">="), ("1,5 trở xuống", 1.5, "<="),
        ("không quá 3", 3.0, "<="), ("ít nhất 12", 12.0, ">="), ("tối đa 1.200", 1200.0, "<="),
    ],
)  # fmt: skip
def test_the_least_and_the_most(text: str, number: float, bound: str) -> None:
    value = value_of(text)
    assert value is not None
    assert (value.number, value.bound) == (number, bound)


@pytest.mark.parametrize("text", ["trở lên", "từ nay trở lên", "không quá sớm", "trên 80 trở lên"])
def test_words_alone_are_no_number(text: str) -> None:
    assert value_of(text) is None
