"""Sentences as lattices: candidates for each word, and joins and splits where words were torn or run together."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.lexicon import CAPITALS, TITLE
from vnreport_ocr.language.ngrams import NUMBER, PAUSE, SENTENCE, UNKNOWN
from vnreport_ocr.model import Token
from vnreport_ocr.repair.budget import Budget
from vnreport_ocr.repair.candidates import Candidates, Source, case_of, itself, some
from vnreport_ocr.repair.decode import Edges
from vnreport_ocr.repair.evidence import Evidence, change_gain
from vnreport_ocr.repair.items import Item
from vnreport_ocr.repair.joins import Wholes, find_joins
from vnreport_ocr.repair.names import DocumentNames
from vnreport_ocr.repair.pairs import DocumentPairs
from vnreport_ocr.repair.policy import NEVER, Policy
from vnreport_ocr.repair.splits import find_splits
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import match_case, split_tone
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import Kind

FIXED_WORDS = {Kind.NUMBER: NUMBER, Kind.CODE: NUMBER, Kind.PAUSE: PAUSE, Kind.STOP: SENTENCE}
"""What the language model sees of an item that is not a word."""

_DOUBTFUL_COST = TUNING.lattice.doubtful_cost

_CASE_WEIGHT = TUNING.lattice.case_weight
_WRONG_CASE_COST = TUNING.lattice.wrong_case_cost
_OPENING_TITLE_COST = TUNING.lattice.opening_title_cost
_OPENING_SMALL_COST = TUNING.lattice.opening_small_cost
_MARK_BONUS, _ASKED_BONUS = TUNING.lattice.mark_bonus, TUNING.lattice.asked_bonus
_HORN = frozenset("ơưƠƯ")
"""An engine without Vietnamese reads the horn of these as an apostrophe."""

_ENDING_HORN = frozenset("ưƯ")
"""A question mark stands for the horn and the tone of these at the end of a word (``ct?`` for ``cứ``)."""

_RAISED_SIGNS = "®™©°¢@*"
"""What an engine makes of the small raised number of a footnote behind a word."""

_RAISED_COST = TUNING.lattice.raised_cost
_SHORTEST_RAISED = TUNING.lattice.shortest_raised

_SHORTEST_SPLIT, _LONGEST_SPLIT = TUNING.lattice.shortest_split, TUNING.lattice.longest_split
_SPLIT_WORTH = TUNING.lattice.split_worth

_RARE_SLIPS = TUNING.lattice.rare_slips

_ALTERNATIVE_COST = TUNING.lattice.alternative_cost
_NO_CASE, _INSIDE, _OPEN, _CAPITALS = range(4)


class Aids(NamedTuple):
    """What helps to decide what words may have been."""

    language: Language
    evidence: Evidence
    pairs: DocumentPairs
    names: DocumentNames
    budget: Budget


class _Group(NamedTuple):
    """Edges between the same two places."""

    sentence: int
    start: int
    stop: int
    flag: int
    found: Candidates
    extra: float
    change_cost: float
    item: Item | None
    end: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """The edges of all sentences, and the groups they came in."""

    edges: Edges
    lengths: NDArray[np.int64]
    groups: list[_Group]
    group_of: NDArray[np.int64]
    begins: NDArray[np.int64]
    can_change: NDArray[np.bool_]

    def origin(self, number: int, row: int) -> tuple[Item, int, str]:
        """Return what an edge means: from its item on, what was read up to a place in the line becomes a text."""
        group = self.groups[number]
        assert group.item is not None
        return group.item, group.end, group.found.texts[row]


@dataclass(slots=True)
class _Builder:
    """Collects the groups of edges."""

    language: Language
    evidence: Evidence
    pairs: DocumentPairs
    names: DocumentNames
    budget: Budget
    groups: list[_Group] = field(default_factory=list)
    second: dict[int, list[int]] = field(default_factory=dict)
    """For a group of two words each: the numbers of the second ones."""
    splits: dict[tuple[int, str], list[tuple[Candidates, int]]] = field(default_factory=dict)
    wholes: Wholes = field(default_factory=dict)
    fixed: dict[tuple[Kind, str], Candidates] = field(default_factory=dict)
    """What words that stay as they are look like to the language model, by kind and text."""


def build(
    sentences: Sequence[Sequence[Item]],
    policies: Sequence[Policy],
    active: Sequence[Sequence[bool]],
    aids: Aids,
) -> Lattice:
    """Return the lattice of the sentences; ``policies`` is by line, ``active`` says which items may change."""
    builder = _Builder(*aids)
    for number, (sentence, may_change) in enumerate(zip(sentences, active, strict=True)):
        for place, item in enumerate(sentence):
            policy = policies[item.line]
            if may_change[place] and policy.source is not None:
                first, source = len(builder.groups), builder.budget.over(policy.source)
                _add_word(builder, number, place, item, policy, source)
                if place + 1 < len(sentence) and sentence[place + 1].gap > 0:
                    _add_joins(builder, number, sentence, place, policy, source)
                    if (
                        policy.change_cost < _RARE_SLIPS
                        and not policy.loose
                        and may_change[place + 1]
                        and _is_pair(item, sentence[place + 1])
                    ):
                        _add_pairs(builder, builder.groups[first], sentence[place + 1], source)
            else:
                _add_fixed(builder, number, place, item)
    return _finish(builder, np.array([len(sentence) for sentence in sentences]))


def _finish(builder: _Builder, lengths: NDArray[np.int64]) -> Lattice:
    groups = builder.groups
    sentence, start, stop, flags, candidates, extra, change_costs, items, _ = zip(*groups, strict=True)
    words, cases, scores, _, own = zip(*candidates, strict=True)
    sizes = np.array([found.size for found in words])
    begins = np.cumsum(sizes) - sizes
    group_of = np.repeat(np.arange(len(groups)), sizes)

    def spread(values: Sequence[int]) -> NDArray[np.int64]:
        return np.repeat(np.array(values, dtype=np.int64), sizes)

    first = np.concatenate(words).astype(np.int64)
    second = np.full(first.size, -1, dtype=np.int64)
    for number, those in builder.second.items():
        second[begins[number] : begins[number] + len(those)] = those
    case = np.concatenate(cases)
    flag = spread(flags)
    change_cost, own_place = np.array(change_costs), np.array(own)
    score = np.concatenate(scores) + np.repeat(np.array(extra) + change_cost, sizes)
    kept = np.flatnonzero((change_cost != 0) & (own_place >= 0))
    score[begins[kept] + own_place[kept]] -= change_cost[kept]
    cost = _CASE_WEIGHT * builder.language.lexicon.case_cost[first, case]
    cost = np.where(flag == _OPEN, np.choose(case, (-_OPENING_SMALL_COST, -_OPENING_TITLE_COST, cost)), cost)
    cost = np.where(flag == _CAPITALS, np.where(case == CAPITALS, 0, -_WRONG_CASE_COST), cost)
    cost = np.where(flag == _NO_CASE, 0, cost)
    cost -= np.where(builder.language.doubtful[first] & (case != TITLE), _DOUBTFUL_COST, 0)
    edges = Edges(
        spread(sentence),
        spread(start),
        spread(stop),
        first,
        second,
        (score + cost).astype(np.float32),
    )
    can_change = np.repeat([item is not None for item in items], sizes)
    return Lattice(edges, lengths, groups, group_of, begins, can_change)


def _flag(item: Item) -> int:
    if item.capitals:
        return _CAPITALS
    return _OPEN if item.opens else _INSIDE


def _add_fixed(builder: _Builder, number: int, place: int, item: Item) -> None:
    found = builder.fixed.get((item.kind, item.text))
    if found is None:
        found = itself(item.text, builder.language)
        word = FIXED_WORDS.get(item.kind)
        if word is None and any(c.isdigit() for c in item.text):
            word = NUMBER
        if word is not None:
            found = found._replace(words=np.array([word]))
        builder.fixed[item.kind, item.text] = found
    builder.groups.append(_Group(number, place, place + 1, _NO_CASE, found, 0.0, 0.0, None, item.end))


def _add_word(builder: _Builder, number: int, place: int, item: Item, policy: Policy, source: Source) -> None:
    found = source.find(item.text)
    cost = policy.change_cost
    token = builder.evidence.of(item)
    if token is not None:
        cost = min(0.0, cost + change_gain(token))
    group = _Group(number, place, place + 1, _flag(item), found, 0.0, cost, item, item.end)
    builder.groups.append(group)
    if token is not None and token.alternatives:
        _add_alternatives(builder, group, item, token)
    _add_names(builder, group, item.text)
    if item.capitals:
        _add_capitals(builder, group, item.text)
    if item.reach > item.end and (policy.digits or not item.asked):
        _add_marked(builder, group, item)
    if item.text[-1] in _RAISED_SIGNS:
        _add_raised(builder, group, item, source)
    splittable = _SHORTEST_SPLIT <= len(item.text) <= _LONGEST_SPLIT and item.text.isalpha()
    if splittable and policy.split_cost < NEVER and max(found.scores.tolist()) < _SPLIT_WORTH:
        _add_splits(builder, group, item, policy, source)


def _add_alternatives(builder: _Builder, group: _Group, item: Item, token: Token) -> None:
    """Return the engine's other reading, if it is a word."""
    lexicon = builder.language.lexicon
    lead = token.text.find(item.text)
    rest = len(token.text) - lead - len(item.text)
    for text, share in token.alternatives:
        word = text[lead : len(text) - rest]
        number = lexicon.number(word)
        if lead < 0 or number is None or word == item.text:
            continue
        score = np.array([math.log(max(share, 1e-3)) - _ALTERNATIVE_COST], dtype=np.float32)
        found = Candidates(np.array([number]), np.array([case_of(word)]), score, [word], -1)
        builder.groups.append(group._replace(found=found, change_cost=0.0))


