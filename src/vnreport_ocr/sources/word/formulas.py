"""Formulas and symbols of a Word file as text on one line: ``(a + b)/2``, ``m²``, ``x_1``."""

from typing import Any, Final

from vnreport_ocr.raised import FIGURES, RAISED_FIGURES
from vnreport_ocr.sources.word.package import W

M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RAISED: Final = str.maketrans(FIGURES + "+-−", RAISED_FIGURES + "⁺⁻⁻")
_LOWERED: Final = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_DEEPEST: Final = 30
_BOXES: Final = {0xA8: "☐", 0x6F: "☐", 0xFD: "☒", 0x78: "☒", 0xFE: "☑", 0xFC: "✓", 0xFB: "✗", 0xA7: "▪", 0xD8: "➢"}
"""What papers take from Wingdings: boxes to tick and bullets."""
_SYMBOLS: Final = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°", 0xB9: "≠", 0xD6: "√", 0xB7: "•"}
"""The same from the font Symbol."""
_PRIVATE: Final = range(0xF000, 0xF100)
"""Where Word puts the signs of fonts that have no letters."""


def formula_text(element: Any, depth: int = 0) -> str:  # noqa: ANN401 - an element of lxml
    """Return what a formula says, nothing of it left out."""
    if depth > _DEEPEST:
        return "".join(element.itertext(f"{M}t"))
    if element.tag == f"{M}t":
        return str(element.text or "")
    children = [child for child in element if isinstance(child.tag, str)]
    said: list[tuple[str, str]] = [(child.tag.removeprefix(M), formula_text(child, depth + 1)) for child in children]
    parts = dict(said)
    match element.tag.removeprefix(M):
        case "f":
            return f"{_held(parts.get('num', ''))}/{_held(parts.get('den', ''))}"
        case "sSup" | "sSub" | "sSubSup":
            return parts.get("e", "") + _script(parts.get("sub", ""), "_") + _script(parts.get("sup", ""), "^")
        case "rad":
            return f"√{_held(parts.get('e', ''))}"
        case "d":
            return f"({', '.join(text for name, text in said if name == 'e')})"
        case "m" | "mr" | "eqArr":
            return " ".join(text for _, text in said if text)
    return "".join(text for _, text in said)


def symbol_text(piece: Any) -> str:  # noqa: ANN401 - an element of lxml
    """Return the sign that a run takes from a font of signs; empty where nobody can say which it is."""
    try:
        code = int(piece.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    if "dings" in (piece.get(f"{W}font") or ""):
        return _BOXES.get(code & 0xFF, "")
    if code in _PRIVATE:
        return _SYMBOLS.get(code & 0xFF, "")
    if not 0x20 <= code <= 0xFFFF or 0xD800 <= code < 0xE000:
        return ""
    return chr(code)


def _held(text: str) -> str:
    """Return a part of a formula, in brackets where it is more than one number or name."""
    return text if text.isalnum() else f"({text})"


def _script(text: str, sign: str) -> str:
    if not text:
        return ""
    small = text.translate(RAISED if sign == "^" else _LOWERED)
    return small if all(c != t for c, t in zip(small, text, strict=True)) else f"{sign}{_held(text)}"
