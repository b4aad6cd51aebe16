"""Lines as a sequence of items: the words that may be repaired and what stands between them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from vnreport_ocr.vietnamese.tokens import ROMAN, Kind, pieces

SENTENCE_LIMIT = 120
"""Longer stretches without an end of sentence are cut, so that a batch stays small."""

_FIGURES = regex.compile(r"\d\D?\d|\d[.,]\d|^\d+(?:km|ha|kg|cm|mm|ml|tr|kw|m)?[²³]?$|^\d+[A-Z]$", regex.IGNORECASE)
_CAPITAL_SHARE = 0.6


class Item(NamedTuple):
    """A piece of a line; ``gap`` is how many blanks stand before it, -1 where other signs do."""

    line: int
    kind: Kind
    start: int
    end: int
    reach: int
    text: str
    gap: int
    capitals: bool
    opens: bool
    """Whether a sentence or a line begins here, so that a capital says nothing."""

    @property
    def open_to_repair(self) -> bool:
        """Whether it is a word at all, not a figure, a Roman numeral or markup."""
        return self.kind is Kind.WORD and not is_fixed(self.text)


def is_fixed(word: str) -> bool:
    """Whether a word must not be touched: figures with a unit, Roman numerals."""
    return bool(_FIGURES.search(word)) or bool(ROMAN.fullmatch(word))


def in_capitals(line: str) -> bool:
    """Whether a line is set in capitals."""
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 3 and sum(c.isupper() for c in letters) > _CAPITAL_SHARE * len(letters)


def line_items(number: int, line: str) -> Iterator[Item]:
    """The items of one line."""
    capitals = in_capitals(line)
    before, opens = 0, True
    for piece in pieces(line):
        between = line[before : piece.start]
        gap = len(between) if before and not between.strip() else -1
        text = line[piece.start : piece.end]
        yield Item(number, piece.kind, piece.start, piece.end, piece.reach, text, gap, capitals, opens or "“" in between)
        before = piece.end
        opens = piece.kind is Kind.STOP or (opens and piece.kind in (Kind.NUMBER, Kind.MARKUP))


def sentences(lines: Sequence[str], chosen: Sequence[bool]) -> Iterator[list[Item]]:
    """The items of the chosen lines, cut where a sentence or paragraph ends."""
    current: list[Item] = []
    for number, (line, wanted) in enumerate(zip(lines, chosen, strict=True)):
        items = list(line_items(number, line)) if wanted else []
        if not items and current:
            yield current
            current = []
        for item in items:
            current.append(item)
            if item.kind is Kind.STOP or len(current) >= SENTENCE_LIMIT:
                yield current
                current = []
    if current:
        yield current
