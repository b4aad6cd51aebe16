"""Words as the index knows them: as they are written, and bare of all marks."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from vnreport_ocr.vietnamese.letters import bones, nfc, place_tone

TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
"""A run of letters and digits; whatever stands between two of them - blank, dash, slash - tells nothing apart."""


class Word(NamedTuple):
    """A word of a text and where it stands."""

    text: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """Cut a text into words."""
    return (Word(found[0], found.start(), found.end()) for found in TOKEN.finditer(text))


@lru_cache(maxsize=200_000)
def written(word: str) -> str:
    """Return the word as it is written, small, the tone where the new style puts it: ``Hòa`` and ``hoà`` are one."""
    return place_tone(nfc(word).lower(), "new")


@lru_cache(maxsize=200_000)
def bare(word: str) -> str:
    """Return the word in plain small letters: ``đường`` and ``dương`` are both ``duong``."""
    return "".join([sign for sign in bones(nfc(word)) if sign.isalnum()])


def written_text(text: str) -> str:
    """Return the words of a text as they are written, with blanks between."""
    return " ".join([written(word) for word in TOKEN.findall(nfc(text))])


def bare_text(text: str) -> str:
    """Return the words of a text without marks, with blanks between; as many as ``written_text`` has."""
    return " ".join([bare(word) or word for word in TOKEN.findall(nfc(text))])


def number_key(number: str) -> str:
    """Return the key of a document's number, the same in every spelling of its dashes, slashes, marks and case."""
    return " ".join(part.lstrip("0") or "0" for part in bare_text(number.removeprefix("Số").lstrip(": ")).split())
