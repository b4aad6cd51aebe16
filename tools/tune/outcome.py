"""What becomes of a set of texts or pages in one measurement."""

import hashlib
import json
from typing import NamedTuple


class SetOutcome(NamedTuple):
    """What became of a set."""

    wrong: int
    """Words of texts, fields of letterheads, or hundredths of a per cent of pages, that are wrong."""
    broken: int
    """Words that were right before the repair and are wrong after it."""
    digest: str
    """A hash over all that came out: another one means another output."""


def outcomes(answer: str) -> dict[str, SetOutcome]:
    """Read the sets of an answer; raises ``RuntimeError`` for a measurement that failed."""
    told = json.loads(answer)
    if "failed" in told:
        raise RuntimeError(told["failed"])
    return {name: SetOutcome(*one) for name, one in told["sets"].items()}


def digest_of(said: str) -> str:
    """Return a short hash of an output."""
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
