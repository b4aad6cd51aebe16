"""The bench of figures counts what a repair loses of them, and nothing else."""

import lzma
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.bench import digits
from vnreport_ocr.document import Document
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline

LINES = [f"Thôn số {n} có {n * 7} hộ được cấp đất trong năm {1990 + n}." for n in range(1, 25)]


class Loser(Pipeline):
    """A cleaner that reads every 2 as a letter."""

    def clean_text(self, text: str, name: str = "") -> Document:
        return super().clean_text(text.replace("2", "z"), name)


@pytest.fixture(scope="module")
def cleaner() -> Iterator[Pipeline]:
    with Pipeline(Options()) as made:
        yield made


def test_a_sample_takes_as_many_of_each_corpus(tmp_path: Path) -> None:
    for name in ("a", "b"):
        with lzma.open(tmp_path / f"{name}.txt.xz", "wt", encoding="utf-8") as file:
            file.writelines(f"{name}: {line}\nKhông có chữ số nào ở đây cả.\n" for line in LINES)

    chosen = list(digits.sample(tmp_path, 6, every=2))
    assert [line[0] for line in chosen] == ["a"] * 3 + ["b"] * 3


def test_damage_leaves_figures_alone_and_is_the_same_each_time() -> None:
    text = "\n".join(LINES)
    for name, damage in digits.damages().items():
        again = digits.damages()[name](text)
        assert damage(text) == again != text
        if name in ("stripped", "read as English"):
            both = zip(LINES, again.split("\n"), strict=True)
            assert all(Counter(filter(str.isdigit, one)) <= Counter(filter(str.isdigit, two)) for one, two in both)


def test_nothing_is_lost_by_the_cleaner_and_a_loss_is_counted(cleaner: Pipeline) -> None:
    assert [tally.changed for tally in digits.measure(cleaner, LINES)] == [0] * 5
    with Loser(Options()) as loser:
        tallies = list(digits.measure(loser, LINES))
    assert all(tally.changed > 0 and tally.examples for tally in tallies)
    assert not any(check.held for check in digits.checks(tallies))
