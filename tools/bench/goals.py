"""What the figures are held against: for each set the least that must be reached, and the aim."""

from typing import NamedTuple


class Goal(NamedTuple):
    """Shares of wrong words; for clean texts, of words changed for the worse."""

    must: float
    aim: float


REPAIR = {
    "001": Goal(0.009, 0.005),
    "ocr/eng-L2": Goal(0.012, 0.005),
    "000": Goal(0.01, 0.005),
    "clean/admin stripped": Goal(0.006, 0.004),
    "clean/law stripped": Goal(0.01, 0.006),
    "clean/news stripped": Goal(0.02, 0.012),
    "ocr/vie-L4": Goal(0.015, 0.01),
    "ocr/vie-L5": Goal(0.055, 0.04),
    "tones lost": Goal(0.04, 0.02),
    "vowel marks lost": Goal(0.02, 0.01),
    "horns lost": Goal(0.02, 0.01),
    "every second word stripped": Goal(0.02, 0.01),
    "half of each line stripped": Goal(0.02, 0.01),
    "telex": Goal(0.01, 0.002),
    "telex, tone at the vowel": Goal(0.01, 0.002),
    "telex, half": Goal(0.01, 0.002),
    "vni typing": Goal(0.01, 0.002),
    "vni typing, tone at the vowel": Goal(0.01, 0.002),
    "vni typing, half": Goal(0.01, 0.002),
    "spaced out": Goal(0.06, 0.02),
    "spaced out evenly": Goal(0.06, 0.02),
    "one blank in ten lost": Goal(0.025, 0.01),
    "read as deu-L2": Goal(0.025, 0.01),
    "read as fra-L2": Goal(0.013, 0.01),
    "read as pol-L2": Goal(0.025, 0.01),
}
SHORT_RIGHT = 0.95
"""The share of short texts that must come out as they were meant."""

LIGHT_MENDED = {
    "light, 5 per thousand": Goal(0.95, 0.98),
    "light, 20 per thousand": Goal(0.95, 0.98),
    "light, 80 per thousand": Goal(0.93, 0.98),
}
"""Shares of the slips of a Vietnamese engine that are mended."""

LIGHT_BROKEN = Goal(0.0004, 0.0002)
"""Shares of the right words beside them that are made wrong."""

CLEAN_HARM = Goal(0.0003, 0.0001)
CHARSET_WRONG = Goal(0.001, 0.0)
CHARSET_WITH_LOSS_WRONG = Goal(0.01, 0.0)
PAGES = {
    "L2": Goal(0.0003, 0.0),
    "L3": Goal(0.013, 0.008),
    "L4": Goal(0.008, 0.005),
    "L5": Goal(0.035, 0.02),
    "vector": Goal(0.0, 0.0),
}
FAST_PAGES = {
    "L2": Goal(0.008, 0.004),
    "L3": Goal(0.03, 0.02),
    "L4": Goal(0.02, 0.015),
    "L5": Goal(0.06, 0.05),
}
"""Shares of wrong words where the engine trueocr reads."""

FAST_COST = 0.35
"""The processor time of a page that it reads, by that of the bare engine."""

BEST_COST = 1.4
"""The processor time of a page that two readers read, by that of the default."""

TABLES = {"L1": Goal(0.0, 0.0), "L2": Goal(0.0014, 0.0), "L3": Goal(0.022, 0.01), "L4": Goal(0.014, 0.005)}
"""Shares of wrong characters of the rows of a table."""

FIGURES_UNFLAGGED = 0.002
"""The share of figures that may be wrong without a doubt."""

FIGURES_DOUBTED = 0.03
"""The share of right figures that may be doubted."""

SIGNS_RIGHT, SIGNS_SAFE = 0.85, 0.95
"""The share of printed lines with units, signs and numerals that must be right, and right or flagged."""


def against(goal: Goal | None) -> tuple[str, str]:
    """Must and aim as they stand in a table."""
    return ("", "") if goal is None else (f"{goal.must:.2%}", f"{goal.aim:.2%}")
