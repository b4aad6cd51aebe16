"""The most likely words: a beam search over the lattices of many sentences at once.

A lattice has places (between items) and edges (a candidate: one word, or two where a token is
split, over one item or several where fragments are joined). All sentences of a batch advance
one place at a time, so that every step is a few operations on arrays.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vnreport_ocr.language.ngrams import SENTENCE, WORD_BITS, NgramModel
from vnreport_ocr.native.ngrams import BeamBounds
from vnreport_ocr.repair.tuning import TUNING

_BEAM = TUNING.decode.beam
_REACH = TUNING.decode.reach
_HOPELESS = TUNING.decode.hopeless

_NOTHING = np.float32(-1e9)
_START = np.uint64(SENTENCE | SENTENCE << WORD_BITS | SENTENCE << 2 * WORD_BITS)


class Edges(NamedTuple):
    """The edges of all sentences of a batch; ``second`` is -1 if an edge has one word."""

    sentence: NDArray[np.int64]
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    score: NDArray[np.float32]


class _Beams(NamedTuple):
    """The hypotheses that end at each place of each sentence."""

    score: NDArray[np.float32]
    context: NDArray[np.uint64]
    backoff: NDArray[np.float32]
    edge: NDArray[np.int64]
    rank: NDArray[np.int64]


def _empty_beams(sentences: int, places: int, model: NgramModel) -> _Beams:
    shape = (sentences, places, _BEAM)
    beams = _Beams(
        np.full(shape, _NOTHING, dtype=np.float32),
        np.full(shape, _START, dtype=np.uint64),
        np.zeros((*shape, 3), dtype=np.float32),
        np.full(shape, -1, dtype=np.int64),
        np.zeros(shape, dtype=np.int64),
    )
    beams.score[:, 0, 0] = 0
    beams.backoff[:, 0, :] = model.backoffs(np.array([_START], dtype=np.uint64))[0]
    return beams


def _ranks(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """For sorted groups the position of each member in its group."""
    starts = np.flatnonzero(np.concatenate([[True], groups[1:] != groups[:-1]]))
    return np.arange(groups.size) - np.repeat(starts, np.diff(np.append(starts, groups.size)))


def _best(sentence: NDArray[np.int64], context: NDArray[np.uint64], total: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the hypotheses to keep: of each sentence the best with different contexts, best first."""
    order = np.lexsort((-total, sentence))
    ranks = _ranks(sentence[order])
    best = total[order[np.maximum.accumulate(np.where(ranks == 0, np.arange(ranks.size), 0))]]
    order = order[(ranks < 3 * _BEAM) & (total[order] > best - np.float32(_REACH))]
    apart = order[np.lexsort((-total[order], context[order], sentence[order]))]
    new = (sentence[apart][1:] != sentence[apart][:-1]) | (context[apart][1:] != context[apart][:-1])
    apart = np.sort(apart[np.concatenate([[True], new])])
    order = apart[np.lexsort((-total[apart], sentence[apart]))]
    kept: NDArray[np.int64] = order[_ranks(sentence[order]) < _BEAM]
    return kept


def decode(model: NgramModel, edges: Edges, lengths: NDArray[np.int64], weight: float) -> list[list[int]]:
    """For each sentence the numbers of the edges of its best path; edges stand in the order of their sentences."""
    if model.native is not None:
        bounds = np.searchsorted(edges.sentence, np.arange(lengths.size + 1))
        beam = BeamBounds(_BEAM, _REACH, _HOPELESS)
        return model.native.decode(edges[1:], bounds, lengths, weight, beam, int(_START))
    sentences, places = lengths.size, int(lengths.max()) + 1
    beams = _empty_beams(sentences, places, model)
    by_end = np.argsort(edges.end, kind="stable")
    bounds = np.searchsorted(edges.end[by_end], np.arange(places + 1))
    for place in range(1, places):
        here = by_end[bounds[place] : bounds[place + 1]]
        if here.size:
            _advance(model, edges, beams, here, place, weight)
    return [_trace(edges, beams, number, int(length)) for number, length in enumerate(lengths)]


def _advance(
    model: NgramModel, edges: Edges, beams: _Beams, here: NDArray[np.int64], place: int, weight: float
) -> None:
    """Extend the hypotheses by the edges that end at one place."""
    here = _promising(model, edges, beams, here, weight)
    sentence, start = edges.sentence[here], edges.start[here]
    before = beams.score[sentence, start]
    row, column = np.nonzero(before > _NOTHING / 2)
    source_sentence, source_start, edge = sentence[row], start[row], here[row]
    context = beams.context[source_sentence, source_start, column]
    backoff = beams.backoff[source_sentence, source_start, column]
    first, second = edges.first[edge], edges.second[edge]
    total = before[row, column] + edges.score[edge] + weight * model.score(context, first, backoff)
    context = model.extend(context, first)
    split = np.flatnonzero(second >= 0)
    if split.size:
        total[split] += weight * model.after(context[split], second[split])
        context[split] = model.extend(context[split], second[split])
    keep = _best(source_sentence, context, total)
    to, rank = source_sentence[keep], _ranks(source_sentence[keep])
    beams.score[to, place, rank] = total[keep]
    beams.context[to, place, rank] = context[keep]
    beams.backoff[to, place, rank] = model.backoffs(context[keep])
    beams.edge[to, place, rank] = edge[keep]
    beams.rank[to, place, rank] = column[keep]


def _promising(
    model: NgramModel, edges: Edges, beams: _Beams, here: NDArray[np.int64], weight: float
) -> NDArray[np.int64]:
    """Return the edges that have a chance after the best hypothesis, so that the others need not try the rest."""
    sentence, start = edges.sentence[here], edges.start[here]
    reached = beams.score[sentence, start, 0] > _NOTHING / 2
    here, sentence, start = here[reached], sentence[reached], start[reached]
    after_best = model.score(beams.context[sentence, start, 0], edges.first[here], beams.backoff[sentence, start, 0])
    value = beams.score[sentence, start, 0] + edges.score[here] + weight * after_best
    best = np.full(beams.score.shape[0], _NOTHING, dtype=np.float32)
    single = edges.second[here] < 0  # of two words only the first has been looked at
    np.maximum.at(best, sentence[single], value[single])
    promising: NDArray[np.int64] = here[(value > best[sentence] - _HOPELESS) | ~single]
    return promising


def _trace(edges: Edges, beams: _Beams, sentence: int, length: int) -> list[int]:
    path: list[int] = []
    place, rank = length, 0
    while place > 0:
        edge = int(beams.edge[sentence, place, rank])
        path.append(edge)
        rank = int(beams.rank[sentence, place, rank])
        place = int(edges.start[edge])
    path.reverse()
    return path
