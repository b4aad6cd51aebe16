"""Which stretches of a text are written in which charset.

Only lines that show the signs of a broken charset are looked at. Each charset is given a chance on the
lines that show them; one that turns most of what looks wrong into Vietnamese stands for election.
Then the likeliest course of charsets through the chunks is found (changing costs something, so that
neighbours decide what one word cannot: ``cã`` is a word in Unicode and ``có`` in TCVN3), and a
stretch is believed only where it gained clearly and lost nothing.
"""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from vnreport_ocr.vietnamese import lost_capitals, viqr
from vnreport_ocr.vietnamese.charset_scores import NAMES, Scorer
from vnreport_ocr.vietnamese.charset_tables import CHARSETS, is_toned
from vnreport_ocr.vietnamese.lost_capitals import Around, asks_capital
from vnreport_ocr.vietnamese.syllables import is_legal, may_be_bare

_CHUNK = re.compile(r"(?:Ã (?=(?:ch?|i|m|ng?|nh|o|p|t|u|y)(?![^\W\d_])|[ ]|$)|[^ \t\n\r\x0b\x0c])+")
"""Runs without white space; the blank that a no-break space of mojibake became belongs to its word."""
_SAMPLE = 600
"""Chunks of a passage that are tried with every charset."""
_LONGEST = 400
"""A run without white space that is longer than this holds no words."""
_CHANGE = 3.0
_EASY_CHANGE = 1.0
"""To mojibake and back: what is read as UTF-8 can hardly be anything else, be it a single word."""

_START = 1.0
_OWNED = 0.75
"""Share of a line's wrong chunks that a charset must make Vietnamese for the line to be its own."""
_MIN_SHARE = 0.5
"""Share of all wrong chunks that must stand in lines of its own."""
_MAX_CANDIDATES = 3
_USUAL_WEIGHT, _LEAST_WEIGHT = 3.8, 3.5
"""The mean of the logarithms of counts of many words, and of few, from which they are words that are written; of right
text it is about 5.2, and 4.1 for one in a hundred of its stretches of three or four words."""

_MANY_WORDS = 10
_FEW_CODES, _EACH_CODE, _MONOTONOUS_WEIGHT = 3, 2, 4.7
"""Where each of the codes stands so often in the mean, their words must be common ones."""

_FEW_BARE, _BARE_SHARE = 3, 0.08
"""So many plain words without the marks they need, and their share of those that may be syllables, are no accident."""

_WRONG = -1.0
_WORST = -3.0
_DOUBT = 2.0
_IMPOSSIBLE = 8.0
_UNICODE_ONLY = re.compile("[ăĂđĐơƠưƯạ-ỹẠ-Ỹ]")


class Stretch(NamedTuple):
    """Chunks of one line that are read in one charset."""

    start: int
    end: int
    after: str
    charset: str
    confidence: float


class _Chunk(NamedTuple):
    line: int
    start: int
    text: str
    place: str
    opens: bool
    """Whether a sentence begins with it."""
    before: str
    following: str
    then: str


def read_passage(
    lines: Sequence[str], passage: range, suspicious: Sequence[int], scorer: Scorer
) -> dict[int, list[Stretch]]:
    """Return what is to be read anew in a passage: line number to stretches, from left to right."""
    names = candidates([line for number in suspicious if number in passage for line in [lines[number]]], scorer)
    if not names:
        return {}
    if "tcvn3" in names and not any(_HORN.search(lines[number]) for number in passage):
        scorer = Scorer(scorer.weight, scorer.fits)
        scorer.horns_lost = True
    escaped = "viqr" in names and any(viqr.ESCAPED.search(lines[number]) for number in passage)
    chunks = [
        chunk for number in passage for chunk in _chunks(lines, number, viqr_too="viqr" in names, escaped=escaped)
    ]
    course = _course(chunks, names, scorer)
    return _believed(chunks, course, scorer)


