"""The chance of spellings over the slices of a word, in C."""

import ctypes
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.native.arrays import Address, packed
from vnreport_ocr.native.library import library

_NUMBER = ctypes.c_int64

Spread = Callable[[NDArray[np.float32], Sequence[Sequence[int]], float], NDArray[np.float64]]
"""Tells the log-chance of each spelling over all slices, no score counted below the floor."""


@lru_cache(maxsize=1)
def native_spread() -> Spread | None:
    """Return the same reckoning as ``sources.engine.ctc.log_chances`` in C, where the compiled part is there."""
    opened = library()
    if opened is None:
        return None
    spread: Any = opened.vnocr_spread
    spread.restype = _NUMBER
    spread.argtypes = [Address, _NUMBER, _NUMBER, ctypes.c_double, _NUMBER, Address, Address, Address]

    def told(scores: NDArray[np.float32], spellings: Sequence[Sequence[int]], floor: float) -> NDArray[np.float64]:
        scores = packed(scores, np.float32)
        count, (slices, columns) = len(spellings), scores.shape
        ends = (_NUMBER * count)(*accumulate(map(len, spellings)))
        letters = (_NUMBER * max(1, ends[-1]))(*chain.from_iterable(spellings))
        found = np.empty(count)
        if spread(scores.ctypes.data, slices, columns, floor, count, ends, letters, found.ctypes.data):
            raise MemoryError("no memory for the chances of a word")
        return found

    return told
