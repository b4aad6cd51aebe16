"""The n-gram model as it ships: likely after likely, batches like single look-ups, explained scores."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vnreport_ocr.language.knowledge import open_language
from vnreport_ocr.language.ngrams import ORDER, SENTENCE, UNKNOWN, NgramModel


@pytest.fixture(scope="module")
def model() -> NgramModel:
    return open_language().ngrams


def total(model: NgramModel, text: str) -> float:
    return sum(found.log_probability for found in model.explain(text.split()))


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("ủy ban nhân dân tỉnh", "ủy ban nhân dân tính"),
        ("phát triển kinh tế xã hội", "phát triển kinh tế xá hội"),
        ("đảng viên mới", "đăng viên mới"),
        ("hội đồng nhân dân", "hội đông nhân dân"),
    ],
)
def test_the_right_words_are_likelier(model: NgramModel, likely: str, unlikely: str) -> None:
    assert total(model, likely) > total(model, unlikely) + 2


def test_scores_are_explained(model: NgramModel) -> None:
    found = model.explain(["hội", "đồng", "nhân", "dân"])
    assert [one.word for one in found] == ["hội", "đồng", "nhân", "dân"]
    assert [one.matched for one in found][2:] == [4, 4]
    assert found[0].matched < ORDER
    assert all(one.known for one in found)
    assert all(one.log_probability <= 0 for one in found)
    (strange,) = model.explain(["qwxz"])
    assert not strange.known
    assert model.number("qwxz") == UNKNOWN


def test_probabilities_sum_to_about_one(model: NgramModel) -> None:
    words = np.arange(len(model.words))
    for text in ("ủy ban nhân", "trong năm", "đến năm"):
        context = np.array([SENTENCE], dtype=np.uint64)
        for word in text.split():
            context = model.extend(context, np.array([model.number(word)]))
        contexts = np.repeat(context, words.size)
        chances = np.exp(model.score(contexts, words, model.backoffs(contexts)).astype(np.float64))
        # Probabilities are held in steps, and fingerprints meet by chance now and then.
        assert 0.9 < chances.sum() < 1.2
    assert np.exp(model.alone(words).astype(np.float64)).sum() == pytest.approx(1, abs=0.01)


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(0, 8000), min_size=1, max_size=5), min_size=1, max_size=6))
def test_a_batch_is_its_parts(sequences: list[list[int]]) -> None:
    model = open_language().ngrams
    contexts, words = [], []
    for sequence in sequences:
        context = np.array([SENTENCE], dtype=np.uint64)
        for word in sequence[:-1]:
            context = model.extend(context, np.array([word]))
        contexts.append(context[0])
        words.append(sequence[-1])
    many = np.array(contexts, dtype=np.uint64)
    together = model.score(many, np.array(words), model.backoffs(many))
    for number, word in enumerate(words):
        one = many[number : number + 1]
        assert model.score(one, np.array([word]), model.backoffs(one))[0] == pytest.approx(together[number])


def test_only_the_last_words_count(model: NgramModel) -> None:
    words = [model.number(word) for word in ["của", "ủy", "ban", "nhân"]]
    long, short = (np.array([SENTENCE], dtype=np.uint64) for _ in range(2))
    for word in words:
        long = model.extend(long, np.array([word]))
    for word in words[-(ORDER - 1) :]:
        short = model.extend(short, np.array([word]))
    assert long[0] == short[0]