def _add_names(builder: _Builder, group: _Group, read: str) -> None:
    """Find the names of the document that a strange word may have been meant as."""
    names = [name for name in builder.names.find(read) if name.text not in group.found.texts]
    if names:
        found = Candidates(
            np.array([builder.language.lexicon.number(name.text) or UNKNOWN for name in names]),
            np.array([case_of(name.text) for name in names]),
            np.array([name.score for name in names], dtype=np.float32),
            [name.text for name in names],
            -1,
        )
        builder.groups.append(group._replace(found=found))


def _add_capitals(builder: _Builder, group: _Group, read: str) -> None:
    """Return the candidates once more in capitals: an engine may read a capital as the small letter of its shape."""
    found = group.found
    forms = list(zip(found.words.tolist(), found.cases.tolist(), strict=True))
    have = {word for word, case in forms if case == CAPITALS}
    rows = [n for n, (word, case) in enumerate(forms) if case != CAPITALS and word not in have]
    if not rows:
        return
    texts, capitals = [found.texts[n].upper() for n in rows], read.upper()
    more = some(found, rows, texts)._replace(cases=np.full(len(rows), CAPITALS))
    if capitals in texts:
        more = more._replace(own=texts.index(capitals))
    builder.groups.append(group._replace(found=more, extra=group.extra - _WRONG_CASE_COST / 2))


