"""Red ink over text: seals are looked through, and what was stamped in red is read by itself."""

import re
from collections.abc import Callable, Sequence
from typing import Final

import cv2
import numpy as np

from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.ocr.scraps import OVERRULED, Scrap
from vnreport_ocr.sources.ocr.tuning import TUNING
from vnreport_ocr.sources.ocr.vote import overlaps
from vnreport_ocr.sources.picture.measuring import red_excess, red_ink
from vnreport_ocr.sources.picture.value import Picture, PixelBox, Pixels, around
from vnreport_ocr.vietnamese.degrees import without_rank
from vnreport_ocr.vietnamese.letters import WORD
from vnreport_ocr.vietnamese.syllables import is_legal

_MARGIN: Final = (1.2, 0.12)
_JOIN: Final = (0.25, 0.12)
_LEAST_WIDE: Final = TUNING.redink.least_wide
_LEAST_INK: Final = TUNING.redink.least_ink
_MOST_REGIONS: Final = TUNING.redink.most_regions
_MOST_SHARE: Final = TUNING.redink.most_share
_SURE: Final = TUNING.redink.sure
_SURER: Final = TUNING.redink.surer
_LEAST: Final = TUNING.redink.name_least
_MEAN: Final = TUNING.redink.name_mean
_AT_MOST: Final = TUNING.redink.name_most
_BIT: Final = TUNING.redink.scrap

_SIGNS: Final = ".,:;'`-_|"

Read = Callable[[Picture], tuple[ReadLine, ...]]


def red_regions(picture: Picture) -> list[PixelBox]:
    """Where red ink may hide text: around stamps, seals and red letters, with room to both sides."""
    ink = red_ink(picture.pixels).astype(np.uint8)
    spread = np.ones((max(1, round(_JOIN[1] * picture.dpi)), max(1, round(_JOIN[0] * picture.dpi))), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(ink, spread))
    found = []
    for left, top, wide, high, _ in stats[1:]:
        inked = int(ink[top : top + high, left : left + wide].sum())
        if wide > _LEAST_WIDE * picture.dpi and inked > _LEAST_INK * picture.dpi**2:
            found.append((inked, _widened(picture, float(left), float(top), float(wide), float(high))))
    found.sort(key=lambda region: -region[0])
    return _few([box for _, box in found[:_MOST_REGIONS]], picture)


def _widened(picture: Picture, left: float, top: float, wide: float, high: float) -> PixelBox:
    aside, above = _MARGIN[0] * picture.dpi, _MARGIN[1] * picture.dpi
    return PixelBox(
        max(0.0, left - aside),
        max(0.0, top - above),
        min(float(picture.width), left + wide + aside),
        min(float(picture.height), top + high + above),
    )


def _few(boxes: list[PixelBox], picture: Picture) -> list[PixelBox]:
    """Overlapping regions joined; none where red covers so much that it is no stamp."""
    joined: list[PixelBox] = []
    for box in boxes:
        touching = [other for other in joined if _touch(box, other)]
        joined = [other for other in joined if other not in touching]
        joined.append(around([box, *touching]))
    share = sum(box.width * box.height for box in joined) / (picture.width * picture.height)
    return joined if share < _MOST_SHARE else []


def _touch(one: PixelBox, other: PixelBox) -> bool:
    return not (one.right < other.left or other.right < one.left or one.bottom < other.top or other.bottom < one.top)


def only_red(pixels: Pixels) -> Pixels:
    """Red ink in black on white, everything else gone."""
    _, excess = red_excess(pixels)
    return np.asarray(cv2.subtract(np.full_like(excess, 255), cv2.add(excess, excess)), dtype=np.uint8)


def read_red(
    picture: Picture, region: PixelBox, looks: Sequence[Callable[[Pixels], Pixels]], readers: Sequence[Read]
) -> list[ReadLine]:
    """Read what can be read in a region under each look at it, in the page's own pixels; only what is sure.

    The readers are asked in turn until one finds something: a name that is left alone under a seal is read with more
    certainty as a block than as scattered text.
    """
    left, top, right, bottom = (round(edge) for edge in region)
    part = picture.pixels[top:bottom, left:right]
    found: list[ReadLine] = []
    for look in looks:
        seen = Picture(look(part), picture.dpi)
        for read in readers:
            lines = [
                tuple(ReadWord(w.text, w.box.moved(left, top), w.confidence, w.alternatives) for w in line.words)
                for line in read(seen)
            ]
            bare = [_without_signs(words) for words in lines]
            sure = [ReadLine(words if is_sure(words) else as_name(words)) for words in bare if is_believed(words)]
            found += sure
            if sure or not lines:
                break
    return found


