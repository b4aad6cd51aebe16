"""Raised figures (``m²``, the mark of a footnote): which there are, and the figure that each stands for."""

import re
from collections.abc import Iterator
from typing import Final

FIGURES: Final = "0123456789"
RAISED_FIGURES: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"

PLAIN: Final = str.maketrans(RAISED_FIGURES, FIGURES)
"""From raised figures to those on the line."""

SUPERSCRIPTS: Final = str.maketrans(FIGURES + "+-=()n", RAISED_FIGURES + "⁺⁻⁼⁽⁾ⁿ")
"""From what stands on the line to what is written raised, signs and the letter of a power among it."""

RAISED_RUN: Final = re.compile(f"[{RAISED_FIGURES}]+")
"""Raised figures in a row."""

_MEASURE: Final = re.compile(r"(?:^|[\W\d_])(?:[kdcmh]?m|(?<=/)s)$")


def calls_of(text: str) -> Iterator[re.Match[str]]:
    """Yield the raised figures that may call a note: the power of a measure (``240 m²``, ``người/km²``) calls none."""
    for match in RAISED_RUN.finditer(text):
        if match[0] not in ("²", "³") or _MEASURE.search(text[: match.start()]) is None:
            yield match
