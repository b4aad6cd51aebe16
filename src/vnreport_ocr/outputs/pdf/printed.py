"""The lines of a page in the order in which its text prints them, which is that of the words in its PDF."""

from collections.abc import Iterator

from vnreport_ocr.model import Line, Page, Table


def printed_lines(page: Page) -> Iterator[Line]:
    """List the lines of a page, tables row by row from left to right, in whatever order their cells were read."""
    for piece in page.pieces():
        if isinstance(piece, Table):
            for cell in sorted(piece.cells, key=lambda cell: (cell.row, cell.column)):
                yield from cell.lines
        else:
            yield from piece
