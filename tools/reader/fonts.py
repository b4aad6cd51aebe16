"""The free fonts that lines are printed in, and how each sign of a line is drawn where its font lacks it."""

from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from PIL import ImageFont

from tools.glyphs import font_path, has_glyph
from tools.reader.alphabet import KNOWN

FONTS: Final = (
    ("Tinos-Regular.ttf", 10), ("Tinos-Bold.ttf", 6), ("Tinos-Italic.ttf", 5), ("Tinos-BoldItalic.ttf", 2),
    ("texgyretermes-regular.otf", 5), ("texgyretermes-bold.otf", 3), ("texgyretermes-italic.otf", 2),
    ("texgyretermes-bolditalic.otf", 1), ("LiberationSerif-Regular.ttf", 4), ("LiberationSerif-Bold.ttf", 2),
    ("LiberationSerif-Italic.ttf", 2), ("FreeSerif.ttf", 4), ("FreeSerifBold.ttf", 2), ("FreeSerifItalic.ttf", 1),
    ("Arimo-Regular.ttf", 5), ("Arimo-Bold.ttf", 3), ("Arimo-Italic.ttf", 1), ("LiberationSansNarrow-Regular.ttf", 1),
    ("DejaVuSerif.ttf", 2), ("DejaVuSerif-Bold.ttf", 1), ("DejaVuSans.ttf", 2), ("DejaVuSans-Bold.ttf", 1),
    ("NotoSerif-Regular.ttf", 2), ("NotoSerif-Bold.ttf", 1), ("NotoSans-Regular.ttf", 2), ("NotoSans-Bold.ttf", 1),
    ("Carlito-Regular.ttf", 3), ("Carlito-Bold.ttf", 1), ("Carlito-Italic.ttf", 1), ("Cousine-Regular.ttf", 2),
    ("CharisSIL-Regular.ttf", 1), ("LinLibertine_R.otf", 1), ("FreeMono.ttf", 1),
)  # fmt: skip
"""File names with their weights: mostly the shapes of Times, which offices must use, and what else offices have."""
SPARE: Final = "DejaVuSans.ttf"
"""Draws the signs that a font lacks, as word processors take another font for them."""
RAISED: Final = dict(zip("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890", strict=True))
LOWERED: Final = dict(zip("₀₁₂₃₄₅", "012345", strict=True))
PACKAGES: Final = (
    "fonts-croscore", "fonts-crosextra-carlito", "fonts-texgyre", "fonts-liberation", "fonts-freefont-ttf",
    "fonts-dejavu", "fonts-noto-core", "fonts-sil-charis", "fonts-linuxlibertine",
)  # fmt: skip
"""The packages of Debian that bring them."""
_SMALL: Final = 0.62


class DrawnPiece(NamedTuple):
    """Letters that are drawn with one font, and by how much of its size they are lifted."""

    text: str
    font: ImageFont.FreeTypeFont
    lift: float


@cache
def font_of(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Open a font in a size."""
    return ImageFont.truetype(font_path(name), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def drawn_by(name: str) -> frozenset[str]:
    """Return the signs of the alphabet that a font can draw."""
    font = font_of(name, 40)
    return frozenset(sign for sign in KNOWN if sign == " " or has_glyph(font, sign))


@cache
def installed(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of the fonts that this machine has."""

    def there(name: str) -> bool:
        try:
            font_path(name)
        except StopIteration:
            return False
        return True

    return tuple(name for name in names if there(name))


def pieces(text: str, name: str, size: int, *, small_signs: bool) -> list[DrawnPiece]:
    """Part a text by what draws it; raised and lowered figures are set as small ones where asked for or lacking."""
    able = drawn_by(name)

    def kind(sign: str) -> str:
        if (sign in RAISED or sign in LOWERED) and (small_signs or sign not in able):
            return "raised" if sign in RAISED else "lowered"
        return "own" if sign in able else "spare"

    found = []
    for how, signs in groupby(text, key=kind):
        letters = "".join(signs)
        if how == "raised":
            found.append(
                DrawnPiece("".join(RAISED[s] for s in letters), font_of(name, max(6, round(size * _SMALL))), 0.33)
            )
        elif how == "lowered":
            found.append(
                DrawnPiece("".join(LOWERED[s] for s in letters), font_of(name, max(6, round(size * _SMALL))), -0.14)
            )
        else:
            found.append(DrawnPiece(letters, font_of(name if how == "own" else SPARE, size), 0.0))
    return found
