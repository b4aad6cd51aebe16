"""How sharp the rows of a page are at an angle, in C."""

import ctypes
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.native.arrays import Address, packed
from vnreport_ocr.native.library import library

Sharpness = Callable[[NDArray[np.float32], NDArray[np.float32], float], float]
"""Takes where points lie along the rows and across them, and the tangent by which the rows fall."""


@lru_cache(maxsize=1)
def native_sharpness() -> Sharpness | None:
    """Return the same reckoning as ``sources.picture.measuring.sharpness_by_arrays`` in C, where it was compiled."""
    opened = library()
    if opened is None:
        return None
    sharpness = opened.vnocr_sharpness
    sharpness.restype = ctypes.c_double
    sharpness.argtypes = [Address, Address, ctypes.c_int64, ctypes.c_float]

    def told(along: NDArray[np.float32], across: NDArray[np.float32], tangent: float) -> float:
        along, across = packed(along, np.float32), packed(across, np.float32)
        found = float(sharpness(along.ctypes.data, across.ctypes.data, along.size, tangent))
        if found < 0:
            raise MemoryError("no memory for the rows of a page")
        return found

    return told
