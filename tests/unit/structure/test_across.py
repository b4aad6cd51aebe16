from collections.abc import Iterator
from dataclasses import replace

from tests.unit.structure.helpers import SIZE, line
from vnreport_ocr.model import Box, Cell, Line, Page, Role, Table
from vnreport_ocr.structure.across import AROUND, across
from vnreport_ocr.structure.roles import with_roles


def page(number: int, *lines: Line, tables: tuple[Table, ...] = ()) -> Page:
    return Page(number, with_roles(lines, SIZE), tables, source="layer", size=SIZE)


def body(number: int) -> Line:
    return line(f"Trong quý {number} các xã đã hoàn thành việc thu hoạch lúa và chuẩn bị giống.", 60, 300)


def roles(pages: Iterator[Page]) -> list[list[Role]]:
    return [[made.role for made in told.lines] for told in pages]


def test_what_comes_back_at_the_same_height_is_a_running_head() -> None:
    pages = [page(n, line(f"Tài liệu tập huấn khuyến nông - bài {n}", 60, 30), body(n)) for n in range(1, 6)]
    assert roles(across(pages)) == [[Role.FURNITURE, Role.BODY]] * 5


def test_heads_of_left_and_right_pages_are_told_from_their_own_kind() -> None:
    heads = ("Sổ tay người trồng chè", "Chương hai: đất và phân")
    pages = [page(n, line(heads[n % 2], 60, 30), body(n)) for n in range(1, 8)]
    assert roles(across(pages)) == [[Role.FURNITURE, Role.BODY]] * 7


def test_what_comes_once_or_twice_or_elsewhere_is_none() -> None:
    twice = [page(n, line("ĐƠN VỊ BÁO CÁO", 60, 30), body(n)) for n in (1, 2)]
    moved = [page(n, line("Ghi chú của người lập bảng", 60, 20 + 19 * n), body(n)) for n in (1, 2, 3)]
    inside = [page(n, line("Số liệu tính đến cuối tháng", 60, 300), body(n)) for n in (1, 2, 3)]
    for pages in (twice, moved, inside):
        assert not [role for told in roles(across(pages)) for role in told if role is Role.FURNITURE]


def test_running_heads_are_set_aside_where_they_are_not_wanted() -> None:
    pages = [page(n, line("Tài liệu tập huấn khuyến nông", 60, 30), body(n)) for n in range(1, 4)]
    told = list(across(pages, furniture=False))
    assert [len(made.lines) for made in told] == [1, 1, 1]
    assert [made.left_out[0].text for made in told] == ["Tài liệu tập huấn khuyến nông"] * 3


def test_told_twice_it_is_the_same() -> None:
    pages = [page(n, line("Tài liệu tập huấn khuyến nông", 60, 30), body(n)) for n in range(1, 5)]
    once = list(across(pages))
    assert list(across(once)) == once


def test_no_more_pages_are_held_than_the_window_needs() -> None:
    taken = 0

    def source() -> Iterator[Page]:
        nonlocal taken
        for number in range(1, 100):
            taken += 1
            yield page(number, body(number))

    ahead = [taken - made.number for made in across(source())]
    assert max(ahead) <= 3 * AROUND


