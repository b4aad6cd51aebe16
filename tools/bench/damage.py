"""Ways to damage right text by rule, as it is met: marks lost in part, typing left as it was typed, blanks gone wrong.

Every rule gives the same damage for the same text: what is chosen by chance is chosen by a generator with a fixed seed.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from vnreport_ocr.vietnamese.letters import TONES, WORD, nfc, split_tone, strip_marks

_HORN: Final = "\N{COMBINING HORN}"
_SHAPES: Final = "\N{COMBINING BREVE}\N{COMBINING CIRCUMFLEX ACCENT}" + _HORN
_TELEX: Final = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_VNI: Final = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}
_TELEX_TONES: Final = ("", "f", "s", "x", "r", "j")
_VNI_TONES: Final = ("", "2", "1", "4", "3", "5")
_TORN_SHARE, _LOST_BLANKS = 0.12, 0.1
_LINE: Final = 70
"""So many characters a line of broken paragraphs has at most."""

Damage = Callable[[str], str]


def without(text: str, marks: str) -> str:
    """Text without some of the combining marks."""
    return nfc("".join(c for c in unicodedata.normalize("NFD", text) if c not in marks))


def tones_lost(text: str) -> str:
    """Hats, horns and strokes stay; the five tones go."""
    return without(text, TONES)


def vowel_marks_lost(text: str) -> str:
    """Tones and strokes stay; hats, breves and horns go."""
    return without(text, _SHAPES)


def horns_lost(text: str) -> str:
    """Only the horns go."""
    return without(text, _HORN)


def strokes_lost(text: str) -> str:
    """Only the strokes of đ go."""
    return text.replace("đ", "d").replace("Đ", "D")


def every_second_word(text: str) -> str:
    """Every second word stripped of all marks."""
    return _in_part(text, lambda number, _: number % 2 == 1)


def half_of_each_line(text: str) -> str:
    """Strip the second half of the words of each line of all marks."""
    return _in_part(text, lambda number, count: number >= count / 2)


def alternate_paragraphs(text: str) -> str:
    """Every second paragraph stripped of all marks."""
    return "\n".join(strip_marks(line) if n % 2 else line for n, line in enumerate(text.split("\n")))


def telex(text: str) -> str:
    """Every word as it is typed in Telex, its tone at its end: ``Vieetj Nam``."""
    return WORD.sub(lambda found: _typed(found[0], _TELEX, _TELEX_TONES), text)


def telex_at_vowel(text: str) -> str:
    """Every word as it is typed in Telex, its tone behind its vowel: ``Vieejt Nam``."""
    return WORD.sub(lambda found: _typed(found[0], _TELEX, _TELEX_TONES, at_vowel=True), text)


def vni_typing(text: str) -> str:
    """Every word as it is typed by the VNI method, its tone at its end: ``Vie6t5 Nam``."""
    return WORD.sub(lambda found: _typed(found[0], _VNI, _VNI_TONES), text)


def vni_typing_at_vowel(text: str) -> str:
    """Every word as it is typed by the VNI method, its tone behind its vowel: ``Vie65t Nam``."""
    return WORD.sub(lambda found: _typed(found[0], _VNI, _VNI_TONES, at_vowel=True), text)


def half_telex(text: str) -> str:
    """Every second paragraph as it is typed in Telex."""
    return "\n".join(telex(line) if n % 2 else line for n, line in enumerate(text.split("\n")))


def half_vni_typing(text: str) -> str:
    """Every second paragraph as it is typed by the VNI method."""
    return "\n".join(vni_typing_at_vowel(line) if n % 2 else line for n, line in enumerate(text.split("\n")))


def torn(text: str) -> str:
    """Set some letters of words apart, and the digits of some figures, as letter-spaced print is read."""
    chance = random.Random("torn")
    lines = []
    for number, line in enumerate(text.split("\n")):
        if number % 2 == 0:
            line = re.sub(r"(?<=\w)(?=\w)", lambda _: " " if chance.random() < _TORN_SHARE else "", line)
        lines.append(line)
    return "\n".join(lines)


def spaced_out(text: str) -> str:
    """Every third paragraph with a blank between all letters and digits, and two between words."""
    return "\n".join(
        re.sub(r"(?<=[\w.,%/])(?=[\w.,%/])", " ", line.replace(" ", "  ")) if n % 3 == 1 else line
        for n, line in enumerate(text.split("\n"))
    )


def spaced_evenly(text: str) -> str:
    """Every third paragraph with one blank between all letters and digits, and one between words."""
    return "\n".join(
        re.sub(r"(?<=[\w.,%/])(?=[\w.,%/])", " ", line) if n % 3 == 1 else line
        for n, line in enumerate(text.split("\n"))
    )


def blanks_lost(text: str) -> str:
    """One blank in ten gone."""
    chance = random.Random("blanks")
    return re.sub(" ", lambda _: "" if chance.random() < _LOST_BLANKS else " ", text)


def hyphened(text: str) -> str:
    """Paragraphs broken into lines; words that do not fit are parted by a hyphen, which Vietnamese never needs."""
    return "\n".join(_broken(line) for line in text.split("\n"))


WAYS: Final[Mapping[str, Damage]] = {
    "tones lost": tones_lost,
    "vowel marks lost": vowel_marks_lost,
    "horns lost": horns_lost,
    "strokes lost": strokes_lost,
    "every second word stripped": every_second_word,
    "half of each line stripped": half_of_each_line,
    "alternate paragraphs stripped": alternate_paragraphs,
    "telex": telex,
    "telex, tone at the vowel": telex_at_vowel,
    "telex, half": half_telex,
    "vni typing": vni_typing,
    "vni typing, tone at the vowel": vni_typing_at_vowel,
    "vni typing, half": half_vni_typing,
    "torn here and there": torn,
    "spaced out": spaced_out,
    "spaced out evenly": spaced_evenly,
    "one blank in ten lost": blanks_lost,
    "hyphens at line ends": hyphened,
}
"""Each kind of damage by its name."""


def _in_part(text: str, chosen: Callable[[int, int], bool]) -> str:
    """Strip chosen words of each line of their marks, and count them."""
    lines = []
    for line in text.split("\n"):
        words = line.split(" ")
        lines.append(" ".join(strip_marks(w) if chosen(n, len(words)) else w for n, w in enumerate(words)))
    return "\n".join(lines)


def _typed(word: str, letters: Mapping[str, str], tones: tuple[str, ...], *, at_vowel: bool = False) -> str:
    """Type a word with the keys that write it."""
    keys = []
    last = ""
    for letter in nfc(word):
        bare, tone = split_tone(letter)
        key = letters.get(bare.lower(), bare.lower())
        key = key.upper() if word.isupper() and len(word) > 1 else key[0].upper() + key[1:] if bare.isupper() else key
        sign = tones[tone].upper() if word.isupper() and len(word) > 1 else tones[tone]
        keys.append(key + sign if at_vowel else key)
        last = last or sign
    return "".join(keys) + ("" if at_vowel else last)


def _broken(paragraph: str) -> str:
    lines, line = [], ""
    for word in paragraph.split(" "):
        room = _LINE - len(line) - 1
        if len(word) <= room or not line:
            line = f"{line} {word}" if line else word
        elif room > 2 and len(word) - room > 1 and word.isalpha():
            lines.append(f"{line} {word[: room - 1]}-")
            line = word[room - 1 :]
        else:
            lines.append(line)
            line = word
    return "\n".join([*lines, line])
