"""What parent and workers say to each other, as bytes: orders one way, answers the other.

Each context names the kinds of values that its orders and answers are; nothing else is understood.
"""

import math
from importlib import import_module
from typing import Any, Final, Literal, NamedTuple

from vnreport_ocr.errors import VnocrError
from vnreport_ocr.jobs.codec import MalformedError, packed, unpacked
from vnreport_ocr.jobs.messages import Context, Done, Failure, News, Opened, Order, Retiring

_ALWAYS: Final = (VnocrError, Failure, type(None))

Said = Opened | News | Done | Retiring


class _Value(NamedTuple):
    """A value with the name of its type."""

    kind: str
    data: bytes


class _Given(NamedTuple):
    """An order on its way: the context where it is another than that of the order before, by module and class."""

    context: _Value | None
    order: _Value
    keep: int


class _Answered(NamedTuple):
    """An answer on its way."""

    what: Literal["opened", "news", "done", "retiring"]
    used: float
    value: _Value | None = None


def order_to_bytes(order: Order) -> bytes:
    """Return an order as it is sent."""
    context = None if order.context is None else _Value(_address(order.context), packed(order.context))
    return packed(_Given(context, _value(order.order), order.keep))


def order_from_bytes(data: bytes, before: Context | None) -> tuple[Context, Order]:
    """Return the order that arrived and its context: a new one, or that of the order before."""
    given = unpacked(data, _Given)
    context = before if given.context is None else context_from_bytes(given.context.kind, given.context.data)
    if context is None:
        raise MalformedError("a worker is told its context first")
    order = _understood(given.order, context.vocabulary().orders)
    return context, Order(None if given.context is None else context, order, given.keep)


def context_to_bytes(context: Context) -> tuple[str, bytes]:
    """Return where the class of a context is found, and the context as bytes."""
    return _address(context), packed(context)


def context_from_bytes(address: str, data: bytes) -> Context:
    """Return a context that the parent sent: only the parent says which class is opened."""
    module, _, name = address.partition(":")
    context: Context = unpacked(data, getattr(import_module(module), name))
    return context


def said_to_bytes(said: Said) -> bytes:
    """Return what a worker says as it is sent."""
    if isinstance(said, News):
        return packed(_Answered("news", said.used, _value(said.news)))
    if isinstance(said, Done):
        return packed(_Answered("done", said.used, _value(said.result)))
    return packed(_Answered("opened" if isinstance(said, Opened) else "retiring", said.used))


def said_from_bytes(data: bytes, context: Context | None) -> Said:
    """Return what a worker said about an order with this context; raises ``MalformedError`` for all else."""
    answer = unpacked(data, _Answered)
    if not (math.isfinite(answer.used) and answer.used >= 0.0):
        raise MalformedError("a worker uses no such time")
    if answer.what in ("opened", "retiring"):
        return Opened(answer.used) if answer.what == "opened" else Retiring(answer.used)
    if context is None or answer.value is None:
        raise MalformedError("nothing was asked, or nothing is told")
    value = _understood(answer.value, context.vocabulary().answers)
    return News(answer.used, value) if answer.what == "news" else Done(answer.used, value)


def _address(context: Context) -> str:
    return f"{type(context).__module__}:{type(context).__qualname__}"


def _value(value: object) -> _Value:
    kind = VnocrError if isinstance(value, VnocrError) else type(value)
    return _Value(kind.__name__, packed(value))


def _understood(value: _Value, kinds: tuple[type[Any], ...]) -> object:
    for kind in (*kinds, *_ALWAYS):
        if kind.__name__ == value.kind:
            found: object = unpacked(value.data, kind)
            return found
    raise MalformedError(f"nothing is called {value.kind:.40}")
