"""The places of a line that a person may want to decide about: what was changed, and what was left in doubt."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from vnreport_ocr.model import Box, Correction, Line, Token

_MOST_RIVALS = 6
_TYPED_LINE = 400
"""Letters: a mark never grows over more of a line than this when it is widened to whole words."""


class Kind(StrEnum):
    """What a marked word is; figures come first for a person."""

    FIGURE = "figure"
    NAME = "name"
    WORD = "word"


class Mark(NamedTuple):
    """A stretch of whole words of a line, with what was read there and what was decided."""

    start: int
    end: int
    text: str
    read: str
    confidence: float
    changed: bool
    doubts: tuple[str, ...]
    reasons: tuple[str, ...]
    rivals: tuple[tuple[str, float], ...]
    box: Box | None
    kind: Kind


class Span(NamedTuple):
    """A stretch of the final text, and the stretch of what was read that it came of."""

    start: int
    end: int
    raw_start: int
    raw_end: int


class _Changed(NamedTuple):
    span: Span
    corrections: tuple[Correction, ...]


def marks_of(line: Line) -> list[Mark]:
    """List the marks of a line in their order; stretches that touch the same word are one mark."""
    text = line.text
    changed = changed_stretches(line)
    spans = [(c.span.start, c.span.end) for c in changed]
    spans += [(d.start, min(len(text), d.start + len(d.text))) for d in line.doubts if d.start < len(text)]
    return [_mark(line, text, changed, *span) for span in _merged(whole_words(text, *span) for span in spans)]


def changed_stretches(line: Line) -> list[_Changed]:
    """Follow the corrections of a line to where they stand in the final text."""
    pieces: list[_Changed] = []
    for correction in line.corrections:
        start, end = correction.start, correction.start + len(correction.before)
        growth = len(correction.after) - len(correction.before)
        # An insertion at the edge of a piece belongs to it: what was typed there is one decision with it.
        touched = [p for p in pieces if p.span.start <= end and p.span.end >= start]
        before = [p for p in pieces if p not in touched and p.span.end < start]
        after = [p for p in pieces if p not in touched and p.span.start > end]
        first = min([start, *(p.span.start for p in touched)])
        last = max([end, *(p.span.end for p in touched)])
        raw = _raw_stretch(pieces, first, last)
        span = Span(first, last + growth, *raw)
        told = (*(c for p in touched for c in p.corrections), correction)
        pieces = [*before, _Changed(span, told), *(_moved(p, growth) for p in after)]
    return pieces


def _moved(piece: _Changed, growth: int) -> _Changed:
    span = piece.span
    return piece._replace(span=span._replace(start=span.start + growth, end=span.end + growth))


def _raw_stretch(pieces: list[_Changed], start: int, end: int) -> tuple[int, int]:
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
    return _raw_stretch(changed, start, end)


def final_span(line: Line, raw_start: int, raw_end: int) -> tuple[int, int]:
    """Find where a stretch of what was read stands in the final text, widened where it cuts through a change."""
    shift_start = shift_end = 0
    for piece in changed_stretches(line):
        span = piece.span
        grown = (span.end - span.start) - (span.raw_end - span.raw_start)
        if span.raw_start < raw_end and raw_start < span.raw_end:
            raw_start, raw_end = min(raw_start, span.raw_start), max(raw_end, span.raw_end)
        if span.raw_end <= raw_start and span.raw_start < raw_start:
            shift_start += grown
        if span.raw_end <= raw_end:
            shift_end += grown
    return raw_start + shift_start, raw_end + shift_end


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch to whole words; an empty one takes the word beside it."""
    low, high = max(0, start - _TYPED_LINE), min(len(text), end + _TYPED_LINE)
    while start > low and not text[start - 1].isspace():
        start -= 1
    while end < high and not text[end].isspace():
        end += 1
    return start, end


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _mark(line: Line, text: str, changed: list[_Changed], start: int, end: int) -> Mark:
    inside = [c for c in changed if c.span.start <= end and c.span.end >= start and _meets(c.span, start, end)]
    raw_start, raw_end = _raw_stretch(changed, start, end)
    corrections = [one for piece in inside for one in piece.corrections]
    doubts = [d for d in line.doubts if d.start < end and start < d.start + max(1, len(d.text))]
    tokens = tokens_in(line, raw_start, raw_end)
    read_sure = min((token.confidence for token in tokens if token.confidence is not None), default=1.0)
    return Mark(
        start, end, text[start:end], line.raw[raw_start:raw_end],
        min([read_sure, *(c.confidence for c in corrections)]) if not doubts else min(0.5, read_sure),
        text[start:end] != line.raw[raw_start:raw_end],
        tuple(d.reason for d in doubts),
        tuple(f"{c.step}: {c.reason}" if c.reason else c.step for c in corrections),
        _rivals(line, tokens, (raw_start, raw_end), text[start:end]),
        box_around(tokens),
        kind_of(text[start:end], line.raw[raw_start:raw_end], first=not text[:start].strip()),
    )  # fmt: skip


def _rivals(line: Line, tokens: list[Token], raw: tuple[int, int], text: str) -> tuple[tuple[str, float], ...]:
    """List what the engine thought of besides: the whole stretch with one of its tokens read otherwise."""
    rivals: dict[str, float] = {}
    for token in tokens:
        end = token.start + len(token.text)
        if line.raw[token.start : end] != token.text or token.start < raw[0] or end > raw[1]:
            continue
        for other, sure in token.alternatives:
            whole = line.raw[raw[0] : token.start] + other + line.raw[end : raw[1]]
            if whole != text:
                rivals[whole] = max(sure, rivals.get(whole, 0.0))
    return tuple(sorted(rivals.items(), key=lambda pair: -pair[1])[:_MOST_RIVALS])


def kind_of(text: str, read: str, *, first: bool) -> Kind:
    """Tell figures and names from other words; the capital of a line's first word says nothing."""
    if any(letter.isdigit() for letter in text + read):
        return Kind.FIGURE
    return Kind.NAME if text[:1].isupper() and not first else Kind.WORD


def _meets(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end if span.end > span.start else start <= span.start <= end


def tokens_in(line: Line, raw_start: int, raw_end: int) -> list[Token]:
    """List the tokens of a line that lie in a stretch of what was read."""
    return [t for t in line.tokens if t.start < raw_end and raw_start < t.start + max(1, len(t.text))]


def box_around(tokens: list[Token]) -> Box | None:
    """Draw the box around tokens; None where none of them has one."""
    boxes = [token.box for token in tokens if token.box is not None]
    if not boxes:
        return None
    return Box(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )
