"""Signs of Symbol, Wingdings and the like: what stands for another sign than its code says in Unicode."""

import re
from typing import Final

from vnreport_ocr.sources.pdf.glyphs import Drawn, Glyph

_PICTORIAL = re.compile(r"wingding|webding|dingbat", re.IGNORECASE)
_PRIVATE: Final = "\ue000"
_AFTER_PRIVATE: Final = "\uf900"
_OFFSET: Final = 0xF000
"""Where TrueType fonts of signs have their codes among the private letters of Unicode."""
_GREEK: Final = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_SMALL_GREEK: Final = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SIGNS_OF_SYMBOL: Final = {
    **{0x41 + place: letter for place, letter in enumerate(_GREEK)},
    **{0x61 + place: letter for place, letter in enumerate(_SMALL_GREEK)},
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥",
    0xA2: "\u2032", 0xA3: "≤", 0xA4: "/", 0xA5: "∞", 0xA6: "ƒ", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB5: "∝",
    0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩",
    0xC8: "\u222a", 0xC9: "⊃", 0xCA: "⊇", 0xCB: "⊄", 0xCC: "⊂", 0xCD: "⊆", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇",
    0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "\u2228", 0xDB: "⇔", 0xDC: "⇐", 0xDD: "⇑", 0xDE: "⇒",
    0xDF: "⇓", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_SIGNS_OF_WINGDINGS: Final = {
    ord(code): sign for code, sign in zip("§ØüûvqnlouwmFþý¨xàèßáâ", "▪➢✓✗❖❑■●□◆◆○☞☑☒□☒→➔←↑↓", strict=True)
}
_CORPORATE: Final = dict(enumerate("|\N{HORIZONTAL LINE EXTENSION}®©™⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪⎮⎞⎟⎠⎤⎥⎦⎫⎬⎭", 0xF8E6))
"""What fonts of signs draw tall brackets of, one piece over the other."""
_BULLET: Final = "•"


def with_signs(drawn: Drawn) -> Drawn:
    """Return the letters with the signs among them that a font of signs tells by another code."""
    pictorial = {glyph.font.name for glyph in drawn.glyphs if _PICTORIAL.search(glyph.font.name)}
    if not pictorial and not any(_PRIVATE <= glyph.text < _AFTER_PRIVATE for glyph in drawn.glyphs):
        return drawn
    return drawn._replace(glyphs=[_sign(glyph, glyph.font.name in pictorial) for glyph in drawn.glyphs])


def _sign(glyph: Glyph, pictorial: bool) -> Glyph:
    if len(glyph.text) != 1 or glyph.text.isspace():
        return glyph
    code = ord(glyph.text)
    private = _PRIVATE <= glyph.text < _AFTER_PRIVATE
    if not private and not pictorial:
        return glyph
    if private and code in _CORPORATE:
        return glyph._replace(text=_CORPORATE[code])
    code -= _OFFSET if private else 0
    if pictorial:
        # The number of a glyph says nothing of what it shows, but that it is none of the letters it looks like.
        return glyph._replace(text=_sign_of_wingdings(code, glyph.unmapped), unmapped=False)
    if not 0x20 < code < 0x100:
        return glyph
    plain = chr(code) if code < 0x7F else glyph.text
    return glyph._replace(text=_SIGNS_OF_SYMBOL.get(code, plain), unmapped=False)


def _sign_of_wingdings(code: int, unmapped: bool) -> str:
    return _BULLET if unmapped else _SIGNS_OF_WINGDINGS.get(code, _BULLET if 0x20 < code < 0x100 else chr(code))
