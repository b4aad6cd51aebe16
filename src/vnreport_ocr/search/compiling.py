"""A query as SQL over the index: what it matches, and the expressions by which the pages are ranked."""

from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, product
from typing import NamedTuple

from vnreport_ocr.search.crossing import across_phrases
from vnreport_ocr.search.matching import is_marked, needs_a_check
from vnreport_ocr.search.query import Both, Either, Field, Near, Node, Not, Phrase, Term
from vnreport_ocr.search.words import bare, bare_text, number_key, written

_WRITTEN = "{heading body as_read}"
_BARE = "{heading_bare body_bare as_read_bare}"
_ACROSS = "{across}"
_MOST_SPELLINGS = 8


class Compiled(NamedTuple):
    """What a query is in SQL."""

    match: str | None
    """The expression for the full text by which pages are ranked; none where the query asks for documents alone."""
    where: str
    """What else must be true of ``p`` (a page) and ``d`` (its document)."""
    values: tuple[object, ...]
    checked: bool
    """Whether each page that is found must be looked at once more, since the index cannot tell all of it."""
    beside: tuple[str, ...] = ()
    """Expressions for two of several words beside each other as they are in the query: the more hold, the better."""
    together: str | None = None
    """The expression for all of them at once, which comes first; none where no words are beside each other."""


def compile_query(node: Node) -> Compiled:
    """Turn the tree of a query into SQL."""
    parts = node.parts if isinstance(node, Both) else (node,)
    wanted = [part for part in parts if _is_text(part)]
    match = _all_of([_match(part) for part in wanted]) if wanted else None
    clauses, values = [], []
    for part in parts:
        if part not in wanted:
            clause, more = _clause(part)
            clauses.append(clause)
            values += more
    beside, together = _beside(node)
    where = " AND ".join(clauses) or "1"
    return Compiled(match, where, tuple(values), needs_a_check(node), tuple(beside), together)


def _is_text(node: Node) -> bool:
    """Whether the full text alone can answer it: no field, and nothing that only excludes."""
    if isinstance(node, Phrase | Near):
        return True
    return isinstance(node, Both | Either) and all(map(_is_text, node.parts))


def _match(node: Node) -> str:
    if isinstance(node, Both):
        return _all_of([_match(part) for part in node.parts])
    if isinstance(node, Either):
        return "(" + " OR ".join(_match(part) for part in node.parts) + ")"
    if isinstance(node, Near):
        marked = all(is_marked(term.text) for phrase in node.phrases for term in phrase.terms)
        phrases = " ".join(_quoted(phrase.terms, marked=marked) for phrase in node.phrases)
        return f"({_WRITTEN if marked else _BARE} : NEAR({phrases}, {node.distance}))"
    if isinstance(node, Phrase):
        marks = [is_marked(term.text) for term in node.terms]
        spelled = _spellings(node.terms)
        if any(marks) and not all(marks):
            # The words that are meant as they are typed narrow down what has to be looked at.
            typed = [
                f"{_WRITTEN} : {_quoted((term,), marked=True)}"
                for term, marked in zip(node.terms, marks, strict=True)
                if marked
            ]
            ways = [f"({_BARE} : {_any_of(spelled, marked=False)} AND {' AND '.join(typed)})"]
        else:
            ways = [f"{_WRITTEN} : {_any_of(spelled, marked=True)}"]
            if not any(marks):  # what is written just so comes first
                ways.append(f"{_BARE} : {_any_of(spelled, marked=False)}")
        ways += [f"{_ACROSS} : {phrase}" for terms in spelled for phrase in _across(terms, marked=all(marks))]
        return "(" + " OR ".join(ways) + ")"
    raise TypeError(f"{type(node).__name__} has no place in the full text")


