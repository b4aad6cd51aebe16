"""From segments to facts: what they say together, where it is on the page, and how sure it is."""

import re
from collections.abc import Sequence
from typing import Final

from vnreport_ocr.model import Reading
from vnreport_ocr.spans import around
from vnreport_ocr.structure.segments import Segment
from vnreport_ocr.structure.tuning import TUNING

UNSURE: Final = TUNING.facts.unsure
SURE: Final = TUNING.facts.sure
_TOUCHING = re.compile(r"[^\W\d_]{2}(?:[.,;:]|\.\s)[^\W\d_]{2}(?!\S*@)")
"""Print puts a space after a sign between small letters, and no full stop there: it was a speck or another sign."""


def fact(segment: Segment, text: str, doubt: str | None = None) -> Reading:
    """Return the text of a segment, with a doubt if the engine or the repair had one."""
    return doubtful(Reading(" ".join(text.split()), round(segment.sure, 3), segment.box), doubt or _unsure([segment]))


def joined(parts: Sequence[Segment], between: str = " ") -> Reading | None:
    """Return the parts as one fact, as sure as the least sure of them."""
    box = around(p.box for p in parts)
    if box is None:
        return None
    text = between.join(" ".join(p.text.split()) for p in parts)
    return doubtful(Reading(text, round(min(p.sure for p in parts), 3), box), _unsure(parts))


def doubtful(reading: Reading, doubt: str | None) -> Reading:
    """Return the fact with a doubt, and no surer than the doubt allows."""
    return reading if doubt is None else reading._replace(confidence=min(reading.confidence, UNSURE), doubt=doubt)


def _unsure(parts: Sequence[Segment]) -> str | None:
    if any(p.read_by_engine and any(map(str.islower, _TOUCHING.findall(p.text))) for p in parts):
        return "a sign between two of its words is not spaced as in print"
    sure = min(p.sure for p in parts)
    if sure < SURE:
        return f"the engine is only {sure:.0%} sure of a word in it"
    return "a word in it is doubtful" if any(p.doubts for p in parts) else None
