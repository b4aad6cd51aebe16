"""The cheap fixers that come before the decoder, in their order."""

from collections.abc import Sequence

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.model import Correction
from vnreport_ocr.vietnamese import charsets


def first_steps(lines: Sequence[str], language: Language) -> list[tuple[Correction, ...]]:
    """Charsets, normal form and look-alikes: what can be undone without weighing words."""
    lexicon = language.lexicon

    def weight(word: str) -> float:
        number = lexicon.number(word)
        return 0.0 if number is None else float(lexicon.counts[number])

    return charsets.fix_lines(lines, weight)
