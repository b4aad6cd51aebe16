"""Sixty queries as people type them, over texts of this test, and what must come first."""

from collections.abc import Iterator

import pytest

from vnreport_ocr.search.extract import PageText
from vnreport_ocr.search.finding import Finder
from vnreport_ocr.search.index import DocumentEntry, Index

FERRY = (
    "Quy định mức thu phí bến đò ngang tại xã Vĩnh Thạnh. Người đi bộ trả hai nghìn đồng. "
    "Căn cứ Nghị định số 120/2016/NĐ-CP của Chính phủ. Thay thế Nghị quyết số 07/2010/NQ-HĐND."
)
BRIDGE = (
    "Báo cáo tiến độ xây cầu Hòa Lợi qua sông Cái Nước. Nhà thầu chậm ba tháng vì mưa lũ. "
    "Đường dẫn phía đông đã rải đá; dầm chính lắp xong nhịp hai."
)
SCHOOL = (
    "Đề án sắp xếp trường mầm non và tiểu học vùng ven biển. Giáo viên thiếu 48 người. "
    "Ngân sách huyện chi sửa mái trường sau bão số 5."
)
HARVEST = (
    "Kế hoạch vụ lúa hè thu. Nông dân gieo sạ theo lịch né rầy; nước mặn lên sớm trên kênh Ông Kho. "
    "Sản lượng ước 61.500 tấn, giá lúa thơm cao hơn năm ngoái."
)
LETTER = (
    "Kính gửi Phòng Nội vụ. Đề nghị cử cán bộ dự lớp tập huấn văn thư lưu trữ. "
    "Danh sách gửi trước ngày 15 tháng 8. Ông Đặng Văn Dương phụ trách."
)
HEALTH = (
    "Thông báo tiêm vắc xin sởi cho trẻ dưới năm tuổi tại trạm y tế. "
    "Phụ huynh mang theo sổ khám bệnh. Bác sĩ Đường trực buổi sáng."
)

DOCUMENTS = {
    "phi.pdf": (FERRY, "Nghị quyết về phí bến đò", 2021, {
        "number": "18/2021/NQ-HĐND", "kind": "Nghị quyết", "issuer": "Hội đồng nhân dân huyện Cái Nước",
        "signer": "Lê Thị Mận"}),
    "cau.pdf": (BRIDGE, "Báo cáo tiến độ cầu Hòa Lợi", 2022, {
        "number": "45/BC-BQLDA", "kind": "Báo cáo", "issuer": "Ban Quản lý dự án", "signer": "Trần Quốc Khải"}),
    "truong.pdf": (SCHOOL, "Đề án sắp xếp trường", 2020, {
        "number": "3/ĐA-UBND", "kind": "Đề án", "issuer": "Ủy ban nhân dân huyện", "signer": "Ngô Bá Tòng"}),
    "lua.txt": (HARVEST, "Kế hoạch vụ hè thu", 2023, {
        "number": "77/KH-PNN", "kind": "Kế hoạch", "issuer": "Phòng Nông nghiệp"}),
    "thu/cong-van.txt": (LETTER, "", 2021, {"number": "9/SNV-VTLT", "issuer": "Sở Nội vụ"}),
    "tiem.txt": (HEALTH, "Thông báo tiêm chủng", 2023, {"number": "12/TB-TYT", "kind": "Thông báo"}),
}  # fmt: skip

TYPED = {
    "phi.pdf": (
        "phí bến đò",
        "phi ben do",
        "PHÍ BẾN ĐÒ",
        '"bến đò ngang"',
        "so:18/2021/NQ-HĐND",
        "so:18",
        "18-2021-nq-hđnd",
        "120/2016/NĐ-CP",
        "120 2016 nđ cp",
        "07/2010/NQ-HĐND",
        "nam:2021 loai:nghi-quyet",
        "nguoi-ky:man",
        "vinh thanh",
        "Vĩnh Thạnh",
        'co-quan:"hội đồng nhân dân"',
        "bến đò NOT cầu",
    ),
    "cau.pdf": (
        "cầu hòa lợi",
        "cầu hoà lợi",
        "cau hoa loi",
        '"tiến độ xây cầu"',
        "tien do cau",
        "nhà thầu chậm",
        "nam:2022",
        "loai:bao-cao",
        "45/BC-BQLDA",
        "mưa lũ",
        "dầm NEAR/4 nhịp",
        "nguoi-ky:khải",
        "xây cầu OR lắp dầm",
        "đường dẫn",
        "tep:cau",
    ),
    "truong.pdf": (
        "trường mầm non",
        "truong mam non",
        '"sắp xếp trường"',
        "giáo viên thiếu",
        "bão số 5",
        "so:3/ĐA-UBND",
        "nam:2020",
        "loai:de-an",
        "vùng ven biển",
        '"ngân sách huyện"',
    ),
    "lua.txt": (
        "lúa hè thu",
        "lua he thu",
        "né rầy",
        "nước mặn",
        "nuoc man",
        "61.500 tấn",
        "kênh ông kho",
        "77/KH-PNN",
        '"gieo s*"',
        "loai:ke-hoach",
    ),
    "thu/cong-van.txt": (
        "văn thư lưu trữ",
        "van thu luu tru",
        "dương",
        "so:9/SNV-VTLT",
        "tep:thu/",
        'co-quan:"sở nội vụ"',
    ),
    "tiem.txt": (
        "vắc xin sởi",
        "vac xin soi",
        "so tiem",
        "trạm y tế",
        "bác sĩ đường",
        "nam:2023 -lúa",
        "loai:thong-bao",
    ),
}


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    path = tmp_path_factory.mktemp("typed") / "search.db"
    with Index(path) as index, index.together():
        for name, (text, heading, year, facts) in DOCUMENTS.items():
            index.put(
                DocumentEntry(name, name, 1.0, 0.95, facts, year), [PageText(1, text, f"{facts['number']}\n{heading}")]
            )
    with Index(path, read_only=True) as index:
        yield Finder(index)


@pytest.mark.parametrize(("wanted", "query"), [(name, query) for name, queries in TYPED.items() for query in queries])
def test_what_is_meant_comes_first(finder: Finder, wanted: str, query: str) -> None:
    found = finder.search(query, limit=3).found
    assert found
    assert found[0].path == wanted


def test_there_are_sixty() -> None:
    assert sum(map(len, TYPED.values())) >= 60
