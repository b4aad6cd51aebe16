"""A figure from a table of targets and results, as it is found, indexed and passed on."""

from typing import NamedTuple

from vnreport_ocr.model import Box


class Figure(NamedTuple):
    """What a figure says about which indicator, and where it is."""

    path: str
    page: int
    table: int
    """Which table of its page, from 1 on."""
    row: int
    column: int
    line: int
    """In a plain-text table the line of the page, otherwise 0."""
    year: int | None
    period: str
    """``2021-2025`` if the figure is for several years; it then has no year."""
    measure: str
    """``result``, ``estimate``, ``plan`` or ``comparison``."""
    area: str
    indicator: str
    key: str
    """Identical for every year and spelling."""
    value: float | None
    bound: str
    text: str
    """As printed."""
    unit: str
    box: Box | None
    confidence: float
    doubt: str
