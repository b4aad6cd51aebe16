"""Fields of a query as conditions in SQL on a document ``d``.

Facts are few and short: they are compared word by word without marks, and with them where marks were typed. A short
name is what it stands for in its field, and the other way round.
"""

import sqlite3
from collections.abc import Sequence
from typing import Final

from vnreport_ocr.search.fieldvalues import days, numbers, years
from vnreport_ocr.search.matching import is_marked
from vnreport_ocr.search.query import Field
from vnreport_ocr.search.shortnames import (
    day_of,
    fact_as_written,
    forms_of,
    forms_of_word,
    kind_of,
    meanings,
    post_and_name,
    without_title,
    words_of_fact,
)
from vnreport_ocr.search.words import TOKEN, number_key
from vnreport_ocr.vietnamese.letters import bones, nfc

Clause = tuple[str, list[object]]

_POST: Final = "coalesce(d.post, '') || ' ' || coalesce(d.authority, '') || ' ' || coalesce(d.rank, '')"
_FACTS: Final = {
    "issuer": "d.issuer", "title": "d.title", "signer": "d.signer", "post": _POST, "kind": "kind_of(d.kind, d.number)",
}  # fmt: skip
"""Where what a field asks for stands."""


def make_functions(base: sqlite3.Connection) -> None:
    """Let a connection compute what the conditions ask for."""
    for name, function, arguments in (
        ("words_of_fact", words_of_fact, 1), ("fact_as_written", fact_as_written, 1), ("kind_of", kind_of, 2),
        ("day_of", day_of, 1), ("plain", _plain, 1),
    ):  # fmt: skip
        base.create_function(name, arguments, function, deterministic=True)


def field_clause(field: Field) -> Clause:
    """Return the condition of a field, and the values in it."""
    if field.name == "year":
        spans = years(field.value)
        return _any_of([("coalesce(d.year BETWEEN ? AND ?, 0)", list(span)) for span in spans])
    if field.name == "date":
        return "(coalesce(day_of(d.date) BETWEEN ? AND ?, 0))", list(days(field.value))
    if field.name == "number":
        return _number(field.value)
    if field.name == "path":
        return "(instr(plain(d.path), ?) > 0)", [_plain(field.value)]
    typed = field.value.rstrip("*").replace("*", " ")
    words = TOKEN.findall(nfc(typed))
    beginning = field.value.endswith("*")
    if field.name == "signer":
        return _signer(words, beginning=beginning)
    apart = _words(field.name, [forms_of_word(field.name, word) for word in words], beginning=beginning)
    return _any_of([apart, _words(field.name, forms_of(field.name, typed), beginning=beginning)])


def _number(value: str) -> Clause:
    ranged = numbers(value)
    if ranged is not None:
        clause, values = "CAST(d.number_key AS INTEGER) BETWEEN ? AND ?", list[object](ranged.span)
        if ranged.symbol:
            clause += " AND (d.number_key || ' ') LIKE '% ' || ? || ' %'"
            values.append(ranged.symbol)
        return f"(coalesce({clause}, 0))", values
    key = number_key(value.rstrip("*"))
    if not any(map(str.isdecimal, key)):  # a symbol alone
        return "(coalesce((d.number_key || ' ') LIKE '% ' || ? || ' %', 0))", [key]
    return "(coalesce(d.number_key = ? OR d.number_key LIKE ? || ' %', 0))", [key, key]


def _signer(words: Sequence[str], *, beginning: bool) -> Clause:
    words = without_title(words)
    post, name = post_and_name(words)
    ways = [_words("signer", [[word] for word in words], beginning=beginning)]
    if post:
        parts = [_words("post", [[" ".join(post)]])]
        name = without_title(name)
        if name:
            parts.append(_words("signer", [[word] for word in name], beginning=beginning))
        ways.append(_all_of(parts))
    return _any_of(ways)


def _words(name: str, parts: Sequence[Sequence[str]], *, beginning: bool = False) -> Clause:
    """Return the condition that a fact has one form of each part; of the last, the beginning may do."""
    clauses: list[Clause] = []
    for place, forms in enumerate(parts, 1):
        end = "%" if beginning and place == len(parts) else " %"
        clauses.append(_any_of([_said(name, form, end) for form in forms]))
    return _all_of(clauses)


def _said(name: str, form: str, end: str) -> Clause:
    """Return the condition that a fact has these words; a short name (``TU``) is no word with other marks (``Tư``)."""
    fact, said = _FACTS[name], fact_as_written(form) or form
    literally: Clause = (f"(' ' || fact_as_written({fact}) || ' ') LIKE ?", [f"% {said}{end}"])
    if meanings(name, form):
        return literally
    plainly: Clause = (f"(' ' || words_of_fact({fact}) || ' ') LIKE ?", [f"% {words_of_fact(form) or form}{end}"])
    return _all_of([plainly, literally]) if any(map(is_marked, form.split())) else plainly


def _all_of(parts: Sequence[Clause]) -> Clause:
    return f"({' AND '.join(clause for clause, _ in parts)})", [value for _, values in parts for value in values]


def _any_of(ways: Sequence[Clause]) -> Clause:
    return f"({' OR '.join(clause for clause, _ in ways)})", [value for _, values in ways for value in values]


def _plain(text: str | None) -> str:
    """Return a name of a file in small letters without marks, so that it can be typed in any way."""
    return bones(nfc(text or ""))
