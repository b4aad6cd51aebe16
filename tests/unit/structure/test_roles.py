import pytest

from vnreport_ocr.model import Box, Letterhead, Line, Role, Style, Token
from vnreport_ocr.structure.letterhead import read_letterhead, with_doubts
from vnreport_ocr.structure.roles import is_kind, with_roles

SIZE = (595.0, 842.0)


def line(text: str, left: float, top: float, sure: float | None = None, size: float = 13, bold: bool = False) -> Line:
    tokens, start, x = [], 0, left
    for word in text.split():
        wide = 0.5 * size * len(word)
        start = text.index(word, start)
        tokens.append(Token(word, start, Box(x, top, x + wide, top + size), sure, (), Style(size, bold)))
        start += len(word)
        x += wide + 4
    return Line(text, tuple(tokens))


def letter(
    number: str = "Số: 145/TTr-UBND", dated: str = "An Phú, ngày 3 tháng 4 năm 2019", sure: float = 0.95
) -> list[Line]:
    return [
        line("ỦY BAN NHÂN DÂN", 60, 40, sure),
        line("HUYỆN AN PHÚ", 70, 56, sure),
        line(number, 80, 80, sure),
        line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 260, 40, sure),
        line("Độc lập - Tự do - Hạnh phúc", 300, 56, sure),
        line(dated, 320, 80, sure),
        line("TỜ TRÌNH", 260, 130, sure),
        line("Về việc phân bổ vốn đầu tư công đợt hai", 170, 150, sure),
        line("Kính gửi: Hội đồng nhân dân huyện", 180, 190, sure),
        line("Ủy ban nhân dân huyện kính trình Hội đồng nhân dân huyện xem xét, quyết định.", 60, 220, sure),
        line("Nơi nhận:", 60, 640, sure),
        line("- Như trên;", 60, 655, sure),
        line("TM. ỦY BAN NHÂN DÂN", 330, 640, sure),
        line("CHỦ TỊCH", 370, 656, sure),
        line("Trần Văn Bình", 365, 740, sure),
        line("2", 295, 810, sure),
    ]


def roles(lines: list[Line]) -> list[Role]:
    return [made.role for made in with_roles(lines, SIZE)]


def facts(lines: list[Line]) -> Letterhead:
    found = read_letterhead(with_roles(lines, SIZE), SIZE)
    assert found is not None
    return found


def test_every_part_of_a_letter() -> None:
    assert roles(letter()) == [
        *[Role.LETTERHEAD] * 6,
        *[Role.HEADING],
        *[Role.BODY] * 3,
        *[Role.RECIPIENTS] * 2,
        *[Role.SIGNATURE] * 3,
        Role.FURNITURE,
    ]


def test_the_letterhead_as_data() -> None:
    found = facts(letter())
    texts = {
        name: getattr(found, name).text for name in ("issuer", "number", "place", "date", "kind", "title", "signer")
    }
    assert texts == {
        "issuer": "ỦY BAN NHÂN DÂN HUYỆN AN PHÚ",
        "number": "145/TTr-UBND",
        "place": "An Phú",
        "date": "ngày 3 tháng 4 năm 2019",
        "kind": "TỜ TRÌNH",
        "title": "Về việc phân bổ vốn đầu tư công đợt hai",
        "signer": "Trần Văn Bình",
    }
    assert found.date is not None
    assert found.date.confidence == 0.95


@pytest.mark.parametrize("number", ["Số: /#⁄/UBND", "Số: 4Đ5_/TM-SYT", "Số:"])
def test_a_number_by_hand_is_absent_and_doubted(number: str) -> None:
    lines = letter(number=number)
    assert facts(lines).number is None
    marked = with_doubts(with_roles(lines, SIZE))
    assert [doubt.reason for doubt in marked[2].doubts] == ["the number may be written by hand"]
    assert lines[2].raw.endswith(marked[2].doubts[0].text)


@pytest.mark.parametrize("dated", ["An Phú, ngày Í( tháng 4 năm 2019", "An Phú, ngày 33 tháng 4 năm 2019"])
def test_a_date_by_hand_is_absent_and_doubted(dated: str) -> None:
    lines = letter(dated=dated)
    found = facts(lines)
    assert found.date is None
    assert found.place is not None
    marked = with_doubts(with_roles(lines, SIZE))
    assert marked[5].doubts[0].text.startswith("ngày")


def test_what_the_engine_doubts_is_no_fact() -> None:
    lines = letter(sure=0.7)
    found = facts(lines)
    assert (found.number, found.date) == (None, None)
    assert all(made.doubts for made in with_doubts(with_roles(lines, SIZE))[2:6:3])


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
