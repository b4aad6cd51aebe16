"""Printed and read lines to pairs of words: what was printed, what was read, by which engine.

Lines are matched first, then the words inside them; words that were torn or run together are
counted apart, since they tell how often that happens.
"""

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel
from unidecode import unidecode

FAST = "trueocr"
"""The engine of that name, where pages name the language that Tesseract read in."""
_EDGE = '“”"().,;:!?…«»[]'
_LINE_FLOOR = 55.0


class ReadPair(NamedTuple):
    """One printed word and what became of it; ``read`` may be several pieces."""

    printed: str
    read: str


def skeleton(text: str) -> str:
    """Plain small letters, for telling which line or word belongs to which."""
    return unidecode(unicodedata.normalize("NFC", text)).lower()


def match_lines(printed: list[str], read: list[str]) -> Iterator[tuple[str, str]]:
    """Lines that belong together, in order."""
    bones = [skeleton(line) for line in read]
    start = 0
    for line in printed:
        best, place = _LINE_FLOOR, -1
        bone = skeleton(line)
        for number in range(start, min(start + 4, len(read))):
            likeness = fuzz.ratio(bone, bones[number])
            if likeness > best:
                best, place = likeness, number
        if place >= 0:
            yield line, read[place]
            start = place + 1


def match_words(printed: list[str], read: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Words that belong together: one to one, one to two, or two to one; others are left out."""
    bones = [skeleton(word) for word in read]
    flesh = [skeleton(word) for word in printed]
    rows, columns = len(printed), len(read)
    infinite = 1e9
    cost = [[infinite] * (columns + 1) for _ in range(rows + 1)]
    back: list[list[tuple[int, int]]] = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    cost[0][0] = 0.0
    for i in range(rows + 1):
        for j in range(max(0, i - 4), min(columns, i + 4) + 1):
            here = cost[i][j]
            if here >= infinite:
                continue
            for di, dj, extra in ((1, 1, 0.0), (1, 2, 0.5), (2, 1, 0.5), (1, 0, 1.0), (0, 1, 1.0)):
                if i + di > rows or j + dj > columns:
                    continue
                if di and dj:
                    extra += Indel.normalized_distance("".join(flesh[i : i + di]), "".join(bones[j : j + dj]))
                if here + extra < cost[i + di][j + dj]:
                    cost[i + di][j + dj] = here + extra
                    back[i + di][j + dj] = (di, dj)
    i, j = rows, columns
    found = []
    while (i or j) and cost[i][j] < infinite:
        di, dj = back[i][j]
        if di and dj:
            found.append((printed[i - di : i], read[j - dj : j]))
        i, j = i - di, j - dj
    yield from reversed(found)


def bare(printed: str, read: str) -> tuple[str, str]:
    """Both words without the punctuation that they share at their ends."""
    while printed and read and printed[-1] in _EDGE and (printed[-1] == read[-1] or read[-1] in _EDGE):
        printed, read = printed[:-1], read[:-1]
    while printed and read and printed[0] in _EDGE and (printed[0] == read[0] or read[0] in _EDGE):
        printed, read = printed[1:], read[1:]
    while printed and printed[-1] in _EDGE:
        printed = printed[:-1]
    return printed, read


def page_pairs(page: dict[str, object]) -> Iterator[ReadPair]:
    """Read the pairs of one printed and read page."""
    printed, read = page["printed"], page["read"]
    assert isinstance(printed, list)
    assert isinstance(read, list)
    for line, reading in match_lines(printed, [unicodedata.normalize("NFC", text) for text in read]):
        for words, pieces in match_words(line.split(), reading.split()):
            if len(words) == 1:
                before, after = bare(words[0], " ".join(pieces))
                if before and after:
                    yield ReadPair(before, after)
            else:
                yield ReadPair(" ".join(words), pieces[0])


def collect(folder: Path) -> dict[str, Counter[ReadPair]]:
    """Count pairs of all pages, apart for the Vietnamese engine, for the others, and for the fast one."""
    counted: dict[str, Counter[ReadPair]] = {"vie": Counter(), "other": Counter(), FAST: Counter()}
    for path in sorted(folder.glob("pages-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            page = json.loads(line)
            language = page["setting"]["language"]
            kind = language if language in ("vie", FAST) else "other"
            counted[kind].update(page_pairs(page))
    return counted


def main() -> None:
    """Write the pairs of a folder of pages; those of an engine that read none of them are left as they are."""
    pages, work = map(Path, sys.argv[1:3])
    fast = False
    for kind, pairs in collect(pages).items():
        if not pairs:
            continue
        fast = kind == FAST
        with (work / f"pairs-{kind}.tsv").open("w", encoding="utf-8") as out:
            ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))
            out.writelines(f"{pair.printed}\t{pair.read}\t{count}\n" for pair, count in ranked)
    texts = (pages / "texts.txt").read_text(encoding="utf-8")
    (work / f"pairs-texts{'-fast' if fast else ''}.txt").write_text(texts, encoding="utf-8")


if __name__ == "__main__":
    main()
