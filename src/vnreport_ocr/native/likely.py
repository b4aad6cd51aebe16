"""The letters of a line, what else its words may be and the chance of each spelling, in C."""

import ctypes
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.native.arrays import Address, packed
from vnreport_ocr.native.library import library

_NUMBER = ctypes.c_int64
_REAL = ctypes.c_double

Found = tuple[list[tuple[int, int, int]], list[float]]
"""The column, the first slice and the one behind the last of each letter, and its highest log-chance."""

Told = list[tuple[list[list[int]], list[float]]]
"""By word: its spellings, as it was read before all others, and the log-chance of each."""


class Bounds(NamedTuple):
    """What is thought of: no log-chance below a floor, or further below the best letter, so many letters and words."""

    floor: float
    least: float
    most_letters: int
    most_words: int


class NativeLikely(NamedTuple):
    """The same as the array code of ``sources.engine.likely`` reckons."""

    letters: Callable[[NDArray[np.float32]], Found]
    words: Callable[[NDArray[np.float32], Sequence[tuple[Sequence[tuple[int, int, int]], int, int]], Bounds], Told]
    """Takes of each word its letters, and the slices from and to which it may reach."""
    chances: Callable[[NDArray[np.float32], Sequence[Sequence[int]], float], NDArray[np.float64]]


@lru_cache(maxsize=1)
def native_likely() -> NativeLikely | None:
    """Return the reckoning in C, where the compiled part is there."""
    opened = library()
    if opened is None:
        return None
    for name, types in _CALLS.items():
        call = getattr(opened, name)
        call.restype, call.argtypes = _NUMBER, types
    return NativeLikely(*(_with(opened, call) for call in (_letters, _words, _chances)))


_CALLS: dict[str, list[Any]] = {
    "vnocr_letters": [Address, _NUMBER, _NUMBER, Address, Address],
    "vnocr_likely": [Address, _NUMBER, _REAL, _REAL, *[_NUMBER] * 3, *[Address] * 6],
    "vnocr_spread": [Address, _NUMBER, _NUMBER, _REAL, _NUMBER, Address, Address, Address],
}


def _with(opened: ctypes.PyDLL, call: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *values: call(opened, *values)


def _letters(opened: Any, scores: NDArray[np.float32]) -> Found:  # noqa: ANN401 - a library has what was compiled
    scores = packed(scores, np.float32)
    slices, columns = scores.shape
    letters, peaks = np.empty((slices, 3), dtype=np.int64), np.empty(slices, dtype=np.float32)
    count = opened.vnocr_letters(scores.ctypes.data, slices, columns, letters.ctypes.data, peaks.ctypes.data)
    return letters[:count].tolist(), peaks[:count].tolist()


def _words(
    opened: Any,  # noqa: ANN401 - a library has what was compiled
    scores: NDArray[np.float32],
    words: Sequence[tuple[Sequence[tuple[int, int, int]], int, int]],
    bounds: Bounds,
) -> Told:
    scores = packed(scores, np.float32)
    lasts = list(accumulate(len(letters) for letters, _, _ in words))
    spots = packed([(last, begin, end) for last, (_, begin, end) in zip(lasts, words, strict=True)], np.int64)
    letters = packed([letter for letters, _, _ in words for letter in letters], np.int64)
    room = 1 + bounds.most_words
    counts, ends = np.empty(len(words), dtype=np.int64), np.empty(len(words) * room, dtype=np.int64)
    spellings, chances = np.empty(lasts[-1] * room + room, dtype=np.int64), np.empty(len(words) * room)
    outcome = opened.vnocr_likely(
        scores.ctypes.data, scores.shape[1], *bounds, len(words), spots.ctypes.data, letters.ctypes.data,
        counts.ctypes.data, ends.ctypes.data, spellings.ctypes.data, chances.ctypes.data,
    )  # fmt: skip
    if outcome:
        raise MemoryError("no memory for what words may be")
    return list(_told(counts.tolist(), ends, spellings, chances))


def _told(
    counts: list[int], all_ends: NDArray[np.int64], letters: NDArray[np.int64], chances: NDArray[np.float64]
) -> Any:  # noqa: ANN401
    begin = first = 0
    for count in counts:
        ends = all_ends[begin : begin + count].tolist()
        told = letters[first : first + ends[-1]].tolist()
        starts = [0, *ends[:-1]]
        yield [told[a:b] for a, b in zip(starts, ends, strict=True)], chances[begin : begin + count].tolist()
        begin, first = begin + count, first + ends[-1]


def _chances(
    opened: Any,  # noqa: ANN401 - a library has what was compiled
    scores: NDArray[np.float32],
    spellings: Sequence[Sequence[int]],
    floor: float,
) -> NDArray[np.float64]:
    scores = packed(scores, np.float32)
    count, (slices, columns) = len(spellings), scores.shape
    ends = (_NUMBER * count)(*accumulate(map(len, spellings)))
    letters = (_NUMBER * max(1, ends[-1]))(*chain.from_iterable(spellings))
    found = np.empty(count)
    if opened.vnocr_spread(scores.ctypes.data, slices, columns, floor, count, ends, letters, found.ctypes.data):
        raise MemoryError("no memory for the chances of a word")
    return found
