"""A document teaches its own confusions: what its sure decisions say of the letters is counted again."""

from collections import Counter
from collections.abc import Iterator

from vnreport_ocr.language.confusions import LONGEST, Confusions, Evidence
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
    numbers = [channel.groups[n].number(part) for n, part in enumerate(parts)]
    if None in numbers:
        return
    best, cuts = -1e9, (0, 0)
    for first in range(min(LONGEST[0], len(read)) + 1):
        onset = float(channel.groups[0].score(read[:first])[numbers[0]])
        for second in range(first, min(first + LONGEST[1], len(read)) + 1):
            if len(read) - second > LONGEST[2]:
                continue
            total = onset + float(channel.groups[1].score(read[first:second])[numbers[1]])
            total += float(channel.groups[2].score(read[second:])[numbers[2]])
            if total > best:
                best, cuts = total, (first, second)
    first, second = cuts
    for group, piece in enumerate((read[:first], read[first:second], read[second:])):
        yield group, parts[group], piece
