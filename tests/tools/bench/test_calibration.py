from tools.bench.calibration import Bin, curve, judge
from vnreport_ocr.document import Document
from vnreport_ocr.model import Correction, Line, Page


def document(*lines: Line) -> Document:
    return Document((Page(1, lines),))


def correction(start: int, before: str, after: str, confidence: float = 0.9) -> Correction:
    return Correction(start, before, after, "decode", confidence)


def test_a_correction_is_right_when_its_words_are() -> None:
    line = Line("tinh uy", corrections=(correction(0, "tinh", "tỉnh"), correction(5, "uy", "ùy")))
    assert [judged.right for judged in judge(document(line), "tỉnh ủy")] == [True, False]


def test_places_move_with_corrections_made_later() -> None:
    line = Line("nh iem vu moi", corrections=(correction(10, "moi", "mới"), correction(0, "nh iem", "nhiệm")))
    assert [judged.right for judged in judge(document(line), "nhiệm vu mới")] == [True, True]
    assert [judged.right for judged in judge(document(line), "nhiệm vu mỡi")] == [False, True]


def test_a_split_is_right_when_both_words_are() -> None:
    line = Line("Tỉnhuỷ họp", corrections=(correction(4, "uỷ", " uỷ"),))
    assert [judged.right for judged in judge(document(line), "Tỉnh uỷ họp")] == [True]
    assert [judged.right for judged in judge(document(line), "Tinh uỷ họp")] == [False]
    assert [judged.right for judged in judge(document(line), "Tỉnh uy họp")] == [False]


def test_words_are_counted_across_lines() -> None:
    first, second = Line("một hai"), Line("bà bốn", corrections=(correction(0, "bà", "ba"),))
    assert [judged.right for judged in judge(document(first, second), "một hai ba bốn")] == [True]


def test_the_curve_counts_by_confidence() -> None:
    line = Line("a b c", corrections=(
        correction(0, "a", "á", 0.95), correction(2, "b", "bê", 0.96), correction(5, "c", "cá", 0.2),
    ))  # fmt: skip
    judged = judge(document(line), "á bi cá")
    assert curve(judged, (0.0, 0.5, 0.9, 1.1)) == [Bin(0.0, 0.5, 1, 1), Bin(0.9, 1.0, 2, 1)]
