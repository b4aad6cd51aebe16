"""The n-gram table and the beam search in C."""

import ctypes
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.native.arrays import Address, packed
from vnreport_ocr.native.library import library

_CONTEXT_WORDS = 3


class _Table(ctypes.Structure):
    _fields_ = (
        ("probability", Address),
        ("backoff", Address),
        ("buckets", Address),
        ("bucket_count", ctypes.c_uint64),
    )


class _EdgeTable(ctypes.Structure):
    _fields_ = tuple((name, Address) for name in ("start", "end", "first", "second", "score"))


class BeamBounds(ctypes.Structure):
    """How many hypotheses are kept at a place, how far behind the best, and which edges are tried after them."""

    _fields_ = (("most", ctypes.c_int64), ("reach", ctypes.c_float), ("hopeless", ctypes.c_float))


class NativeNgrams:
    """The same look-ups as ``language.ngrams.NgramModel``, one sequence after another."""

    def __init__(
        self,
        opened: ctypes.PyDLL,
        probability: NDArray[np.float32],
        backoff: NDArray[np.float32],
        buckets: NDArray[np.uint32],
    ) -> None:
        self._kept = (packed(probability, np.float32), packed(backoff, np.float32), packed(buckets, np.uint32))
        self._table = _Table(*(array.ctypes.data for array in self._kept), len(buckets))
        number = ctypes.c_int64
        table = ctypes.POINTER(_Table)
        self._backoffs: Any = opened.vnocr_backoffs
        self._backoffs.argtypes = [table, number, Address, Address]
        self._scores: Any = opened.vnocr_scores
        self._scores.argtypes = [table, number, Address, Address, Address, Address]
        self._rivalled: Any = opened.vnocr_rivalled
        self._rivalled.argtypes = [
            table, number, Address, Address, number, Address, Address, ctypes.c_float, ctypes.c_float, Address,
        ]  # fmt: skip
        self._decode: Any = opened.vnocr_decode
        self._decode.restype = number
        self._decode.argtypes = [
            table, ctypes.POINTER(_EdgeTable), number, Address, Address, Address,
            ctypes.c_float, ctypes.POINTER(BeamBounds), ctypes.c_uint64, Address, Address,
        ]  # fmt: skip

    def backoffs(self, contexts: NDArray[np.uint64]) -> NDArray[np.float32]:
        """For contexts of three words: what it costs to forget one word, two, and all three."""
        contexts = packed(contexts, np.uint64)
        found = np.empty((contexts.size, _CONTEXT_WORDS), dtype=np.float32)
        self._backoffs(self._table, contexts.size, contexts.ctypes.data, found.ctypes.data)
        return found

    def scores(
        self, contexts: NDArray[np.uint64], words: NDArray[np.int64], backoffs: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Natural log-probabilities of words after contexts, with the contexts' ``backoffs``."""
        contexts, words, backoffs = packed(contexts, np.uint64), packed(words, np.int64), packed(backoffs, np.float32)
        found = np.empty(words.size, dtype=np.float32)
        self._scores(
            self._table, words.size, contexts.ctypes.data, words.ctypes.data, backoffs.ctypes.data, found.ctypes.data
        )
        return found

    def rivalled(
        self,
        words: NDArray[np.int64],
        scores: NDArray[np.float32],
        rivals: NDArray[np.int32],
        chances: NDArray[np.float32],
        weight: float,
        least: float,
    ) -> NDArray[np.bool_]:
        """Return of each word after the first three whether one of its rivals outdoes it by more than ``least``."""
        words, scores = (
            packed(np.append(words, np.zeros(_CONTEXT_WORDS, np.int64)), np.int64),
            packed(scores, np.float32),
        )
        found = np.empty(scores.size, dtype=np.bool_)
        self._rivalled(
            self._table, scores.size, words.ctypes.data, scores.ctypes.data, rivals.shape[1], rivals.ctypes.data,
            chances.ctypes.data, weight, least, found.ctypes.data,
        )  # fmt: skip
        return found

    def decode(
        self,
        edges: Sequence[NDArray[Any]],
        bounds: NDArray[np.int64],
        lengths: NDArray[np.int64],
        weight: float,
        beam: BeamBounds,
        opening: int,
    ) -> list[list[int]]:
        """For each sentence the numbers of the edges of its best path.

        ``edges`` are the starts, ends, first words, second words and scores of the edges of many sentences, one
        sentence behind the other; ``bounds`` says where each begins.
        """
        arrays = [packed(array, np.int64) for array in edges[:4]] + [packed(edges[4], np.float32)]
        lengths, bounds = packed(lengths, np.int64), packed(bounds, np.int64)
        sentence = np.repeat(np.arange(lengths.size), np.diff(bounds))
        by_end = packed(np.lexsort((arrays[1], sentence)), np.int64)
        path = np.empty(int(lengths.sum()), dtype=np.int64)
        sizes = np.empty(lengths.size, dtype=np.int64)
        outcome = self._decode(
            self._table, _EdgeTable(*(array.ctypes.data for array in arrays)), lengths.size, lengths.ctypes.data,
            bounds.ctypes.data, by_end.ctypes.data, weight, beam, opening, path.ctypes.data, sizes.ctypes.data,
        )  # fmt: skip
        if outcome == -1:
            raise MemoryError("no memory for the beams of a sentence")
        if outcome:
            raise ValueError(f"no path leads through sentence {-2 - outcome}")
        ends = np.cumsum(sizes)
        flat = path[: ends[-1] if ends.size else 0].tolist()
        return [flat[end - size : end] for end, size in zip(ends.tolist(), sizes.tolist(), strict=True)]


def native_ngrams(
    probability: NDArray[np.float32], backoff: NDArray[np.float32], buckets: NDArray[np.uint32]
) -> NativeNgrams | None:
    """Return the table in C, where the compiled part is there."""
    opened = library()
    return None if opened is None else NativeNgrams(opened, probability, backoff, buckets)
