"""The channel in C: what a word as it was read may have been."""

import ctypes
import weakref
from collections.abc import Sequence
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.native.arrays import Address, key_of, packed, signs
from vnreport_ocr.native.library import library

_GROUPS = 3
_MOST_ONSETS, _MOST_RHYMES = 16, 320
_NUMBER = ctypes.c_int64


class _LetterTable(ctypes.Structure):
    _fields_ = (
        ("units", _NUMBER),
        ("sizes", Address),
        ("ends", Address),
        ("nodes", _NUMBER),
        ("before", Address),
        ("letter", Address),
        ("letter_width", _NUMBER),
        ("letter_count", _NUMBER),
        ("letter_keys", Address),
        ("letter_rows", Address),
        ("strange_rows", Address),
        ("anything", Address),
        ("gain", ctypes.c_float),
        ("gain_most", ctypes.c_float),
    )


class _CountTable(ctypes.Structure):
    _fields_ = (
        ("count", _NUMBER),
        ("keys", Address),
        ("begins", Address),
        ("places", Address),
        ("shares", Address),
        ("left", Address),
    )


class _Inventory(ctypes.Structure):
    _fields_ = (
        ("rhymes", _NUMBER),
        ("rhyme_nucleus", Address),
        ("rhyme_coda", Address),
        ("form_of", Address),
        ("forms", _NUMBER),
        ("form_onset", Address),
        ("form_rhyme", Address),
    )


class Search(ctypes.Structure):
    """How far forms are looked for; the compiled part takes it as it is."""

    _fields_ = (
        ("most_onsets", _NUMBER),
        ("most_rhymes", _NUMBER),
        ("most", _NUMBER),
        ("width", ctypes.c_float),
        ("unlikely", ctypes.c_float),
        ("sure_score", ctypes.c_float),
        ("_weights_at", Address),
    )
    most_onsets: int
    """So many of each division of a reading, the best."""
    most_rhymes: int
    most: int
    """So many forms in all, the best by score and weight."""
    width: float
    """They are within so much of the best."""
    unlikely: float
    """A piece that no unit is read as with more chance makes its whole division hopeless."""
    sure_score: float
    """The least score of forms that are there in any case."""

    def __init__(
        self, width: float, most: int, weights: NDArray[np.float32], sure_score: float, unlikely: float = -8.0
    ) -> None:
        self.weights = packed(weights, np.float32)
        """By form: what is added to its score where the best are chosen."""
        super().__init__(_MOST_ONSETS, _MOST_RHYMES, most, width, unlikely, sure_score, self.weights.ctypes.data)


class LetterArrays(NamedTuple):
    """What the letters of a group's units are read as."""

    sizes: NDArray[Any]
    """Letters of each unit."""
    spelled: Sequence[Sequence[int]]
    """The letters of each unit by number."""
    readings: Sequence[str]
    """Readings of letters that were seen."""
    rows: NDArray[Any]
    """By reading: its score for each letter."""
    strange: NDArray[Any]
    """By length: the same for a reading that was never seen."""
    anything: NDArray[Any]
    """By difference in length: the least log-chance of a reading for a whole unit."""
    gain: tuple[float, float]
    """What is added to small log-chances, and up to which."""


class InventoryArrays(NamedTuple):
    """Which rhymes and forms there are; the same names as in ``language.confusions.Inventory``."""

    rhyme_nucleus: NDArray[Any]
    rhyme_coda: NDArray[Any]
    form_of: NDArray[Any]
    onset: NDArray[Any]
    rhyme: NDArray[Any]


class Pool(NamedTuple):
    """Forms in order of their numbers, and what a channel says of them."""

    forms: NDArray[np.int32]
    scores: NDArray[np.float32]
    address: int
    """Where the forms are, with the scores behind them."""

    @classmethod
    def of(cls, found: NDArray[np.int32]) -> "Pool":
        """Forms, and scores seen as whole numbers; they are copied."""
        both = found.copy()
        return cls(both[0], both[1].view(np.float32), both.ctypes.data)

    @classmethod
    def pair(cls, forms: NDArray[np.int32], scores: NDArray[np.float32]) -> "Pool":
        """Forms and their scores."""
        return cls.of(np.stack([forms, scores.view(np.int32)]))


