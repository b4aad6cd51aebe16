"""Values out of JSON by their types: tuples, enums, dataclasses and named tuples within one another.

The readers are built from the types: a field that is added to a value needs no new code here.
"""

import dataclasses
import types
import typing
from collections.abc import Callable
from enum import Enum
from typing import Any, Final

Reader = Callable[[Any], Any]
RecordReader = Callable[[Any, dict[str, Reader]], Reader]
"""Makes the reader of a dataclass or named tuple out of the readers of its fields, which stand in their order."""


class ValueReaders:
    """The readers of values that are written in one way; ``record`` knows how a value with fields is written."""

    def __init__(self, record: RecordReader) -> None:
        self._record = record
        self._known: dict[Any, Reader] = {}

    def of(self, kind: Any) -> Reader:  # noqa: ANN401 - a type expression has no narrower type
        """Find what turns JSON into a value of this type."""
        known = self._known.get(kind)
        if known is None:
            known = self._known[kind] = self._made(kind)
        return known

    def _made(self, kind: Any) -> Reader:  # noqa: ANN401 - a type expression has no narrower type
        origin = typing.get_origin(kind)
        if origin in (typing.Union, types.UnionType):
            inner = [part for part in typing.get_args(kind) if part is not type(None)]
            return _optional(self.of(inner[0])) if len(inner) == 1 else _as_is
        if origin is tuple:
            return self._tuple(typing.get_args(kind))
        if isinstance(kind, type):
            if issubclass(kind, Enum):
                return kind
            if kind in _LEAVES:
                return _LEAVES[kind]
            names = field_names(kind)
            if names:
                hints = typing.get_type_hints(kind)
                return self._record(kind, {name: self.of(hints[name]) for name in names})
        return _as_is

    def _tuple(self, parts: tuple[Any, ...]) -> Reader:
        if len(parts) == 2 and parts[1] is Ellipsis:
            read = self.of(parts[0])
            return lambda value: tuple(map(read, _list(value)))
        reads = [self.of(part) for part in parts]
        return lambda value: tuple(read(item) for read, item in zip(reads, _list(value), strict=True))


def field_names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any class
    """Name the fields of a dataclass or a named tuple; another class has none."""
    if dataclasses.is_dataclass(kind):
        return tuple(field.name for field in dataclasses.fields(kind))
    return tuple(getattr(kind, "_fields", ()))


def _as_is(value: Any) -> Any:  # noqa: ANN401 - what has no single type
    return value


def _text(value: Any) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(value, str):
        raise TypeError(f"text was expected, not {type(value).__name__}")
    return value


def _truth(value: Any) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(value, bool):
        raise TypeError(f"true or false was expected, not {type(value).__name__}")
    return value


def _whole(value: Any) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(value, int) or isinstance(value, bool) or not -_LARGEST <= value <= _LARGEST:
        raise TypeError("a whole number was expected")
    return value


def _number(value: Any) -> Any:  # noqa: ANN401 - JSON
    # NaN and the infinities are no JSON, but Python reads them.
    if not isinstance(value, int | float) or isinstance(value, bool) or not -_LARGEST <= value <= _LARGEST:
        raise TypeError("a number was expected")
    return value


def _list(value: Any) -> Any:  # noqa: ANN401 - JSON
    if not isinstance(value, list | tuple):
        raise TypeError(f"a list was expected, not {type(value).__name__}")
    return value


_LARGEST: Final = 10**12
_LEAVES: Final[dict[Any, Reader]] = {str: _text, bool: _truth, int: _whole, float: _number}


def _optional(read: Reader) -> Reader:
    if read is _as_is:
        return _as_is
    return lambda value: None if value is None else read(value)
