"""Queries as people type them, read into a tree.

Words beside each other are all wanted; ``OR`` gives a choice, ``NOT`` or a dash before a word excludes, quotes make a
phrase, a star a beginning, ``a NEAR/5 b`` words close together, and brackets group. ``so:``, ``nam:``, ``ngay:``,
``co-quan:``, ``loai:``, ``nguoi-ky:``, ``trich-yeu:`` and ``tep:`` look at the document instead of its text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from vnreport_ocr.errors import QueryError
from vnreport_ocr.search.fieldvalues import days, field_of, goes_on, years
from vnreport_ocr.search.words import TOKEN, bare
from vnreport_ocr.vietnamese.syllables import is_legal, may_be_bare
from vnreport_ocr.vietnamese.variants import with_other_ending

_LOOSE: Final = re.compile(r"(?<!\d[.,])(?:[1-9]|0[1-9])(?![^\W_]|[.,]\d)")
"""A single-figure number that is not part of an amount."""
_DATE: Final = re.compile(r"(0?[1-9]|[12]\d|3[01])[/.-](0?[1-9]|1[0-2])[/.-]((?:19|20)\d\d)")
"""A day in figures, which documents also give in words (``ngày 5 tháng 3 năm 2031``)."""
_DAY_IN_WORDS: Final = re.compile(r"(?:0?[1-9]|[12]\d|3[01]) thang (?:0?[1-9]|1[0-2]) nam (?:19|20)\d\d")
_WORDS_OF_A_DAY: Final = 5
_PLAIN_AMOUNT: Final = re.compile(r"[1-9]\d{3,11}")
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
_DECIMALS: Final = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})*),(?P<behind>\d\d?)%?")
_GLUED: Final = re.compile(r"(?P<kind>[^\W\d_]{2,3})(?P<number>\d{1,5})")
_KINDS: Final = frozenset(("nd", "qd", "tt", "nq", "ct", "kh", "bc", "cv", "tb", "hd", "kl", "ttr", "ctr", "tl", "gm"))
"""Abbreviated kinds of documents, before a number without a space (``QĐ779``)."""
_USUAL_DISTANCE: Final = 10
_LONGEST_PAIR: Final = 16
"""Letters of two syllables."""
_SPACED: Final = frozenset(("year", "date", "number"))
"""Fields whose values show by their form where they end, also with blanks in them."""
_MOST_OF_A_VALUE: Final = 12
"""Words of two days given in words."""
_MOST_PARTS: Final = 64
_MOST_WORDS: Final = 64
_SHORT: Final = 3
_MOST_SHORT: Final = 3
"""Beginnings shorter than ``_SHORT`` letters: each is thousands of words."""
_PART = re.compile(
    r'(?P<open>\()|(?P<minus>(?<![^\s(])-(?=[^\W_]|["(]))|(?P<close>\))|(?P<field>[^\W\d_][^\W_]*(?:-[^\W\d_]+)?):(?=\S)|"(?P<phrase>[^"]*)"(?P<star>\*?)|(?P<word>[^\s()"]+)'
)


class Term(NamedTuple):
    """A word of a query: what was typed, and whether it is only the beginning."""

    text: str
    prefix: bool = False
    is_loose: bool = False
    """Whether it is a document or day number, which some write with a leading zero and some without."""
    is_exact: bool = False
    """Whether it is a part of a number and so written in one way only."""

    def spellings(self) -> tuple[str, ...]:
        """Return the ways in which it may be written, as it was typed first: ``tỷ`` and ``tỉ``, ``7`` and ``07``."""
        if self.is_loose:
            return (self.text, self.text[1:] if self.text.startswith("0") else f"0{self.text}")
        other = None if self.prefix or self.is_exact else with_other_ending(self.text)
        return (self.text,) if other is None else (self.text, other)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Consecutive words; a single word is a phrase too."""

    terms: tuple[Term, ...]
    is_quoted: bool = False
    """Whether it was typed in quotes and so is meant literally."""


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases close together, in any order."""

    phrases: tuple[Phrase, ...]
    distance: int


@dataclass(frozen=True, slots=True)
class Field:
    """A condition on the document."""

    name: str
    value: str
    is_whole: bool = field(default=False, compare=False)
    """Whether it was typed in quotes, so that it ends where they do."""


@dataclass(frozen=True, slots=True)
class Not:
    """What must not match."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Both:
    """All of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Instead(Either):
    """What was typed, first, and what means the same: an abbreviation and its words."""


Node = Phrase | Near | Field | Not | Both | Either


def parted(node: Node) -> Node:
    """Return the query with words that hide two syllables as two words (``hậugiang``): what may be meant by it."""
    if isinstance(node, Phrase):
        ways = [
            (*node.terms[:place], Term(term.text[:cut]), Term(term.text[cut:], term.prefix), *node.terms[place + 1 :])
            for place, term in enumerate(node.terms)
            if len(term.text) <= _LONGEST_PAIR and term.text.isalpha() and not may_be_syllable(term.text)
            for cut in range(1, len(term.text))
            if may_be_syllable(term.text[:cut]) and may_be_syllable(term.text[cut:])
        ]
        phrases = [replace(node, terms=terms) for terms in ways]
        return Either(tuple(phrases)) if len(phrases) > 1 else phrases[0] if phrases else node
    if isinstance(node, Both | Either):
        return type(node)(tuple(map(parted, node.parts)))
    return node


def as_typed(node: Node, knows: Callable[[Node], bool] = lambda _: True) -> Node:
    """Return a query without what only means the same, or with that where the typed words are not known."""
    if isinstance(node, Instead):
        return next(filter(knows, node.parts), node.parts[0])
    if isinstance(node, Both):
        parts = [as_typed(part, knows) for part in node.parts]
        return Both(tuple(one for part in parts for one in (part.parts if isinstance(part, Both) else (part,))))
    return Either(tuple(as_typed(part, knows) for part in node.parts)) if isinstance(node, Either) else node


def may_be_syllable(word: str) -> bool:
    """Whether a word is a Vietnamese syllable, or one without its marks."""
    return is_legal(word) or (word.isascii() and may_be_bare(word))


class _Piece(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def parse(query: str) -> Node:
    """Read a query; raises ``QueryError`` where it cannot be followed."""
    pieces = list(_pieces(query))
    if not pieces:
        raise QueryError("The query has nothing to search for.")
    if len(pieces) > _MOST_PARTS:
        raise QueryError(f"The query has {len(pieces)} parts; at most {_MOST_PARTS} are allowed.")
    reader = _Reader(query, pieces)
    node = reader.either()
    if reader.peek() is not None:
        raise QueryError("A closing bracket has no opening bracket.")
    _check_size(list(terms_of(node)))
    return node


def terms_of(node: Node) -> Iterator[Term]:
    """Give every word of a query."""
    if isinstance(node, Phrase):
        yield from node.terms
    elif isinstance(node, Near):
        yield from (term for phrase in node.phrases for term in phrase.terms)
    elif isinstance(node, Not):
        yield from terms_of(node.part)
    elif isinstance(node, Both | Either):
        yield from (term for part in node.parts for term in terms_of(part))


def _check_size(terms: Sequence[Term]) -> None:
    """Refuse a query that would take the index too long."""
    if len(terms) > _MOST_WORDS:
        raise QueryError(f"The query has {len(terms)} words; at most {_MOST_WORDS} are allowed.")
    short = sum(term.prefix and len(term.text) < _SHORT for term in terms)
    if short > _MOST_SHORT:
        raise QueryError(f"The query has {short} beginnings of one or two letters; at most {_MOST_SHORT} are allowed.")


def _pieces(query: str) -> list[_Piece]:
    if query.count('"') % 2:
        raise QueryError("A quotation mark is missing.")
    pieces = []
    for found in _PART.finditer(query):
        kind = next(name for name in ("open", "close", "minus", "field", "phrase", "word") if found[name] is not None)
        text = found[kind] + (found["star"] or "" if kind == "phrase" else "")
        if kind == "field" and field_of(text) is None:
            # A word with a colon behind it is a word.
            kind = "word"
        elif (kind == "word" and text in ("AND", "OR", "NOT")) or re.fullmatch(r"NEAR(?:/\d{1,3})?", text):
            kind = "operator"
        if kind != "word" or TOKEN.search(text):
            pieces.append(_Piece(kind, text, found.start(), found.end()))
    return pieces


class _Reader:
    """Reads pieces by precedence: OR binds loosest, then AND (also unsaid), NOT, NEAR."""

    def __init__(self, query: str, pieces: list[_Piece]) -> None:
        self._query = query
        self._pieces = pieces
        self._place = 0

    def peek(self) -> _Piece | None:
        return self._pieces[self._place] if self._place < len(self._pieces) else None

    def either(self) -> Node:
        parts = [self._both()]
        while self._is_operator("OR"):
            self._place += 1
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Node:
        parts: list[Node] = []
        while (piece := self.peek()) is not None and piece.kind != "close" and not self._is_operator("OR"):
            if self._is_operator("AND"):
                if not parts:
                    raise QueryError("Something is missing before AND.")
                self._place += 1
                if self.peek() is None:
                    raise QueryError("Something is missing after AND.")
                continue
            parts.append(self._signed())
        parts = _with_days(parts)
        if not parts:
            raise QueryError("OR needs something on both sides, and brackets must not be empty.")
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _signed(self) -> Node:
        piece = self.peek()
        if self._is_operator("NOT") or (piece is not None and piece.kind == "minus"):
            self._place += 1
            if self.peek() is None:
                raise QueryError("Something is missing after NOT.")
            return Not(self._signed())
        return self._near()

    def _near(self) -> Node:
        first = self._one()
        phrases, distance = [first], 0
        while (piece := self.peek()) is not None and piece.kind == "operator" and piece.text.startswith("NEAR"):
            self._place += 1
            distance = max(distance, int(piece.text.partition("/")[2] or _USUAL_DISTANCE))
            phrases.append(self._one())
        if len(phrases) == 1:
            return first
        if not all(isinstance(phrase, Phrase) for phrase in phrases):
            raise QueryError("NEAR goes between two words or phrases.")
        return Near(tuple(phrase for phrase in phrases if isinstance(phrase, Phrase)), distance)

    def _one(self) -> Node:
        piece = self.peek()
        if piece is None:
            raise QueryError("The query ends too early.")
        self._place += 1
        if piece.kind == "open":
            node = self.either()
            closing = self.peek()
            if closing is None or closing.kind != "close":
                raise QueryError("A bracket is not closed.")
            self._place += 1
            return node
        if piece.kind == "field":
            value = self.peek()
            if value is None or value.kind not in ("word", "phrase"):
                raise QueryError(f"Something is missing after {piece.text}:.")
            name = field_of(piece.text) or ""
            return _checked(Field(name, self._value(name), value.kind == "phrase"))
        if piece.kind in ("close", "operator", "minus"):
            raise QueryError(f"{piece.text} stands where a word is expected.")
        return _word(piece.text) if piece.kind == "word" else replace(_phrase(piece.text), is_quoted=True)

    def _value(self, name: str) -> str:
        """Take the value of a field, which may go on behind blanks: ``14 tháng 9 năm 2023``, ``2020 - 2023``."""
        first = self._pieces[self._place]
        self._place += 1
        if first.kind == "phrase" or name not in _SPACED:
            return first.text
        for last in range(min(len(self._pieces), self._place + _MOST_OF_A_VALUE) - 1, self._place - 1, -1):
            said = self._query[first.start : self._pieces[last].end]
            if self._pieces[last].kind == "word" and goes_on(name, said):
                self._place = last + 1
                return said
        return first.text

    def _is_operator(self, name: str) -> bool:
        piece = self.peek()
        return piece is not None and piece.kind == "operator" and piece.text == name


def _with_days(parts: Sequence[Node]) -> list[Node]:
    """Take ``5 tháng 3 năm 2031`` for the day that it is, which documents also give in figures."""
    made: list[Node] = []
    place = 0
    while place < len(parts):
        day = _day_of(parts[place : place + _WORDS_OF_A_DAY])
        made.append(parts[place] if day is None else day)
        place += 1 if day is None else _WORDS_OF_A_DAY
    return made


def _day_of(parts: Sequence[Node]) -> Either | None:
    words = [part.terms[0] for part in parts if isinstance(part, Phrase) and len(part.terms) == 1]
    said = " ".join(bare(word.text) for word in words)
    if len(words) != _WORDS_OF_A_DAY or not _DAY_IN_WORDS.fullmatch(said):
        return None
    day, _, month, _, year = (word._replace(is_loose=word.text.isdecimal() and int(word.text) < 10) for word in words)
    return Either((Phrase((day, words[1], month, words[3], year)), Phrase((day, month, year))))


def _phrase(text: str) -> Phrase:
    terms = [Term(word) for word in TOKEN.findall(text)]
    if not terms:
        raise QueryError("A phrase has no words.")
    if text.endswith("*"):
        terms[-1] = Term(terms[-1].text, prefix=True)
    return Phrase(tuple(terms))


def _word(text: str) -> Node:
    """Read a word that was typed without quotes, or several with dashes and strokes between."""
    phrase = _phrase(text)
    is_exact = any(map(str.isdecimal, text))
    terms = tuple(
        term._replace(is_exact=is_exact, is_loose=_LOOSE.match(text, found.start()) is not None and not term.prefix)
        for term, found in zip(phrase.terms, TOKEN.finditer(text), strict=True)
    )
    if date := _DATE.fullmatch(text):
        day, month, year = (Term(part, is_loose=int(part) < 10) for part in date.groups())
        return Either((Phrase(terms), Phrase((day, Term("thang"), month, Term("nam"), year))))
    if (other := _amount_written_otherwise(text)) is not None:
        return Instead((Phrase(terms), other))
    glued = _GLUED.fullmatch(text)
    if glued is None or bare(glued["kind"]) not in _KINDS:
        return Phrase(terms)
    apart = (Phrase((Term(glued["kind"]),)), Phrase((Term(glued["number"]),)))
    return Either((Phrase(terms), Both(apart)))


def _amount_written_otherwise(text: str) -> Phrase | None:
    """Return the other way in which an amount is written: ``1060`` as ``1.060``, ``1,9`` as ``1,90``."""
    if _PLAIN_AMOUNT.fullmatch(text) and not _YEAR.fullmatch(text):
        parts = [part for part in re.split(r"(?=(?:\d{3})+$)", text) if part]
    elif found := _DECIMALS.fullmatch(text):
        whole, behind = found["whole"], found["behind"]
        if not (len(behind) == 1 or behind[1] == "0"):
            return None
        parts = [*TOKEN.findall(whole), behind[0] if len(behind) > 1 else f"{behind}0"]
    else:
        return None
    return Phrase(tuple(Term(part, is_exact=True) for part in parts))


def _checked(asked: Field) -> Field:
    if asked.name == "year":
        years(asked.value)
    elif asked.name == "date":
        days(asked.value)
    if not TOKEN.search(asked.value):
        raise QueryError("A field has no value.")
    return asked
