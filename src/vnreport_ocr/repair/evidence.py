"""What the engine says about its own words: how sure it was, and what else it considered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from vnreport_ocr.model import Line, Token, place_after
from vnreport_ocr.repair.items import Item
from vnreport_ocr.repair.tuning import TUNING


@dataclass(frozen=True, slots=True)
class Evidence:
    """The tokens of an engine by line and by where the first word in them begins; none where no engine has read."""

    tokens: Mapping[tuple[int, int], Token] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """Whether there is any evidence at all."""
        return bool(self.tokens)

    def of(self, item: Item) -> Token | None:
        """Return the token that an item was read in, if it is known."""
        return self.tokens.get((item.line, item.start))


_DOUBTED = TUNING.evidence.doubted
_SURE = TUNING.evidence.sure
_SURE_COST = TUNING.evidence.sure_cost
_DOUBTED_GAIN = TUNING.evidence.doubted_gain


def gather(lines: Sequence[Line]) -> Evidence:
    """Return the evidence of all lines, each token where it stands after what was corrected as it was read."""
    found: dict[tuple[int, int], Token] = {}
    for number, line in enumerate(lines):
        for token in line.tokens:
            if token.confidence is not None:
                lead = next((n for n, c in enumerate(token.text) if c.isalnum()), 0)
                found[number, place_after(token.start, line.corrections) + lead] = token
    return Evidence(found)


def is_doubted(evidence: Evidence, item: Item) -> bool:
    """Return whether the engine was unsure of an item."""
    token = evidence.of(item)
    return token is not None and token.confidence is not None and token.confidence < _DOUBTED


def change_gain(token: Token) -> float:
    """Return what a change gains, or loses if negative, given how sure the engine was."""
    assert token.confidence is not None
    if token.confidence >= _SURE:
        return _SURE_COST
    return _DOUBTED_GAIN if token.confidence < _DOUBTED else 0.0
