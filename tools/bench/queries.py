"""Queries as people type them, over a folder of texts: how many bring up first what must come first.

The queries are for the five development documents (``000.txt`` to ``004.txt``): which of them a person means was judged
by what the documents are, not by what the search said.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Final

from tools.bench.checks import Check
from tools.bench.tables import markdown_table, percent
from vnreport_ocr import clean_archive, open_archive
from vnreport_ocr.archive.settings import Settings

_QUERIES: Final[dict[str, tuple[str, ...]]] = {
    "000": (
        "03-KL/TU",
        "02-QĐi/TU",
        "08-ĐA/TƯ",
        "35-CTr/TU",
        "26-CT/TW cải cách tư pháp",
        "49-NQ/TW",
        "49 nq tw",
        "217-QĐ/TW NOT tep:003",
        "tep:000 đảng viên",
        "bao cao ban chap hanh dang bo tinh khoa XIII trinh dai hoi XIV",
        "kcn an nghiep lap day 96,5%",
        "khách du lịch 2,43 triệu lượt 2020",
        "49 doanh nghiệp thuê đất 66 dự án",
        "dau tu cong 15.789 ty dong",
        "phát huy sức mạnh đại đoàn kết, sự năng động sáng tạo của nhân dân",
        "1.524 vu viec pham phap hinh su",
        "Đề án phát triển cây ăn trái đặc sản",
        "bao cao chinh tri dai hoi dang bo tinh soc trang lan thu XIV",
        "4/24 chỉ tiêu nghị quyết khó đạt",
        "chợ đầu mối nông sản 254 ha",
        "nhiet dien long phu 2 thu hoi chu truong",
        "39 chợ kinh phí 103,4 tỷ",
        "13 siêu thị 62 cửa hàng chuyên doanh",
        "06 - NQ/TU ngày 27/6/2014",
        "ngày 16/1/2017 nghị quyết phát triển du lịch",
        '"kim ngạch xuất khẩu ước thực hiện 900 triệu USD"',
        "tỉ lệ nhà trẻ 15 12 80,00",
        "nông thôn mơi 7.707 tỷ dong",
        "tàu cao toc Trần Đề Côn Đảo",
        "doanh thu du lich 1060 ty",
        "doanh thu du lịch 1.060 tỷ",
        "tổng chi ngân sách 39,901 tỷ",
        "hành tím Vĩnh Châu đồng bào Khmer thiên tai",
        "huyện My Xuyên đạt chuẩn nong thon moi",
        "phong trao xay dung nong thon moi nguồn von 7707 ty",
        "diện tích tôm nước lợ 46.463 ha lên 50.000 ha",
        "du lich 800 tỷ 8 dự án",
    ),
    "001": (
        "405-BC/TU",
        "loai:bao-cao nam:2023",
        "nam:2023",
        "nam:2022..2024",
        'co-quan:"tỉnh uỷ sóc trăng"',
        '"sơ kết giữa nhiệm kỳ"',
        "so ket giua nhiem ky",
        "sơ kết nghị quyết đại hội",
        "80/2021/NĐ-CP",
        "80-2021-nđ-cp",
        "42/NQ-CP",
        "64-KH/TU",
        "26a/KH-UBND",
        "67-QĐ/TW",
        "524/QĐ-TTg",
        "178/KH-UBND",
        "405 bc tu",
        "bc 405",
        "bc405",
        "soc trang 2023 giua nhiem ky",
        "nghi quyet 42 cp",
        "covid-19 nam:2023",
        "tep:001",
        "bao cao so 405 tinh uy soc trang",
        "kế hoạch 178 ubnd ngày 12/12/2022",
        "báo cáo ngày 14/9/2023",
        "PCI 2022 xếp hạng 34/63",
        "no xau 1.505 ty dong",
        "1.947 nguoi nhap canh chuyen bay giai cuu",
        "kim ngạch xuất khẩu năm 2023 1,50 tỷ USD",
        "biến chủng delta covid",
        "189 san pham 3 sao tro len",
        "quy định 67 ban bí thư 02/6/2022",
        "bao cao giua nhiem ky 2020-2025 tinh uy",
        "ho thi cam dao",
        "Hồ Thị Cẩm Đào",
        "nghị quyết 04-NQ/TU ngày 9/7/2021 dân tộc thiểu số",
        "22.409 hộ xuống còn 8.480 hộ",
        "13.929 hộ nghèo",
        "nghị quyết số 13-NQ/TU ngày 19 tháng 7 năm 2022",
        "duong tinh 934 be tong nhua nong",
        "405 - BC / TU",
        "tỉ lệ hộ nghèo Khmer giảm 2023",
        "bc sơ kết giua nhiem ki tinh uy",
        "thị trấn huỳnh hữu nghĩa đường tỉnh 939",
        "ngay 14/09/2023",
        "thu ngân sách 4.420 tỷ",
        "4420 ty dong thu ngan sach nam 2023",
        "chi ngân sach địa phương 14.589 tỷ đồng",
        "liên hiệp hợp tác xã artemia",
        "lien hiep htx Artemia 223 hop tac xa",
        "qd 67 ban bi thu",
        "NQ 10/2021/NQ-HDND bao tro xa hoi",
        "nghị quyết 10-2021 hđnd bảo trợ xã hội 4,8 tỷ",
        "55-CTr/TU ngày 15 tháng 10 năm 2020",
        "kết luận 70-KL/TW ngày 9/3/2020",
        "xuat khau 1,5 ty USD 2023",
        "đồng chí Hồ Thị Cẩm Đào phó bí thư",
        "bà Hồ Thị Cẩm Đào",
        "cảng Trần Đề 10.000 tỷ đê chắn sóng",
        "de chan song cang tran de 10000 ty",
        "xung đột Nga Ucraina covid báo cáo giữa nhiêm kỳ",
        "so ket giua nhiem ki nq dai hoi tinh soc trang lan XIV",
    ),
    "002": (
        '"thành ủy cần thơ"',
        "thanh uy can tho",
        "hậu giang",
        "hau giang",
        '"hậu giang" khu công nghiệp',
        '"quy hoạch thành phố cần thơ"',
        "chợ nổi cái răng",
        "cho noi cai rang",
        "sân bay cần thơ",
        "san bay can tho",
        "45/2022/QH15",
        "1735/CTr",
        "cơ chế đặc thù cần thơ",
        '"chuyển đổi số" hậu giang',
        "đại học cần thơ",
        "dai hoc can tho",
        '"lưu hành nội bộ"',
        "luu hanh noi bo",
        'loai:bao-cao "hậu giang"',
        "văn kiện đai hội thành phố cần thơ 2025",
        "hậugiang",
        "cầnthơ 2025 2030",
        "du thao bao cao chinh tri can tho",
        "du thao van kien dai hoi dang bo thanh pho can tho lan thu XV",
        "tai lieu tham khao kem theo du thao bao cao chinh tri",
        "thành phố sinh thái văn minh hiện đại",
        "đường tỉnh 925B",
        "GHN Express Viettel Post",
        "GRDP đầu người cần thơ 2025 trên 120 triệu đồng",
        "can tho thang 7 nam 2025",
        "thành uỷ cần thơ đại hội XV",
        "vi thanh phung hiep",
        "50-CTr/TU thay thế 07-CTr/TU",
        "nghị quyết 22/2024/NQ-HĐND",
        "22 2024 nq hdnd",
        "xã phương bình huyện phụng hiệp",
        "thi tran cay duong",
        "huyện cờ đỏ",
        "châu thành A hậu giang",
        "đèn LED chiếu sáng vị thanh",
        "UBND tỉnh hậu giang",
        "VSIP can tho vinh thanh",
        "csdl 1735/CTr UBND",
        "sáp nhập hậu giang sóc trăng vào cần thơ",
        "thành phố cần thơ sau sáp nhập 1/7/2025",
        "phường Cái Răng sau sáp nhập",
        "xa Vinh Chau thi xa Nga Nam can tho",
        "long mỹ đạt chuẩn nông thôn mới châu thành A",
        "ước năm 2024 đạt 2.184 triệu USD",
        "đề án tách văn phòng huyện ủy HĐND UBND huyện Cờ Đỏ",
        "qui hoach vung huyen chau thanh tinh hau giang den 2030",
    ),
    "003": (
        '"dịch tả heo châu phi"',
        "dịch tả heo châu phi NOT tep:000",
        "205-QĐ/TW",
        "205-qđ-tw",
        "395/TB-VPCP",
        "sạt lở bờ biển",
        '"mục tiêu phương hướng nhiệm vụ" 2020',
        "tôm nước lợ",
        '"xâm nhập mặn"',
        "205-QĐ/TW OR 395/TB-VPCP",
        "tep:003",
        "muc tieu nghi quyet nam 2020 san luong lua",
        "grdp binh quan dau nguoi 50,80",
        "2.042 đảng viên",
        "tỷ lệ trường đạt chuẩn 70,08",
        "nghi quyet ban chap hanh dang bo tinh nhiem vu nam 2020",
        "chỉ tiêu nghị quyết năm 2020",
        "49/80 xa nong thon moi",
        "bao hiem y te bat buoc 97,72",
        "nghị quyết mục tiêu phương hướng nhiệm vụ phát triển kinh tế xã hội năm 2020",
        "nghi quyết kinh te xa hoi 2020 soc trang",
        "phat trien dang vien moi 1.300",
        "đoàn thể vững mạnh trên 70%",
        "nha tre 6,93 12,00",
        "nghị quyêt tỉnh ủy 2020 mục tiêu",
        "NGHỊ QUYẾT 2020/ THỰC HIỆN 2019",
        "kế hoạch nuôi tôm nước lợ 2020 lịch thời vụ",
        "Thủ tướng Nguyễn Xuân Phúc làm việc đồng bằng sông Cửu Long",
        "ông Nguyễn Xuân Phúc",
        "hội nghị xúc tiến đầu tư cảng biển thương mại du lịch năm 2020",
        "người Việt Nam ưu tiên dùng hàng VN 2020",
        "dịch tả heo châu phi ocop",
    ),
    "004": (
        '"cảng biển trần đề"',
        '"kết quả nổi bật"',
        "17/20 chỉ tiêu",
        "tep:004 trần đề",
        "ket qua noi bat soc trang 2020 2025",
        "17 / 20 chỉ tiêu",
        "phu luc 2 ket qua noi bat dang bo tinh soc trang",
        "3 chỉ tiêu chưa đạt",
        "kết qủa nổi bật nhiệm kỳ 2020 - 2025",
        "GRDP binh quan dau nguoi 75,5 trieu dong/nguoi/nam",
        "han che nguyen nhan va diem nghen",
        "tong san pham tang 6,20%/nam dat 77,5%",
        "truong trung cap ki nang chuyen nghiep nhat ban",
        "cảng biển trần đề loại III",
        "phu luc 2 dang bo tinh soc trang",
        "một số bài học kinh nghiệm kiên định chủ nghĩa Mác Lênin phụ lục 2",
        "GRDP tăng 6,20%/năm",
        "giá trị xuất khẩu 2025 1,90 tỷ USD",
        "8 xã ntm kiểu mẫu",
        "phụ luc 2 kêt quả nổi bât",
        "giá trị xuất khẩu 1,9 tỷ USD vượt 58,33%",
        "67929 luot can bo dao tao",
        "10-NQ/TU ngày 29 tháng 12 năm 2021 cải cách hành chính",
        "nq 07 chuyen doi so 27/10/2021 soc trang",
        "cao tốc Châu Đốc Cần Thơ Sóc Trăng thành phần 4 phụ lục",
        "xóa nhà tạm nhà dột nát trên 97%",
        "trung tâm IOC soc trang",
        "423.700 tấn thủy hải sản 2025",
        "423,7 nghìn tấn thủy sản 2025",
    ),
}


def measure(documents: Path) -> list[tuple[str, str, str]]:
    """Return each query with the document that must come first and the one that does."""
    with tempfile.TemporaryDirectory(prefix="vnocr-queries-") as place:
        folder, out = Path(place, "in"), Path(place, "out")
        folder.mkdir()
        for path in documents.glob("*.txt"):
            shutil.copyfile(path, folder / path.name)
        for _ in clean_archive(folder, out, settings=Settings(formats=("txt",), jobs=1)):
            pass
        with open_archive(out) as archive:
            return [
                (query, wanted, next((Path(found.path).stem for found in archive.search(query, limit=1).found), ""))
                for wanted, queries in _QUERIES.items()
                for query in queries
            ]


def table(measured: list[tuple[str, str, str]]) -> str:
    """Return the figure, and the queries that bring up something else first."""
    right = sum(wanted == first for _, wanted, first in measured)
    rows = [["right first", f"{right} of {len(measured)} ({percent(right / len(measured))})"]]
    rows += [
        [f"`{query}`", f"{first or 'nothing'} before {wanted}"] for query, wanted, first in measured if wanted != first
    ]
    return markdown_table(["query", "result"], rows)


def checks(measured: list[tuple[str, str, str]]) -> tuple[Check, ...]:
    """Hold the share against what it must be."""
    right = sum(wanted == first for _, wanted, first in measured)
    return (
        Check("queries: share that brings up first what must come first", right / len(measured), 0.9, at_least=True),
    )
