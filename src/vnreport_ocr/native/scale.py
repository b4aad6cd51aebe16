"""Weighing the forms of a word in C, by what was seen of whole words."""

import ctypes
from collections.abc import Mapping
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.native.arrays import Address, signs
from vnreport_ocr.native.channel import NativeChannel, Pool
from vnreport_ocr.native.library import library

_MOST_WEIGHED = 1024
"""Forms of one word; channel.c has room for as many."""

SPARE = 4
"""So many candidates of a word are no forms at most."""

_NUMBER = ctypes.c_int64
_FORM_FACTS = np.dtype([("left", np.float32), ("weight", np.float32), ("word", np.int32), ("case", np.int32)])


class _WeighedArrays(ctypes.Structure):
    _fields_ = (("forms", Address), ("words", Address), ("cases", Address), ("scores", Address), ("own", _NUMBER))
    own: int


class ScaleArrays(NamedTuple):
    """What the forms of words are weighed by, all by form."""

    left: NDArray[Any]
    """The logarithm of what is left of its chance for readings that were never seen."""
    weights: NDArray[Any]
    """What is added to its score where the best are chosen."""
    words: NDArray[Any]
    cases: NDArray[Any]


class Weighed(NamedTuple):
    """Forms that stay after they were weighed, their words and cases; the arrays are ``SPARE`` longer than these."""

    forms: NDArray[np.int32]
    words: NDArray[np.int32]
    cases: NDArray[np.int32]
    scores: NDArray[np.float32]
    own: int
    """The place of the word itself among the forms, or -1."""


class NativeScale:
    """Weighs the forms of a word by what was seen of whole words; the same as ``repair.candidates.Sightings``."""

    def __init__(self, opened: ctypes.PyDLL, arrays: ScaleArrays) -> None:
        self._facts = np.empty(arrays.left.size, dtype=_FORM_FACTS)
        for name, values in zip(_FORM_FACTS.names or (), arrays, strict=True):
            self._facts[name] = values
        self._facts_at = self._facts.ctypes.data
        self._found = np.zeros((4, _MOST_WEIGHED), np.int32)
        self._out = _WeighedArrays(*(row.ctypes.data for row in self._found))
        self._one_at_a_time = Lock()
        self._weigh: Any = opened.vnocr_weigh
        self._weigh.restype = _NUMBER
        self._weigh.argtypes = [
            Address, _NUMBER, Address, Address, ctypes.c_char_p, _NUMBER, _NUMBER, Address, Address, _NUMBER,
            ctypes.c_float, ctypes.POINTER(_WeighedArrays),
        ]  # fmt: skip

    def weigh(
        self,
        read: str,
        own: int,
        pool: Pool,
        seen: Mapping[int, float],
        most: int,
        margin: float,
        anew: NativeChannel | None,
    ) -> Weighed:
        """Return the forms with their scores mixed with the sightings; of more than ``most`` the best, within a margin.

        ``own`` is the form of the word itself, if it is one. Where there is a channel, it scores the forms anew.
        """
        count = len(seen)
        with self._one_at_a_time:
            self._out.own = own
            kept = self._weigh(
                self._facts_at, pool.forms.size, pool.address,
                *((anew.handle, signs(read), len(read)) if anew else (None, None, 0)),
                count, (ctypes.c_int32 * count)(*seen) if seen else None,
                (ctypes.c_float * count)(*seen.values()) if seen else None, most, margin, self._out,
            )  # fmt: skip
            if kept < 0:
                raise ValueError(f"{pool.forms.size} forms of one word are more than can be weighed")
            found = self._found[:, : kept + SPARE].copy()
            return Weighed(found[0, :kept], found[1], found[2], found[3].view(np.float32), self._out.own)


def native_scale(arrays: ScaleArrays) -> NativeScale | None:
    """Return the scale in C, where the compiled part is there."""
    opened = library()
    return None if opened is None else NativeScale(opened, arrays)
