"""Letters that are not what they seem: other scripts' letters, loose marks, invisible characters, entities."""

import html
from typing import NamedTuple

import regex

from vnreport_ocr.vietnamese import markdown_code
from vnreport_ocr.vietnamese.charset_tables import CAPITALS, SMALL
from vnreport_ocr.vietnamese.letters import TONES, nfc, nfd
from vnreport_ocr.vietnamese.syllables import is_legal


class Mend(NamedTuple):
    """A place of a line and what it shall say."""

    start: int
    end: int
    after: str
    step: str
    confidence: float


_INVISIBLE = (
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
    "\N{SOFT HYPHEN}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}"
)
_DROP_INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))
_SHAPES = "\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING BREVE}\N{COMBINING HORN}"


def _looks(plain: str, codes: str) -> dict[str, str]:
    return {chr(int(code, 16)): letter for code, letter in zip(codes.split(), plain, strict=True)}


_LOOKS = str.maketrans(
    _looks("aeopcyxisjhdqwl", "430 435 43e 440 441 443 445 456 455 458 4bb 501 51b 51d 4cf")  # Cyrillic
    | _looks("ABEKMHOPCTXYISJY", "410 412 415 41a 41c 41d 41e 420 421 422 425 423 406 405 408 4ae")
    | _looks("ABEZHIKMNOPTYX", "391 392 395 396 397 399 39a 39c 39d 39f 3a1 3a4 3a5 3a7")  # Greek
    | _looks("aikvopuxc", "3b1 3b9 3ba 3bd 3bf 3c1 3c5 3c7 3f2")
    | _looks("agicovwz", "251 261 131 1d04 1d0f 1d20 1d21 1d22")  # phonetic and small capital letters
    | _looks("ăĂèÈăĂ", "4d1 4d0 450 400 1ce 1cd")  # ready-made letters, and a caron for a breve
    | {chr(0xFF21 + index): chr(0x41 + index) for index in range(26)}  # fullwidth
    | {chr(0xFF41 + index): chr(0x61 + index) for index in range(26)}
)
_DISGUISES = frozenset(map(chr, _LOOKS))
_STROKED = str.maketrans(
    {
        "\N{LATIN SMALL LETTER ETH}": "đ",
        "\N{LATIN CAPITAL LETTER ETH}": "Đ",
        "\N{LATIN CAPITAL LETTER AFRICAN D}": "Đ",
        "\N{LATIN SMALL LETTER D WITH TAIL}": "đ",
    }
)
_RUN = regex.compile(rf"[\p{{L}}\p{{M}}{_INVISIBLE}]+")
_LATIN = regex.compile(r"\p{Latin}")
_FOREIGN = regex.compile(r"[^\p{Latin}\p{Common}\p{Inherited}]")
_CYRILLIC = regex.compile(r"\p{Cyrillic}")
_ETHS = regex.compile(r"[ðÐƉɖ]")
_MARK = regex.compile(r"\p{M}")
_OVERLAY = regex.compile("d[\u0335\u0336]|D[\u0335\u0336]")
_CLUSTER = regex.compile(r"\p{L}\p{M}+")
_VIETNAMESE = frozenset(SMALL + CAPITALS)
_ENTITY = regex.compile(r"&(?:amp;)?(#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{3,10});")
_WORD = regex.compile(r"\p{L}+")
_PURE = regex.compile("[ăĂđĐơƠưƯạ-ỹẠ-Ỹ]")
_ENTITY_RUN = regex.compile(rf"(?:{_ENTITY.pattern}|[\p{{L}}\p{{M}}])+")


_LOOSE_RUN = regex.compile(r"[\p{L}\p{M}]+|[^\p{L}\p{M}\s]\p{M}+")


def compose_marks(line: str) -> list[Mend]:
    """Words with loose marks composed, so that what is looked at later does not depend on how a letter was written."""
    return [
        Mend(found.start(), found.end(), nfc(found[0]), "normalise:nfc", 0.99)
        for found in _LOOSE_RUN.finditer(line)
        if nfc(found[0]) != found[0]
    ]


def spells_vietnamese(line: str) -> bool:
    """Whether character references of a line spell letters of Vietnamese words."""
    return "&" in line and any(is_legal(after) or _PURE.search(after) for after in _spelt_words(line))


