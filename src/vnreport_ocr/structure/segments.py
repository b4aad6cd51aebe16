"""Parts of lines with their positions: what stands side by side is kept apart even if it was read as one line."""

import re
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, NamedTuple

from vnreport_ocr.model import Box, Line, Token
from vnreport_ocr.spans import box_around
from vnreport_ocr.structure.tuning import TUNING
from vnreport_ocr.structure.wording import RECIPIENTS, SIGNATURE_BESIDE, STATE

_WIDE: Final = TUNING.segments.wide
_ITEM = re.compile(r"\s*[-\N{EN DASH}~]\s*(?=[^\W\d_])")
_PRINTED: Final = TUNING.segments.printed


class Segment(NamedTuple):
    """A stretch of line number ``line`` that stands alone: its text from ``start`` on, its position, its words."""

    line: int
    start: int
    text: str
    box: Box
    tokens: tuple[Token, ...]
    sure: float
    doubts: tuple[int, ...] = ()
    """The positions in the text where a doubt was raised."""

    @property
    def middle(self) -> float:
        """Where its middle is."""
        return (self.box.left + self.box.right) / 2

    @property
    def height(self) -> float:
        """The height of its typical word."""
        return median(t.box.bottom - t.box.top for t in self.tokens if t.box is not None)

    @property
    def read_by_engine(self) -> bool:
        """Whether it comes from a picture, where words have confidences."""
        return any(token.confidence is not None for token in self.tokens)

    @property
    def bold(self) -> bool:
        """Whether all of it is known to be bold."""
        return all(token.style is not None and token.style.bold for token in self.tokens)


def line_box(line: Line) -> Box | None:
    """Return the box around a line's words."""
    return box_around(line.tokens)


def segments(lines: Sequence[Line], first: int = 0) -> list[Segment]:
    """Return the parts of lines, at least one for each line; lines without positions have none."""
    return [part for number, line in enumerate(lines, first) for part in _parts(number, line)]


def _parts(number: int, line: Line) -> Iterable[Segment]:
    placed = [token for token in line.tokens if token.box is not None]
    if not placed:
        return
    text = line.text
    moved = bool(line.corrections)
    starts = [in_text(line, token.start) if moved else token.start for token in placed]
    known = {match.start() for match in (STATE.search(text), _beside_recipients(text)) if match is not None}
    usual = median(token.box.bottom - token.box.top for token in placed if token.box is not None)
    cuts = [0]
    for index in range(1, len(placed)):
        before, box = placed[index - 1].box, placed[index].box
        if before is None or box is None:
            continue
        if box.left - before.right > _WIDE * usual or starts[index] in known:
            cuts.append(index)
    for first, end in zip(cuts, [*cuts[1:], len(placed)], strict=True):
        start = starts[first] if first else 0
        stop = starts[end] if end < len(placed) else len(text)
        tokens = tuple(placed[first:end])
        box = box_around(tokens)
        if box is not None and text[start:stop].strip():
            doubts = tuple(doubt.start - start for doubt in line.doubts if start <= doubt.start < stop)
            yield Segment(number, start, text[start:stop].rstrip(), box, tokens, _sureness(line, tokens), doubts)


def _beside_recipients(text: str) -> re.Match[str] | None:
    """Find where a signature begins in a line of the list of recipients."""
    return SIGNATURE_BESIDE.search(text, 8) if RECIPIENTS.match(text) or _ITEM.match(text) else None


def in_text(line: Line, raw: int) -> int:
    """Return where a position in the line as it was read is in the corrected text."""
    place = raw
    for correction in line.corrections:
        end = correction.start + len(correction.before)
        if end <= place and not (correction.before == "" and correction.start == place):
            place += len(correction.after) - len(correction.before)
        elif correction.start < place:
            place = min(place, correction.start + len(correction.after))
    return place


def _sureness(line: Line, tokens: Sequence[Token]) -> float:
    """Return how sure the least sure word is: by the engine, or by the correction that changed it."""
    values = []
    for token in tokens:
        if token.confidence is None:
            values.append(_PRINTED)
        elif any(c.isalnum() for c in token.text):
            values.append(max(token.confidence, _mended(line, token)))
    return min(values, default=0.0)


def _mended(line: Line, token: Token) -> float:
    """Return how sure a correction of this word is; a word that was left as read has none."""
    start = in_text(line, token.start)
    sure = (c.confidence for c in line.corrections if c.before and start <= c.start < start + max(1, len(token.text)))
    return min(0.9, max(sure, default=0.0))


def part(segment: Segment, match: re.Match[str], group: str | int = 0) -> Segment:
    """Return a segment narrowed to what a pattern found in its text, with the matching words and position."""
    begin, end = match.span(group)
    words, place = [], 0
    for token in segment.tokens:
        found = segment.text.find(token.text, place)
        if found < 0:
            # A word that was corrected: its neighbours show where it is.
            found = place + (segment.text[place : place + 1] == " ")
        if found < end and found + len(token.text) > begin:
            words.append(token)
        place = found + len(token.text)
    tokens = tuple(words) or segment.tokens
    box = box_around(tokens) or segment.box
    known = [t.confidence for t in tokens if t.confidence is not None]
    sure = min(min(known, default=segment.sure), max(segment.sure, min(known, default=0.0)))
    doubts = tuple(place - begin for place in segment.doubts if begin <= place < end)
    text = segment.text[begin:end]
    return Segment(segment.line, segment.start + begin, text, box, tokens, sure, doubts)
