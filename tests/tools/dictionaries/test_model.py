"""Texts to a model, all the way: probabilities of every context sum to one, and the same texts give the same bytes."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.tools.dictionaries import corpus
from tools.dictionaries.encode import encode
from tools.dictionaries.inputs import hash_of
from tools.dictionaries.ngram_levels import Level
from tools.dictionaries.ngram_model import build, discounts, most_useful
from tools.dictionaries.vocabulary import SOURCES, SPECIAL, choose_words, count_words
from vnreport_ocr.language.lexicon import open_lexicon
from vnreport_ocr.language.ngrams import ORDER, SENTENCE, SLOTS, mix, open_model, place

MODULE = "tools.dictionaries."
BUCKETS = 12_000


def build_all(texts: Path, folder: Path, buckets: int) -> Path:
    """Run the commands of the documentation; return the folder of dictionaries."""
    work, out = folder / "work", folder / "dictionaries"
    out.mkdir(parents=True)
    for path in sorted(texts.iterdir()):
        encode(path, work)
    for command in (["vocabulary", str(work), str(out)], ["ngram_model", str(work), str(out), str(buckets)]):
        subprocess.run([sys.executable, "-m", MODULE + command[0], *command[1:]], check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    corpus.write(folder)
    return folder


@pytest.fixture(scope="module")
def built(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_all(texts, tmp_path_factory.mktemp("built"), BUCKETS)


def test_words_are_counted_without_their_dress(built: Path) -> None:
    lexicon = open_lexicon(built / "words.tsv")
    words = [entry.text for entry in lexicon.entries]
    assert tuple(words[: len(SPECIAL)]) == SPECIAL
    assert words.count("ủy") == 1
    number = lexicon.number("Uỷ")
    assert number is not None
    small, title, capitals = lexicon.entries[number].cases
    assert small > 0
    assert title == pytest.approx(0) or title > 0
    assert capitals == 0


def test_rare_and_strange_words_get_no_number(built: Path) -> None:
    counts, cases = count_words(built.parent / "work")
    assert set(cases) >= set(counts)
    counts.update({"hiếm": 1, "đủ": 7, "budget": 39, "logistics": 41})
    chosen = choose_words(counts)
    assert {"đủ", "logistics"} <= set(chosen)
    assert not {"hiếm", "budget"} & set(chosen)
    assert len(choose_words(counts, 10)) == 10


def test_probabilities_of_every_context_sum_to_one(built: Path) -> None:
    size = len(open_lexicon(built / "words.tsv").entries)
    levels = build(built.parent / "work", size, BUCKETS)
    assert levels[0].probability.sum() == pytest.approx(1)
    for order in range(2, ORDER + 1):
        level = levels[order - 1]
        contexts = level.keys >> np.uint64(14)
        starts = np.flatnonzero(np.concatenate([[True], contexts[1:] != contexts[:-1]]))
        given = np.add.reduceat(level.probability, starts)
        assert (given < 1.0001).all()
        assert np.allclose(given + level.backoff * _left(level, levels[order - 2], order), 1, atol=1e-3)


def _left(level: Level, lower: Level, order: int) -> np.ndarray:
    """What the shorter sequences give to the words that do not follow each context."""
    tails = level.keys & np.uint64((1 << (14 * (order - 1))) - 1)
    known = dict(zip(lower.keys.tolist(), lower.probability.tolist(), strict=True))
    below = np.array([known.get(tail, 1e-7) for tail in tails.tolist()])
    contexts = level.keys >> np.uint64(14)
    starts = np.flatnonzero(np.concatenate([[True], contexts[1:] != contexts[:-1]]))
    left: np.ndarray = 1 - np.add.reduceat(below, starts)
    return left


def test_the_packed_model_knows_what_was_said(built: Path) -> None:
    model = open_model(built / "ngrams.bin")
    said = sum(one.log_probability for one in model.explain(["hội", "đồng", "nhân", "dân"]))
    unsaid = sum(one.log_probability for one in model.explain(["dân", "nhân", "đồng", "hội"]))
    assert said > unsaid + 3
    words = np.arange(len(model.words))
    context = np.array([SENTENCE], dtype=np.uint64)
    for word in ("hội", "đồng", "nhân"):
        context = model.extend(context, np.array([model.number(word)]))
    contexts = np.repeat(context, words.size)
    assert np.exp(model.score(contexts, words, model.backoffs(contexts)).astype(float)).sum() == pytest.approx(
        1, abs=0.2
    )


def test_fewer_sequences_make_a_smaller_model(texts: Path, built: Path, tmp_path: Path) -> None:
    small = build_all(texts, tmp_path, 40)
    assert (small / "ngrams.bin").stat().st_size < (built / "ngrams.bin").stat().st_size
    assert (small / "words.tsv").read_bytes() == (built / "words.tsv").read_bytes()


def test_a_small_model_has_something_in_every_place(texts: Path, tmp_path: Path) -> None:
    small = open_model(build_all(texts, tmp_path, 40) / "ngrams.bin")
    assert small.sequences == 40 * SLOTS


def test_a_bucket_keeps_its_most_useful_sequences() -> None:
    keys = [np.arange(1, 2000, dtype=np.uint64), np.arange(1, 3000, dtype=np.uint64)]
    losses = [np.linspace(0, 1, level.size) for level in keys]
    kept = most_useful(keys, losses, 20)
    assert sum(int(keep.sum()) for keep in kept) == 20 * SLOTS
    hashes = np.concatenate([mix(level, order) for order, level in enumerate(keys, 2)])
    bucket, keep, loss = place(hashes, 20)[0], np.concatenate(kept), np.concatenate(losses)
    for number in range(20):
        here = bucket == number
        assert loss[here & keep].min() >= loss[here & ~keep].max()


def test_a_built_file_says_what_it_was_counted_from(texts: Path, built: Path) -> None:
    name = SOURCES[0].name
    said = f"{name}={hash_of(texts / f'{name}.txt')[:12]}"
    assert said in (built / "words.tsv").read_text(encoding="utf-8").splitlines()[0]
    with (built / "ngrams.bin").open("rb") as file:
        assert said in [file.readline(), file.readline()][1].decode()


def test_the_same_texts_give_the_same_bytes(texts: Path, built: Path, tmp_path: Path) -> None:
    again = build_all(texts, tmp_path, BUCKETS)
    for name in ("words.tsv", "ngrams.bin"):
        assert (again / name).read_bytes() == (built / name).read_bytes()


def test_discounts_grow_with_the_count() -> None:
    raw = np.array([1] * 50 + [2] * 20 + [3] * 9 + [4] * 5 + [9])
    taken = discounts(raw)
    assert 0 < taken[0] < taken[50] < taken[70] < 3
    assert taken[-1] == taken[70]
