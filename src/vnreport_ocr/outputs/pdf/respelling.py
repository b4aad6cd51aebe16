"""Which letters of a page differ from its text: stretches of them, and what they should be read as.

A word that was repaired, a sign set raised, a letter of two codes: wherever the letters of the page as readers get them
are not those of the text, the word is found on the page by its place and told letter by letter anew.
"""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise, product
from typing import Final, NamedTuple

from rapidfuzz.distance import LCSseq

from vnreport_ocr.model import Box, Line, Page, Token
from vnreport_ocr.outputs.pdf.apart import blank_behind
from vnreport_ocr.outputs.pdf.printed import printed_lines
from vnreport_ocr.sources.pdf.glyphs import GlyphPlace
from vnreport_ocr.spans import box_around, changed_stretches

_ROW: Final = 12.0
"""Points: the height of a field in which tokens are looked up, about the distance between lines."""
_COLUMN: Final = 24.0
"""Points: the width of such a field, about that of a word."""
_BASE: Final = 0.25 / 1.15
"""Share of a token's height that lies below its base line."""
_GAP: Final = 0.1
"""Share of the type size from which readers see a blank; a word that spans such a gap is written before it."""
_BACK: Final = 0.3
"""Share of the type size: what is drawn further back than any mark over its letter begins a word."""
_ROOM: Final = 0.3
"""Share of the type size: some readers join words that are closer than that."""
_HALF: Final = 0.18
"""The same where a blank is shown, which is usually a quarter of the type size wide."""
_HAIR: Final = 0.01
_MOST_FIELDS: Final = 400
"""A token that covers more fields than that is checked for every letter."""
_MOST: Final = 8
"""Readers take no more letters than that from one glyph."""


class UnchangedSegment(NamedTuple):
    """A piece of a line between two unchanged blanks: its words, and the tokens that they come from."""

    text: str
    tokens: tuple[Token, ...]


class Letters(NamedTuple):
    """The letters of a page by their numbers in the order in which readers get them."""

    places: Sequence[GlyphPlace]
    readings: Mapping[int, str]
    """What each one that can be rewritten is read as; empty for one that belongs to the letter before it."""
    drawn: Mapping[int, int]
    """How many letters are drawn before it."""
    within: Sequence[int] = ()
    """The same for what only some readers get (a covered blank, a double): a word around it is written in its first
    letters.
    """
    sorted_before: frozenset[int] = frozenset()
    """The numbers of those that some readers sort before what was drawn before them: no word goes on there."""

    def ranks(self) -> dict[int, int]:
        """Count the letters in the order in which they are drawn; what belongs to a letter counts with it."""
        found: dict[int, int] = {}
        rank, twice = 0, deque(sorted(self.within))
        for number in sorted(self.readings, key=lambda number: (self.drawn[number], number)):
            rank += self.readings[number] != ""
            while twice and twice[0] < self.drawn[number]:
                twice.popleft()
                rank += 2
            found[number] = rank
        return found


class Spot(NamedTuple):
    """A segment as it stands on the page: the numbers of its letters in the order in which they are drawn."""

    segment: UnchangedSegment
    line: int
    numbers: tuple[int, ...]
    whole: bool = True
    """Whether all its letters can be rewritten."""


def around_of(spot: Spot) -> Box | None:
    """Draw the box around a segment."""
    return box_around(spot.segment.tokens)


def wanted(page: Page, seen: str) -> bool:
    """Whether readers fail to find all words of the page's text in order."""
    words = list(_words(printed_lines(page)))
    return int(LCSseq.similarity(words, seen.split())) < len(words)


