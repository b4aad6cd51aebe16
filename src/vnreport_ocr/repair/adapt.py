"""Adapts a channel to a document: its sure decisions are counted as further evidence about the letters."""

from collections import Counter
from collections.abc import Iterable, Iterator

from vnreport_ocr.language.confusions import Confusions, ReadingCount
from vnreport_ocr.repair.tuning import TUNING
from vnreport_ocr.vietnamese.letters import TONES, bones, match_case, nfc, split_tone
from vnreport_ocr.vietnamese.syllables import canonical, units

_MOST_SIGHTINGS = TUNING.adapt.most_sightings
_AGAIN_AND_AGAIN = TUNING.adapt.again_and_again
_SURPRISING = TUNING.adapt.surprising
_LEAST_OF_ALL = TUNING.adapt.least_of_all

Reading = tuple[int, str, str]
"""A group, one of its units, and what it was read as."""


def learn(channel: Confusions, counts: Counter[tuple[str, str]], weight: float) -> Confusions:
    """Return the channel adapted by pairs of what was read and what it was decided to be."""
    return channel.adapted(
        ReadingCount(group, unit, piece, weight * min(count, _MOST_SIGHTINGS))
        for (read, text), count in sorted(counts.items())
        for group, unit, piece in best_division(channel, read, text)
    )


def systematic(channel: Confusions, counts: Counter[tuple[str, str]]) -> Counter[Reading]:
    """Return what a document reads a group as again and again, though the channel hardly knows it (``tr`` as ``ữ``).

    Which tone an engine sees on a letter that is not there is all one: readings are told without theirs.
    """
    found: Counter[Reading] = Counter()
    for (read, text), count in sorted(counts.items()):
        for group, unit, piece in best_division(channel, read, text):
            if bones(piece) != bones(unit):
                found[group, unit, split_tone(piece)[0]] += count
    return Counter(
        {reading: n for reading, n in found.items() if n >= _AGAIN_AND_AGAIN and _surprises(channel, reading)}
    )


def _surprises(channel: Confusions, reading: Reading) -> bool:
    group, unit, piece = reading
    number = channel.groups[group].number(unit)
    return number is not None and float(channel.groups[group].score(piece)[number]) < _SURPRISING


def learn_systematic(channel: Confusions, found: Counter[Reading], words: Iterable[str]) -> Confusions:
    """Return the channel adapted to what a document repeatedly reads, in proportion to how often it does."""
    asked = {(group, unit) for group, unit, _ in found}
    written: Counter[tuple[int, str]] = Counter()
    for word in words:
        written.update(asked.intersection(enumerate(units(word) or ())))
    evidence = []
    for (group, unit, piece), n in sorted(found.items()):
        share = n / max(written[group, unit], n, _LEAST_OF_ALL)
        times = channel.groups[group].total(unit) * share
        evidence += [ReadingCount(group, unit, toned, times) for toned in sorted(_with_tones(piece))]
    return channel.adapted(evidence)


def _with_tones(piece: str) -> set[str]:
    """Yield a piece with each tone on each of its vowels, and without any."""
    toned = {nfc(piece[: n + 1] + tone + piece[n + 1 :]) for n in range(len(piece)) for tone in TONES}
    return {piece, *(one for one in toned if len(one) == len(piece))}


def best_division(channel: Confusions, read: str, text: str) -> Iterator[Reading]:
    """Group, unit and reading: the likeliest alignment of a reading with the groups of a syllable."""
    parts = units(match_case(text, canonical(text)))
    if parts is None:
        return
    cuts = channel.divide(read, parts)
    if cuts is None:
        return
    first, second = cuts
    for group, piece in enumerate((read[:first], read[first:second], read[second:])):
        yield group, parts[group], piece
