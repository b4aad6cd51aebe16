"""What stands in two halves side by side: the letterhead, and the recipients beside the signature."""

from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from vnreport_ocr.model import Line, Role
from vnreport_ocr.outputs.word.runs import writable
from vnreport_ocr.outputs.word.setup import LEFT_HALF, RIGHT_HALF
from vnreport_ocr.structure.issuer import office_lines, offices, tidy
from vnreport_ocr.structure.letterhead import halves
from vnreport_ocr.structure.segments import Segment
from vnreport_ocr.structure.wording import AUTHORITY, DATED, MOTTO, NUMBER, POST, RECIPIENTS, STATE, capital_share

_ROOM_TO_SIGN: Final = 4
"""Empty lines between the post and the name."""


def add_letterhead(word: WordDocument, lines: Sequence[Line], width: float) -> None:
    """Write the two halves of a letterhead as the usual table without lines."""
    left, right = halves(lines, width)
    table = _table(word)
    one, other = table.rows[0].cells
    names = list(takewhile(lambda segment: not NUMBER.match(segment.text), left))
    issuing = {segment.text for segment in (offices(office_lines(names)) or [[]])[-1]}
    _fill(one, [_of_left(segment, issuing) for segment in left])
    _fill(other, [_of_right(segment) for segment in right])
    word.add_paragraph()


def add_closing(word: WordDocument, lines: Sequence[Line]) -> None:
    """Write recipients on the left and the signature on the right."""
    recipients = [line.text.strip() for line in lines if line.role is Role.RECIPIENTS]
    signature = [line.text.strip() for line in lines if line.role is Role.SIGNATURE]
    table = _table(word, (Mm(85), Mm(80)))
    one, other = table.rows[0].cells
    _fill(one, [_of_recipients(text) for text in recipients])
    _fill(other, _with_room([(tidy(text) or text, _Look(bold=not DATED.search(text), size=14)) for text in signature]))


class _Look:
    """How a line is set."""

    def __init__(self, *, bold: bool = False, italic: bool = False, size: float = 12, centred: bool = True) -> None:
        self.bold, self.italic, self.size, self.centred = bold, italic, size, centred
        self.ruled = False

    def underlined(self) -> "_Look":
        """Write the same with a short rule under it."""
        self.ruled = True
        return self


Set = tuple[str, _Look]


def _table(word: WordDocument, widths: tuple[Length, Length] = (LEFT_HALF, RIGHT_HALF)) -> Any:  # noqa: ANN401 - a table of python-docx
    table = word.add_table(rows=1, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = column.cells[0].width = width
    _without_margins(table)
    whole = OxmlElement("w:cantSplit")
    table.rows[0]._tr.get_or_add_trPr().append(whole)
    return table


def _without_margins(table: Any) -> None:  # noqa: ANN401 - a table of python-docx
    """Let the halves be as wide as their columns: the state's name fills its half."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _fill(cell: Any, sets: Sequence[Set]) -> None:  # noqa: ANN401 - a cell of python-docx
    for index, (text, look) in enumerate(sets):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        if look.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(writable(text))
        run.bold, run.italic, run.font.size = look.bold, look.italic, Pt(look.size)
        if look.ruled:
            short_rule(cell.add_paragraph())


def _of_left(segment: Segment, issuing: set[str]) -> Set:
    text = segment.text.strip()
    if NUMBER.match(text) or capital_share(text) < 0.75:
        return text, _Look(size=13)
    bold = tidy(text) in issuing
    return text, _Look(bold=bold)


def _of_right(segment: Segment) -> Set:
    text = segment.text.strip()
    if STATE.search(text):
        return text, _Look(bold=True, size=12)
    if MOTTO.search(text):
        return text, _Look(bold=True, size=14).underlined()
    return text, _Look(italic=DATED.search(text) is not None, size=14)


def _of_recipients(text: str) -> Set:
    if RECIPIENTS.match(text):
        return text, _Look(bold=True, italic=True, size=12, centred=False)
    return text, _Look(size=11, centred=False)


def _with_room(sets: list[Set]) -> list[Set]:
    """Write the signature with room for the pen before the name."""
    found = sets[:1]
    for before, after in pairwise(sets):
        named = not (POST.search(after[0]) or AUTHORITY.match(after[0]) or DATED.search(after[0]))
        if named and (POST.search(before[0]) or AUTHORITY.match(before[0])):
            found += [("", _Look(size=14))] * _ROOM_TO_SIGN
        found.append(after)
    return found


def short_rule(paragraph: Any, aside: float = 30) -> None:  # noqa: ANN401 - a paragraph of python-docx
    """Make a paragraph a short rule in the middle of its column."""
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = Mm(aside)
    form.first_line_indent = Mm(0)
    form.space_after = Pt(4)
    paragraph.add_run().font.size = Pt(2)
    frame, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        rule.set(qn(f"w:{key}"), value)
    frame.append(rule)
    paragraph._p.get_or_add_pPr().append(frame)