def _words(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        yield from line.text.split()


def segments(line: Line) -> Iterator[UnchangedSegment]:
    """Cut a line at blanks that are both in what was read and in its text."""
    text, raw = line.text, line.raw
    cuts = [(-1, -1)]
    at = shift = 0
    for change in [*(changed.span for changed in changed_stretches(line)), None]:
        stop = len(text) if change is None else change.start
        cuts += [(place, place - shift) for place in range(at, stop) if text[place].isspace()]
        if change is not None:
            at = change.end
            shift += (change.end - change.start) - (change.raw_end - change.raw_start)
    cuts.append((len(text), len(raw)))
    tokens = sorted(line.tokens, key=lambda token: token.start)
    first = 0
    for (start, low), (end, high) in pairwise(cuts):
        inside = []
        while first < len(tokens) and tokens[first].start < high:
            inside.append(tokens[first])
            first += 1
        if inside and low < high:
            yield from _halved(UnchangedSegment(" ".join(text[start + 1 : end].split()), tuple(inside)))


def _halved(segment: UnchangedSegment) -> Iterator[UnchangedSegment]:
    """Take word by word what has as many words as tokens."""
    words = segment.text.split(" ")
    if len(words) == len(segment.tokens):
        yield from (UnchangedSegment(word, (token,)) for word, token in zip(words, segment.tokens, strict=True))
    else:
        yield segment


def spots(page: Page, letters: Letters) -> list[Spot]:
    """Find the segments of a page among its letters, in the order of the text.

    Readers get letters in the order in which they are drawn, but for those that sort by place; a word that is told by
    the first of its letters that is drawn is whole for both. A letter without a reading cannot be told anew; one whose
    reading is empty belongs to the letter before it.
    """
    cut = [(number, segment) for number, line in enumerate(printed_lines(page)) for segment in segments(line)]
    held = [(at, token.box) for at, (_, segment) in enumerate(cut) for token in segment.tokens if token.box is not None]
    rows = _Rows([box for _, box in held])
    found: dict[int, list[int]] = defaultdict(list)
    unknown = set()
    for number, place in enumerate(letters.places):
        reading = letters.readings.get(number)
        # What was not told to stand for letters may look like a blank and be none.
        if not (place.text if reading is None else reading).strip():
            continue
        box = rows.at(place)
        if box is None:
            continue
        found[held[box][0]].append(number)
        if reading is None:
            unknown.add(held[box][0])
    drawn = letters.drawn
    return [
        Spot(
            segment,
            line,
            tuple(sorted(found[at], key=lambda n: (drawn.get(n, 0), n))),
            at in found and at not in unknown,
        )
        for at, (line, segment) in enumerate(cut)
    ]


def is_read(found: Sequence[Spot], seen: str) -> list[bool]:
    """Return for each segment whether readers get its words in order from the page as it is."""
    words = [word for spot in found for word in spot.segment.text.split()]
    counts = [len(spot.segment.text.split()) for spot in found]
    got = [False] * len(words)
    for block in LCSseq.opcodes(words, seen.split()):
        if block.tag == "equal":
            got[block.src_start : block.src_end] = [True] * (block.src_end - block.src_start)
    ends = list(accumulate(counts))
    return [all(got[end - count : end]) for count, end in zip(counts, ends, strict=True)]


Spelling = dict[int, str] | None
"""What letters of a segment should be read as, by number; None if they cannot express it."""


def spellings(found: Iterable[Spot], letters: Letters) -> list[Spelling]:
    """Return how each segment is spelled by its own letters."""
    ranks = letters.ranks()
    return [
        _spelled(spot.segment.text, _runs(spot.numbers, letters, ranks), letters.readings) if spot.whole else None
        for spot in found
    ]


def is_torn(spot: Spot, places: Sequence[GlyphPlace]) -> bool:
    """Whether one of its letters is drawn over the letter before it (the marks of VNI).

    ``pdftotext -raw`` takes such a letter for a new word, and joins words again only where they run level.
    """
    near = ((places[one], places[other]) for one, other in pairwise(spot.numbers))
    return any(other.left < one.right - _GAP * max(one.size, other.size) for one, other in near)


def told(
    found: Sequence[Spot], spelled: Sequence[Spelling], letters: Letters, away: Collection[int] = ()
) -> dict[int, str]:
    """Return what letters of the page should be read as, by number, to match the text.

    ``away`` holds the ids of the segments that are written invisibly instead.
    """
    result: dict[int, str] = {}
    places, readings = letters.places, letters.readings
    for spot, spelling, following in zip(found, spelled, [*found[1:], None], strict=True):
        if spelling is None or id(spot) in away:
            continue
        result.update(spelling)
        # A separate blank is ignored by a reader that goes by distances, so it is written with the letter before it.
        shown = (number for number in reversed(spot.numbers) if result.get(number, readings[number]).strip())
        last = next(shown, spot.numbers[-1])
        behind = ""
        if following is None or following.line != spot.line:
            behind = blank_behind(spot.segment.text).strip(" ")
        elif id(following) in away:
            behind = " "
        if following is not None and following.numbers and _touching(places, spot.numbers[-1], following.numbers[0]):
            behind = behind or " "
        if behind:
            result[last] = result.get(last, readings[last]).rstrip(" ") + behind
    return result


def _touching(places: Sequence[GlyphPlace], last: int, first: int) -> bool:
    """Whether some readers see no blank between two letters, because there is none or too little room."""
    between = places[last + 1 : first]
    if last > first or any(place.text.strip() for place in between):
        return False
    if not between:
        return True
    one, other = places[last], places[first]
    size = max(one.size, other.size)
    # A reader that goes by distances alone (``pdftotext -raw``) ignores a blank that is shown.
    room = _ROOM if all(place.drawn_by is None for place in between) else _HALF
    return abs(one.base - other.base) < size and other.left - one.right < room * size


_Based = tuple[float, float, float, float, float, int]
"""The box of a token with its base line and its number."""


class _Rows:
    """The boxes of tokens, looked up by place."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._fields: dict[tuple[int, int], list[_Based]] = defaultdict(list)
        self._large: list[_Based] = []
        for number, (left, top, right, bottom) in enumerate(boxes):
            low, high = left - _HAIR, right + _HAIR
            held = (low, top, high, bottom, bottom - _BASE * (bottom - top), number)
            rows = range(int(top // _ROW), int(bottom // _ROW) + 1)
            columns = range(int(low // _COLUMN), int(high // _COLUMN) + 1)
            if len(rows) * len(columns) > _MOST_FIELDS:
                self._large.append(held)
                continue
            for field in product(rows, columns):
                self._fields[field].append(held)

    def at(self, place: GlyphPlace) -> int | None:
        """Return the number of the box that a letter is in, the one on its own base line."""
        middle, foot = (place.left + place.right) / 2, place.base
        best, nearest = None, 0.0
        held = self._fields.get((int(foot // _ROW), int(middle // _COLUMN)), ())
        for left, top, right, bottom, base, number in [*held, *self._large] if self._large else held:
            if left <= middle <= right and top <= foot <= bottom:
                far = abs(base - foot)
                if best is None or far < nearest:
                    best, nearest = number, far
        return best


def _runs(numbers: Sequence[int], letters: Letters, ranks: Mapping[int, int]) -> list[list[int]]:
    """Divide letters where readers see a blank between them or something else is drawn between them."""
    found: list[list[int]] = []
    for number in numbers:
        before = found[-1][-1] if found else None
        if before is not None and ranks[number] - ranks[before] < 2 and _joined(letters, before, number):
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _joined(letters: Letters, before: int, number: int) -> bool:
    """Whether readers take two letters for neighbours in one word."""
    if number in letters.sorted_before or any(
        letters.readings.get(between) != "" for between in range(before + 1, number)
    ):
        return False
    one, other = letters.places[before], letters.places[number]
    size = max(one.size, other.size)
    return other.left - one.right <= _GAP * size and one.left - other.left <= _BACK * size


def _spelled(text: str, runs: Sequence[Sequence[int]], readings: Mapping[int, str]) -> Spelling:
    """Distribute the letters of a text over runs of letters; nothing if they already match it."""
    seen = " ".join("".join(readings[number] for number in run) for run in runs)
    if seen == text:
        return {}
    result: dict[int, str] = {}
    for run, part in zip(runs, _parts(text, runs), strict=True):
        spelled = _shared(part, run, readings)
        if any(len(letters) > _MOST for letters in spelled.values()):
            return None
        # What stays as it is before and behind stays in its own font.
        other = [number for number in run if spelled[number] != readings[number]]
        if other:
            result.update((number, spelled[number]) for number in run if other[0] <= number <= other[-1])
    return result


def _parts(text: str, runs: Sequence[Sequence[int]]) -> list[str]:
    """Give every word to the run that it begins in: readers put blanks between runs."""
    words = text.split(" ")
    if len(words) == len(runs):
        return words
    parts = [""] * len(runs)
    ends = list(accumulate(len(run) for run in runs))
    share = ends[-1] / max(1, sum(map(len, words)))
    at = 0
    for word in words:
        run = next((number for number, end in enumerate(ends) if end > at * share + _HAIR), len(runs) - 1)
        parts[run] = f"{parts[run]} {word}".strip()
        at += len(word)
    return parts


def _shared(text: str, run: Sequence[int], readings: Mapping[int, str]) -> dict[int, str]:
    """Give each letter of a run its share: one letter each from both ends where they agree, the rest in the middle."""
    more = len(text) - len(run)
    if more <= 0:
        return {number: text[at] if at < len(text) else " " for at, number in enumerate(run)}
    # One of them reads as several letters: where what they read as now goes apart from what they are to read as.
    at = next((i for i, number in enumerate(run) if readings[number] != text[i]), len(run) - 1)
    spelled = {number: text[i] for i, number in enumerate(run[:at])}
    spelled[run[at]] = text[at : at + more + 1]
    spelled.update({number: text[at + 1 + more + i] for i, number in enumerate(run[at + 1 :])})
    return spelled
