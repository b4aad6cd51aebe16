"""How far a result can be trusted: a number that orders pages by how much they need a person."""

from collections.abc import Sequence

from vnreport_ocr.model import Damage, Line
from vnreport_ocr.repair.diagnose import Passage
from vnreport_ocr.repair.tuning import TUNING

_DOUBT_WEIGHT = TUNING.quality.doubt_weight
_FACTOR = TUNING.quality.factor
_RUINED_LOSS = TUNING.quality.ruined_loss


def quality(lines: Sequence[Line], passages: Sequence[Passage]) -> float:
    """From 1 for text that nothing speaks against down to 0."""
    words = [len(line.raw.split()) for line in lines]
    if not any(words):
        return 1.0
    unsure = sum(1 - correction.confidence for line in lines for correction in line.corrections)
    unsure += _DOUBT_WEIGHT * sum(len(line.doubts) for line in lines)
    unsure += sum(p.error_rate * sum(words[p.start : p.end]) for p in passages) / 4
    ruined = sum(p.end - p.start for p in passages if p.damage is Damage.WRONG_LANGUAGE) / max(1, len(lines))
    return round(max(0.0, 1 - _FACTOR * unsure / sum(words) - _RUINED_LOSS * ruined), 3)
