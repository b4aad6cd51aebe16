"""A page as JSON and back, so that the pages of a long file can wait on disk.

The reader is built from the types of ``model.py``: a new field there needs no new code here.
"""

import dataclasses
import json
import typing
from functools import cache

from vnreport_ocr.jsonvalues import Reader, ValueReaders
from vnreport_ocr.model import Page


def page_to_json(page: Page) -> str:
    """One line of JSON that holds all of a page."""
    return json.dumps(page, default=_plain, separators=(",", ":"))


def page_from_json(text: str) -> Page:
    """Return the page that ``page_to_json`` wrote, equal to it in every value."""
    page = _READERS.of(Page)(json.loads(text))
    if not isinstance(page, Page):
        raise TypeError("not a page")
    return page


def _plain(value: object) -> dict[str, object]:
    """Turn a dataclass into a table of its fields (tuples, enums and texts JSON writes by itself)."""
    kind: typing.Any = type(value)
    return {name: getattr(value, name) for name in _field_names(kind)}


@cache
def _field_names(kind: typing.Any) -> tuple[str, ...]:  # noqa: ANN401 - a dataclass
    return tuple(field.name for field in dataclasses.fields(kind))


def _whole(kind: typing.Any, reads: dict[str, Reader]) -> Reader:  # noqa: ANN401 - a dataclass or a named tuple
    """Read a value of which every field was written: a dataclass as a table, a named tuple as a list."""
    if hasattr(kind, "_fields"):
        fields = list(reads.values())
        return lambda value: kind(*[read(item) for read, item in zip(fields, value, strict=True)])
    return lambda value: kind(**{name: read(value[name]) for name, read in reads.items()})


_READERS = ValueReaders(_whole)
