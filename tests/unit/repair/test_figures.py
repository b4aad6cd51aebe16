import pytest

from vnreport_ocr.model import Correction, Line, Token
from vnreport_ocr.repair.figures import doubtful_figures

Rivals = tuple[tuple[str, float], ...]


@pytest.mark.parametrize(
    ("text", "sure", "rivals", "why"),
    [
        ("45", 0.5, (), "only 50% sure"),
        ("19-7,", 0.77, (("10-7,", 0.936),), "read as 10-7,"),
        ("1,550", 0.96, (("1.550", 0.514),), "read as 1.550"),
        ("5\N{FRACTION SLASH}2", 0.8, (), "the sign \N{FRACTION SLASH}"),
        ("\N{DAGGER}67", 0.78, (), "the sign \N{DAGGER}"),
    ],
)
def test_a_figure_that_may_be_another_is_doubted(text: str, sure: float, rivals: Rivals, why: str) -> None:
    ((doubt,),) = doubtful_figures([Line(f"thu {text}", (Token(text, 4, None, sure, rivals),))])
    assert (doubt.start, doubt.text) == (4, text)
    assert why in doubt.reason


@pytest.mark.parametrize(
    ("text", "sure", "rivals"),
    [
        ("45", None, (("46", 1.0),)),
        ("45", 0.95, (("46", 0.9),)),
        ("45", 0.8, (("46", 0.5),)),
        ("45,", 0.96, (("45", 0.9), ("45.", 0.8))),
        ("thu", 0.2, (("45", 1.0),)),
        ("30/6/2021.", 0.93, ()),
        ("12,5%", 0.93, ()),
        ("25\N{DEGREE SIGN}C", 0.93, ()),
        ("1.000.000đ", 0.93, ()),
    ],
)
def test_other_figures_are_left_in_peace(text: str, sure: float | None, rivals: Rivals) -> None:
    assert doubtful_figures([Line(text, (Token(text, 0, None, sure, rivals),))]) == [()]


@pytest.mark.parametrize("doubted", ["45", "4S5"])
def test_a_doubt_stands_where_the_figure_is_after_the_corrections(doubted: str) -> None:
    raw = f"thuc hien {doubted} xã và 7 xã"
    made = (Correction(0, "thuc", "thực hiện", "decode", 0.9), Correction(10, "hien", "h", "decode", 0.9))
    tokens = (Token(doubted, 10, None, 0.5), Token("7", raw.index("7"), None, 0.5))
    line = Line(raw, tokens, made)
    for doubt in doubtful_figures([line])[0]:
        assert line.text[doubt.start : doubt.start + len(doubt.text)] == doubt.text
    assert [doubt.text for doubt in doubtful_figures([line])[0]] == [doubted, "7"]


def test_a_doubted_figure_that_was_corrected_is_told_as_it_is_now() -> None:
    line = Line("số l2 và 3", (Token("l2", 3, None, 0.5),), (Correction(3, "l2", "12", "code", 0.9),))
    ((doubt,),) = doubtful_figures([line])
    assert (doubt.start, doubt.text) == (3, "12")


def test_a_rival_that_stands_in_the_text_by_now_is_not_named_as_one() -> None:
    line = Line("số 41-BC/IU", (Token("41-BC/IU", 3, None, 0.37, (("41-BC/TU", 1.0),)),),
                (Correction(3, "41-BC/IU", "41-BC/TU", "symbol", 0.95),))  # fmt: skip
    assert [tuple(doubt) for doubt in doubtful_figures([line])[0]] == [(3, "41-BC/TU", "the engine read '41-BC/IU'")]


def test_a_choice_of_the_reading_is_doubted_where_it_was_not_sure() -> None:
    tokens = (Token("2096", 4, None, 0.7), Token("mỸ", 12, None, 0.5))
    made = (Correction(4, "2096", "2026", "picture:figures", 0.7), Correction(12, "mỸ", "m²", "picture:signs", 0.9))
    line = Line("năm 2096 có mỸ", tokens, (*made, Correction(0, "năm", "trong năm", "decode", 0.9)))
    ((doubt,),) = doubtful_figures([line])
    assert (line.text[doubt.start :][: len(doubt.text)], doubt.reason) == ("2026", "the engine read '2096'")


@pytest.mark.parametrize(
    ("text", "rival", "told"),
    [(">", "≥", True), ("m?", "m²", True), ("IH", "III", True), ("thu", "thư", False), ("BƠ", "80", True)],
)
def test_a_sign_that_was_left_open_is_doubted_with_its_rival(text: str, rival: str, told: bool) -> None:
    line = Line(f"đạt {text}", (Token(text, 4, None, 0.5, ((rival, 0.9),)),))
    (doubts,) = doubtful_figures([line])
    assert [repr(rival) in doubt.reason for doubt in doubts] == ([True] if told else [])
