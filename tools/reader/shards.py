"""The lines that are trained on, in shards: each printed from the seed and its own number, by whichever process.

So the stream is the same on one core and on sixteen, and goes on at any shard without those before it.
"""

import random
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.reader.samples import SHAPE, sample
from vnreport_ocr.sources.picture.value import Pixels

AHEAD: Final = 3
"""Shards that each process may be ahead of the training: enough that it never waits, and little memory."""

_texts: tuple[str, ...] = ()
"""The paragraphs of a printing process, handed over once when it starts."""


@dataclass(frozen=True, eq=False)
class Shard:
    """Strips, one after the other in one array of their rows, and their texts."""

    number: int
    pixels: Pixels
    widths: NDArray[np.int64]
    texts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def strips(self) -> list[Pixels]:
        """Return the strips, narrow ones and wide ones as they came."""
        return np.split(self.pixels, np.cumsum(self.widths)[:-1], axis=1)


def shard(number: int, seed: int, lines: int, paragraphs: Sequence[str]) -> Shard:
    """Print one shard."""
    dice = random.Random(f"shard {seed} {number}")
    made = [sample(paragraphs, dice) for _ in range(lines)]
    widths = np.array([one.strip.shape[1] for one in made], dtype=np.int64)
    return Shard(number, np.concatenate([one.strip for one in made], axis=1), widths, tuple(one.text for one in made))


def stream(first: int, seed: int, lines: int, paragraphs: Sequence[str], workers: int) -> Generator[Shard]:
    """Return shards from one number on, without an end; with no worker they are printed here, one by one."""
    if not workers:
        yield from (shard(number, seed, lines, paragraphs) for number in count(first))
        return
    # A new interpreter each: a copy of a process that has opened a GPU cannot be trusted.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (tuple(paragraphs),))
    waiting: deque[Future[Shard]] = deque()
    try:
        for number in count(first):
            waiting.append(pool.submit(_print, number, seed, lines))
            if len(waiting) > AHEAD * workers:
                yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(paragraphs: tuple[str, ...]) -> None:
    global _texts
    _texts = paragraphs
    cv2.setNumThreads(1)


def _print(number: int, seed: int, lines: int) -> Shard:
    return shard(number, seed, lines, _texts)


def batches(one: Shard, columns: int, dice: random.Random) -> list[list[int]]:
    """Part a shard into batches of like width, none of more columns in all than said, in an order of the dice."""
    order = sorted(range(len(one)), key=lambda number: (int(one.widths[number]), number))
    found: list[list[int]] = []
    for number in order:
        if found and (len(found[-1]) + 1) * int(one.widths[number]) <= columns:
            found[-1].append(number)
        else:
            found.append([number])
    dice.shuffle(found)
    return found


def padded(strips: Sequence[Pixels], multiple: int = 32) -> Pixels:
    """Return strips as one array, paper to the right of the narrower ones."""
    widest = -(-max(strip.shape[1] for strip in strips) // multiple) * multiple
    whole = np.zeros((len(strips), 1, SHAPE.rows, widest), dtype=np.uint8)
    for place, strip in enumerate(strips):
        whole[place, 0, :, : strip.shape[1]] = strip
    return whole
