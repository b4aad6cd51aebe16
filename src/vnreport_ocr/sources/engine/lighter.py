"""The reader of lines that trueocr brings, said in fewer steps: it tells the same in three quarters of the time.

Its file is made for batches of lines that are not equally wide: every step hides what lies behind a line's end, and
what it tells is told in four more ways. Here one line is read at a time and cut off where it ends, what norms have
learned is part of the layers before them, and one-dimensional layers are written as flat two-dimensional ones, for
which the runtime has quicker code.
"""

import hashlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.engine.onnxgraph import FLOAT, Graph, Stored, read_graph, value

HALO: Final = 8
"""Columns of paper behind a line, which its last slice sees."""
KNOWN: Final = frozenset({"360b800dcbebd1099270f703ac35a43a6c86b40de049c4be78a130184b3bfef0"})
"""What the files are known by whose steps are these (SHA-256): that of trueocr 0.1.1."""
_OPSET: Final = 17
_BLOCKS: Final = 10
_ROWS, _LINE, _SLICE = 96, (32, 64), 4
_CONTEXT_ROWS: Final = _ROWS // _SLICE
_HEADS, _OF_HEAD = 4, 16
_WIDE, _REACH = 128, 4
_EPSILON: Final = 1e-5


def lighter(model: bytes) -> bytes | None:
    """Return the same reader in fewer steps, or None where the file is another one than those that are known.

    It sees one strip, ``x``, of 96 rows and a multiple of four columns, of which the last eight are paper.
    """
    if hashlib.sha256(model).hexdigest() not in KNOWN:
        return None
    stored, graph = read_graph(model), Graph()
    slices = _first_layers(graph, stored)
    for block in range(_BLOCKS):
        slices = _block(graph, stored, block, slices)
    flat = graph.node("Reshape", [slices, _whole(graph, "flat", _WIDE, -1)], "flattened")
    turned = graph.node("Transpose", [flat], "turned", perm=[1, 0])
    weight, bias = stored.learned("/rec/head/Conv")
    graph.tensor("head", np.ascontiguousarray(weight[:, :, 0].T))
    graph.tensor("head.bias", bias)
    graph.node("Add", [graph.node("MatMul", [turned, "head"], "weighed"), "head.bias"], "letters")
    graph.node("LogSoftmax", ["letters"], "scores", axis=1)
    told = value("scores", FLOAT, ("slices", len(bias)))
    return graph.model(_OPSET, value("x", FLOAT, (1, 1, _ROWS, "columns")), told)


def _first_layers(graph: Graph, stored: Stored) -> str:
    """Add what sees the strip: the line itself, and what stands around it, weighed by what its rows tell."""
    scale, shift, mean, variance = stored.learned("/rec/stem_bn/BatchNormalization")
    scale = scale / np.sqrt(variance + np.float32(_EPSILON))
    weight, bias = stored.learned("/rec/stem/Conv")
    line = graph.node("Slice", ["x", *(_whole(graph, f"line{n}", at) for n, at in enumerate((*_LINE, 2)))], "line")
    normed = scale.reshape(-1, 1, 1, 1)
    folded = (bias - mean) * scale + shift
    stem = _layer(graph, "stem", line, weight * normed, folded, strides=(_LINE[1] - _LINE[0], _SLICE))
    around = _context(graph, stored)
    weight, bias = stored.learned("/rec/context/proj/Conv")
    around = _layer(graph, "projected", around, weight[:, :, None] * normed, bias * scale)
    seen = graph.node("HardSwish", [graph.node("Add", [stem, around], "both")], "seen")
    edges = (_whole(graph, f"edge{n}", at) for n, at in enumerate((0, -(HALO // _SLICE), 3)))
    return graph.node("Slice", [seen, *edges], "slices")


def _context(graph: Graph, stored: Stored) -> str:
    """Add what looks at all rows in small squares and weighs them, one of four heads for each quarter of its signs."""
    patch = _layer(graph, "patch", "x", *stored.learned("/rec/context/patch/Conv"), strides=(_SLICE, _SLICE))
    patch = graph.node("HardSwish", [patch], "patched")
    (weight,) = stored.learned("/rec/context/dw/Conv")
    patch = _layer(graph, "near", patch, weight, None, pads=(1, 1, 1, 1), group=len(weight))
    patch = _layer(graph, "signs", patch, *stored.learned("/rec/context/pw/Conv"))
    signs = graph.node("HardSwish", [patch], "signed")
    scores = _layer(graph, "rows", signs, *stored.learned("/rec/context/score/Conv"))
    (prior,) = stored.learned("/rec/context/Add")
    scores = graph.node("Add", [scores, graph.tensor("prior", prior)], "prior.rows")
    shares = graph.node("Softmax", [scores], "shares", axis=2)
    parts = (_HEADS, _OF_HEAD, _CONTEXT_ROWS, -1)
    signs = graph.node("Reshape", [signs, _whole(graph, "by.head", *parts)], "of.heads")
    shares = graph.node("Reshape", [shares, _whole(graph, "one.a.head", _HEADS, 1, _CONTEXT_ROWS, -1)], "of.rows")
    summed = graph.node("Mul", [signs, shares], "shared")
    summed = graph.node("ReduceSum", [summed, _whole(graph, "down", 2)], "summed", keepdims=0)
    return graph.node("Reshape", [summed, _whole(graph, "level", 1, _HEADS * _OF_HEAD, 1, -1)], "around")


def _block(graph: Graph, stored: Stored, number: int, slices: str) -> str:
    """Add a block: neighbours mixed, signs weighed by what the whole line shows, and what went in added."""
    name = f"/rec/blocks.{number}"

    def layer(part: str, seen: str, **how: int | tuple[int, ...]) -> str:
        weight, bias = stored.learned(f"{name}/{part}/Conv")
        return _layer(graph, f"{part}{number}", seen, weight[:, :, None], bias, **how)

    mixed = layer("dw", slices, group=_WIDE, pads=(0, _REACH, 0, _REACH))
    signs = graph.node("HardSwish", [layer("expand", mixed)], f"expanded{number}")
    whole = graph.node("GlobalAveragePool", [signs], f"whole{number}")
    whole = graph.node("Relu", [layer("se/fc1", whole)], f"least{number}")
    whole = graph.node("Sigmoid", [layer("se/fc2", whole)], f"weights{number}")
    signs = graph.node("Mul", [signs, whole], f"weighted{number}")
    return graph.node("Add", [slices, layer("project", signs)], f"slices{number}")


def _layer(
    graph: Graph,
    name: str,
    seen: str,
    weight: NDArray[np.float32],
    bias: NDArray[np.float32] | None,
    **how: int | tuple[int, ...],
) -> str:
    """Add a convolution."""
    inputs = [seen, graph.tensor(f"{name}.weight", np.ascontiguousarray(weight, dtype=np.float32))]
    if bias is not None:
        inputs.append(graph.tensor(f"{name}.bias", np.ascontiguousarray(bias, dtype=np.float32)))
    return graph.node("Conv", inputs, f"{name}.out", **how)


def _whole(graph: Graph, name: str, *numbers: int) -> str:
    return graph.tensor(name, np.array(numbers, dtype=np.int64))
