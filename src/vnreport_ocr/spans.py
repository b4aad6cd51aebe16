"""Where the words of a corrected line stand in what was read, and on the page."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vnreport_ocr.model import Box, Correction, Line, Token

_WORD = re.compile(r"\S+")
_FARTHEST = 400
"""Letters: a stretch never grows over more of a line than this when it is widened to whole words."""


class Span(NamedTuple):
    """A stretch of the final text, and the stretch of what was read that it came of."""

    start: int
    end: int
    raw_start: int
    raw_end: int


class Changed(NamedTuple):
    """A stretch that corrections changed, and which."""

    span: Span
    corrections: tuple[Correction, ...]


def changed_stretches(line: Line) -> list[Changed]:
    """Follow the corrections of a line to where they stand in the final text."""
    pieces: list[Changed] = []
    total = 0
    for correction in line.corrections:
        start, end = correction.start, correction.start + len(correction.before)
        growth = len(correction.after) - len(correction.before)
        if not pieces or start > pieces[-1].span.end:
            # Most corrections come in the order of the line: nothing that stands before them moves.
            pieces.append(Changed(Span(start, end + growth, start - total, end - total), (correction,)))
            total += growth
            continue
        total += growth
        # An insertion at the edge of a piece belongs to it: what was typed there is one decision with it.
        touched = [p for p in pieces if p.span.start <= end and p.span.end >= start]
        before = [p for p in pieces if p not in touched and p.span.end < start]
        after = [p for p in pieces if p not in touched and p.span.start > end]
        first = min([start, *(p.span.start for p in touched)])
        last = max([end, *(p.span.end for p in touched)])
        raw = raw_stretch(pieces, first, last)
        span = Span(first, last + growth, *raw)
        told = (*(c for p in touched for c in p.corrections), correction)
        pieces = [*before, Changed(span, told), *(_moved(p, growth) for p in after)]
    return pieces


def _moved(piece: Changed, growth: int) -> Changed:
    span = piece.span
    return piece._replace(span=span._replace(start=span.start + growth, end=span.end + growth))


def raw_stretch(pieces: list[Changed], start: int, end: int) -> tuple[int, int]:
    """Find where a stretch of the present text lies in what was read; its edges lie outside of any piece."""
    shift_start = shift_end = 0
    for piece in pieces:
        grown = (piece.span.end - piece.span.start) - (piece.span.raw_end - piece.span.raw_start)
        if piece.span.end <= start and piece.span.start < start:
            shift_start += grown
        if piece.span.end <= end:
            shift_end += grown
    return start - shift_start, end - shift_end


def raw_span(line: Line, start: int, end: int) -> tuple[int, int]:
    """Find where a stretch of the final text lies in what was read, widened where it cuts through a change."""
    changed = changed_stretches(line)
    for piece in changed:
        if piece.span.start < end and start < piece.span.end:
            start, end = min(start, piece.span.start), max(end, piece.span.end)
    return raw_stretch(changed, start, end)


def final_span(line: Line, raw_start: int, raw_end: int) -> tuple[int, int]:
    """Find where a stretch of what was read stands in the final text, widened where it cuts through a change."""
    return final_stretch(changed_stretches(line), raw_start, raw_end)


def final_stretch(changed: Sequence[Changed], raw_start: int, raw_end: int) -> tuple[int, int]:
    """Find the same as ``final_span`` by the changes of a line, for many stretches of it."""
    shift_start = shift_end = 0
    for piece in changed:
        span = piece.span
        grown = (span.end - span.start) - (span.raw_end - span.raw_start)
        if span.raw_start < raw_end and raw_start < span.raw_end:
            raw_start, raw_end = min(raw_start, span.raw_start), max(raw_end, span.raw_end)
        if span.raw_end <= raw_start and span.raw_start < raw_start:
            shift_start += grown
        if span.raw_end <= raw_end:
            shift_end += grown
    return raw_start + shift_start, raw_end + shift_end


class PlacedWord(NamedTuple):
    """A word of the final text: what was read there, where it stands on the page, and how sure the reading was."""

    text: str
    start: int
    end: int
    read: str
    box: Box | None
    confidence: float | None


def placed_words(line: Line) -> list[PlacedWord]:
    """List the words of a line's final text with their places; words of one token share its box by their letters."""
    changed = changed_stretches(line)
    tokens = sorted(line.tokens, key=lambda token: token.start)
    starts = [token.start for token in tokens]
    words, at, grown = [], 0, 0
    for found in _WORD.finditer(line.text):
        while at < len(changed) and changed[at].span.end <= found.start():
            span = changed[at].span
            if span.end == found.start() and span.end == span.start:
                break  # what was taken away just before a word belongs to it
            grown += (span.end - span.start) - (span.raw_end - span.raw_start)
            at += 1
        low, high = _raw_edges(changed, at, grown, found.start(), found.end())
        inside = _overlapping(tokens, starts, low, high)
        sure = min((token.confidence for token in inside if token.confidence is not None), default=None)
        read = line.raw[int(low) : -int(-high // 1)]
        words.append(PlacedWord(found.group(), found.start(), found.end(), read, _part(inside, low, high), sure))
    return words


def _raw_edges(changed: list[Changed], at: int, grown: int, start: int, end: int) -> tuple[float, float]:
    """Find a word's place in what was read; inside a changed stretch letters are shared out evenly."""

    def raw(position: int) -> float:
        shift = grown
        for number in range(at, len(changed)):
            span = changed[number].span
            if position <= span.start:
                break
            if position < span.end:
                share = (position - span.start) / (span.end - span.start)
                return span.raw_start + share * (span.raw_end - span.raw_start)
            shift += (span.end - span.start) - (span.raw_end - span.raw_start)
        return position - shift

    return raw(start), raw(end)


def _overlapping(tokens: list[Token], starts: list[int], low: float, high: float) -> list[Token]:
    first = max(0, bisect_left(starts, low) - 1)
    found: list[Token] = []
    for number in range(first, len(tokens)):
        token = tokens[number]
        if token.start >= high:
            break
        if low < token.start + len(token.text):
            found.append(token)
    return found


def _part(tokens: list[Token], low: float, high: float) -> Box | None:
    """Draw the box around the letters from ``low`` to ``high`` of these tokens."""
    parts = []
    for token in tokens:
        if token.box is None:
            continue
        wide, letters = token.box.right - token.box.left, max(1, len(token.text))
        left = token.box.left + wide * max(0.0, low - token.start) / letters
        right = token.box.left + wide * min(letters, high - token.start) / letters
        parts.append(Box(left, token.box.top, max(left, right), token.box.bottom))
    return around(parts)


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch to whole words; an empty one takes the word beside it."""
    low, high = max(0, start - _FARTHEST), min(len(text), end + _FARTHEST)
    while start > low and not text[start - 1].isspace():
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return start, end


def tokens_in(line: Line, raw_start: int, raw_end: int) -> list[Token]:
    """List the tokens of a line that lie in a stretch of what was read."""
    return [t for t in line.tokens if t.start < raw_end and raw_start < t.start + max(1, len(t.text))]


def box_around(tokens: Iterable[Token]) -> Box | None:
    """Draw the box around tokens; None where none of them has one."""
    return around(token.box for token in tokens if token.box is not None)


def around(boxes: Iterable[Box]) -> Box | None:
    """Draw the box around boxes; None around none."""
    found = list(boxes)
    if not found:
        return None
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
