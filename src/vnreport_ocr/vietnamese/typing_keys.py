"""A word as it was typed and never turned into letters: Telex (``Vieetj``) and the VNI method (``Vie65t``).

Both write a letter's hat, horn or stroke behind it, and the tone behind the vowel or at the end of the word.
"""

from functools import lru_cache
from typing import Final, NamedTuple

import regex

from vnreport_ocr.vietnamese.letters import TONES, nfc
from vnreport_ocr.vietnamese.syllables import canonical, is_legal

_TELEX_TONES: Final = {"f": 1, "s": 2, "x": 3, "r": 4, "j": 5}
_VNI_TONES: Final = {"2": 1, "1": 2, "4": 3, "3": 4, "5": 5}
_DOUBLED: Final = {"a": "â", "e": "ê", "o": "ô", "d": "đ"}
_HATS: Final = {"a": "â", "e": "ê", "o": "ô"}
_HORNS: Final = {"o": "ơ", "u": "ư"}
_BREVES: Final = {"a": "ă"}
_VOWELS: Final = frozenset("aeiouyăâêôơư")
_HALF_HORNED: Final = regex.compile(r"(?<!q)uơ(?=.)|ưo")
"""One of the two horns is enough where something follows (``huowng``), and ``ưo`` is written nowhere."""

_LONGEST: Final = 12
_SHAPED: Final = frozenset("ăâđêôơư")

TELEX_WORD: Final = regex.compile(r"(?<![\p{L}\p{M}\p{N}_])[A-Za-z]+(?![\p{L}\p{M}\p{N}_])")
"""What may be a word that was typed in Telex."""

VNI_WORD: Final = regex.compile(r"(?<![\p{L}\p{M}\p{N}_])[A-Za-z]+(?:[1-9]{1,2}[A-Za-z]*)+(?![\p{L}\p{M}\p{N}_])")
"""What may be a word that was typed by the VNI method and has a mark."""


class Keyed(NamedTuple):
    """What the keys of a word write, and how many marks (hats, horns, strokes, tones) that has."""

    text: str
    marks: int


class _Letters:
    """The letters written so far, and the tone."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.tone = 0

    def has_vowel(self) -> bool:
        return any(letter in _VOWELS for letter in self.written)

    def shape(self, shapes: dict[str, str]) -> bool:
        """Give the last letter that can bear it another shape."""
        for place in range(len(self.written) - 1, -1, -1):
            shaped = shapes.get(self.written[place])
            if shaped is not None:
                self.written[place] = shaped
                return True
        return False

    def finished(self, raw: str) -> Keyed | None:
        bare = _HALF_HORNED.sub("ươ", "".join(self.written))
        marks = sum(letter in _SHAPED for letter in bare) + (self.tone > 0)
        text = _toned(bare, self.tone)
        return Keyed(_cased(text, raw), marks) if marks else None


@lru_cache(maxsize=32768)
def telex(word: str) -> Keyed | None:
    """Return what the keys of Telex write, or None where they write no marked word."""
    if len(word) > _LONGEST:
        return None
    letters = _Letters()
    last = ""
    for key in word.lower():
        written, before, last = letters.written, last, key
        if key in _TELEX_TONES and letters.has_vowel():
            if letters.tone:
                return None
            letters.tone = _TELEX_TONES[key]
        elif key in _DOUBLED and before == key and written[-1] == key:
            written[-1] = _DOUBLED[key]
        elif key == "w":
            if not letters.shape(_BREVES if written[-1:] == ["a"] else _HORNS) and not letters.shape(_BREVES):
                written.append("ư")
        else:
            written.append(key)
    return letters.finished(word)


@lru_cache(maxsize=32768)
def vni(word: str) -> Keyed | None:
    """Return what the keys of the VNI method write, or None where they write no marked word."""
    if len(word) > _LONGEST:
        return None
    letters = _Letters()
    for key in word.lower():
        if not key.isdigit():
            letters.written.append(key)
        elif key in _VNI_TONES:
            if letters.tone or not letters.has_vowel():
                return None
            letters.tone = _VNI_TONES[key]
        elif not _vni_shape(letters, key):
            return None
    return letters.finished(word)


def _vni_shape(letters: _Letters, key: str) -> bool:
    if key == "6":
        return letters.shape(_HATS)
    if key == "7":
        return letters.shape(_HORNS)
    if key == "8":
        return letters.shape(_BREVES)
    return key == "9" and letters.shape({"d": "đ"})


def _toned(bare: str, tone: int) -> str:
    """Put a tone where it is written; on its last vowel where the word is no syllable."""
    if not tone:
        return bare
    places = [place for place, letter in enumerate(bare) if letter in _VOWELS]
    texts = [nfc(bare[: place + 1] + TONES[tone - 1] + bare[place + 1 :]) for place in reversed(places)]
    return next((canonical(text) for text in texts if is_legal(text)), texts[0])


def _cased(text: str, raw: str) -> str:
    letters = [c for c in raw if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return text.upper()
    return text[:1].upper() + text[1:] if raw[0].isupper() else text
