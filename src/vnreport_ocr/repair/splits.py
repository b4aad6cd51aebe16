"""A word as two that were run together."""

import numpy as np

from vnreport_ocr.language.lexicon import CAPITALS, SMALL, TITLE
from vnreport_ocr.repair.candidates import Candidates, Source
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.syllables import is_legal

_SPLIT_FLOOR = TUNING.splits.split_floor
_MOST_SPLITS = TUNING.splits.most_splits


def find_splits(text: str, source: Source) -> list[tuple[Candidates, int]]:
    """Return the likeliest pairs of words, each with its first word as a candidate, and the second."""
    options = []
    for cut in range(1, len(text)):
        left = source.find(text[:cut])
        a = int(left.scores.argmax())
        if left.scores[a] <= _SPLIT_FLOOR or not is_legal(left.texts[a]):
            continue
        right = source.find(text[cut:])
        b = int(right.scores.argmax())
        if right.scores[b] > _SPLIT_FLOOR and is_legal(right.texts[b]) and right.cases[b] != TITLE:
            case = left.cases[a] if left.cases[a] != CAPITALS or right.cases[b] == CAPITALS else SMALL
            score = left.scores[[a]] + right.scores[[b]]
            pair = [f"{left.texts[a]} {right.texts[b]}"]
            options.append((Candidates(left.words[[a]], np.array([case]), score, pair, -1), int(right.words[b])))
    options.sort(key=lambda option: -float(option[0].scores[0]))
    return options[:_MOST_SPLITS]
