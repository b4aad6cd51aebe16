"""Writes a network and its weights as an ONNX file, without PyTorch or onnx.

Weights may be kept in 8 bits with a scale to each channel, or in 16: the runtime unfolds them once when it loads the
file, so that reading costs the same and only the file is smaller.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tools.reader.plan import ROWS, Convolution, NetworkPlan
from vnreport_ocr.sources.engine.onnxgraph import FLOAT, UINT8, Graph, message, value

KeptAs = Literal["float32", "float16", "int8"]
Weights = NDArray[np.float32]
OPSET: Final = 13


class Layer(NamedTuple):
    """What a layer has learned, with its norm folded into it."""

    weight: Weights
    bias: Weights


def write_model(plan: NetworkPlan, layers: Sequence[Layer], facts: Mapping[str, str], kept: KeptAs = "int8") -> bytes:
    """Return the bytes of the file; ``facts`` are kept beside the network for whoever loads it."""
    graph = _Graph()
    graph.node("Cast", ["x"], "seen", to=FLOAT)
    graph.tensor("level", np.array(1 / 255, dtype=np.float32))
    graph.node("Mul", ["seen", "level"], "out0")
    for number, (shape, layer) in enumerate(zip(plan.layers(), layers, strict=True), 1):
        graph.convolution(number, shape, layer, kept)
    last = sum(1 for _ in plan.layers())
    graph.tensor("rows", np.array([2], dtype=np.int64))
    graph.node("Squeeze", [f"out{last}", "rows"], "slices")
    graph.node("Transpose", ["slices"], "turned", perm=[0, 2, 1])
    graph.node("LogSoftmax", ["turned"], "scores", axis=2)
    props = b"".join(message(14, message(1, name.encode()) + message(2, told.encode())) for name, told in facts.items())
    seen = value("x", UINT8, ("lines", 1, ROWS, "columns"))
    return graph.model(OPSET, seen, value("scores", FLOAT, ("lines", "slices", plan.letters + 1))) + props


class _Graph(Graph):
    """A graph of layers with what they have learned."""

    def convolution(self, number: int, shape: Convolution, layer: Layer, kept: KeptAs) -> None:
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

    def _weight(self, name: str, values: Weights, kept: KeptAs) -> None:
        if kept == "float32":
            self.tensor(name, values.astype(np.float32))
            return
        if kept == "float16":
            self.tensor(f"{name}.kept", values.astype(np.float16))
            self.node("Cast", [f"{name}.kept"], name, to=FLOAT)
            return
        most = np.abs(values).reshape(len(values), -1).max(axis=1)
        scale = np.where(most > 0, most / 127, 1.0).astype(np.float32).reshape(-1, 1, 1, 1)
        self.tensor(f"{name}.kept", np.rint(values / scale).astype(np.int8))
        self.tensor(f"{name}.scale", scale)
        self.node("Cast", [f"{name}.kept"], f"{name}.wide", to=FLOAT)
        self.node("Mul", [f"{name}.wide", f"{name}.scale"], name)
