"""Text that has lost blanks: words run together (``phápluật``), signs and figures joined to words.

One such word may be a slip of its author, or a name (``VinFast``). Where many words of a text run together, its blanks
were lost, and every place that must have had one gets it back. Nothing but blanks is put in.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import regex

from vnreport_ocr.language.knowledge import Language
from vnreport_ocr.language.ngrams import NUMBER, ORDER, SENTENCE, UNKNOWN
from vnreport_ocr.model import Correction
from vnreport_ocr.repair.suspicion import running_scores
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import bones, has_vietnamese_letter, split_tone
from vnreport_ocr.vietnamese.syllables import LETTER_WORDS, is_legal
from vnreport_ocr.vietnamese.tokens import CHUNK, Kind, analyse

_LEAST_GLUED, _GLUED_SHARE = TUNING.blanks.least_glued, TUNING.blanks.glued_share

_MARKED_SHARE: Final = TUNING.blanks.marked_share

_KNOWN_WEIGHT: Final = TUNING.blanks.known_weight
_LONGEST, _MOST_WAYS = TUNING.blanks.longest, TUNING.blanks.most_ways
_SHORTEST, _LONGEST_SYLLABLE, _TWO_WORDS = (
    TUNING.blanks.shortest,
    TUNING.blanks.longest_syllable,
    TUNING.blanks.two_words,
)
_PLAIN_LIKELY, _NAME_LIKELY = TUNING.blanks.plain_likely, TUNING.blanks.name_likely

_TAKES_NUMBER = TUNING.blanks.takes_number

_CONFIDENCE = TUNING.blanks.confidence
_LETTERS = regex.compile(r"\p{L}+")
_SIGN = regex.compile(
    r"(?<=[\p{L}\d]{2}|\d|[\"”)])[,;:](?=(\p{L}{2,}))"
    r"|(?<=\p{Ll}|\d|[)”])\.(?=(\p{Lu}\p{Ll}+))"
    r"|(?<=[\p{L}\d])\)(?=(\p{L}{2,}))"
)
"""A sign that ends a word, and the word joined to it."""

_OPENING = regex.compile(r"(?<=\p{L}{2,})[(“](?=(\p{L}{2,}))")
_FIGURE_WORD = regex.compile(r"(?<=\d)(?=(\p{L}{2,}))")
_WORD_FIGURE = regex.compile(r"(?<=(?<!\p{L})(\p{L}{2,}))(?=(\d+)([./]\d)?)")
_ABBREVIATED = regex.compile(
    r"(?<=(?<!\p{L})\p{Lu}?\p{Ll}+)(?=\p{Lu}{2,}(?!\p{Ll}))|(?<=(?<!\p{L})\p{Lu}{2,})(?=\p{Ll}{2,})"
)
"""Where a word and an abbreviation are run together (``choDN``)."""

_DASHED = regex.compile(r"(?<=\p{L}{2})-$|^-(?=\p{L}{2})")


def lost_blanks(texts: Sequence[str], language: Language) -> list[tuple[Correction, ...]]:
    """Return the corrections that restore lost blanks, line by line; none if a text has not lost many."""
    found: list[tuple[Correction, ...]] = [()] * len(texts)
    chunks = [text.split() for text in texts]
    glued = {chunk for line in chunks for chunk in line if _runs_together(chunk, language)}
    if not glued:
        return found
    words = sum(map(len, chunks))
    count = sum(chunk in glued for line in chunks for chunk in line)
    if count < max(_LEAST_GLUED, _GLUED_SHARE * words):
        return found
    if sum(has_vietnamese_letter(chunk) for line in chunks for chunk in line) < _MARKED_SHARE * words:
        return found
    dashes = any(" - " in text for text in texts)
    for number, text in enumerate(texts):
        mine = []
        for match in CHUNK.finditer(text):
            parted = _parted(match[0], language)
            if dashes and match.start() and match.end() < len(text):
                parted = _DASHED.sub(lambda dash: " -" if dash.start() else "- ", parted)
            if parted != match[0]:
                mine.append(Correction(match.start(), match[0], parted, "spacing", _CONFIDENCE, "run together"))
        found[number] = tuple(reversed(mine))
    return found


@lru_cache(maxsize=50_000)
def _runs_together(chunk: str, language: Language) -> bool:
    """Whether the letters of a chunk are not a word but several known ones in a row."""
    if len(chunk) > _LONGEST:
        return False
    return any(" " in _parted_word(word, language) for word in _LETTERS.findall(chunk))


@lru_cache(maxsize=50_000)
def _parted(chunk: str, language: Language) -> str:
    """Return a chunk with its lost blanks restored."""
    if len(chunk) > _LONGEST or any(piece.kind in (Kind.MARKUP, Kind.CODE) for piece in analyse(chunk)):
        return chunk
    places = {
        match.end() for match in _SIGN.finditer(chunk) if _are_words(next(filter(None, match.groups())), language)
    }
    places |= {match.start() for match in _OPENING.finditer(chunk) if _are_words(match[1], language)}
    places |= {
        match.end()
        for match in _FIGURE_WORD.finditer(chunk)
        if not match[1].isascii() and _are_words(match[1], language)
    }
    for match in _WORD_FIGURE.finditer(chunk):
        certain = match[3] is not None or len(match[2]) > 1
        if _are_words(match[1], language) and (certain or _takes_number(match[1], language)):
            places.add(match.start())
    for match in _LETTERS.finditer(chunk):
        places |= {match.start() + place for place in _inner_places(match[0], language)}
    bounds = [0, *sorted(places), len(chunk)]
    return " ".join(chunk[start:end] for start, end in pairwise(bounds) if start < end)


def _inner_places(letters: str, language: Language) -> Iterator[int]:
    """Yield the places within letters where a word ends: between words, or a word and an abbreviation."""
    at = 0
    apart = [found.start() for found in _ABBREVIATED.finditer(letters)]
    for end in [*apart, len(letters)]:
        part = letters[at:end]
        words = _parted_word(part, language).split(" ")
        if end < len(letters) and not all(word.isupper() or is_legal(word) for word in words):
            continue
        for word in words:
            at += len(word)
            if at < len(letters) and (at < end or _goes_on(letters[at:], language)):
                yield at


def _goes_on(rest: str, language: Language) -> bool:
    """Whether what follows an abbreviation is another, or begins with a word."""
    return rest.isupper() or (rest.islower() and _are_words(rest, language))


def _are_words(letters: str, language: Language) -> bool:
    """Whether letters are a word, or several that run together."""
    return all(map(is_legal, _parted_word(letters, language).split(" ")))


def _takes_number(word: str, language: Language) -> bool:
    number = language.lexicon.number(word)
    if number is None or not is_legal(word) or word.isupper():
        return False
    return float(language.ngrams.after(np.array([number], dtype=np.uint64), np.array([NUMBER]))[0]) > _TAKES_NUMBER


@lru_cache(maxsize=50_000)
def _parted_word(word: str, language: Language) -> str:
    """Divide letters into words; leave them as they are if they may be one word, or a name."""
    number = language.lexicon.number(word)
    known = number is not None and (word.isascii() or language.lexicon.counts[number] > _KNOWN_WEIGHT)
    if len(word) < _SHORTEST or known or is_legal(word) or _may_be_one(word, language):
        return word
    ways = _ways(word, language)
    if not ways:
        return word
    scores = [_score(way, language) for way in ways]
    best = max(range(len(ways)), key=scores.__getitem__)
    likely = _NAME_LIKELY if word.istitle() else _PLAIN_LIKELY
    if word.isascii() and scores[best] < likely * len(ways[best]):
        return word
    return " ".join(ways[best])


def _may_be_one(word: str, language: Language) -> bool:
    """Whether letters may be one word that has lost marks (``hién``); one with two tones is none (``dựán``)."""
    return bones(word) in language.skeletons and sum(split_tone(letter)[1] > 0 for letter in word) < _TWO_WORDS


def _ways(word: str, language: Language) -> list[tuple[str, ...]]:
    """Return the ways to read letters as several known words in a row."""
    counts = language.lexicon.counts
    ends: list[list[tuple[str, ...]]] = [[()], *([] for _ in word)]
    for start in range(len(word)):
        if not ends[start]:
            continue
        for end in range(start + 1, min(len(word), start + _LONGEST_SYLLABLE) + 1):
            piece = word[start:end]
            if not _is_piece(piece):
                continue
            number = language.lexicon.number(piece)
            if number is not None and counts[number] > _KNOWN_WEIGHT:
                ends[end] += [(*way, piece) for way in ends[start]]
                del ends[end][_MOST_WAYS:]
    return [way for way in ends[-1] if len(way) > 1]


def _is_piece(piece: str) -> bool:
    """Whether letters may be a word beside others: a syllable, in one case but for its first letter."""
    if len(piece) == 1:
        return piece in LETTER_WORDS
    return is_legal(piece) and (piece.islower() or piece.istitle() or piece.isupper())


def _score(way: Sequence[str], language: Language) -> float:
    numbers = [language.lexicon.number(piece) or UNKNOWN for piece in way]
    words = np.array([*[SENTENCE] * (ORDER - 1), *numbers], dtype=np.int64)
    return float(running_scores(words, language).sum())