def _add_marked(builder: _Builder, group: _Group, item: Item) -> None:
    """Candidates with a horn once more, the apostrophe behind them being the horn."""
    found = group.found
    if item.asked:
        rows = [n for n, text in enumerate(found.texts) if split_tone(text)[0][-1:] in _ENDING_HORN]
    else:
        rows = [n for n, text in enumerate(found.texts) if _HORN & set(split_tone(text)[0])]
    if rows:
        marked = some(found, rows, [found.texts[n] for n in rows])
        bonus = _ASKED_BONUS if item.asked else _MARK_BONUS
        builder.groups.append(group._replace(found=marked, extra=bonus, end=item.reach))


def _add_raised(builder: _Builder, group: _Group, item: Item, source: Source) -> None:
    """Return the word without the signs at its end, which then stand for the number of a footnote and stay."""
    bare = item.text.rstrip(_RAISED_SIGNS)
    if len(bare) >= _SHORTEST_RAISED and bare.isalpha():
        end = item.end - (len(item.text) - len(bare))
        builder.groups.append(group._replace(found=source.find(bare), extra=-_RAISED_COST, end=end))


def _add_joins(
    builder: _Builder, number: int, sentence: Sequence[Item], place: int, policy: Policy, source: Source
) -> None:
    """Neighbouring fragments as one word."""
    first = sentence[place]
    for join in find_joins(sentence, place, policy, source, builder.language, builder.wholes):
        last = sentence[join.stop - 1]
        group = _Group(number, place, join.stop, _flag(first), join.found, join.score, 0.0, first, last.end)
        builder.groups.append(group)
        if first.capitals:
            _add_capitals(builder, group, join.read)


def _is_pair(item: Item, after: Item) -> bool:
    """Whether two words of a line can make one term, as far as their looks go."""
    if after.line != item.line or after.gap != 1 or after.kind is not Kind.WORD:
        return False
    cased = after.text.islower() or (item.text.isupper() and after.text.isupper())
    return cased and is_legal(item.text) and is_legal(after.text)


def _add_pairs(builder: _Builder, group: _Group, after: Item, source: Source) -> None:
    """Two words as a term with the same letters, beside the two as they stand."""
    assert group.item is not None
    item, own, other = group.item, group.found, source.find(after.text)
    if own.own < 0 or other.own < 0:
        return
    slips = builder.pairs.find(int(own.words[own.own]), int(other.words[other.own]))
    if not slips:
        return
    entries = builder.language.lexicon.entries
    texts = [
        " ".join(match_case(w.text, entries[n].text) for w, n in ((item, slip.first), (after, slip.second)))
        for slip in slips
    ]
    stands = float(own.scores[own.own] + other.scores[other.own])
    size = len(slips) + 1
    builder.second[len(builder.groups)] = [int(other.words[other.own]), *(slip.second for slip in slips)]
    found = Candidates(
        np.array([own.words[own.own], *(slip.first for slip in slips)]),
        np.full(size, own.cases[own.own]),
        np.array([stands, *(slip.score for slip in slips)], dtype=np.float32),
        [f"{item.text} {after.text}", *texts],
        0,
    )
    builder.groups.append(group._replace(stop=group.start + 2, found=found, end=after.end))


def _add_splits(builder: _Builder, group: _Group, item: Item, policy: Policy, source: Source) -> None:
    """Split a word that is none by itself in two."""
    text = item.text
    known = builder.splits.get((id(source), text))
    if known is None:
        known = [] if builder.language.lexicon.number(text) is not None else find_splits(text, source)
        builder.splits[id(source), text] = known
    for found, word in known:
        builder.second[len(builder.groups)] = [word]
        builder.groups.append(
            group._replace(found=found, extra=policy.change_cost - policy.split_cost, change_cost=0.0)
        )
