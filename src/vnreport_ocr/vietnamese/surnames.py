"""Family names of Vietnam: the common ones, and those of the highlands and of few people besides."""

from typing import Final

_COMMON: Final = (
    "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Trương Lâm Mai Đào "
    "Cao Hà Lương Lưu Tạ Tô Thạch Châu Quách Vương Thái Kim Sơn Danh"
)
_RARE: Final = (
    "An Bàn Bạch Bế Chu Chử Cung Cù Cấn Cầm Cổ Diệp Doãn Dèn Giang Giàng Giáp Hoa Hàn Hàng Hán Hạng Hầu Hồng Hứa "
    "Kha Khiếu Khâu Khúc Khổng Kiều Kpă Ksor La Liễu Lâu Lã Lò Lô Lù Lư Lường Lại Lầu Lộ Lục Lữ Ma Mã Mông Mùa "
    "Mạc Mạch Mẫn Nay Nghiêm Nguỵ Ngân Ngụy Nhữ Ninh Nông Phàn Phí Phùng Phương Pi Quan Quàng Rcom Siu Sùng Sầm "
    "Thi Thiều Thào Thân Thẩm Tiêu Trang Triệu Trà Trác Tráng Tào Tòng Tôn Tăng Tưởng Tất Tẩn Tống Từ Ung Uông "
    "Vi Viên Vàng Văn Xà Y Âu Ôn Ông Điểu Đàm Đái Đường Đậu Đồng Đới Ưng"
)

COMMON_SURNAMES: Final = frozenset(_COMMON.split(" "))
"""Names that most people have, and that hardly stand for anything else before another capital."""

SURNAMES: Final = COMMON_SURNAMES | frozenset(_RARE.split(" "))
"""What names of persons mostly begin with."""
