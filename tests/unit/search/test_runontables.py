"""Figures out of tables of a text whose columns are gone."""

from vnreport_ocr.model import Correction, Doubt, Line, Page
from vnreport_ocr.search.extract import page_text
from vnreport_ocr.search.figure import Figure
from vnreport_ocr.search.indicators import TableReader
from vnreport_ocr.search.texttables import tables_of_text

HEAD = """STT Chỉ tiêu
Đơn vị

tính

Nghị quyết
2026-2030

Ước
thực hiện
2026-2030

Thực hiện/
Nghị quyết

(%)

Nghị quyết

2031-2035

Ghi chú
"""
ROWS = """1
Sản lượng cá ba sa nuôi ở các bến
ven sông cuối nhiệm kỳ

Tấn 12.500 12.734 101,9 >14.000

2

Bến đò được nâng cấp

- Bến lớn % 90 95,5 106,1 -
Không giao

nhiệm kỳ tới

- Bến nhỏ ở các ấp
vùng xa

% - - - 60 Chỉ tiêu mới

3

Thu phí bến đò trên địa bàn
Triệu
đồng 3.450 3.512 101,8 -
Không giao nhiệm kỳ tới
4 Tỷ lệ hộ nghèo ven sông

% 2-3 2,5 Đạt Dưới 2
"""


def figures(text: str) -> list[Figure]:
    lines = [Line(one) for one in text.split("\n")]
    return list(TableReader("", None).page(1, tables_of_text(lines)))


def told(text: str) -> list[tuple[int, str, str, str, float | None, str]]:
    return [(one.line, one.indicator, one.period, one.measure, one.value, one.unit) for one in figures(text)]


def test_rows_with_as_many_values_as_the_head_has_columns() -> None:
    said = f"Kết quả nhiệm kỳ\n\n{HEAD}\n{ROWS}"
    base = said[: said.index("Tấn 12.500")].count("\n") + 1

    found = told(said)

    assert found[:4] == [
        (base, "Sản lượng cá ba sa nuôi ở các bến ven sông cuối nhiệm kỳ", "2026-2030", "plan", 12500.0, "Tấn"),
        (base, "Sản lượng cá ba sa nuôi ở các bến ven sông cuối nhiệm kỳ", "2026-2030", "estimate", 12734.0, "Tấn"),
        (base, "Sản lượng cá ba sa nuôi ở các bến ven sông cuối nhiệm kỳ", "", "comparison", 101.9, "%"),
        (base, "Sản lượng cá ba sa nuôi ở các bến ven sông cuối nhiệm kỳ", "2031-2035", "plan", 14000.0, "Tấn"),
    ]
    assert [one[1:] for one in found[4:8]] == [
        ("Bến đò được nâng cấp: Bến lớn", "2026-2030", "plan", 90.0, "%"),
        ("Bến đò được nâng cấp: Bến lớn", "2026-2030", "estimate", 95.5, "%"),
        ("Bến đò được nâng cấp: Bến lớn", "", "comparison", 106.1, "%"),
        ("Bến đò được nâng cấp: Bến nhỏ ở các ấp vùng xa", "2031-2035", "plan", 60.0, "%"),
    ]
    assert [one[1:] for one in found[8:11]] == [
        ("Thu phí bến đò trên địa bàn", "2026-2030", "plan", 3450.0, "Triệu đồng"),
        ("Thu phí bến đò trên địa bàn", "2026-2030", "estimate", 3512.0, "Triệu đồng"),
        ("Thu phí bến đò trên địa bàn", "", "comparison", 101.8, "%"),
    ]
    assert [(one[1], one[4]) for one in found[11:]] == [
        ("Tỷ lệ hộ nghèo ven sông", value) for value in (None, 2.5, 2.0)
    ]
    assert all(one.confidence <= 0.7 for one in figures(said))


