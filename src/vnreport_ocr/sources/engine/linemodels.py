"""The models of the package trueocr, run by onnxruntime on one thread (the only module that uses either).

They lie in the package: nothing is fetched, neither here nor by the package. What reads the lines that they find is
theirs or another of the shape of ``LineReader``: ``OwnReader`` opens one that was trained here (``tools/reader``).
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.errors import EngineError, MissingExtraError
from vnreport_ocr.sources.engine.ctc import Alphabet
from vnreport_ocr.sources.engine.lighter import HALO, INKED, SEEN, lighter
from vnreport_ocr.sources.engine.likely import Scores
from vnreport_ocr.sources.engine.strips import AloneShape, StripShape, strip_alone, strip_of
from vnreport_ocr.sources.picture.value import PixelBox, Pixels

SLICE: Final = 4
"""Columns of a strip that become one slice of what is read."""
STRIP: Final = 32
"""Rows of a strip that hold the line with the paper above and below it; as many again lie over and under them."""
ROOM: Final = (0.2, 0.3)
"""Paper above and beside a line, in its heights, as the reader was taught with; less and more read far worse."""
_WINDOW: Final = 3
_ALONE: Final = AloneShape(
    rows=_WINDOW * STRIP, above=(_WINDOW * (1 + 2 * ROOM[0]) - 1) / 2, beside=ROOM[1], widest=1536
)
_AT_ONCE: Final = 3
"""Lines read at a time: from two on they take a tenth less time each, from eight on a third more. range 2 to 6"""
_FINDER_STEP: Final = 32
"""Sketches are so many pixels high and wide, or a multiple of that."""
_FINDER_STRIDE: Final = 2
"""Its answer is so many times smaller than the sketch."""
_CORE: Final = 0.15
"""The core of a line ends so far before the line does, in heights of it."""
_LEAST_CORE: Final = 2
_LARGE_SKETCH: Final = 1_200_000
"""Pixels of a sketch from which on the finder gives back what memory it took; a page of A4 has 760,000."""
_SCORES: Final = "/LogSoftmax_output_0"
"""The chances of all letters: the model reckons them, and tells of itself only the best of each slice."""


def check_fast() -> None:
    """Raise ``MissingExtraError`` where the packages of the extra are not there, without loading them."""
    if find_spec("trueocr") is None or find_spec("onnxruntime") is None:
        raise _missing()


def _missing() -> MissingExtraError:
    cure = "Install it with 'pip install vnreport-ocr[fast]'."
    return MissingExtraError("The engine trueocr is not installed.", cure=cure)


class LineReader(Protocol):
    """Reads lines: how it wants them cut out, and what each of their slices may be."""

    alphabet: Alphabet
    slice_columns: int
    """Columns of a strip that become one slice of what is read."""
    beside: float
    """Paper that a strip has to both sides of its line, in heights of the line."""

    def strip(self, grey: Pixels, box: PixelBox) -> NDArray[Any]:
        """Cut a line out in the size that the reader wants."""

    def read(self, strips: Sequence[NDArray[Any]]) -> Iterator[tuple[int, Scores]]:
        """Read strips: the number of each with what each of its slices may be."""


class LineModels:
    """What finds the lines of a picture, what reads them, and what tells how a page lies."""

    slice_columns = SLICE
    beside = ROOM[1]

    def __init__(self) -> None:
        try:
            # An optional package; all of it is loaded here, so that what is missing is told before a page is read.
            import onnxruntime
            import trueocr
            from trueocr import page, preprocess
        except ImportError as error:
            raise _missing() from error
        self._runtime: Any = onnxruntime
        self._page: Any = page
        self._strips: Any = preprocess
        self._folder = Path(trueocr.__file__).parent / "models"
        about = json.loads((self._folder / "meta.json").read_text(encoding="utf-8"))
        self.alphabet = Alphabet(tuple(about["charset"]))
        self.sketch_side = int(about["det_long_side"])
        self.version = version("trueocr")
        self._light: Any = None
        self._reader: Any = None
        self._finder: Any = None
        self._compass: Any = None

    def find(self, grey: Pixels, side: int) -> list[PixelBox]:
        """Find the lines of a picture, looked at with its longer side so many pixels long."""
        if self._finder is None:
            self._finder = self._session("det.onnx", keeps=True)
        sketch, scale = sketched(grey, side)
        how = self._runtime.RunOptions()
        if sketch.size >= _LARGE_SKETCH:
            how.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        answer = self._finder.run(None, {"x": sketch[None, None]}, how)[0][0]
        high, wide = grey.shape
        found = np.clip(told_lines(answer) / scale, 0, (wide, high, wide, high))
        boxes = (PixelBox(*(float(edge) for edge in box)) for box in found)
        return [box for box in boxes if box.width >= 1 and box.height >= 1]

    def turn(self, grey: Pixels) -> tuple[int, float]:
        """Tell by how many quarters a page must be turned clockwise to stand upright, and the chance of that."""
        if self._compass is None:
            self._compass = self._session("orient.onnx")
        chances = self._compass.run(None, {"x": self._page.orient_input(grey)[None, None]})[0][0]
        # The fifth answer is for columns that run downwards, which Vietnamese print does not have.
        upright = chances[:4] / max(1e-9, float(chances[:4].sum()))
        return int(upright.argmax()), float(upright.max())

    def strip(self, grey: Pixels, box: PixelBox) -> NDArray[np.float32]:
        """Cut a line out, alone on white paper, in the size that the reader wants."""
        left, top = max(0, int(box.left)), max(0, int(box.top))
        part = grey[top : int(np.ceil(box.bottom)), left : int(np.ceil(box.right))]
        return strip_alone(part, _ALONE)

    def read(self, strips: Sequence[NDArray[np.float32]]) -> Iterator[tuple[int, Scores]]:
        """Read strips one by one; those of one width together where the file of the reader is not known."""
        if self._light is None:
            self._light = self._open_light()
        if not self._light:
            yield from self._read_together(strips)
            return
        above, below = INKED
        for number, strip in enumerate(strips):
            if strip[:above].any() or strip[below:].any():  # of one or two points' height, enlarged
                yield number, next(scores for _, scores in self._read_together([strip]))
                continue
            wide = strip.shape[1]
            line = np.zeros((1, 1, SEEN[1] - SEEN[0], -(-wide // SLICE) * SLICE + HALO), dtype=np.float32)
            line[0, 0, :, :wide] = strip[slice(*SEEN)]
            yield number, self._light.run(None, {"x": line})[0]

    def _open_light(self) -> Any:  # noqa: ANN401 - onnxruntime has no types
        """Open the reader of lines in fewer steps, which reads one by one; False where its file is not known."""
        try:
            model = lighter((self._folder / "rec.onnx").read_bytes())
        except OSError:
            return False  # told where it is opened
        return False if model is None else _session(self._runtime, model)

    def _read_together(self, strips: Sequence[NDArray[np.float32]]) -> Iterator[tuple[int, Scores]]:
        if self._reader is None:
            self._reader = self._session("rec.onnx", _SCORES)
        batches = self._strips.width_batches([strip.shape[1] for strip in strips], max_batch=_AT_ONCE)
        for batch in batches:
            pixels, widths = self._strips.pad_batch([strips[number] for number in batch])
            answer, lengths = self._reader.run([_SCORES, "lengths"], {"x": pixels, "widths": widths})
            for number, scores, length in zip(batch, answer, lengths, strict=True):
                yield number, scores[: int(length)]

    def _session(self, name: str, more: str = "", *, keeps: bool = False) -> Any:  # noqa: ANN401 - onnxruntime has no types
        try:
            model = (self._folder / name).read_bytes()
            return _session(self._runtime, model + (_output(more) if more else b""), keeps=keeps)
        except (OSError, RuntimeError) as error:
            problem = f"The model {name} of trueocr {self.version} cannot be loaded."
            raise EngineError(problem, cure="Reinstall it: pip install --force-reinstall trueocr.") from error


class OwnReader:
    """A reader of lines that was trained here, in one file with its alphabet and the shape of its strips."""

    def __init__(self, file: Path) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise _missing() from error
        try:
            model = file.read_bytes()
            self._session = _session(onnxruntime, model)
            facts = dict(self._session.get_modelmeta().custom_metadata_map)
            shape = json.loads(facts["shape"])
            self.alphabet = Alphabet(tuple(json.loads(facts["alphabet"])))
            self._shape = StripShape(**shape)
        except (OSError, RuntimeError, KeyError, TypeError, ValueError) as error:
            problem = f"{file} is no reader of lines that can be loaded."
            raise EngineError(problem, cure="Build it again with 'make reader'.") from error
        self.version = f"{facts.get('name', 'reader')} {hashlib.sha256(model).hexdigest()[:8]}"
        self.slice_columns, self.beside = self._shape.slice_columns, self._shape.beside

    def strip(self, grey: Pixels, box: PixelBox) -> Pixels:
        """Cut a line out as it was cut out in training."""
        return strip_of(grey, box, self._shape)

    def read(self, strips: Sequence[NDArray[Any]]) -> Iterator[tuple[int, Scores]]:
        """Read each strip alone: on one thread it costs no more, and what is beside it has no part in it."""
        for number, strip in enumerate(strips):
            yield number, self._session.run(None, {"x": strip[None, None]})[0][0]


def sketched(grey: Pixels, side: int) -> tuple[NDArray[np.float32], float]:
    """Return a picture with its longer side so many pixels long, ink being 1, with paper behind it; and its scale."""
    scale = side / max(grey.shape)
    high, wide = (max(1, round(edge * scale)) for edge in grey.shape)
    if (high, wide) != grey.shape:
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        grey = np.asarray(cv2.resize(grey, (wide, high), interpolation=way), dtype=np.uint8)
    sketch = np.zeros(
        (-(-high // _FINDER_STEP) * _FINDER_STEP, -(-wide // _FINDER_STEP) * _FINDER_STEP), dtype=np.float32
    )
    np.multiply(cv2.bitwise_not(grey), np.float32(1 / 255), out=sketch[:high, :wide])
    return sketch, scale


def told_lines(answer: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the lines that the finder tells of, in points of its sketch.

    It tells of each point whether it belongs to the core of a line, and how far the line reaches above and below.
    """
    core = (answer[0] > 0).astype(np.uint8)
    count, numbered, stats, _ = cv2.connectedComponentsWithStats(core, connectivity=4)
    rows, columns = np.nonzero(core)
    line = numbered[rows, columns]
    points = np.maximum(np.bincount(line, minlength=count), 1)
    middles = (rows.astype(np.float32) + np.float32(0.5)) * _FINDER_STRIDE
    above, below = middles - answer[1, rows, columns], middles + answer[2, rows, columns]
    tops, bottoms = (np.bincount(line, weights=edge, minlength=count) / points for edge in (above, below))
    beside = _CORE * np.maximum(1.0, bottoms - tops)
    left = stats[:, cv2.CC_STAT_LEFT] * _FINDER_STRIDE
    right = left + stats[:, cv2.CC_STAT_WIDTH] * _FINDER_STRIDE
    boxes = np.stack([left - beside, tops, right + beside, bottoms], axis=1).astype(np.float32)
    kept = stats[:, cv2.CC_STAT_AREA] >= _LEAST_CORE
    kept[0] = False
    found: NDArray[np.float32] = boxes[kept]
    return found


def _session(runtime: Any, model: bytes, *, keeps: bool = False) -> Any:  # noqa: ANN401 - onnxruntime has no types
    options = runtime.SessionOptions()
    # As many pages are read at a time as there are cores.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # It keeps the most that any run took. A third of the time of what finds lines goes into asking for its 35 MB anew
    # (in one piece for a whole run they would be twice as many); what reads lines takes little at a time.
    options.enable_cpu_mem_arena = keeps
    options.enable_mem_pattern = not keeps
    try:
        return runtime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime's own errors have no other ancestor in common
        raise RuntimeError(str(error)) from error


def _output(name: str) -> bytes:
    """Write what adds an output to a model: a part of a message that comes twice is joined (Protocol Buffers)."""
    told = name.encode("ascii")
    value = bytes([10, len(told)]) + told  # field 1 of an output: its name
    graph = bytes([98, len(value)]) + value  # field 12 of a graph: an output
    return bytes([58, len(graph)]) + graph  # field 7 of a model: its graph