def candidates(lines: Sequence[str], scorer: Scorer) -> list[str]:
    """Return the charsets that make most of what is wrong in these lines Vietnamese, the best first."""
    rows = [row for row in (_wrong_chunks(lines, number, scorer) for number in range(len(lines))) if row]
    total = sum(map(len, rows))
    if total > _SAMPLE:
        rows = rows[:: max(1, total // _SAMPLE)]
    found: list[str] = []
    refused: set[str] = set()
    while rows and len(found) < _MAX_CANDIDATES and (left := [n for n in NAMES if n not in found and n not in refused]):
        best = max(((_owned(name, rows, scorer), name) for name in left), key=lambda vote: vote[0][0])
        (_, owned), name = best
        chunks = [chunk for row in owned for chunk in row]
        if not _enough(name, chunks, rows, scorer):
            break
        if name in CHARSETS and (_are_odd(name, chunks, scorer) or _were_read([lines[row[0].line] for row in owned])):
            refused.add(name)
            continue
        found.append(name)
        rows = [row for row in rows if row not in owned]
    return found


def _are_odd(name: str, chunks: Sequence[_Chunk], scorer: Scorer) -> bool:
    """Whether the words that come of a charset are legal but hardly ever written: then it is not in that charset.

    So they are when an engine for another language has put the same few letters everywhere (``ä`` for ``ả``).
    """
    if scorer.weight is None:
        return False
    mended = [chunk for chunk in chunks if scorer.gain(name, chunk.text, chunk.place) > 0.0]
    words = [word for c in mended for word in _FIRST_WORD.findall(scorer.read(name, c.text, c.place))]
    weights = [math.log10(1.0 + max(0.0, scorer.weight(word.lower()))) for word in words if not word.isascii()]
    if not weights:
        return False
    mean = sum(weights) / len(weights)
    codes = [letter for chunk in mended for letter in chunk.text.lower() if not letter.isascii()]
    monotonous = len(codes) >= _FEW_CODES and _EACH_CODE * len(set(codes)) <= len(codes)
    return mean < (_USUAL_WEIGHT if len(weights) >= _MANY_WORDS else _LEAST_WEIGHT) or (
        monotonous and mean < _MONOTONOUS_WEIGHT
    )


def _were_read(lines: Sequence[str]) -> bool:
    """Whether lines were read in another language: their plain words lack the marks that they need (``truong``).

    A charset writes every mark in some way; an engine for another language drops most of them.
    """
    words = [word for line in lines for word in _PLAIN_WORD.findall(line)]
    bare = sum(may_be_bare(word) and not is_legal(word) for word in words)
    return bare >= _FEW_BARE and bare > _BARE_SHARE * sum(map(may_be_bare, words))


def _wrong_chunks(lines: Sequence[str], number: int, scorer: Scorer) -> list[_Chunk]:
    chunks = _chunks(lines, number, viqr_too=True)
    return [chunk for chunk in chunks if scorer.score(chunk.text) <= _WRONG or viqr.STRONG.search(chunk.text)]


def _owned(name: str, rows: Sequence[list[_Chunk]], scorer: Scorer) -> tuple[float, list[list[_Chunk]]]:
    """How much a charset gains in the lines that are its own, and these lines."""
    gain = 0.0
    owned: list[list[_Chunk]] = []
    for row in rows:
        scores = [scorer.score(scorer.read(name, chunk.text, chunk.place)) for chunk in row]
        signs = name == "mojibake" and sum(
            score == 0.0 > scorer.score(chunk.text) for score, chunk in zip(scores, row, strict=True)
        )  # what became a picture or a sign says nothing for Vietnamese, but for UTF-8
        if signs + sum(score > 0.0 for score in scores) >= _OWNED * len(row):
            gain += sum(scores)
            owned.append(row)
    return gain, owned


def _enough(name: str, owned: Sequence[_Chunk], rows: Sequence[list[_Chunk]], scorer: Scorer) -> bool:
    """Whether what a charset mends is evidence, not a chance hit among much that it cannot read."""
    if len(owned) < _MIN_SHARE * sum(map(len, rows)):
        return False
    mended = {chunk.text for chunk in owned if scorer.gain(name, chunk.text, chunk.place) > 0.0}
    if name == "viqr":
        return len(mended) > 2 or any(viqr.SURE.search(text) for text in mended)
    if name == "mojibake":
        return bool(mended)
    return len(mended) > 1 or any(sum(not c.isascii() for c in text) > 1 for text in mended)


def _chunks(lines: Sequence[str], number: int, *, viqr_too: bool, escaped: bool = False) -> list[_Chunk]:
    """Find the chunks of a line that may read differently in another charset."""
    matches = list(_CHUNK.finditer(lines[number]))
    texts = [match[0] for match in matches] + ["", ""]
    found: list[_Chunk] = []
    for index, match in enumerate(matches):
        text = match[0]
        if len(text) > _LONGEST:
            continue
        if text.isascii() and text.isprintable() and not (viqr_too and _VIQR_ANY.search(text)):
            continue
        following = texts[index + 1]
        opens = lost_capitals.opens(texts[index - 1]) if index else lost_capitals.line_opens(lines, number)
        place = viqr.WITHIN
        if not escaped and not following:
            place = viqr.END_OF_LINE
        elif not escaped and following[0].isupper() and not (text[0].isupper() and not opens):  # no part of a name
            place = viqr.BEFORE_CAPITAL
        before = texts[index - 1] if index else ""
        found.append(_Chunk(number, match.start(), text, place, opens, before, following, texts[index + 2]))
    return found


_VIQR_ANY = re.compile(r"[aeiouyAEIOUY][`?~'.^(+*\\]|[dD][dD]")


def _course(chunks: Sequence[_Chunk], names: Sequence[str], scorer: Scorer) -> list[str]:
    """Find the likeliest charset of each chunk; the empty name is Unicode."""
    states = ["", *names]
    totals = [0.0] + [-_START] * len(names)
    origins: list[list[int]] = []
    for chunk in chunks:
        best = max(range(len(states)), key=totals.__getitem__)
        came: list[int] = []
        following: list[float] = []
        for index, name in enumerate(states):
            stay, change = (
                totals[index],
                totals[best] - (_EASY_CHANGE if "mojibake" in (name, states[best]) else _CHANGE),
            )
            came.append(index if stay >= change else best)
            text = scorer.read(name, chunk.text, chunk.place) if name else chunk.text
            score = _emission(name, chunk.text, text, scorer)
            if not name and "viqr" in names and viqr.STRONG.search(text):
                score += _WORST
            following.append(max(stay, change) + score)
        origins.append(came)
        totals = following
    state = max(range(len(states)), key=totals.__getitem__)
    course: list[str] = []
    for came in reversed(origins):
        course.append(states[state])
        state = came[state]
    course.reverse()
    return course


def _emission(name: str, raw: str, text: str, scorer: Scorer) -> float:
    """Return what a chunk says for a charset; letters that no legacy charset can have written speak for Unicode."""
    score = max(scorer.score(text), _WORST)
    if name == "mojibake" and score <= _WRONG and len(text) < len(raw):
        return _WRONG  # a foreign name, or it was read so more than once and the next round reads on
    if name and score <= _WRONG:
        return score - _DOUBT
    if name and text == raw and _UNICODE_ONLY.search(raw):
        return score - _IMPOSSIBLE
    return score


def _believed(chunks: Sequence[_Chunk], course: Sequence[str], scorer: Scorer) -> dict[int, list[Stretch]]:
    """Find the stretches whose gain is clear, as replacements line by line."""
    result: dict[int, list[Stretch]] = {}
    capitalless = {name for name in set(course) if name in CHARSETS and CHARSETS[name].caseless}
    capitalless -= {
        name
        for chunk, name in zip(chunks, course, strict=True)
        if name in capitalless and _has_capital(scorer.read(name, chunk.text))
    }
    start = 0
    while start < len(chunks):
        end = start
        while end < len(chunks) and course[end] == course[start]:
            end += 1
        name = course[start]
        if name:
            confidence = _belief(chunks[start:end], name, scorer)
            if confidence > 0.0:
                texts = _said(chunks[start:end], name, scorer, capitals=name in capitalless)
                for chunk, after in zip(chunks[start:end], texts, strict=True):
                    if after != chunk.text:
                        result.setdefault(chunk.line, []).append(
                            Stretch(chunk.start, chunk.start + len(chunk.text), after, name, confidence)
                        )
        start = end
    return result


def _said(chunks: Sequence[_Chunk], name: str, scorer: Scorer, *, capitals: bool) -> list[str]:
    """Return what the chunks of a stretch say, each in its place; ``capitals`` where the charset has lost some."""
    texts: list[str] = []
    for index, chunk in enumerate(chunks):
        after = _lone_letter(name, chunk, scorer) or scorer.read(name, chunk.text, chunk.place)
        if name == "mojibake":
            last = chunks[index - 1] if index else None
            settled = last is not None and (last.line, last.text) == (chunk.line, chunk.before)
            after = scorer.read_between(chunk.text, texts[-1] if settled else chunk.before, chunk.following)
        if capitals:
            near = (scorer.read(name, text) for text in (chunk.before, chunk.following, chunk.then))
            after = _capitalised(after, chunk, Around(*near))
        texts.append(after)
    return texts


def _lone_letter(name: str, chunk: _Chunk, scorer: Scorer) -> str | None:
    """Read a sign that stands alone as a word (a cedilla is ``á``) or the letter of a clause (``đ)``)."""
    sign = chunk.text.strip(_CLOSING + "(")
    letter = CHARSETS[name].codes.get(sign, "") if name in CHARSETS and len(sign) == 1 else ""
    if letter == "đ":
        return chunk.text.replace(sign, letter) if _CLAUSE.search(chunk.text) else None
    if not is_legal(letter):
        return None
    if letter.isupper() and chunk.opens:
        return letter if chunk.text == sign and chunk.following[:1].islower() else None
    pointed = chunk.text != sign and chunk.text[-1] in ",.;:!?" and sign not in _FIGURES
    if (sign in _STANDING and not pointed) or chunk.opens or not scorer.read(name, chunk.before)[-1:].isalpha():
        return None
    return None if sign == "¶" and not chunk.following else chunk.text.replace(sign, letter)


def _has_capital(after: str) -> bool:
    """Whether a word begins with a toned capital: then the charset does have them."""
    return len(after) > 1 and is_toned(after[0]) and after[0].isupper() and after[1].islower()


def _capitalised(after: str, chunk: _Chunk, around: Around) -> str:
    """Capitals where a charset has none and the place asks for them: at the head of a sentence, in ``ĐÔNG HÀ.``"""
    ends = _SHORT_NAME.fullmatch(after)
    before = around.before
    if ends and before.isupper() and is_legal(before) and len(before) > 1 and (ends[2] or not chunk.following):
        return after.upper()
    word = _FIRST_WORD.search(after)
    if word is None or not is_toned(word[0][0]) or not word[0].islower():
        return after
    first, tail = word.start(), after[word.end() :]
    opens = chunk.opens or (chunk.before.endswith(":") and after[:first] in _QUOTES)
    if not opens:
        near = Around("" if first else around.before, tail or around.after, "" if tail else around.then)
        if not asks_capital(word[0], near):
            return after
    return after[:first] + after[first].upper() + after[first + 1 :]


_HORN = re.compile("[\xad\N{MINUS SIGN}\ufffe]")
_SHORT_NAME = re.compile(r"([A-ZĐ][^\W\d_A-Za-z]+)([.,;:)]*)")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_PLAIN_WORD = re.compile(r"(?<!\S)\(?([A-Za-z]?[a-z]+)[.,;:)]*(?!\S)")
_CLOSING = '.,;:!?)"\u201d'
_CLAUSE = re.compile(r"^\(?.\)")
_FIGURES = frozenset("¹²³½¼¾%‰°")
_STANDING = frozenset("¹²³½¼¾·•\u2013—…°®©™§«»“”\u2018\u2019†‡€£¥×÷±")
"""Signs that stand by themselves in any text."""

_QUOTES = frozenset("\"'“\u2018")


def _belief(chunks: Sequence[_Chunk], name: str, scorer: Scorer) -> float:
    """How sure it is that these chunks are written in a charset; 0 where it is not sure enough."""
    mended = spoiled = 0
    for chunk in chunks:
        after = scorer.read(name, chunk.text, chunk.place)
        if after == chunk.text:
            continue
        before_score, after_score = scorer.score(chunk.text), scorer.score(after)
        if before_score <= 0.0 < after_score:
            mended += 1
        elif after_score <= _WRONG:
            spoiled += 1
    if not mended or spoiled > mended:
        return 0.0
    return 0.99 if mended > 2 else 0.95
