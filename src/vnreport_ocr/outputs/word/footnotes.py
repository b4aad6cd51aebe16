"""Footnotes of a Word file: python-docx has none, so their part is written by its packaging interface."""

from collections.abc import Sequence
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from vnreport_ocr.outputs.word.runs import Run

_FIRST: Final = 1
_SIZE: Final = "22"
"""Half points: notes are set in 11."""


class Footnotes:
    """The notes of one document; the reference stands in the text before the note is known."""

    def __init__(self) -> None:
        self._texts: dict[int, list[Run]] = {}

    def __bool__(self) -> bool:
        return bool(self._texts)

    def call(self, paragraph: Paragraph) -> int:
        """Put the next reference behind a paragraph's last run; returns the number of the note."""
        number = len(self._texts) + _FIRST
        self._texts[number] = []
        run = paragraph.add_run()
        run.font.superscript = True
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        run._r.append(reference)
        return number

    def fill(self, number: int, runs: Sequence[Run]) -> None:
        """Say what a note says, or more of it."""
        self._texts[number] += [Run(" "), *runs]

    def deliver(self, word: WordDocument) -> None:
        """Add the part that holds the notes."""
        if not self._texts:
            return
        root = etree.fromstring(f"<w:footnotes {nsdecls('w')}/>".encode())
        root.append(_separator(-1, "separator"))
        root.append(_separator(0, "continuationSeparator"))
        for number, runs in self._texts.items():
            root.append(_note(number, runs))
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        package = word.part.package
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, content, package)
        word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _element(name: str, **attributes: str) -> Any:  # noqa: ANN401 - an element of lxml
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _separator(number: int, kind: str) -> Any:  # noqa: ANN401 - an element of lxml
    note = _element("w:footnote", type=kind, id=str(number))
    paragraph, run = _element("w:p"), _element("w:r")
    run.append(_element(f"w:{kind}"))
    paragraph.append(run)
    note.append(paragraph)
    return note


def _note(number: int, runs: Sequence[Run]) -> Any:  # noqa: ANN401 - an element of lxml
    note, paragraph = _element("w:footnote", id=str(number)), _element("w:p")
    mark, look = _element("w:r"), _element("w:rPr")
    look.append(_element("w:sz", val=_SIZE))
    look.append(_element("w:vertAlign", val="superscript"))
    mark.append(look)
    mark.append(_element("w:footnoteRef"))
    paragraph.append(mark)
    for run in runs:
        paragraph.append(_said(run))
    note.append(paragraph)
    return note


def _said(run: Run) -> Any:  # noqa: ANN401 - an element of lxml
    """Return a run of a note; what is in doubt there is yellow, since Word has no comments within notes."""
    made, small, said = _element("w:r"), _element("w:rPr"), _element("w:t")
    small.append(_element("w:sz", val=_SIZE))
    if run.doubt is not None:
        small.append(_element("w:highlight", val="yellow"))
    said.text = run.text
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(small)
    made.append(said)
    return made
