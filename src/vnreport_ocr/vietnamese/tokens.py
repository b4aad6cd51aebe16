"""A line of text as words, numbers, codes, markup and the pauses between them.

A line is cut at white space and each chunk is analysed by itself, so that the analysis of a
chunk that recurs is remembered.
"""

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import regex

from vnreport_ocr.raised import RAISED_FIGURES
from vnreport_ocr.vietnamese.letters import strip_marks


class Kind(IntEnum):
    """What a piece of text is."""

    WORD = 0
    NUMBER = 1
    CODE = 2
    MARKUP = 3
    PAUSE = 4
    STOP = 5


class Piece(NamedTuple):
    """A piece of a chunk or line; ``reach`` is the end with marks that may belong to the word (``so'``); ``bound`` is
    what is joined to others as a symbol (``CH.TH``): no part of it is a word by itself.
    """

    kind: Kind
    start: int
    end: int
    reach: int
    bound: bool = False


CHUNK = re.compile(r"\S+")
_MARKUP = regex.compile(
    r"<[^<>\s]{1,200}>"
    r"|&(?:\#\d+|\#x[0-9a-fA-F]+|[a-zA-Z]{2,8});"
    r"|(?:https?://|www\.)\S*[^\s.,;:!?)\]”\"]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:[a-zA-Z0-9-]+\.)+(?:vn|com|org|net|gov|edu|info)(?:/\S*[^\s.,;:!?)\]”\"])?(?![\w])"
    r"|(?<=\])\([^()\s]+\)"
    r"|(?<![\w./\\-])[\w./\\-]*\w\.(?:docx?|xlsx?|pptx?|pdf|txt|md|html?|json|ya?ml|csv|xml|zip|rar|jpe?g|png|tiff?)(?!\w)"
    r"|(?<![\w\p{M}'’‘`´^~°*])[a-zA-Z][a-zA-Z0-9]{0,63}(?:_[a-zA-Z0-9]{1,64})+(?![\w\p{M}])"  # a column
    r"|(?<!\S)(?:~|\.{1,2})/[\w./~-]+(?!\S)"
    r"|\{\#[\w:.-]{1,200}\}"
    r"|\[\^?[\w]{1,6}\]:?|\^\w{1,4}\^|\$\^?\{?\d+\}?\$"
)
CODE = regex.compile(
    r"\d[\d.]*[a-z]?(?:/\d{4})?(?:[-/](?=[^\d\s])\p{L}[\p{L}\d.&]*)+(?:[-/–]\p{L}[\p{L}\d.&]*)*"
    r"|\p{Lu}(?:\d{2,}|\p{Lu}{1,3}\d+)(?:[.\-/]\d+)*\p{Lu}?(?!\p{Ll})"
)
"""A document's number with its symbol (``127/NQ-HĐND``), or a name made of letters and figures (``QL1A``)."""

NUMBER = regex.compile(r"[+\-±]?\d+(?:[.,:/\-–x]\d+)*(?:[%‰°²³]|°C)?")
ROMAN = regex.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})")
_LEADING = "([{“\"'‘’«„*_#>-–—•·…+~=|.,;:!?/\\^"
_TRAILING = ")]}”\"'’‘“»*_-–—…~=|.,;:!?/\\"
_MARKS = "'’‘`´^~°*"
_CLINGING = '".,:;?!=<>^'
"""Signs that stand beside a word within a chunk where the writer left out a blank (``sao?(`` for ``sao? (``)."""

_BREAK = regex.compile(
    r"[-/–—]+|(?<=\p{L}\p{L})[.,;:](?=\p{L}\p{L})|[()\[\]“”«»]|…|\.{2,}"
    rf"|(?<=\p{{L}}\p{{L}})(?<![kcdm]m)[{RAISED_FIGURES}]+"  # the number of a footnote is no part of the word
)
_LABEL = regex.compile(r"\p{Lu}{1,3}\d{1,3}")
JOINED_SYMBOL = regex.compile(r"(?<![\p{L}\d])\p{Lu}[\p{L}&]*(?:[-/–.]\p{Lu}[\p{L}&]*)+(?![\p{L}\d])")
"""Parts that begin with capitals, joined without blanks."""

_JOINT = regex.compile(r"[-/–.]")
_VOWEL = regex.compile(r"[aeiouy]")
_LONGEST_CHUNK = 500
"""What is longer without any white space is no prose: an address, a picture as text; it is left alone."""

