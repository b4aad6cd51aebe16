"""Where a table stands among the lines of its page."""

from collections.abc import Sequence

from vnreport_ocr.model import Line


def place_before(lines: Sequence[Line], top: float) -> int:
    """Find the number of the first line below ``top``: a table that begins there stands before it."""
    tops = (line.tokens[0].box.top if line.tokens and line.tokens[0].box else 0.0 for line in lines)
    return next((index for index, line_top in enumerate(tops) if line_top > top), len(lines))
