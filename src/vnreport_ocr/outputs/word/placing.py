"""Where the paragraphs of a page stand in their column: in the middle, at the right edge, or far to the right."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu, Mm

from vnreport_ocr.model import Box, Line
from vnreport_ocr.structure.paragraphs import TextColumn, column_at, columns_of, is_item
from vnreport_ocr.structure.segments import line_box

_EVEN: Final = 0.02
"""Share of the column's width by which the room on both sides of a centred line may differ."""
_ROOM: Final = 0.1
"""The shortest centred line leaves this share of the width on either side; paragraphs begin less far in."""
_AT_EDGE: Final = 0.01
_FAR: Final = 0.3
"""A line at the right edge begins behind this share of the width."""
_DEEP: Final = 0.14
"""What begins behind this share is set there on purpose, as whom a letter is for; items of items are less far in."""


class ParagraphPlace(NamedTuple):
    """How a paragraph is set; ``indent`` is how far in it begins, as a share of the column's width."""

    align: WD_ALIGN_PARAGRAPH | None = None
    indent: float = 0.0


AS_USUAL: Final = ParagraphPlace()


def columns_to_place(lines: Sequence[Line]) -> list[TextColumn]:
    """Return the columns of running text; a single one holds all lines, also where each long one is indented."""
    columns = columns_of(lines)
    if len(columns) != 1:
        return columns
    boxes = [box for line in lines if (box := line_box(line)) is not None]
    return [TextColumn(min(box.left for box in boxes), max(box.right for box in boxes))]


def place_of(lines: Sequence[Line], columns: Sequence[TextColumn]) -> ParagraphPlace:
    """Return how the lines of one paragraph stand in their column."""
    column = column_at(lines[0], columns) if lines else None
    boxes = [box for line in lines if (box := line_box(line)) is not None]
    if column is None or not boxes or len(boxes) < len(lines):
        return AS_USUAL
    if _is_central(boxes, column) and not is_item(lines[0].text.lstrip()):
        return ParagraphPlace(WD_ALIGN_PARAGRAPH.CENTER)
    left = min(box.left for box in boxes) - column.left
    if len(boxes) == 1 and abs(boxes[0].right - column.right) < _AT_EDGE * column.width and left > _FAR * column.width:
        return ParagraphPlace(WD_ALIGN_PARAGRAPH.RIGHT)
    return ParagraphPlace(None, left / column.width) if left > _DEEP * column.width else AS_USUAL


def _is_central(boxes: Sequence[Box], column: TextColumn) -> bool:
    rooms = [(box.left - column.left, column.right - box.right) for box in boxes]
    even = all(abs(left - right) < 2 * _EVEN * column.width for left, right in rooms)
    return even and max(left for left, _ in rooms) > _ROOM * column.width


def set_place(paragraph: Any, place: ParagraphPlace, width: int) -> None:  # noqa: ANN401 - a paragraph of python-docx
    """Set a paragraph so, in a text of this width."""
    if place.align is not None:
        paragraph.alignment = place.align
    if place != AS_USUAL:
        paragraph.paragraph_format.first_line_indent = Mm(0)
    if place.indent:
        paragraph.paragraph_format.left_indent = Emu(round(place.indent * width))
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
