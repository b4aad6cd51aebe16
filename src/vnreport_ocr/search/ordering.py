"""The order of pages by what the index knows of them: words close together and headings, then how often words occur."""

import heapq
import json
from collections.abc import Sequence
from typing import Final

from vnreport_ocr.search.compiling import Compiled
from vnreport_ocr.search.index import Index
from vnreport_ocr.search.rows import ask

RERANKED: Final = 60
"""Pages, the best by the index, whose text decides their order."""
_RANKED: Final = 10_000
"""Pages that are ranked by how often the words occur; of more, the latest are."""
_WEIGHTS: Final = "6.0, 2.0, 0.7, 3.0, 1.0, 0.35, 1.0"
"""Of the columns of ``words``: heading before body, as it is written before bare, as it was read last."""


def order_of(index: Index, compiled: Compiled, rows: Sequence[int], wanted: int) -> list[tuple[int, float]]:
    """Return the best rows of those that match, as many as are wanted and ``RERANKED`` at least.

    Each with its share of the best weight of words, from 0 to 1.
    """
    weights = _weights(index, compiled, rows) if len(rows) > 1 else {}
    first = _first(index, compiled, rows) if len(rows) > RERANKED else set()
    typed = _typed(index, compiled) if len(rows) > RERANKED else set()

    def worth(row: int) -> tuple[bool, bool, float, int]:
        return row in typed, row in first, weights.get(row, 0.0), row

    wanted = max(RERANKED, wanted)
    if wanted > len(first) + len(weights) or typed:
        chosen = sorted(rows, key=worth, reverse=True)[:wanted]
    else:
        chosen = heapq.nlargest(wanted, {*first, *weights, *rows[-wanted:]}, key=worth)
    most = max(weights.values(), default=0.0) or 1.0
    return [(row, weights.get(row, 0.0) / most) for row in chosen]


def _weights(index: Index, compiled: Compiled, rows: Sequence[int]) -> dict[int, float]:
    """Weigh the latest rows by how often the words occur there, and how seldom elsewhere."""
    ((pages,),) = ask(index, "SELECT max(id) FROM places")
    if len(rows) > _RANKED and 2 * len(rows) > pages:
        return {}  # each of the words stands on most pages and tells nothing
    ranked = max(1, _RANKED // compiled.phrases)
    since = rows[-ranked] if len(rows) > ranked else 0
    narrowed, values = "", [compiled.match, since]
    if compiled.where != "1":
        narrowed = " AND +rowid IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(list(rows[-ranked:])))
    question = f"SELECT rowid, -bm25(words, {_WEIGHTS}) FROM words WHERE words MATCH ? AND rowid >= ?{narrowed}"
    return dict(ask(index, question, values))


def _typed(index: Index, compiled: Compiled) -> set[int]:
    """Return the rows with the words that were typed, where others mean the same."""
    if compiled.typed is None:
        return set()
    return {row for (row,) in ask(index, "SELECT rowid FROM words WHERE words MATCH ?", (compiled.typed,))}


def _first(index: Index, compiled: Compiled, rows: Sequence[int]) -> set[int]:
    """Return the rows with all words close together or in a heading."""
    found: set[int] = set()
    if compiled.heads is not None:
        found.update(row for (row,) in ask(index, "SELECT rowid FROM heads WHERE heads MATCH ?", (compiled.heads,)))
    if compiled.close is not None:
        found.update(row for (row,) in ask(index, "SELECT rowid FROM words WHERE words MATCH ?", (compiled.close,)))
    return found.intersection(rows)
