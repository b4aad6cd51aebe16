from dataclasses import replace

import pytest

from tests.unit.structure.helpers import SIZE, letter, line
from vnreport_ocr.model import Box, Line, Role, Style, Token
from vnreport_ocr.structure.letterhead import read_letterhead
from vnreport_ocr.structure.roles import with_roles
from vnreport_ocr.structure.wording import is_kind


def roles(lines: list[Line]) -> list[Role]:
    return [made.role for made in with_roles(lines, SIZE)]


def test_every_part_of_a_letter() -> None:
    assert roles(letter()) == [
        *[Role.LETTERHEAD] * 6,
        *[Role.TITLE] * 2,
        *[Role.BODY] * 2,
        *[Role.RECIPIENTS] * 2,
        *[Role.SIGNATURE] * 3,
        Role.FURNITURE,
    ]


def test_a_page_without_a_letterhead_has_no_facts() -> None:
    lines = [line("Các xã đã hoàn thành kế hoạch trong quý một.", 60, 60)]
    assert roles(lines) == [Role.BODY]
    assert read_letterhead(with_roles(lines, SIZE), SIZE) is None


def test_footnotes_are_the_small_lines_at_the_foot() -> None:
    body = [line("Sản lượng lúa cả năm tăng so với năm trước, đạt kế hoạch đề ra¹.", 60, 60 + 20 * n) for n in range(6)]
    notes = [line("¹ Theo báo cáo của cơ quan thống kê", 60, 700, size=10), line("huyện năm 2020.", 60, 712, size=10)]
    assert roles([*body, *notes, line("7", 290, 815, size=10)])[6:] == [Role.FOOTNOTE, Role.FOOTNOTE, Role.FURNITURE]


@pytest.mark.parametrize("text", ["12", "- 3 -", "Trang 4/12", "61 CÔNG BÁO/Số 329/Ngày 01-4-2020"])
def test_furniture_stands_at_the_edge_only(text: str) -> None:
    assert roles([line(text, 200, 20)]) == [Role.FURNITURE]
    assert Role.FURNITURE not in roles([line(text, 200, 400)])


def test_headings_by_number_capitals_and_weight() -> None:
    lines = [
        line("Chương II", 260, 100, bold=True),
        line("TỔ CHỨC THỰC HIỆN KẾ HOẠCH", 200, 120),
        line("Các sở, ban, ngành căn cứ chức năng, nhiệm vụ được giao để triển khai thực hiện.", 40, 150),
        line("Điều 5. Trách nhiệm của các sở", 60, 180, bold=True),
        line("Điều 6. Các huyện báo cáo kết quả thực hiện trước ngày 15 tháng 12 hằng năm cho.", 40, 210),
    ]
    expected = [Role.HEADING, Role.HEADING, Role.BODY, Role.HEADING, Role.BODY]
    assert roles(lines) == expected


def test_kinds_stand_alone() -> None:
    assert is_kind(" QUYẾT  ĐỊNH:")
    assert not is_kind("Quyết định số 12")


def test_lines_without_places_are_left_alone() -> None:
    lines = [Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), Line("Nơi nhận:")]
    assert with_roles(lines, SIZE) == tuple(lines)


def test_a_signature_by_machine_is_a_stamp_wherever_it_stands() -> None:
    said = ["Ký bởi: Cổng thông tin huyện", "Email: congttdt@anphu.example", "Thời gian ký: 03.04.2020 10:24:56"]
    text = [line("Các xã báo cáo kết quả trồng rừng trước ngày 15 hằng tháng.", 60, 200 + 20 * n) for n in range(4)]
    stamp = [line(one, 140, 4 + 9 * n, size=8) for n, one in enumerate(said)]
    assert roles([*text, *stamp])[4:] == [Role.STAMP] * 3
    form = [line("Cơ quan: Trường Tiểu học An Phú", 60, 300), line("Email: th.anphu@anphu.example", 60, 316)]
    assert Role.STAMP not in roles([*text, *form])


def test_on_a_justified_page_an_article_ends_where_its_line_does() -> None:
    full = "Các xã báo cáo kết quả trồng rừng trước ngày mười lăm hằng tháng của"
    edge = max(token.box.right for token in line(full, 60, 0).tokens if token.box is not None)
    article = "Điều 11. Trách nhiệm của các xã về bảo vệ và trồng rừng phòng"
    lines = [line(article, 90, 100), *(line(full, 60, 120 + 20 * n) for n in range(8))]
    end = max(token.box.right for token in lines[0].tokens if token.box is not None)
    assert edge - 60 < end < edge - 12
    assert roles(lines)[0] is Role.HEADING


