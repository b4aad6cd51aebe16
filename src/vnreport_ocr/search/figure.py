"""A figure of a table of targets and results, as it is found, kept in the index and given to whoever asks."""

from typing import NamedTuple

from vnreport_ocr.model import Box


class Figure(NamedTuple):
    """What a figure says of which indicator, and where it stands."""

    path: str
    page: int
    table: int
    """Which table of its page, from 1 on."""
    row: int
    column: int
    line: int
    """In a table of plain text the line of its page, else 0."""
    year: int | None
    period: str
    """``2021-2025`` where the figure is told for several years; then it has no year."""
    measure: str
    """``result``, ``estimate``, ``plan`` or ``comparison``."""
    area: str
    indicator: str
    key: str
    """The same in every year and spelling."""
    value: float | None
    bound: str
    text: str
    """As it is printed."""
    unit: str
    box: Box | None
    confidence: float
    doubt: str
