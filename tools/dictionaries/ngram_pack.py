"""The levels of a built model, packed into the buckets of a model file."""

import json
from pathlib import Path

import numpy as np

from tools.dictionaries.ngram_levels import Level
from vnreport_ocr.language.ngrams import (
    BACKOFF_BITS,
    BACKOFF_STEP,
    BACKOFF_TOP,
    FINGERPRINT_BITS,
    MAGIC,
    ORDER,
    PROBABILITY_BITS,
    PROBABILITY_STEP,
    SLOTS,
    Tables,
    mix,
    place,
)


def pack_tables(levels: list[Level], words: list[str], count: int) -> Tables:
    """Lay the levels of a built model into ``count`` buckets; raises where they were not chosen to fit."""
    entries, hashes = [], []
    most_probability, most_backoff = (1 << PROBABILITY_BITS) - 1, (1 << BACKOFF_BITS) - 1
    for order, level in enumerate(levels[1:], 2):
        probability = np.clip(np.round(-np.log(level.probability) / PROBABILITY_STEP), 0, most_probability).astype(
            np.uint32
        )
        backoff = np.full(level.keys.size, round(BACKOFF_TOP / BACKOFF_STEP), dtype=np.uint32)
        if order < len(levels):
            longer = levels[order]
            at = np.searchsorted(longer.contexts, level.keys)
            at[at == longer.contexts.size] = 0
            is_context = longer.contexts[at] == level.keys
            steps = np.round((BACKOFF_TOP - np.log(longer.backoff[at])) / BACKOFF_STEP)
            backoff = np.where(is_context, np.clip(steps, 0, most_backoff).astype(np.uint32), backoff)
        hashes.append(mix(level.keys, order))
        entries.append((probability << np.uint32(BACKOFF_BITS)) | backoff)
    h, entry = np.concatenate(hashes), np.concatenate(entries)
    bucket, fingerprint = place(h, count)
    ordering = np.lexsort((h, bucket))
    bucket = bucket[ordering]
    starts = np.flatnonzero(np.concatenate([[True], bucket[1:] != bucket[:-1]]))
    rank = np.arange(bucket.size) - np.repeat(starts, np.diff(np.append(starts, bucket.size)))
    if rank.size and rank.max() >= SLOTS:
        raise ValueError(f"{rank.max() + 1} sequences fall into one bucket, which has {SLOTS} places")
    table = np.zeros((count, SLOTS), dtype=np.uint32)
    packed = (fingerprint << np.uint32(32 - FINGERPRINT_BITS)) | entry
    table[bucket, rank] = packed[ordering]
    backoff_one = np.zeros(len(words), dtype=np.float32)
    backoff_one[levels[1].contexts.astype(np.int64)] = np.log(levels[1].backoff)
    return Tables(words, np.log(levels[0].probability).astype(np.float32), backoff_one, table, h.size)


def write_model(path: Path, tables: Tables, inputs: str) -> None:
    """Write a model file; ``inputs`` says what it was counted from."""
    header = {
        "order": ORDER,
        "words": len(tables.words),
        "buckets": len(tables.buckets),
        "sequences": tables.sequences,
        "licence": "counts; Apache-2.0",
        "source": "see dictionaries/README.md",
        "inputs": inputs,
        "command": "python -m tools.dictionaries.ngram_model",
    }
    text = "\n".join(tables.words).encode("utf-8")
    header["vocabulary_bytes"] = len(text)
    head = MAGIC + json.dumps(header, sort_keys=True).encode("ascii") + b"\n" + text
    with path.open("wb") as out:
        out.write(head + b"\0" * (-len(head) % 64))
        out.write(tables.probability.tobytes() + tables.backoff.tobytes())
        out.write(b"\0" * (-(8 * len(tables.words)) % 64))
        out.write(tables.buckets.tobytes())
