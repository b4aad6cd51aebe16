"""Where a text writes its tones (hoà or hòa), and how to write them all one way."""

from collections.abc import Iterator, Sequence

from vnreport_ocr.model import Correction
from vnreport_ocr.options import ToneStyle
from vnreport_ocr.vietnamese.letters import WORD, place_tone, tone_style

_USUAL = "new"
"""For a text that shows neither: what the Ministry of Education's rules of spelling prescribe."""


def document_style(texts: Sequence[str], wanted: ToneStyle) -> str:
    """The style for words that are changed: the one asked for, else the majority's."""
    if wanted in ("new", "old"):
        return wanted
    found = [tone_style(word) for text in texts for word in _candidates(text)]
    new, old = found.count("new"), found.count("old")
    if new == old:
        return _USUAL
    return "new" if new > old else "old"


def _candidates(text: str) -> Iterator[str]:
    for found in WORD.finditer(text):
        word = found.group()
        if not word.isascii() and word[-1].lower() in "aeyàáảãạèéẻẽẹỳýỷỹỵ":
            yield word


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
