"""Decoding: the best path through small lattices, held against every path, and how sure it is."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.repair.helpers import language
from vnreport_ocr.language.ngrams import SENTENCE
from vnreport_ocr.repair.decode import Edges, decode
from vnreport_ocr.repair.posterior import improved, posteriors

WEIGHT = 1.1


def number(word: str) -> int:
    return language().ngrams.number(word)


def chain(choices: list[list[tuple[str, float]]], sentence: int = 0) -> list[tuple[int, int, int, int, int, float]]:
    """Rows of edges for a sentence in which every place has some choices."""
    return [
        (sentence, place, place + 1, number(word), -1, score)
        for place, options in enumerate(choices)
        for word, score in options
    ]


def edges(rows: list[tuple[int, int, int, int, int, float]]) -> Edges:
    sentence, start, end, first, second = (np.array([row[n] for row in rows], dtype=np.int64) for n in range(5))
    return Edges(sentence, start, end, first, second, np.array([row[5] for row in rows], dtype=np.float32))


def total(words: list[int], scores: float) -> float:
    model = language().ngrams
    context = np.array([SENTENCE], dtype=np.uint64)
    for word in words:
        scores += WEIGHT * float(model.score(context, np.array([word]), model.backoffs(context))[0])
        context = model.extend(context, np.array([word]))
    return scores


def words_of(path: list[int], made: Edges) -> list[str]:
    return [language().ngrams.words[int(made.first[edge])] for edge in path]


def test_the_words_around_decide() -> None:
    made = edges(
        chain([[("hội", 0)], [("đông", 0), ("đồng", 0)], [("nhân", 0), ("nhãn", 0)], [("dân", 0), ("dần", 0)]])
    )
    (path,) = decode(language().ngrams, made, np.array([4]), WEIGHT)
    assert words_of(path, made) == ["hội", "đồng", "nhân", "dân"]


def test_the_evidence_can_outweigh_them() -> None:
    made = edges(chain([[("hội", 0)], [("đông", 0), ("đồng", -40)], [("nhân", 0)], [("dân", 0)]]))
    (path,) = decode(language().ngrams, made, np.array([4]), WEIGHT)
    assert words_of(path, made)[1] == "đông"


def test_joins_and_splits_are_edges_like_any_other() -> None:
    rows = [*chain([[("nh", 0)], [("iệm", 0)], [("kỳ", 0)]]), (0, 0, 2, number("nhiệm"), -1, -1.0)]
    rows.append((0, 2, 3, number("kỳ"), number("họp"), -0.1))
    made = edges(rows)
    (path,) = decode(language().ngrams, made, np.array([3]), WEIGHT)
    assert made.first[path[0]] == number("nhiệm")
    assert len(path) == 2


WORDS = ["hội", "hồi", "đồng", "đông", "nhân", "nhãn", "dân", "dần", "tỉnh", "tính", "ủy", "úy"]
CHOICES = st.lists(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.floats(-3, 0)), min_size=1, max_size=3, unique_by=lambda pair: pair[0]
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=40)
@given(st.lists(CHOICES, min_size=1, max_size=3))
def test_a_wide_beam_finds_the_best_of_all_paths(sentences: list[list[list[tuple[str, float]]]]) -> None:
    made = edges([row for n, sentence in enumerate(sentences) for row in chain(sentence, n)])
    paths = decode(language().ngrams, made, np.array([len(sentence) for sentence in sentences]), WEIGHT)
    for path, sentence in zip(paths, sentences, strict=True):
        found = total([int(made.first[edge]) for edge in path], float(made.score[path].sum()))
        every = max(
            total([number(word) for word, _ in way], sum(score for _, score in way)) for way in product(*sentence)
        )
        assert found == pytest.approx(every, abs=0.02)


def test_shares_of_the_alternatives_tell_how_sure_a_choice_is() -> None:
    model = language().ngrams
    made = edges(chain([[("hội", 0)], [("đông", -1), ("đồng", 0)], [("nhân", 0)], [("dân", 0)]]))
    paths = decode(model, made, np.array([4]), WEIGHT)
    asked = np.ones(made.first.size, dtype=np.bool_)
    sure, better = posteriors(model, made, paths, asked, WEIGHT, 1.0)
    assert not better
    assert sure[2] > 0.99
    assert ((sure >= 0) & (sure <= 1)).all()
    hot = posteriors(model, made, paths, asked, WEIGHT, 30.0).share
    assert 0.5 < hot[2] < sure[2]
    assert (posteriors(model, made, paths, ~asked, WEIGHT, 1.0).share == 1).all()


def test_a_choice_that_a_beam_has_missed_is_made_after_all() -> None:
    model = language().ngrams
    made = edges(chain([[("hội", 0)], [("đông", -1), ("đồng", 0)], [("nhân", 0)], [("dân", 0)]]))
    missed = [0, 1, 3, 4]
    share, better = posteriors(model, made, [missed], np.ones(made.first.size, dtype=np.bool_), WEIGHT, 1.0)
    assert share[1] < 0.1
    assert improved(missed, better) == [0, 2, 3, 4]
    assert improved([0, 2, 3, 4], {}) is None
