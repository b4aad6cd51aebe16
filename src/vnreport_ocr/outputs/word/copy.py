"""A Word file with its text repaired in its place: all else that is in the file stays as it is."""

import shutil
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, Final

from lxml import etree

from vnreport_ocr.errors import DamagedWordError, OutputError, UnreadableFileError
from vnreport_ocr.model import Line, Page
from vnreport_ocr.options import DocxDoubts
from vnreport_ocr.outputs.word.mending import mended, modern_font
from vnreport_ocr.outputs.word.remarks import Comments, remark
from vnreport_ocr.sources.word.files import WordFile
from vnreport_ocr.sources.word.lines import SetLine

_TYPES: Final = "[Content_Types].xml"
_LINKS: Final = "word/_rels/document.xml.rels"
_COMMENTS: Final = "word/comments.xml"
_MACROS: Final = frozenset({"word/vbaProject.bin", "word/vbaData.xml", "word/_rels/vbaProject.bin.rels"})
_CT: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_KINDS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OTHER_KINDS: Final = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    f"{_WORD}template.main+xml",
)
"""A file with macros, a template with them and one without: the copy is a document."""


class WordCopy:
    """Takes the repaired pages of a Word file; the copy is there when it is saved."""

    def __init__(self, source: Path, *, doubts: DocxDoubts = "comments") -> None:
        self._source = source
        file = WordFile(source)
        self._package, self._charsets = file.package, file.charsets
        self._set = {page.number: lines for page, lines in file.set_pages()}
        self._comments = Comments(self._package.extra(_COMMENTS)) if doubts == "comments" else None
        self._doubts = doubts
        self._written: set[Any] = set()
        self._heads, self._asides = file.heads, list(file.aside_lines())
        self._decided: dict[str, Line] = {}
        """Lines of the pages by what was read: what stands in an aside as well is decided as it is there."""

    def page(self, page: Page) -> None:
        """Put the text of a page into the copy."""
        lines = [*page.lines, *(line for table in page.tables for cell in table.cells for line in cell.lines)]
        own = self._set.get(page.number, [])
        if [line.raw for line in lines] != [one.line.raw for one in own]:
            raise UnreadableFileError("It is no longer the file that was read.", file=str(self._source))
        self._decided.update({line.raw: line for line in lines if line.corrections})
        for line, one in zip(lines, own, strict=True):
            elements = {piece.run.element for piece in one.pieces} - {None}
            # A note that is called twice stands on two pages, and in one place of the file.
            if elements and not elements & self._written:
                self._written |= elements
                sets = mended(line, one.pieces)
                self._renew_fonts(one)
                if line.doubts and self._doubts != "none":
                    in_body = one.pieces[0].run.element is None or _is_in(self._package.document, elements)
                    # Word takes no comments in notes: there they are yellow.
                    remark(sets, line.doubts, self._comments if in_body else None)

    def _renew_fonts(self, one: SetLine) -> None:
        for piece in one.pieces:
            if piece.run.element is not None and not piece.run.plain and piece.run.font in self._charsets:
                modern_font(piece.run.element, piece.run.font)

    def close(self) -> None:
        """Let go of the original, which is held in memory only."""

    def save(self, file: BinaryIO) -> tuple[str, ...]:
        """Write the copy: parts that hold text anew, all others as they were."""
        for one in self._asides:
            mended(self._decided.get(one.line.raw, one.line), one.pieces)
            self._renew_fonts(one)
        parts = {
            f"word/{name}.xml": root
            for name in ("document", "footnotes", "endnotes")
            if (root := getattr(self._package, name)) is not None
        }
        parts.update(self._heads)
        types, links = self._package.extra(_TYPES), self._package.extra(_LINKS)
        if types is None:
            raise OutputError("A copy of the Word file cannot be made.", file=str(self._source))
        parts[_TYPES] = types
        if self._comments is not None and self._comments.added:
            links = links if links is not None else etree.Element(_RELATION.replace("Relationship", "Relationships"))
            parts[_COMMENTS] = self._comments.root
            _declare_comments(types, links)
        if links is not None:
            parts[_LINKS] = links
        _leave_macros(types, links)
        try:
            with zipfile.ZipFile(self._source) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
                self._copy(old, new, parts)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise DamagedWordError("The Word file is broken.", file=str(self._source)) from error
        return ()

    def _copy(self, old: zipfile.ZipFile, new: zipfile.ZipFile, parts: dict[str, Any]) -> None:
        left = dict(parts)
        for entry in old.infolist():
            if entry.filename in _MACROS or entry.is_dir():
                continue
            root = left.pop(entry.filename, None)
            made = zipfile.ZipInfo(entry.filename, entry.date_time)
            made.compress_type = entry.compress_type
            with new.open(made, "w") as target:
                if root is not None:
                    target.write(self._package.written(root))
                else:
                    with old.open(entry) as source:
                        shutil.copyfileobj(source, target)
        for name, root in left.items():
            new.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), self._package.written(root), zipfile.ZIP_DEFLATED
            )


def _is_in(root: Any, elements: set[Any]) -> bool:  # noqa: ANN401 - an element of lxml
    return next(iter(elements)).getroottree().getroot() is root


def _declare_comments(types: Any, links: Any) -> None:  # noqa: ANN401 - elements of lxml
    """Say that there is a part of comments, where the file had none."""
    if not any(link.get("Type") == f"{_KINDS}comments" for link in links):
        names = {link.get("Id") for link in links}
        name = next(f"rId{number}" for number in range(1, 1 << 20) if f"rId{number}" not in names)
        link = etree.SubElement(links, _RELATION)
        for key, said in (("Id", name), ("Type", f"{_KINDS}comments"), ("Target", "comments.xml")):
            link.set(key, said)
    if not any(one.get("PartName") == f"/{_COMMENTS}" for one in types):
        one = etree.SubElement(types, f"{_CT}Override")
        one.set("PartName", f"/{_COMMENTS}")
        one.set("ContentType", f"{_WORD}comments+xml")


def _leave_macros(types: Any, links: Any) -> None:  # noqa: ANN401 - elements of lxml
    """Make a file of Word without macros: another kind of file would have to be called otherwise."""
    for one in list(types):
        if one.get("ContentType") in _OTHER_KINDS:
            one.set("ContentType", f"{_WORD}document.main+xml")
        elif (one.get("PartName") or "").lstrip("/") in _MACROS:
            types.remove(one)
    for link in list(links) if links is not None else ():
        if (link.get("Type") or "").endswith("/vbaProject"):
            links.remove(link)
