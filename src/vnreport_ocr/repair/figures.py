"""Figures and signs that a person should check: unsure readings, and those read in two ways."""

from collections.abc import Iterator, Sequence
from typing import Final

from vnreport_ocr.model import Correction, Doubt, Line, Token
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import digits_of
from vnreport_ocr.vietnamese.syllables import is_legal
from vnreport_ocr.vietnamese.tokens import ROMAN

_UNSURE: Final = TUNING.figures.unsure
_RIVAL: Final = TUNING.figures.rival
_SURE: Final = TUNING.figures.sure
_RIVAL_POINT: Final = TUNING.figures.rival_point
_CHOSEN: Final = TUNING.figures.chosen
_NAMED: Final = TUNING.figures.named
_SIGNS: Final = frozenset("²³¹⁰⁴⁵⁶⁷⁸⁹‰%°±≤≥<>×÷µ₫")
TOLD_BY_PICTURE: Final = "picture:"
_AROUND: Final = ".,;:()"
_USUAL: Final = frozenset(
    ".,/-:;()%+'\"&*=<>[]@#$_\N{EN DASH}\N{DEGREE SIGN}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\N{HORIZONTAL ELLIPSIS}\N{SECTION SIGN}"
)
"""Signs that stand in figures, numbers, dates and addresses; a figure with any other was not read as it is."""


def doubtful_figures(lines: Sequence[Line]) -> list[tuple[Doubt, ...]]:
    """Return the doubts about the figures of each line, at their positions in its repaired text."""
    return [tuple(_doubts(line)) for line in lines]


def _doubts(line: Line) -> Iterator[Doubt]:
    text = line.text
    told: dict[int, Correction] = {}
    for number, correction in enumerate(line.corrections):
        if correction.step.startswith(TOLD_BY_PICTURE):
            told[place_in_raw(correction.start, line.corrections[:number])] = correction
    for token in line.tokens:
        reason = _half_sure(told[token.start]) if token.start in told else _reason(token)
        if reason is None:
            continue
        start, end = moved(token.start, len(token.text), line.corrections)
        shown = text[start:end]
        if reason.endswith(f"it may be {shown!r}"):
            reason = f"the engine read {token.text!r}"  # the rival stands there already
        yield Doubt(start, shown, reason)


def moved(start: int, length: int, corrections: Sequence[Correction]) -> tuple[int, int]:
    """Find where a stretch of what was read is once the corrections are made."""
    end = start + length
    for made in corrections:
        stop, grown = made.start + len(made.before), len(made.after) - len(made.before)
        start = start + grown if stop <= start else min(start, made.start) if made.start < start else start
        end = end + grown if made.start < end else end
    return start, max(start, end)


def _half_sure(correction: Correction) -> str | None:
    """Return why a person should check a reading chosen out of two; None if it was sure."""
    return None if correction.confidence >= _CHOSEN else f"the engine read {correction.before!r}"


def place_in_raw(place: int, corrections: Sequence[Correction]) -> int:
    """Find where a position in the corrected text is in what was read; corrections are in line order."""
    return place - sum(len(made.after) - len(made.before) for made in corrections if made.start < place)


def _reason(token: Token) -> str | None:
    """Return why a person should check a word; None if it is no figure or there is no reason to doubt it."""
    if token.confidence is None:
        return None
    if token.confidence < _UNSURE:
        named = next((text for text, weight in token.alternatives if weight >= _NAMED and text != token.text), "")
        if named and (_has_digit(token.text) or _has_sign(named) or (_has_digit(named) and _is_strange(token.text))):
            return f"the engine is only {token.confidence:.0%} sure of this; it may be {named!r}"
    if not _has_digit(token.text):
        return None
    if token.confidence < _UNSURE:
        return f"the engine is only {token.confidence:.0%} sure of these figures"
    rival = next((text for text, weight in token.alternatives if _is_rival(text, weight, token)), None)
    if rival is not None:
        return f"these figures may also be read as {rival}"
    odd = next((c for c in token.text if not c.isalnum() and c not in _USUAL), None)
    return None if odd is None else f"the sign {odd} does not belong among figures"


def _is_rival(text: str, weight: float, token: Token) -> bool:
    """Whether the other reading is a different number, and almost as likely."""
    if digits_of(text) != digits_of(token.text):
        return weight >= _RIVAL and (token.confidence or 0.0) < _SURE
    return weight >= _RIVAL_POINT and _points(text) != _points(token.text)


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _is_strange(text: str) -> bool:
    """Whether a word is none that stands in small letters."""
    core = text.strip(_AROUND)
    return not core.islower() or not is_legal(core)


def _has_sign(text: str) -> bool:
    """Whether a word has one of the signs that no engine has, or is a Roman numeral."""
    bare = text.strip(_AROUND)
    return any(c in _SIGNS for c in text) or (bool(bare) and ROMAN.fullmatch(bare) is not None)


def _points(text: str) -> str:
    return "".join(c for c in text.strip(_AROUND) if c in ".,")
