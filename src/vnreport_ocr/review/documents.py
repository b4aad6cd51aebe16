"""A document out of the JSON that ``-f json`` wrote, so that decisions can be applied without reading the file again.

The reader is built from the types of ``model.py``: a field that is added there, and written under its name, is read.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

from vnreport_ocr.document import Document
from vnreport_ocr.errors import NotADocumentError
from vnreport_ocr.jsonvalues import Reader, ValueReaders
from vnreport_ocr.model import Cell, Line, Page, Style, Table, Token
from vnreport_ocr.outputs.json import FORMAT, FORMAT_VERSION
from vnreport_ocr.review.files import opened_text
from vnreport_ocr.review.jsonpages import EndlessPageError, JsonPages
from vnreport_ocr.sources.incoming import MOST_BYTES

_MOST_COPIED: Final = 10**9
"""Letters that are copied to replay the corrections of one line, each of which makes the line anew."""


_MOST_PLACES: Final = 5_000_000
"""Rows times columns of a table."""
_LONGEST_NAME: Final = 255
"""Bytes of a file's name."""


def read_document(path: Path) -> Document:
    """Read a document that was written as JSON; whatever is wrong with the file is told with its name."""
    about = DocumentHead()
    pages = tuple(stored_pages(path, about))
    return Document(pages, about.name, about.properties)


def document_from_json(text: str) -> Document:
    """Make a document of its JSON; raises ``NotADocumentError`` where the text is something else."""
    about = DocumentHead()
    pages = tuple(_pages(io.StringIO(text), about))
    return Document(pages, about.name, about.properties)


class DocumentHead:
    """What a document says besides its pages; it may stand behind them."""

    def __init__(self) -> None:
        self.name = ""
        self.properties: dict[str, str] = {}


def stored_pages(path: Path, about: DocumentHead) -> Iterator[Page]:
    """Yield the pages of a document that was written as JSON, one at a time; in the end all is known ``about`` it."""
    limit = (MOST_BYTES, "It is too large.")
    try:
        with opened_text(path, NotADocumentError, errors="surrogatepass", limit=limit) as file:
            yield from _pages(file, about)
    except NotADocumentError as error:
        error.file = str(path)
        raise


def _pages(file: TextIO, about: DocumentHead) -> Iterator[Page]:
    parts = JsonPages(file)
    numbers: set[int] = set()
    for record in _records(parts):
        if "format" in parts.rest and not numbers:
            _check_format(parts.rest)  # before any page of something else is looked at
        page = _checked(record)
        if page.number <= 0 or page.number in numbers:
            raise NotADocumentError("Two of its pages have one number, or one has none.")
        numbers.add(page.number)
        yield page
    _check_format(parts.rest)
    if not parts.has_pages:
        raise NotADocumentError("It lacks what a document must have (pages).")
    try:
        about.name = _name(parts.rest.get("name", ""))
        about.properties = _properties(parts.rest.get("properties") or {})
    except ValueError as error:
        raise NotADocumentError("Its name is no name of a file.") from error


def _records(parts: JsonPages) -> Iterator[Any]:
    try:
        yield from parts.pages()
    except UnicodeDecodeError:
        raise
    except EndlessPageError as error:
        raise NotADocumentError("A page of it is longer than any is.") from error
    except (ValueError, RecursionError) as error:
        raise NotADocumentError("It is not JSON.") from error


def _check_format(told: dict[str, Any]) -> None:
    if told.get("format") != FORMAT:
        raise NotADocumentError("It is not a vnocr document.")
    if told.get("format_version") != FORMAT_VERSION:
        said = str(told.get("format_version"))
        raise NotADocumentError(f"Its format has version {said:.20}; this vnocr knows version {FORMAT_VERSION}.")


def _checked(record: Any) -> Page:  # noqa: ANN401 - JSON
    """Make a page; a correction that does not fit what was read shows here, not in the middle of a later page."""
    try:
        page = page_from_record(record)
        for table in page.tables:
            _check_table(table)
        for line in page.all_lines():
            _check(line)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise NotADocumentError(f"It lacks what a document must have ({type(error).__name__}).") from error
    return page


def _name(value: object) -> str:
    """Return the name of the file that was read; it may become the name of another."""
    if not isinstance(value, str) or "\0" in value or len(os.fsencode(Path(value).name)) > _LONGEST_NAME:
        raise NotADocumentError("Its name is no name of a file.")
    return value


def _properties(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(said, str) for said in value.values()):
        raise NotADocumentError("Its properties are no texts.")
    return value


def _check(line: Line) -> None:
    """Replay the corrections of a line, where that comes to an end."""
    length = len(line.raw) + sum(len(correction.after) for correction in line.corrections)
    if length * len(line.corrections) > _MOST_COPIED:
        raise NotADocumentError(f"A line of it has {len(line.corrections):,} corrections.")
    _ = line.text


def _check_table(table: Table) -> None:
    """Refuse cells that stand nowhere, or so far out that the table would have millions of empty places."""
    height = max((cell.row + cell.row_span for cell in table.cells), default=0)
    width = max((cell.column + cell.column_span for cell in table.cells), default=0)
    misplaced = any(min(cell.row, cell.column, cell.row_span - 1, cell.column_span - 1) < 0 for cell in table.cells)
    if misplaced or height * width > _MOST_PLACES or table.before_line < 0:
        raise NotADocumentError("A table of it has cells that cannot be where they are said to be.")


def page_from_record(record: dict[str, Any]) -> Page:
    """Make a page of its record in a JSON output."""
    page: Page = _READERS.of(Page)(record)
    return page


def _told(kind: Any, reads: dict[str, Reader]) -> Reader:  # noqa: ANN401 - a dataclass or a named tuple
    """Read a value of which fields may be absent, and beside which more may be told than its fields."""

    def read(record: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(record, list) and issubclass(kind, tuple):
            return kind(*(read_one(value) for read_one, value in zip(reads.values(), record, strict=True)))
        return kind(**{name: reads[name](value) for name, value in record.items() if name in reads})

    if kind is Line:
        # What was read is written beside the text only where it differs.
        return lambda record: read({"raw": record["text"], **record})
    if kind is Token:
        return lambda record: _with_style(read(record), record)
    if kind is Cell:
        # Empty lists are not written: a cell may say nothing.
        return lambda record: read({"lines": (), **record})
    return read


def _with_style(token: Token, record: dict[str, Any]) -> Token:
    """Give a token the style that is written among its own fields."""
    told = {name: record[name] for name in Style._fields if name in record}
    return token._replace(style=Style(**told) if told else None)


_READERS = ValueReaders(_told)
