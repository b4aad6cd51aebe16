"""What a word of a line may be besides what was read: the compiled part reckons as the array code does."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnreport_ocr.native.likely import Bounds, native_likely
from vnreport_ocr.sources.engine.likely import (
    FLOOR,
    ReadSpot,
    Scores,
    SeenLetter,
    chances_of,
    letters_by_arrays,
    letters_of,
    likely,
    likely_by_arrays,
    log_chances,
)

compiled = pytest.mark.skipif(native_likely() is None, reason="the compiled part was not built here")
COLUMNS = 9
SPELLINGS = st.lists(st.lists(st.integers(1, COLUMNS - 1), max_size=9), min_size=1, max_size=6)
SLICES = st.integers(1, 70)
SEEDS = st.integers(0, 10_000)


def line_of(seed: int, slices: int, sharp: float = 0.1) -> Scores:
    """A line of chances as a reader tells them: the lower ``sharp``, the surer it is of each slice."""
    chances = np.random.default_rng(seed).dirichlet([sharp] * COLUMNS, slices)
    return np.log(chances + 1e-12).astype(np.float32)


@compiled
@given(SEEDS, SLICES, SPELLINGS)
def test_chances_are_reckoned_alike(seed: int, slices: int, spellings: list[list[int]]) -> None:
    scores = line_of(seed, slices)
    quick, plain = chances_of(scores, spellings), log_chances(scores, spellings)
    possible = np.isfinite(plain)
    assert quick[possible] == pytest.approx(plain[possible], abs=1e-6)
    assert (quick[~possible] < -1e6).all()


@compiled
@given(SEEDS, SLICES, st.booleans())
def test_letters_are_found_alike(seed: int, slices: int, level: bool) -> None:
    scores = line_of(seed, slices)
    if level:  # columns that are equally likely
        scores = np.round(scores)
    assert letters_of(scores) == letters_by_arrays(scores)


def words_of(scores: Scores, size: int) -> list[ReadSpot]:
    letters = letters_by_arrays(scores)
    parts = [letters[at : at + size] for at in range(0, len(letters), size)]
    if not parts:
        return []
    ends = [part[0].start for part in parts[1:]] + [len(scores)]
    begins = [0, *ends[:-1]]
    return [ReadSpot(*spot) for spot in zip(parts, begins, ends, strict=True)]


@compiled
@given(SEEDS, SLICES, st.integers(1, 12), st.sampled_from([0.05, 0.3, 3.0]), st.integers(1, 5), st.integers(0, 30))
def test_words_may_be_the_same(seed: int, slices: int, size: int, sharp: float, letters: int, words: int) -> None:
    native = native_likely()
    assert native is not None
    scores = line_of(seed, slices, sharp)
    spots = words_of(scores, size)
    if not spots:
        return
    bounds = Bounds(FLOOR, -5.8, letters, words)
    told = native.words(scores, [([x[:3] for x in spot.letters], spot.begin, spot.end) for spot in spots], bounds)
    plain = list(likely_by_arrays(scores, spots, bounds))
    for (spellings, chances), expected in zip(told, plain, strict=True):
        assert spellings == list(expected.spellings)
        possible = np.isfinite(expected.chances)
        assert np.array(chances)[possible] == pytest.approx(np.array(expected.chances)[possible], abs=1e-6)


def test_equally_likely_letters_come_in_the_order_of_their_columns() -> None:
    scores = np.full((1, 6), -30.0, dtype=np.float32)
    scores[0, [4, 2, 5, 3, 1]] = np.log(0.2)
    (told,) = likely(scores, [ReadSpot([SeenLetter(1, 0, 1, float(np.log(np.float32(0.2))))], 0, 1)], others=True)
    assert told.spellings == [[1], [2], [3], [4]]


def test_a_line_without_letters_has_no_words() -> None:
    scores = np.log(np.tile(np.array([0.9, 0.1], dtype=np.float32), (5, 1)))
    assert letters_of(scores) == letters_by_arrays(scores) == []
    assert likely(scores, [], others=True) == []