def _beside(node: Node) -> tuple[list[str], str | None]:
    """Return what holds where words stand as they do in the query: pair by pair, and the whole of it."""
    if isinstance(node, Either) and _is_text(node):
        wholes = [(part, _beside(part)[1]) for part in node.parts]
        either = "(" + " OR ".join(whole or _match(part) for part, whole in wholes) + ")"
        return [], either if any(whole for _, whole in wholes) else None
    if not isinstance(node, Both):
        return [], None
    pairs, every = [], []
    for run in _runs(node.parts):
        every.append(_stands(run))
        if len(run) > 2:
            words = [_stands((term,)) for term in run]
            # The other words are asked for again, since what few pages have is looked for quickly.
            pairs += [
                _all_of([_stands(pair), *words[:place], *words[place + 2 :]])
                for place, pair in enumerate(pairwise(run))
            ]
    for part in node.parts:
        more, inner = _beside(part)
        pairs += more
        every += [inner] if inner else []
    return pairs, _all_of(every) if every else None


def _runs(parts: Sequence[Node]) -> Iterator[tuple[Term, ...]]:
    """Give the words that stand beside each other in the query, by twos at least; what is in quotes stands alone."""
    run: list[Term] = []
    for part in (*parts, None):
        term = part.terms[0] if isinstance(part, Phrase) and len(part.terms) == 1 else None
        if term is not None:
            run.append(term)
        if term is None or term.prefix:  # a phrase can end with a beginning, but not go on behind it
            if len(run) > 1:
                yield tuple(run)
            run = []


def _stands(terms: tuple[Term, ...]) -> str:
    """Return the expression for words beside each other; the pages have the words themselves, marks and all."""
    marked = all(is_marked(term.text) for term in terms)
    return f"({_WRITTEN if marked else _BARE} : {_any_of(_spellings(terms), marked=marked)})"


def _all_of(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else "(" + " AND ".join(parts) + ")"


def _spellings(terms: tuple[Term, ...]) -> list[tuple[Term, ...]]:
    """Return the ways in which a phrase may be written, as it was typed first."""
    ways = [[term._replace(text=text) for text in term.spellings()] for term in terms]
    return list(islice(product(*ways), _MOST_SPELLINGS))


def _any_of(ways: list[tuple[Term, ...]], *, marked: bool) -> str:
    said = [_quoted(terms, marked=marked) for terms in ways]
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
        clause, values = _clause(node.part)
        return f"NOT {clause}", values
    if isinstance(node, Field):
        return _field(node)
    if _is_text(node):
        return "(p.id IN (SELECT rowid FROM words WHERE words MATCH ?))", [_match(node)]
    if isinstance(node, Both | Either):
        made = [_clause(part) for part in node.parts]
        joint = " AND " if isinstance(node, Both) else " OR "
        return "(" + joint.join(clause for clause, _ in made) + ")", [value for _, more in made for value in more]
    raise TypeError(f"{type(node).__name__} has no clause")


def _field(field: Field) -> tuple[str, list[object]]:
    if field.name == "year":
        first, dots, last = field.value.partition("..")
        low, high = int(first or 0), int((last or 9999) if dots else first)
        return "(coalesce(d.year BETWEEN ? AND ?, 0))", [low, high]
    if field.name == "number":
        key = number_key(field.value.rstrip("*"))
        return "(coalesce(d.number_key = ? OR d.number_key LIKE ? || ' %', 0))", [key, key]
    if field.name == "path":
        return "(d.path LIKE '%' || ? || '%')", [field.value]
    wanted = [f"% {word}%" if field.value.endswith("*") else f"% {word} %" for word in bare_text(field.value).split()]
    # Facts are few and short: they are compared without marks, and with them where marks were typed.
    clause = " AND ".join(f"(' ' || bare(coalesce(d.{field.name}, '')) || ' ') LIKE ?" for _ in wanted)
    values: list[object] = list(wanted)
    for word in field.value.rstrip("*").split():
        if is_marked(word):
            clause += f" AND (' ' || written(coalesce(d.{field.name}, '')) || ' ') LIKE ?"
            values.append(f"% {' '.join(written(part) for part in word.split())} %")
    return f"({clause})", values
