"""Graphs of ONNX files, read and written byte by byte (Protocol Buffers), without the package onnx."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

FLOAT, UINT8 = 1, 2
_TYPES: Final = {"float32": FLOAT, "uint8": UINT8, "int8": 3, "int64": 7, "float16": 10}
_IR: Final = 8
_VARINT, _BYTES = 0, 2
_SIZES: Final = {1: 8, 5: 4}


class Step(NamedTuple):
    """A step of a graph: what it takes and gives, by name."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


class Stored(NamedTuple):
    """What a file holds of its graph: the steps by their names, and the numbers that were learned by theirs."""

    steps: dict[str, Step]
    tensors: dict[str, NDArray[np.float32]]

    def learned(self, step: str) -> list[NDArray[np.float32]]:
        """Return the numbers that a step takes."""
        return [self.tensors[name] for name in self.steps[step].inputs if name in self.tensors]


def read_graph(model: bytes) -> Stored:
    """Read the graph of a model; its numbers in 32 bits only, which are those that were learned."""
    graph = next(part for field, part in _fields(model) if field == 7 and isinstance(part, bytes))
    steps: dict[str, Step] = {}
    tensors: dict[str, NDArray[np.float32]] = {}
    for field, part in _fields(graph):
        if field == 1 and isinstance(part, bytes):
            name, step = _step(part)
            steps[name] = step
        elif field == 5 and isinstance(part, bytes):
            tensors.update(_tensor(part))
    return Stored(steps, tensors)


def _step(part: bytes) -> tuple[str, Step]:
    told: dict[int, list[str]] = {1: [], 2: [], 3: [""]}
    for field, value in _fields(part):
        if field in told and isinstance(value, bytes):
            told[field].append(value.decode())
    return told[3][-1], Step(tuple(told[1]), tuple(told[2]))


def _tensor(part: bytes) -> Iterator[tuple[str, NDArray[np.float32]]]:
    sizes, kind, name, raw = [], 0, "", b""
    for field, value in _fields(part):
        if field == 1 and isinstance(value, int):
            sizes.append(value)
        elif field == 2 and isinstance(value, int):
            kind = value
        elif field == 8 and isinstance(value, bytes):
            name = value.decode()
        elif field == 9 and isinstance(value, bytes):
            raw = value
    if kind == FLOAT and raw:
        yield name, np.frombuffer(raw, dtype="<f4").reshape(sizes)


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the fields of a message with their values: a number, or bytes that may be a message themselves."""
    place = 0
    while place < len(data):
        key, place = _read_varint(data, place)
        if key & 7 == _VARINT:
            value, place = _read_varint(data, place)
            yield key >> 3, value
            continue
        size = _SIZES.get(key & 7, 0)
        if key & 7 == _BYTES:
            size, place = _read_varint(data, place)
        elif not size:
            raise ValueError("no message of Protocol Buffers")
        yield key >> 3, data[place : place + size]
        place += size


def _read_varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place


class Graph:
    """Steps and numbers as they are written one after the other."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._tensors: list[bytes] = []

    def node(self, kind: str, inputs: Iterable[str], output: str, **attributes: int | Sequence[int]) -> str:
        """Add a step; return what it gives."""
        body = (
            b"".join(message(1, name.encode()) for name in inputs)
            + message(2, output.encode())
            + message(4, kind.encode())
        )
        for name, value in attributes.items():
            if isinstance(value, int):
                told = number(3, value) + number(20, 2)
            else:
                told = b"".join(number(8, one) for one in value) + number(20, 7)
            body += message(5, message(1, name.encode()) + told)
        self._nodes.append(message(1, body))
        return output

    def tensor(self, name: str, values: NDArray[np.generic]) -> str:
        """Add numbers that are known; return their name."""
        told = b"".join(number(1, size) for size in values.shape) + number(2, _TYPES[values.dtype.name])
        self._tensors.append(message(5, told + message(8, name.encode()) + message(9, values.tobytes())))
        return name

    def model(self, opset: int, seen: bytes, told: bytes) -> bytes:
        """Return the bytes of a model that sees one value and tells another (``value``)."""
        whole = b"".join(self._nodes) + message(2, b"reader") + b"".join(self._tensors)
        whole += message(11, seen) + message(12, told)
        versions = message(8, message(1, b"") + number(2, opset))
        return number(1, _IR) + message(2, b"vnocr") + message(7, whole) + versions


def value(name: str, kind: int, shape: Iterable[int | str]) -> bytes:
    """Write what a graph sees or tells: its name, its type, and its sizes or their names."""
    sizes = b"".join(
        message(1, number(1, size) if isinstance(size, int) else message(2, size.encode())) for size in shape
    )
    return message(1, name.encode()) + message(2, message(1, number(1, kind) + message(2, sizes)))


def number(field: int, value: int) -> bytes:
    """Write a number; one below 0 as it would be in 64 bits."""
    return _varint(field << 3) + _varint(value & 0xFFFF_FFFF_FFFF_FFFF)


def message(field: int, value: bytes) -> bytes:
    """Write a text or a message within one."""
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])
