"""A query as SQL over the index: what it matches, and the expressions that rank the pages."""

from collections.abc import Iterator
from itertools import islice, product
from typing import Final, NamedTuple

from vnreport_ocr.search.crossing import ALPHA, OMEGA, across_phrases
from vnreport_ocr.search.fieldclauses import field_clause
from vnreport_ocr.search.matching import is_marked, needs_a_check
from vnreport_ocr.search.query import Both, Either, Field, Near, Node, Not, Phrase, Term, as_typed
from vnreport_ocr.search.words import bare, written

_WRITTEN: Final = "{heading body as_read}"
_ACROSS: Final = "{across}"
_MOST_SPELLINGS: Final = 8
_PAGE: Final = "p.id"


class Compiled(NamedTuple):
    """A query in SQL."""

    match: str | None
    """The full-text expression that ranks the pages; empty if the query only asks for documents."""
    where: str
    """Further conditions on ``p`` (a page) and ``d`` (its document)."""
    values: tuple[object, ...]
    checked: bool
    """Whether each page found must be checked again, since the index cannot decide everything."""
    phrases: int = 1
    """The number of words and phrases in the expression."""
    close: str | None = None
    """The expression for all words close together; empty if there is only one."""
    heads: str | None = None
    """The expression for headings with all the words."""
    typed: str | None = None
    """The expression for what was typed, where others mean the same; it comes first."""

    @property
    def asks_of_documents(self) -> bool:
        """Whether the further conditions concern a document as a whole."""
        return _PAGE not in self.where


def compile_query(node: Node) -> Compiled:
    """Turn the tree of a query into SQL."""
    parts = node.parts if isinstance(node, Both) else (node,)
    wanted = [part for part in parts if _is_text(part)]
    unwanted = [part for part in parts if wanted and isinstance(part, Not) and _excludes(part.part)]
    match = _all_of(list(map(_match, wanted))) if wanted else None
    typed = as_typed(node)
    texts = [part for part in (typed.parts if isinstance(typed, Both) else (typed,)) if _is_text(part)]
    for other in unwanted:
        match = f"({match} NOT {_match(other.part)})"
    clauses, values = [], []
    for part in parts:
        if part not in wanted and part not in unwanted:
            clause, more = _clause(part)
            clauses.append(clause)
            values += more
    return Compiled(
        match,
        " AND ".join(clauses) or "1",
        tuple(values),
        needs_a_check(node),
        sum(1 for part in wanted for _ in _phrases(part)),
        _close(typed),
        _all_of([_match(part, across=False) for part in texts]) if texts else None,
        None if typed == node or not texts else _all_of(list(map(_match, texts))),
    )


def _phrases(node: Node) -> Iterator[Phrase]:
    if isinstance(node, Phrase):
        yield node
    elif isinstance(node, Near):
        yield from node.phrases
    elif isinstance(node, Both | Either):
        for part in node.parts:
            yield from _phrases(part)


def _is_text(node: Node) -> bool:
    """Whether the full text alone can answer it: no field, and nothing that only excludes."""
    if isinstance(node, Phrase | Near):
        return True
    return isinstance(node, Both | Either) and all(map(_is_text, node.parts))


def _excludes(node: Node) -> bool:
    """Whether the full text alone can say on which pages it is not; of some words it only knows where they may be."""
    return _is_text(node) and not needs_a_check(node)


def _match(node: Node, *, across: bool = True) -> str:
    """Return the expression for a part of a query.

    Columns need not be named: a word with marks stands only in those of words as they are written, and a bare phrase
    that is written so is bare as well. Naming them would make the index look at the places of every word.
    """
    if isinstance(node, Both):
        return _all_of([_match(part, across=across) for part in node.parts])
    if isinstance(node, Either):
        return "(" + " OR ".join(_match(part, across=across) for part in node.parts) + ")"
    if isinstance(node, Near):
        return _near(node.phrases, node.distance)
    if isinstance(node, Phrase):
        marks = [is_marked(term.text) for term in node.terms]
        spelled = _spellings(node.terms)
        way = _any_of(spelled, marked=all(marks))
        if any(marks) and not all(marks):
            # The words that are meant as they are typed narrow down what has to be looked at.
            typed = [
                _any_of(_spellings((term,)), marked=True)
                for term, marked in zip(node.terms, marks, strict=True)
                if marked
            ]
            way = f"({way} AND {' AND '.join(typed)})"
        ways = [way]
        if across:
            ways += [f"{_ACROSS} : {phrase}" for terms in spelled for phrase in _across(terms, marked=all(marks))]
        return ways[0] if len(ways) == 1 else "(" + " OR ".join(ways) + ")"
    raise TypeError(f"{type(node).__name__} has no place in the full text")


