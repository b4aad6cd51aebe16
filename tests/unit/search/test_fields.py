"""Fields as people fill them in: short names of offices and kinds, people with titles, days and ranges."""

from collections.abc import Iterator

import pytest

from vnreport_ocr.errors import QueryError
from vnreport_ocr.search.extract import PageText
from vnreport_ocr.search.fieldvalues import days, years
from vnreport_ocr.search.finding import Finder
from vnreport_ocr.search.index import DocumentEntry, Index

PAPERS: dict[str, dict[str, str]] = {
    "nq": {
        "number": "18/2021/NQ-HĐND", "kind": "NGHỊ QUYẾT", "issuer": "HỘI ĐỒNG NHÂN DÂN TỈNH ĐÔNG SƠN",
        "date": "ngày 9 tháng 7 năm 2021", "signer": "Trần Văn Ẩn", "post": "CHỦ TỊCH",
        "title": "về mức thu phí bến bãi",
    },
    "qd": {
        "number": "Số: 779/QĐ-UBND", "kind": "QUYẾT ĐỊNH", "issuer": "UBND TỈNH ĐÔNG SƠN",
        "date": "ngày 05 tháng 3 năm 2022", "signer": "Lê Thị Bình", "authority": "KT. CHỦ TỊCH",
        "post": "PHÓ CHỦ TỊCH",
    },
    "cv": {
        "number": "1250/STC-NS", "issuer": "SỞ TÀI CHÍNH", "date": "ngày 31 tháng 12 năm 2022",
        "signer": "Phan Bá Tước", "post": "GIÁM ĐỐC", "rank": "TS.",
    },
    "bc": {
        "number": "405-BC/TU", "kind": "BÁO CÁO", "issuer": "TỈNH ỦY ĐÔNG SƠN", "date": "ngày 14 tháng 9 năm 2023",
        "signer": "Hồ Thị Đào", "post": "PHÓ BÍ THƯ",
    },
    "dien": {"number": "12/CĐ-TTg", "issuer": "THỦ TƯỚNG CHÍNH PHỦ", "date": "ngày 20 tháng 9 năm 2023"},
    "tp": {"number": "31/2022/TT-BTP", "kind": "THÔNG TƯ", "issuer": "BỘ TƯ PHÁP", "date": "01/06/2022"},
    "kế-hoạch_100%": {"kind": "KẾ HOẠCH", "issuer": "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "number": "26a/KH-SKHCN"},
}  # fmt: skip
YEARS = {"nq": 2021, "qd": 2022, "cv": 2022, "bc": 2023, "dien": 2023, "tp": 2022}


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    path = tmp_path_factory.mktemp("index") / "search.db"
    with Index(path) as index, index.together():
        for name, facts in PAPERS.items():
            page = PageText(1, f"Văn bản này nói về ngân sách và bến bãi trong tỉnh. {facts.get('title', '')}")
            index.put(DocumentEntry(f"{name}.pdf", name, 1.0, 0.9, facts, YEARS.get(name)), [page])
    with Index(path, read_only=True) as index:
        yield Finder(index)


def found(finder: Finder, query: str) -> set[str]:
    return {one.path.removesuffix(".pdf") for one in finder.search(query).found}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("co-quan:UBND", "qd"),
        ('co-quan:"UBND tỉnh Đông Sơn"', "qd"),
        ('co-quan:"ủy ban nhân dân tỉnh Đông Sơn"', "qd"),
        ('co-quan:"uy ban nhan dan"', "qd"),
        ("co-quan:HĐND", "nq"),
        ("co-quan:hdnd", "nq"),
        ("co-quan:TU", "bc"),
        ('co-quan:"tu đông sơn"', "bc"),
        ("co-quan:TTg", "dien"),
        ("co-quan:CP", "dien"),
        ("co-quan:STC", "cv"),
        ("co-quan:BTP", "tp"),
        ('co-quan:"Bộ tư pháp"', "tp"),
        ('co-quan:"bo tu phap"', "tp"),
        ('co-quan:"Sở KHCN"', "kế-hoạch_100%"),
        ('co-quan:"sở KH&CN"', "kế-hoạch_100%"),
        ("co-quan:KHCN", "kế-hoạch_100%"),
        ("co-quan:UBND tỉnh Đông Sơn ngân sách", "qd"),
        ("co-quan:sở tài chính", "cv"),
        ("co-quan:tỉnh ủy đông sơn", "bc"),
        ("ngân sách co-quan:tỉnh đông sơn", "nq qd bc"),
        ("co-quan:sở ngân sách", "cv|kế-hoạch_100%"),
        ("loai:NQ", "nq"),
        ("loai:nq", "nq"),
        ("loai:QĐ", "qd"),
        ("loai:quyết định", "qd"),
        ("loai:BC OR loai:TT", "bc tp"),
        ("loai:KH", "kế-hoạch_100%"),
        ("loai:CĐ", "dien"),
        ("loai:công-điện", "dien"),
        ("loai:cong-van", "cv"),
        ("loai:CV", "cv"),
        ("loai:công văn ngân sách", "cv"),
        ("nguoi-ky:Trần Văn Ẩn", "nq"),
        ('nguoi-ky:"ông Trần Văn Ẩn"', "nq"),
        ('nguoi-ky:"đ/c Lê Thị Bình"', "qd"),
        ('nguoi-ky:"đồng chí Hồ Thị Đào"', "bc"),
        ('nguoi-ky:"chủ tịch Trần Văn Ẩn"', "nq"),
        ('nguoi-ky:"phó chủ tịch"', "qd"),
        ('nguoi-ky:"PCT Lê Thị Bình"', "qd"),
        ("nguoi-ky:PCT Lê Thị Bình", "qd"),
        ('nguoi-ky:"giám đốc Phan Bá Tước"', "cv"),
        ('nguoi-ky:"giám đốc Lê Thị Bình"', ""),
        ("nguoi-ky:chu", ""),
        ("nguoi-ky:bá", "cv"),
        ("so:405 - BC/TU", "bc"),
        ("so:405 -BC / TU", "bc"),
        ("so:QĐ-UBND", "qd"),
        ("so:100..800", "qd bc"),
        ("so:100..800/QĐ-UBND", "qd"),
        ("so:26a/KH-SKHCN", "kế-hoạch_100%"),
        ("nam:2021-2022", "nq qd cv tp"),
        ("nam:2021 - 2022", "nq qd cv tp"),
        ("nam:2021–22", "nq qd cv tp"),
        ("nam:2023..2022", "qd cv tp bc dien"),
        ("nam:>2022", "bc dien"),
        ("nam:>=2022", "qd cv tp bc dien"),
        ("nam:<2022", "nq"),
        ("nam:2021,2023", "nq bc dien"),
        ("nam:2022..", "qd cv tp bc dien"),
        ("nam:..2021", "nq"),
        ("nam:2023 -thủ", "bc dien"),
        ("ngay:14/9/2023", "bc"),
        ("ngày:14/09/2023", "bc"),
        ("ngay:14-9-2023", "bc"),
        ("ngay:14.9.2023", "bc"),
        ("ngay:2023-09-14", "bc"),
        ("ngay:14 tháng 9 năm 2023", "bc"),
        ("ngay:ngày 14 thang 9 nam 2023 ngân sách", "bc"),
        ('ngay:"ngày 14 tháng 9 năm 2023"', "bc"),
        ("ngay:9/2023", "bc dien"),
        ("ngay:tháng 9/2023", "bc dien"),
        ("ngay:tháng 9 năm 2023", "bc dien"),
        ("ngay:2023-09", "bc dien"),
        ("ngay:2022", "qd cv tp"),
        ("ngay:quý I/2022", "qd"),
        ("ngay:quý 4 năm 2022", "cv"),
        ("ngay:1/1/2022..30/6/2022", "qd tp"),
        ("ngay:1/1/2022 - 30/6/2022", "qd tp"),
        ("ngay:1/1/2022-30/6/2022", "qd tp"),
        ("ngay:15/9/2023..", "dien"),
        ("ngay:..9/7/2021", "nq"),
        ("ngay:>14/9/2023", "dien"),
        ("ngay:<=9/7/2021", "nq"),
        ("ngay:1/6/2022", "tp"),
        ("-ngay:2022 -ngay:2023", "nq kế-hoạch_100%"),
        ("tep:ke-hoach", "kế-hoạch_100%"),
        ("tep:100%", "kế-hoạch_100%"),
        ("tep:0_0", ""),
        ("trich-yeu:mức thu phí", "nq"),
    ],
)
def test_fields_are_understood_as_they_are_filled_in(finder: Finder, query: str, expected: str) -> None:
    names = expected.split("|") if "|" in expected else [expected] if expected in PAPERS else expected.split()
    assert found(finder, query) == set(names)


@pytest.mark.parametrize(
    "query",
    ["ngay:31/2/2023", "ngay:13/2023", "ngay:hôm qua", "ngay:..", "nam:23", "nam:..", "nam:2020..2021..2022",
     "nam:>x", "ngay:0/0/0000", "ngay:99/9999", "nam:2021,", "ngay:1/1/0000"],
)  # fmt: skip
def test_what_is_no_day_or_year_is_told(finder: Finder, query: str) -> None:
    with pytest.raises(QueryError, match=r"is not a|has no value|is missing"):
        finder.search(query)


def test_ranges_are_read_in_any_form() -> None:
    assert years("2020..2023") == years("2020-2023") == years("2023–2020") == years("2020 - 23")
    assert days("2/2024").last - days("2/2024").first == 28
    assert days("quý III/2023") == days("1/7/2023..30/9/2023") == days("2023-Q3")
