"""Values as bytes and back, strictly by their types.

What reads them makes nothing but the values it was told to expect: bytes from a process that a file has taken over
are data or they are refused, and never code.
"""

import json
import operator
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

import msgspec

from vnreport_ocr import errors
from vnreport_ocr.errors import VnocrError

_T = TypeVar("_T")

_PACKED: Final = b"m"
_ESCAPED: Final = b"j"


class MalformedError(Exception):
    """Bytes that are not what they should be."""


class _Told(NamedTuple):
    """An error on purpose: the name of its class, and what it says."""

    kind: str
    problem: str
    file: str | None
    page: int | None
    cure: str
    notes: tuple[str, ...]


def packed(value: object) -> bytes:
    """Return a value as bytes."""
    try:
        return _PACKED + _encoder.encode(value)
    except UnicodeEncodeError:
        # Halves of signs, in the name of a file or out of a broken text: nothing else is written so.
        return _ESCAPED + json.dumps(msgspec.to_builtins(value, enc_hook=_plain)).encode("ascii")


def unpacked(data: bytes | memoryview, kind: type[_T]) -> _T:
    """Return the value of this type that ``packed`` made bytes of; raises ``MalformedError`` for all others."""
    first, rest = bytes(data[:1]), data[1:]
    try:
        if first == _PACKED:
            value: _T = _decoder(kind).decode(rest)  # type: ignore[arg-type]
            return value
        if first == _ESCAPED:
            return msgspec.convert(json.loads(bytes(rest)), kind, dec_hook=_rebuilt)
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError, MemoryError) as error:
        raise MalformedError(" ".join(str(error).split())[:200]) from error
    raise MalformedError("it begins like nothing that is known")


def _plain(value: object) -> object:
    """Turn what the encoder does not know into what it knows: errors, and numbers out of arrays."""
    if isinstance(value, VnocrError):
        notes = tuple(getattr(value, "__notes__", ()))
        return _Told(type(value).__name__, value.problem, value.file, value.page, value.advice, notes)
    if isinstance(value, float | str):
        return value.__float__() if isinstance(value, float) else str.__str__(value)
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"values of the type {type(value).__name__} are not sent") from None


def _rebuilt(kind: type[Any], value: object) -> object:
    """Make an error again."""
    if kind is not VnocrError:
        raise TypeError(f"values of the type {kind.__name__} are not received")
    told = msgspec.convert(value, _Told)
    found = getattr(errors, told.kind, None)
    if not (isinstance(found, type) and issubclass(found, VnocrError)):
        raise ValueError(f"there is no error called {told.kind:.40}")
    error = found(told.problem, file=told.file, page=told.page, cure=told.cure)
    for note in told.notes:
        error.add_note(note)
    return error


_encoder: Final = msgspec.msgpack.Encoder(enc_hook=_plain)


@cache
def _decoder(kind: Any) -> Any:  # noqa: ANN401 - a decoder of one type, kept among those of all types
    return msgspec.msgpack.Decoder(kind, dec_hook=_rebuilt)
