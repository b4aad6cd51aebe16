"""How Vietnamese a stretch of text looks, and its reading under each charset."""

import math
import re
from collections.abc import Callable
from functools import lru_cache

from vnreport_ocr.vietnamese import mojibake, viqr
from vnreport_ocr.vietnamese.charset_tables import CHARSETS, WESTERN_OF_LATIN, Charset
from vnreport_ocr.vietnamese.lettercase import mend_word
from vnreport_ocr.vietnamese.syllables import is_legal, well_placed

Weight = Callable[[str], float]
Fits = Callable[[str, str, str], float]
"""How well a word fits between what stands before and after it, a word, a comma or nothing; the more, the better."""

NAMES = ("mojibake", *CHARSETS, "viqr")

_WORDS = re.compile(r"[^\W\d_¹²³¼½¾]+")
_LETTER = r"[^\W\d_]"
_SYMBOLS = r"\x01-\x08\x0e-\x1f\x7f-\x9f¡-©«-¯\u00b4¶-¹»-¿\u00d7÷€\u201aƒ„†‡\u02c6‰\u2039•\u02dc™\u203a\u2212\ufffd"
_GLUED = re.compile(
    rf"(?<={_LETTER})[{_SYMBOLS}]|[{_SYMBOLS}](?={_LETTER})|(?<={_LETTER})[“”\u2018\u2013—…](?={_LETTER})"
)
_QUOTED = re.compile(r"^[«\u2039„¡¿“\u2018]+|[»\u203a”®™©•]+[.,;:!?)]*$")
_ABBREVIATED = re.compile(r"[A-ZĐƯ]+")
_LONE = frozenset("ởôÔ")
_KEPT_SIGNS = frozenset("“”\u2018\u2019\u2013—…•€„\u201a†‡‰\u2039\u203a™\u02dc\u02c6")
_EDGES = "“”\u2018\u2019…\"'().,;:!?"
_ALIASES = str.maketrans(
    {
        "\N{MINUS SIGN}": "\xad",
        "\ufffe": "\xad ",  # PDFium's sign for a hyphen at the end of a line, which it joins to the next
        "\x02": "\xad",  # the same sign as PDFium tells it of a single glyph
        "\N{GREEK SMALL LETTER MU}": "\xb5",
        "\N{BULLET OPERATOR}": "\xb7",
    }
)
_HYPHENS = str.maketrans(
    {"-": "\xad", "\N{HYPHEN}": "\xad", "\N{NON-BREAKING HYPHEN}": "\xad", "\N{MINUS SIGN}": "\xad"}
)

_STILL_BROKEN = re.compile(
    r"[\x80-\x9f]|[¡-¿Œ-ž€\u201a-‰\u2039\u203a∫√∆·][^\W\d_]|[^\W\d_][¡-¿Œ-ž€\u201a-‰\u2039\u203a∫√∆·]|[åäæçèé][¡-¿Œ-ž€\u201a-‰\u2039\u203a]"
)
_LINE_ENDS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

