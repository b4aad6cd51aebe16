"""Raised figures: which may call a note, and which are the power of a measure."""

import pytest

from vnreport_ocr.raised import calls_of


@pytest.mark.parametrize("text", ["rộng 240 m²", "8.700 m³ đất", "120 người/km²", "2,5 m³/s²", "(m²)", "m²"])
def test_the_power_of_a_measure_calls_no_note(text: str) -> None:
    assert list(calls_of(text)) == []


@pytest.mark.parametrize(
    "text", ["Quyết định số 07/QĐ-TTr², ngày", "đồng²", "năm³", "240 m¹", "Nam² họp", "tăng 21,5%²"]
)
def test_other_raised_figures_may(text: str) -> None:
    assert len(list(calls_of(text))) == 1
