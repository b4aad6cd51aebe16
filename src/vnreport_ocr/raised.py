"""Raised figures (``m²``, the mark of a footnote): which there are, and the figure that each stands for."""

from typing import Final

FIGURES: Final = "0123456789"
RAISED_FIGURES: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"

PLAIN: Final = str.maketrans(RAISED_FIGURES, FIGURES)
"""From raised figures to those on the line."""

SUPERSCRIPTS: Final = str.maketrans(FIGURES + "+-=()n", RAISED_FIGURES + "⁺⁻⁼⁽⁾ⁿ")
"""From what stands on the line to what is written raised, signs and the letter of a power among it."""
