"""Where the value of a field ends: the archive knows which names of offices, people and kinds it has."""

from collections.abc import Callable
from typing import Final

from vnreport_ocr.search.query import Both, Either, Field, Node, Not, Phrase
from vnreport_ocr.search.words import TOKEN, bare

_NAMED: Final = frozenset(("issuer", "kind", "signer", "title"))
"""Fields of words, of which only the archive knows where they end."""


def with_whole_values(node: Node, has: Callable[[Field], bool]) -> Node:
    """Return a query whose names of offices, people and kinds may have blanks (``co-quan:sở tài chính``).

    Words behind such a field are part of its value as long as it is true of a document with them.
    """
    if isinstance(node, Not):
        return node
    if not isinstance(node, Both):
        return (
            type(node)(tuple(with_whole_values(part, has) for part in node.parts)) if isinstance(node, Either) else node
        )
    made: list[Node] = []
    is_open = False
    for part in node.parts:
        last = made[-1] if made else None
        if (
            is_open
            and isinstance(last, Field)
            and (said := _going_on(last, part))
            and has(longer := _longer(last, said))
        ):
            made[-1] = longer
            continue
        made.append(with_whole_values(part, has))
        is_open = isinstance(part, Field) and part.name in _NAMED and not part.is_whole
    return made[0] if len(made) == 1 else Both(tuple(made))


def _going_on(last: Field, part: Node) -> str:
    """Return the words of a part if they may belong to the value of the field before; those it has are text."""
    if not isinstance(part, Phrase) or part.is_quoted or part.terms[-1].prefix or last.value.endswith("*"):
        return ""
    said = " ".join(term.text for term in part.terms)
    return said if bare(said) not in map(bare, TOKEN.findall(last.value)) else ""


def _longer(last: Field, said: str) -> Field:
    return Field(last.name, f"{last.value} {said}")
