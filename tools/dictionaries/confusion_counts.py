"""Pairs of printed and read words to counts of what each letter group turns into.

A printed syllable is onset, nucleus with its tone, and coda. How what was read divides over the
three is not known, so it is learned by expectation-maximisation: every division counts as much
as the present probabilities believe in it. The same is done once more for the letters inside
the groups, which serves for readings that were never seen.
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from tools.dictionaries.confusion_pairs import FAST, skeleton
from vnreport_ocr.vietnamese.letters import match_case
from vnreport_ocr.vietnamese.syllables import canonical, units

HEADER = "# vnocr confusions 1; source: own, printed pages read by an engine; licence: Apache-2.0; see README.md"
KINDS = ("onset", "nucleus", "coda")
_LONGEST = (4, 4, 4)
_LONGEST_LETTER = 3
_ROUNDS = 6
_LEAST = 0.35

Counts = dict[str, dict[str, float]]
Weighed = list[tuple[tuple[str, ...], str, float]]


def divisions(read: str, parts: int, longest: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    """Every way to cut a reading into so many pieces, empty ones among them."""
    if parts == 1:
        if len(read) <= longest[-1]:
            yield (read,)
        return
    for size in range(min(longest[-parts], len(read)) + 1):
        for rest in divisions(read[size:], parts - 1, longest):
            yield (read[:size], *rest)


def likeness(unit: str, read: str) -> float:
    """How alike a group and a reading look before anything was learned."""
    if not unit:
        return 1.0 if not read else 1e-4
    distance = Levenshtein.distance(skeleton(unit), skeleton(read))
    return math.exp(-2.5 * distance - (4 if not read else 0))


def learn(pairs: Weighed, longest: tuple[int, ...]) -> list[Counts]:
    """Return the expected counts of readings, by place and unit."""
    places = len(longest)
    tables: list[Counts] | None = None
    totals: list[dict[str, float]] = []
    for _ in range(_ROUNDS):
        fresh: list[Counts] = [defaultdict(lambda: defaultdict(float)) for _ in range(places)]
        for units_, read, count in pairs:
            options = []
            for pieces in divisions(read, len(units_), longest[:1] * len(units_) if places == 1 else longest):
                chance = 1.0
                for place, (unit, piece) in enumerate(zip(units_, pieces, strict=True)):
                    at = place if places > 1 else 0
                    prior = likeness(unit, piece)
                    if tables is None:
                        chance *= prior
                    else:
                        seen = tables[at].get(unit, {}).get(piece, 0.0)
                        chance *= (seen + prior * 0.01) / (totals[at].get(unit, 0.0) + 0.01)
                options.append((pieces, chance))
            total = sum(chance for _, chance in options)
            if total <= 0:
                continue
            for pieces, chance in options:
                share = count * chance / total
                if share > 1e-3:
                    for place, (unit, piece) in enumerate(zip(units_, pieces, strict=True)):
                        fresh[place if places > 1 else 0][unit][piece] += share
        tables = fresh
        totals = [{unit: sum(readings.values()) for unit, readings in table.items()} for table in tables]
    assert tables is not None
    return tables


def syllable_pairs(path: Path) -> Weighed:
    """Return the pairs of a file whose printed word is a legal syllable and was read in one piece."""
    found: Weighed = []
    for line in path.read_text(encoding="utf-8").splitlines():
        printed, read, count = line.split("\t")
        parts = units(match_case(printed, canonical(printed)))
        if parts is not None and " " not in read and len(read) <= 10:
            found.append((parts, read, float(count)))
    return found


def letter_pairs(tables: list[Counts]) -> Weighed:
    """Return groups of several letters and their readings, to be divided among the letters."""
    return [
        (tuple(unit), read, count)
        for table in tables
        for unit, readings in table.items()
        if unit
        for read, count in readings.items()
        if count >= _LEAST and len(read) <= 3 * len(unit)
    ]


def torn_shares(path: Path) -> dict[str, float]:
    """How often a word was read in pieces, and how often two were read as one."""
    counted: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        printed, read, count = line.split("\t")
        counted["torn" if " " in read else "joined" if " " in printed else "whole"] += int(count)
    return {kind: counted[kind] / counted.total() for kind in ("torn", "joined")}


def table_lines(kind: str, engine: str, counts: Counts) -> Iterator[str]:
    """Yield the lines of the dictionary file, frequent readings first."""
    for unit in sorted(counts):
        for read, count in sorted(counts[unit].items(), key=lambda item: (-item[1], item[0])):
            if count >= _LEAST:
                yield f"{engine}\t{kind}\t{unit}\t{read}\t{count:.4g}"


def engine_lines(engine: str, source: Path) -> Iterator[str]:
    """The lines of the dictionary file for one engine, by its pairs."""
    pairs = syllable_pairs(source)
    learned = learn(pairs, _LONGEST)
    for kind, table in zip(KINDS, learned, strict=True):
        yield from table_lines(kind, engine, table)
    yield from table_lines("letter", engine, learn(letter_pairs(learned), (_LONGEST_LETTER,))[0])
    whole: Counts = defaultdict(lambda: defaultdict(float))
    for parts, read, count in pairs:
        whole["".join(parts)][read] += count
    frequent = {w: {r: c for r, c in found.items() if c >= 2} for w, found in whole.items()}
    yield from table_lines("word", engine, frequent)
    for name, share in torn_shares(source).items():
        yield f"{engine}\tshare\t{name}\t\t{share:.4g}"


def main() -> None:
    """Write the file of Tesseract's languages, or with ``--fast`` that of the fast engine."""
    fast = "--fast" in sys.argv
    folder, target = (Path(name) for name in sys.argv[1:] if name != "--fast")
    texts = (folder / f"pairs-texts{'-fast' if fast else ''}.txt").read_text(encoding="utf-8").strip()
    lines = [f"{HEADER}; inputs: {texts}"]
    for engine in (FAST,) if fast else ("other", "vie"):
        lines += engine_lines(engine, folder / f"pairs-{engine}.tsv")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
