"""A page that waited on disk is the page that was read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from vnreport_ocr.jobs.codec import page_from_json, page_to_json
from vnreport_ocr.model import (
    Box,
    Cell,
    Correction,
    Damage,
    Doubt,
    Letterhead,
    Line,
    Page,
    Reading,
    Role,
    Style,
    Table,
    Token,
)

PLAIN = Page(1)

FULL = Page(
    number=7,
    lines=(
        Line(
            raw="Bao cáo\u2028 số 12/BC-UBND \ud800",
            tokens=(
                Token("Bao", 0, Box(0.1, 1 / 3, 10.0, 2e-9), 0.5, (("Báo", 0.25), ("Bào", 0.1)), Style(11.5, True)),
                Token("cáo", 4),
            ),
            corrections=(Correction(0, "Bao", "Báo", "lexicon", 0.97, "a mark was lost"),),
            doubts=(Doubt(8, "12", "the engine doubts it"),),
            role=Role.HEADING,
            end="",
        ),
    ),
    tables=(Table((Cell(0, 0, (Line("1,5 %"),), 2, 3, Box(1, 2, 3, 4)),), 1, None),),
    source="ocr",
    damage=Damage.LETTER_SPACED,
    quality=0.1 + 0.2,
    size=(595.3, 841.9),
    notes=("turned by 90 degrees", "read twice"),
    error=None,
    letterhead=Letterhead(number=Reading("12/BC-UBND", 0.9)),
    error_class="EngineTimeoutError",
)


def test_an_empty_page_comes_back() -> None:
    assert page_from_json(page_to_json(PLAIN)) == PLAIN


def test_every_kind_of_value_comes_back() -> None:
    again = page_from_json(page_to_json(FULL))

    assert again == FULL
    assert repr(again) == repr(FULL)


def test_it_is_one_line_of_ascii() -> None:
    text = page_to_json(FULL)

    assert text.isascii()
    assert len(text.splitlines()) == 1


@settings(max_examples=50)
@given(st.text(), st.floats(allow_nan=False), st.one_of(st.none(), st.floats(allow_nan=False)))
def test_any_text_and_number_comes_back(text: str, quality: float, confidence: float | None) -> None:
    page = Page(1, (Line(text, (Token(text, 0, None, confidence),)),), quality=quality)

    assert page_from_json(page_to_json(page)) == page
