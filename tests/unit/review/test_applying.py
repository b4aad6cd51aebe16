from dataclasses import replace

import pytest

from vnreport_ocr.model import Box, Cell, Correction, Doubt, Line, Page, Table, Token
from vnreport_ocr.review.applying import STEP, apply
from vnreport_ocr.review.decisions import ReviewDecision, Verdict


def box(column: int, row: int = 0) -> Box:
    return Box(50.0 * column, 20.0 * row, 50.0 * column + 45, 20.0 * row + 12)


def boxed(text: str, row: int = 0) -> Line:
    tokens, start = [], 0
    for column, word in enumerate(text.split()):
        tokens.append(Token(word, start, box(column, row)))
        start += len(word) + 1
    return Line(text, tokens=tuple(tokens))


def decision(
    verdict: Verdict, read: str, put: str, chosen: str = "", *, place: Box | None = None, **said: str
) -> ReviewDecision:
    return ReviewDecision(1, read, put, verdict, chosen, box=place, **said)


CHANGED = replace(
    boxed("theo so 18/NQ-HDND ngày"),
    corrections=(Correction(5, "so", "sổ", "decode", 0.8), Correction(8, "18/NQ-HDND", "18/NQ-HĐND", "symbol", 0.95)),
    doubts=(Doubt(8, "18/NQ-HĐND", "the number may be handwritten"), Doubt(19, "ngày", "not sure")),
)


def test_a_rejected_change_is_as_it_was_read() -> None:
    applied = apply(Page(1, (CHANGED,)), [decision(Verdict.REJECT, "so", "sổ", "so", place=box(1))])
    (line,) = applied.page.lines
    assert line.text == "theo so 18/NQ-HĐND ngày"
    assert (line.corrections[-1].step, line.corrections[-1].reason) == (STEP, "rejected")
    assert (applied.held, applied.lost) == (1, ())


def test_what_was_typed_stands_and_doubts_behind_it_move_along() -> None:
    typed = decision(Verdict.TYPE, "so", "sổ", "Nghị quyết số", place=box(1))
    (line,) = apply(Page(1, (CHANGED,)), [typed]).page.lines
    assert line.text == "theo Nghị quyết số 18/NQ-HĐND ngày"
    for doubt in line.doubts:
        assert line.text[doubt.start : doubt.start + len(doubt.text)] == doubt.text


def test_what_was_accepted_is_in_doubt_no_more() -> None:
    (line,) = apply(
        Page(1, (CHANGED,)), [decision(Verdict.ACCEPT, "18/NQ-HDND", "18/NQ-HĐND", place=box(2))]
    ).page.lines
    assert line.text == CHANGED.text
    assert [doubt.text for doubt in line.doubts] == ["ngày"]


def test_a_decision_holds_where_the_word_is_read_otherwise_the_next_time() -> None:
    again = boxed("theo sở 18/NO-HDND ngày")
    typed = decision(Verdict.TYPE, "18/NQ-HDND", "18/NQ-HĐND", "18/NQ-HĐND", place=box(2))
    assert apply(Page(1, (again,)), [typed]).page.lines[0].text == "theo sở 18/NQ-HĐND ngày"


@pytest.mark.parametrize("verdict", [Verdict.ACCEPT, Verdict.TYPE])
def test_a_decision_whose_place_is_gone_is_told(verdict: Verdict) -> None:
    made = decision(verdict, "xã", "xã", "Xá", place=box(2, row=9))
    applied = apply(Page(1, (CHANGED,)), [made])
    assert applied.page == Page(1, (CHANGED,))
    assert (applied.held, applied.lost) == (0, (made,))


def test_without_boxes_the_words_around_tell_the_place() -> None:
    page = Page(1, (Line("huyện A và huyện B"), Line("huyện C và xã D")))
    made = decision(Verdict.TYPE, "huyện", "huyện", "thị xã", before="A và ", after=" B")
    assert [line.text for line in apply(page, [made]).page.lines] == ["huyện A và thị xã B", "huyện C và xã D"]
    unclear = decision(Verdict.TYPE, "huyện", "huyện", "thị xã")
    assert apply(page, [unclear]).lost == (unclear,)


def test_cells_are_decided_about_too_and_other_pages_left_alone() -> None:
    cell = Cell(0, 1, (boxed("12,5 tỷ", row=5),))
    page = Page(1, (Line("Bảng"),), (Table((cell,), 1),))
    made = decision(Verdict.TYPE, "12,5", "12,5", "72,5", place=box(0, row=5))
    applied = apply(page, [made, made._replace(page=2)])
    assert applied.page.tables[0].cells[0].text == "72,5 tỷ"
    assert (applied.held, applied.lost) == (1, ())


def test_decisions_made_one_after_another_in_a_line_all_hold() -> None:
    made = [
        decision(Verdict.TYPE, word, word, word.upper() + "-X", place=box(column))
        for column, word in enumerate(["một", "hai", "ba", "bốn"])
    ]
    applied = apply(Page(1, (boxed("một hai ba bốn"),)), made)
    assert applied.page.lines[0].text == "MỘT-X HAI-X BA-X BỐN-X"
    assert applied.held == 4


def test_a_decision_applied_twice_changes_nothing_more() -> None:
    made = [decision(Verdict.TYPE, "so", "sổ", "số", place=box(1))]
    once = apply(Page(1, (CHANGED,)), made).page
    twice = apply(once, made).page
    assert twice.lines[0].text == once.lines[0].text
