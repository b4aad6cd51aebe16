"""What stands in two halves side by side: the letterhead, and the recipients beside the signature."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt

from vnreport_ocr.model import Doubt, Line, Role
from vnreport_ocr.outputs.word.pen import Pen
from vnreport_ocr.outputs.word.runs import Run, runs_within
from vnreport_ocr.outputs.word.setup import LEFT_HALF, RIGHT_HALF
from vnreport_ocr.structure.closing import RIGHT
from vnreport_ocr.structure.issuer import office_lines, offices, tidy
from vnreport_ocr.structure.letterhead import halves
from vnreport_ocr.structure.segments import Segment, line_box
from vnreport_ocr.structure.wording import (
    AUTHORITY,
    DATED,
    MOTTO,
    NUMBER,
    POST,
    RECIPIENTS,
    STATE,
    capital_share,
    opens_with_kind,
)

_CAPITALS: Final = 0.75
"""A line with this share of capitals is a name or a title."""
_ROOM_TO_SIGN: Final = 4
"""Empty lines between the post and the name."""
_GAP: Final = 2.2
"""Signatures need this many heights of a line."""
_ASIDE: Final = re.compile(r"\(.*\)?")
"""What is asked of a signer, in brackets under the post: part of what stands above the signature."""


def add_letterhead(pen: Pen, lines: Sequence[Line], width: float) -> None:
    """Write the two halves of a letterhead as the usual table without lines; one in the middle stays there."""
    left, right = halves(lines, width)
    if not left:
        _add_head_in_the_middle(pen, lines, right)
        return
    table = _table(pen.word)
    one, other = table.rows[0].cells
    names = list(takewhile(lambda segment: not NUMBER.match(segment.text), left))
    issuing = {segment.text for segment in (offices(office_lines(names)) or [[]])[-1]}
    _fill(pen, one, [_with_doubts(_of_left(segment, issuing), lines[segment.line]) for segment in left])
    _fill(pen, other, [_with_doubts(_of_right(segment), lines[segment.line]) for segment in right])
    pen.word.add_paragraph()


def _add_head_in_the_middle(pen: Pen, lines: Sequence[Line], parts: Sequence[Segment]) -> None:
    """Write the head of a contract or of minutes: state and motto, then the title and the number, all in the middle."""
    for part in parts:
        text = part.text.strip()
        if opens_with_kind(text) and capital_share(text) > _CAPITALS:
            doubts = lines[part.line].doubts
            pen.write(pen.word.add_paragraph(style="Title"), runs_within(text, doubts, Run("")))
            continue
        said, look, doubts = _with_doubts(_of_right(part), lines[part.line])
        paragraph = pen.word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        pen.write(paragraph, runs_within(said, doubts, Run("", look.bold, italic=look.italic)), size=look.size)
        if look.ruled:
            short_rule(pen.word.add_paragraph(), aside=60)
    pen.word.add_paragraph()


def add_closing(pen: Pen, lines: Sequence[Line], width: float) -> None:
    """Write recipients on the left and the signature on the right; one on the left stands beside it, above the
    recipients.
    """
    signed = [line for line in lines if line.role is Role.SIGNATURE and line.text.strip()]
    beside = [line for line in signed if (box := line_box(line)) is not None and box.left < RIGHT * width]
    recipients = [_of_recipients(line) for line in lines if line.role is Role.RECIPIENTS and line.text.strip()]
    signature = _of_signature([line for line in signed if line not in beside])
    table = _table(pen.word, (Mm(82), Mm(83)) if beside else (Mm(85), Mm(80)))
    one, other = table.rows[0].cells
    _fill(pen, one, _of_signature(beside) if beside else recipients)
    _fill(pen, other, signature)
    if beside and recipients:
        _fill(pen, table.add_row().cells[0], recipients)


class _Look:
    """How a line is set."""

    def __init__(self, *, bold: bool = False, italic: bool = False, size: float = 12, centred: bool = True) -> None:
        self.bold, self.italic, self.size, self.centred = bold, italic, size, centred
        self.ruled = False

    def underlined(self) -> "_Look":
        """Write the same with a short rule under it."""
        self.ruled = True
        return self


Set = tuple[str, _Look, tuple[Doubt, ...]]
"""What a paragraph says, how it is set, and what is in doubt there."""


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


def _fill(pen: Pen, cell: Any, sets: Sequence[Set]) -> None:  # noqa: ANN401 - a cell of python-docx
    for index, (text, look, doubts) in enumerate(sets):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        if look.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        pen.write(paragraph, runs_within(text, doubts, Run("", look.bold, italic=look.italic)), size=look.size)
        if not text:
            paragraph.paragraph_format.line_spacing = 1.0
        if look.ruled:
            short_rule(cell.add_paragraph())


def _with_doubts(told: tuple[str, _Look], line: Line) -> Set:
    """Return a part of a line with the doubts of the line whose words are in it."""
    text, look = told
    return text, look, tuple(doubt for doubt in line.doubts if doubt.text in text)


def _of_left(segment: Segment, issuing: set[str]) -> tuple[str, _Look]:
    text = segment.text.strip()
    if NUMBER.match(text) or capital_share(text) < _CAPITALS:
        return text, _Look(size=13)
    bold = tidy(text) in issuing
    return text, _Look(bold=bold)


def _of_right(segment: Segment) -> tuple[str, _Look]:
    text = segment.text.strip()
    if STATE.search(text):
        return text, _Look(bold=True, size=12)
    if MOTTO.search(text):
        return text, _Look(bold=True, size=14).underlined()
    return text, _Look(italic=DATED.search(text) is not None, size=14)


def _of_recipients(line: Line) -> Set:
    text = line.text.strip()
    if RECIPIENTS.match(text):
        return text, _Look(bold=True, italic=True, size=12, centred=False), line.doubts
    return text, _Look(size=11, centred=False), line.doubts


def _of_signature(lines: Sequence[Line]) -> list[Set]:
    """Write a signature with room for the pen before the name: where the page has it, else below the post."""
    found: list[Set] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and _is_signed_between(before, line):
            found += [("", _Look(size=14), ())] * _ROOM_TO_SIGN
        text = line.text.strip()
        aside = _ASIDE.fullmatch(text) is not None
        look = _Look(bold=not (aside or DATED.search(text)), italic=aside or DATED.search(text) is not None, size=14)
        found.append((tidy(text) or text if not aside else text, look, line.doubts))
    return found


def _is_signed_between(before: Line, line: Line) -> bool:
    one, other = line_box(before), line_box(line)
    if one is not None and other is not None:
        return other.top - one.bottom > _GAP * (one.bottom - one.top)
    above, text = tidy(before.text), tidy(line.text)
    if _ASIDE.fullmatch(line.text.strip()) or POST.search(text) or AUTHORITY.match(text) or DATED.search(text):
        return False
    return bool(_ASIDE.fullmatch(before.text.strip()) or POST.search(above) or AUTHORITY.match(above))


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