def test_a_row_with_other_values_gives_no_figures() -> None:
    torn = ROWS.replace("12.500 12.734 101,9 >14.000", "12.500 12.734 101,9 > 1 4")
    short = ROWS.replace("12.500 12.734 101,9 >14.000", "12.500 12.734 101,9")

    for said in (torn, short):
        assert next(one[1] for one in told(f"{HEAD}\n{said}")) == "Bến đò được nâng cấp: Bến lớn"


def test_a_number_torn_behind_its_sign_gives_no_figures() -> None:
    said = ROWS.replace("% 2-3 2,5 Đạt Dưới 2", "% 2-3 > 8 0 Đạt")

    assert not [one for one in told(f"{HEAD}\n{said}") if "hộ nghèo" in one[1]]


def test_words_in_place_of_a_value_that_other_rows_have_too() -> None:
    said = ROWS.replace("106,1 -\nKhông giao\n\nnhiệm kỳ tới", "106,1\n\nKhông giao\n\nnhiệm kỳ tới")

    found = [one for one in figures(f"{HEAD}\n{said}") if one.indicator.endswith("Bến lớn")]

    assert [one.value for one in found] == [90.0, 95.5, 106.1]
    assert {(one.confidence, one.doubt) for one in found} == {(0.5, "its row has a value less than the head")}


def test_a_head_that_lacks_words_goes_on_with_the_one_before() -> None:
    left = HEAD.replace("2026-2030\n\nƯớc", "Ước").replace("\n(%)\n", "\n")

    found = told(f"{HEAD}\n{ROWS}\n{left}\n{ROWS}")

    assert len(found) == 28
    assert [one[1:] for one in found[:14]] == [one[1:] for one in found[14:]]


def test_a_head_that_says_something_else_gives_nothing() -> None:
    other = HEAD.replace("Ước\nthực hiện\n2026-2030", "Quyết toán\nđã duyệt")

    assert told(f"{other}\n{ROWS}") == []


def test_text_with_numbers_is_no_table() -> None:
    said = (
        "Nội dung\n\n" + "Xã có 3 bến, 5 đò và 12 hộ nuôi cá.\nNăm 2031 thu 12 tỷ đồng, năm 2032 thu 15 tỷ đồng.\n" * 9
    )

    assert told(said) == []


def test_doubts_and_changes_stay_with_the_values() -> None:
    lines = [Line(one) for one in f"{HEAD}\n{ROWS}".split("\n")]
    place = next(number for number, line in enumerate(lines) if line.raw.startswith("Tấn"))
    start = lines[place].raw.index("12.734")
    lines[place] = Line(lines[place].raw, doubts=(Doubt(start, "12.734", "a figure may be missing"),))
    other = next(number for number, line in enumerate(lines) if line.raw.startswith("đồng 3.450"))
    lines[other] = Line("đồng 3.4S0 3.512 101,8 -", corrections=(Correction(5, "3.4S0", "3.450", "digits", 0.6),))

    text = page_text(Page(1, tuple(lines), source="text"))
    found = list(TableReader("", None).page(1, text.tables))

    assert [one.doubt for one in found[:2]] == ["", "a figure may be missing"]
    assert [one.confidence for one in found[8:10]] == [0.6, 0.7]


def test_a_note_is_known_by_the_tables_after_it() -> None:
    rows = (
        "1\n\nSản lượng cá ở các bến\nTriệu\n\ntấn\n> 0 2 > 0 2 Đạt -\n\nKhông giao\nnhiệm kỳ tới\n\n"
        "Trong đó: Cá ba sa\n\n% 40 50 125 160\n\n2\n\nSố đò\n\nChiếc 40 50 125 160\n\n3\n\nSố bến\n\nBến 4 5 125 7\n"
    )
    more = "".join(f"{n}\n\nTàu loại {n}\n\nChiếc 40 50 125 -\nKhông giao\nnhiệm kỳ tới\n\n" for n in (4, 5, 6))
    found = [figure.indicator for figure in figures(HEAD + "\n" + rows + "\n\n" + HEAD + "\n" + more)]
    assert "Sản lượng cá ở các bến: Cá ba sa" in found
    assert not [name for name in found if "Không giao" in name]
