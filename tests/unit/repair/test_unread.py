"""Words that an engine hardly believed are pointed at, though they are words."""

import pytest

from vnreport_ocr.model import Correction, Doubt, Line, Token
from vnreport_ocr.repair.unread import unread_words


def line(text: str, sure: float, word: str = "Bà", **more: tuple[Correction, ...] | tuple[Doubt, ...]) -> Line:
    tokens, start = [], 0
    for part in text.split():
        tokens.append(Token(part, start, None, sure if part == word else 0.95))
        start += len(part) + 1
    return Line(text, tuple(tokens), **more)  # type: ignore[arg-type]


def test_a_word_that_the_engine_hardly_believed_is_a_doubt() -> None:
    ((doubt,),) = unread_words([line("Bà Ông Phan Đình Quế", 0.25)])
    assert (doubt.start, doubt.text) == (0, "Bà")
    assert doubt.reason == "the engine is only 25% sure of this word"


@pytest.mark.parametrize("sure", [0.4, 0.9])
def test_a_word_that_it_believed_is_none(sure: float) -> None:
    assert unread_words([line("Bà Ông Phan Đình Quế", sure)]) == [()]


def test_signs_alone_and_texts_without_confidence_are_left() -> None:
    assert unread_words([line("Bà — Quế", 0.1, "—"), Line("Bà Quế", (Token("Bà", 0), Token("Quế", 3)))]) == [(), ()]


def test_what_was_changed_or_is_doubted_already_is_told_once() -> None:
    changed = (Correction(0, "Bà", "Bộ", "decode:light", 0.8),)
    known = (Doubt(0, "Bà Ông", "may be 'Bộ'"),)
    assert unread_words([line("Bà Ông Quế", 0.1, corrections=changed), line("Bà Ông", 0.1, doubts=known)]) == [(), ()]


def test_it_is_told_where_it_stands_in_the_repaired_line() -> None:
    longer = (Correction(0, "cac", "các xã", "decode:light", 0.8),)
    ((doubt,),) = unread_words([line("cac Bà", 0.1, corrections=longer)])
    assert doubt.start == len("các xã ")


def test_the_mark_in_a_square_of_a_form_is_told_like_a_word() -> None:
    ((doubt,),) = unread_words([line("\N{BALLOT BOX WITH CHECK} Quế", 0.25, "\N{BALLOT BOX WITH CHECK}")])
    assert doubt.text == "\N{BALLOT BOX WITH CHECK}"
