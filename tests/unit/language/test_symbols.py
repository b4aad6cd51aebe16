"""Symbols: a damaged one becomes the one it stands for; a right one stays, known or not."""

import pytest

from vnreport_ocr.language.knowledge import open_language
from vnreport_ocr.language.symbols import Symbols, shape

FEW = Symbols({"NQ-HĐND": 900, "QĐ-UBND": 800, "CTr/TU": 50, "TTr-UBND": 300, "HĐND": 700, "KH-UBND": 99, "NĐ-CP": 400})


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("NQ-HPND", "NQ-HĐND"),
        ("NQ-HDND", "NQ-HĐND"),
        ("NQ–HPND", "NQ–HĐND"),
        ("QB-UBND", "QĐ-UBND"),
        ("QĐ-UBNO", "QĐ-UBND"),
        ("QĐ-UBMD", "QĐ-UBND"),
        ("CTt/TU", "CTr/TU"),
        ("TTR-UBND", "TTr-UBND"),
        ("HPND", "HĐND"),
        ("ND-CP", "NĐ-CP"),
    ],
)  # fmt: skip
def test_mended(read: str, right: str) -> None:
    assert FEW.mend(read) == right


@pytest.mark.parametrize(
    "symbol",
    ["NQ-HĐND", "CTr/HU", "KH-HU", "TTr-UBNDH", "ĐA-UBND", "QC-UBND", "XY", "NQ/HĐND-VP", "", "Đ-CP", "QyĐ-UBND",
     "CTr/TƯ"],
)  # fmt: skip
def test_left(symbol: str) -> None:
    assert FEW.mend(symbol) is None


@pytest.mark.parametrize(
    "symbol",
    ["QĐ-PGDĐT", "QĐ-PNV", "QĐ-PTP", "QĐ-PYT", "QĐ-PTNMT", "QĐ-PLĐTBXH", "TB-PNN", "KH-STP", "NQ-TU", "STP"],
)
def test_an_office_is_no_ministry(symbol: str) -> None:
    assert open_language().symbols.mend(symbol) is None


@pytest.mark.parametrize("symbol", ["QĐ-BTG", "TL-NHNN", "ĐA-CB", "BC-BDT", "PA-VP", "TB-PKT"])
def test_typed_capitals_are_what_they_are(symbol: str) -> None:
    assert open_language().symbols.mend_typed(symbol) is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("QD-UBND", "QĐ-UBND"), ("NQ-HPND", "NQ-HĐND"), ("CTt/TU", "CTr/TU"), ("NQ–HDND", "NQ–HĐND")]
)
def test_typed_slips_of_common_symbols_are_mended(typed: str, meant: str) -> None:
    assert open_language().symbols.mend_typed(typed) == meant


def test_two_that_are_as_likely_are_left() -> None:
    assert Symbols({"TT-BTC": 100, "TT-BTO": 90}).mend("TT-BTG") is None


def test_what_is_mended_is_known() -> None:
    symbols = open_language().symbols
    for read in ("NQ-HPND", "QD-TTg", "CT-TTg", "TB-UBNO"):
        mended = symbols.mend(read)
        assert mended is None or mended in symbols
        assert mended is None or symbols.mend(mended) is None


@pytest.mark.parametrize(
    "symbol",
    ["KH/HU", "CV/ThU", "CTr/HU", "CT/HU", "NQ/HU", "QC-UBND", "KH-PGDĐT", "BC-ĐGS", "KH/ĐTN", "QyĐ-UBND",
     "SNV-TCBC", "QĐ/TƯ"],
)  # fmt: skip
def test_symbols_of_small_bodies_stay(symbol: str) -> None:
    assert open_language().symbols.mend(symbol) is None


def test_shapes() -> None:
    assert shape("NQ-HĐND") == shape("NQ–HPNP") == shape("nq/hdnd")
    assert shape("TU") != shape("HU")
