"""A document teaches its own confusions: what its sure decisions say of the letters is counted again."""

from collections import Counter
from collections.abc import Iterator

from vnreport_ocr.language.confusions import Confusions, Evidence
from vnreport_ocr.vietnamese.letters import match_case
from vnreport_ocr.vietnamese.syllables import canonical, units

_MOST_SIGHTINGS = 40.0


def learn(channel: Confusions, counts: Counter[tuple[str, str]], weight: float) -> Confusions:
    """The channel, taught by pairs of what was read and what it was decided to be."""
    return channel.adapted(
        Evidence(group, unit, piece, weight * min(count, _MOST_SIGHTINGS))
        for (read, text), count in sorted(counts.items())
        for group, unit, piece in best_division(channel, read, text)
    )


def best_division(channel: Confusions, read: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Group, unit and reading: the likeliest way in which a reading divides over a syllable's groups."""
    parts = units(match_case(text, canonical(text)))
    if parts is None:
        return
    cuts = channel.divide(read, parts)
    if cuts is None:
        return
    first, second = cuts
    for group, piece in enumerate((read[:first], read[first:second], read[second:])):
        yield group, parts[group], piece