class _Beginnings(NamedTuple):
    """All beginnings of units, the empty one first and each after what it goes on from."""

    before: list[int]
    letter: list[int]
    ends: list[int]
    """The whole units among them."""


def _beginnings(spelled: Sequence[Sequence[int]]) -> _Beginnings:
    found = _Beginnings([0], [0], [])
    numbers: dict[tuple[int, int], int] = {}
    for unit in spelled:
        at = 0
        for letter in unit:
            number = numbers.setdefault((at, letter), len(found.before))
            if number == len(found.before):
                found.before.append(at)
                found.letter.append(letter)
            at = number
        found.ends.append(at)
    return found


class NativeLetters:
    """The letters of one group, shared by a channel and by those that were adapted from it."""

    def __init__(self, opened: ctypes.PyDLL, arrays: LetterArrays) -> None:
        keys = packed([key_of(read) for read in arrays.readings], np.uint64)
        order = np.argsort(keys, kind="stable")
        beginnings = _beginnings(arrays.spelled)
        self._kept = {
            "sizes": packed(arrays.sizes, np.float32),
            "ends": packed(beginnings.ends, np.int32),
            "before": packed(beginnings.before, np.int32),
            "letter": packed(beginnings.letter, np.int32),
            "letter_keys": packed(keys[order], np.uint64),
            "letter_rows": packed(arrays.rows[order], np.float32),
            "strange_rows": packed(arrays.strange, np.float32),
            "anything": packed(arrays.anything, np.float32),
        }
        table = _LetterTable(
            units=len(arrays.spelled),
            nodes=len(beginnings.before),
            letter_width=arrays.rows.shape[1],
            letter_count=keys.size,
            gain=arrays.gain[0],
            gain_most=arrays.gain[1],
            **{name: array.ctypes.data for name, array in self._kept.items()},
        )
        make: Any = opened.vnocr_letters_new
        make.argtypes, make.restype = [ctypes.POINTER(_LetterTable)], Address
        end: Any = opened.vnocr_letters_free
        end.argtypes, end.restype = [Address], None
        self.handle = make(table)
        if not self.handle:
            raise MemoryError("no memory for the letters of a channel")
        weakref.finalize(self, end, self.handle)


class CountArrays(NamedTuple):
    """Readings of whole units that were seen."""

    keys: NDArray[Any]
    """The readings as numbers, in order."""
    begins: NDArray[Any]
    """Where in the next two the rows of each reading begin, and where the last one's end."""
    places: NDArray[Any]
    """The units that were read so."""
    shares: NDArray[Any]
    """The part of the chance of each that comes from the counts."""
    left: NDArray[Any]
    """By unit: the logarithm of what is left for readings that were never seen."""


