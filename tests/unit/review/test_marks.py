import pytest

from tests.unit.repair.helpers import repair
from vnreport_ocr.model import Box, Correction, Doubt, Line, Token
from vnreport_ocr.review.marks import MarkKind, marks_of

LINES = [
    "Thuong truc Héi déng nhan dan tinh yéu cdu cdc sé, nganh khan truong ra soat quy dat cong,",
    "xong truéc ngay 30/6/2021 theo Nghi quyét s6 18/NQ-HDND va huong dan cla cac co quan chttc nang.",
    "k ế t  q u ả thực hiện nhiệm vụ ch ính trị",
    "Ủy ban nhân dân tỉnh báo cáo kết quả năm 2020.",
]


@pytest.mark.parametrize("raw", LINES)
def test_the_marks_tell_all_that_was_changed_and_nothing_else(raw: str) -> None:
    (line,) = repair(raw).lines
    rebuilt, at_text, at_raw = "", 0, 0
    for mark in marks_of(line):
        between = line.text[at_text : mark.start]
        assert line.raw[at_raw : at_raw + len(between)] == between, "what lies between two marks was not changed"
        at_raw += len(between)
        assert line.raw[at_raw : at_raw + len(mark.read)] == mark.read
        rebuilt += between + mark.text
        at_text, at_raw = mark.end, at_raw + len(mark.read)
    assert rebuilt + line.text[at_text:] == line.text
    assert line.raw[at_raw:] == line.text[at_text:]


def test_a_doubt_is_a_mark_with_what_the_engine_thought_of() -> None:
    token = Token("93/2009", 3, Box(10, 0, 50, 10), 0.55, (("33/2009", 0.5), ("98/2009", 0.3)))
    line = Line("số 93/2009 về", (Token("số", 0), token), doubts=(Doubt(3, "93/2009", "the engine is not sure"),))
    (mark,) = marks_of(line)
    assert (mark.text, mark.read, mark.changed, mark.kind) == ("93/2009", "93/2009", False, MarkKind.FIGURE)
    assert mark.doubts == ("the engine is not sure",)
    assert mark.rivals == (("33/2009", 0.5), ("98/2009", 0.3))
    assert mark.box == Box(10, 0, 50, 10)
    assert mark.confidence <= 0.5


def test_a_rival_of_one_word_leaves_the_others_of_its_mark() -> None:
    tokens = (Token("ngày", 0), Token("!1", 5, None, 0.4, (("11", 0.9),)), Token("tháng", 8))
    line = Line("ngày !1 tháng", tokens, doubts=(Doubt(0, "ngày !1 tháng", "the date is not sure"),))
    assert marks_of(line)[0].rivals == (("ngày 11 tháng", 0.9),)


def test_names_are_told_from_the_first_word_of_a_line() -> None:
    line = Line(
        "Ban Ha Giang", corrections=(Correction(4, "Ha", "Hà", "t", 0.9), Correction(0, "Ban", "Bàn", "t", 0.9))
    )
    assert [(mark.text, mark.kind) for mark in marks_of(line)] == [("Bàn", MarkKind.WORD), ("Hà", MarkKind.NAME)]
