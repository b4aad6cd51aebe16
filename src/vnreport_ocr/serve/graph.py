"""A document's relations as a small drawing: what it names on the left, what names it on the right."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

_MOST: Final = 7
_HIGH: Final = 46
_WIDE: Final = 210
_GAP: Final = 110
_WIDTH: Final = 2 * (_WIDE + _GAP) + _WIDE


class Related(NamedTuple):
    """Another document, and what one of the two says of the other."""

    relation: str
    name: str
    file: str
    """Where it lies in the archive; empty where it does not."""
    page: int | None = None


class Node(NamedTuple):
    """A document in the drawing."""

    related: Related
    x: float
    y: float
    incoming: bool
    line: tuple[float, float, float, float]
    label: tuple[float, float]


class RelationGraph(NamedTuple):
    """The drawing."""

    nodes: tuple[Node, ...]
    centre: float
    height: float
    left_out: int
    left: int
    width: int
    box_width: int = _WIDE
    box_height: int = _HIGH - 12
    centre_x: int = _WIDE + _GAP


def outgoing(rows: Iterable[dict[str, Any]]) -> list[Related]:
    """Return the documents that a document names, each once."""
    found: dict[tuple[str, str], Related] = {}
    for row in rows:
        name = " ".join(filter(None, (row["kind"], row["number"] or row["date"]))) or row["issuer"]
        if name:
            related = Related(row["relation"], name, row["found_in"] or "", row["page"])
            found.setdefault((row["relation"], name.casefold()), related)
    return list(found.values())


def incoming(rows: Iterable[dict[str, Any]]) -> list[Related]:
    """Return the documents of the archive that name a document, each once."""
    found: dict[tuple[str, str], Related] = {}
    for row in rows:
        related = Related(row["relation"], row["number_of_file"] or row["file"], row["file"], row["page"])
        found.setdefault((row["relation"], row["file"]), related)
    return list(found.values())


def graph(names: list[Related], named_by: list[Related]) -> RelationGraph | None:
    """Lay the drawing out; None where there is nothing to draw."""
    if not names and not named_by:
        return None
    # What lies in the archive first: it can be opened.
    left = sorted(names, key=lambda one: not one.file)[:_MOST]
    right = named_by[:_MOST]
    height = float(max(len(left), len(right), 1) * _HIGH)
    centre = height / 2
    nodes = [_node(one, n, len(left), height, incoming=False) for n, one in enumerate(left)]
    nodes += [_node(one, n, len(right), height, incoming=True) for n, one in enumerate(right)]
    left_out = len(names) + len(named_by) - len(nodes)
    begin, end = 0 if left else _WIDE + _GAP, _WIDTH if right else _WIDTH - _WIDE - _GAP
    return RelationGraph(tuple(nodes), centre, height, left_out, begin, end - begin)


def _node(related: Related, number: int, count: int, height: float, *, incoming: bool) -> Node:
    y = (number + 0.5) * height / count
    if incoming:
        start = (2 * _WIDE + 2 * _GAP, y)
        end = (2 * _WIDE + _GAP, height / 2)
    else:
        start = (_WIDE + _GAP, height / 2)
        end = (_WIDE, y)
    x = 2 * (_WIDE + _GAP) if incoming else 0
    # The label stands near the box, where the lines lie apart.
    near = start if incoming else end
    other = end if incoming else start
    label = (near[0] + 0.5 * (other[0] - near[0]), near[1] + 0.32 * (other[1] - near[1]) - 4)
    return Node(related, x, y, incoming, (*start, *end), label)
