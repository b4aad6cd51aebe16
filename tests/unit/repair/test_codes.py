"""Codes: the letters of a symbol may be mended, its figures never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    ["127/NQ-HĐND", "03-CTr/TU", "07-KH/HU", "QL1A", "15/2021/NĐ-CP", "12/QC-UBND", "120-QĐ/TƯ", "5/X1-Y", "", "45"],
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
