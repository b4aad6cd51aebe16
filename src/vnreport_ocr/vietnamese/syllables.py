"""What a legal Vietnamese syllable is: onset + rhyme + tone.

The rhymes are the ones of the written language; which of them stand after which onset is left
to counts. A rhyme that ends in a stop carries only the acute tone or the dot below.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from vnreport_ocr.vietnamese.letters import TONES, has_vietnamese_letter, split_tone, strip_marks

ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
LETTER_WORDS = frozenset("àởýạy")
"""Letters that are common words by themselves."""

_LONGEST_ONSET = 3

_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êng êc
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu iê
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oc oe oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt ơng
    u ua uân uâng uât uây uâ uc uê uêch uên uênh uêu ui um un ung uôc uôi uôm uôn uông uôt uôp uơ uơn
    up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươ ươc ươi ươm ươn ương ươp ươt ươu ưt ưu ưp
    y yêm yên yêng yêt yêu ynh yt ym
"""
RHYMES = frozenset(_RHYMES.split())
_STOPS = ("c", "ch", "p", "t")
_STOP_TONES = (2, 5)
_FRONT = frozenset("eêiy")


_ONSETS = frozenset(ONSETS)


class Syllable(NamedTuple):
    """The three parts of a syllable; the tone is numbered as in ``letters.TONES``, 0 being level."""

    onset: str
    rhyme: str
    tone: int


@lru_cache(maxsize=32768)
def parse(word: str) -> Syllable | None:
    """Return the parts of a word in any case, or None where it is no legal syllable."""
    bare, tone = split_tone(word.lower())
    if not bare:
        return None
    for size in range(_LONGEST_ONSET, -1, -1):  # the longest that fits is the right one
        onset = bare[:size]
        if onset not in _ONSETS or len(onset) < size:
            continue
        rhyme = bare[size:]
        if onset == "gi" and (rhyme == "" or rhyme not in RHYMES):
            rhyme = "i" + rhyme  # gì, gìn: the i is vowel and onset at once
        if rhyme in RHYMES and _fits(onset, rhyme, tone):
            return Syllable(onset, rhyme, tone)
    return None


def _fits(onset: str, rhyme: str, tone: int) -> bool:
    if rhyme.endswith(_STOPS) and tone not in _STOP_TONES:
        return False
    front = rhyme[0] in _FRONT
    if onset in ("ngh", "gh", "k"):
        return front or (onset == "k" and rhyme in ("a", "an", "ă", "ăn", "ăng", "ao"))
    if onset in ("ng", "g", "c"):
        return not front or (onset == "g" and rhyme[0] == "i")
    return True


def is_legal(word: str) -> bool:
    """Whether a word, in any case, is a legal Vietnamese syllable."""
    return parse(word) is not None


@lru_cache(maxsize=32768)
def is_impossible(word: str) -> bool:
    """Return whether small letters that only Vietnamese uses make no syllable (``gọd``), so that nobody meant them."""
    return len(word) > 1 and word.islower() and word.isalpha() and has_vietnamese_letter(word) and not is_legal(word)


_BARE_RHYMES = frozenset(map(strip_marks, RHYMES))
_BARE_ONSETS = frozenset(map(strip_marks, ONSETS))


@lru_cache(maxsize=32768)
def may_be_bare(word: str) -> bool:
    """Whether a word of plain letters is a syllable that has lost its marks, as far as its letters tell."""
    small = word.lower()
    return any(small[:size] in _BARE_ONSETS and small[size:] in _BARE_RHYMES for size in range(min(len(small), 4)))


_LAST_VOWELS = re.compile("[aăâeêioôơuưy]+$")


@lru_cache(maxsize=32768)
def well_placed(word: str) -> bool:
    """Whether the tone stands on a letter that may carry it (``vụa`` but not ``vuạ``)."""
    lowered = word.lower()
    bare, tone = split_tone(lowered)
    if not tone or lowered[-1] == bare[-1] or len(bare) < 2:
        return True
    cluster = _LAST_VOWELS.search(bare)
    if cluster is None:
        return True
    vowels = cluster[0]
    if bare.startswith(("qu", "gi")) and len(vowels) > 1:
        vowels = vowels[1:]
    return len(vowels) == 1 or vowels in ("oa", "oe", "uy", "uê", "uơ", "uâ", "yê", "iê", "ươ", "uô", "oă")


_CODAS = ("ng", "nh", "ch", "c", "m", "n", "p", "t", "i", "y", "o", "u")


def split_rhyme(rhyme: str) -> tuple[str, str]:
    """Split a rhyme into nucleus and coda: ``iêng`` is ``iê`` and ``ng``, ``ai`` is ``a`` and ``i``."""
    for coda in _CODAS:
        if rhyme.endswith(coda) and len(rhyme) > len(coda):
            head = rhyme[: -len(coda)]
            if coda in "iyou" and rhyme in ("ia", "ua", "ưa", "uy", "uơ", "uê"):
                break
            return head, coda
    return rhyme, ""


@lru_cache(maxsize=32768)
def units(word: str) -> tuple[str, str, str] | None:
    """Onset, nucleus with its tone, and coda of a legal syllable, as they are written, in its case."""
    parts = parse(word)
    if parts is None:
        return None
    nucleus, coda = split_rhyme(parts.rhyme)
    cut = len(word) - len(coda)
    start = len(parts.onset)
    if parts.onset == "gi" and start + len(nucleus) > cut:
        start = 1  # gì, gìn: the i is read with the vowel
    return word[:start], word[start:cut], word[cut:]


_TONE_ON_FIRST = frozenset(("oa", "oe", "uy", "ia", "ua", "ưa"))


@lru_cache(maxsize=32768)
def canonical(word: str) -> str:
    """Return the small form in which a word is counted: a legal syllable with its tone in the old place (``hòa``)."""
    small = word.lower()
    parts = parse(small)
    if parts is None or not parts.tone:
        return small
    bare, _ = split_tone(small)
    nucleus, coda = split_rhyme(parts.rhyme)
    start = len(bare) - len(coda) - len(nucleus)
    if parts.onset == "gi" and start < 1:
        start = 1
        nucleus = bare[1 : len(bare) - len(coda)]
    place = start + _tone_place(nucleus, coda)
    marked = unicodedata.normalize("NFC", bare[place] + TONES[parts.tone - 1])
    return bare[:place] + marked + bare[place + 1 :]


def _tone_place(nucleus: str, coda: str) -> int:
    for place, letter in enumerate(nucleus):
        if letter in "ăâêôơ" or (letter == "ư" and "ơ" not in nucleus):
            return place
    if len(nucleus) == 1:
        return 0
    if nucleus == "uya":
        return 1
    if not coda and nucleus in _TONE_ON_FIRST:
        return 0
    return 1
