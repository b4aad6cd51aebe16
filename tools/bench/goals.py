"""What the figures are held against: for each set the least that must be reached, and the aim."""

from typing import NamedTuple


class Goal(NamedTuple):
    """Shares of wrong words; for clean texts, of words changed for the worse."""

    must: float
    aim: float


REPAIR = {
    "001": Goal(0.02, 0.008),
    "ocr/eng-L2": Goal(0.04, 0.02),
    "000": Goal(0.02, 0.01),
    "clean/admin stripped": Goal(0.013, 0.007),
    "clean/law stripped": Goal(0.018, 0.008),
    "clean/news stripped": Goal(0.045, 0.025),
    "ocr/vie-L4": Goal(0.04, 0.025),
    "ocr/vie-L5": Goal(0.13, 0.09),
}
CLEAN_HARM = Goal(0.001, 0.0002)
CHARSET_WRONG = Goal(0.001, 0.0)
CHARSET_WITH_LOSS_WRONG = Goal(0.01, 0.0)
PAGES = {
    "L2": Goal(0.004, 0.002),
    "L3": Goal(0.05, 0.025),
    "L4": Goal(0.03, 0.015),
    "L5": Goal(0.10, 0.05),
    "vector": Goal(0.0, 0.0),
}
TABLES = {"L1": Goal(0.03, 0.005), "L2": Goal(0.03, 0.005), "L3": Goal(0.10, 0.03)}
"""Shares of wrong characters of the rows of a table."""


def against(goal: Goal | None) -> tuple[str, str]:
    """Must and aim as they stand in a table."""
    return ("", "") if goal is None else (f"{goal.must:.2%}", f"{goal.aim:.2%}")
