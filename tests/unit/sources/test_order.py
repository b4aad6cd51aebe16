from vnreport_ocr.model import Box
from vnreport_ocr.sources.order import reading_order


def at(left: float, top: float, wide: float = 100) -> Box:
    return Box(left, top, left + wide, top + 12)


def order(*placed: tuple[Box, str]) -> list[str]:
    lines = reading_order([box for box, _ in placed], [text for _, text in placed])
    return [" ".join(placed[member][1] for member in line.members) for line in lines]


def test_recipients_before_the_signature_block() -> None:
    placed = (
        (at(0, 0, 400), "và thực hiện nghiêm túc nghị quyết này."),
        (at(0, 40), "Nơi nhận:"),
        (at(250, 38), "T/M ỦY BAN NHÂN DÂN"),
        (at(0, 54), "- Như trên;"),
        (at(250, 56), "CHỦ TỊCH"),
        (at(0, 68), "- Lưu VT."),
        (at(250, 140), "Nguyễn Văn An"),
    )
    assert order(*placed) == [
        "và thực hiện nghiêm túc nghị quyết này.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu VT.",
        "T/M ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn An",
    ]


def test_rows_of_an_unruled_table_stay_rows() -> None:
    rows = [[(at(x, y, 40), f"{x},{y}") for x in (0, 100, 200, 300)] for y in (0, 20, 40)]
    assert order(*rows[0], *rows[1], *rows[2]) == [" ".join(text for _, text in row) for row in rows]


def test_a_bullet_stays_with_its_text() -> None:
    assert order((at(0, 0, 6), "-"), (at(60, 0), "Các sở, ngành")) == ["- Các sở, ngành"]


def test_nothing_gives_nothing() -> None:
    assert reading_order([], []) == []


def test_whom_a_letter_is_sent_to_stands_under_both_halves_of_its_head() -> None:
    placed = (
        (at(0, 0, 150), "HUYỆN AN PHÚ"),
        (at(220, 0, 230), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (at(0, 40, 150), "V/v nạo vét kênh"),
        (at(220, 40, 200), "An Phú, ngày 3 tháng 4 năm 2019"),
        (at(110, 70, 50), "Kính gửi:"),
        (at(160, 90, 200), "- Các xã, thị trấn;"),
    )
    assert order(*placed) == [
        "HUYỆN AN PHÚ",
        "V/v nạo vét kênh",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "An Phú, ngày 3 tháng 4 năm 2019",
        "Kính gửi:",
        "- Các xã, thị trấn;",
    ]
