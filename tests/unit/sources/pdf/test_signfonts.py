import pytest

from vnreport_ocr.sources.pdf.glyphs import Drawn, Font, Glyph
from vnreport_ocr.sources.pdf.signfonts import with_signs


def shown(text: str, font: str, *, unmapped: bool = False) -> str:
    glyphs = [Glyph(c, 0, 0, 0, 0, 12, Font(font), unmapped) for c in text]
    made = with_signs(Drawn(glyphs, 0, {}, [], [], (595.0, 842.0)))
    return "".join(glyph.text for glyph in made.glyphs)


@pytest.mark.parametrize(
    ("text", "font", "signs"),
    [
        ("\uf073\uf0a3\uf032", "Symbol", "σ≤2"),
        ("\uf0b7", "SymbolMT", "•"),
        ("\uf0d8\uf0fc", "Wingdings", "➢✓"),
        ("Ø§", "Wingdings-Regular", "➢▪"),
        ("a\uf8e6b", "Symbol", "a|b"),
        ("\uf8eb\uf8f6", "Symbol", "⎛⎞"),
        ("sØ§", "Arial", "sØ§"),
        ("Giá σ", "Times", "Giá σ"),
    ],
)
def test_signs_are_told_as_what_they_show(text: str, font: str, signs: str) -> None:
    assert shown(text, font) == signs


@pytest.mark.parametrize("text", ["D", "à", "\N{VULGAR FRACTION THREE QUARTERS}"])
def test_the_number_of_a_picture_is_no_letter(text: str) -> None:
    assert shown(text, "Wingdings-Regular", unmapped=True) == "•"
