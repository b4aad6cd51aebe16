"""Sentences as lattices: for each word its candidates, and where words were torn or run together, joins and splits."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.lexicon import CAPITALS, SMALL, TITLE
from vnreport_ocr.language.ngrams import NUMBER, PAUSE, SENTENCE
from vnreport_ocr.repair.candidates import Candidates, Source, itself
from vnreport_ocr.repair.decode import Edges
from vnreport_ocr.repair.items import Item
from vnreport_ocr.vietnamese.tokens import Kind

_FIXED_WORDS = {Kind.NUMBER: NUMBER, Kind.CODE: NUMBER, Kind.PAUSE: PAUSE, Kind.STOP: SENTENCE}
_CASE_WEIGHT = 0.7
_WRONG_CASE_COST = 3.0
_OPENING_TITLE_COST = 0.2
_OPENING_SMALL_COST = 1.5
_MARK_COST = 0.5
_LONGEST_JOIN = 8
_MOST_FRAGMENTS = 7
_JOIN_FLOOR = -8.0
_JOIN_CANDIDATES = 4
_WIDE_GAP_COST = 2.0
_SHORTEST_SPLIT = 4
_SPLIT_FLOOR = -4.0
_MOST_SPLITS = 3
_TERM_BONUS = 2.5


class Setting(NamedTuple):
    """How the words of a line are to be treated; a source of None leaves the line alone."""

    source: Source | None
    change_cost: float = 0.0
    join_cost: float = 8.0
    split_cost: float = 8.0
    loose: bool = False
    """Whether any neighbouring fragments may be joined, not only what is no word by itself."""


class Origin(NamedTuple):
    """What an edge stands for: from ``item`` so many items, replaced by ``text`` up to ``end`` in the line."""

    item: int
    items: int
    end: int
    text: str


class Lattice(NamedTuple):
    """The edges of all sentences, with their origins (None for what cannot change)."""

    edges: Edges
    lengths: NDArray[np.int64]
    origins: list[Origin | None]
    items: list[Item]


class _Builder:
    """Collects edges as arrays, a group for each item or stretch of items."""

    def __init__(self) -> None:
        self.sentence: list[int] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.sizes: list[int] = []
        self.first: list[NDArray[np.int64]] = []
        self.second: list[NDArray[np.int64]] = []
        self.score: list[NDArray[np.float32]] = []
        self.case: list[NDArray[np.int64]] = []
        self.flag: list[int] = []
        self.origins: list[Origin | None] = []

    def add(self, where: tuple[int, int, int], flag: int, found: Candidates, extra: NDArray[np.float32]) -> None:
        size = found.words.size
        self.sentence.append(where[0])
        self.start.append(where[1])
        self.end.append(where[2])
        self.sizes.append(size)
        self.flag.append(flag)
        self.first.append(found.words)
        self.second.append(np.full(size, -1))
        self.score.append(found.scores + extra)
        self.case.append(found.cases)

    def edges(self, language: Language) -> Edges:
        first = np.concatenate(self.first).astype(np.int64)
        case = np.concatenate(self.case)
        flag = np.repeat(self.flag, self.sizes)
        cost = _CASE_WEIGHT * language.lexicon.case_cost[first, case]
        cost = np.where(flag == _OPEN, np.choose(case, (-_OPENING_SMALL_COST, -_OPENING_TITLE_COST, cost)), cost)
        cost = np.where(flag == _CAPITALS, np.where(case == CAPITALS, 0, -_WRONG_CASE_COST), cost)
        cost = np.where(flag == _NO_CASE, 0, cost)
        return Edges(
            np.repeat(self.sentence, self.sizes),
            np.repeat(self.start, self.sizes),
            np.repeat(self.end, self.sizes),
            first,
            np.concatenate(self.second).astype(np.int64),
            (np.concatenate(self.score) + cost).astype(np.float32),
        )


_NO_CASE, _INSIDE, _OPEN, _CAPITALS = range(4)


def _flag(item: Item) -> int:
    if item.capitals:
        return _CAPITALS
    return _OPEN if item.opens else _INSIDE


def build(
    sentences: Sequence[Sequence[Item]],
    settings: Sequence[Setting],
    active: Sequence[Sequence[bool]],
    language: Language,
) -> Lattice:
    """The lattice of the sentences; ``settings`` is by line, ``active`` says which items may change."""
    builder = _Builder()
    items: list[Item] = []
    for number, (sentence, may_change) in enumerate(zip(sentences, active, strict=True)):
        base = len(items)
        items += sentence
        for place, item in enumerate(sentence):
            setting = settings[item.line]
            if may_change[place] and setting.source is not None:
                _add_word(builder, (number, place), base + place, item, setting)
                _add_joins(builder, number, base, sentence, place, settings)
                _add_splits(builder, (number, place), base + place, item, setting, language)
            else:
                _add_fixed(builder, (number, place), item, language)
    lengths = np.array([len(sentence) for sentence in sentences])
    return Lattice(builder.edges(language), lengths, builder.origins, items)


def _add_fixed(builder: _Builder, where: tuple[int, int], item: Item, language: Language) -> None:
    word = _FIXED_WORDS.get(item.kind)
    found = itself(item.text, language)
    if word is not None:
        found = found._replace(words=np.array([word]))
    elif item.text[:1].isdigit():
        found = found._replace(words=np.array([NUMBER]))
    builder.add((where[0], where[1], where[1] + 1), _NO_CASE, found, np.zeros(1, dtype=np.float32))
    builder.origins.append(None)


def _add_word(builder: _Builder, where: tuple[int, int], number: int, item: Item, setting: Setting) -> None:
    assert setting.source is not None
    span = (where[0], where[1], where[1] + 1)
    found = setting.source.find(item.text)
    changed = np.array([0.0 if text == item.text else setting.change_cost for text in found.texts], dtype=np.float32)
    builder.add(span, _flag(item), found, changed)
    builder.origins += [Origin(number, 1, item.end, text) for text in found.texts]
    if item.capitals:
        _add_capitals(builder, span, number, item, found)
    if item.reach > item.end:
        marked = setting.source.find(item.text + "'")
        builder.add(span, _flag(item), marked, np.full(marked.words.size, setting.change_cost - _MARK_COST, np.float32))
        builder.origins += [Origin(number, 1, item.reach, text) for text in marked.texts]


def _add_capitals(
    builder: _Builder, span: tuple[int, int, int], number: int, item: Item, found: Candidates
) -> None:
    """The candidates once more in capitals: an engine may read a capital as the small letter of its shape."""
    have = {int(word) for word, case in zip(found.words, found.cases, strict=True) if case == CAPITALS}
    rows = [n for n in range(found.words.size) if found.cases[n] != CAPITALS and int(found.words[n]) not in have]
    if rows:
        texts = [found.texts[n].upper() for n in rows]
        more = Candidates(found.words[rows], np.full(len(rows), CAPITALS), found.scores[rows], texts)
        builder.add(span, _CAPITALS, more, np.full(len(rows), -_WRONG_CASE_COST / 2, dtype=np.float32))
        builder.origins += [Origin(number, 1, item.end, text) for text in texts]


def _add_joins(
    builder: _Builder, number: int, base: int, sentence: Sequence[Item], place: int, settings: Sequence[Setting]
) -> None:
    """Neighbouring fragments as one word."""
    first = sentence[place]
    setting = settings[first.line]
    assert setting.source is not None
    joined, cost = first.text, 0.0
    torn = len(first.text) == 1
    for after in range(place + 1, min(place + _MOST_FRAGMENTS, len(sentence))):
        item = sentence[after]
        if item.line != first.line or item.gap < 1 or not item.open_to_repair:
            break
        joined += item.text
        if len(joined) > _LONGEST_JOIN:
            break
        torn = torn or len(item.text) == 1
        cost -= setting.join_cost + _WIDE_GAP_COST * (item.gap - 1)
        if not (setting.loose or torn):
            continue
        found = setting.source.find(joined)
        good = [n for n in np.argsort(-found.scores, kind="stable")[:_JOIN_CANDIDATES] if found.scores[n] > _JOIN_FLOOR]
        if not good:
            continue
        texts = [found.texts[n] for n in good]
        chosen = Candidates(found.words[good], found.cases[good], found.scores[good], texts)
        span = (number, place, after + 1)
        builder.add(span, _flag(first), chosen, np.full(len(good), cost, dtype=np.float32))
        builder.origins += [Origin(base + place, after + 1 - place, item.end, text) for text in texts]
        if first.capitals:
            count = len(builder.origins)
            _add_capitals(builder, span, base + place, item, chosen._replace(scores=chosen.scores + np.float32(cost)))
            for n in range(count, len(builder.origins)):
                builder.origins[n] = Origin(base + place, after + 1 - place, item.end, builder.origins[n].text)  # type: ignore[union-attr]


def _add_splits(
    builder: _Builder, where: tuple[int, int], number: int, item: Item, setting: Setting, language: Language
) -> None:
    """A word as two, where it is none by itself."""
    text = item.text
    if len(text) < _SHORTEST_SPLIT or not text.isalpha() or language.lexicon.number(text) is not None:
        return
    assert setting.source is not None
    options = []
    for cut in range(1, len(text)):
        left, right = setting.source.find(text[:cut]), setting.source.find(text[cut:])
        a, b = int(left.scores.argmax()), int(right.scores.argmax())
        if left.scores[a] > _SPLIT_FLOOR and right.scores[b] > _SPLIT_FLOOR and right.cases[b] != TITLE:
            score = float(left.scores[a] + right.scores[b])
            options.append((score, left, a, right, b))
    options.sort(key=lambda option: -option[0])
    for score, left, a, right, b in options[:_MOST_SPLITS]:
        case = left.cases[a] if left.cases[a] != CAPITALS or right.cases[b] == CAPITALS else SMALL
        text = f"{left.texts[a]} {right.texts[b]}"
        one = Candidates(left.words[[a]], np.array([case]), np.array([score], dtype=np.float32), [text])
        cost = np.full(1, setting.change_cost - setting.split_cost, dtype=np.float32)
        builder.add((where[0], where[1], where[1] + 1), _flag(item), one, cost)
        builder.second[-1] = right.words[[b]]
        builder.origins.append(Origin(number, 1, item.end, text))
