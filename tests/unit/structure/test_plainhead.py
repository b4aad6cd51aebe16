"""The head of a letter in plain text: two columns drawn with blanks, one field a line, and what is none."""

import pytest

from vnreport_ocr.model import Correction, Doubt, Letterhead, Line
from vnreport_ocr.structure.fieldnames import facts
from vnreport_ocr.structure.plainhead import plain_letterhead

COLUMNS = """\
ỦY BAN NHÂN DÂN                       CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   TỈNH ĐÔNG SƠN                          Độc lập - Tự do - Hạnh phúc
    -------                                  ---------------
Số: 127/2021/QĐ-UBND                  Đông Sơn, ngày 9 tháng 7 năm 2021

                        QUYẾT ĐỊNH
        Về việc quy định mức thu phí sử dụng bến bãi
                trên các tuyến sông của tỉnh

Căn cứ Luật Tổ chức chính quyền địa phương;
"""
ONE_A_LINE = """\
HỘI ĐỒNG NHÂN DÂN
HUYỆN BÌNH LÂM
Số: 18/NQ-HĐND
Bình Lâm, ngày 12 tháng 5 năm 2019
NGHỊ QUYẾT
Về kế hoạch đầu tư công
Căn cứ Luật Đầu tư công;
"""
JOINED = """\
TỈNH ỦY ĐÔNG SƠN ĐẢNG CỘNG SẢN VIỆT NAM
*
Số 405-BC/TU Đông Sơn, ngày 14 tháng 9 năm 2023

BÁO CÁO
sơ kết giữa nhiệm kỳ

Thực hiện chương trình làm việc, Tỉnh ủy báo cáo như sau:
"""
LETTER = """\
UBND TỈNH ĐÔNG SƠN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ TÀI CHÍNH\tĐộc lập - Tự do - Hạnh phúc
Số: 55/STC-NS\tĐông Sơn, ngày 3 tháng 4 năm 2020
V/v thu phí chợ

Kính gửi: Các phòng.
"""
MARKDOWN = """\
**BỘ TÀI CHÍNH**

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
**Độc lập - Tự do - Hạnh phúc**

**Số: 4/2012/TT-BTC**

*Hà Nội, ngày 5 tháng 1 năm 2012*

# THÔNG TƯ

Hướng dẫn kê khai lệ phí

Điều 1. Phạm vi
"""


def lines(text: str) -> list[Line]:
    return [Line(said) for said in text.split("\n")]


def told(text: str) -> dict[str, str]:
    found = plain_letterhead(lines(text))
    return {name: reading.text for name, _, reading in facts(found)} if found is not None else {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (COLUMNS, {
            "issuer": "ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN", "number": "127/2021/QĐ-UBND", "symbol": "QĐ-UBND",
            "place": "Đông Sơn", "date": "ngày 9 tháng 7 năm 2021", "kind": "QUYẾT ĐỊNH",
            "title": "Về việc quy định mức thu phí sử dụng bến bãi trên các tuyến sông của tỉnh",
        }),
        (ONE_A_LINE, {
            "issuer": "HỘI ĐỒNG NHÂN DÂN HUYỆN BÌNH LÂM", "number": "18/NQ-HĐND", "symbol": "NQ-HĐND",
            "place": "Bình Lâm", "date": "ngày 12 tháng 5 năm 2019", "kind": "NGHỊ QUYẾT",
            "title": "Về kế hoạch đầu tư công",
        }),
        (JOINED, {
            "issuer": "TỈNH ỦY ĐÔNG SƠN", "number": "405-BC/TU", "symbol": "BC/TU", "place": "Đông Sơn",
            "date": "ngày 14 tháng 9 năm 2023", "kind": "BÁO CÁO", "title": "sơ kết giữa nhiệm kỳ",
        }),
        (LETTER, {
            "superior": "UBND TỈNH ĐÔNG SƠN", "issuer": "SỞ TÀI CHÍNH", "number": "55/STC-NS", "symbol": "STC-NS",
            "place": "Đông Sơn", "date": "ngày 3 tháng 4 năm 2020", "title": "thu phí chợ",
        }),
        (MARKDOWN, {
            "issuer": "BỘ TÀI CHÍNH", "number": "4/2012/TT-BTC", "symbol": "TT-BTC", "place": "Hà Nội",
            "date": "ngày 5 tháng 1 năm 2012", "kind": "THÔNG TƯ", "title": "Hướng dẫn kê khai lệ phí",
        }),
    ],
    ids=["columns", "one a line", "joined", "letter", "markdown"],
)  # fmt: skip
def test_the_head_of_a_text(text: str, expected: dict[str, str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 9 tháng 7 năm 2021, đoàn xe vào tỉnh.\nSố: 12 đường Trần Phú.\n",
        "BÁO CÁO\nVề mùa màng\n\nNăm nay lúa tốt.\n",
        "MỤC LỤC\nI. KINH TẾ\nII. XÃ HỘI\n",
        "Kính gửi ông bà.\n" + COLUMNS,  # a letter that quotes another one
        "",
    ],
)
def test_what_is_no_head_tells_nothing(text: str) -> None:
    assert plain_letterhead(lines(text)) is None


def test_nothing_is_told_as_sure() -> None:
    for text in (COLUMNS, ONE_A_LINE, JOINED, LETTER, MARKDOWN):
        found = plain_letterhead(lines(text))
        assert found is not None
        assert all(reading.confidence < 0.9 and reading.box is None for _, _, reading in facts(found))


@pytest.mark.parametrize("number", ["Số: /QĐ-UBND", "Số:      /QĐ-UBND", "Số: ...../2021/QĐ-UBND", "Số: 1#12/QĐ-UBND"])
def test_a_number_that_is_not_whole_is_not_told(number: str) -> None:
    assert "number" not in told(COLUMNS.replace("Số: 127/2021/QĐ-UBND", number))


def test_a_day_that_is_none_is_not_told() -> None:
    said = told(COLUMNS.replace("ngày 9 tháng 7", "ngày 41 tháng 7"))
    assert "date" not in said
    assert "place" not in said


def test_what_was_corrected_or_doubted_is_less_sure() -> None:
    made = lines(ONE_A_LINE)
    made[2] = Line("Số: 18/NQ-HDND", corrections=(Correction(11, "D", "Đ", "code", 0.6),))
    made[3] = Line(made[3].raw, doubts=(Doubt(0, "", "it may be another day"),))
    found = plain_letterhead(made)

    assert isinstance(found, Letterhead)
    assert found.number is not None
    assert found.date is not None
    assert (found.number.text, found.number.confidence) == ("18/NQ-HĐND", 0.6)
    assert found.date.confidence <= 0.5
    assert found.date.doubt


def test_a_stamp_and_a_number_read_badly_are_no_office() -> None:
    said = told(COLUMNS.replace("Số: 127/2021/QĐ-UBND", "HỎA TỐC\nSố: 4Đ£/TM-SYT"))
    assert said["issuer"] == "ỦY BAN NHÂN DÂN TỈNH ĐÔNG SƠN"


def test_a_symbol_with_a_figure_in_it_is_doubted() -> None:
    found = plain_letterhead(lines(ONE_A_LINE.replace("18/NQ-HĐND", "18-NQ7HĐND")))
    assert found is not None
    assert found.number is not None
    assert found.number.confidence <= 0.5
    assert found.number.doubt