def table(rows: list[list[str]], top: float, width: float = 100, before: int = 0) -> Table:
    cells = tuple(
        Cell(r, c, (Line(text),), box=Box(60 + c * width, top + 20 * r, 60 + (c + 1) * width, top + 20 * r + 20))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return Table(cells, before, Box(60, top, 60 + width * len(rows[0]), top + 20 * len(rows)))


HEAD = ["STT", "Tên xã", "Diện tích"]


def test_a_table_goes_on_over_pages_and_its_head_is_known_again() -> None:
    first = page(1, body(1), tables=(table([HEAD, ["1", "An Phú", "12,5"]], 600, before=1),))
    second = page(2, tables=(table([HEAD, ["2", "Vĩnh Hòa", "8,1"]], 50),))
    third = page(3, body(3), tables=(table([["3", "Bình Lâm", "9,4"]], 50),))
    told = [made.tables[0] for made in across([first, second, third])]
    assert [(made.continues, made.repeated) for made in told] == [(False, 0), (True, 1), (True, 0)]


def test_other_columns_or_text_between_make_another_table() -> None:
    first = page(1, body(1), tables=(table([HEAD, ["1", "An Phú", "12,5"]], 600, before=1),))
    other = page(2, tables=(table([HEAD, ["2", "Vĩnh Hòa", "8,1"]], 50, width=140),))
    after = page(2, body(2), tables=(table([HEAD, ["2", "Vĩnh Hòa", "8,1"]], 350, before=1),))
    for second in (other, after):
        assert not list(across([first, second]))[1].tables[0].continues


def test_a_row_of_other_figures_is_no_repeated_head() -> None:
    first = page(1, tables=(table([["1", "An Phú", "12,5"], ["2", "An Phú", "12,9"]], 600),))
    second = page(2, tables=(table([["3", "An Phú", "12,5"]], 50),))
    assert list(across([first, second]))[1].tables[0].repeated == 0


def amended() -> list[Page]:
    intro = line("Điều 1. Sửa đổi khoản 2 Điều 4 của Quy chế như sau:", 60, 650)
    quoted = line("“2. Trưởng thôn báo cáo hằng tháng về", 60, 670)
    rest = line("số hộ dùng nước giếng khoan trong thôn.”", 60, 80)
    after = line("Điều 2. Quyết định này có hiệu lực từ ngày ký.", 60, 120)
    return [page(1, body(1), intro, quoted), page(2, rest, after)]


def test_an_amendment_is_quoted_whole_over_pages() -> None:
    first, second = across(amended())
    assert [made.role for made in first.lines][-1] is Role.QUOTE
    assert [made.role for made in second.lines] == [Role.QUOTE, Role.BODY]


def test_a_quotation_that_never_ends_and_one_that_amends_nothing_are_none() -> None:
    pages = amended()
    endless = replace(
        pages[1], lines=tuple(line(made.raw.replace("”", ""), 60, 80 + 20 * n) for n, made in enumerate(pages[1].lines))
    )
    spoken = page(
        1, line("Nhiều người nói đùa rằng", 60, 280), line("“Nước giếng thôn Hạ ngọt hơn nước suối”.", 60, 300)
    )
    for told in ([pages[0], endless], [spoken]):
        assert not [role for made in roles(across(told)) for role in made if role is Role.QUOTE]


def test_blank_lines_within_a_quotation_are_quoted_and_others_not() -> None:
    first, second = amended()
    blank = line("", 60, 90)
    told = list(across([first, replace(second, lines=(blank, second.lines[0], blank, *second.lines[1:]))]))
    assert [made.role for made in told[1].lines] == [Role.QUOTE, Role.QUOTE, Role.BODY, Role.BODY]


def test_a_quotation_is_seen_in_the_middle_of_many_pages() -> None:
    plain = [page(number, body(number)) for number in range(3, 12)]
    told = list(across([*plain[:5], *amended(), *plain[5:]]))
    assert [[made.role is Role.QUOTE for made in one.lines].count(True) for one in told] == [0] * 5 + [1, 1] + [0] * 4


def test_neither_two_letters_nor_a_whole_paragraph_is_a_running_head() -> None:
    long = "Tài liệu này do tổ biên soạn của trung tâm khuyến nông in để phát cho các lớp tập huấn nghề"
    for text, is_head in (("KN", False), ("KNA", True), (long, True), (long + ", không bán, không in lại" * 2, False)):
        pages = [page(n, line(text, 60, 30), body(n)) for n in range(1, 6)]
        assert (roles(across(pages))[0][0] is Role.FURNITURE) is is_head


def with_second_column_at(left: float, top: float, before: int) -> Table:
    made = table([["1", "An Phú", "12,5"], ["2", "An Thới", "7,5"]], top, before=before)
    cells = tuple(replace(c, box=c.box._replace(left=left)) if c.column == 1 and c.box else c for c in made.cells)
    return replace(made, cells=cells)


def test_columns_may_shift_a_little_where_a_table_goes_on() -> None:
    first = page(1, body(1), tables=(with_second_column_at(160, 600, before=1),))
    for left, goes_on in ((172, True), (180, False)):
        told = list(across([first, page(2, body(2), tables=(with_second_column_at(left, 60, before=0),))]))
        assert told[1].tables[0].continues is goes_on


def test_a_repeated_head_has_four_rows_at_most() -> None:
    rows = [[f"Tầng {word}", "Tên xã", "Diện tích"] for word in ("một", "hai", "ba", "bốn", "năm")]
    first = page(1, body(1), tables=(table([*rows, ["1", "An Phú", "12,5"]], 600, before=1),))
    second = page(2, body(2), tables=(table([*rows, ["2", "An Thới", "7,5"]], 60),))
    assert list(across([first, second]))[1].tables[0].repeated == 4