class NativeChannel:
    """The same reckoning as ``language.confusions.Confusions``, one word after another."""

    def __init__(
        self,
        opened: ctypes.PyDLL,
        letters: Sequence[NativeLetters],
        counts: Sequence[CountArrays],
        inventory: InventoryArrays,
    ) -> None:
        self._letters = tuple(letters)
        self._kept: list[NDArray[Any]] = []
        stock = self._inventory(inventory)
        handles = (Address * _GROUPS)(*(group.handle for group in letters))
        tables = (_CountTable * _GROUPS)(*(self._counts(found) for found in counts))
        make: Any = opened.vnocr_channel_new
        make.argtypes, make.restype = [Address, Address, ctypes.POINTER(_Inventory)], Address
        end: Any = opened.vnocr_channel_free
        end.argtypes, end.restype = [Address], None
        self.handle = make(handles, tables, stock)
        if not self.handle:
            raise MemoryError("no memory for a channel")
        weakref.finalize(self, end, self.handle)
        self._found = np.empty((2, inventory.onset.size), dtype=np.int32)
        self._found_at = tuple(row.ctypes.data for row in self._found)
        self._one_at_a_time = Lock()
        """Threads share a channel, and with it the place that forms are written to."""
        self._forms: Any = opened.vnocr_forms
        self._forms.restype = _NUMBER
        self._forms.argtypes = [
            Address, ctypes.c_char_p, _NUMBER, ctypes.POINTER(Search), _NUMBER, Address, Address, Address,
        ]  # fmt: skip
        self._rescore: Any = opened.vnocr_rescore
        self._rescore.argtypes = [Address, ctypes.c_char_p, _NUMBER, Address, _NUMBER, Address]
        self._divide: Any = opened.vnocr_divide
        self._divide.argtypes = [Address, ctypes.c_char_p, _NUMBER, Address, Address]

    def _keep(self, values: Any, dtype: Any) -> int:  # noqa: ANN401 - whatever numpy makes an array of
        """Return the address of the values, which live as long as this channel."""
        array = packed(values, dtype)
        self._kept.append(array)
        return array.ctypes.data

    def _inventory(self, found: InventoryArrays) -> _Inventory:
        return _Inventory(
            rhymes=found.rhyme_nucleus.size,
            rhyme_nucleus=self._keep(found.rhyme_nucleus, np.int32),
            rhyme_coda=self._keep(found.rhyme_coda, np.int32),
            form_of=self._keep(found.form_of, np.int32),
            forms=found.onset.size,
            form_onset=self._keep(found.onset, np.int32),
            form_rhyme=self._keep(found.rhyme, np.int32),
        )

    def _counts(self, found: CountArrays) -> _CountTable:
        return _CountTable(
            count=found.keys.size,
            keys=self._keep(found.keys, np.uint64),
            begins=self._keep(found.begins, np.int64),
            places=self._keep(found.places, np.int32),
            shares=self._keep(found.shares, np.float32),
            left=self._keep(found.left, np.float32),
        )

    def forms(self, read: str, search: Search, sure: Sequence[int]) -> Pool:
        """Return the forms that a reading may stand for, with those of ``sure`` among them."""
        with self._one_at_a_time:
            size = len(sure)
            count = self._forms(
                self.handle, signs(read), len(read), search, size, (ctypes.c_int32 * size)(*sure) if size else None,
                *self._found_at,
            )  # fmt: skip
            return Pool.of(self._found[:, :count])

    def rescore(self, read: str, forms: NDArray[np.int32]) -> NDArray[np.float32]:
        """Compute the log-chance of a reading for chosen forms only."""
        found = np.empty(forms.size, dtype=np.float32)
        forms = packed(forms, np.int32)
        self._rescore(self.handle, signs(read), len(read), forms.ctypes.data, forms.size, found.ctypes.data)
        return found

    def divide(self, read: str, units: Sequence[int]) -> tuple[int, int]:
        """Find the two cuts of the likeliest division of a reading over the three units of a syllable."""
        cuts = (_NUMBER * 2)()
        self._divide(self.handle, signs(read), len(read), (_NUMBER * _GROUPS)(*units), cuts)
        return cuts[0], cuts[1]


def native_letters(arrays: LetterArrays) -> NativeLetters | None:
    """Return the letters of a group in C, where the compiled part is there."""
    opened = library()
    return None if opened is None else NativeLetters(opened, arrays)


def native_channel(
    letters: Sequence[NativeLetters | None], counts: Sequence[CountArrays], inventory: InventoryArrays
) -> NativeChannel | None:
    """Return a channel in C, where its letters are."""
    opened = library()
    there = [group for group in letters if group is not None]
    return NativeChannel(opened, there, counts, inventory) if opened and len(there) == len(letters) else None