def test_the_head_of_a_letter_is_told_by_place_and_not_by_the_order_of_reading() -> None:
    made = letter()
    in_order = [*made[:3], made[8], *made[3:8], *made[9:]]
    assert [role for role, one in zip(roles(in_order), in_order, strict=True) if one is made[4]] == [Role.LETTERHEAD]
    assert [role for role, one in zip(roles(in_order), in_order, strict=True) if one is made[8]] == [Role.BODY]


def test_the_name_of_a_chapter_is_all_the_capitals_under_its_number() -> None:
    lines = [
        line("Chương III", 260, 100, bold=True),
        replace(line("QUYỀN CỦA HỘ DÂN, TRÁCH NHIỆM CỦA BAN QUẢN LÝ CHỢ,", 40, 124, bold=True), end="\n\n"),
        replace(line("CỦA ỦY BAN NHÂN DÂN XÃ", 200, 148, bold=True), end="\n\n"),
        line("Hộ dân được chọn chỗ bán theo thứ tự đăng ký với ban quản lý chợ của xã.", 40, 180),
    ]
    assert roles(lines) == [Role.HEADING, Role.HEADING, Role.HEADING, Role.BODY]


def test_capitals_far_under_a_chapter_are_not_its_name() -> None:
    lines = [
        line("Chương III", 260, 100, bold=True),
        line("NGƯỜI BÁN HÀNG PHẢI GIỮ VỆ SINH CHUNG CỦA CẢ CHỢ VÀ XÓM,", 40, 300),
        line("không để nước thải ra lối đi.", 40, 320),
    ]
    assert roles(lines)[1] is Role.BODY


def test_an_article_over_its_first_clause_has_a_title_however_long_the_line() -> None:
    wide = "Điều 9. Trách nhiệm của trưởng thôn và người trông coi đường ống nước"
    clauses = [
        line("1. Trưởng thôn mở sổ theo dõi đường ống nước của từng xóm và báo cho xã hằng", 60, 120),
        line("tháng.", 40, 140),
    ]
    assert roles([line(wide, 60, 100), *clauses])[0] is Role.HEADING
    assert roles([line(wide, 60, 100), line("và nhà máy nước.", 40, 120), *clauses])[1] is Role.BODY


def test_on_a_page_all_in_bold_the_weight_marks_no_heading() -> None:
    texts = (
        "I. Nguồn nước:",
        "Nước được bơm từ giếng khoan qua hai bể lọc rồi mới vào ống",
        "chính của xã.",
        "Bể lọc được rửa mỗi tháng một lần vào ngày đầu tháng, do tổ",
        "quản lý nước làm.",
        "- Bể lọc cát",
        "- Bể lọc than",
        "Tổ quản lý nước có năm người, mỗi người trông coi một đoạn.",
    )
    found = roles([line(text, 60, 100 + 24 * n, bold=True) for n, text in enumerate(texts)])
    assert found == [Role.HEADING, *[Role.BODY] * 7]


@pytest.mark.parametrize("text", ["b) Tuyến ống chính, bao gồm:", "2. Khoản 4 của nội quy chợ được sửa như sau:"])
def test_a_clause_that_opens_a_list_is_no_heading(text: str) -> None:
    found = roles([line(text, 60, 100, 0.95), line("- Ống nhựa loại dày dùng dưới đường xe.", 60, 120, 0.95)])
    assert found == [Role.BODY, Role.BODY]


def test_small_lines_are_notes_unless_they_begin_near_the_head() -> None:
    def of_notes_at(top: float) -> Role:
        notes = [line("1 Số liệu do các xã báo cáo đến ngày lập bảng.", 60, top, size=9)]
        told = with_roles(
            [line("Diện tích lúa của toàn huyện vượt kế hoạch đã giao trong năm¹.", 60, 60), *notes], SIZE
        )
        return told[-1].role

    assert of_notes_at(0.15 * SIZE[1]) is not Role.FOOTNOTE
    assert of_notes_at(0.3 * SIZE[1]) is Role.FOOTNOTE


def test_a_date_just_above_the_signature_belongs_to_it() -> None:
    def of_date_at(top: float) -> Role:
        lines = [
            line("Các xã, thị trấn báo cáo kết quả về huyện trước ngày cuối cùng của mỗi quý trong năm.", 60, 500),
            line("An Phú, ngày 3 tháng 4 năm 2019", 330, top),
            line("Nơi nhận:", 60, 640),
            line("TM. ỦY BAN NHÂN DÂN", 330, 640),
            line("- Như trên;", 60, 655),
            line("CHỦ TỊCH", 370, 656),
            line("Trần Văn Bình", 365, 740),
        ]
        return with_roles(lines, SIZE)[1].role

    assert of_date_at(605) is Role.SIGNATURE
    assert of_date_at(570) is not Role.SIGNATURE


