"""What a page says about its own figures: each check finds what does not fit and leaves the rest alone."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from vnreport_ocr.figures.check import check_figures
from vnreport_ocr.figures.counting import check_counting
from vnreport_ocr.figures.dates import check_dates
from vnreport_ocr.figures.numbers import check_labels, check_numbers, check_symbols
from vnreport_ocr.figures.separators import check_separators
from vnreport_ocr.figures.torn import check_torn
from vnreport_ocr.figures.wholeness import check_wholeness
from vnreport_ocr.figures.words import Finding, PageWords
from vnreport_ocr.model import Box, Cell, Correction, Doubt, Line, Page, Table, Token

Check = Callable[[PageWords], Iterator[Finding]]
Rivals = dict[str, tuple[str, ...]]


def line(text: str, left: float = 72, sure: float = 0.85, also: Rivals | None = None) -> Line:
    tokens, place = [], 0
    for word in text.split():
        place = text.index(word, place)
        rivals = tuple((rival, 0.6) for rival in (also or {}).get(word, ()))
        tokens.append(Token(word, place, Box(left + place, 0, left + place + 5, 9), sure, rivals))
        place += len(word)
    return Line(text, tuple(tokens))


def page(*lines: Line, source: str = "ocr") -> Page:
    return Page(1, lines, source=source)


def found(check: Check, *lines: Line) -> list[tuple[str, str, bool]]:
    return [(f.word.text, f.after, f.confidence >= 0.8) for f in check(PageWords.of(lines))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Hà Nội, ngày I tháng 4 năm 2019", [("I", "1", True)]),
        ("ngày 26 tháng II năm 2020", [("II", "11", True)]),
        ("ngày 3 tháng 0l năm 2020", [("0l", "01", True)]),
        ("ngày 31 tháng 4 năm 2020", [("31", "", False)]),
        ("vào ngày 12/14/2019.", [("12/14/2019.", "", False)]),
        ("từ năm 3026 đến nay", [("3026", "", False)]),
        ("ngày 30 tháng 11 năm 2020", []),
        ("ngày 29/2/2020 và ngày 31/12/1999", []),
        ("trong tháng I của quý này", []),
        ("Mục 2, ngày hội, tháng thanh niên, năm học mới", []),
        ("sau 30 ngày 15 hộ đã về", []),
        ("cả ngày lẫn đêm", []),
        ("tại khoản } Điều 5", [("}", "", False)]),
        ("đến ngày (Y\\ tháng 3", [("(Y\\", "", False)]),
        ("ngày ..... tháng ___ năm 2020", []),
        ("tại khoản a và ngày X", []),
        ("ngày /0 tháng 10 năm 2017", [("/0", "", False)]),
        ("ngày 10-12 tháng 10, ngày 3,4 tháng 5, ngày 2/9", []),
    ],
)
def test_dates(text: str, wanted: list[tuple[str, str, bool]]) -> None:
    assert found(check_dates, line(text)) == wanted


def test_the_reading_that_is_a_date_is_named() -> None:
    assert found(check_dates, line("ngày 12/14/2019", also={"12/14/2019": ("12/11/2019",)})) == [
        ("12/14/2019", "12/11/2019", False)
    ]


def test_a_year_far_from_all_others_is_pointed_at_with_what_else_was_read() -> None:
    years = line("năm 2024, năm 2025, năm 2021, từ năm 2023")
    odd = line("năm 2096 tăng", also={"2096": ("2026",)})
    assert found(check_dates, years, odd) == [("2096", "2026", False)]
    assert found(check_dates, years, line("năm 1930 lập Đảng")) == [], "nothing else was read there"


def test_decimal_points_among_commas() -> None:
    lines = [line("tăng 8,6%, giảm 2,1%, đạt 47,5%"), line("còn 6.9%, tăng 5.7% và 3.2 lần", also={"3.2": ("3,2",)})]
    assert found(check_separators, *lines) == [("6.9%,", "6,9%,", True), ("5.7%", "5,7%", True), ("3.2", "3,2", True)]


def test_what_is_no_decimal_keeps_its_point() -> None:
    lines = [line("tăng 8,6%, giảm 2,1%, đạt 47,5%"), line("2.1 Về kinh tế"), line("có 1.250 hộ và ngày 5.7.2019")]
    assert found(check_separators, *lines) == []
    assert found(check_separators, line("tăng 6.9% và 5.7%")) == [], "nothing says how this page writes decimals"


def test_thousands_with_a_comma_among_points() -> None:
    lines = [line("gồm 1.250 hộ, 3.400 người, 12.000 ha và 9.100 m"), line("còn 267,813 tấn")]
    assert found(check_separators, *lines) == [("267,813", "", False)]


def test_headings_count_on() -> None:
    lines = [line("I. TÌNH HÌNH"), line("1. Kinh tế"), line("2. Xã hội"), line("11. NHIỆM VỤ"), line("III. TỔ CHỨC")]
    assert found(check_counting, *lines) == [("11.", "II.", True)]


def test_a_second_first_heading_is_pointed_at() -> None:
    assert found(check_counting, line("I. TÌNH HÌNH"), line("I. NHIỆM VỤ"), line("III. TỔ CHỨC")) == [("I.", "", False)]


def test_a_list_counts_on() -> None:
    lines = [line("1. Một"), line("2. Hai"), line("8. Ba", also={"8.": ("3.",)}), line("4. Bốn")]
    assert found(check_counting, *lines) == [("8.", "3.", True)]
    letters = [line(f"{mark}) Điểm này") for mark in "abcdđe"]
    assert found(check_counting, *letters) == []


def test_lists_may_begin_again_leave_out_and_nest() -> None:
    lines = [line("1. Một"), line("2. Hai"), line("1. Một"), line("2. Hai"), line("5. Năm"), line("1. Con", left=120)]
    assert found(check_counting, *lines) == []


def test_a_number_that_recurs_with_another_figure_is_pointed_at() -> None:
    right = line("theo Quyết định 93/2009/QĐ-TTg ngày")
    wrong = line("tại Quyết định 33/2009/QĐ-TTg,", also={"33/2009/QĐ-TTg,": ("93/2009/QĐ-TTg,",)})
    assert found(check_numbers, right, wrong) == [("33/2009/QĐ-TTg,", "93/2009/QĐ-TTg,", False)]
    assert found(check_numbers, right, line("tại Quyết định 33/2009/QĐ-TTg,")) == [], "there may be two papers"


def test_only_what_an_engine_has_read_is_checked() -> None:
    text = line("ngày I tháng 4 năm 2019")
    assert check_figures(page(text)).lines[0].text == "ngày 1 tháng 4 năm 2019"
    assert check_figures(page(text, source="layer")).lines[0].text == text.raw
    typed = Line("ngày I tháng 4 năm 2019", (Token("I", 5),))
    assert check_figures(page(typed)).lines[0] == typed


def test_findings_stand_where_the_words_are_after_all_corrections() -> None:
    before = line("thuc hien ngày II tháng 4 năm 3019 và 7")
    corrected = Line(before.raw, before.tokens, (Correction(0, "thuc hien", "thực hiện được", "decode", 0.9),),
                     (Doubt(before.raw.index("7") + 5, "7", "why"),))  # fmt: skip
    (after,) = check_figures(page(corrected)).lines
    assert after.text == "thực hiện được ngày 11 tháng 4 năm 3019 và 7"
    assert [after.text[d.start : d.start + len(d.text)] for d in after.doubts] == ["3019", "7"]
    assert after.corrections[-1].step == "figures:date"


def cell(row: int, column: int, text: str, *rivals: str) -> Cell:
    doubts = (Doubt(0, text, "the engine is not sure"),) if text.replace(".", "").isdigit() else ()
    made = line(text, also={text: rivals} if rivals else None)
    return Cell(row, column, (Line(made.raw, made.tokens, (), doubts),))


def table(*figures: tuple[str, tuple[str, ...]], total: str) -> Page:
    cells = [cell(0, 0, "Xã"), cell(0, 1, "Hộ")]
    for row, (figure, rivals) in enumerate(figures, 1):
        cells += [cell(row, 0, "Sơn"), cell(row, 1, figure, *rivals)]
    cells += [cell(len(figures) + 1, 0, "Tổng cộng"), cell(len(figures) + 1, 1, total)]
    return Page(1, (), (Table(tuple(cells), 0),), source="ocr")


def column(checked: Page) -> list[tuple[str, int]]:
    return [(c.text, len(c.lines[0].doubts)) for c in checked.tables[0].cells if c.column == 1 and c.row]


def test_a_column_that_adds_up_is_confirmed() -> None:
    checked = check_figures(table(("1.200", ()), ("340", ()), total="1.540"))
    assert column(checked) == [("1.200", 0), ("340", 0), ("1.540", 0)]


def test_the_reading_that_makes_a_column_add_up_is_chosen() -> None:
    checked = check_figures(table(("1.200", ()), ("840", ("340", "348")), total="1.540"))
    assert column(checked) == [("1.200", 1), ("340", 0), ("1.540", 1)]
    made = checked.tables[0].cells[5].lines[0].corrections[0]
    assert (made.before, made.step) == ("840", "figures:sum")


def test_a_column_that_does_not_add_up_is_pointed_at_and_stays() -> None:
    checked = check_figures(table(("1.200", ()), ("841", ()), total="1.540"))
    assert [text for text, _ in column(checked)] == ["1.200", "841", "1.540"]
    assert column(checked)[-1][1] == 1


def rows(*texts: str) -> Page:
    cells = tuple(
        Cell(row, at, (line(part),)) for row, text in enumerate(texts) for at, part in enumerate(text.split(";"))
    )
    return Page(1, (), (Table(cells, 0),), source="ocr")


def pointed_at(checked: Page) -> list[str]:
    return [c.text for c in checked.tables[0].cells if any(one.doubts for one in c.lines)]


def test_a_word_in_a_column_of_figures_is_pointed_at() -> None:
    column = rows("Xã;Hộ", "An Hòa;12", "An Bình;7a", "An Lợi;1.204", "An Phú;33", "An Thới;-")
    assert pointed_at(check_figures(column)) == ["7a"]


def test_a_stroke_alone_in_a_column_of_figures_is_a_one() -> None:
    checked = check_figures(rows("Xã;Hộ", "An Hòa;|", "An Bình;2", "An Lợi;2", "An Phú;4"))
    cell = next(c for c in checked.tables[0].cells if (c.row, c.column) == (1, 1))
    assert (cell.text, cell.lines[0].raw, cell.lines[0].corrections[0].step) == ("1", "|", "figures:form")


def test_columns_of_words_and_short_columns_are_left_alone() -> None:
    words = rows("Xã;Loại", "An Hòa;1", "An Bình;hai", "An Lợi;hai", "An Phú;3", "An Thới;ba")
    assert pointed_at(check_figures(words)) == []
    assert pointed_at(check_figures(rows("Xã;Hộ", "An Hòa;12", "An Bình;7a"))) == []


def test_a_figure_that_lost_its_comma_is_pointed_at() -> None:
    row = rows("Tên;A;B;C;D", "Che phủ;42,72;73,96;53,90;8727")
    assert pointed_at(check_figures(row)) == ["8727"]
    assert pointed_at(check_figures(rows("Tên;A;B;C;D", "Mục;42,7;73,9;2015;12"))) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("trên địa bàn đạt 2. [45 tỷ đồng", ["2.", "[45"]),
        ("trên địa bàn đạt 2. 145 tỷ đồng", ["2.", "145"]),
        ("thu hoạch 12|4 tấn, tăng 3}%", ["12|4", "3}%"]),
        ("hỗ trợ 1!250 hộ", ["1!250"]),
        ("theo Điều 2. 145 hộ được hỗ trợ", []),
        ("2. 145 hộ được hỗ trợ", []),
        ("như đã nêu ở tài liệu [1] và 3,5[2] điểm", []),
        ("giai đoạn 2015-2020 (2.145 tỷ đồng), đạt 95% (năm 2019: 90%)", []),
        ("tại địa chỉ vp_2015@hoaigiang.example và x?a=1&b=2", []),
        ("vì sao năm 2015? Vì chỉ đạt 12.", []),
        ("đạt 12. Năm sau đạt 15.", []),
    ],
)
def test_numbers_that_are_not_whole(text: str, wanted: list[str]) -> None:
    odd = [*found(check_torn, line(text)), *found(check_wholeness, line(text))]
    assert list(dict.fromkeys(word for word, _, _ in odd)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("liên hệ theo số máy 054947 244 hoặc tại xã", ["054947", "244"]),
        ("liên hệ theo số máy 0912 345 678 hoặc tại xã", []),
        ("đường tỉnh này dài 10; 265 km, rộng 6,1 m", ["10;", "265"]),
        ("các hộ ở thửa 10, 265 và 301 của xã", []),
        ("xã thu được tất cả 3.220. 904.635 đồng", ["3.220.", "904.635"]),
        ("nợ đọng của huyện là 763.695, 72 triệu đồng", ["763.695,", "72"]),
        ("đo tại cầu vào ngày 04.02 2020: mực nước", ["04.02", "2020:"]),
        ("theo Văn bản số 16/2019/ 27 của sở về việc", ["16/2019/", "27"]),
        ("theo Thông tư số 46/2018/TT BNV, các xã", ["46/2018/TT", "BNV,"]),
        ("theo Công văn số 4578/BTC của BỘ TÀI CHÍNH", []),
        ("lưu lượng đo được tại cầu 6.931 ,3 khối", ["6.931", ",3"]),
        ("năm 2019, 2020 và 2021 các xã đều đạt", []),
        ("12 45 16 hộ 7", []),
        ("đoàn kiểm tra trung ương.72.112 triệu đồng", ["ương.72.112"]),
        ("đóng góp gồm 6-gói thầu của huyện", ["6-gói"]),
        ("dịch Covid-19, mẫu CT-01, lớp 6a, 4,3m và 30-50ha", []),
        ("quá hạn bị phạt #,Ô\u201c mỗi tháng", ["#,Ô\u201c"]),
        ("tại xa@an-phu.example và R&D (*) của sở", []),
    ],
)
def test_numbers_in_two_words_and_words_that_are_nothing(text: str, wanted: list[str]) -> None:
    odd = [*found(check_torn, line(text)), *found(check_wholeness, line(text))]
    assert [word for word, _, _ in odd] == wanted


@pytest.mark.parametrize("parted", ["270/2004/QĐ- UBND", "4649/TTĐK- KT", "16/NQ -CP"])
def test_the_number_of_a_document_closes_up_at_its_dash(parted: str) -> None:
    checked = check_figures(page(line(f"căn cứ văn bản số {parted} của tỉnh về việc này")))
    assert checked.lines[0].text == f"căn cứ văn bản số {parted.replace(' ', '')} của tỉnh về việc này"
    assert checked.lines[0].raw == f"căn cứ văn bản số {parted} của tỉnh về việc này"
    assert checked.lines[0].doubts == ()
    apart = line("căn cứ Công văn số 12/BTC - CP của BỘ và 4/2019 - QĐ của tỉnh")
    assert check_figures(page(apart)).lines[0].text == apart.raw


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("nợ 496.513.65 triệu đồng", [("496.513.65", "496.513,65")]),
        ("nợ 6.316,982 triệu đồng", [("6.316,982", "6.316.982")]),
        ("nợ 496.513.650 đồng, máy 0999.137.76, ngày 04.02.2020, mục 1.2.3", []),
    ],
)
def test_points_and_commas_that_group_nothing(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(word, after) for word, after, _ in found(check_separators, line(text))] == wanted


def test_a_day_and_month_with_a_point_are_no_decimals() -> None:
    text = "ngày 04.02 đạt 3,5 và 4,5 và 6,5 so với 7.5 tấn"
    assert [word for word, _, _ in found(check_separators, line(text))] == ["7.5"]


def test_signs_that_no_number_has_are_doubted() -> None:
    odd = line("giảm từ 22/42% còn 3;7% vào 40ˆ và 1.250~ tấn, 58.111.ha")
    assert found(check_separators, odd) == [
        ("22/42%", "22,42%", False),
        ("3;7%", "3,7%", False),
        ("40ˆ", "40", False),
        ("1.250~", "1.250", False),
        ("58.111.ha", "58.111 ha", False),
    ]
    assert found(check_separators, line("số 22/42, tỷ lệ 22,42%, ngày 3/7, 40% và 15/17 chỉ tiêu")) == []


def test_a_label_whose_figure_may_be_a_letter_is_doubted_where_the_engine_was_unsure() -> None:
    assert found(check_labels, line("tại nhà AI, lô BO và cổng Cl", sure=0.5)) == [
        ("AI,", "A1,", False),
        ("BO", "B0", False),
        ("Cl", "C1", False),
    ]
    assert found(check_labels, line("tại nhà AI và lô BO", sure=0.9)) == []
    assert found(check_labels, line("khoá XI, chương II, ai, Chi, VAI và UBND", sure=0.5)) == []
    assert found(check_labels, line("NHÀ AI", sure=0.5)) == []


def test_the_two_bodies_whose_symbols_differ_in_a_horn_are_doubted_where_both_were_read() -> None:
    read = line("theo 16-NQ/TƯ, 05-NQ/TU và 7/CV-TU", also={"16-NQ/TƯ,": ("16-NQ/TU,",), "7/CV-TU": ("7/CV-TUY",)})
    assert found(check_symbols, read) == [("16-NQ/TƯ,", "16-NQ/TU,", False)]
    other = line("theo 05-NQ/TU và TU 5", also={"05-NQ/TU": ("05-NQ/TƯ",), "TU": ("TƯ",)})
    assert found(check_symbols, other) == [("05-NQ/TU", "05-NQ/TƯ", False)]


def test_a_symbol_has_no_tones() -> None:
    rivals: Rivals = {"226/2019/ÖĐ-UBND": ("226/2013/QĐ-UBND", "226/2019/QĐ-UBND")}
    text = line("theo 226/2019/ÖĐ-UBND và 12/QĐ-TTạ và 5/QĐ-UBND và 3/năm", also=rivals)
    assert found(check_symbols, text) == [
        ("226/2019/ÖĐ-UBND", "226/2019/QĐ-UBND", True),
        ("12/QĐ-TTạ", "", False),
    ]
    assert found(check_symbols, line("theo 36/QĐĐ-UBND và 4/BC-ĐĐBQH và 244/Ngày và 4/BNNPTNT")) == [
        ("36/QĐĐ-UBND", "36/QĐ-UBND", False)
    ]
    school = line("PHÒNG GD&ĐĐT và 4/PGDĐĐT và QLĐĐ và GD&ĐT")
    assert found(check_symbols, school) == [("GD&ĐĐT", "GD&ĐT", False), ("4/PGDĐĐT", "4/PGDĐT", False)]


BAD = ("Xã;Hộ;Khẩu", "An Hòa;12;49", "An Bình;71;206", "An Lợi;33;là", "An Phú;25;101")


@pytest.mark.parametrize(
    ("doubted", "wanted"),
    [
        (5, ["12", "49", "71", "206", "33", "là", "25", "101"]),
        (3, []),
    ],
)
def test_no_figure_of_a_table_is_trusted_where_most_are_doubted(doubted: int, wanted: list[str]) -> None:
    page = rows(*BAD, "An Thới;18;77")
    table = page.tables[0]
    figures = [cell for cell in table.cells if cell.text.isdigit()][:doubted]
    cells = tuple(
        replace(cell, lines=(replace(cell.lines[0], doubts=(Doubt(0, cell.text, "the engine is not sure"),)),))
        if cell in figures
        else cell
        for cell in table.cells
    )
    found = pointed_at(check_figures(replace(page, tables=(Table(cells, 0),))))
    assert found == ([*wanted, "18", "77"] if wanted else [cell.text for cell in figures] + ["là"])


@pytest.mark.parametrize(
    "text", ["ngày 1² tháng 3 năm 2020", "Ngày ³ tháng ² năm 2020", "ngày 31² tháng 4", "². Điều lệ"]
)
def test_raised_figures_are_never_changed(text: str) -> None:
    for check in (check_dates, check_counting, check_numbers, check_symbols, check_separators, check_wholeness):
        assert [after for _, after, _ in found(check, line(text), line(f"2{text}")) if after] == []


def test_letters_in_numbers_with_groups_and_in_percentages_are_doubts() -> None:
    text = line("thu t43.744.466 đồng, đạt (l%), còn 88.4L8 lúc 7h30, 100m2, 3x4, 5a, 2.500đ và 1.200kg")
    assert [word for word, _, _ in found(check_wholeness, text)] == ["t43.744.466", "(l%),", "88.4L8"]


def test_degrees_whose_signs_were_lost_are_doubts_that_name_what_is_possible() -> None:
    text = line('ở 19°5457" hoặc 1995457° và 36,5°C, 1200°C, 21°07\'12"')
    assert found(check_wholeness, text) == [
        ('19°5457"', "19°54'57\"", False),
        ("1995457°", "19°54'57\"", False),
    ]


def test_behind_an_article_stands_a_number() -> None:
    text = line("Điều I4 và nhà I4 và Điều đa", also={"I4": ("14",), "đa": ("44a",)})
    assert found(check_labels, text) == [("I4", "14", True), ("I4", "14", False)]
    assert found(check_dates, text) == [("đa", "44a", False)]
    assert found(check_dates, line("Điều đó, ngày mai", sure=0.95, also={"đó": ("46",)})) == []


def test_decimal_points_on_a_page_whose_points_group_thousands_are_commas_or_doubts() -> None:
    lines = (
        line("thu 7.164.208.500 đồng, chi 3.126.922.911 đồng"),
        line("cao 36.31 m, dài 8.57 km", also={"8.57": ("8,57",)}),
    )
    assert found(check_separators, *lines) == [("36.31", "36,31", False), ("8.57", "8,57", True)]
    assert found(check_separators, lines[1]) == []


def test_a_one_where_the_page_counts_in_roman_numerals_is_a_doubt() -> None:
    lines = (line("trong quý 1 năm nay", also={"1": ("I",)}), line("và quý III năm ngoái"))
    assert found(check_counting, *lines) == [("1", "I", False)]
    assert found(check_counting, line("trong quý 1 năm nay, quý 2 năm tới", sure=0.95)) == []


@pytest.mark.parametrize("text", ["chênh lệch (15 448) đồng một năm", "huyện, căn cước 0366391 37470."])
def test_a_number_torn_within_its_parenthesis_or_at_a_paragraphs_end_is_a_doubt(text: str) -> None:
    assert len(found(check_torn, line(text))) == 2
    assert found(check_torn, line("gọi (028) 3822 4567 để hỏi thêm")) == []


def test_the_one_doubtful_cell_of_a_column_is_what_makes_it_add_up_if_one_figure_differs() -> None:
    def checked(doubtful: str, *, more: bool = False) -> list[tuple[str, int]]:
        given = table(("1.200", ()), (doubtful, ()), total="1.540")
        whole = given.tables[0]
        kept = {(2, 1), (1, 1)} if more else {(2, 1)}
        cells = tuple(
            c if (c.row, c.column) in kept else replace(c, lines=tuple(replace(one, doubts=()) for one in c.lines))
            for c in whole.cells
        )
        return column(check_figures(replace(given, tables=(replace(whole, cells=cells),))))

    assert checked("840") == [("1.200", 0), ("340", 0), ("1.540", 0)]
    assert checked("841")[1] == ("841", 1), "two figures apart: another cell may be wrong as well"
    assert checked("840", more=True)[1] == ("840", 1)


def test_bare_figures_in_a_row_of_groups_and_decimals_are_written_like_the_others() -> None:
    checked = check_figures(
        rows("Tên;ĐVT;A;B;C;D", "Thu;Tỷ;703791;1.081.288;250.757;2019", "Tăng;%;813;36,30;47,57;55,41")
    )
    told = {c.text: c.lines[0].corrections for c in checked.tables[0].cells if c.lines[0].corrections}
    assert {(text, made[0].before, made[0].step) for text, made in told.items()} == {
        ("703.791", "703791", "figures:form"),
        ("8,13", "813", "figures:form"),
    }


def test_what_was_read_unsurely_where_the_rows_are_counted_is_the_number_of_its_row() -> None:
    def counted(text: str, sure: float = 0.5) -> str:
        body = [("1", 0.95), (text, sure), ("3", 0.95), ("4", 0.95)]
        cells = [Cell(0, 0, (line("STT", sure=0.95),)), Cell(0, 1, (line("Xã"),))]
        cells += [Cell(row, 0, (line(said, sure=sureness),)) for row, (said, sureness) in enumerate(body, 1)]
        checked = check_figures(Page(1, (), (Table(tuple(cells), 0),), source="ocr"))
        return next(c.text for c in checked.tables[0].cells if (c.row, c.column) == (2, 0))

    assert counted("7") == "2"
    assert counted("z") == "2"
    assert counted("4", 0.95) == "4", "a sure number stays: authors miscount, too"


@pytest.mark.parametrize(
    "column",
    [
        ("1", "2", "3", "3a", "4"),
        ("I", "1", "2", "3", "4", "5", "II"),
        ("1", "2", "3", "4", "5", "7"),
        ("110", "111", "112", "113", "114", "120"),
    ],
)
def test_rows_put_in_or_left_out_and_numerals_of_groups_stay_where_rows_are_counted(column: tuple[str, ...]) -> None:
    cells = [Cell(0, 0, (line("STT", sure=0.95),)), Cell(0, 1, (line("Xã"),))]
    cells += [Cell(row, 0, (line(said, sure=0.8),)) for row, said in enumerate(column, 1)]
    checked = check_figures(Page(1, (), (Table(tuple(cells), 0),), source="ocr"))
    assert tuple(c.text for c in checked.tables[0].cells if c.row and c.column == 0) == column
