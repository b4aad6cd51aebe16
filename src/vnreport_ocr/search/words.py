"""Words as the index knows them: as written, and without marks."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from vnreport_ocr.vietnamese.letters import bones, nfc, place_tone
from vnreport_ocr.vietnamese.syllables import is_legal

UNSEEN = "\u00ad\u200c\u200d\u2060\ufeff"
TOKEN = re.compile(rf"[^\W_]+(?:[\u0300-\u036f{UNSEEN}]+[^\W_]*)*")
"""A run of letters and digits; whatever separates two of them - space, dash, slash - makes no difference."""

_CUT = re.compile(r"(?<![^\W\d_])([^\W\d_]+)([-\u2010\u00ad])[ \t\r]*\n\s*([^\W\d_]+)")
_INVISIBLE = dict.fromkeys(map(ord, UNSEEN))


class IndexedWord(NamedTuple):
    """A word of a text and where it is."""

    text: str
    start: int
    end: int


def words_of(text: str) -> Iterator[IndexedWord]:
    """Cut a text into words; one divided at the end of a line is joined."""
    parted = {found.start(): found for found in _CUT.finditer(text) if _is_parted(found)} if "\n" in text else {}
    behind = 0
    for found in TOKEN.finditer(text):
        if found.start() < behind:
            continue
        cut = parted.get(found.start())
        if cut is None:
            yield IndexedWord(found[0], found.start(), found.end())
        else:
            behind = cut.end()
            yield IndexedWord(cut[1] + cut[3], cut.start(), behind)


def on_one_line(text: str) -> str:
    """Return a text on one line, its divided words joined."""
    made, place = [], 0
    for word in words_of(text):
        made += [text[place : word.start], word.text]
        place = word.end
    return " ".join("".join([*made, text[place:]]).split())


def _is_parted(cut: re.Match[str]) -> bool:
    """Whether a hyphen at the end of a line divides a word; two syllables joined by one are two words."""
    first, hyphen, second = cut.groups()
    return second[0].islower() and (hyphen == "\u00ad" or not (is_legal(first) and is_legal(second)))


def _spelled(text: str) -> list[str]:
    return [word.text for word in words_of(text)] if _CUT.search(text) else TOKEN.findall(text)


@lru_cache(maxsize=200_000)
def written(word: str) -> str:
    """Return the word as it is written, small, the tone where the new style puts it: ``Hòa`` and ``hoà`` are one."""
    return place_tone(nfc(word).translate(_INVISIBLE).lower(), "new")


@lru_cache(maxsize=200_000)
def bare(word: str) -> str:
    """Return the word in plain small letters: ``đường`` and ``dương`` are both ``duong``."""
    return "".join([sign for sign in bones(nfc(word)) if sign.isalnum()])


def written_text(text: str) -> str:
    """Return the words of a text as they are written, with blanks between."""
    return " ".join([written(word) for word in _spelled(nfc(text))])


def bare_text(text: str) -> str:
    """Return the words of a text without marks, with blanks between; as many as ``written_text`` has."""
    return " ".join([bare(word) or word for word in _spelled(nfc(text))])


def number_key(number: str) -> str:
    """Return the key of a document's number, the same in every spelling of its dashes, slashes, marks and case."""
    return " ".join(part.lstrip("0") or "0" for part in bare_text(number.removeprefix("Số").lstrip(": ")).split())
