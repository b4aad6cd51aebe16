"""Codes: the letters of a symbol may be mended, its figures never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.repair.helpers import mended
from vnreport_ocr.language.knowledge import open_language
from vnreport_ocr.repair.codes import mend_code

SYMBOLS = open_language().symbols


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("127/NQ-HPND", "127/NQ-HĐND"),
        ("14/2022/NQ-HDND", "14/2022/NQ-HĐND"),
        ("03-CTt/TU", "03-CTr/TU"),
        ("45/QD-UBND", "45/QĐ-UBND"),
        ("06/QD-TTg", "06/QĐ-TTg"),
        ("1023a/QD-UBND", "1023a/QĐ-UBND"),
    ],
)
def test_mended(read: str, right: str) -> None:
    assert mend_code(read, SYMBOLS) == right


@pytest.mark.parametrize(
    "code",
    [
        "157/2007/QĐĐ-TTg",
        "157/2007/QĐÐ-TTg",
        "01/NQ-HĐQLQ",
        "2/QDD-TTx",
        "127/NQ-HĐND",
        "03-CTr/TU",
        "07-KH/HU",
        "QL1A",
        "15/2021/NĐ-CP",
        "12/QC-UBND",
        "120-QĐ/TƯ",
        "5/X1-Y",
        "",
        "45",
    ],
)
def test_left(code: str) -> None:
    assert mend_code(code, SYMBOLS) is None


@given(
    st.integers(1, 9999),
    st.sampled_from(["NQ", "QD", "CTt", "KH", "TTR", "HPND"]),
    st.sampled_from(["HPND", "UBNO", "TU", "TTg", "CF", "XX"]),
)
def test_figures_stay_and_once_is_enough(number: int, kind: str, body: str) -> None:
    code = f"{number}/{kind}-{body}"
    mended = mend_code(code, SYMBOLS)
    if mended is not None:
        assert mended.startswith(f"{number}/")
        assert mend_code(mended, SYMBOLS) is None


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 157/2007/QĐĐ-TTg ngày 27 tháng 9 năm 2007",
        "Nghị quyết 01/NQ-HĐQLQ ngày 5 tháng 8",
        "Chuyên mục CH.TH của đài huyện",
        "CH.TH",
        "Các hạng B1, B, C1, C, D1, D2, D, C1E, CE",
        "BẢNG KÊ CH.TH VÀ HĐQLQ NĂM 2019",
        "Chương trình GDPT/GDTX của tỉnh",
        "Học viên P.Tân và C.Mác, TP.HCM",
        "Hiệu lực thi hành {#dieu-7}",
    ],
)
def test_codes_and_symbols_of_any_text_stay(text: str) -> None:
    assert mended(text) == text
    around = "Hội đồng nhân dân huyện thông qua nghị quyết về phát triển kinh tế, xã hội của địa phương."
    damaged = "Hdi d@ng nhan dan huyén thdng qua nghi quyét vé phat trién kinh té, x4 hdi cua dia phuong."
    assert mended(f"{around}\n{text}\n{around}").split("\n")[1] == text
    assert (
        mended(f"{damaged}\n{damaged}\nUBND - CH.TH - 12/NQ-HĐQLQ\n{damaged}")
        .split("\n")[2]
        .endswith("CH.TH - 12/NQ-HĐQLQ")
    )


def test_two_tones_are_no_torn_word() -> None:
    text = "T ỷ l ệ h ộ Ì Ị ngày n g h è o c ủ a h u y ệ n"
    assert "Ì Ị ngày" in mended(text)
