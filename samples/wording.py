"""The words of the samples: a report, a table, a note that no office ever sent; province and persons are invented."""

from typing import NamedTuple


class Letterhead(NamedTuple):
    """The two blocks at the head of the first page."""

    left: tuple[str, ...]
    right: tuple[str, ...]


class Closing(NamedTuple):
    """Whom the paper goes to, and who signs it."""

    recipients: tuple[str, ...]
    signature: tuple[str, ...]


LETTERHEAD = Letterhead(
    ("TỈNH ỦY HOÀI GIANG", "*", "Số 214-BC/TU"),
    ("ĐẢNG CỘNG SẢN VIỆT NAM", "Hoài Giang, ngày 18 tháng 12 năm 2015"),
)
TITLE = ("BÁO CÁO", "kết quả thực hiện nhiệm vụ năm 2015", "và phương hướng, nhiệm vụ năm 2016")

HEADINGS = (
    "I. TÌNH HÌNH VÀ KẾT QUẢ ĐẠT ĐƯỢC",
    "II. HẠN CHẾ VÀ NGUYÊN NHÂN",
    "III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2016",
)
SUBHEADINGS = (
    "1. Về phát triển kinh tế",
    "2. Về văn hóa, xã hội",
    "3. Về quốc phòng, an ninh và xây dựng Đảng",
)

BODY = (
    "Thực hiện Nghị quyết số 09-NQ/TU ngày 12/01/2015 của Ban Chấp hành Đảng bộ tỉnh, trong năm 2015 cấp ủy các cấp "
    "đã tập trung lãnh đạo, chỉ đạo, cán bộ, đảng viên và nhân dân trong tỉnh nỗ lực vượt qua khó khăn, hoàn thành "
    "15/17 chỉ tiêu chủ yếu đã đề ra.",
    HEADINGS[0],
    SUBHEADINGS[0],
    "Tổng sản phẩm trên địa bàn tăng 8,6% so với năm 2014; thu nhập bình quân đầu người đạt 31,4 triệu đồng. Thu "
    "ngân sách nhà nước trên địa bàn đạt 2.145 tỷ đồng, bằng 107,3% dự toán. Sản lượng lương thực có hạt đạt "
    "412.600 tấn, vượt 2,1% kế hoạch; diện tích trồng rừng mới được 3.280 ha, nâng độ che phủ của rừng lên 47,5%.",
    "Chương trình xây dựng nông thôn mới được triển khai rộng khắp, có thêm 9 xã đạt chuẩn, nâng tổng số lên 34/112 "
    "xã. Nhân dân đã hiến 186.400 m² đất và góp trên 52.000 ngày công để làm đường giao thông, kênh mương nội đồng, "
    "nhà văn hóa thôn. Môi trường đầu tư từng bước được cải thiện, trong năm có 218 doanh nghiệp thành lập mới.",
    SUBHEADINGS[1],
    "Tỷ lệ hộ nghèo giảm còn 11,2%; giải quyết việc làm mới cho 16.350 lao động, trong đó xuất khẩu lao động 740 "
    "người. Chất lượng giáo dục có chuyển biến, tỷ lệ trẻ mẫu giáo 5 tuổi ra lớp đạt 99,1%. Mạng lưới y tế cơ sở "
    "được củng cố, 88% trạm y tế xã có bác sĩ; công tác phòng, chống dịch bệnh được duy trì thường xuyên, không để "
    "dịch lớn xảy ra.",
    SUBHEADINGS[2],
    "Quốc phòng, an ninh được giữ vững, trật tự an toàn xã hội ổn định; tai nạn giao thông giảm cả ba tiêu chí. "
    "Toàn Đảng bộ kết nạp 1.864 đảng viên mới, đạt 103,6% kế hoạch. Ủy ban Kiểm tra các cấp đã kiểm tra 427 tổ chức "
    "đảng, giám sát 215 tổ chức đảng; qua đó xử lý kỷ luật 96 đảng viên vi phạm.",
    HEADINGS[1],
    "Kinh tế phát triển chưa thật bền vững, chuyển dịch cơ cấu cây trồng, vật nuôi còn chậm; một số dự án trọng "
    "điểm vướng mắc về giải phóng mặt bằng. Chất lượng sinh hoạt ở một số chi bộ thôn, khu phố chưa cao; việc học "
    "tập, quán triệt nghị quyết có nơi còn hình thức. Khiếu nại đông người ở các huyện miền núi vẫn tiềm ẩn yếu tố "
    "phức tạp.",
    "Nguyên nhân chủ yếu là do thời tiết diễn biến bất thường, nguồn lực đầu tư hạn hẹp; bên cạnh đó, năng lực lãnh "
    "đạo của một bộ phận cấp ủy cơ sở còn yếu, trách nhiệm người đứng đầu chưa được đề cao đúng mức.",
    HEADINGS[2],
    "Phấn đấu tổng sản phẩm trên địa bàn tăng từ 9% trở lên, thu ngân sách đạt 2.320 tỷ đồng, giảm tỷ lệ hộ nghèo "
    "từ 2% đến 2,5%; có thêm ít nhất 10 xã đạt chuẩn nông thôn mới. Các cấp ủy cần tập trung vào những việc sau "
    "đây:",
    "a) Khẩn trương cụ thể hóa Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV thành chương trình hành động, gắn với "
    "Chỉ thị 03-CT/TW về tiếp tục đẩy mạnh việc học tập và làm theo tấm gương đạo đức Hồ Chí Minh.",
    "b) Đẩy mạnh cải cách thủ tục hành chính, cập nhật đầy đủ, đúng hạn hồ sơ trên cổng điện tử; tháo gỡ khó khăn "
    "cho sản xuất, kinh doanh, thu hút các nguồn lực đầu tư kết cấu hạ tầng.",
    "c) Chuẩn bị chu đáo cuộc bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân các cấp nhiệm kỳ 2016 - 2021; "
    "giữ vững ổn định chính trị, không để bị động, bất ngờ trong mọi tình huống.",
)

