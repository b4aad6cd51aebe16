"""The reader of lines that trueocr brings, said in fewer steps: it tells the same in three fifths of the time.

Its file is made for batches of lines that are not equally wide: every step hides what lies behind a line's end, and
what it tells is told in four more ways. Here one line is read at a time and cut off where it ends, what norms have
learned is part of the layers before them, one-dimensional layers are written as flat two-dimensional ones, for
which the runtime has quicker code, and what the paper above and below a line tells is told beforehand.
"""

import hashlib
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.sources.engine.onnxgraph import FLOAT, Graph, Stored, read_graph, value

HALO: Final = 8
"""Columns of paper behind a line, which its last slice sees."""
INKED: Final = (32, 64)
"""Rows of a strip that have ink: those of the line, which stands on paper."""
SEEN: Final = (24, 72)
"""Rows of a strip that are looked at: what lies further from the line is paper and told beforehand."""
KNOWN: Final = frozenset({"360b800dcbebd1099270f703ac35a43a6c86b40de049c4be78a130184b3bfef0"})
"""What the files are known by whose steps are these (SHA-256): that of trueocr 0.1.1."""
_OPSET: Final = 17
_BLOCKS: Final = 10
_ROWS, _SLICE = 96, 4
_CONTEXT_ROWS: Final = _ROWS // _SLICE
_NEAR_INK: Final = (INKED[0] // _SLICE - 1, INKED[1] // _SLICE + 1)
"""Rows of squares that ink has a part in: those of the line, and those that see them. Each sees its neighbours."""
_PATCH, _NEAR, _SIGNS = "/rec/context/patch/Conv", "/rec/context/dw/Conv", "/rec/context/pw/Conv"
_SCORE, _PRIOR = "/rec/context/score/Conv", "/rec/context/Add"
_HEADS, _OF_HEAD = 4, 16
_WIDE, _REACH = 128, 4
_EPSILON: Final = 1e-5


def lighter(model: bytes) -> bytes | None:
    """Return the same reader in fewer steps, or None where the file is another one than those that are known.

    It sees the rows ``SEEN`` of one strip, ``x``, and a multiple of four columns, of which the last eight are paper;
    no ink lies but in the rows ``INKED``.
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
    return graph.model(_OPSET, value("x", FLOAT, (1, 1, SEEN[1] - SEEN[0], "columns")), told)


def _first_layers(graph: Graph, stored: Stored) -> str:
    """Add what sees the strip: the line itself, and what stands around it, weighed by what its rows tell."""
    scale, shift, mean, variance = stored.learned("/rec/stem_bn/BatchNormalization")
    scale = scale / np.sqrt(variance + np.float32(_EPSILON))
    weight, bias = stored.learned("/rec/stem/Conv")
    # As high as what is seen, which is quicker than to cut the line out of it.
    weight = np.pad(weight, ((0, 0), (0, 0), (INKED[0] - SEEN[0], SEEN[1] - INKED[1]), (0, 0)))
    normed = scale.reshape(-1, 1, 1, 1)
    folded = (bias - mean) * scale + shift
    stem = _layer(graph, "stem", "x", weight * normed, folded, strides=(SEEN[1] - SEEN[0], _SLICE))
    around = _context(graph, stored)
    weight, bias = stored.learned("/rec/context/proj/Conv")
    around = _layer(graph, "projected", around, weight[:, :, None] * normed, bias * scale)
    seen = graph.node("HardSwish", [graph.node("Add", [stem, around], "both")], "seen")
    return _sliced(graph, seen, "slices", 0, -(HALO // _SLICE), 3)


def _context(graph: Graph, stored: Stored) -> str:
    """Add what looks at the rows in small squares and weighs them, one of four heads for each quarter of its signs.

    Above and below the line all squares are paper and told beforehand: they go in as one row more, which weighs as
    much as all of them together.
    """
    high = _NEAR_INK[1] - _NEAR_INK[0]
    patch = _layer(graph, "patch", "x", *stored.learned(_PATCH), strides=(_SLICE, _SLICE))
    patch = graph.node("HardSwish", [patch], "patched")
    (weight,) = stored.learned(_NEAR)
    patch = _layer(graph, "near", patch, weight, None, pads=(0, 1, 0, 1), group=len(weight))
    patch = _layer(graph, "signs", patch, *stored.learned(_SIGNS))
    signs = graph.node("HardSwish", [patch], "signed")
    scores = _layer(graph, "rows", signs, *stored.learned(_SCORE))
    (prior,) = stored.learned(_PRIOR)
    prior = np.ascontiguousarray(prior[:, :, slice(*_NEAR_INK)])
    scores = graph.node("Add", [scores, graph.tensor("prior", prior)], "prior.rows")
    begin, inside = _paper(stored, begins=True), _paper(stored, begins=False)
    weights = _along(graph, "x", "paper.rows", begin[0].reshape(1, _HEADS, 1, 1), inside[0].reshape(1, _HEADS, 1, 1))
    of_paper = (_HEADS, _OF_HEAD, 1)
    paper = _along(graph, "x", "paper.signs", begin[1].reshape(of_paper), inside[1].reshape(of_paper))
    shares = graph.node("Softmax", [graph.node("Concat", [scores, weights], "all.rows", axis=2)], "shares", axis=2)
    signs = graph.node("Reshape", [signs, _whole(graph, "by.head", _HEADS, _OF_HEAD, high, -1)], "of.heads")
    of_rows = _sliced(graph, shares, "shares.line", 0, high, 2)
    of_rows = graph.node("Reshape", [of_rows, _whole(graph, "one.a.head", _HEADS, 1, high, -1)], "of.rows")
    summed = graph.node("Mul", [signs, of_rows], "shared")
    summed = graph.node("ReduceSum", [summed, _whole(graph, "down", 2)], "summed", keepdims=0)
    rest = _sliced(graph, shares, "shares.paper", high, high + 1, 2)
    rest = graph.node("Reshape", [rest, _whole(graph, "paper.head", _HEADS, 1, -1)], "of.paper")
    summed = graph.node("Add", [summed, graph.node("Mul", [paper, rest], "paper.shared")], "with.paper")
    return graph.node("Reshape", [summed, _whole(graph, "level", 1, _HEADS * _OF_HEAD, 1, -1)], "around")


def _paper(stored: Stored, *, begins: bool) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Tell of all squares above and below a line together how much they weigh, and their signs, by head.

    The first square of a row has none before it.
    """
    _, bias = stored.learned(_PATCH)
    ((near,), (weight, shift), (asked, least), (prior,)) = map(stored.learned, (_NEAR, _SIGNS, _SCORE, _PRIOR))
    patch = _hard_swish(bias.astype(np.float64))
    rows = [row for row in range(_CONTEXT_ROWS) if not _NEAR_INK[0] <= row < _NEAR_INK[1]]
    weights, told = [], []
    for row in rows:
        seen = near[:, 0, int(row == 0) : 3 - int(row == _CONTEXT_ROWS - 1), int(begins) :].sum(axis=(1, 2))
        signs = _hard_swish(weight[:, :, 0, 0] @ (patch * seen) + shift)
        weights.append(np.exp(asked[:, :, 0, 0] @ signs + least + prior[0, :, row, 0]))
        told.append(signs.reshape(_HEADS, _OF_HEAD))
    all_of_them = np.sum(weights, axis=0)
    shared = (np.array(weights)[:, :, None] * np.array(told)).sum(axis=0) / all_of_them[:, None]
    return np.log(all_of_them).astype(np.float32), shared.astype(np.float32)


def _hard_swish(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values * np.clip(values / 6 + 0.5, 0, 1)


def _along(graph: Graph, seen: str, name: str, begin: NDArray[np.float32], inside: NDArray[np.float32]) -> str:
    """Add what is the same for every slice of a strip but the first one."""
    wide = graph.node("Shape", [seen], f"{name}.shape", start=3, end=4)
    wide = graph.node("Div", [wide, _whole(graph, f"{name}.slice", _SLICE)], f"{name}.slices")
    wide = graph.node("Sub", [wide, _whole(graph, f"{name}.one", 1)], f"{name}.rest")
    sizes = graph.node("Concat", [_whole(graph, f"{name}.sizes", *inside.shape[:-1]), wide], f"{name}.all", axis=0)
    rest = graph.node("Expand", [graph.tensor(f"{name}.inside", inside), sizes], f"{name}.wide")
    return graph.node("Concat", [graph.tensor(f"{name}.begin", begin), rest], name, axis=inside.ndim - 1)


def _sliced(graph: Graph, seen: str, name: str, begin: int, end: int, axis: int) -> str:
    edges = (_whole(graph, f"{name}.edge{n}", at) for n, at in enumerate((begin, end, axis)))
    return graph.node("Slice", [seen, *edges], name)


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
