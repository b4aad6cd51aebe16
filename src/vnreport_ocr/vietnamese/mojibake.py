"""UTF-8 that was read as a Western charset, once or twice, and may have lost bytes on the way.

The table holds, for every letter and sign that a Vietnamese text may contain, each form it can have
taken: read as Latin-1, cp1252, cp1258 or Mac Roman, the undefined bytes kept, dropped or replaced. Where
several letters share a form (``á»`` after the loss of a byte is ề, ọ, ỏ, ờ or Ố), the word decides:
it must be a legal syllable, and of those the likeliest by the caller's weights.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product

from vnreport_ocr.vietnamese.charset_tables import CAPITALS, SMALL, WESTERN
from vnreport_ocr.vietnamese.letters import WORD, nfc
from vnreport_ocr.vietnamese.syllables import is_legal

Weight = Callable[[str], float]

_SIGNS = (
    "“”\u2018\u2019\u2013—…•·\u201a„†‡‰\u2039\u203a€™§°²³¹½¼¾\u00d7÷±«»©®¶¬¿¡¢£¥¦¨ª¯\u00b4µ\u00b8º→←↑↓≥≤≠≈\u2212∞√■□●○▪☐☑✓₫"
    "\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}"
    "\N{NON-BREAKING HYPHEN}\N{HYPHEN}\N{PRIME}\N{DOUBLE PRIME}"
)
_WESTERN_LETTERS = "".join(chr(code) for code in range(0xC0, 0x180) if chr(code).isalpha())
_MARKS = "".join(chr(code) for code in (0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323))
_LATIN = tuple(chr(byte) for byte in range(256))
_CP1258_CHANGES = {
    0xC3: "Ă", 0xCC: "\u0300", 0xD0: "Đ", 0xD2: "\u0309", 0xD5: "Ơ", 0xDD: "Ư", 0xDE: "\u0303", 0xE3: "ă",
    0xEC: "\u0301", 0xF0: "đ", 0xF2: "\u0323", 0xF5: "ơ", 0xFD: "ư", 0xFE: "₫",
    0x8A: "\x8a", 0x8E: "\x8e", 0x9A: "\x9a", 0x9E: "\x9e",
}  # fmt: skip
_CP1258 = tuple(_CP1258_CHANGES.get(byte, character) for byte, character in enumerate(WESTERN))
_CODECS = (_LATIN, WESTERN, _CP1258)
_MAC_ROMAN = tuple(bytes([byte]).decode("mac_roman") for byte in range(256))
_REPLACEMENTS = ("", "\N{REPLACEMENT CHARACTER}", "?")
_MAX_WORDS = 4096
_MOST_READINGS = 12
_CAPITALS_UNASKED = 0.02
"""How seldom a word is all in capitals when none of its whole letters says so."""


def _forms(text: str, codec: tuple[str, ...]) -> Iterable[str]:
    """Return what a text can look like after its UTF-8 bytes went through one codec."""
    options: list[tuple[str, ...]] = []
    for byte in text.encode("utf-8", "surrogatepass"):
        character = codec[byte]
        if "\x80" <= character <= "\x9f" and codec is not _LATIN:
            options.append((character, *_REPLACEMENTS))
        elif character == "\N{NO-BREAK SPACE}":
            options.append((character, " ", ""))
        elif character == "\N{SOFT HYPHEN}":
            options.append((character, ""))
        else:
            options.append((character,))
    return ("".join(choice) for choice in product(*options))


@lru_cache(maxsize=1)
def table() -> dict[str, tuple[str, ...]]:
    """Broken form to the letters it may stand for, the likelier reading first."""
    found: dict[str, list[str]] = {}

    def add(form: str, letter: str) -> None:
        if len(form) > 1 or (form and form in "ÃÄÆĂ"):
            letters = found.setdefault(form, [])
            if letter not in letters:
                letters.append(letter)

    for letter in dict.fromkeys(SMALL + CAPITALS + _MARKS + _SIGNS + _WESTERN_LETTERS):
        if letter.isascii():
            continue
        for codec in _CODECS:
            once = list(dict.fromkeys(_forms(letter, codec)))
            for form in once:
                add(form, letter)
            for again in _CODECS:
                for form in once:
                    if " " not in form and "?" not in form and (len(form) > 1 or form == "Ä"):
                        for twice in _forms(form, again):
                            add(twice, letter)
        for form in _forms(letter, _MAC_ROMAN):
            add(form, letter)
    return {form: tuple(letters) for form, letters in found.items() if not form.isascii() and form != " "}


@lru_cache(maxsize=1)
def _shape() -> tuple[int, frozenset[str]]:
    """Return the longest form, and the characters a form begins with."""
    return max(map(len, table())), frozenset(form[0] for form in table())


def pieces(text: str) -> list[tuple[str, ...]]:
    """Cut the text into broken letters with their readings and into characters that stand for themselves."""
    known = table()
    longest, leads = _shape()
    parts: list[tuple[str, ...]] = []
    position, end = 0, len(text)
    while position < end:
        character = text[position]
        if character in leads:
            for length in range(min(longest, end - position), 0, -1):
                letters = known.get(text[position : position + length])
                if letters is not None:
                    parts.append(letters)
                    position += length
                    break
            else:
                parts.append((character,))
                position += 1
        else:
            parts.append((character,))
            position += 1
    return parts


_BYTES = {character: byte for codec in (_LATIN, WESTERN) for byte, character in enumerate(codec)}
_FOREIGN = re.compile("[\u0400-\u0e7f\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\U0001f000-\U0003ffff]")
"""Letters of scripts that have no part in Vietnamese, and pictures."""


def _whole(chunk: str) -> str | None:
    """Read a chunk whose characters are the bytes of right UTF-8, once or twice, with signs that the table lacks."""
    text = chunk
    for _ in range(2):
        try:
            text = bytes(_BYTES[character] for character in text).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return None
        if _FOREIGN.search(text):
            return text
    return None


def decode(chunk: str, weight: Weight | None = None) -> str:
    """Mend the broken letters of a chunk without white space; the same chunk where there are none."""
    return "".join(choice[0] for choice in _choices(chunk, weight))


def readings(chunk: str, weight: Weight | None = None) -> list[str]:
    """Return what a chunk may say where lost bytes leave one of its words in doubt, the likeliest first."""
    choices = _choices(chunk, weight)
    doubtful = [place for place, choice in enumerate(choices) if len(choice) > 1]
    texts = [choice[0] for choice in choices]
    if len(doubtful) != 1:
        return ["".join(texts)]
    place = doubtful[0]
    return ["".join([*texts[:place], word, *texts[place + 1 :]]) for word in choices[place]]


def _choices(chunk: str, weight: Weight | None) -> list[list[str]]:
    """Return the stretches of a chunk, each with what it may say."""
    whole = _whole(chunk)
    if whole is not None:
        return [[whole]]
    parts = pieces(chunk)
    if len(parts) == len(chunk) and all(part == (character,) for part, character in zip(parts, chunk, strict=True)):
        return [[chunk]]
    if all(len(part) == 1 for part in parts):
        return [["".join(part[0] for part in parts)]]
    result: list[list[str]] = []
    word: list[tuple[str, ...]] = []
    for part in [*parts, ("",)]:
        letters = tuple(letter for letter in part if letter.isalpha() or letter in _MARKS)
        if letters and part != ("",):
            word.append(letters)
            continue
        if word:
            result.append(_best_words(word, weight))
            word = []
        result.append([part[0]])
    return result


def _best_words(parts: list[tuple[str, ...]], weight: Weight | None) -> list[str]:
    """Return what a word may be, the best first; others only where they are as good by all but their weight."""
    total = 1
    for part in parts:
        total *= len(part)
    if total > _MAX_WORDS:
        return ["".join(part[0] for part in parts)]
    words = list(dict.fromkeys(nfc("".join(choice)) for choice in product(*parts)))
    ranked = sorted(((_fitness(word, weight), word) for word in words), key=lambda pair: pair[0], reverse=True)
    best = ranked[0][0]
    return [word for fitness, word in ranked[:_MOST_READINGS] if fitness[:3] == best[:3] and fitness[3] > 0.0] or [
        ranked[0][1]
    ]


def _fitness(word: str, weight: Weight | None) -> tuple[bool, bool, bool, float]:
    legal = all(is_legal(part) for part in WORD.findall(word))
    settled = word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower())
    vietnamese = all(letter.isascii() or letter in SMALL or letter in CAPITALS for letter in word)
    likely = weight(word.lower()) if weight is not None else 0.0
    if word.isupper() and len(word) > 1 and not any(letter.isascii() for letter in word):
        likely *= _CAPITALS_UNASKED
    return vietnamese, legal and settled, settled, likely
