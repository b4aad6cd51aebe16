"""Writes a network and its weights as an ONNX file, byte by byte (Protocol Buffers), without PyTorch or onnx.

Weights may be kept in 8 bits with a scale to each channel, or in 16: the runtime unfolds them once when it loads the
file, so that reading costs the same and only the file is smaller.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tools.reader.plan import ROWS, Convolution, Plan

Kept = Literal["float32", "float16", "int8"]
Weights = NDArray[np.float32]
OPSET: Final = 13
_IR: Final = 8
_FLOAT, _UINT8 = 1, 2
_TYPES: Final = {"float32": _FLOAT, "uint8": _UINT8, "int8": 3, "int64": 7, "float16": 10}


class Layer(NamedTuple):
    """What a layer has learned, with its norm folded into it."""

    weight: Weights
    bias: Weights


def write_model(plan: Plan, layers: Sequence[Layer], facts: Mapping[str, str], kept: Kept = "int8") -> bytes:
    """Return the bytes of the file; ``facts`` are kept beside the network for whoever loads it."""
    graph = _Graph()
    graph.node("Cast", ["x"], "seen", to=_FLOAT)
    graph.tensor("level", np.array(1 / 255, dtype=np.float32))
    graph.node("Mul", ["seen", "level"], "out0")
    for number, (shape, layer) in enumerate(zip(plan.layers(), layers, strict=True), 1):
        graph.convolution(number, shape, layer, kept)
    last = sum(1 for _ in plan.layers())
    graph.tensor("rows", np.array([2], dtype=np.int64))
    graph.node("Squeeze", [f"out{last}", "rows"], "slices")
    graph.node("Transpose", ["slices"], "turned", perm=[0, 2, 1])
    graph.node("LogSoftmax", ["turned"], "scores", axis=2)
    told = _field(11, _value("x", _UINT8, ("lines", 1, ROWS, "columns")))
    told += _field(12, _value("scores", _FLOAT, ("lines", "slices", plan.letters + 1)))
    whole = b"".join(graph.nodes) + _field(2, b"reader") + b"".join(graph.tensors) + told
    props = b"".join(_field(14, _field(1, key.encode()) + _field(2, value.encode())) for key, value in facts.items())
    return (
        _number(1, _IR) + _field(2, b"vnocr") + _field(7, whole) + _field(8, _field(1, b"") + _number(2, OPSET)) + props
    )


class _Graph:
    """Nodes and tensors as they are written one after the other."""

    def __init__(self) -> None:
        self.nodes: list[bytes] = []
        self.tensors: list[bytes] = []

    def node(self, kind: str, inputs: Iterable[str], output: str, **attributes: int | Sequence[int]) -> None:
        """Add a step."""
        body = (
            b"".join(_field(1, name.encode()) for name in inputs)
            + _field(2, output.encode())
            + _field(4, kind.encode())
        )
        for name, value in attributes.items():
            if isinstance(value, int):
                told = _number(3, value) + _number(20, 2)
            else:
                told = b"".join(_number(8, one) for one in value) + _number(20, 7)
            body += _field(5, _field(1, name.encode()) + told)
        self.nodes.append(_field(1, body))

    def tensor(self, name: str, values: NDArray[np.generic]) -> None:
        """Add numbers that are known."""
        told = b"".join(_number(1, size) for size in values.shape) + _number(2, _TYPES[values.dtype.name])
        self.tensors.append(_field(5, told + _field(8, name.encode()) + _field(9, values.tobytes())))

    def convolution(self, number: int, shape: Convolution, layer: Layer, kept: Kept) -> None:
        """Add a layer with what belongs to it."""
        weight, out = f"weight{number}", f"out{number}"
        self._weight(weight, layer.weight, kept)
        self.tensor(f"bias{number}", layer.bias.astype(np.float32))
        added = f"sum{number}" if shape.skip or shape.relu else out
        self.node(
            "Conv", [f"out{number - 1}", weight, f"bias{number}"], added, kernel_shape=shape.kernel,
            strides=shape.stride, pads=(*shape.padding, *shape.padding), group=shape.groups,
        )  # fmt: skip
        if shape.skip:
            self.node("Add", [added, f"out{number - shape.skip}"], out)
        elif shape.relu:
            self.node("Relu", [added], out)

    def _weight(self, name: str, values: Weights, kept: Kept) -> None:
        if kept == "float32":
            self.tensor(name, values.astype(np.float32))
            return
        if kept == "float16":
            self.tensor(f"{name}.kept", values.astype(np.float16))
            self.node("Cast", [f"{name}.kept"], name, to=_FLOAT)
            return
        most = np.abs(values).reshape(len(values), -1).max(axis=1)
        scale = np.where(most > 0, most / 127, 1.0).astype(np.float32).reshape(-1, 1, 1, 1)
        self.tensor(f"{name}.kept", np.rint(values / scale).astype(np.int8))
        self.tensor(f"{name}.scale", scale)
        self.node("Cast", [f"{name}.kept"], f"{name}.wide", to=_FLOAT)
        self.node("Mul", [f"{name}.wide", f"{name}.scale"], name)


def _value(name: str, kind: int, shape: Iterable[int | str]) -> bytes:
    sizes = b"".join(
        _field(1, _number(1, size) if isinstance(size, int) else _field(2, size.encode())) for size in shape
    )
    return _field(1, name.encode()) + _field(2, _field(1, _number(1, kind) + _field(2, sizes)))


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    return bytes([*found, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _field(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value
