"""The numbered words of the language model, chosen by their counts over all corpora."""

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tools.dictionaries.encode import NUMBER, PAUSE
from tools.dictionaries.inputs import noted
from vnreport_ocr.vietnamese.syllables import canonical, is_legal

SENTENCE, UNKNOWN, PAUSE_ID, NUMBER_ID = range(4)
SPECIAL = ("<s>", "<unk>", PAUSE, NUMBER)
HEADER = "# vnocr words 1; source: counts over the corpora that README.md names; licence: Apache-2.0"
LIMIT = (1 << 14) - 1
"""Four words of 14 bits leave room for the source's number in one 64-bit key."""


class CountedCorpus(NamedTuple):
    """A corpus and how much each of its tokens weighs."""

    name: str
    weight: float


SOURCES = (
    CountedCorpus("official-documents-2025", 4.0),
    CountedCorpus("essays-and-directives", 3.0),
    CountedCorpus("law-decrees-2025", 2.0),
    CountedCorpus("law-answers-and-plans", 2.0),
    CountedCorpus("law-codes-and-news", 1.5),
    CountedCorpus("law-codified", 1.0),
    CountedCorpus("economy-and-policy", 1.5),
    CountedCorpus("news-headlines-2025-26", 1.0),
    CountedCorpus("news-provincial-2017", 1.0),
    CountedCorpus("news-2016-19", 1.0),
    CountedCorpus("encyclopedia-2025", 0.7),
    CountedCorpus("places", 3.0),
)


def read_forms(work: Path, source: CountedCorpus) -> list[str]:
    """Read the surface forms of a corpus, in the order of their numbers."""
    return (work / f"{source.name}.forms").read_text(encoding="utf-8").split("\n")[:-1]


def count_words(work: Path) -> tuple[Counter[str], dict[str, np.ndarray]]:
    """Weighted counts of normal forms, and of each its small, Title and CAPITAL appearances."""
    counts: Counter[str] = Counter()
    cases: dict[str, np.ndarray] = {}
    for source in SOURCES:
        forms = read_forms(work, source)
        ids = np.load(work / f"{source.name}.ids.npy")
        inside = np.concatenate([[False], ids[:-1] != 0])
        totals = np.bincount(ids, minlength=len(forms)) * source.weight
        inner = np.bincount(ids[inside], minlength=len(forms)) * source.weight
        for form, total, within in zip(forms, totals, inner, strict=True):
            normal = canonical(form)
            counts[normal] += total
            kind = 2 if len(form) > 1 and form.isupper() else 1 if form[:1].isupper() else 0
            cases.setdefault(normal, np.zeros(3))[kind] += within
    return counts, cases


def choose_words(counts: Counter[str], limit: int = LIMIT) -> list[str]:
    """Return the words that get a number: every common legal syllable, then the most frequent others."""
    legal = [word for word, count in counts.items() if count >= 6 and is_legal(word)]
    others = [
        word
        for word, count in counts.items()
        if count >= 40 and not is_legal(word) and word not in SPECIAL and len(word) > 1
    ]
    others.sort(key=lambda word: (-counts[word], word))
    chosen = sorted(legal, key=lambda word: (-counts[word], word)) + others
    return [*SPECIAL, *chosen[: limit - len(SPECIAL)]]


def map_forms(forms: Iterable[str], numbers: dict[str, int]) -> np.ndarray:
    """For each surface form the number of its word."""
    return np.array([numbers.get(canonical(form), UNKNOWN) for form in forms], dtype=np.uint16)


if __name__ == "__main__":
    folder, dictionaries = Path(sys.argv[1]), Path(sys.argv[2])
    word_counts, word_cases = count_words(folder)
    words = choose_words(word_counts)
    with (dictionaries / "words.tsv").open("w", encoding="utf-8") as out:
        out.write(f"{HEADER}; inputs: {noted((source.name for source in SOURCES), folder)}\n")
        for word in words:
            small, title, capitals = word_cases.get(word, np.zeros(3))
            out.write(f"{word}\t{word_counts[word]:.0f}\t{small:.0f}\t{title:.0f}\t{capitals:.0f}\n")
    numbering = {word: number for number, word in enumerate(words)}
    for corpus in SOURCES:
        table = map_forms(read_forms(folder, corpus), numbering)
        np.save(folder / f"{corpus.name}.words.npy", table[np.load(folder / f"{corpus.name}.ids.npy")])
