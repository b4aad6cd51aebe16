"""A word as two that were run together."""

import numpy as np

from vnreport_ocr.language.lexicon import CAPITALS, SMALL, TITLE
from vnreport_ocr.repair.candidates import Candidates, Source
from vnreport_ocr.vietnamese.syllables import is_legal

_SPLIT_FLOOR = -4.0
_MOST_SPLITS = 3


def find_splits(text: str, source: Source) -> list[tuple[Candidates, int]]:
    """The likeliest pairs of words, each with its first word as a candidate, and the second."""
    options = []
    for cut in range(1, len(text)):
        left, right = source.find(text[:cut]), source.find(text[cut:])
        a, b = int(left.scores.argmax()), int(right.scores.argmax())
        if not (is_legal(left.texts[a]) and is_legal(right.texts[b])) or right.cases[b] == TITLE:
            continue
        if left.scores[a] > _SPLIT_FLOOR and right.scores[b] > _SPLIT_FLOOR:
            case = left.cases[a] if left.cases[a] != CAPITALS or right.cases[b] == CAPITALS else SMALL
            score = left.scores[[a]] + right.scores[[b]]
            pair = [f"{left.texts[a]} {right.texts[b]}"]
            options.append((Candidates(left.words[[a]], np.array([case]), score, pair, -1), int(right.words[b])))
    options.sort(key=lambda option: -float(option[0].scores[0]))
    return options[:_MOST_SPLITS]
