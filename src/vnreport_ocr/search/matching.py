"""Whether the words of a text match a query, and where they are."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from vnreport_ocr.search.folding import fold
from vnreport_ocr.search.query import Both, Either, Field, Near, Node, Not, Phrase, Term
from vnreport_ocr.search.words import TOKEN, bare, words_of, written
from vnreport_ocr.vietnamese.letters import nfc

_REST: Final = r"[^\W_]*"
"""What goes on behind a beginning."""


def is_marked(word: str) -> bool:
    """Whether one of its vowels has a mark: then all of its marks are meant."""
    return any(letter not in "đĐ" and bare(letter) != letter.lower() for letter in nfc(word) if letter.isalpha())


def has_stroke(word: str) -> bool:
    """Whether it contains a đ: a d would match both, a đ only itself."""
    return "đ" in nfc(word).lower()


def needs_a_check(node: Node) -> bool:
    """Whether the index alone cannot decide: words with and without marks in one phrase, or a đ in a bare word."""
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
    """A stretch of a text that matches a query."""

    start: int
    end: int


class SearchedText:
    """A text to be asked several times.

    Nearly every text can be asked letter by letter, folded once; one with parted words or combining marks is cut into
    words, which is slower and tells the same.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._found: dict[Phrase, list[Hit]] = {}

    @cached_property
    def _folded(self) -> str | None:
        return fold(self.text)

    @cached_property
    def _words(self) -> list[tuple[str, str, Hit]]:
        """The words as they are written and bare, and where they stand; for a text that cannot be folded."""
        return [
            (written(word.text), bare(word.text) or word.text, Hit(word.start, word.end))
            for word in words_of(self.text)
        ]

    @cached_property
    def _starts(self) -> list[int]:
        if self._folded is None:
            return [place.start for _, _, place in self._words]
        return [found.start() for found in TOKEN.finditer(self.text)]

    def places(self, phrase: Phrase) -> list[Hit]:
        """Return the positions of a phrase."""
        if phrase not in self._found:
            self._found[phrase] = list(self._in_letters(phrase) if self._folded is not None else self._in_words(phrase))
        return self._found[phrase]

    def _in_letters(self, phrase: Phrase) -> Iterator[Hit]:
        folded = self._folded or ""
        pattern, tests = _pattern(phrase)
        place = 0
        while found := pattern.search(folded, place):
            start, end = found.span()
            place = start + 1
            if start and folded[start - 1].isalnum():
                continue
            if all(test(written(self.text[slice(*found.span(number))])) for number, test in tests):
                yield Hit(start, end)

    def _in_words(self, phrase: Phrase) -> Iterator[Hit]:
        words, tests = self._words, [_word_test(term) for term in phrase.terms]
        for place in range(len(words) - len(tests) + 1):
            if all(test(words[place + step][0], words[place + step][1]) for step, test in enumerate(tests)):
                yield Hit(words[place][2].start, words[place + len(tests) - 1][2].end)

    def fits(self, node: Node) -> bool:
        """Whether the text matches; conditions on the document are taken as met."""
        if isinstance(node, Phrase):
            return bool(self.places(node))
        if isinstance(node, Near):
            return bool(self.close(node))
        if isinstance(node, Field):
            return True
        if isinstance(node, Not):
            return isinstance(node.part, Field) or not self.fits(node.part)
        every = all if isinstance(node, Both) else any
        return every(self.fits(part) for part in node.parts)

    def close(self, near: Near) -> list[Hit]:
        """Return the places of all phrases that are within the distance."""
        found = [
            [(self._number(hit), len(phrase.terms), hit) for hit in self.places(phrase)] for phrase in near.phrases
        ]
        if not all(found):
            return []
        good: list[Hit] = []
        for one in found[0]:
            spans = [one, *(min(others, key=lambda other: abs(other[0] - one[0])) for others in found[1:])]
            begin, end = min(place for place, _, _ in spans), max(place + length for place, length, _ in spans)
            if end - begin - sum(length for _, length, _ in spans) <= near.distance:
                good += [hit for _, _, hit in spans]
        return good

    def _number(self, hit: Hit) -> int:
        return bisect_left(self._starts, hit.start)

    def hits(self, node: Node) -> list[Hit]:
        """Return every matching stretch, in order, each once."""
        return sorted(set(self._hits(node)))

    def _hits(self, node: Node) -> Iterator[Hit]:
        if isinstance(node, Phrase):
            yield from self.places(node)
        elif isinstance(node, Near):
            yield from self.close(node)
        elif isinstance(node, Both | Either):
            for part in node.parts:
                yield from self._hits(part)


@lru_cache(maxsize=1024)
def _pattern(phrase: Phrase) -> tuple[re.Pattern[str], tuple[tuple[int, Callable[[str], bool]], ...]]:
    """Return the expression for a phrase in a folded text, and what its words, by their number, must be besides."""
    said, tests = [], []
    for number, term in enumerate(phrase.terms, 1):
        forms = dict.fromkeys(text if term.is_loose else bare(text) or text for text in term.spellings())
        said.append(f"({'|'.join(map(re.escape, forms))}{_REST if term.prefix else ''})")
        if (test := _marks_test(term)) is not None:
            tests.append((number, test))
    return re.compile(r"[\W_]+".join(said) + r"(?![^\W_])"), tuple(tests)


def _marks_test(term: Term) -> Callable[[str], bool] | None:
    """Return what is asked of a word as it is written whose bare form fits; None where nothing is."""
    if is_marked(term.text):
        wanted = tuple(map(written, term.spellings()))
        return (lambda word: word.startswith(wanted)) if term.prefix else (lambda word: word in wanted)
    if has_stroke(term.text):
        strokes = _strokes(term)
        return lambda word: strokes.match(bare_but_stroke(word)) is not None
    return None


def _word_test(term: Term) -> Callable[[str, str], bool]:
    """Return whether a word, as it is written and bare, is the term of a query."""
    marks = _marks_test(term)
    others = frozenset(term.spellings()) if term.is_loose else frozenset()
    wanted = tuple(bare(text) or text for text in term.spellings())

    def test(said: str, plain: str) -> bool:
        if plain in others:
            return True
        if not (plain.startswith(wanted) if term.prefix else plain in wanted):
            return False
        return marks is None or marks(said)

    return test


def bare_but_stroke(word: str) -> str:
    """Return the word without marks, its đ kept."""
    return "".join("đ" if letter in "đĐ" else bare(letter) for letter in nfc(word))


def _strokes(term: Term) -> "re.Pattern[str]":
    """Take a d of the query for a đ where a đ is meant."""
    body = re.escape(bare_but_stroke(term.text)).replace("d", "[dđ]")
    return re.compile(body if term.prefix else f"{body}$")
