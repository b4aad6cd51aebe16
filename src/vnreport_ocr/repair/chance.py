"""How sure a change must be: its chance weighed against the cost of a wrong change and of a missed one."""

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
    """Kinds of change; the value is how overconfident the decoder is about them, in log-odds."""

    CASE = TUNING.chance.change_case
    """Only its case."""
    RUINED = TUNING.chance.change_ruined
    """In text that is wrong almost everywhere: what is there is probably not right, and a guess is better."""
    NO_WORD = TUNING.chance.change_no_word
    """A non-word."""
    SLIPPED = TUNING.chance.change_slipped
    """A non-word in a text with many slips."""
    TERM = TUNING.chance.change_term
    """A word that has lost its term, in a text with many slips."""
    WORD = TUNING.chance.change_word
    """A word that may well be right."""
    USUAL = TUNING.chance.change_usual
    """A word that fits its neighbours or is before a name, or a change that keeps few of its letters."""
    NAME = TUNING.chance.change_name
    """What looks like a foreign word, a name or an initial."""


def least_confidence(change: Change, cost: float) -> float:
    """Return how sure the decoder must be before a change of this kind pays."""
    least = 1 / (1 + math.exp(-math.log(cost) - change.value))
    return least if change is Change.RUINED else max(LEAST, least)
