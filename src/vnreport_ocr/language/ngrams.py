"""Log-probabilities of word sequences, looked up for many sequences at once.

The model is one memory-mapped file: the probability of each word by its number, and one table
of buckets for the sequences of two to four words. A place in the table holds a fingerprint of
the sequence, its probability and its backoff; a sequence lies in the bucket that
its hash names or nowhere, so a look-up touches one line of the cache.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.native.ngrams import native_ngrams

ORDER = 4
WORD_BITS = 14
SENTENCE, UNKNOWN, PAUSE, NUMBER = range(4)
"""The words that are no words: a sentence's end, an unknown word, a comma, a number."""

MAGIC = b"vnocr n-grams 2\n"
SLOTS = 8
PROBABILITY_BITS, BACKOFF_BITS = 7, 6
"""A finer scale gains nothing; each bit less halves the sequences that are taken for others by their fingerprint."""

FINGERPRINT_BITS = 32 - PROBABILITY_BITS - BACKOFF_BITS
PROBABILITY_STEP = 1 / 8
BACKOFF_STEP = 1 / 7
BACKOFF_TOP = 2.0
_CONTEXT_MASK = np.uint64((1 << (WORD_BITS * (ORDER - 1))) - 1)
_BITS = np.uint64(WORD_BITS)
_PROBABILITY_MASK = np.uint32((1 << PROBABILITY_BITS) - 1)
_BACKOFF_MASK = np.uint32((1 << BACKOFF_BITS) - 1)

Keys = NDArray[np.uint64]
Scores = NDArray[np.float32]


class Tables(NamedTuple):
    """Everything that a model file holds."""

    words: list[str]
    probability: Scores
    backoff: Scores
    buckets: NDArray[np.uint32]
    sequences: int


class Explained(NamedTuple):
    """Why a word scored as it did: its log-probability, and how many words of the sequence matched."""

    word: str
    log_probability: float
    matched: int
    known: bool


