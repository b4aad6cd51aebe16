"""The legacy charsets of Vietnamese as tables, and the way back: text written in one of them.

Every table lists the codes of the 73 small letters and of the capitals in one order: a row a
vowel, level, grave, hook, tilde, acute, dot below within a row; đ stands last. A code is one or two
bytes in hexadecimal (``61f9`` is ``a`` and byte F9), ``--`` where a charset has no such letter. The text that
reaches us went through a Western reading of its bytes, so the bytes are met as cp1252 or as
Latin-1 characters.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

SMALL = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
CAPITALS = SMALL.upper()

UNDEFINED = "\x81\x8d\x8f\x90\x9d"
"""The five bytes that cp1252 leaves undefined, as Latin-1 control characters."""


def _western() -> tuple[str, ...]:
    """Return what each byte becomes when read as cp1252, undefined ones staying control characters."""
    return tuple(chr(byte) if chr(byte) in UNDEFINED else bytes([byte]).decode("cp1252") for byte in range(256))


WESTERN = _western()
WESTERN_OF_LATIN = {byte: WESTERN[byte] for byte in range(128, 160)}
"""For ``str.translate``: what Latin-1 has as control characters as cp1252 characters."""

_TCVN3 = (
    """
    61 b5 b6 b7 b8 b9  a8 bb bc bd be c6  a9 c7 c8 c9 ca cb
    65 cc ce cf d0 d1  aa d2 d3 d4 d5 d6  69 d7 d8 dc dd de
    6f df e1 e2 e3 e4  ab e5 e6 e7 e8 e9  ac ea eb ec ed ee
    75 ef f1 f2 f3 f4  ad f5 f6 f7 f8 f9  79 fa fb fc fd fe  ae
    """,
    """
    41 80 81 82 83 84  a1 af ba bf c0 85  a2 c1 c2 c3 c4 86
    45 87 88 89 8a 8b  a3 c5 cd d9 da 8c  49 8d 8e 8f 90 91
    4f 92 93 94 95 96  a4 db e0 f0 ff 97  a5 98 99 9a 9b 9c
    55 9d 9e 9f 01 02  a6 04 05 06 11 12  59 13 14 15 16 17  a7
    """,
)
_VISCII = (
    """
    61 e0 e4 e3 e1 d5  e5 a2 c6 c7 a1 a3  e2 a5 a6 e7 a4 a7
    65 e8 eb a8 e9 a9  ea ab ac ad aa ae  69 ec ef ee ed b8
    6f f2 f6 f5 f3 f7  f4 b0 b1 b2 af b5  bd b6 b7 de be fe
    75 f9 fc fb fa f8  df d7 d8 e6 d1 f1  79 cf d6 db fd dc  f0
    """,
    """
    41 c0 c4 c3 c1 80  c5 82 02 05 81 83  c2 85 86 06 84 87
    45 c8 cb 88 c9 89  ca 8b 8c 8d 8a 8e  49 cc 9b ce cd 98
    4f d2 99 a0 d3 9a  d4 90 91 92 8f 93  b4 96 97 b3 95 94
    55 d9 9c 9d da 9e  bf bb bc ff ba b9  59 9f 14 19 dd 1e  d0
    """,
)
_VPS = (
    """
    61 e0 e4 e3 e1 e5  e6 a2 a3 a4 a1 a5  e2 c0 c4 c5 c3 c6
    65 e8 c8 eb e9 cb  ea 8a 8b cd 89 8c  69 ec cc ef ed ce
    6f f2 d5 f5 f3 86  f4 d2 b0 87 d3 b6  d6 a9 aa ab a7 ae
    75 f9 fb db fa f8  dc d8 ba bb d9 bf  79 ff 9b cf 9a 9c  c7
    """,
    """
    41 80 81 82 c1 02  88 8e 8f f0 8d 04  c2 84 85 1c 83 03
    45 d7 de fe c9 05  ca 93 94 95 90 06  49 b5 b7 b8 b4 10
    4f bc bd be b9 11  d4 97 98 99 96 12  f7 9e 9f a6 9d 13
    55 a8 d1 ac da 14  d0 af b1 1d ad 15  59 b2 fd b3 dd 19  f1
    """,
)
_VIETWARE_F = (
    """
    61 aa b6 ba c0 c1  9f c2 c3 c4 c5 c6  a1 c7 c8 c9 ca cb
    65 cc cd ce cf d1  a3 d2 d3 d4 d5 d6  69 d8 d9 da db dc
    6f df e0 e1 e2 e3  a4 e4 e5 e6 e7 e8  a5 e9 ea eb ec ed
    75 ee ef f1 f2 f3  a7 f4 f5 f6 f7 f8  79 f9 fa fb fc ff  a2
    """,
    """
    41 -- -- -- -- --  96 -- -- -- -- --  97 -- -- -- -- --
    45 -- -- -- -- --  99 -- -- -- -- --  49 -- -- -- -- --
    4f -- -- -- -- --  9a -- -- -- -- --  9b -- -- -- -- --
    55 -- -- -- -- --  9c -- -- -- -- --  59 -- -- -- -- --  98
    """,
)
_VNI = (
    """
    61 61f8 61fb 61f5 61f9 61ef  61ea 61e8 61fa 61fc 61e9 61eb  61e2 61e0 61e5 61e3 61e1 61e4
    65 65f8 65fb 65f5 65f9 65ef  65e2 65e0 65e5 65e3 65e1 65e4  69 ec e6 f3 ed f2
    6f 6ff8 6ffb 6ff5 6ff9 6fef  6fe2 6fe0 6fe5 6fe3 6fe1 6fe4  f4 f4f8 f4fb f4f5 f4f9 f4ef
    75 75f8 75fb 75f5 75f9 75ef  f6 f6f8 f6fb f6f5 f6f9 f6ef  79 79f8 79fb 79f5 79f9 ee  f1
    """,
    """
    41 41d8 41db 41d5 41d9 41cf  41ca 41c8 41da 41dc 41c9 41cb  41c2 41c0 41c5 41c3 41c1 41c4
    45 45d8 45db 45d5 45d9 45cf  45c2 45c0 45c5 45c3 45c1 45c4  49 cc c6 d3 cd d2
    4f 4fd8 4fdb 4fd5 4fd9 4fcf  4fc2 4fc0 4fc5 4fc3 4fc1 4fc4  d4 d4d8 d4db d4d5 d4d9 d4cf
    55 55d8 55db 55d5 55d9 55cf  d6 d6d8 d6db d6d5 d6d9 d6cf  59 59d8 59db 59d5 59d9 ce  d1
    """,
)
_VIETWARE_X = (
    """
    61 61ec 61ed 61ee 61ef 61fb  e0 e0f2 e0f3 e0f4 e0f5 e0fb  e1 e1f6 e1f8 e1f9 e1fa e1fb
    65 65ec 65ed 65ee 65ef 65fb  e3 e3f6 e3f8 e3f9 e3fa e3fb  69 e7 e8 e9 ea eb
    6f 6fec 6fed 6fee 6fef 6ffc  e4 e4f6 e4f8 e4f9 e4fa e4fc  e5 e5ec e5ed e5ee e5ef e5fc
    75 75ec 75ed 75ee 75ef 75fb  e6 e6ec e6ed e6ee e6ef e6fb  79 79ec 79ed 79ee 79ef 79f1  e2
    """,
    """
    41 41cc 41cd 41ce 41cf 41db  c0 c0d2 c0d3 c0d4 c0d5 c0db  c1 c1d6 c1d8 c1d9 c1da c1db
    45 45cc 45cd 45ce 45cf 45db  c3 c3d6 c3d8 c3d9 c3da c3db  49 c7 c8 c9 ca cb
    4f 4fcc 4fcd 4fce 4fcf 4fdc  c4 c4d6 c4d8 c4d9 c4da c4dc  c5 c5cc c5cd c5ce c5cf c5dc
    55 55cc 55cd 55ce 55cf 55db  c6 c6cc c6cd c6ce c6cf c6db  59 59cc 59cd 59ce 59cf 59d1  c2
    """,
)


class Charset(NamedTuple):
    """One legacy charset both ways, its codes written as cp1252 characters."""

    name: str
    letters: dict[str, str]
    """Letter to code; a capital that the charset lacks has the code of the small letter."""
    codes: dict[str, str]
    """Code to letter, codes that are plain ASCII letters left out."""
    longest: int
    caseless: bool
    """Whether toned vowels have no capitals of their own in common use."""


def _read(rows: str) -> list[str]:
    return ["" if code == "--" else "".join(WESTERN[b] for b in bytes.fromhex(code)) for code in rows.split()]


def _mixed_case(code: str) -> list[str]:
    """Compose a capital vowel with a small mark after it, as some typists wrote it."""
    return [code[0] + code[1].lower()] if len(code) == 2 else []


def _charset(name: str, tables: tuple[str, str], *, caseless: bool = False) -> Charset:
    small, capitals = (_read(rows) for rows in tables)
    letters = dict(zip(SMALL, small, strict=True))
    codes = {code: letter for letter, code in letters.items()}
    for letter, code, below in zip(CAPITALS, capitals, small, strict=True):
        letters[letter] = code or below
        if code:
            codes.setdefault(code, letter)
            for other in _mixed_case(code):
                codes.setdefault(other, letter)
    if caseless:
        for letter in CAPITALS:
            if _toned(letter):
                letters[letter] = letters[letter.lower()]
    codes = {code: letter for code, letter in codes.items() if not code.isascii() or not code.isprintable()}
    return Charset(name, letters, codes, max(map(len, codes)), caseless)


@lru_cache(maxsize=256)
def _toned(letter: str) -> bool:
    marks = unicodedata.normalize("NFD", letter)[1:]
    return any(
        mark in "\N{COMBINING GRAVE ACCENT}\N{COMBINING ACUTE ACCENT}\N{COMBINING TILDE}"
        "\N{COMBINING HOOK ABOVE}\N{COMBINING DOT BELOW}"
        for mark in marks
    )


def is_toned(letter: str) -> bool:
    """Whether a single letter carries one of the five written tones."""
    return not letter.isascii() and _toned(letter)


_CP1258_TONES = {
    "\N{COMBINING GRAVE ACCENT}": "\xcc",
    "\N{COMBINING HOOK ABOVE}": "\xd2",
    "\N{COMBINING TILDE}": "\xde",
    "\N{COMBINING ACUTE ACCENT}": "\xec",
    "\N{COMBINING DOT BELOW}": "\xf2",
}
_CP1258_BASES = {"ă": "\xe3", "đ": "\xf0", "ơ": "\xf5", "ư": "\xfd", "Ă": "\xc3", "Đ": "\xd0", "Ơ": "\xd5", "Ư": "\xdd"}


def _cp1258() -> Charset:
    """Code page 1258 read as cp1252: a base letter, then its tone as a letter of its own."""
    letters: dict[str, str] = {}
    codes: dict[str, str] = {}
    for letter in SMALL + CAPITALS:
        parts = unicodedata.normalize("NFD", letter)
        tones = [c for c in parts if c in _CP1258_TONES]
        base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _CP1258_TONES))
        code = _CP1258_BASES.get(base, base) + "".join(_CP1258_TONES[t] for t in tones)
        letters[letter] = code
        codes[code] = letter
    codes = {code: letter for code, letter in codes.items() if not code.isascii() and code != letter}
    return Charset("cp1258", letters, codes, 2, caseless=False)


CHARSETS = {
    charset.name: charset
    for charset in (
        _charset("tcvn3", _TCVN3, caseless=True),
        _charset("vni", _VNI),
        _charset("viscii", _VISCII),
        _charset("vps", _VPS),
        _cp1258(),
        _charset("vietware-x", _VIETWARE_X),
        _charset("vietware-f", _VIETWARE_F, caseless=True),
    )
}
"""The charsets that are tables, in the order in which they are tried. VIQR has rules of its own."""

TCVN_FULL = _charset("tcvn-5712", _TCVN3)
"""TCVN 5712:1993 VN1 with the toned capitals that the ABC fonts lack; decoded together with ``tcvn3``."""


def encode_table(text: str, charset: Charset) -> str:
    """Composed Vietnamese text in a legacy charset, as it looks when read as cp1252."""
    return "".join(charset.letters.get(character, character) for character in text)
