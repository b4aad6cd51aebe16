"""Writes runs into the paragraphs of a new Word file, and shows what a person should check."""

from collections.abc import Iterable
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from docx.shared import Pt

from vnreport_ocr.model import Doubt
from vnreport_ocr.options import DocxDoubts
from vnreport_ocr.outputs.word.remarks import AUTHOR, told_of
from vnreport_ocr.outputs.word.runs import Run


class Pen:
    """Writes into one file; doubts become comments, yellow marks, or nothing."""

    def __init__(self, word: WordDocument, doubts: DocxDoubts) -> None:
        self.word = word
        self.doubts = doubts

    def write(self, paragraph: Any, runs: Iterable[Run], *, size: float | None = None) -> None:  # noqa: ANN401 - python-docx
        """Add runs to a paragraph, of another size where one is given; calls of notes are the caller's."""
        for run in runs:
            made = paragraph.add_run(run.text)
            if run.bold:
                made.bold = True
            if run.italic:
                made.italic = True
            if size is not None:
                made.font.size = Pt(size)
            if run.doubt is not None:
                self._show(made, run.doubt)

    def _show(self, run: Any, doubt: Doubt) -> None:  # noqa: ANN401 - a run of python-docx
        if self.doubts == "comments":
            comment = self.word.add_comment(run, text=told_of(doubt), author=AUTHOR, initials="v")
            comment._comment_elm.attrib.pop(qn("w:date"), None)  # the hour would make every file another
        elif self.doubts == "marks":
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