_WORD_SIGNS = frozenset("&@€$£¥§©®¢")


def _pieces(core: str, start: int) -> Iterator[Piece]:
    """Cut a core at its breaks (``tế-xã`` has two words, ``ngày20/6`` is figures throughout)."""
    parts = _BREAK.split(core)
    figures = sum(any(c.isdigit() for c in part) for part in parts) > 1
    figures = figures or (len(parts) > 1 and any(_LABEL.fullmatch(part) for part in parts))
    at = 0
    for found in [*_BREAK.finditer(core), None]:
        end = found.start() if found else len(core)
        if end > at:
            yield from _part(core[at:end], start + at, figures=figures)
        at = found.end() if found else end


def _part(text: str, start: int, *, figures: bool) -> Iterator[Piece]:
    bare = text.strip(_CLINGING)
    if bare.isalpha():
        start += text.index(bare)
        text = bare
    end = start + len(text)
    if NUMBER.fullmatch(text) or (figures and any(c.isdigit() for c in text)):
        yield Piece(Kind.NUMBER, start, end, end)
    elif any(c.isalpha() or c in _WORD_SIGNS for c in text):
        yield Piece(Kind.WORD, start, end, end)
    elif any(c.isdigit() for c in text):
        yield Piece(Kind.NUMBER, start, end, end)


@lru_cache(maxsize=50_000)
def analyse(chunk: str) -> tuple[Piece, ...]:
    """Return the pieces of a chunk without white space, their places counted in the chunk."""
    if chunk.isalpha() and len(chunk) <= _LONGEST_CHUNK:
        return (Piece(Kind.WORD, 0, len(chunk), len(chunk)),)
    if len(chunk) > _LONGEST_CHUNK:
        return (Piece(Kind.MARKUP, 0, len(chunk), len(chunk)),)
    pieces: list[Piece] = []
    at = 0
    for found in _MARKUP.finditer(chunk):
        pieces += _analyse_plain(chunk[at : found.start()], at)
        pieces.append(Piece(Kind.MARKUP, found.start(), found.end(), found.end()))
        at = found.end()
    pieces += _analyse_plain(chunk[at:], at)
    for found in JOINED_SYMBOL.finditer(chunk):
        if looks_like_symbol(found[0]):
            low, high = found.span()
            pieces = [piece._replace(bound=piece.bound or low <= piece.start < piece.end <= high) for piece in pieces]
    return tuple(pieces)


def looks_like_symbol(text: str) -> bool:
    """Return whether a text in capitals, or one of its joined parts, has no vowel, as words have."""
    return not all(map(_has_vowel, _JOINT.split(text)))


def _has_vowel(part: str) -> bool:
    return _VOWEL.search(strip_marks(part).lower()) is not None


def _analyse_plain(text: str, offset: int) -> list[Piece]:
    start, end = 0, len(text)
    while start < end and text[start] in _LEADING:
        start += 1
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    core, tail = text[start:end], text[end:]
    if not core:
        return _pauses(text, offset)
    whole = CODE.fullmatch(core)
    if whole:
        pieces = [Piece(Kind.CODE, offset + start, offset + end, offset + end)]
    elif NUMBER.fullmatch(core):
        pieces = [Piece(Kind.NUMBER, offset + start, offset + end, offset + end)]
    else:
        pieces = list(_pieces(core, offset + start))
        if pieces and pieces[-1].kind == Kind.WORD and tail and tail[0] in _MARKS:
            reach = end
            while reach < len(text) and text[reach] in _MARKS:
                reach += 1
            pieces[-1] = pieces[-1]._replace(reach=offset + reach)
    return pieces + _pauses(tail, offset + end)


def _pauses(tail: str, offset: int) -> list[Piece]:
    for place, character in enumerate(tail):
        if character in ".!?…":
            return [Piece(Kind.STOP, offset + place, offset + place + 1, offset + place + 1)]
        if character in ",;:":
            return [Piece(Kind.PAUSE, offset + place, offset + place + 1, offset + place + 1)]
    return []


def pieces(line: str) -> Iterator[Piece]:
    """Return the pieces of a line, their places counted in the line."""
    for found in CHUNK.finditer(line):
        start = found.start()
        for piece in analyse(found.group()):
            yield piece._replace(start=piece.start + start, end=piece.end + start, reach=piece.reach + start)
