"""Where a text writes its tones (hoà or hòa), and how to write them all one way."""

import re
from collections.abc import Sequence

from vnreport_ocr.model import Correction
from vnreport_ocr.options import ToneStyle
from vnreport_ocr.vietnamese.letters import WORD, place_tone

_NO_LETTER = r"(?![^\W\d_])"


def _either(letters: str) -> str:
    """Return a class of letters, small or capital; to ignore the case of a whole pattern takes four times as long."""
    return f"[{letters}{letters.upper()}]"


_NEW = re.compile(rf"(?:[oO]{_either('àáảãạèéẻẽẹ')}|(?<![qQ])[uU]{_either('ỳýỷỹỵ')}){_NO_LETTER}")
_OLD = re.compile(rf"(?:{_either('òóỏõọ')}{_either('ae')}|(?<![qQ]){_either('ùúủũụ')}[yY]){_NO_LETTER}")
"""The ends of words that show where a text writes its tones."""

_USUAL = "new"
"""For a text that shows neither: what the Ministry of Education's rules of spelling prescribe."""


def document_style(texts: Sequence[str], wanted: ToneStyle) -> str:
    """Return the style for words that are changed: the one asked for, else the majority's."""
    if wanted in ("new", "old"):
        return wanted
    joined = "\n".join(texts)
    new, old = (len(style.findall(joined)) for style in (_NEW, _OLD))
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
