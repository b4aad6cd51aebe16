"""Signs that an engine took for others, mended only where it has read badly."""

import pytest

from vnreport_ocr.model import Damage
from vnreport_ocr.repair.diagnose import Passage
from vnreport_ocr.repair.items import Parsed
from vnreport_ocr.repair.punctuation import mend_signs


def mended(text: str, rate: float, damage: Damage = Damage.LIGHT) -> list[tuple[int, str, str]]:
    lines = Parsed(text.split("\n"))
    found = mend_signs(lines, [Passage(0, len(lines), damage, rate)])
    return [(correction.start, correction.before, correction.after) for line in found for correction in line]


@pytest.mark.parametrize(
    ("text", "place"), [("phương tiện. lương thực", 11), ("quốc phòng. an ninh", 10), ("tuần tra. canh gác", 8)]
)
def test_a_stop_before_a_small_letter_is_a_comma(text: str, place: int) -> None:
    assert mended(text, 0.02) == [(place, ".", ",")]
    assert not mended(text, 0.001)
    assert not mended(text, 0.02, Damage.WRONG_LANGUAGE)


@pytest.mark.parametrize(
    "text", ["báo cáo. Huyện uỷ", "năm 2019. thu", "TP. hồ", "v.v. và", "báo cáo.", "báo cáo! huyện"]
)
def test_other_stops_stay(text: str) -> None:
    assert not mended(text, 0.02)


def test_a_stop_at_the_end_of_a_line_needs_worse_text() -> None:
    assert not mended("báo cáo.\nhuyện uỷ", 0.02)
    assert mended("báo cáo.\nhuyện uỷ", 0.05) == [(7, ".", ",")]


def test_the_clause_after_b_is_c() -> None:
    assert mended("a) thu\nb) chi\n©) nợ", 0.02) == [(0, "©", "c")]
    assert not mended("©) nợ", 0.02)
