"""A document out of the JSON that ``-f json`` wrote, so that decisions can be applied without reading the file again.

The reader is built from the types of ``model.py``: a field that is added there, and written under its name, is read.
"""

import json
from pathlib import Path
from typing import Any

from vnreport_ocr.document import Document
from vnreport_ocr.errors import NotADocumentError
from vnreport_ocr.jsonvalues import Reader, ValueReaders
from vnreport_ocr.model import Cell, Line, Page, Style, Token
from vnreport_ocr.outputs.json import FORMAT, FORMAT_VERSION
from vnreport_ocr.review.files import text_of


def read_document(path: Path) -> Document:
    """Read a document that was written as JSON; whatever is wrong with the file is told with its name."""
    text = text_of(path, NotADocumentError, errors="surrogatepass")
    try:
        return document_from_json(text)
    except NotADocumentError as error:
        error.file = str(path)
        raise


def document_from_json(text: str) -> Document:
    """Make a document of its JSON; raises ``NotADocumentError`` where the text is something else."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotADocumentError("It is not JSON.") from error
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise NotADocumentError("It is not a vnocr document.")
    if record.get("format_version") != FORMAT_VERSION:
        said = record.get("format_version")
        raise NotADocumentError(f"Its format has version {said}; this vnocr knows version {FORMAT_VERSION}.")
    try:
        pages = tuple(map(page_from_record, record["pages"]))
        document = Document(pages, str(record.get("name", "")), dict(record.get("properties") or {}))
        # A correction that does not fit what was read shows here, not in the middle of a later page.
        for page in pages:
            for line in page.all_lines():
                _ = line.text
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise NotADocumentError(f"It lacks what a document must have ({type(error).__name__}).") from error
    return document


def page_from_record(record: dict[str, Any]) -> Page:
    """Make a page of its record in a JSON output."""
    page: Page = _READERS.of(Page)(record)
    return page


def _told(kind: Any, reads: dict[str, Reader]) -> Reader:  # noqa: ANN401 - a dataclass or a named tuple
    """Read a value of which fields may be absent, and beside which more may be told than its fields."""

    def read(record: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(record, list):
            return kind(*record)
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
