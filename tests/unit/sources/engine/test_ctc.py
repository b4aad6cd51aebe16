"""What a reader of whole lines says, made into words: chances held against all ways to spread a word."""

from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnreport_ocr.sources.engine.ctc import Alphabet, only, seen_words
from vnreport_ocr.sources.engine.likely import Scores, log_chances

ALPHABET = Alphabet(tuple("abAI,;.:(1 l"))


def scores_of(*slices: dict[str, float]) -> Scores:
    """Chances by letter, "" being none; what is left over is spread over the others."""
    rows = []
    for chances in slices:
        row = np.full(len(ALPHABET.letters) + 1, (1 - sum(chances.values())) / 13 + 1e-6)
        for letter, chance in chances.items():
            row[ALPHABET.columns[letter] if letter else 0] = chance
        rows.append(np.log(row / row.sum()))
    return np.array(rows, dtype=np.float32)


def sure(text: str) -> Scores:
    """A line that shows a text without doubt, a slice without a letter between any two."""
    return scores_of(*({letter: 0.999} for pair in text for letter in (pair, "")))


def words(scores: Scores) -> list[str]:
    return [word.text for word in seen_words(scores, ALPHABET, alternatives=True)]


@given(st.integers(0, 10_000), st.lists(st.integers(1, 2), max_size=3))
def test_the_chance_of_a_word_is_the_sum_over_all_ways_to_spread_it(seed: int, word: list[int]) -> None:
    slices = np.random.default_rng(seed).dirichlet((1, 1, 1), 4)
    expected = sum(
        float(np.prod([slices[at, column] for at, column in enumerate(way)]))
        for way in product(range(3), repeat=4)
        if [column for column, _ in groupby(way) if column] == word
    )
    told = log_chances(np.log(slices).astype(np.float32), [word, [1, 2]])[0]
    assert np.exp(told) == pytest.approx(expected, abs=1e-4)


def test_a_word_is_as_sure_as_its_chance_and_names_what_else_it_may_be() -> None:
    scores = scores_of({"a": 0.6, "b": 0.4}, {"": 1.0}, {"1": 1.0})
    (word,) = seen_words(scores, ALPHABET, alternatives=True)
    assert (word.text, word.first, word.last) == ("a1", 0, 2)
    assert word.confidence == pytest.approx(0.6, abs=0.01)
    assert word.alternatives[0][0] == "b1"
    assert word.alternatives[0][1] == pytest.approx(2 / 3, abs=0.02)
    (plain,) = seen_words(scores, ALPHABET, alternatives=False)
    assert plain.confidence == word.confidence
    assert not plain.alternatives


def test_a_letter_may_be_none() -> None:
    (word,) = seen_words(scores_of({"a": 1.0}, {"1": 0.6, "": 0.4}), ALPHABET, alternatives=True)
    assert dict(word.alternatives)["a"] == pytest.approx(2 / 3, abs=0.02)


@pytest.mark.parametrize(
    ("read", "parted"),
    [
        ("ab a", ["ab", "a"]),
        (" a  b ", ["a", "b"]),
        ("ab,a", ["ab,", "a"]),
        ("ab;A", ["ab;", "A"]),
        ("ab(a", ["ab", "(a"]),
        ("a...A", ["a...", "A"]),
        ("1,1", ["1,1"]),
        ("1:11", ["1:11"]),
        ("a.b", ["a.b"]),
        ("1(1", ["1(1"]),
        ("", []),
        (" ", []),
    ],
)
def test_words_end_at_spaces_and_where_print_has_one(read: str, parted: list[str]) -> None:
    assert words(sure(read) if read else scores_of({"": 1.0})) == parted


def test_a_reader_of_figures_sees_nothing_else() -> None:
    scores = only(scores_of({"l": 0.9, "1": 0.05}, {"": 1.0}, {"a": 0.9, "": 0.08}), ALPHABET, "1")
    assert words(scores) == ["1"]
    assert np.exp(scores).sum(axis=1) == pytest.approx(1.0, abs=1e-3)


def test_letters_that_the_reader_lacks_have_no_spelling() -> None:
    assert ALPHABET.text(ALPHABET.spelling("ab 1") or []) == "ab 1"
    assert ALPHABET.spelling("a²") is None


def test_without_the_compiled_part_words_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = scores_of({"a": 0.6, "b": 0.4}, {"": 0.9, "1": 0.1}, {"1": 0.7, "l": 0.2})
    (quick,) = seen_words(scores, ALPHABET, alternatives=True)
    monkeypatch.setattr("vnreport_ocr.sources.engine.likely.native_likely", lambda: None)
    (plain,) = seen_words(scores, ALPHABET, alternatives=True)
    assert quick._replace(confidence=0) == plain._replace(confidence=0)
    assert quick.confidence == pytest.approx(plain.confidence)
