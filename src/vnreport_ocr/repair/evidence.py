"""What the engine says of its own words: how sure it was, and what else it might have read."""

from collections.abc import Sequence

from vnreport_ocr.model import Line, Token
from vnreport_ocr.repair.items import Item

Evidence = dict[tuple[int, int], Token]
"""Tokens by line and by where the first word in them begins."""

_DOUBTED = 0.75
_SURE = 0.9
_SURE_COST = -2.0
_DOUBTED_GAIN = 1.0


def gather(lines: Sequence[Line]) -> Evidence:
    """The evidence of all lines whose text has not been changed."""
    found: Evidence = {}
    for number, line in enumerate(lines):
        if line.corrections:
            continue
        for token in line.tokens:
            if token.confidence is not None:
                lead = next((n for n, c in enumerate(token.text) if c.isalnum()), 0)
                found[number, token.start + lead] = token
    return found


def is_doubted(evidence: Evidence, item: Item) -> bool:
    """Whether the engine was unsure of an item."""
    token = evidence.get((item.line, item.start)) if evidence else None
    return token is not None and token.confidence is not None and token.confidence < _DOUBTED


def change_gain(token: Token) -> float:
    """What a change gains, or loses when negative, by how sure the engine was."""
    assert token.confidence is not None
    if token.confidence >= _SURE:
        return _SURE_COST
    return _DOUBTED_GAIN if token.confidence < _DOUBTED else 0.0
