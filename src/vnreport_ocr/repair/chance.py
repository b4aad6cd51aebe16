"""How sure a change must be: its chance weighed against what a wrong change costs, and what a missed one."""

import math
from enum import Enum

from vnreport_ocr.options import Strictness
from vnreport_ocr.repair.tuning import TUNING

COSTS: dict[Strictness, float] = {
    "bold": TUNING.chance.costs_bold,
    "normal": TUNING.chance.costs_normal,
    "careful": TUNING.chance.costs_careful,
}

NEVER = 1.1
LEAST = TUNING.chance.least


class Change(Enum):
    """Kinds of change; the value is by how much, in log-odds, the decoder is too sure of them."""

    CASE = TUNING.chance.change_case
    """Of its case alone."""
    RUINED = TUNING.chance.change_ruined
    """In text that is wrong nearly everywhere: what stands there is hardly right, and a guess is better."""
    NO_WORD = TUNING.chance.change_no_word
    """Of what is no word."""
    SLIPPED = TUNING.chance.change_slipped
    """Of what is no word in a text with many slips."""
    TERM = TUNING.chance.change_term
    """Of a word that has lost its term, in a text with many slips."""
    WORD = TUNING.chance.change_word
    """Of a word that may well be right."""
    USUAL = TUNING.chance.change_usual
    """Of a word that goes well with its neighbours or stands before a name, or into one with few of its letters."""
    NAME = TUNING.chance.change_name
    """Of what looks like a foreign word, a name or an initial."""


def least_confidence(change: Change, cost: float) -> float:
    """Return how sure the decoder must be before a change of this kind pays."""
    least = 1 / (1 + math.exp(-math.log(cost) - change.value))
    return least if change is Change.RUINED else max(LEAST, least)