def mix(keys: Keys, order: int) -> Keys:
    """Hash sequences of one order, well spread (the finish of splitmix64)."""
    h = keys + np.uint64((order * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF)
    h = (h ^ (h >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    h = (h ^ (h >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return h ^ (h >> np.uint64(31))


def place(h: Keys, buckets: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return the bucket that a hash names, and the fingerprint that stands for it there; never 0."""
    bucket = ((h & np.uint64(0xFFFFFFFF)) * np.uint64(buckets)) >> np.uint64(32)
    fingerprint = np.maximum(h >> np.uint64(64 - FINGERPRINT_BITS), np.uint64(1)).astype(np.uint32)
    return bucket.astype(np.int64), fingerprint


class NgramModel:
    """The n-gram model of a file; every method takes and gives whole arrays."""

    def __init__(self, tables: Tables) -> None:
        self.words = tables.words
        self.sequences = tables.sequences
        self.numbers = {word: number for number, word in enumerate(tables.words)}
        self._probability = tables.probability
        self._backoff = tables.backoff
        self._buckets = tables.buckets
        self.native = native_ngrams(tables.probability, tables.backoff, tables.buckets)

    def _find(self, keys: Keys, order: int) -> NDArray[np.uint32]:
        """Look up the entries of sequences; 0 where there is none."""
        bucket, fingerprint = place(mix(keys, order), len(self._buckets))
        slots = np.take(self._buckets, bucket, axis=0)
        hit = (slots >> np.uint32(32 - FINGERPRINT_BITS)) == fingerprint[:, None]
        found: NDArray[np.uint32] = np.einsum("ij,ij->i", hit, slots, dtype=np.uint32)
        return found

    def backoffs(self, contexts: Keys) -> Scores:
        """For contexts of three words: what it costs to forget one word, two, and all three."""
        if self.native is not None:
            return self.native.backoffs(contexts)
        found = np.zeros((contexts.size, ORDER - 1), dtype=np.float32)
        for order in range(ORDER - 1, 1, -1):
            entries = self._find(contexts & np.uint64((1 << (WORD_BITS * order)) - 1), order)
            cost = (entries & _BACKOFF_MASK).astype(np.float32) * np.float32(-BACKOFF_STEP) + np.float32(BACKOFF_TOP)
            found[:, ORDER - 1 - order] = np.where(entries > 0, cost, np.float32(0))
        found[:, ORDER - 2] = self._backoff[(contexts & np.uint64((1 << WORD_BITS) - 1)).astype(np.int64)]
        return np.cumsum(found, axis=1, dtype=np.float32)

    def alone(self, words: NDArray[np.int64]) -> Scores:
        """Natural log-probabilities of words without any context."""
        return self._probability[words]

    def score(self, contexts: Keys, words: NDArray[np.int64], backoffs: Scores) -> Scores:
        """Natural log-probabilities of words after contexts, with the contexts' ``backoffs``."""
        if self.native is not None:
            return self.native.scores(contexts, words, backoffs)
        result = self._probability[words] + backoffs[:, ORDER - 2]
        open_places = np.arange(words.size)
        keys = (contexts << _BITS) | words.astype(np.uint64)
        for order in range(ORDER, 1, -1):
            wanted = keys[open_places] & np.uint64((1 << (WORD_BITS * order)) - 1)
            entries = self._find(wanted, order)
            hit = entries > 0
            steps = (entries[hit] >> np.uint32(BACKOFF_BITS)) & _PROBABILITY_MASK
            value = steps.astype(np.float32) * np.float32(-PROBABILITY_STEP)
            places = open_places[hit]
            result[places] = value if order == ORDER else value + backoffs[places, ORDER - 1 - order]
            open_places = open_places[~hit]
            if not open_places.size:
                break
        return result

    def after(self, contexts: Keys, words: NDArray[np.int64]) -> Scores:
        """Natural log-probabilities of words after contexts whose backoffs are needed only here."""
        return self.score(contexts, words, self.backoffs(contexts))

    def extend(self, contexts: Keys, words: NDArray[np.int64]) -> Keys:
        """Look up the contexts after these words."""
        return ((contexts << _BITS) | words.astype(np.uint64)) & _CONTEXT_MASK

    def number(self, word: str) -> int:
        """Look up the number of a word in its counted form."""
        return self.numbers.get(word, UNKNOWN)

    def explain(self, words: Sequence[str]) -> list[Explained]:
        """Score each word of a sequence, with the length of what matched."""
        context = np.array([SENTENCE], dtype=np.uint64)
        explained = []
        for word in words:
            number = np.array([self.number(word)])
            score = self.after(context, number)[0]
            key = (context << _BITS) | number.astype(np.uint64)
            matched = next(
                (n for n in range(ORDER, 1, -1) if self._find(key & np.uint64((1 << (WORD_BITS * n)) - 1), n)[0]), 1
            )
            explained.append(Explained(word, float(score), matched, number[0] != UNKNOWN))
            context = self.extend(context, number)
        return explained


def open_model(path: Path) -> NgramModel:
    """Open a model file without reading it all."""
    try:
        with path.open("rb") as file:
            if file.readline() != MAGIC:
                raise DictionaryError("It is not an n-gram model of this version.", file=str(path))
            header = json.loads(file.readline())
            words = file.read(header["vocabulary_bytes"]).decode("utf-8").split("\n")
            start = file.tell() + (-file.tell() % 64)
        count = header["words"]
        ones = np.fromfile(path, dtype=np.float32, count=2 * count, offset=start)
        table_start = start + 8 * count + (-(8 * count) % 64)
        table = np.memmap(path, dtype=np.uint32, mode="r", offset=table_start, shape=(header["buckets"], SLOTS))
    except (OSError, ValueError, KeyError) as problem:
        raise DictionaryError(f"It is damaged ({problem}).", file=str(path)) from problem
    return NgramModel(Tables(words, ones[:count], ones[count:], np.asarray(table), header["sequences"]))
