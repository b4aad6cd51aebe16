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
