"""Whether the words of a text are what a query asks for, and where they stand: checks, snippets and marked hits."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from vnreport_ocr.search.query import Both, Either, Field, Near, Node, Not, Phrase, Term
from vnreport_ocr.search.words import IndexedWord, bare, words_of, written
from vnreport_ocr.vietnamese.letters import nfc

_AROUND = 12
"""Words of a snippet before and behind the first hit."""


def is_marked(word: str) -> bool:
    """Whether a vowel of it has a mark: then every mark of it is meant."""
    return any(letter not in "đĐ" and bare(letter) != letter.lower() for letter in nfc(word) if letter.isalpha())


def has_stroke(word: str) -> bool:
    """Whether a đ stands in it: a d would find both, a đ finds only itself."""
    return "đ" in nfc(word).lower()


def needs_a_check(node: Node) -> bool:
    """Whether the index alone cannot say it: marked and bare words in one phrase, or a đ in a bare word."""
    if isinstance(node, Phrase | Near):
        words = [term.text for phrase in _phrases(node) for term in phrase.terms]
        marked = [is_marked(word) for word in words]
        return any(has_stroke(word) and not is_marked(word) for word in words) or (
            len(words) > 1 and any(marked) and not all(marked)
        )
    if isinstance(node, Both | Either):
        return any(map(needs_a_check, node.parts))
    return isinstance(node, Not) and needs_a_check(node.part)


def _phrases(node: Phrase | Near) -> tuple[Phrase, ...]:
    return (node,) if isinstance(node, Phrase) else node.phrases


class Hit(NamedTuple):
    """A stretch of a text that a query asked for."""

    start: int
    end: int


class SearchedText:
    """A text cut into words once, to be asked several times."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = list(words_of(text))

    @cached_property
    def written(self) -> list[str]:
        """The words as they are written."""
        return [written(word.text) for word in self.words]

    @cached_property
    def bare(self) -> list[str]:
        """The words without marks."""
        return [bare(word.text) or word.text for word in self.words]

    def places(self, phrase: Phrase) -> Iterator[int]:
        """Give the places where a phrase begins."""
        tests = [self._test(term) for term in phrase.terms]
        first, *rest = tests
        for place in range(len(self.words) - len(rest)):
            if first(place) and all(test(place + step) for step, test in enumerate(rest, 1)):
                yield place

    def _test(self, term: Term) -> "_Test":
        return _Test(self, term)

    def fits(self, node: Node) -> bool:
        """Whether the text is what is asked for; what is asked of the document is taken to be so."""
        if isinstance(node, Phrase):
            return next(self.places(node), None) is not None
        if isinstance(node, Near):
            return bool(self._close(node))
        if isinstance(node, Field):
            return True
        if isinstance(node, Not):
            return isinstance(node.part, Field) or not self.fits(node.part)
        every = all if isinstance(node, Both) else any
        return every(self.fits(part) for part in node.parts)

    def _close(self, near: Near) -> list[tuple[int, int]]:
        """Find the places, a beginning and a length each, where all phrases stand within the distance."""
        found = [[(place, len(phrase.terms)) for place in self.places(phrase)] for phrase in near.phrases]
        if not all(found):
            return []
        good = []
        for place, length in found[0]:
            chosen = [min(others, key=lambda other: abs(other[0] - place)) for others in found[1:]]
            spans = [(place, length), *chosen]
            begin, end = min(p for p, _ in spans), max(p + n for p, n in spans)
            if end - begin - sum(n for _, n in spans) <= near.distance:
                good += spans
        return good

    def hits(self, node: Node) -> list[Hit]:
        """Give every stretch that is asked for, in order, none twice."""
        spans = sorted(set(self._spans(node)))
        return [Hit(self.words[place].start, self.words[place + length - 1].end) for place, length in spans]

    def _spans(self, node: Node) -> Iterator[tuple[int, int]]:
        if isinstance(node, Phrase):
            yield from ((place, len(node.terms)) for place in self.places(node))
        elif isinstance(node, Near):
            yield from self._close(node)
        elif isinstance(node, Both | Either):
            for part in node.parts:
                yield from self._spans(part)


class _Test:
    """Whether a word of a text is the term of a query."""

    def __init__(self, text: SearchedText, term: Term) -> None:
        marked = is_marked(term.text)
        self._words = text.written if marked else text.bare
        self._text = text
        self._wanted = written(term.text) if marked else bare(term.text)
        self._prefix = term.prefix
        self._others = frozenset(term.spellings()) if term.is_loose else frozenset()
        self._stroke = None if marked or not has_stroke(term.text) else _strokes(term)

    def __call__(self, place: int) -> bool:
        word = self._words[place]
        if word in self._others:
            return True
        if not (word.startswith(self._wanted) if self._prefix else word == self._wanted):
            return False
        return self._stroke is None or self._stroke.match(bare_but_stroke(self._text.written[place])) is not None


def bare_but_stroke(word: str) -> str:
    """Return the word without marks, its đ kept."""
    return "".join("đ" if letter in "đĐ" else bare(letter) for letter in nfc(word))


def _strokes(term: Term) -> "re.Pattern[str]":
    """Take a d of the query for a đ where a đ is meant."""
    body = re.escape(bare_but_stroke(term.text)).replace("d", "[dđ]")
    return re.compile(body if term.prefix else f"{body}$")


def snippet(text: SearchedText, hits: Sequence[Hit]) -> tuple[str, list[Hit]]:
    """Return a stretch of the text around the densest hits, on one line, and the hits in it."""
    if not text.words:
        return "", []
    first = _densest(text.words, hits) if hits else 0
    begin, end = max(0, first - _AROUND), min(len(text.words), first + 2 * _AROUND)
    start, stop = text.words[begin].start, text.words[end - 1].end
    lead = "\N{HORIZONTAL ELLIPSIS} " if begin else ""
    said = lead
    marked: list[Hit] = []
    place = start
    for hit in [hit for hit in hits if start <= hit.start and hit.end <= stop]:
        if hit.start < place:
            continue
        said += _one_line(text.text[place : hit.start])
        begin_hit = len(said)
        said += _one_line(text.text[hit.start : hit.end])
        marked.append(Hit(begin_hit, len(said)))
        place = hit.end
    said += _one_line(text.text[place:stop])
    return said + (" \N{HORIZONTAL ELLIPSIS}" if end < len(text.words) else ""), marked


def _densest(words: Sequence[IndexedWord], hits: Sequence[Hit]) -> int:
    """Find the number of the word at which the window with the most hits begins."""
    best, most, later = 0, 0, 0
    for number, hit in enumerate(hits):
        count = sum(1 for other in hits[number : number + 50] if other.start - hit.start < 160)
        if count > most:
            best, most = hit.start, count
    return next((place for place, word in enumerate(words) if word.start >= best), later)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
