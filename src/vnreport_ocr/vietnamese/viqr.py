r"""VIQR (RFC 1456): marks written after the letter with ordinary signs, ``Vie^.t Nam``, ``dda^'t nu*o*'c``.

A sign after a vowel may be a mark or just punctuation (``dda^u?``). Inside a word only what makes a
legal syllable is a mark; at the end of a word the place decides: where a sentence may end there, the sign
is punctuation unless the word needs it. A backslash keeps the next sign as it is.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from vnreport_ocr.vietnamese.charset_tables import CAPITALS, SMALL
from vnreport_ocr.vietnamese.letters import nfc, split_tone
from vnreport_ocr.vietnamese.syllables import is_legal, well_placed

Weight = Callable[[str], float]

_TONES = {
    "`": "\u0300",
    "?": "\u0309",
    "~": "\u0303",
    "'": "\u0301",
    ".": "\u0323",
    "\N{RIGHT SINGLE QUOTATION MARK}": "\u0301",
}
_HATS = {"a^": "â", "e^": "ê", "o^": "ô", "a(": "ă", "o+": "ơ", "u+": "ư", "o*": "ơ", "u*": "ư"}
_TONE_SIGNS = "`?~'.\N{RIGHT SINGLE QUOTATION MARK}"

STRONG = re.compile(r"[aeoAEO]\^|[aA]\([`?~'.a-zA-Z]|[uoUO][+*]|[aeiouyAEIOUY][`~]|[dD][dD][aeiouyAEIOUY]")
"""What hardly stands in a text that is not VIQR."""

SURE = re.compile(r"(?:[aeoAEO]\^|[aA]\(|[uoUO][+*])[`?~'.][a-zA-Z]|[uU][+*][oO][+*]|[dD][dD][aeiouy][`?~^(+*]")
"""What stands in no other text at all: a vowel with a hat and a tone within a word, ``u+o+``."""

_UNTOUCHED = re.compile(r"@|://|^www\.|\.(?:com|org|net|vn|edu|gov)\b", re.IGNORECASE)
_FORMULA = re.compile(r"[aA]\([^()\s]{1,20},[^()\s]{1,20}\)|(?<![a-zA-Z])[aA]\([a-mo-zA-Z]\)")
"""What a bracket after a letter shuts in, apart by a comma or a letter alone: ``A(n,m)``, ``a(t)``."""
_CLAUSE = re.compile(r"\(?dd\)[.,;:]?")
_LETTER = re.compile(
    r"\\.|"
    r"(?P<d>[dD][dD](?!d(?!d)|D(?!D)))|"
    rf"(?P<vowel>[aeiouyAEIOUY])(?P<hat>[\^(+*])?(?P<tone>[{re.escape(_TONE_SIGNS)}])?"
)


def encode(text: str) -> str:
    """Composed Vietnamese text in VIQR; signs that would be taken for marks are escaped."""
    result: list[str] = []
    for character in nfc(text):
        if (character in "`?~'.^(+*" and result and result[-1][-1:] in "aeiouyAEIOUY^(+") or (
            character in "dD" and result and result[-1] in ("d", "D")
        ):
            result.append("\\" + character)
        else:
            result.append(_code(character))
    return "".join(result)


@lru_cache(maxsize=512)
def _code(character: str) -> str:
    if character not in SMALL and character not in CAPITALS:
        return character
    if character in "đĐ":
        return "dd" if character == "đ" else "DD"
    bare, tone = split_tone(character)
    hats = {letter: sign for sign, letter in reversed(_HATS.items())}
    base = hats.get(bare.lower(), bare.lower())
    return (base.upper() if character.isupper() else base) + ("", "`", "'", "~", "?", ".")[tone]


ESCAPED = re.compile(r"[aeiouyAEIOUY^(+*]\\\\[`?~'.^(+*]")
"""An escaped sign: in such a text every sign that is not escaped is a mark."""

END_OF_LINE, BEFORE_CAPITAL, WITHIN = "end of line", "before a capital", "within"
_MARK_OVER_SIGN = {
    (END_OF_LINE, "."): 20.0,
    (END_OF_LINE, "?"): 5.0,
    (BEFORE_CAPITAL, "."): 1.0,
    (BEFORE_CAPITAL, "?"): 0.05,
}
"""How much commoner the marked word must be than the plain one for a last sign to be its mark."""


def decode(chunk: str, *, place: str = WITHIN, weight: Weight | None = None) -> str:
    """Read a chunk without white space as Unicode; unchanged where that gives no Vietnamese words.

    ``place`` says whether a sentence may end with this chunk.
    """
    if _UNTOUCHED.search(chunk) or _FORMULA.search(chunk):
        return chunk
    if _CLAUSE.fullmatch(chunk):
        return chunk.replace("dd", "đ")
    readings = _readings(chunk, place, weight)
    best = min(readings, key=_wrong)  # the first of equals: they come in order of preference
    return best if _wrong(best) <= _wrong(chunk) + len(STRONG.findall(chunk)) else chunk


_LAST_SIGN = re.compile(rf"(?<=[aeiouyAEIOUY^(+*])[{re.escape(_TONE_SIGNS)}](?P<rest>[^a-zA-Z0-9]*)$")
_CLOSERS = frozenset("\"')]}\N{RIGHT DOUBLE QUOTATION MARK}")


def _readings(chunk: str, place: str, weight: Weight | None) -> list[str]:
    """Return the readings of a chunk, the preferred one first: its last sign as a mark, or as punctuation."""
    whole = _plain(chunk)
    match = _LAST_SIGN.search(chunk)
    if match is None:
        return [whole]
    punctuated = _plain(chunk[: match.start()]) + match[0].replace("\\", "")
    sign, rest = match[0][0], match["rest"]
    if sign in "`~" or (sign == "'" and not chunk.startswith("'")):
        return [whole, punctuated]
    if sign not in ".?":
        return [punctuated, whole]
    if place != WITHIN and all(c in _CLOSERS for c in rest):
        if weight is None:
            return [punctuated, whole]
        needed = _MARK_OVER_SIGN[place, sign] * (weight(_last_word(punctuated)) + 1.0)
        return [whole, punctuated] if weight(_last_word(whole)) > needed else [punctuated, whole]
    return [whole, punctuated]


_WORDS = re.compile(r"[^\W\d_]+")
_UNGLUED = re.compile(rf"[{CAPITALS}A-Z]?[^\W\d_{CAPITALS}A-Z]+|[^\W\d_]+")
"""Words, also those of a pair that lost the blank between them (``anhBốn``)."""


def _last_word(text: str) -> str:
    words = _WORDS.findall(text)
    return words[-1].lower() if words else ""


def _wrong(text: str) -> int:
    """How many marked words of a text are no Vietnamese syllables."""
    return sum(
        1
        for word in _UNGLUED.findall(text)
        if not word.isascii() and not (is_legal(word) and well_placed(word)) and not word.isupper()
    )


def _plain(text: str) -> str:
    """Every sign after a vowel read as its mark."""
    return _LETTER.sub(_letter, text)


def _letter(match: re.Match[str]) -> str:
    if match["d"]:
        return "Đ" if match["d"][0] == "D" else "đ"
    vowel = match["vowel"]
    if vowel is None:
        return match[0][1:]
    hat, tone = match["hat"] or "", match["tone"] or ""
    base = vowel + hat
    if hat:
        letter = _HATS.get(base.lower())
        if letter is None:
            return vowel + hat + tone
        base = letter.upper() if vowel.isupper() else letter
    return nfc(base + _TONES[tone]) if tone else base