def _without_signs(words: tuple[ReadWord, ...]) -> tuple[ReadWord, ...]:
    """Strip a line of what is no word at its ends: bits of the seal beside a name."""
    kept = [number for number, word in enumerate(words) if not _is_bit(word)]
    return words[kept[0] : kept[-1] + 1] if kept else ()


def _is_bit(word: ReadWord) -> bool:
    """Whether a word has no letter and no figure, or is written like no word of a name and next to nothing is sure."""
    if not any(c.isalnum() for c in word.text):
        return True
    core = word.text.strip(_SIGNS)
    return word.confidence < _BIT and not (core[:1].isupper() and (core[1:].islower() or len(core) == 1))


def is_sure(words: Sequence[ReadWord]) -> bool:
    """Whether a line read among stamps can be believed: two words or more, all sure, all of them syllables."""
    texts = [word.text for word in words]
    letters = [letter_run for text in texts for letter_run in WORD.findall(text)]
    return (
        len(words) >= 2
        and min(word.confidence for word in words) >= _SURE
        and len(letters) >= 2
        and all(is_legal(run) for run in letters)
        and sum(map(len, letters)) >= 5
    )


_NAME_WORD = re.compile(r"\W?[A-ZĐÀ-Ỹ](?:[a-zà-ỹđ']*)")
_NAME_WORDS: Final = range(2, 6)


def is_believed(words: Sequence[ReadWord]) -> bool:
    """Whether a line is sure, or written as the name of a person: it is read with little certainty under a seal."""
    if is_sure(words):
        return True
    words = _named(words)
    texts = [word.text for word in words]
    sure = [word.confidence for word in words]
    return (
        len(words) in _NAME_WORDS
        and all(map(_NAME_WORD.fullmatch, texts))
        and sum(map(len, texts)) >= 2 * len(texts) + 2
        and min(sure) >= _LEAST
        and sum(sure) / len(sure) >= _MEAN
    )


def _named(words: Sequence[ReadWord]) -> Sequence[ReadWord]:
    """Return the words of a name without the rank before it, which a seal may cover more than the name."""
    text = " ".join(word.text.lstrip(_SIGNS) for word in words)
    left = len(without_rank(text).split())
    return words[len(words) - left :] if left else words


def as_name(words: Sequence[ReadWord]) -> tuple[ReadWord, ...]:
    """Return the words of a name that nobody vouches for: without signs before them, and for a person to look at."""
    return tuple(
        word._replace(text=word.text.lstrip(_SIGNS), confidence=min(word.confidence, _AT_MOST)) for word in words
    )


def put_in(lines: Sequence[ReadLine], found: Sequence[ReadLine]) -> tuple[tuple[ReadLine, ...], int, tuple[Scrap, ...]]:
    """Merge the lines read in red regions: better words replace worse ones, new lines are added.

    How many words were gained comes with them, and the words that were replaced.
    """
    result = [list(line.words) for line in lines]
    homes = [(line.block, line.paragraph) for line in lines]
    gained = 0
    replaced: list[Scrap] = []
    for line in found:
        new = [word for word in line.words if not _known(word, result)]
        if not new:
            continue
        gained += len(new)
        for words in result:
            over = [word for word in words if any(overlaps(word.box, other.box) for other in new)]
            replaced += [Scrap(word, OVERRULED) for word in over]
            words[:] = [word for word in words if word not in over]
        kept_in = next((words for words in result if words and _same_row(words, line)), None)
        if kept_in is None:
            result.append(list(new))
            homes.append((-1, 0))
        else:
            kept_in.extend(new)
            kept_in.sort(key=lambda word: word.box.left)
    together = zip(result, homes, strict=True)
    put = tuple(ReadLine(tuple(words), *home) for words, home in together if words)
    return put, gained, tuple(replaced)


def _known(word: ReadWord, lines: Sequence[Sequence[ReadWord]]) -> bool:
    """Whether the page has the word already, or a surer one in its place."""
    over = [other for words in lines for other in words if overlaps(other.box, word.box)]
    return any(other.text == word.text or other.confidence > word.confidence - _SURER for other in over)


def _same_row(words: Sequence[ReadWord], line: ReadLine) -> bool:
    box, other = around([word.box for word in words]), line.box
    high = min(box.bottom, other.bottom) - max(box.top, other.top)
    near = max(box.left, other.left) - min(box.right, other.right) < 2 * other.height
    return near and high > 0.5 * min(box.height, other.height) and box.height < 2 * other.height
