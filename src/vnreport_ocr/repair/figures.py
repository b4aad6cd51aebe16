"""Figures that a person should look at: those the engine itself was not sure of, or read in two ways."""

from collections.abc import Iterator, Sequence
from typing import Final

from vnreport_ocr.model import Correction, Doubt, Line, Token

_UNSURE: Final = 0.6
"""Below this a figure is doubted whatever else was read. All of these were chosen on made scans: docs/accuracy.md."""
_RIVAL: Final = 0.7
"""Weight by that of what was read, from which on another figure is a rival."""
_SURE: Final = 0.9
"""Above this the engine was so sure of a figure that a rival counts for nothing, but for its points and commas."""
_RIVAL_POINT: Final = 0.5
_AROUND: Final = ".,;:()"
_USUAL: Final = frozenset(
    ".,/-:;()%+'\"&*=<>[]@#$_\N{EN DASH}\N{DEGREE SIGN}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{HORIZONTAL ELLIPSIS}\N{SECTION SIGN}"
)
"""Signs that stand in figures, numbers, dates and addresses; a figure with any other was not read as it is."""


def doubtful_figures(lines: Sequence[Line]) -> list[tuple[Doubt, ...]]:
    """Return the doubts about the figures of each line, where they stand in its repaired text."""
    return [tuple(_doubts(line)) for line in lines]


def _doubts(line: Line) -> Iterator[Doubt]:
    text = line.text
    for token in line.tokens:
        reason = _reason(token)
        if reason is None:
            continue
        start, end = _moved(token.start, len(token.text), line.corrections)
        yield Doubt(start, text[start:end], reason)


def _moved(start: int, length: int, corrections: Sequence[Correction]) -> tuple[int, int]:
    """Where a stretch of what was read stands once the corrections are made."""
    end = start + length
    for made in corrections:
        stop, grown = made.start + len(made.before), len(made.after) - len(made.before)
        start = start + grown if stop <= start else min(start, made.start) if made.start < start else start
        end = end + grown if made.start < end else end
    return start, max(start, end)


def _reason(token: Token) -> str | None:
    """Why a person should look at a word; None where it is no figure, or there is nothing against it."""
    if token.confidence is None or not any(c.isdigit() for c in token.text):
        return None
    if token.confidence < _UNSURE:
        return f"the engine is only {token.confidence:.0%} sure of these figures"
    rival = next((text for text, weight in token.alternatives if _is_rival(text, weight, token)), None)
    if rival is not None:
        return f"these figures may also be read as {rival}"
    odd = next((c for c in token.text if not c.isalnum() and c not in _USUAL), None)
    return None if odd is None else f"the sign {odd} among figures is none of theirs"


def _is_rival(text: str, weight: float, token: Token) -> bool:
    """Whether what else was read is another number, and nearly as likely."""
    if _digits(text) != _digits(token.text):
        return weight >= _RIVAL and (token.confidence or 0.0) < _SURE
    return weight >= _RIVAL_POINT and _points(text) != _points(token.text)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _points(text: str) -> str:
    return "".join(c for c in text.strip(_AROUND) if c in ".,")
