"""Which stretches of a text are written in which charset.

Only lines that show the signs of a broken charset are looked at. Each charset is given a chance on the
lines that show them; one that turns most of what looks wrong into Vietnamese stands for election.
Then the likeliest course of charsets through the chunks is found (changing costs something, so that
neighbours decide what one word cannot: ``cã`` is a word in Unicode and ``có`` in TCVN3), and a
stretch is believed only where it gained clearly and lost nothing.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from vnreport_ocr.vietnamese import viqr
from vnreport_ocr.vietnamese.charset_scores import NAMES, Scorer
from vnreport_ocr.vietnamese.charset_tables import CHARSETS, is_toned

_CHUNK = re.compile(r"(?:Ã (?=(?:ch?|i|m|ng?|nh|o|p|t|u|y)(?![^\W\d_]))|[^ \t\n\r\x0b\x0c])+")
"""Runs without white space; the blank that a no-break space of mojibake became belongs to its word."""
_SIGNS = re.compile(
    r"[A-Za-z][¡-¯´-¿÷×−\x80-\x9f€ƒ†‡ˆ‰Š‹ŒŽ™š›œžŸ]"
    r"|[¡-¯´-¿×÷\x80-\x9f€ƒ†‡ˆ‰Š‹ŒŽ™š›œžŸ][A-Za-z]"
    r"|[aeoAEO][äåÄÅïûøõÏÛØÕëüúùéèêâáàã]|[ôöuyÔÖUYOE][øûùïõØÛÙÏÕ]|[ñÑ][aeiouyöôòóùAEIOUYÖÔ]"
    r"|[aeouyåæAEOUYÅÆ][ìíîïûüñÌÍÎÏÛÜÑ]|[àáãäÀÁÃÄ][òóôõöøùúûüÒÓÔÕÖØÙÚÛÜ]"
    r"|[aeiouyâêôåãõýAEIOUYÂÊÔÅÃÕÝ][ÌÒÞìòþ]|[ðþæåñçøÿßðÐÞ][a-zà-ÿ]|[a-z][ðþæåñçøÿßÐÞÖÕÒÓÔÜ]"
    r"|[ÃÄÆĂÂÅ][\x80-¿Œ-ž†-™€ƒˆ‚„°ăơưĂƠƯ–—“”‘’•…‰‹›\ufffd?]|á[º»]|â[\x80€]|Ì[\x80-‰£]|Ã[ A-Za-z\n]"
    r"|[\x01-\x06\x10-\x1e]"
)
"""Pairs of characters that a legacy charset leaves behind and ordinary text hardly ever has."""

_GAP = 40
"""Lines of one passage lie no farther apart than this."""
_SAMPLE = 600
"""Chunks of a passage that are tried with every charset."""
_CHANGE = 3.0
_START = 1.0
_MIN_SHARE = 0.6
_MAX_CANDIDATES = 3
_EPSILON = 1e-9


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
    following: str


def suspicious_lines(lines: Sequence[str]) -> list[int]:
    """Numbers of the lines that show signs of a broken charset."""
    return [number for number, line in enumerate(lines) if not line.isascii() and _SIGNS.search(line)]


def viqr_lines(lines: Sequence[str]) -> list[int]:
    """Numbers of the lines that show signs of VIQR."""
    return [number for number, line in enumerate(lines) if viqr.STRONG.search(line)]


def passages(numbers: Sequence[int], count: int) -> list[range]:
    """Suspicious lines gathered into passages, with a few lines of their surroundings."""
    found: list[range] = []
    for number in numbers:
        if found and number - found[-1].stop <= _GAP:
            found[-1] = range(found[-1].start, number + 1)
        else:
            found.append(range(number, number + 1))
    result: list[range] = []
    for passage in found:
        start = max(passage.start - _GAP // 2, result[-1].stop if result else 0)
        result.append(range(start, min(count, passage.stop + _GAP // 2)))
    return result


def read_passage(lines: Sequence[str], passage: range, suspicious: Sequence[int], scorer: Scorer) -> dict[int, list[Stretch]]:
    """What is to be read anew in a passage: line number to stretches, from left to right."""
    names = candidates([line for number in suspicious if number in passage for line in [lines[number]]], scorer)
    if not names:
        return {}
    escaped = "viqr" in names and any(viqr.ESCAPED.search(lines[number]) for number in passage)
    chunks = [chunk for number in passage for chunk in _chunks(lines, number, viqr_too="viqr" in names, escaped=escaped)]
    course = _course(chunks, names, scorer)
    return _believed(chunks, course, scorer)


def candidates(lines: Sequence[str], scorer: Scorer) -> list[str]:
    """The charsets that would make most of what looks wrong in these lines Vietnamese, the best first."""
    tried = [
        chunk
        for number in range(len(lines))
        for chunk in _chunks(lines, number, viqr_too=True)
        if scorer.score(chunk.text) <= 0.0 and _odd(chunk.text)
    ]
    if len(tried) > _SAMPLE:
        step = len(tried) / _SAMPLE
        tried = [tried[int(index * step)] for index in range(_SAMPLE)]
    votes: list[tuple[float, str]] = []
    for name in NAMES:
        gains = [scorer.gain(name, chunk.text, chunk.place) for chunk in tried]
        won, lost = sum(gain for gain in gains if gain > 0), -sum(gain for gain in gains if gain < 0)
        mended = sum(1 for gain in gains if gain > 0)
        if mended and won > lost and won > 2.0 and _enough(name, tried, gains, scorer):
            votes.append((won - lost, name))
    votes.sort(reverse=True)
    if not votes:
        return []
    return [name for total, name in votes[:_MAX_CANDIDATES] if total > 0.2 * votes[0][0]]


def _enough(name: str, tried: Sequence[_Chunk], gains: Sequence[float], scorer: Scorer) -> bool:
    """Whether what a charset mended is evidence: not one chance hit among much that it cannot read."""
    if name == "viqr":
        mended = {chunk.text for chunk, gain in zip(tried, gains, strict=True) if gain > 0}
        return len(mended) >= 3 or any(viqr.SURE.search(text) for text in mended)
    return True


def _odd(text: str) -> bool:
    return not text.isascii() or not text.isprintable() or viqr.STRONG.search(text) is not None


def _chunks(lines: Sequence[str], number: int, *, viqr_too: bool, escaped: bool = False) -> list[_Chunk]:
    """The chunks of a line that may read differently in another charset."""
    matches = list(_CHUNK.finditer(lines[number]))
    texts = [match[0] for match in matches] + [""]
    found: list[_Chunk] = []
    for index, match in enumerate(matches):
        text = match[0]
        if text.isascii() and text.isprintable() and not (viqr_too and _VIQR_ANY.search(text)):
            continue
        following = texts[index + 1]
        opens = _opens(texts[index - 1]) if index else _opens(lines[number - 1].rstrip()) if number else True
        place = viqr.WITHIN
        if not escaped and not following:
            place = viqr.END_OF_LINE
        elif not escaped and following[0].isupper() and not (text[0].isupper() and not opens):  # no part of a name
            place = viqr.BEFORE_CAPITAL
        found.append(_Chunk(number, match.start(), text, place, opens, following))
    return found


_OPENING = re.compile(r"(?:[.!?][\"'”’)]*|^(?:[-–+*•]|\(?\w{1,3}[.)])?)$")


def _opens(before: str) -> bool:
    """Whether a sentence begins after this chunk or line."""
    return _OPENING.search(before) is not None


_VIQR_ANY = re.compile(r"[aeiouyAEIOUY][`?~'.^(+*\\]|[dD][dD]")


def _course(chunks: Sequence[_Chunk], names: Sequence[str], scorer: Scorer) -> list[str]:
    """The likeliest charset of each chunk; the empty name is Unicode."""
    states = ["", *names]
    totals = [0.0] + [-_START] * len(names)
    origins: list[list[int]] = []
    for chunk in chunks:
        best = max(range(len(states)), key=totals.__getitem__)
        came: list[int] = []
        following: list[float] = []
        for index, name in enumerate(states):
            stay, change = totals[index], totals[best] - _CHANGE
            came.append(index if stay >= change else best)
            text = scorer.read(name, chunk.text, chunk.place) if name else chunk.text
            following.append(max(stay, change) + scorer.score(text))
        origins.append(came)
        totals = following
    state = max(range(len(states)), key=totals.__getitem__)
    course: list[str] = []
    for came in reversed(origins):
        course.append(states[state])
        state = came[state]
    course.reverse()
    return course


def _believed(chunks: Sequence[_Chunk], course: Sequence[str], scorer: Scorer) -> dict[int, list[Stretch]]:
    """The stretches whose gain is clear, as replacements line by line."""
    result: dict[int, list[Stretch]] = {}
    start = 0
    while start < len(chunks):
        end = start
        while end < len(chunks) and course[end] == course[start]:
            end += 1
        name = course[start]
        if name:
            confidence = _belief(chunks[start:end], name, scorer)
            if confidence > 0.0:
                for chunk in chunks[start:end]:
                    after = _capitalised(scorer.read(name, chunk.text, chunk.place), chunk, name)
                    if after != chunk.text:
                        result.setdefault(chunk.line, []).append(
                            Stretch(chunk.start, chunk.start + len(chunk.text), after, name, confidence)
                        )
        start = end
    return result


def _capitalised(after: str, chunk: _Chunk, name: str) -> str:
    """A first letter made a capital where its charset has none and the place asks for one."""
    if name not in CHARSETS or not CHARSETS[name].caseless:
        return after
    first = next((index for index, character in enumerate(after) if character.isalpha()), None)
    if first is None or not is_toned(after[first]) or not after[first].islower():
        return after
    body = after[first:].lower() == "ủy" and chunk.following.startswith("ban")
    if not body and not (chunk.opens and after[first:].strip(".,;:)").lower() not in _SMALL_MARKS):
        return after
    return after[:first] + after[first].upper() + after[first + 1 :]


_SMALL_MARKS = frozenset("ý")


def _belief(chunks: Sequence[_Chunk], name: str, scorer: Scorer) -> float:
    """How sure it is that these chunks are written in a charset; 0 where it is not sure enough."""
    mended = spoiled = changed = 0
    for chunk in chunks:
        after = scorer.read(name, chunk.text, chunk.place)
        if after == chunk.text:
            continue
        changed += 1
        before_score, after_score = scorer.score(chunk.text), scorer.score(after)
        if before_score <= 0.0 < after_score:
            mended += 1
        elif after_score < 0.0 and after_score < before_score - _EPSILON:
            spoiled += 1
    if not mended or mended < _MIN_SHARE * changed * 0.5 or spoiled > 0.2 * mended:
        return 0.0
    if mended == 1 and not _sure_alone(chunks, name):
        return 0.0
    return 0.99 if mended > 2 else 0.95


def _sure_alone(chunks: Sequence[_Chunk], name: str) -> bool:
    """Whether one mended chunk is proof enough."""
    if name == "mojibake":
        return True
    if name == "viqr":
        return any(viqr.SURE.search(chunk.text) for chunk in chunks)
    return len(chunks) == 1 and sum(not c.isascii() for c in chunks[0].text) >= 2
