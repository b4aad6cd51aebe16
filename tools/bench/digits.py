"""Measures the law of the figure: no digit of a damaged text is lost, and none is made.

Sentences of the corpora that hold digits are damaged as engines damage text, in batches long enough to be a text, and
cleaned. Every figure that the damage left as it was must still be there.
"""

import lzma
import random
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from tools.bench.checks import Check
from tools.bench.damage import torn
from tools.bench.tables import markdown_table
from vnreport_ocr.evaluate.score import digits_changed
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.vietnamese.letters import strip_marks

SENTENCES: Final = 2_500
"""So many sentences of each damage are measured."""

_BATCH: Final = 500
_SHORTEST, _LONGEST = 20, 200
_DIGIT = re.compile(r"\d")
_VOWEL = re.compile(r"[aeou](?=[a-z])")
_L_FIRST = re.compile(r"\bl(?=[a-z])")
_ENGLISH: Final = {"a": "â", "e": "é", "o": "é", "u": "ù"}
_GERMAN: Final = {"a": "ä", "e": "e", "o": "ö", "u": "ü"}
_LOOKS: Final = {"á": "4", "ã": "4", "ô": "6", "ó": "6", "o": "0", "l": "1", "i": "1"}
_ACCENTS, _LETTERS, _FIGURES = 0.12, 0.05, 0.1


class DigitTally(NamedTuple):
    """How many sentences of a damage were cleaned, and those whose figures changed."""

    damage: str
    sentences: int
    digits: int
    changed: int
    examples: tuple[str, ...]


def damages() -> dict[str, Callable[[str], str]]:
    """Return the kinds of damage; each draws by chance from its own seed."""
    return {
        "stripped": strip_marks,
        "read as English": _reader("english", _ENGLISH),
        "read as German": _reader("german", _GERMAN),
        "letters read as figures": _as_figures(),
        "letter-spaced in part": torn,
    }


def measure(cleaner: Pipeline, sentences: Iterable[str]) -> Iterator[DigitTally]:
    """Yield what becomes of the figures of sentences under each damage."""
    chosen = list(sentences)
    for name, damage in damages().items():
        changed, examples = 0, []
        for first in range(0, len(chosen), _BATCH):
            truths = chosen[first : first + _BATCH]
            damaged = damage("\n".join(truths)).split("\n")
            repaired = cleaner.clean_text("\n".join(damaged)).text.split("\n")
            for truth, before, after in zip(truths, damaged, repaired, strict=True):
                lost = digits_changed(truth, before, after)
                changed += lost
                if lost:
                    examples.append(f"{before} > {after}")
        yield DigitTally(name, len(chosen), sum(len(_DIGIT.findall(line)) for line in chosen), changed, tuple(examples))


def sample(folder: Path, most: int = SENTENCES, *, every: int = 32, offset: int = 0) -> Iterator[str]:
    """Yield sentences with figures, as many of each corpus, which are spread over its first part."""
    paths = sorted(folder.glob("*.txt.xz"))
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            chosen = (line.strip() for line in islice(lines, offset, None, every))
            yield from islice(filter(has_figures, chosen), most // len(paths))


def has_figures(line: str) -> bool:
    """Whether a line is a sentence with a digit in it."""
    return _SHORTEST < len(line) < _LONGEST and _DIGIT.search(line) is not None


def digits_table(tallies: Iterable[DigitTally]) -> str:
    """Return how many figures there were and how many changed."""
    rows = [[t.damage, f"{t.sentences:,}", f"{t.digits:,}", str(t.changed), "0"] for t in tallies]
    return markdown_table(["damage", "sentences", "digits in them", "figures changed", "must"], rows)


def checks(tallies: Iterable[DigitTally]) -> list[Check]:
    """Return the musts: none changed."""
    return [Check(f"figures changed, {t.damage}", t.changed, 0) for t in tallies]


def _reader(seed: str, accents: dict[str, str]) -> Callable[[str], str]:
    chance = random.Random(seed)

    def read(text: str) -> str:
        bare = strip_marks(text)
        bare = _VOWEL.sub(lambda found: accents[found[0]] if chance.random() < _ACCENTS else found[0], bare)
        return _L_FIRST.sub(lambda _: "1" if chance.random() < _LETTERS else "l", bare)

    return read


def _as_figures() -> Callable[[str], str]:
    """Return a damage that reads letters with marks as the figures that they look like, in words only."""
    chance = random.Random("figures")
    reader = _reader("english too", _ENGLISH)

    def read(text: str) -> str:
        words = text.split(" ")
        return " ".join(reader(word if _DIGIT.search(word) else _misread(word)) for word in words)

    def _misread(word: str) -> str:
        return "".join(_LOOKS[c] if c in _LOOKS and chance.random() < _FIGURES else c for c in word)

    return read
