"""How sure a change must be: its chance weighed against what a wrong change costs, and what a missed one."""

import math
from enum import Enum

from vnreport_ocr.options import Strictness

COSTS: dict[Strictness, float] = {"bold": 0.7, "normal": 2.3, "careful": 9.0}
"""A wrong change costs so many times what a missed one does."""

NEVER = 1.1
LEAST = 0.5
"""What is likelier wrong than right is not done, except in text that is wrong as it stands."""


class Change(Enum):
    """Kinds of change; the value is by how much, in log-odds, the decoder is too sure of them."""

    CASE = -0.85
    """Of its case alone."""
    RUINED = -1.7
    """In text that is wrong nearly everywhere: what stands there is hardly right, and a guess is better."""
    NO_WORD = 0.0
    """Of what is no word."""
    SLIPPED = -0.4
    """Of what is no word in a text with many slips."""
    TERM = 0.5
    """Of a word that has lost its term, in a text with many slips."""
    WORD = 1.15
    """Of a word that may well be right."""
    USUAL = 2.1
    """Of a word that goes well with its neighbours or stands before a name, or into one with few of its letters."""
    NAME = 4.5
    """Of what looks like a foreign word, a name or an initial."""


def least_confidence(change: Change, cost: float) -> float:
    """Return how sure the decoder must be before a change of this kind pays."""
    least = 1 / (1 + math.exp(-math.log(cost) - change.value))
    return least if change is Change.RUINED else max(LEAST, least)
