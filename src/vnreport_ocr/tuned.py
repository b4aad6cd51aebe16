"""How a tuned number is declared: beside its value stand its unit, its range and its reason."""

from typing import NamedTuple


class Tuned(NamedTuple):
    """Describe a number that was chosen by measuring, not one that a format or a machine dictates.

    It annotates a field of a room's ``tuning.py``; ``make tune`` moves the field to both ends of the range.
    """

    unit: str
    low: float
    high: float
    why: str