_BARE_HORN = re.compile("(?<![ưƯ])[ơờởỡớợƠỜỞỠỚỢ]")
_HORN_COMMONER = 5.0
_LEGAL = 1.0
_PER_DECADE = 0.5
_UNWEIGHTED = 2.0
_ILLEGAL = -3.0
_ABBREVIATION = -0.3
_ODD = -1.0
_OTHER = 0.2
_OTHER_SCRIPT = re.compile("[\u0400-\u0e7f\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Letters that no broken charset shows."""


class Scorer:
    """Scores and readings of chunks, remembered for one passage and one set of weights."""

    def __init__(self, weight: Weight | None = None, fits: Fits | None = None) -> None:
        self.weight = weight
        self.fits = fits
        self.horns_lost = False
        """Whether the soft hyphens are gone that TCVN3 has for ``ư``."""
        self._scores: dict[str, float] = {}
        self._readings: dict[tuple[str, str, str], str] = {}

    def score(self, chunk: str) -> float:
        """Positive where the marked words of a chunk are Vietnamese, negative where they cannot be."""
        known = self._scores.get(chunk)
        if known is None:
            known = self._scores[chunk] = self._score(chunk)
        return known

    def _score(self, chunk: str) -> float:
        if chunk.isascii() and chunk.isprintable():
            return 0.0
        total = sum(self._word(word) for word in _WORDS.findall(chunk) if not word.isascii())
        return total + _ILLEGAL * len(_GLUED.findall(_QUOTED.sub("", chunk)))

    def _word(self, word: str) -> float:
        if is_legal(word):
            if not (word.islower() or word.isupper() or word.istitle() or mend_word(word)) or not well_placed(word):
                return _ODD
            if self.weight is None:
                return _UNWEIGHTED
            return _LEGAL + _PER_DECADE * math.log10(1.0 + max(0.0, self.weight(word.lower())))
        if word.isupper() and _ABBREVIATED.fullmatch(word):
            return _ABBREVIATION
        if _OTHER_SCRIPT.fullmatch(word):
            return _OTHER
        return _ILLEGAL

    def read(self, name: str, chunk: str, place: str = viqr.WITHIN) -> str:
        """Read a chunk without white space under a charset."""
        key = (name, chunk, place if name == "viqr" else "")
        known = self._readings.get(key)
        if known is None:
            known = self._readings[key] = self._read(name, chunk, place)
        return known

    def _read(self, name: str, chunk: str, place: str) -> str:
        if name == "viqr":
            return viqr.decode(chunk, place=place, weight=self.weight)
        if name == "mojibake":
            return self._read_mojibake(chunk)
        return self._read_table(CHARSETS[name], chunk)

    def _read_mojibake(self, chunk: str) -> str:
        own = mojibake.decode(chunk, self.weight)
        if not _STILL_BROKEN.search(own):
            return own
        from ftfy import fix_encoding  # only where it is needed: its import is not free

        other = fix_encoding(chunk)
        return other if other != chunk and not _LINE_ENDS.search(other) and self.score(other) > self.score(own) else own

    def read_between(self, chunk: str, before: str, after: str) -> str:
        """Read a chunk of mojibake, a word that lost bytes leave in doubt as it fits between its neighbours."""
        plain = self.read("mojibake", chunk)
        texts = mojibake.readings(chunk, self.weight) if self.fits else [plain]
        if len(texts) < 2 or plain not in texts or self.fits is None:
            return plain
        read_before, read_after = self.read("mojibake", before), self.read("mojibake", after)
        near = (_neighbour(read_before, read_before, -1), _neighbour(plain, read_after, 0))
        scores = [self.fits(near[0], max(_WORDS.findall(text), key=len), near[1]) for text in texts]
        return texts[scores.index(max(scores))]

    def _read_table(self, charset: Charset, chunk: str) -> str:
        if chunk.isascii() and chunk.isprintable():
            return chunk
        chunk = chunk.translate(WESTERN_OF_LATIN)
        if len(chunk) == 1 and not (chunk.isalpha() and chunk not in "ªºµ"):
            letter = charset.codes.get(chunk, chunk)
            return letter if letter in _LONE else chunk
        best = max(_variants(charset, chunk), key=self.score)  # the first of equals
        if charset.name == "tcvn3" and self.score(best) <= 0.0 and chunk.isupper():
            risen = _in_capitals(charset, chunk)
            best = risen if self.score(risen) > 0.0 else best
        if charset.name == "tcvn3" and self.horns_lost and self.weight is not None:
            best = self._with_horn(best, self.weight)
        only_signs = not any(character.isalpha() for character in chunk)
        if only_signs and self.score(best) <= 0.0:
            return chunk
        return chunk if self.score(chunk) == 0.0 > self.score(best) else best  # ``km²`` is no worse than it would be

    def _with_horn(self, text: str, weight: Weight) -> str:
        """Words that are far commoner with ``ươ`` than with ``ơ`` get the letter back that was lost."""

        def mended(match: re.Match[str]) -> str:
            word = match[0]
            longer = _BARE_HORN.sub(lambda found: ("Ư" if word.isupper() else "ư") + found[0], word, count=1)
            if longer == word or not is_legal(longer):
                return word
            return longer if weight(longer.lower()) > _HORN_COMMONER * (weight(word.lower()) + 1.0) else word

        return _WORDS.sub(mended, text)

    def gain(self, name: str, chunk: str, place: str = viqr.WITHIN) -> float:
        """How much more Vietnamese a chunk looks under a charset."""
        return self.score(self.read(name, chunk, place)) - self.score(chunk)


def _neighbour(ending: str, chunk: str, place: int) -> str:
    """Return the last or first word of a chunk, a comma where one parts it, nothing where a sentence ends."""
    if ending.endswith((",", ";", ":")):
        return ","
    words = _WORDS.findall(chunk)
    return words[place] if words and not ending.endswith((".", "!", "?")) else ""


def _variants(charset: Charset, chunk: str) -> list[str]:
    """Yield readings of a chunk: Western signs kept at its edges, everywhere, nowhere."""
    variants = [substitute(charset, chunk, kept=_KEPT_SIGNS)]
    if any(character in _KEPT_SIGNS and character in charset.codes for character in chunk):
        inner = chunk.strip("".join(_KEPT_SIGNS) + "\"'().,;:!?")
        start = chunk.index(inner) if inner else 0
        middle = substitute(charset, inner)
        variants.append(chunk[:start] + middle + chunk[start + len(inner) :])
        bare = chunk.strip(_EDGES)
        start = chunk.index(bare) if bare else 0
        variants.append(chunk[:start] + substitute(charset, bare) + chunk[start + len(bare) :])
        variants.append(substitute(charset, chunk))
    if charset.name == "tcvn3":
        variants.extend(_tcvn3_variants(charset, chunk))
    return variants


def _tcvn3_variants(charset: Charset, chunk: str) -> list[str]:
    """Return what TCVN3 goes through: its ``ư`` shown as a minus or a hyphen."""
    variants: list[str] = []
    aliased = chunk.translate(_ALIASES)
    if aliased != chunk:
        variants.append(substitute(charset, aliased, kept=_KEPT_SIGNS))
    if "-" in chunk or "\N{HYPHEN}" in chunk or "\N{NON-BREAKING HYPHEN}" in chunk:
        variants.append(substitute(charset, aliased.translate(_HYPHENS), kept=_KEPT_SIGNS))
    return variants


def _in_capitals(charset: Charset, chunk: str) -> str:
    """Read a chunk whose codes were set in capitals as if they were letters (``MÔC LÔC``)."""
    return substitute(charset, chunk.lower(), kept=_KEPT_SIGNS).upper()


@lru_cache(maxsize=16)
def _pattern(name: str) -> re.Pattern[str]:
    codes = sorted(CHARSETS[name].codes, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, codes)))


def substitute(charset: Charset, chunk: str, kept: frozenset[str] = frozenset()) -> str:
    """Every code of a charset replaced by its letter, but for signs that are kept and signs among figures."""
    codes = charset.codes

    def letter(match: re.Match[str]) -> str:
        code = match[0]
        if code in kept:
            return code
        if len(code) == 1 and not code.isalpha():
            around = chunk[max(0, match.start() - 1) : match.start()] + chunk[match.end() : match.end() + 1]
            if not any(character.isalpha() or character in codes for character in around):
                return code
        return codes[code]

    return _pattern(charset.name).sub(letter, chunk)
