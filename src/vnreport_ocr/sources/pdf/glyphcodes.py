"""Fonts that tell glyph numbers instead of letters: what the numbers stand for, learned from the whole file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from math import log
from typing import Final

from vnreport_ocr.errors import DictionaryError, VnocrError
from vnreport_ocr.sources.pdf.files import PdfFile, PdfPage
from vnreport_ocr.sources.pdf.glyphs import Drawn, Glyph, read_glyphs
from vnreport_ocr.sources.pdf.tuning import TUNING
from vnreport_ocr.vietnamese.glyph_codes import GlyphCodes, solve

_MOST_PAGES: Final = TUNING.glyphcodes.most_pages
_MOST_FONTS: Final = TUNING.glyphcodes.most_fonts
_ENOUGH_WORDS: Final = TUNING.glyphcodes.enough_words
_SPACE: Final = 3
_GAP: Final = TUNING.glyphcodes.gap
_MADE_UP: Final = " \r\n"
"""Spaces and line ends that the reader of the PDF puts in have no width; glyphs of the same numbers have."""
_WIDE: Final = TUNING.glyphcodes.wide

Words = dict[str, dict[str, int]]


def with_codes(drawn: Drawn, page: PdfPage) -> Drawn:
    """Return the letters with the glyph numbers among them decoded as far as that is certain."""
    if page.file is None or not any(glyph.unmapped for glyph in drawn.glyphs):
        return drawn
    codes = codes_of(page.file)
    if not codes:
        return drawn
    return drawn._replace(glyphs=[_decoded(glyph, codes) for glyph in drawn.glyphs])


def _decoded(glyph: Glyph, codes: Mapping[str, GlyphCodes]) -> Glyph:
    known = codes.get(glyph.font.name) if glyph.unmapped else None
    if known is None:
        return glyph
    if _is_made_up(glyph):
        return glyph._replace(text=" ", unmapped=False)
    letter = known.letter(ord(glyph.text)) if len(glyph.text) == 1 else None
    return glyph if letter is None else glyph._replace(text=letter, unmapped=False)


def _is_made_up(glyph: Glyph) -> bool:
    return glyph.text in _MADE_UP and glyph.right - glyph.left < _WIDE * glyph.size


def codes_of(file: PdfFile) -> Mapping[str, GlyphCodes]:
    """Return what is known of the fonts of a file; learned once, from pages spread over all of it."""
    if file.glyph_codes is None:
        file.glyph_codes = {}  # while the pages are read, nothing is known
        words: Words = {}
        step = max(1, len(file) // _MOST_PAGES)
        for number in range(1, len(file) + 1, step):
            try:
                with file.page(number) as page:
                    _collect(read_glyphs(page).glyphs, words)
            except VnocrError:
                continue  # told when that page itself is read
        found = ((font, _solved(tuple(said.items()))) for font, said in list(words.items())[:_MOST_FONTS])
        file.glyph_codes = {font: codes for font, codes in found if codes is not None}
    return file.glyph_codes


@lru_cache(maxsize=_MOST_FONTS)
def _solved(said: tuple[tuple[str, int], ...]) -> GlyphCodes | None:
    """Solve the words of a font; of a file that is read and then copied they are the same twice."""
    return solve(dict(said), _commonness())


def _commonness() -> Callable[[str], float]:
    """Return what tells how common a word is; without dictionaries all are."""
    # Not at the top: hardly any file tells glyph numbers.
    from vnreport_ocr.language.knowledge import open_language

    try:
        lexicon = open_language(None).lexicon
    except DictionaryError:
        return lambda _: 0.0
    most = log(2 + float(lexicon.counts.max()))

    def weigh(word: str) -> float:
        number = lexicon.number(word.lower())
        return 0.0 if number is None else log(1 + float(lexicon.counts[number])) / most

    return weigh


def _collect(glyphs: Iterable[Glyph], words: Words) -> None:
    """Count the words of glyph numbers of each font."""
    for font, word in _words(glyphs):
        said = words.setdefault(font, {})
        if word in said or len(said) < _ENOUGH_WORDS:
            said[word] = said.get(word, 0) + 1


def _words(glyphs: Iterable[Glyph]) -> Iterator[tuple[str, str]]:
    word, last = "", None
    for glyph in glyphs:
        if not glyph.unmapped or len(glyph.text) != 1 or ord(glyph.text) in (0, _SPACE) or _is_made_up(glyph):
            if word and last is not None:
                yield last.font.name, word
            word, last = "", None
            continue
        if last is not None and not _follows(last, glyph):
            yield last.font.name, word
            word = ""
        word += glyph.text
        last = glyph
    if word and last is not None:
        yield last.font.name, word


def _follows(one: Glyph, other: Glyph) -> bool:
    if one.font.name != other.font.name or abs(one.base - other.base) > 1:
        return False
    return -one.size < other.start - one.right < _GAP * one.size
