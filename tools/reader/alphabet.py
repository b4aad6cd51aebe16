"""The signs that the reader knows, group by group with the reason for each, in the order of its columns."""

import unicodedata
from itertools import product
from typing import Final, NamedTuple

from vnreport_ocr.sources.engine.ctc import Alphabet


class Group(NamedTuple):
    """Signs that are there for one reason."""

    name: str
    signs: str
    reason: str


_VOWELS: Final = "aăâeêioôơuưy"
_TONES: Final = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING HOOK ABOVE}",
                 "\N{COMBINING TILDE}", "\N{COMBINING DOT BELOW}")  # fmt: skip
_MARKED: Final = "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel, tone in product(_VOWELS, _TONES)
    if tone or vowel not in "aeiouy"
)

GROUPS: Final = (
    Group("space", " ", "words are told apart by it; a reader of lines has nothing else for that"),
    Group("figures", "0123456789", "what is quoted"),
    Group("plain letters", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
          "f, j, w, z too: symbols, units, foreign names; Roman numerals are letters, as print sets them (no U+2160)"),
    Group("marked letters", _MARKED + _MARKED.upper() + "đĐ", "one sign each, as NFC has them: a letter is read whole"),
    Group("ends and pauses", ".,;:!?…", "the three stops of … are one sign as well, since fonts set them so"),
    Group("brackets", "()[]{}<>", "items, citations, placeholders of forms, comparisons"),
    Group("quotes", "\"'“”‘’«»", "straight ones of typewriters and figures (5'), curved ones of print; which is which "
          "matters to who quotes"),
    Group("dashes", "-–—_", "a hyphen joins (QĐ-UBND), a dash parts (2015–2020) or marks an item; the line of a form"),
    Group("strokes", "/\\|", "dates and document numbers have the first; the others stand in paths and broken rulings"),
    Group("sums", "+=×÷±≥≤≠≈√−", "targets and limits (≥ 95 %, ± 0,5); − is no hyphen: it changes a figure"),
    Group("shares and degrees", "%‰°", "figures change by a factor of ten, or of everything, without them"),
    Group("raised signs", "¹²³⁴⁵⁶⁷⁸⁹⁰", "m², m³ and marks of footnotes: read as plain figures they change a figure"),
    Group("lowered signs", "₀₁₂₃₄₅", "CO₂, PM₂₅, H₂SO₄"),
    Group("money", "₫$€£¥", "what a sum is of"),
    Group("numbering", "№§#&@*†•·▪►→☐☑", "№ and § of older and legal print, marks of items and footnotes, addresses, "
          "boxes of forms"),
    Group("units", "µΩα", "µg, Ω, and the one Greek letter that reports of health and science do not do without"),
    Group("legal marks", "©®™", "names of goods"),
    Group("letters of other languages", "éèêëçñüöäïßøåÉÈÇÜÖÄ",
          "names of people, firms and places; those that Vietnamese has as well are taken once"),
)  # fmt: skip
"""What the reader knows; a sign that is here for no reason of this list is not here."""


def alphabet() -> Alphabet:
    """Return the signs in the order of the reader's columns."""
    return Alphabet(tuple(dict.fromkeys(sign for group in GROUPS for sign in group.signs)))


KNOWN: Final = frozenset(alphabet().letters)
_SAME: Final = str.maketrans({
    "\N{NO-BREAK SPACE}": " ", "\N{THIN SPACE}": " ", "\t": " ",
    "\N{NON-BREAKING HYPHEN}": "-", "\N{HYPHEN}": "-", "\N{SOFT HYPHEN}": None, "\N{HORIZONTAL BAR}": "—",
    "\N{MODIFIER LETTER PRIME}": "'", "\N{PRIME}": "'", "\N{MODIFIER LETTER APOSTROPHE}": "’", "„": "“", "‟": "“",
    "\N{GREEK SMALL LETTER MU}": "µ", "\N{OHM SIGN}": "Ω", "\N{MASCULINE ORDINAL INDICATOR}": "°",
    "\N{RING ABOVE}": "°",
    "\N{LATIN CAPITAL LETTER ETH}": "Đ", "\N{LATIN SMALL LETTER ETH}": "đ", "\N{ZERO WIDTH SPACE}": None,
    "\N{BYTE ORDER MARK}": None, "\N{BULLET OPERATOR}": "·", "\N{MIDDLE DOT}": "·", "\N{BLACK SMALL SQUARE}": "▪",
})  # fmt: skip
"""Signs that print does not tell apart, as the one that stands for them."""


def readable(text: str) -> str | None:
    """Return a text as the reader is to read it (NFC, one blank at a time); None if it has a sign that is not known."""
    plain = " ".join(unicodedata.normalize("NFC", text).translate(_SAME).split())
    return plain if plain and KNOWN.issuperset(plain) else None
