"""Forms that differ from a reading in one letter, found in C."""

import ctypes
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.native.arrays import Address, packed, signs
from vnreport_ocr.native.library import library
from vnreport_ocr.native.scale import SPARE, Weighed

_NUMBER = ctypes.c_int64
_SPARE_KEY = np.uint64(0xCBF29CE484222325)
_PRIME = np.uint64(0x100000001B3)


DRESSED = 0x2000
"""Up to this code point the marks of letters are compared; as in ``slips.c``."""


class SlipArrays(NamedTuple):
    """What slips are found by: words by what is left of them without a letter, and what letters were read as."""

    keys: NDArray[np.uint64]
    begins: NDArray[np.int64]
    words: NDArray[np.int32]
    letters: NDArray[np.uint32]
    bare: NDArray[np.uint32]
    pair_keys: NDArray[np.uint64]
    pair_chances: NDArray[np.float32]
    dress: NDArray[np.uint8]
    """By code point: a number for the marks that a letter has."""
    unseen: tuple[float, float, float]
    """The log-chances of a letter to be read as it never was: with other marks, as another letter, both at once."""
    forms: NDArray[np.int32]
    """By case and word."""
    form_word: NDArray[np.int32]
    form_case: NDArray[np.int8]


class _SlipTable(ctypes.Structure):
    _fields_ = (
        ("keys_count", _NUMBER), ("keys", Address), ("begins", Address), ("words", Address), ("letters", Address),
        ("bare", Address), ("pairs", _NUMBER), ("pair_keys", Address), ("pair_chances", Address),
        ("dress", Address), ("other_marks", ctypes.c_float), ("other_letter", ctypes.c_float),
        ("other_both", ctypes.c_float), ("word_count", _NUMBER), ("forms", Address), ("form_word", Address),
        ("form_case", Address), ("weights", Address),
    )  # fmt: skip


def keys_without(codes: NDArray[np.uint32], place: int) -> NDArray[np.uint64]:
    """Return the keys of words of one length, a row of code points each, without the letter in a place."""
    hashed = np.full(len(codes), _SPARE_KEY, dtype=np.uint64)
    for n in range(codes.shape[1]):
        hashed = (hashed ^ (codes[:, n].astype(np.uint64) if n != place else np.uint64(0))) * _PRIME
    return hashed


class NativeSlips:
    """The same reckoning as ``repair.slips.Slips.merged``."""

    def __init__(self, opened: ctypes.PyDLL, arrays: SlipArrays, weights: NDArray[np.float32]) -> None:
        kept = [
            packed(arrays.keys, np.uint64), packed(arrays.begins, np.int64), packed(arrays.words, np.int32),
            packed(arrays.letters, np.uint32), packed(arrays.bare, np.uint32), packed(arrays.pair_keys, np.uint64),
            packed(arrays.pair_chances, np.float32), packed(arrays.dress, np.uint8), packed(arrays.forms, np.int32),
            packed(arrays.form_word, np.int32), packed(arrays.form_case, np.int8), packed(weights, np.float32),
        ]  # fmt: skip
        self._kept = kept
        at = [array.ctypes.data for array in kept]
        self._table = _SlipTable(
            arrays.keys.size, *at[:5], arrays.pair_keys.size, *at[5:8], *arrays.unseen, arrays.forms.shape[1], *at[8:]
        )
        self._rivals: Any = opened.vnocr_rivals
        self._rivals.argtypes = [
            ctypes.POINTER(_SlipTable), _NUMBER, Address, Address, ctypes.c_char_p, ctypes.c_char_p, _NUMBER, Address,
            ctypes.c_float, Address, Address,
        ]  # fmt: skip
        self._slips: Any = opened.vnocr_slips
        self._slips.restype = _NUMBER
        self._slips.argtypes = [
            ctypes.POINTER(_SlipTable), ctypes.c_char_p, ctypes.c_char_p, ctypes.c_char_p, _NUMBER, _NUMBER, _NUMBER,
            _NUMBER, ctypes.c_int32, _NUMBER, Address, Address, Address, Address,
        ]  # fmt: skip

    def rivals(
        self,
        numbers: Sequence[int],
        texts: tuple[str, str, Sequence[int]],
        frequency: NDArray[np.float32],
        too_rare: float,
        found: tuple[NDArray[np.int32], NDArray[np.float32]],
    ) -> None:
        """Write the words that one slip makes of each of some words, and their log-chances, into the rows of those.

        ``texts`` are the small words one behind the other, the same without marks, and where each begins.
        """
        small, bare, begins = texts
        words, at = packed(numbers, np.int64), packed(begins, np.int64)
        self._rivals(
            self._table, words.size, words.ctypes.data, at.ctypes.data, signs(small), signs(bare), found[0].shape[1],
            frequency.ctypes.data, too_rare, found[0].ctypes.data, found[1].ctypes.data,
        )  # fmt: skip

    def merged(
        self, read: str, small: str, bare: str, case: int, weighed: Weighed, own_form: int, most: int
    ) -> Weighed:
        """Return what was weighed with the forms of one slip; ``small`` and ``bare`` are as long as the reading."""
        size = weighed.forms.size
        found = np.empty((4, size + most + SPARE), dtype=np.int32)
        found[0, :size] = weighed.forms
        found[1, :size], found[2, :size] = weighed.words[:size], weighed.cases[:size]
        scores = found[3].view(np.float32)
        scores[:size] = weighed.scores[:size]
        at, row = found.ctypes.data, found.strides[0]
        count = self._slips(
            self._table, signs(read), signs(small), signs(bare), len(read), case, size, weighed.own, own_form, most,
            at, at + row, at + 2 * row, at + 3 * row,
        )  # fmt: skip
        end = count + SPARE
        return Weighed(found[0, :count], found[1, :end], found[2, :end], scores[:end], weighed.own)


def native_slips(arrays: SlipArrays, weights: NDArray[np.float32]) -> NativeSlips | None:
    """Return what finds slips in C, where the compiled part is there."""
    opened = library()
    return None if opened is None else NativeSlips(opened, arrays, weights)
