"""Fonts of the time before Unicode: which charset each font speaks, decided by what it says and never by its name."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from vnreport_ocr.sources.tuning import TUNING
from vnreport_ocr.vietnamese.charset_tables import CHARSETS
from vnreport_ocr.vietnamese.charsets import decode_run, font_hint
from vnreport_ocr.vietnamese.letters import WORD, has_vietnamese_letter
from vnreport_ocr.vietnamese.syllables import is_legal

_UNICODE: Final = "unicode"
_FEW: Final = TUNING.fontcharsets.few
_SAMPLE: Final = 6000
_SENSE: Final = TUNING.fontcharsets.sense
_BEYOND: Final = "\N{LATIN CAPITAL LETTER A WITH DOT BELOW}"
"""The first of the letters that only Unicode has."""
_BETTER: Final = TUNING.fontcharsets.better
_MIXED: Final = TUNING.fontcharsets.mixed
_FEWEST_MARKED: Final = TUNING.fontcharsets.fewest_marked

_NOTE: Final = re.compile(r"font (.+) is in (\S+)", re.DOTALL)

Decode = Callable[[str], str]


def charset_note(font: str, charset: str) -> str:
    """Say which charset a font was found to be in, for the notes of a page."""
    return f"font {font} is in {charset}"


def noted_charsets(notes: Iterable[str]) -> dict[str, str]:
    """Return the charsets of the fonts that the notes of a page tell of."""
    found = filter(None, map(_NOTE.fullmatch, notes))
    return {said[1]: said[2] for said in found}


def font_decoders(said: Mapping[str, Sequence[str]]) -> tuple[dict[str, Decode], dict[str, str]]:
    """Return a function to Unicode for each font that needs one, and the charset it was found to be in.

    ``said`` are the words of each font, on a page or in a document.
    """
    found: dict[str, Decode] = {}
    charsets: dict[str, str] = {}
    for font, words in said.items():
        sample = " ".join(words)[:_SAMPLE]
        if not needs_look(font, sample):
            if _is_mixed(sample):
                found[font] = _as_it_is
            continue
        charset = decode_run(sample, font).charset
        if charset != _UNICODE:
            charsets[font] = charset
            found[font] = _decoder(font, charset)
        elif _is_mixed(sample):
            found[font] = _as_it_is
    return found, charsets


def settled_fonts(said: Mapping[str, Sequence[str]], by_font: dict[str, Decode]) -> dict[str, Decode]:
    """Return the decoders for one line: a font that was renamed, or pasted into, holds runs of several charsets.

    What a font says on the whole is believed where it makes sense in the line; else what makes far more sense.
    """
    others: dict[str, Decode] = {}
    for font, words in said.items():
        if sum(c >= _BEYOND for word in words for c in word) > 1 and (_sense(_as_it_is, words) or 0.0) >= _SENSE:
            # No old charset has these letters, though it would make legal words of others beside them (xã, xó).
            others[font] = _as_it_is
            continue
        sense = _sense(by_font[font], words)
        if sense is None or sense >= _SENSE:
            continue
        options = [_as_it_is, *(_named(charset) for charset in CHARSETS)]
        scores = [_sense(option, words) or 0.0 for option in options]
        best = max(range(len(options)), key=lambda number: (scores[number], -number))
        if scores[best] > sense + _BETTER:
            others[font] = options[best]
    return {**by_font, **others} if others else by_font


def make_sense(font: str, charset: str, words: Sequence[str]) -> Decode | None:
    """Return the function from a charset to Unicode where it makes legal syllables of all these words with marks."""
    decode = _decoder(font, charset)
    return decode if _sense(decode, words) == 1.0 else None


def _as_it_is(text: str) -> str:
    return text


@lru_cache(maxsize=32)
def _named(charset: str) -> Decode:
    return _decoder(charset, charset)


def _sense(decode: Decode, words: Sequence[str]) -> float | None:
    """Which share of the words with marks are legal syllables once decoded; None where there are no such words."""
    text = " ".join(map(decode, words))
    marked = [word for word in WORD.findall(text) if not word.isascii()]
    return sum(map(is_legal, marked)) / len(marked) if marked else None


def _is_mixed(sample: str) -> bool:
    """Whether a font that speaks Unicode on the whole holds words that are none in it."""
    marked = [word for word in WORD.findall(sample) if not word.isascii()]
    return len(marked) >= _FEWEST_MARKED and sum(map(is_legal, marked)) < (1 - _MIXED) * len(marked)


def needs_look(font: str, text: str) -> bool:
    """Whether a font's name or its words give reason to doubt that it speaks Unicode."""
    if font_hint(font).charset is not None:
        return True
    marked = [word for word in text.split() if not word.isascii()]
    return bool(marked) and sum(map(has_vietnamese_letter, marked)) < _FEW * len(marked)


def _decoder(font: str, charset: str) -> Decode:
    hint = font if font_hint(font).charset == charset else charset
    known: dict[str, str] = {}

    def decode(text: str) -> str:
        if text not in known:
            known[text] = _with_lost_letter(text, hint) if charset == "tcvn3" and "-" in text else _plain(text, hint)
        return known[text]

    return decode


def _plain(text: str, hint: str) -> str:
    return decode_run(text, hint).text


def _with_lost_letter(text: str, hint: str) -> str:
    """In TCVN3 the letter ư has the code that PDF readers show as a hyphen: read as such where a syllable results."""
    if not any(c.isalpha() for c in text):
        return text
    restored = decode_run(text.replace("-", "\N{SOFT HYPHEN}"), hint).text
    words = WORD.findall(restored)
    return restored if words and all(map(is_legal, words)) and "-" not in restored else _plain(text, hint)
