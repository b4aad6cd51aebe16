"""How the words of a line are to be treated."""

from typing import NamedTuple

from vnreport_ocr.repair.candidates import Source

NEVER = 99.0
"""A cost that nothing is worth."""


class Policy(NamedTuple):
    """How the words of a line are to be treated; a source of None leaves the line alone."""

    source: Source | None
    change_cost: float = 0.0
    join_cost: float = 8.0
    split_cost: float = 8.0
    loose: bool = False
    """Whether any neighbouring fragments may be joined, not only what is no word by itself."""
    digits: bool = False
    """Whether plain letters with a digit may be a word (``S6`` for ``Số``)."""
