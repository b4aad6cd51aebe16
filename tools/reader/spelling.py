"""What was read of a line, letter by letter, and how much of it is wrong."""

from collections.abc import Iterable

from rapidfuzz.distance import Levenshtein

from vnreport_ocr.sources.engine.ctc import Alphabet
from vnreport_ocr.sources.engine.likely import NOTHING, Scores


def spelled(scores: Scores, alphabet: Alphabet) -> str:
    """Return the likeliest letter of each slice, repeated ones taken once."""
    best = scores.argmax(axis=1)
    turns = [column for place, column in enumerate(best) if place == 0 or column != best[place - 1]]
    return " ".join(alphabet.text([int(column) for column in turns if column != NOTHING]).split())


def characters_wrong(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the edits that lead from what was read to what was printed, by the characters printed."""
    wrong = printed = 0
    for text, read in pairs:
        wrong += Levenshtein.distance(text, read)
        printed += len(text)
    return wrong / max(1, printed)
