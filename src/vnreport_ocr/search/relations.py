"""What a document says of others: its bases, what it amends, replaces, repeals, who proposed it, what it cites.

What a sentence says is read in ``sentence``; here a page is gone through: lists that go on from clause to clause, each
document told once, and one that is named by the first part of its number found again in what is named whole. What is
named and no more is cited (``dẫn chiếu``).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from vnreport_ocr.search.citations import citations, is_bare_kind
from vnreport_ocr.search.clauses import Clause, clauses
from vnreport_ocr.search.sentence import BASIS, Relation, in_sentence, relation
from vnreport_ocr.search.verbs import CITED, REPEALED, REPLACED
from vnreport_ocr.search.words import number_key

_OPENING: Final = 3000
"""How many characters of the first page may state the basis of the document."""

_LIST_OPENS: Final = re.compile(
    r"\b(?:(?P<gone>bãi\s+bỏ|h(?:ủy|uỷ)\s+bỏ|(?:hết|không\s+còn|chấm\s+dứt)\s+hiệu\s+lực)|(?P<instead>thay\s+thế))\b",
    re.IGNORECASE,
)
"""What opens a list of documents on lines of their own."""
_ITEM: Final = re.compile(r"[\W_]*(?:\d{1,2}[.)]|[a-zđ][.)])?[\W_]*")
_NUMBER_OF_ITEM: Final = re.compile(r"[\W_]*(?:\d{1,2}|[a-zđ])?[\W_]*")
_ONLY_NAMED: Final = re.compile(
    r"\s*(?:$|[,;.(:]|ngày\b|của\b|về\b|V/v\b|quy\s+định\b|ban\s+hành\b|phê\s+duyệt\b|hướng\s+dẫn\b|và\b)",
    re.IGNORECASE,
)
"""What follows a document in a list without being a statement about it."""
_RESOLVED: Final = 0.75
"""The highest confidence of a document whose complete number is in another sentence."""


class _List(NamedTuple):
    """A list of documents that continues: what is said about each, and how surely."""

    relation: str
    sure: float


def relations_of(text: str, own_number: str = "", *, first: bool = True) -> Iterator[Relation]:
    """Find what a page says of other documents, sentence by sentence; the page's own number is none.

    On the ``first`` page a document opens with what it carries out.
    """
    own = number_key(own_number) if own_number else ""
    told: dict[tuple[str, str, str, str], Relation] = {}
    for found in _said(text, first=first):
        by_itself = bool(own) and number_key(found.by_number) == own if found.by_number else False
        one = found._replace(by_kind="", by_number="") if by_itself else found
        number = number_key(one.number) if one.number else ""
        key = (one.relation, _name(one), one.by_number or one.by_kind, "" if number else one.issuer)
        before = told.get(key)
        if not (own and number == own) and (before is None or _fuller(one, before)):
            told[key] = one
    whole = list(_whole(told.values(), own))
    named = {_name(one) for one in whole if one.relation != CITED}
    for one in whole:
        # What is said more closely elsewhere on the page is not told as named once more.
        if one.relation != CITED or _name(one) not in named:
            yield one


def _said(text: str, *, first: bool) -> Iterator[Relation]:
    """Yield what each clause says; lists continue across clauses."""
    place = 0
    hanging = False
    listed: _List | None = None
    for clause in clauses(text):
        sentence = clause.text
        opening = first and place < _OPENING
        place += len(sentence)
        if listed is not None and _NUMBER_OF_ITEM.fullmatch(sentence):
            continue
        cited = citations(sentence)
        # A list of bases goes on behind a semicolon without its first words.
        goes_on = hanging and bool(cited) and cited[0].start == 0
        hanging = goes_on or BASIS.match(sentence) is not None
        item = _ITEM.match(sentence)
        is_item = cited and item and cited[0].start <= item.end() and _ONLY_NAMED.match(sentence, cited[0].end)
        if listed is not None and is_item and not goes_on:
            yield relation(listed.relation, cited[0], sentence, listed.sure)
            yield from (relation(CITED, one, sentence, 0.85) for one in cited[1:])
            continue
        found = list(in_sentence(f"Căn cứ {sentence}" if goes_on else sentence, opening=opening))
        if goes_on:
            found = [
                one._replace(span=one.span.removeprefix("Căn cứ "), confidence=round(one.confidence - 0.15, 2))
                for one in found
            ]
        yield from found
        listed = None if hanging else _opened(clause, found)


def _opened(clause: Clause, found: list[Relation]) -> _List | None:
    """Return the list that a clause opens: with a colon, or with its first document before a semicolon."""
    before, colon, behind = clause.text.rpartition(":")
    opens = _LIST_OPENS.search(before.rpartition(":")[2]) if colon and not behind.strip() else None
    if opens is not None and not found:
        return _List(REPEALED if opens["gone"] else REPLACED, 0.87)
    last = found[-1] if found else None
    if clause.stop == ";" and last is not None and last.relation in (REPEALED, REPLACED) and not last.by_kind:
        return _List(last.relation, 0.8)
    return None


def _whole(told: Iterable[Relation], own: str) -> Iterator[Relation]:
    """Give documents that are named by the first part of their number under the whole one, where the page has one."""
    told = list(told)
    full = [one for one in told if one.number and not one.number.isdigit()]
    given = {(one.relation, number_key(one.number)) for one in full}
    for one in told:
        if not one.number.isdigit():
            yield one
            continue
        first = number_key(one.number)
        if own.partition(" ")[0] == first:
            continue
        same = {number_key(other.number): other for other in full if _may_be(one, other, first)}
        if len(same) != 1:
            yield one
            continue
        ((key, other),) = same.items()
        if one.relation != CITED and (one.relation, key) not in given:
            sure = max(one.confidence, min(_RESOLVED, other.confidence))
            yield one._replace(number=other.number, date=other.date or one.date, issuer=other.issuer, confidence=sure)


def _may_be(one: Relation, other: Relation, first: str) -> bool:
    same = other.kind == one.kind and number_key(other.number).partition(" ")[0] == first
    return same and (not one.date or one.date[:4] in (other.date[:4] or other.number, other.number.split("/")[1]))


def _name(one: Relation) -> str:
    """Return what a document is known by: its number, the title of a law, or its kind and day."""
    if one.number:
        return number_key(one.number)
    return f"{one.kind} {one.date}".lower() if is_bare_kind(one.kind) else one.kind.lower()


def _fuller(one: Relation, other: Relation) -> bool:
    """Whether a document is told more fully: with its date, more surely, its number without a gap."""
    return _fullness(one) > _fullness(other)


def _fullness(one: Relation) -> tuple[bool, float, bool]:
    return bool(one.date), one.confidence, " " not in one.number