def _near(phrases: tuple[Phrase, ...], distance: int) -> str:
    marked = all(is_marked(term.text) for phrase in phrases for term in phrase.terms)
    ways = islice(product(*(_spellings(phrase.terms) for phrase in phrases)), _MOST_SPELLINGS)
    said = [f"NEAR({' '.join(_quoted(terms, marked=marked) for terms in way)}, {distance})" for way in ways]
    return said[0] if len(said) == 1 else f"({' OR '.join(said)})"


def _close(node: Node) -> str | None:
    """Return the expression for pages on which the words are close together."""
    if isinstance(node, Either):
        if not _is_text(node):
            return None
        ways = [_close(part) or _match(part) for part in node.parts]
        return "(" + " OR ".join(ways) + ")" if any(map(_close, node.parts)) else None
    if not isinstance(node, Both):
        return None
    phrases = tuple(part for part in node.parts if isinstance(part, Phrase))
    if len(phrases) < 2 or any(term.prefix and len(term.text) < _LONG for phrase in phrases for term in phrase.terms):
        return None  # few letters begin too many words
    if len(phrases) == 2 and not phrases[0].terms[-1].prefix:
        # Two words are most often one; those that stand anywhere near each other are too many.
        return _any_of(
            _spellings(phrases[0].terms + phrases[1].terms),
            marked=all(is_marked(term.text) for phrase in phrases for term in phrase.terms),
        )
    return _near(phrases, 2 * len(phrases) + _ROOM)


_LONG: Final = 3
_ROOM: Final = 6
"""How many other words may be between those of a query, besides as many as there are."""


def _all_of(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else "(" + " AND ".join(parts) + ")"


def _spellings(terms: tuple[Term, ...]) -> list[tuple[Term, ...]]:
    """Return the ways in which a phrase may be written, starting with the way it was typed."""
    ways = [[term._replace(text=text) for text in term.spellings()] for term in terms]
    return list(islice(product(*ways), _MOST_SPELLINGS))


def _any_of(ways: list[tuple[Term, ...]], *, marked: bool) -> str:
    said = [_quoted(terms, marked=marked) for terms in ways]
    if marked and any(_form(term, marked=True)[0] in ALPHA + OMEGA for terms in ways for term in terms):
        return f"{_WRITTEN} : ({' OR '.join(said)})"  # words over the end of a page begin with these
    return said[0] if len(said) == 1 else "(" + " OR ".join(said) + ")"


def _quoted(terms: tuple[Term, ...], *, marked: bool) -> str:
    words = " ".join(_form(term, marked=marked) for term in terms)
    return f'"{words}"' + (" *" if terms[-1].prefix else "")


def _across(terms: tuple[Term, ...], *, marked: bool) -> list[str]:
    words = [part for term in terms for part in _form(term, marked=marked).split()]
    return across_phrases(words, prefix=terms[-1].prefix) if len(words) > 1 else []


def _form(term: Term, *, marked: bool) -> str:
    return written(term.text) if marked else bare(term.text) or term.text


def _clause(node: Node) -> tuple[str, list[object]]:
    if isinstance(node, Not):
        if needs_a_check(node.part):  # each page is looked at for it
            return "1", []
        clause, values = _clause(node.part)
        return f"NOT {clause}", values
    if isinstance(node, Field):
        return field_clause(node)
    if _is_text(node):
        return f"({_PAGE} IN (SELECT rowid FROM words WHERE words MATCH ?))", [_match(node)]
    if isinstance(node, Both | Either):
        made = [_clause(part) for part in node.parts]
        joint = " AND " if isinstance(node, Both) else " OR "
        return "(" + joint.join(clause for clause, _ in made) + ")", [value for _, more in made for value in more]
    raise TypeError(f"{type(node).__name__} has no clause")
