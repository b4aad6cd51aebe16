"""Slips of a reader that knows Vietnamese: a wrong tone, a wrong hat, a letter that looks alike."""

import random
from typing import Final

from vnreport_ocr.vietnamese.letters import TONES, WORD, nfc, split_tone

_ALIKE: Final = {
    "a": "ăâ", "ă": "aâ", "â": "ăa", "e": "ê", "ê": "e", "o": "ôơ", "ô": "oơ", "ơ": "oô", "u": "ư", "ư": "u", "đ": "d",
    "b": "h", "c": "e", "h": "b", "i": "l", "l": "i", "m": "n", "n": "u", "q": "g", "t": "l", "v": "y", "y": "v",
}  # fmt: skip
_VOWELS: Final = "aăâeêioôơuưy"
_TONE_SHARE: Final = 0.7
"""The share of slips that touch the tone alone: what scans of provincial offices show most."""


def slips(text: str, per_thousand: int, name: str) -> str:
    """Put a slip into so many of a thousand words; figures and codes stay, and the same text gets the same slips."""
    chance = random.Random(f"{name} {per_thousand}")
    words = [found for found in WORD.finditer(text) if found[0].islower() or found[0].istitle()]
    chosen = sorted(chance.sample(range(len(words)), round(len(words) * per_thousand / 1000)), reverse=True)
    for number in chosen:
        found = words[number]
        text = text[: found.start()] + _slip(found[0], chance) + text[found.end() :]
    return text


def _toned(letter: str, tone: int) -> str:
    return nfc(letter + TONES[tone - 1]) if tone else letter


def _slip(word: str, chance: random.Random) -> str:
    """Change one letter of a word: another tone on a vowel, or another letter of a like shape."""
    letters = list(nfc(word))
    vowels = [place for place, letter in enumerate(letters) if split_tone(letter)[0].lower() in _VOWELS]
    if vowels and chance.random() < _TONE_SHARE:
        toned = [place for place in vowels if split_tone(letters[place])[1]]
        place = (toned or vowels)[0]
        bare, tone = split_tone(letters[place])
        letters[place] = _toned(bare, chance.choice([other for other in range(6) if other != tone]))
        return "".join(letters)
    places = [place for place, letter in enumerate(letters) if split_tone(letter)[0].lower() in _ALIKE]
    if not places:
        return word
    place = chance.choice(places)
    bare, tone = split_tone(letters[place])
    other = chance.choice(_ALIKE[bare.lower()])
    other = other.upper() if bare.isupper() else other
    letters[place] = _toned(other, tone if other.lower() in _VOWELS else 0)
    return "".join(letters)
