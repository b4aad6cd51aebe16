"""Plain text: lines as they stand, tables in aligned columns, pages apart by an empty line."""

import unicodedata
from collections.abc import Iterator, Sequence

from vnreport_ocr.model import Line, Page, Role, Table
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.reflow import paragraphs

_COLUMN_GAP = "  "
_WIDEST_CELL = 60


class TextStream:
    """Pages to text, one after the other."""

    def __init__(self, options: Options | None = None) -> None:
        self._options = options or Options()
        self._first = True

    def page(self, page: Page) -> str:
        """What this page adds to the file."""
        text = page_text(page, self._options)
        lead = "" if self._first or page.source == "text" or not text else "\n"
        self._first = self._first and not text
        return lead + text

    def end(self) -> str:
        """What closes the file: nothing."""
        return ""


def page_text(page: Page, options: Options) -> str:
    """One page; a page that could not be read says so."""
    if page.error is not None:
        return f"[page {page.number} was not read]\n"
    parts: list[str] = []
    for piece in in_order(page, options):
        if isinstance(piece, Table):
            parts.append(_set_apart(parts, table_text(piece)))
        elif options.reflow:
            parts.extend(paragraph + "\n" for paragraph in paragraphs(piece))
        else:
            parts.extend(line.text + line.end for line in piece)
    text = "".join(parts)
    return text if page.source == "text" or not text else text.rstrip("\n") + "\n"


def in_order(page: Page, options: Options) -> Iterator[list[Line] | Table]:
    """Stretches of lines and the tables between them; furniture left out where it is not wanted."""
    tables = sorted(page.tables, key=lambda table: table.before_line)
    start = 0
    for table in [*tables, None]:
        stop = len(page.lines) if table is None else min(table.before_line, len(page.lines))
        lines = [line for line in page.lines[start:stop] if options.furniture or line.role is not Role.FURNITURE]
        if lines:
            yield lines
        if table is not None:
            yield table
        start = max(start, stop)


def table_text(table: Table) -> str:
    """The table's cells in columns, each as wide as it needs to be; figures stand to the right."""
    rows = table.rows()
    widths = [min(_WIDEST_CELL, max(map(_width, column), default=0)) for column in zip(*rows, strict=True)]
    figures = [_is_figures(column) for column in zip(*rows, strict=True)]
    lines = (
        _COLUMN_GAP.join(
            _padded(cell, width, to_right) for cell, width, to_right in zip(row, widths, figures, strict=True)
        ).rstrip()
        for row in rows
    )
    return "".join(line + "\n" for line in lines)


def _set_apart(before: Sequence[str], text: str) -> str:
    """An empty line around a table."""
    lead = "" if not before or before[-1].endswith("\n\n") else "\n"
    return f"{lead}{text}\n"


def _is_figures(column: Sequence[str]) -> bool:
    cells = [cell for cell in column[1:] if cell]
    return bool(cells) and sum(cell[:1].isdigit() or cell[:1] in "-(" for cell in cells) > 0.7 * len(cells)


def _padded(cell: str, width: int, to_right: bool) -> str:
    room = " " * max(0, width - _width(cell))
    return room + cell if to_right else cell + room


def _width(text: str) -> int:
    return sum(not unicodedata.combining(c) for c in text)