def _spelt_words(line: str) -> list[str]:
    runs = (match[0] for match in _ENTITY_RUN.finditer(line) if "&" in match[0])
    return [word for run in runs for word in _WORD.findall(nfc(_ENTITY.sub(_letter, run))) if not word.isascii()]


def mend_entities(line: str) -> list[Mend]:
    """Character references in a text that spells its Vietnamese with them, as the characters they stand for.

    References to signs of markup stay (``&lt;``, ``&amp;``, ``&nbsp;``), named ones but for letters stay,
    and so do those in the code of a Markdown text.
    """
    found: list[Mend] = []
    code = list(markdown_code.spans(line))
    for match in _ENTITY_RUN.finditer(line):
        if "&" in match[0] and not any(start <= match.start() < end for start, end in code):
            after = nfc(_ENTITY.sub(_letter, match[0]))
            if after != match[0]:
                found.append(Mend(match.start(), match.end(), after, "charset:entities", 0.99))
    return found


def _letter(entity: "regex.Match[str]") -> str:
    name = entity[1]
    character = html.unescape(f"&{name};")
    if len(character) != 1 or character < "\N{NO-BREAK SPACE}" or character in "\u2028\u2029":
        return entity[0]
    return character if name.startswith("#") or character.isalpha() else entity[0]


def has_foreign_words(text: str) -> bool:
    """Whether Cyrillic letters stand in a text that no Latin letter looks like."""
    return any(letter not in _DISGUISES for letter in _CYRILLIC.findall(text))


def mend_letters(line: str, *, vietnamese: bool = True, disguised: bool = True) -> list[Mend]:
    """Words of a line with loose marks, foreign look-alikes, ð for đ, or invisible characters, as they should be.

    ``vietnamese`` says whether the text around is, ``disguised`` whether a word without any Latin letter
    may be a Latin one in disguise.
    """
    found: list[Mend] = []
    disguised = vietnamese and disguised
    for match in _RUN.finditer(line):
        run = match[0]
        if run.isascii() or all(c in _VIETNAMESE or c.isascii() for c in run):
            continue
        start, end = match.start(), match.end()
        if end == len(line.rstrip()) and run[-1] == "\N{SOFT HYPHEN}":
            run, end = run[:-1], end - 1  # a hyphen at the end of a line is seen and meant
        mended, step = _mend_run(run, disguised=disguised, vietnamese=vietnamese)
        if mended != run:
            found.append(Mend(start, end, mended, step, 0.99 if step != "normalise:look-alike" else 0.97))
    return found


def _mend_run(run: str, *, disguised: bool, vietnamese: bool) -> tuple[str, str]:
    text, step = run, ""
    if _LATIN.search(text):
        seen = text.translate(_DROP_INVISIBLE)
        if seen != text:
            text, step = seen, "normalise:zero-width"
    composed = _compose(text)
    if composed != text:
        text, step = composed, "normalise:nfc"
    plain = _compose(text.translate(_LOOKS))
    if plain != text and not _FOREIGN.search(plain) and _in_disguise(text, plain, disguised=disguised):
        text, step = plain, "normalise:look-alike"
    if _ETHS.search(text):
        stroked = text.translate(_STROKED)
        if is_legal(stroked) or (vietnamese and stroked.isupper() and stroked.replace("Đ", "").isascii()):
            text, step = stroked, "normalise:stroke"
    return text, step


def _in_disguise(text: str, plain: str, *, disguised: bool) -> bool:
    """Whether a word with look-alikes is meant as the plain one."""
    if _CYRILLIC.search(text):
        return disguised or _LATIN.search(text) is not None
    if not is_legal(plain) or is_legal(text) or len(plain) == 1:
        return False
    return disguised or (_LATIN.search(text) is not None and _FOREIGN.search(text) is not None)


def _compose(text: str) -> str:
    """NFC, also where a tone was written before the hat it belongs on, or a mark twice."""
    if not _MARK.search(text):
        return nfc(text)
    text = _OVERLAY.sub(lambda match: "đ" if match[0][0] == "d" else "Đ", text)
    return nfc(_CLUSTER.sub(_reorder, text))


def _reorder(match: "regex.Match[str]") -> str:
    composed = nfc(match[0])
    if len(composed) == 1:
        return composed
    parts = nfd(match[0])
    marks = list(dict.fromkeys(parts[1:]))
    marks.sort(key=lambda mark: mark in TONES)
    better = nfc(parts[0] + "".join(marks))
    return better if len(better) == 1 and better in _VIETNAMESE else composed
