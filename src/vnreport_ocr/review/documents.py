"""A document out of the JSON that ``-f json`` wrote, so that decisions can be applied without reading the file again.

The reader is built from the types of ``model.py``: a field that is added there, and written under its name, is read.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

from vnreport_ocr.document import Document
from vnreport_ocr.errors import MissingFileError, NotADocumentError, UnreadableFileError
from vnreport_ocr.model import Line, Page, Style, Token
from vnreport_ocr.outputs.json import FORMAT, FORMAT_VERSION

Reader = Callable[[Any], Any]


def read_document(path: Path) -> Document:
    """Read a document that was written as JSON; whatever is wrong with the file is told with its name."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="surrogatepass")
    except FileNotFoundError as error:
        raise MissingFileError("There is no such file.", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise NotADocumentError("It is not UTF-8.", file=str(path)) from error
    except OSError as error:
        raise UnreadableFileError(f"It cannot be read: {error.strerror or error}.", file=str(path)) from error
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
        raise NotADocumentError("It is no document of vnocr.")
    if record.get("format_version") != FORMAT_VERSION:
        said = record.get("format_version")
        raise NotADocumentError(f"Its format has version {said}; this vnocr knows version {FORMAT_VERSION}.")
    try:
        pages = tuple(_reader(Page)(page) for page in record["pages"])
        document = Document(pages, str(record.get("name", "")), dict(record.get("properties") or {}))
        # A correction that does not fit what was read shows here, not in the middle of a later page.
        for page in pages:
            for line in page.all_lines():
                _ = line.text
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise NotADocumentError(f"It does not hold what a document holds ({type(error).__name__}).") from error
    return document


@cache
def _reader(kind: Any) -> Reader:  # noqa: ANN401 - a type expression has no narrower type
    """Find what turns JSON into a value of this type."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        inner = [part for part in typing.get_args(kind) if part is not type(None)]
        return _optional(_reader(inner[0])) if len(inner) == 1 else _as_it_is
    if origin is tuple:
        return _tuple(typing.get_args(kind))
    if kind is Token:
        return _token
    if kind is Line:
        return _line
    if isinstance(kind, type):
        if issubclass(kind, Enum):
            return kind
        if dataclasses.is_dataclass(kind) or hasattr(kind, "_fields"):
            return _record(kind)
    return _as_it_is


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 - JSON
    return value


def _optional(read: Reader) -> Reader:
    return lambda value: None if value is None else read(value)


def _tuple(kinds: tuple[Any, ...]) -> Reader:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        read = _reader(kinds[0])
        return lambda values: tuple(read(value) for value in values)
    readers = [_reader(kind) for kind in kinds]
    return lambda values: tuple(read(value) for read, value in zip(readers, values, strict=True))


def _record(kind: Any) -> Reader:  # noqa: ANN401 - a dataclass or a named tuple
    readers = {name: _reader(hint) for name, hint in typing.get_type_hints(kind).items()}

    def read(record: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(record, list):
            return kind(*record)
        return kind(**{name: readers[name](value) for name, value in record.items() if name in readers})

    return read


def _line(record: dict[str, Any]) -> Line:
    # What was read is written beside the text only where it differs.
    line = _record(Line)({"raw": record["text"], **record})
    return typing.cast("Line", line)


def _token(record: dict[str, Any]) -> Token:
    names = [name for name in Style._fields if name in record]
    style = Style(**{name: record[name] for name in names}) if names else None
    token = _record(Token)({name: value for name, value in record.items() if name not in names})
    return typing.cast("Token", token._replace(style=style))
