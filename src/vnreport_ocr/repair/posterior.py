"""How sure a decision is: the share of its score among the alternatives in the same place.

The words around are taken as decided, so that each alternative is judged by the word itself
and by the three words that follow it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.ngrams import ORDER, SENTENCE, NgramModel
from vnreport_ocr.repair.decode import Edges
from vnreport_ocr.repair.tuning import TUNING

_PAD = ORDER - 1
_OUTDONE = TUNING.posterior.outdone

_SERIOUS = TUNING.posterior.serious


class Shares(NamedTuple):
    """For every edge on a path that is asked about, its share among its alternatives; elsewhere 1."""

    share: NDArray[np.float64]
    better: dict[int, tuple[int, float]]
    """For edges that are not the best of their alternatives: the best, and by how much, in natural logarithms."""


def posteriors(
    model: NgramModel, edges: Edges, paths: list[list[int]], asked: NDArray[np.bool_], weight: float, heat: float
) -> Shares:
    """Return how sure the choices of some paths are; ``heat`` above one makes the shares less extreme."""
    result = np.ones(edges.first.size)
    chosen = np.array([edge for path in paths for edge in path if asked[edge]], dtype=np.int64)
    if not chosen.size:
        return Shares(result, {})
    words, last, place = _flatten(edges, paths)
    key = (edges.sentence << 20) | (edges.start << 10) | edges.end
    order = _in_order(key)
    begins = _firsts(key[order])
    of = np.searchsorted(key[order[begins]], key[chosen])
    low, sizes = begins[of], np.diff(np.append(begins, order.size))[of]
    group = np.repeat(np.arange(chosen.size), sizes)
    member = order[np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(low, sizes)]
    own = member == chosen[group]
    rough = edges.score[member] + weight * model.alone(edges.first[member])
    best_rough = np.maximum.reduceat(rough, _firsts(group))
    serious = own | (rough > best_rough[group] - _SERIOUS)
    group, member, own = group[serious], member[serious], own[serious]
    at = place[chosen[group]]
    width = 1 + (edges.second[chosen[group]] >= 0)
    total = edges.score[member].astype(np.float64)
    total += weight * window_scores(model, words, last, at, edges.first[member], edges.second[member], width)
    total = total / heat
    best = np.maximum.reduceat(total, _firsts(group))
    share = np.exp(total - best[group])
    sums = np.bincount(group, share, minlength=chosen.size)
    result[chosen[group[own]]] = share[own] / sums[group[own]]
    top = np.flatnonzero((total == best[group]) & (_two_words(edges, member) == _two_words(edges, chosen[group])))
    outdone = top[result[chosen[group[top]]] < _OUTDONE]
    gain = best[group[outdone]] - total[own][group[outdone]]
    rows = zip(chosen[group[outdone]].tolist(), member[outdone].tolist(), gain.tolist(), strict=True)
    return Shares(result, {edge: (other, by) for edge, other, by in rows if by > 0})


def _two_words(edges: Edges, those: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of some edges have two words."""
    return edges.second[those] >= 0


def improved(path: Sequence[int], better: Mapping[int, tuple[int, float]]) -> list[int] | None:
    """Return a path with its worst choice replaced by what is better there, as its neighbours are, if any is."""
    worst = max((edge for edge in path if edge in better), key=lambda edge: better[edge][1], default=None)
    return None if worst is None else [better[edge][0] if edge == worst else edge for edge in path]


def _in_order(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the order of keys, each kind in the order it is in; equal ones mostly stand together already."""
    starts = _firsts(key)
    sizes = np.diff(np.append(starts, key.size))
    runs = np.argsort(key[starts], kind="stable")
    starts, sizes = starts[runs], sizes[runs]
    return np.repeat(starts - (np.cumsum(sizes) - sizes), sizes) + np.arange(key.size)


def _firsts(group: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.append([True], group[1:] != group[:-1]))


def _flatten(edges: Edges, paths: list[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """All words of the paths in a row, where each sentence ends, and the place of each edge's first word."""
    words: list[int] = [SENTENCE] * _PAD
    last: list[int] = [0] * _PAD
    place = np.zeros(edges.first.size, dtype=np.int64)
    for path in paths:
        begin = len(words)
        for edge in path:
            place[edge] = len(words)
            words.append(int(edges.first[edge]))
            if edges.second[edge] >= 0:
                words.append(int(edges.second[edge]))
        last += [len(words) - 1] * (len(words) - begin)
        words += [SENTENCE] * _PAD
        last += [0] * _PAD
    return np.array(words), np.array(last), place


def window_scores(
    model: NgramModel,
    words: NDArray[np.int64],
    last: NDArray[np.int64],
    at: NDArray[np.int64],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    width: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Compute the score of one or two words in a place, and of the words after the ``width`` words now there."""
    context = np.zeros(at.size, dtype=np.uint64)
    for back in range(_PAD, 0, -1):
        context = model.extend(context, words[at - back])
    total = model.after(context, first).astype(np.float64)
    context = model.extend(context, first)
    two = np.flatnonzero(second >= 0)
    if two.size:
        total[two] += model.after(context[two], second[two])
        context[two] = model.extend(context[two], second[two])
    next_at = at + width
    for ahead in range(_PAD):
        inside = np.flatnonzero(next_at + ahead <= last[at])
        if not inside.size:
            break
        following = words[next_at[inside] + ahead]
        total[inside] += model.after(context[inside], following)
        context[inside] = model.extend(context[inside], following)
    return total
