"""What is printed on a line: parts of paragraphs, as print breaks them, and strings made by rule among and beside them.

A source is a text file, plain or packed with xz, a paragraph a line. Which paragraphs are taken follows from the seed.
"""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tools.dictionaries.encode import paragraphs
from tools.reader.alphabet import readable
from tools.reader.made import made, mark

MOST_LETTERS: Final = 110
"""As many as the longest lines of print have; longer ones are read in parts."""
LEAST_PARAGRAPH: Final = 8
_ALONE, _AMONG, _MARKED, _CAPITALS, _TITLE, _SHORT = 0.2, 0.15, 0.08, 0.1, 0.03, 0.2
"""The shares of lines that are one made string, that hold one among their words, that begin with a mark, that are in
capitals, that have a capital to each word, and that are a few words only."""


def gather(sources: Iterable[Path], each: int, seed: int) -> tuple[str, ...]:
    """Return paragraphs that the reader can learn from, as many of each source, chosen by the seed."""
    dice = random.Random(f"paragraphs {seed}")
    kept: list[str] = []
    for source in sources:
        mine: list[str] = []
        seen = 0
        for paragraph in paragraphs(source):
            if len(paragraph) < LEAST_PARAGRAPH:
                continue
            place = seen if seen < each else dice.randrange(seen + 1)
            seen += 1
            if place >= each:
                continue
            text = readable(paragraph)
            if text is None:
                continue
            if len(mine) < each:
                mine.append(text)
            else:
                mine[place] = text
            if seen >= 40 * each:
                break
        kept += mine
    return tuple(kept)


def line(texts: Sequence[str], dice: random.Random) -> str:
    """Write one line to print; every sign of it is one that the reader knows."""
    text = readable(made(dice) if not texts or dice.random() < _ALONE else _prose(texts, dice))
    return text or "…"


def _prose(texts: Sequence[str], dice: random.Random) -> str:
    words = dice.choice(texts).split()
    long = dice.randint(6, 30) if dice.random() < _SHORT else dice.randint(45, MOST_LETTERS)
    start = dice.randrange(len(words)) if len(words) > 12 and dice.random() < 0.75 else 0
    taken: list[str] = []
    for word in words[start:]:
        if sum(map(len, taken)) + len(taken) + len(word) > long:
            break
        taken.append(word)
    # A word longer than the line is an address of the net: of it a part is printed.
    taken = taken or [words[start][:long]]
    if dice.random() < _AMONG:
        taken.insert(dice.randint(0, len(taken)), made(dice))
    if dice.random() < _MARKED:
        taken.insert(0, mark(dice))
    text = " ".join(taken)[:MOST_LETTERS]
    chance = dice.random()
    if chance < _CAPITALS:
        return text[:60].upper()
    return text.title() if chance < _CAPITALS + _TITLE else text
