"""Counts of word sequences to a pruned, packed model of order four.

Interpolated Kneser-Ney with three discounts an order. Corpora weigh differently, so a sequence
has a raw count (which chooses its discount) and a weight (which is discounted in proportion).
The model file has a fixed number of buckets, and the hash of a sequence names its one bucket. Of
the sequences that fall into a bucket those stay without which the model would lose most; so every
place of the file is used.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tools.dictionaries.inputs import noted
from tools.dictionaries.ngram_levels import Keys, Level, Weights
from tools.dictionaries.ngram_pack import pack_tables, write_model
from tools.dictionaries.vocabulary import SOURCES, CountedCorpus
from vnreport_ocr.language.lexicon import open_lexicon
from vnreport_ocr.language.ngrams import ORDER, SLOTS, WORD_BITS, mix, place

_MASK = np.uint64((1 << WORD_BITS) - 1)
_BITS = np.uint64(WORD_BITS)
_SOURCE_BITS = np.uint64(4)
_CANDIDATES = 3
"""So many sequences are considered for each place of the file."""

_LEAST_DISCOUNT = 0.05
"""Small texts may ask for none; then nothing would be left for what was not seen."""


class Counts(NamedTuple):
    """Distinct sequences in order of their keys, with raw counts and weights."""

    keys: Keys
    raw: NDArray[np.int64]
    weight: Weights


def suffix(keys: Keys, order: int) -> Keys:
    """Return the sequences without their first word."""
    return keys & np.uint64((1 << (WORD_BITS * (order - 1))) - 1)


def runs(values: Keys) -> NDArray[np.int64]:
    """Where in a sorted array a new value begins."""
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))


def count_sequences(work: Path, order: int, sources: Sequence[CountedCorpus] = SOURCES) -> Counts:
    """Every sequence of the corpora, counted and weighed."""
    pieces = []
    for number, source in enumerate(sources):
        words = np.load(work / f"{source.name}.words.npy").astype(np.uint64)
        keys = np.zeros(words.size - order + 1, dtype=np.uint64)
        for offset in range(order):
            keys = (keys << _BITS) | words[offset : words.size - order + 1 + offset]
        pieces.append((keys << _SOURCE_BITS) | np.uint64(number))
    tagged = np.sort(np.concatenate(pieces))
    weights = np.array([source.weight for source in sources])[(tagged & np.uint64(15)).astype(np.int64)]
    keys = tagged >> _SOURCE_BITS
    starts = runs(keys)
    raw = np.diff(np.append(starts, keys.size))
    return Counts(keys[starts], raw, np.add.reduceat(weights, starts))


def continuations(counts: Counts, order: int) -> Counts:
    """Sequences shorter by one, counted by the distinct words that precede them."""
    tails = suffix(counts.keys, order)
    ordering = np.argsort(tails, kind="stable")
    tails = tails[ordering]
    starts = runs(tails)
    raw = np.diff(np.append(starts, tails.size))
    mean_weight = (counts.weight / counts.raw)[ordering]
    return Counts(tails[starts], raw, np.add.reduceat(mean_weight, starts))


def discounts(raw: NDArray[np.int64]) -> Weights:
    """Compute what is taken from counts of one, two, and three or more."""
    n1, n2, n3, n4 = (max(1.0, float(np.count_nonzero(raw == n))) for n in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    table = np.array([0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
    taken: Weights = np.maximum(table, _LEAST_DISCOUNT)[np.minimum(raw, 3)]
    return taken


def find(keys: Keys, wanted: Keys) -> NDArray[np.int64]:
    """Positions of wanted keys in sorted keys; -1 where there is none."""
    position = np.searchsorted(keys, wanted)
    position[position == keys.size] = 0
    return np.where(keys[position] == wanted, position, -1)


def estimate(counts: Counts, order: int, lower: Level, keep: NDArray[np.bool_]) -> Level:
    """Interpolated probabilities of the sequences in ``keep``, and the backoff of every context."""
    contexts = counts.keys >> _BITS
    starts = runs(contexts)
    total = np.add.reduceat(counts.weight, starts)
    taken = counts.weight / counts.raw * discounts(counts.raw)
    backoff = np.add.reduceat(taken, starts) / total
    group = np.cumsum(np.concatenate([[0], (contexts[1:] != contexts[:-1]).astype(np.int64)]))[keep]
    keys = counts.keys[keep]
    below = find(lower.keys, suffix(keys, order))
    lower_probability = np.where(below >= 0, lower.probability[below], 1e-7)
    probability = (counts.weight[keep] - taken[keep]) / total[group] + backoff[group] * lower_probability
    return Level(keys, probability, counts.weight[keep], contexts[starts], backoff)


def unigrams(counts: Counts, words: int) -> Level:
    """Build the lowest order, every word having some probability."""
    taken = counts.weight / counts.raw * discounts(counts.raw)
    probability = np.full(words, taken.sum() / counts.weight.sum() / words)
    probability[counts.keys.astype(np.int64)] += (counts.weight - taken) / counts.weight.sum()
    keys = np.arange(words, dtype=np.uint64)
    return Level(keys, probability, np.zeros(words), np.zeros(0, dtype=np.uint64), np.zeros(0))


def loss_without(level: Level, order: int, lower: Level) -> Weights:
    """How much likelihood the corpora would lose if a sequence were backed off."""
    below = find(lower.keys, suffix(level.keys, order))
    lower_probability = np.where(below >= 0, lower.probability[below], 1e-7)
    at = find(level.contexts, level.keys >> _BITS)
    lost: Weights = level.weight * np.abs(np.log(level.probability) - np.log(level.backoff[at] * lower_probability))
    return lost


def renormalise(level: Level, order: int, lower: Level) -> Level:
    """Backoffs that make the kept probabilities of each context sum to one again."""
    contexts = level.keys >> _BITS
    starts = runs(contexts)
    below = find(lower.keys, suffix(level.keys, order))
    lower_probability = np.where(below >= 0, lower.probability[below], 1e-7)
    left = 1 - np.add.reduceat(level.probability, starts)
    free = 1 - np.add.reduceat(lower_probability, starts)
    backoff = np.clip(left, 1e-4, 1) / np.clip(free, 1e-4, 1)
    return level._replace(contexts=contexts[starts], backoff=backoff)


def most_useful(keys: list[Keys], losses: list[Weights], buckets: int) -> list[NDArray[np.bool_]]:
    """Tell for each order which sequences get a place: of those that share a bucket, the most useful."""
    sizes = np.cumsum([loss.size for loss in losses])
    loss = np.concatenate(losses)
    entries = _CANDIDATES * SLOTS * buckets
    # Far more candidates than places fill every bucket; ordering those that stand no chance would only cost memory.
    chosen = np.arange(loss.size) if loss.size <= entries else np.argpartition(loss, loss.size - entries)[-entries:]
    chosen.sort()
    hashes = np.concatenate([mix(level, order) for order, level in enumerate(keys, 2)])[chosen]
    bucket, _ = place(hashes, buckets)
    ordering = np.lexsort((chosen, -loss[chosen], bucket))
    starts = runs(bucket[ordering].astype(np.uint64))
    rank = np.arange(chosen.size) - np.repeat(starts, np.diff(np.append(starts, chosen.size)))
    keep = np.zeros(loss.size, dtype=np.bool_)
    keep[chosen[ordering[rank < SLOTS]]] = True
    return np.split(keep, sizes[:-1])


def build(work: Path, words: int, buckets: int, sources: Sequence[CountedCorpus] = SOURCES) -> list[Level]:
    """Make the pruned levels from one word to four, with what so many buckets hold."""
    by_order: dict[int, Counts] = {ORDER: count_sequences(work, ORDER, sources)}
    for order in range(ORDER - 1, 0, -1):
        by_order[order] = continuations(by_order[order + 1], order + 1)
    levels = [unigrams(by_order[1], words)]
    losses = []
    for order in range(2, ORDER + 1):
        counts = by_order.pop(order)
        keep = counts.raw >= (1 if order == 2 else 2)
        levels.append(estimate(counts, order, levels[-1], keep))
        losses.append(loss_without(levels[-1], order, levels[-2]))
        sys.stderr.write(f"order {order}: {counts.keys.size:,} sequences, {levels[-1].keys.size:,} candidates\n")
    kept = most_useful([level.keys for level in levels[1:]], losses, buckets)
    for order, loss, keep in zip(range(2, ORDER + 1), losses, kept, strict=True):
        level = levels[order - 1]
        levels[order - 1] = level._replace(
            keys=level.keys[keep], probability=level.probability[keep], weight=loss[keep]
        )
        sys.stderr.write(f"order {order}: {int(keep.sum()):,} kept\n")
    return [levels[0]] + [renormalise(levels[n], n + 1, levels[n - 1]) for n in range(1, ORDER)]


if __name__ == "__main__":
    folder, dictionaries, size = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    entries = open_lexicon(dictionaries / "words.tsv").entries
    built = build(folder, len(entries), size)
    counted = noted((source.name for source in SOURCES), folder)
    write_model(dictionaries / "ngrams.bin", pack_tables(built, [entry.text for entry in entries], size), counted)