def test_a_subject_in_bold_ends_where_the_type_is_no_longer_bold() -> None:
    lines = letter()[:6]
    lines += [line("GIẤY MỜI", 260, 130, bold=True), line("Dự lễ trao học bổng năm học mới", 200, 150, bold=True)]
    lines += [line("Hội Khuyến học huyện trân trọng kính mời ông Lê Hà:", 160, 168), line("Đúng giờ.", 60, 190)]
    assert roles(lines)[6:] == [Role.TITLE, Role.TITLE, Role.BODY, Role.BODY]


def test_a_heading_in_bold_goes_on_at_the_left_of_its_column() -> None:
    body = [line("Các xã đã hoàn thành việc nạo vét kênh mương nội đồng.", 60, 200 + 18 * n) for n in range(8)]
    head = [line("Điều 1. Phạm vi điều chỉnh và đối tượng áp", 88, 160, bold=True), line("dụng", 60, 178, bold=True)]
    assert roles([*head, *body])[:2] == [Role.HEADING, Role.HEADING]


def spread(text: str, left: float, right: float, top: float) -> Line:
    """A line that is as wide as is asked for."""
    return Line(text, (Token(text, 0, Box(left, top, right, top + 13), None, (), Style(13)),))


PROSE = "Các xã rà soát danh sách hộ nghèo, niêm yết tại nhà văn hóa thôn và gửi về huyện."


@pytest.mark.parametrize(("lines", "role"), [(8, Role.TITLE), (9, Role.BODY)])
def test_a_long_block_below_the_kind_is_no_title(lines: int, role: Role) -> None:
    block = [spread(f"dòng thứ {number} của phần trích yếu", 190, 370, 150 + 16 * number) for number in range(lines)]
    block[-1] = replace(block[-1], end="\n\n")
    below = [spread(PROSE, 40, 540, 360 + 20 * n) for n in range(3)]
    assert roles([*letter()[:7], *block, *below])[7 : 7 + lines] == [role] * lines


@pytest.mark.parametrize(("width", "role"), [(450, Role.TITLE), (475, Role.BODY)])
def test_a_line_from_margin_to_margin_below_the_kind_is_text(width: float, role: Role) -> None:
    subject = spread("về việc rà soát danh sách hộ nghèo trên địa bàn", 290 - width / 2, 290 + width / 2, 146)
    below = [spread(PROSE, 40, 540, 162 + 16 * n) for n in range(6)]
    assert roles([*letter()[:7], subject, *below])[7] == role


@pytest.mark.parametrize(("letters", "role"), [(160, Role.HEADING), (180, Role.BODY)])
def test_no_heading_is_as_long_as_a_paragraph(letters: int, role: Role) -> None:
    text = ("Chương II quy định về " + "quản lý chợ, bến bãi và " * 10)[:letters].strip("v, ") + "g"
    assert abs(len(text) - letters) < 4
    chapter = line(text, 40, 100, size=5, bold=True)
    assert roles([chapter, *(spread(PROSE, 40, 540, 130 + 20 * n) for n in range(4))])[0] == role


def test_the_name_of_a_chapter_has_three_lines_at_the_most() -> None:
    names = ["QUẢN LÝ CHỢ, BẾN BÃI", "VÀ CÁC ĐIỂM BÁN HÀNG", "TRÊN ĐỊA BÀN HUYỆN", "ÁP DỤNG TỪ NĂM NAY"]
    lines = [line("Chương III", 40, 100), *(line(name, 40, 116 + 16 * n) for n, name in enumerate(names))]
    body = [spread(PROSE, 40, 540, 200 + 20 * n) for n in range(4)]
    assert roles([*lines, *body])[:5] == [*[Role.HEADING] * 4, Role.BODY]


@pytest.mark.parametrize(("indent", "role"), [(12, Role.HEADING), (6, Role.BODY)])
def test_below_the_long_title_of_an_article_the_text_is_indented(indent: float, role: Role) -> None:
    title = [
        spread("Điều 7. Trách nhiệm của các xã, thị trấn trong việc rà soát danh sách", 40, 538, 100),
        spread("hộ nghèo trên địa bàn", 40, 160, 116),
    ]
    body = [spread(PROSE, 40 + indent, 540, 132), *(spread(PROSE, 40, 540, 148 + 16 * n) for n in range(7))]
    assert roles([*title, *body])[:2] == [role] * 2
