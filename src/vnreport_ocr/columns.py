"""Rows of cells as aligned columns of plain text: how a table stands in every text."""

import unicodedata
from collections.abc import Sequence
from typing import Final

_GAP: Final = "  "
_WIDEST: Final = 60
_MOSTLY: Final = 0.7


def in_columns(rows: Sequence[Sequence[str]]) -> str:
    """Set rows of equal length in columns, each as wide as it needs to be; figures stand to the right."""
    columns = list(zip(*rows, strict=True))
    widths = [min(_WIDEST, max(map(_width, column), default=0)) for column in columns]
    figures = [_is_figures(column) for column in columns]
    lines = (
        _GAP.join(
            _padded(cell, width, to_right) for cell, width, to_right in zip(row, widths, figures, strict=True)
        ).rstrip()
        for row in rows
    )
    return "".join(line + "\n" for line in lines)


def _is_figures(column: Sequence[str]) -> bool:
    cells = [cell for cell in column[1:] if cell]
    return bool(cells) and sum(cell[:1].isdigit() or cell[:1] in "-(" for cell in cells) > _MOSTLY * len(cells)


def _padded(cell: str, width: int, to_right: bool) -> str:
    room = " " * max(0, width - _width(cell))
    return room + cell if to_right else cell + room


def _width(text: str) -> int:
    return sum(not unicodedata.combining(c) for c in text)
