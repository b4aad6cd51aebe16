"""A page as JSON and back, so that the pages of a long file can wait on disk.

The reader is built from the types of ``model.py``: a new field there needs no new code here.
"""

import dataclasses
import json
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache

from vnreport_ocr.model import Page

Reader = Callable[[typing.Any], typing.Any]


def page_to_json(page: Page) -> str:
    """One line of JSON that holds all of a page."""
    return json.dumps(page, default=_plain, separators=(",", ":"))


def page_from_json(text: str) -> Page:
    """The page that ``page_to_json`` wrote, equal to it in every value."""
    page = _reader(Page)(json.loads(text))
    if not isinstance(page, Page):
        raise TypeError("not a page")
    return page


def _plain(value: object) -> dict[str, object]:
    """A dataclass as a table of its fields (tuples, enums and texts JSON writes by itself)."""
    kind: typing.Any = type(value)
    return {name: getattr(value, name) for name in _field_names(kind)}


@cache
def _field_names(kind: typing.Any) -> tuple[str, ...]:  # noqa: ANN401 - a dataclass
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _reader(kind: typing.Any) -> Reader:  # noqa: ANN401 - a type expression has no narrower type
    """What turns JSON into a value of this type."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        inner = [part for part in typing.get_args(kind) if part is not type(None)]
        return _optional(_reader(inner[0])) if len(inner) == 1 else _as_is
    if origin is tuple:
        return _tuple_reader(typing.get_args(kind))
    if isinstance(kind, type):
        if issubclass(kind, Enum):
            return kind
        if dataclasses.is_dataclass(kind):
            return _dataclass_reader(kind)
        if hasattr(kind, "_fields"):
            return _record_reader(kind)
    return _as_is


def _as_is(value: typing.Any) -> typing.Any:  # noqa: ANN401 - texts, numbers and truth values alike
    return value


def _optional(read: Reader) -> Reader:
    if read is _as_is:
        return _as_is
    return lambda value: None if value is None else read(value)


def _tuple_reader(parts: tuple[typing.Any, ...]) -> Reader:
    if len(parts) == 2 and parts[1] is Ellipsis:
        read = _reader(parts[0])
        return tuple if read is _as_is else lambda value: tuple(map(read, value))
    reads = [_reader(part) for part in parts]
    return lambda value: tuple(read(item) for read, item in zip(reads, value, strict=True))


def _record_reader(kind: typing.Any) -> Reader:  # noqa: ANN401 - a NamedTuple class
    hints = typing.get_type_hints(kind)
    reads = [_reader(hints[name]) for name in kind._fields]
    return lambda value: kind(*[read(item) for read, item in zip(reads, value, strict=True)])


def _dataclass_reader(kind: typing.Any) -> Reader:  # noqa: ANN401 - a dataclass
    hints = typing.get_type_hints(kind)
    reads = [(name, _reader(hints[name])) for name in _field_names(kind)]
    return lambda value: kind(**{name: read(value[name]) for name, read in reads})
