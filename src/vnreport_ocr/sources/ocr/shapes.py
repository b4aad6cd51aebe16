"""What sign a shape is: a small network that knows figures and the signs that the engine's model has not.

It looks at one sign at a time on a strip of a fixed height and knows nothing of language, so that what it says of a
figure is a second opinion and not an echo of the first.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.language.files import find_shapes
from vnreport_ocr.raised import FIGURES, RAISED_FIGURES
from vnreport_ocr.sources.ocr.strip import ROWS, Strip

_THREADS = ThreadpoolController()
"""As many pages are read at a time as there are cores: threads of the algebra beside that cost ten times as much."""

FORMAT: Final = "vnocr-shapes-1"
WIDE: Final = 28
"""Columns of the window in which a shape is looked at."""

NONE: Final = ""
"""What is no sign: a part of one, or two together."""

RAISED: Final = dict(zip(RAISED_FIGURES, FIGURES, strict=True))
"""Figures above the line, and what they are on it."""

Floats = NDArray[np.float32]


class StripSpan(NamedTuple):
    """Columns of a strip."""

    left: int
    right: int

    @property
    def wide(self) -> int:
        """How many columns."""
        return self.right - self.left


class Shapes:
    """The network: signs by their shape."""

    def __init__(self, signs: tuple[str, ...], weights: tuple[Floats, ...]) -> None:
        self.signs = signs
        self.place = {sign: number for number, sign in enumerate(signs)}
        self._weights = weights

    def log_chances(self, strip: Strip, spans: list[StripSpan]) -> Floats:
        """Compute the log-chance of each sign for each span, a row a span."""
        return self.log_chances_of(np.stack([window(strip, span) for span in spans]))

    def log_chances_of(self, windows: Floats) -> Floats:
        """Score windows already cut out."""
        values = windows.reshape(len(windows), -1)
        last = len(self._weights) - 2
        with _THREADS.limit(limits=1):
            for layer in range(0, len(self._weights), 2):
                values = values @ self._weights[layer] + self._weights[layer + 1]
                if layer < last:
                    values = np.maximum(values, 0)
        values = values - values.max(axis=1, keepdims=True)
        return np.asarray(values - np.log(np.exp(values).sum(axis=1, keepdims=True)), dtype=np.float32)


def window(strip: Strip, span: StripSpan) -> Floats:
    """Put a shape in the middle of a window, nothing of its neighbours beside it."""
    made = np.zeros((ROWS, WIDE), dtype=np.float32)
    wide = min(span.wide, WIDE)
    skipped = (span.wide - wide) // 2
    left = (WIDE - wide) // 2
    made[:, left : left + wide] = strip[:, span.left + skipped : span.left + skipped + wide]
    return made


@lru_cache(maxsize=4)
def open_shapes(dictionaries: str | None = None) -> Shapes:
    """Load the network that lies among the dictionaries."""
    return read_shapes(find_shapes(dictionaries))


def read_shapes(path: Path) -> Shapes:
    """Read a network from its file: a line that says what it is, then its weights in half precision."""
    with path.open("rb") as file:
        try:
            head = json.loads(file.readline())
            sizes = [tuple(size) for size in head["sizes"]]
            signs = tuple(head["signs"])
            known = head["format"] == FORMAT
        except (ValueError, KeyError, TypeError) as error:
            raise DictionaryError("It has no valid header.", file=str(path)) from error
        data = file.read()
        values = np.frombuffer(data[: len(data) // 2 * 2], dtype="<f2")
    ends = np.cumsum([int(np.prod(size)) for size in sizes])
    if not known or len(values) != ends[-1]:
        raise DictionaryError("It has another format or is truncated.", file=str(path))
    parts = np.split(values, ends[:-1])
    return Shapes(signs, tuple(p.astype(np.float32).reshape(s) for p, s in zip(parts, sizes, strict=True)))


def write_shapes(path: Path, signs: tuple[str, ...], weights: tuple[Floats, ...], facts: dict[str, str]) -> None:
    """Write a network."""
    head = {"format": FORMAT, **facts, "signs": list(signs), "sizes": [list(w.shape) for w in weights]}
    data = b"".join(w.astype("<f2").tobytes() for w in weights)
    path.write_bytes(json.dumps(head, ensure_ascii=False).encode() + b"\n" + data)
