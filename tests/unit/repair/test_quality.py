"""Quality orders pages by how much they need a person."""

from vnreport_ocr.model import Correction, Damage, Doubt, Line
from vnreport_ocr.repair.diagnose import Passage
from vnreport_ocr.repair.quality import quality

TEXT = "một hai ba bốn năm sáu bảy tám chín mười"


def of(damage: Damage = Damage.CLEAN, rate: float = 0.0, **parts: tuple[object, ...]) -> float:
    line = Line(TEXT, **parts)  # type: ignore[arg-type]  # the parts are named where they are given
    return quality([line], [Passage(0, 1, damage, rate)])


def test_nothing_speaks_against_clean_text() -> None:
    assert of() == 1.0
    assert quality([Line("")], []) == 1.0


def test_whatever_is_unsure_counts() -> None:
    sure = of(corrections=(Correction(0, "một", "Một", "x", 1.0),))
    unsure = of(corrections=(Correction(0, "một", "Một", "x", 0.6),))
    doubted = of(doubts=(Doubt(0, "một", "x"),))
    assert 1.0 == sure > unsure > doubted > 0.0


def test_worse_passages_are_worse() -> None:
    assert of() > of(rate=0.1) > of(rate=0.4)
    assert of() > of(Damage.WRONG_LANGUAGE)
    assert of(doubts=(Doubt(0, "một", "x"),) * 10) == 0.0
