"""Abbreviations and second spellings: found either way, what was typed first."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from vnreport_ocr.search.abbreviations import understood
from vnreport_ocr.search.compiling import compile_query
from vnreport_ocr.search.extract import PageText
from vnreport_ocr.search.finding import Finder
from vnreport_ocr.search.index import DocumentEntry, Index

TEXTS = {
    "dai.txt": "Bến đò do Ủy ban nhân dân xã Vĩnh Thạnh quản lý. Tỷ lệ hộ có đò là 12 %. Công ty Sóng Biếc đóng đò.",
    "ngan.txt": "Bến đò do UBND xã Vĩnh Thạnh quản lí. Tỉ lệ hộ có đò là 15 %. Quí I sửa bến, ngày 5/3/2031 xong.",
    "roi.txt": "Ban quản lý bến nhận ủy thác. Nhân viên là dân xã Vĩnh Thạnh. KH&CN: một đề tài. Số 12/QĐ-TY.",
    "hoc.txt": "Sở Khoa học và Công nghệ thử đò điện. Qui định mới từ ngày 05 tháng 3 năm 2031. Số 12/QĐ-TI.",
}


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finder]:
    with Index(tmp_path_factory.mktemp("index") / "search.db") as index:
        with index.together():
            for path, text in TEXTS.items():
                index.put(DocumentEntry(path, None, None, None, {}, 2031), [PageText(1, text)])
        yield Finder(index)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("UBND xã", ["ngan.txt", "dai.txt"]),
        ("ubnd", ["ngan.txt", "dai.txt"]),
        ("uỷ ban nhân dân xã", ["dai.txt", "ngan.txt", "roi.txt"]),
        ("uy ban nhan dan xa vinh thanh", ["dai.txt", "ngan.txt", "roi.txt"]),
        ('"ủy ban nhân dân"', ["dai.txt"]),
        ('"UBND"', ["ngan.txt"]),
        ("bến NOT ubnd", ["dai.txt", "roi.txt"]),
        ("KH&CN", ["roi.txt", "hoc.txt"]),
        ("khoa học và công nghệ", ["hoc.txt", "roi.txt"]),
        ("ứy ban nhân dân", []),
        ("tỉ lệ", ["dai.txt", "ngan.txt"]),
        ("tỷ lệ", ["dai.txt", "ngan.txt"]),
        ('"tỉ lệ hộ"', ["dai.txt", "ngan.txt"]),
        ("ty le", ["dai.txt", "ngan.txt"]),
        ("quản lý", ["dai.txt", "ngan.txt", "roi.txt"]),
        ("quản NEAR/3 lí", ["dai.txt", "ngan.txt", "roi.txt"]),
        ("quý I", ["ngan.txt"]),
        ("quy định", ["hoc.txt"]),
        ('"công ti"', ["dai.txt"]),
        ("lỷ", []),
        ("12/QĐ-TY", ["roi.txt"]),
        ("12/QĐ-TI", ["hoc.txt"]),
        ("ngày 5 tháng 3 năm 2031", ["hoc.txt", "ngan.txt"]),
        ("5/3/2031", ["hoc.txt", "ngan.txt"]),
    ],
)
def test_what_means_the_same_is_found(finder: Finder, query: str, expected: list[str]) -> None:
    answer = finder.search(query)
    found = [] if answer.loosened else [one.path for one in answer.found]

    assert sorted(found) == sorted(expected)
    if query in ("UBND xã", "ubnd", "uỷ ban nhân dân xã", "KH&CN", "khoa học và công nghệ"):
        assert found[0] == expected[0]


def test_what_was_typed_comes_first_also_among_many(tmp_path: Path) -> None:
    with Index(tmp_path / "search.db") as index:
        with index.together():
            for number in range(150):
                said = "Ủy ban nhân dân tỉnh ủy ban nhân dân tỉnh" if number else f"UBND {'bến ' * 400}"
                index.put(DocumentEntry(f"{number}.txt", None, None, None, {}, 2031), [PageText(1, said)])
        answer = Finder(index).search("UBND", limit=2)

    assert answer.total == 150
    assert answer.found[0].path == "0.txt"


def test_what_only_means_the_same_is_marked_in_the_snippet(finder: Finder) -> None:
    found = next(one for one in finder.search("UBND xã").found if one.path == "dai.txt")

    assert "Ủy ban nhân dân" in [found.snippet[hit.start : hit.end] for hit in found.hits]


def test_words_of_an_abbreviation_need_no_second_look_at_the_pages() -> None:
    for query in ("UBND tỉnh", "hội đồng nhân dân huyện", "KH&CN"):
        assert not compile_query(understood(query)).checked
