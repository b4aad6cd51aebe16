"""Letters of Vietnamese: normal form, marks and tones, where a tone is written, case."""

import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Final

import regex
from unidecode import unidecode

TONES = (
    "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING TILDE}"
    "\N{COMBINING HOOK ABOVE}\N{COMBINING DOT BELOW}"
)
"""The five written tones, in the order they are numbered from 1 (0 is the level tone)."""

WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*")
"""A run of letters with their combining marks."""

_SHAPE_MARKS = "\N{COMBINING BREVE}\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING HORN}"
_STROKED = {ord("đ"): "d", ord("Đ"): "D"}
_SPREAD = ("oa", "oe", "uy")
_PURE = regex.compile(r"[ơưăđƠƯĂĐ\N{LATIN CAPITAL LETTER A WITH DOT BELOW}-ỹ]")
_MANY_MARKS: Final = 64
_MARKS = regex.compile(rf"\p{{M}}{{{_MANY_MARKS},}}")
"""More marks on one letter than any language writes."""


def _without(marks: str) -> dict[int, str]:
    """Every single letter of the language to the same without these marks."""
    table: dict[int, str] = {}
    for base in "aeiouy":
        for shape in ("", *_SHAPE_MARKS):
            for tone in ("", *TONES):
                letter = unicodedata.normalize("NFC", base + shape + tone)
                if len(letter) == 1:
                    bare = "".join(c for c in base + shape + tone if c not in marks)
                    small = unicodedata.normalize("NFC", bare)
                    table |= {ord(letter): small, ord(letter.upper()): small.upper()}
    return table


_TONELESS = _without(TONES)
_BARE = _without(TONES + _SHAPE_MARKS) | _STROKED
_PLAIN = frozenset(map(chr, range(128))) | frozenset(map(chr, _BARE))
"""What the tables know; whatever else there is has to be taken apart."""

_TONE_OF = {
    letter: number
    for letter in map(chr, _TONELESS)
    for number, tone in enumerate(TONES, 1)
    if tone in unicodedata.normalize("NFD", letter)
}


def nfc(text: str) -> str:
    """Return the composed normal form; compatibility letters such as ``²`` stay themselves."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _with_marks_in_order(text))


def nfd(text: str) -> str:
    """Return the decomposed normal form."""
    return unicodedata.normalize("NFD", _with_marks_in_order(text))


def _with_marks_in_order(text: str) -> str:
    """Sort long runs of marks as both normal forms have them: ``normalize`` takes the square of a run's length."""
    return text if len(text) <= _MANY_MARKS else _MARKS.sub(_in_order, text)


def _in_order(run: "regex.Match[str]") -> str:
    marks = "".join(unicodedata.normalize("NFD", mark) for mark in run[0])
    parts = groupby(marks, key=lambda mark: unicodedata.combining(mark) > 0)
    return "".join("".join(sorted(part, key=unicodedata.combining) if moves else part) for moves, part in parts)


def digits_of(text: str) -> str:
    """Return the digits of a text."""
    return "" if text.isalpha() else "".join(c for c in text if c.isdigit())


def strip_marks(text: str) -> str:
    """Vietnamese letters without tones, hats, horns and strokes; other signs stay (``€`` is not ``EUR``)."""
    if text.isascii():
        return text
    if _PLAIN.issuperset(text):
        return text.translate(_BARE)
    decomposed = nfd(text)
    bare = "".join(c for c in decomposed if c not in TONES and c not in _SHAPE_MARKS)
    return nfc(bare).translate(_STROKED)


def bones(word: str) -> str:
    """Plain small letters, the marks of other languages gone too (``quän``); signs stay, since ``€`` is not ``EUR``."""
    if word.isascii():
        return word.lower()
    if _PLAIN.issuperset(word):
        return word.translate(_BARE).lower()
    return "".join(unidecode(c) if c.isalpha() else c for c in word).lower()


@lru_cache(maxsize=32768)
def split_tone(word: str) -> tuple[str, int]:
    """Split a word from its tone, and tell the tone's number (0 for level; the first one where there are two)."""
    if _PLAIN.issuperset(word):
        return word.translate(_TONELESS), next((_TONE_OF[c] for c in word if c in _TONE_OF), 0)
    decomposed = nfd(word)
    tone = 0
    rest = []
    for character in decomposed:
        position = TONES.find(character)
        if position >= 0:
            tone = tone or position + 1
        else:
            rest.append(character)
    return nfc("".join(rest)), tone


def tone_key(word: str) -> str:
    """Equal for the two placements of a tone (``hoà``, ``hòa``) and for nothing else."""
    if word.isascii():
        return word
    bare, tone = split_tone(word)
    return bare + str(tone) if tone else bare


def has_vietnamese_letter(word: str) -> bool:
    """Whether a letter stands in it that only Vietnamese uses: ơ ư ă đ or one of ạ to ỹ."""
    return _PURE.search(word) is not None


@lru_cache(maxsize=32768)
def place_tone(word: str, style: str) -> str:
    """Return the word with its tone where ``style`` puts it: ``new`` (hoà, thuỷ) or ``old`` (hòa, thủy)."""
    lowered = word.lower()
    bare, tone = split_tone(lowered)
    if not tone or lowered.startswith("qu") or bare[-2:] not in _SPREAD:
        return word
    bare_cased, _ = split_tone(word)
    if len(bare_cased) != len(word):
        return word
    position = len(bare_cased) - (1 if style == "new" else 2)
    marked = unicodedata.normalize("NFC", bare_cased[position] + TONES[tone - 1])
    return bare_cased[:position] + marked + bare_cased[position + 1 :]


def shown_style(word: str) -> str | None:
    """Return the style in which a word that may be misread places its tone, None where it does not tell."""
    bare, tone = split_tone(word.lower())
    if not tone or bare[-2:] not in _SPREAD or bare.startswith("qu") or len(bare) != len(word):
        return None
    marked = [split_tone(letter)[1] > 0 for letter in word[-2:]]
    return "new" if marked == [False, True] else "old" if marked == [True, False] else None


def match_case(pattern: str, word: str) -> str:
    """``word`` in the case of ``pattern``: all capitals, a first capital, or small."""
    letters = [c for c in pattern if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return word.upper()
    if letters and letters[0].isupper():
        return word[:1].upper() + word[1:]
    return word
