"""What the index keeps of a page, extracted by the process that has just read it."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from vnreport_ocr.model import Line, Page, Role
from vnreport_ocr.search.cells import TableText, table_text, tables_from
from vnreport_ocr.search.crossing import Running, running
from vnreport_ocr.search.texttables import tables_of_text
from vnreport_ocr.search.words import TOKEN

FACTS: Final = (
    "superior", "issuer", "number", "symbol", "place", "date", "kind", "title", "authority", "post", "rank", "signer",
)  # fmt: skip
"""Facts of the letterhead that the ledger keeps and that have their own column in the index."""

ENDING: Final = ".jsonl"
_LONGEST_OWNER: Final = 65536
_CAPTION: Final = 3
"""Lines above a table that are kept with it."""

_UNSURE: Final = 0.97
"""Corrections less sure than this can also be found as they were read."""


class PageText(NamedTuple):
    """A page for the index: its text, its headings, and words as they were read where the repair was unsure."""

    number: int
    text: str
    heading: str = ""
    as_read: str = ""
    tables: tuple[TableText, ...] = ()
    running: Running | None = None
    """Where its running text begins and ends; the whole text if that is unknown."""

    @property
    def body(self) -> Running:
        """Where the text that continues from page to page begins and ends."""
        return self.running or Running(0, len(self.text))


def page_text(page: Page) -> PageText:
    """Return the part of a page that the index keeps."""
    if page.error is not None:
        return PageText(page.number, "")
    headings = [line.text for line in page.lines if line.role is Role.HEADING]
    head = page.letterhead
    facts = [head.number, head.kind, head.title] if head is not None else []
    title = [fact.text for fact in facts if fact is not None]
    read = {word for line in page.all_lines() for word in _read_otherwise(line)}
    heading = "\n".join([*title, *headings])
    tables = tuple(table_text(table, _caption(page, table.before_line)) for table in page.tables)
    if page.source == "text" and not tables:
        tables = tuple(tables_of_text(page.lines))
    return PageText(page.number, page.text, heading, " ".join(sorted(read)), tables, running(page))


def _caption(page: Page, line: int) -> str:
    """Return the lines directly above a table, which give its unit and year."""
    above = [said for said in page.lines[max(0, line - 2 * _CAPTION) : line] if said.text.strip()]
    return "\n".join(said.text for said in above[-_CAPTION:])


def _read_otherwise(line: Line) -> Iterator[str]:
    """Yield the words of a line that the repair changed without being sure, as they were read."""
    # Rounded as outputs tell it: an index that is made of them is the same.
    if any(round(correction.confidence, 4) < _UNSURE for correction in line.corrections):
        yield from set(TOKEN.findall(line.raw)).difference(TOKEN.findall(line.text))


class Extract:
    """The pages of a document, set aside one by one until they are indexed; complete or not at all."""

    def __init__(self, folder: Path, key: str) -> None:
        self._path = folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}{ENDING}"
        self._aside = self._path.with_name(f"{self._path.stem}.{uuid4().hex}.part")
        self._key = key
        folder.mkdir(parents=True, exist_ok=True)
        self._file = self._aside.open("w", encoding="ascii")

    def add(self, page: Page) -> None:
        """Set a page aside."""
        self._file.write(json.dumps(page_text(page)) + "\n")

    def keep(self, sha256: str) -> None:
        """Record whose pages these are, now that all are there, and move the file into place."""
        self._file.write(json.dumps({"path": self._key, "sha256": sha256}) + "\n")
        self._file.close()
        self._aside.replace(self._path)

    def close(self) -> None:
        """Remove what was not kept."""
        self._file.close()
        self._aside.unlink(missing_ok=True)


def owner_of(path: Path) -> tuple[str, str] | None:
    """Return whose pages are in such a file, and their hash; nothing if a power cut removed its end."""
    with path.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - _LONGEST_OWNER))
        last = file.read().rstrip(b"\n").rpartition(b"\n")[2]
    try:
        owner = json.loads(last)
        return str(owner["path"]), str(owner["sha256"])
    except (ValueError, KeyError, TypeError):
        return None


def load_pages(path: Path) -> Iterator[PageText]:
    """Yield the pages that were set aside."""
    with path.open(encoding="ascii") as file:
        for line in file:
            values = json.loads(line)
            if isinstance(values, dict):
                return
            number, text, heading, as_read, tables, *edges = values  # pages laid down by an older version have no edges
            edge = Running(*edges[0]) if edges and edges[0] else None
            yield PageText(number, text, heading, as_read, tables_from(tables), edge)
