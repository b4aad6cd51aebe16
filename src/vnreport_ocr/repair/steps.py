"""The cheap fixers that come before the decoder, in their order."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import ORDER, PAUSE, SENTENCE, UNKNOWN
from vnreport_ocr.model import Correction, replay
from vnreport_ocr.repair.suspicion import running_scores
from vnreport_ocr.repair.tone import document_style
from vnreport_ocr.vietnamese import charsets, typed_text
from vnreport_ocr.vietnamese.letters import place_tone

_SIGNS = {"": SENTENCE, ",": PAUSE}


def first_steps(lines: Sequence[str], language: Language) -> list[tuple[Correction, ...]]:
    """Charsets, normal form and look-alikes: what can be undone without weighing sentences."""
    lexicon = language.lexicon

    def weight(word: str) -> float:
        number = lexicon.number(word)
        return 0.0 if number is None else float(lexicon.counts[number])

    def fits(before: str, word: str, after: str) -> float:
        return _fit(language, before, word, after)

    found = charsets.fix_lines(lines, weight, fits)
    read = [replay(line, mine) if mine else line for line, mine in zip(lines, found, strict=True)]
    typed = typed_text.mends(read, weight)
    if typed:
        style = document_style(read, "keep")
        for number, mends in typed.items():
            placed = [mend._replace(after=place_tone(mend.after, style)) for mend in mends]
            found[number] += charsets.as_corrections(read[number], placed)
    return found


@lru_cache(maxsize=20_000)
def _fit(language: Language, before: str, word: str, after: str) -> float:
    """Return the log-probability of three words in a row; where a neighbour is missing, a sentence ends."""
    found = (_SIGNS.get(text, language.lexicon.number(text)) for text in (before, word, after))
    numbers = [UNKNOWN if number is None else number for number in found]
    words = np.array([SENTENCE] * (ORDER - 1) + numbers, dtype=np.int64)
    return float(running_scores(words, language).sum())
