"""Both spellings of a word."""

import pytest

from vnreport_ocr.vietnamese.variants import are_variants


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("kì", "kỳ", True),
        ("MĨ", "Mỹ", True),
        ("quí", "quý", True),
        ("gửi", "gởi", True),
        ("ki", "kỳ", False),
        ("thúi", "thúy", False),
        ("hai", "hay", False),
        ("mai", "may", False),
        ("chi", "chỉ", False),
        ("i", "y", False),
    ],
)
def test_what_is_one_word_in_two_spellings(one: str, other: str, same: bool) -> None:
    assert are_variants(one, other) is same
    assert are_variants(other, one) is same
