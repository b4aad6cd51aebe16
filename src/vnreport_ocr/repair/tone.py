"""Where a text writes its tones (hoà or hòa), and how to write them all one way."""

import re
from collections import Counter
from collections.abc import Sequence

from vnreport_ocr.model import Correction
from vnreport_ocr.options import ToneStyle
from vnreport_ocr.vietnamese.letters import WORD, place_tone

_NO_LETTER = r"(?![^\W\d_])"
_NEW = re.compile(rf"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ]){_NO_LETTER}", re.IGNORECASE)
_OLD = re.compile(rf"(?:[òóỏõọ][ae]|(?<!q)[ùúủũụ]y){_NO_LETTER}", re.IGNORECASE)
"""The ends of words that show where a text writes its tones."""

_USUAL = "new"
"""For a text that shows neither: what the Ministry of Education's rules of spelling prescribe."""


def document_style(texts: Sequence[str], wanted: ToneStyle) -> str:
    """The style for words that are changed: the one asked for, else the majority's."""
    if wanted in ("new", "old"):
        return wanted
    words = Counter(word for text in texts for word in text.split())
    new, old = (
        sum(times * len(style.findall(word)) for word, times in words.items() if not word.isascii())
        for style in (_NEW, _OLD)
    )
    if new == old:
        return _USUAL
    return "new" if new > old else "old"


def restyle(texts: Sequence[str], style: str) -> list[tuple[Correction, ...]]:
    """Corrections that write every tone in one style."""
    result = []
    for text in texts:
        found = []
        for match in WORD.finditer(text):
            word = match.group()
            placed = place_tone(word, style) if not word.isascii() else word
            if placed != word:
                found.append(Correction(match.start(), word, placed, "tone-style", 1.0, "the style asked for"))
        result.append(tuple(found))
    return result
