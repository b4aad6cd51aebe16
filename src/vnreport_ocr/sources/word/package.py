"""A Word file opened: its parts as trees, with bounds on what a hostile one may unpack to."""

import posixpath
import re
import zipfile
from pathlib import Path
from typing import Any, Final

from lxml import etree

from vnreport_ocr.errors import DamagedWordError, MissingFileError, unreadable

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_BYTES: Final = 256 << 20
"""No part of a paper is larger than this; what unpacks to more is no paper."""
_STRICT: Final = re.compile(rb"""((?:xmlns(?::[\w.-]+)?|Type)\s*=\s*["'])http://purl\.oclc\.org/ooxml/(\w+)/""")
"""How names begin in a file that was saved as Strict Open XML; all that follows is the same as everywhere else."""
_USUAL: Final = re.compile(
    rb"""((?:xmlns(?::[\w.-]+)?|Type)\s*=\s*["'])http://schemas\.openxmlformats\.org/"""
    rb"""(wordprocessingml|officeDocument|drawingml)/2006/"""
)
_LINKS: Final = "word/_rels/document.xml.rels"
_OWN_PART: Final = re.compile(r"word/.*\.(?:xml|rels)", re.IGNORECASE)
"""Parts that tell the text, or where it is; their names are the same in small letters and capitals."""
_HEADS: Final = ("/header", "/footer")
_MOST_HEADS: Final = 200
"""A section has six at most; papers have few sections."""


class WordPackage:
    """The parts of a Word file that hold its text."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.is_strict = False
        """Whether its names are those of Strict Open XML; its trees have the usual ones."""
        try:
            with zipfile.ZipFile(path) as package:
                self._refuse_two(package)
                self.document = self._part(package, "word/document.xml")
                self.styles = self._part(package, "word/styles.xml", needed=False)
                self.numbering = self._part(package, "word/numbering.xml", needed=False)
                self.footnotes = self._part(package, "word/footnotes.xml", needed=False)
                self.endnotes = self._part(package, "word/endnotes.xml", needed=False)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise MissingFileError("There is no such file.", file=str(path)) from error
        except OSError as error:
            raise unreadable(error, str(path)) from error
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
            raise DamagedWordError("The Word file is broken or locked.", file=str(path)) from error
        if self.document.find(f"{W}body") is None:
            raise DamagedWordError("The Word file has no text of a known kind in it.", file=str(path))

    def _refuse_two(self, package: zipfile.ZipFile) -> None:
        """Raise where there are two papers, of which one would be passed over: a part twice, or a file before it."""
        parts = package.infolist()
        names = [part.filename.lower() for part in parts if _OWN_PART.fullmatch(part.filename)]
        cure = "Open it in Word, see whether it is the right paper, and save it anew; or fetch the file again."
        if len(set(names)) < len(names):
            problem = "The Word file holds a part of its text twice, and which one counts cannot be known."
            raise DamagedWordError(problem, file=str(self._path), cure=cure)
        if min((part.header_offset for part in parts), default=0) > 0:
            raise DamagedWordError("Another file lies in front of the Word file.", file=str(self._path), cure=cure)

    def written(self, root: Any) -> bytes:  # noqa: ANN401 - an element of lxml
        """Return a part as the file holds it, in the names that the file has."""
        data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return _USUAL.sub(rb"\1http://purl.oclc.org/ooxml/\2/", data) if self.is_strict else data

    def heads(self) -> dict[str, Any]:
        """Return the trees of the headers and footers by the names of their parts."""
        links = self.extra(_LINKS)
        found: dict[str, Any] = {}
        for link in links if links is not None else ():
            if str(link.get("Type") or "").endswith(_HEADS) and len(found) < _MOST_HEADS:
                name = posixpath.normpath(posixpath.join("/word", link.get("Target") or "")).lstrip("/")
                tree = self.extra(name)
                if tree is not None:
                    found[name] = tree
        return found

    def extra(self, name: str) -> Any:  # noqa: ANN401 - an element of lxml
        """Return the tree of another part; None where there is none, or it is broken."""
        with zipfile.ZipFile(self._path) as package:
            return self._part(package, name, needed=False)

    def _part(self, package: zipfile.ZipFile, name: str, *, needed: bool = True) -> Any:  # noqa: ANN401 - lxml
        try:
            with package.open(name) as file:
                data = file.read(_MOST_BYTES + 1)
        except KeyError as error:
            if not needed:
                return None
            raise DamagedWordError("The Word file has no document in it.", file=str(self._path)) from error
        except zipfile.BadZipFile as error:
            if not needed:
                return None
            raise DamagedWordError("The Word file is broken.", file=str(self._path)) from error
        if len(data) > _MOST_BYTES:
            raise DamagedWordError("The Word file unpacks to far more than a document can hold.", file=str(self._path))
        data, strict = _STRICT.subn(rb"\1http://schemas.openxmlformats.org/\2/2006/", data)
        self.is_strict = self.is_strict or strict > 0
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
        )
        try:
            tree = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if not needed:
                return None
            raise DamagedWordError("The Word file is broken inside.", file=str(self._path)) from error
        if tree.getroottree().docinfo.doctype:
            # Its entities would be left out, and with them what the paper says where they stand.
            raise DamagedWordError("The Word file contains declarations that are not allowed.", file=str(self._path))
        return tree


def value(element: Any, name: str, key: str = "val") -> str | None:  # noqa: ANN401 - an element of lxml
    """Return an attribute of a child, None where either is missing."""
    child = element.find(f"{W}{name}") if element is not None else None
    return child.get(f"{W}{key}") if child is not None else None
