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


def test_a_title_centred_under_both_halves_of_a_head_ends_them() -> None:
    placed = (
        (at(60, 50, 215), "HỢP TÁC XÃ CHÈ ĐỒI CAO"),
        (at(430, 50, 105), "Mẫu số: 02"),
        (at(60, 66, 230), "Địa chỉ: bản Pom Coọng"),
        (at(460, 66, 75), "Số: 0417"),
        (at(60, 82, 120), "Điện thoại: 0204"),
        (at(213, 120, 170), "PHIẾU XUẤT KHO"),
        (at(60, 150, 140), "Người nhận: Hà Thị Én"),
    )
    assert order(*placed) == [
        "HỢP TÁC XÃ CHÈ ĐỒI CAO",
        "Địa chỉ: bản Pom Coọng",
        "Điện thoại: 0204",
        "Mẫu số: 02",
        "Số: 0417",
        "PHIẾU XUẤT KHO",
        "Người nhận: Hà Thị Én",
    ]


def test_what_goes_on_in_the_left_half_belongs_to_it() -> None:
    placed = (
        (at(60, 50, 215), "SỞ THỦY LỢI"),
        (at(330, 50, 215), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (at(90, 66, 150), "Số: 12/STL-KH"),
        (at(360, 66, 150), "Độc lập - Tự do - Hạnh phúc"),
        (at(95, 90, 140), "V/v xây cống"),
    )
    assert order(*placed)[:3] == ["SỞ THỦY LỢI", "Số: 12/STL-KH", "V/v xây cống"]


def test_labels_and_values_of_a_form_stay_rows_though_a_colon_was_lost() -> None:
    placed = (
        (at(0, 0, 50), "Địa chỉ"),
        (at(130, 0, 240), "Ấp Bàu Sen, xã Tân Hòa"),
        (at(0, 20, 60), "Điện thoại"),
        (at(120, 20, 90), "; 0271.3640.118"),
        (at(0, 40, 60), "Mã số thuế"),
        (at(120, 40, 80), ": 3801204477"),
    )
    assert order(*placed) == [
        "Địa chỉ Ấp Bàu Sen, xã Tân Hòa",
        "Điện thoại ; 0271.3640.118",
        "Mã số thuế : 3801204477",
    ]


def test_the_head_of_an_unruled_table_is_one_row() -> None:
    placed = (
        (at(0, 0, 90), "TT Hạng mục"),
        (at(200, 0, 200), "ĐVT Khối lượng"),
        *((at(x, 20, 40), str(x)) for x in (0, 200, 300, 400)),
    )
    assert order(*placed) == ["TT Hạng mục ĐVT Khối lượng", "0 200 300 400"]


def test_what_is_bought_stays_beside_what_it_costs() -> None:
    placed = (
        (at(0, 0, 120), "Người mua: chị Thoa"),
        (at(300, 0, 100), "Ngày 03/02/2025"),
        (at(0, 20, 110), "Bút chì hai đầu"),
        (at(270, 20, 130), "4 x 7.500 = 30.000"),
        (at(0, 40, 80), "Giấy gói quà"),
        (at(270, 40, 130), "12x 2.000 = 24.000"),
        (at(0, 60, 60), "Còn lại"),
        (at(320, 60, 80), "- 54.000 đ"),
    )
    assert order(*placed) == [
        "Người mua: chị Thoa Ngày 03/02/2025",
        "Bút chì hai đầu 4 x 7.500 = 30.000",
        "Giấy gói quà 12x 2.000 = 24.000",
        "Còn lại - 54.000 đ",
    ]