CLOSING = Closing(
    (
        "Nơi nhận:",
        "- Văn phòng Trung ương Đảng,",
        "- Các đồng chí Tỉnh ủy viên,",
        "- Các huyện ủy, thành ủy,",
        "- Lưu Văn phòng Tỉnh ủy.",
    ),
    ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC", "Trần Quốc Đăng"),
)

TABLE_TITLE = ("PHỤ LỤC", "Một số chỉ tiêu chủ yếu năm 2015 của tỉnh Hoài Giang")
TABLE = (
    ("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)"),
    ("1", "Tốc độ tăng tổng sản phẩm", "%", "8,5", "8,6", "101,2"),
    ("2", "Thu ngân sách trên địa bàn", "Tỷ đồng", "2.000", "2.145", "107,3"),
    ("3", "Sản lượng lương thực có hạt", "Tấn", "404.100", "412.600", "102,1"),
    ("4", "Diện tích trồng rừng mới", "Ha", "3.200", "3.280", "102,5"),
    ("5", "Số xã đạt chuẩn nông thôn mới", "Xã", "8", "9", "112,5"),
    ("6", "Lao động có việc làm mới", "Người", "16.000", "16.350", "102,2"),
    ("7", "Tỷ lệ hộ nghèo còn lại", "%", "11,5", "11,2", "-"),
    ("8", "Đảng viên mới kết nạp", "Người", "1.800", "1.864", "103,6"),
    ("9", "Tổ chức đảng được kiểm tra", "Tổ chức", "420", "427", "101,7"),
    ("10", "Số hộ dùng nước hợp vệ sinh", "Hộ", "98.700", "99.250", "100,6"),
)

NOTE = """\
# Kế hoạch kiểm tra năm 2016

Căn cứ Điều lệ Đảng và Quyết định số 46-QĐ/TW[^1], Ban Thường vụ Huyện ủy **Thượng Khê** xây dựng kế hoạch như sau:

## 1. Mục đích, yêu cầu

- Đánh giá đúng ưu điểm, khuyết điểm của tổ chức đảng và đảng viên được kiểm tra;
- Bảo đảm *công khai, dân chủ, thận trọng* và đúng quy trình[^2].

## 2. Nội dung

| Quý | Nội dung | Số đơn vị |
|---|---|---:|
| I | Việc chấp hành quy chế làm việc | 12 |
| II | Công tác tuyên truyền, vận động nhân dân | 8 |

<p>Mọi ý kiến xin gửi về <a href="mailto:ubkt@thuongkhe.example">Ủy ban Kiểm tra Huyện ủy</a> trước ngày 15/3/2016.</p>

[^1]: Ban hành ngày 01/11/2011, thay thế Quyết định số 25-QĐ/TW.
[^2]: Xem Hướng dẫn số 07-HD/UBKT, mục 3.
"""
NOTE_SLIPS = (
    ("Thường vụ", "Thướng vụ"),
    ("khuyết điểm", "khuyêt điểm"),
    ("đúng quy trình", "đúng quy trinh"),
    ("tuyên truyền", "tuyên truyển"),
)
"""Slips that were put into the note, as (right, wrong)."""


def first_page() -> list[str]:
    """Return the lines of the letterhead and the title, in reading order."""
    return [*LETTERHEAD.left, *LETTERHEAD.right, *TITLE]


def report() -> str:
    """Return the whole report in reading order, a paragraph a line."""
    lines = [*first_page(), *BODY, *CLOSING.recipients, *CLOSING.signature]
    return "\n".join(lines) + "\n"


def table_csv() -> str:
    """Return the table with ``;`` between its cells."""
    return "".join(";".join(row) + "\n" for row in TABLE)
