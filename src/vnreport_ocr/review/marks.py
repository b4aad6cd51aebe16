"""The places of a line that a person may want to decide about: what was changed, and what was left in doubt."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from vnreport_ocr.model import Box, Line, Token
from vnreport_ocr.spans import Changed, Span, box_around, changed_stretches, raw_stretch, tokens_in, whole_words

_MOST_RIVALS = 6


class MarkKind(StrEnum):
    """What a marked word is; figures come first for a person."""

    FIGURE = "figure"
    NAME = "name"
    WORD = "word"


class ReviewMark(NamedTuple):
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
    kind: MarkKind


def marks_of(line: Line) -> list[ReviewMark]:
    """List the marks of a line in their order; stretches that touch the same word are one mark."""
    text = line.text
    changed = changed_stretches(line)
    spans = [(c.span.start, c.span.end) for c in changed]
    spans += [(d.start, min(len(text), d.start + len(d.text))) for d in line.doubts if d.start < len(text)]
    return [_mark(line, text, changed, *span) for span in _merged(whole_words(text, *span) for span in spans)]


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _mark(line: Line, text: str, changed: list[Changed], start: int, end: int) -> ReviewMark:
    inside = [c for c in changed if c.span.start <= end and c.span.end >= start and _meets(c.span, start, end)]
    raw_start, raw_end = raw_stretch(changed, start, end)
    corrections = [one for piece in inside for one in piece.corrections]
    doubts = [d for d in line.doubts if d.start < end and start < d.start + max(1, len(d.text))]
    tokens = tokens_in(line, raw_start, raw_end)
    read_sure = min((token.confidence for token in tokens if token.confidence is not None), default=1.0)
    return ReviewMark(
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


def kind_of(text: str, read: str, *, first: bool) -> MarkKind:
    """Tell figures and names from other words; the capital of a line's first word says nothing."""
    if any(letter.isdigit() for letter in text + read):
        return MarkKind.FIGURE
    return MarkKind.NAME if text[:1].isupper() and not first else MarkKind.WORD


def _meets(span: Span, start: int, end: int) -> bool:
    return span.start < end and start < span.end if span.end > span.start else start <= span.start <= end
