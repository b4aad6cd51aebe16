"""Whether a page's text layer can be trusted, with the reasons; it knows what Vietnamese looks like."""

from collections.abc import Callable, Sequence
from typing import Final, Literal, NamedTuple

from vnreport_ocr.errors import DictionaryError
from vnreport_ocr.model import Line, Table
from vnreport_ocr.reading.tuning import TUNING
from vnreport_ocr.sources.fontcharsets import charset_note
from vnreport_ocr.sources.ocr.alarm import missed_letters
from vnreport_ocr.sources.pdf.files import PdfPage, PlacedPicture
from vnreport_ocr.sources.pdf.layer import TextLayer
from vnreport_ocr.sources.picture.value import Picture, PixelBox
from vnreport_ocr.vietnamese.letters import WORD, has_vietnamese_letter
from vnreport_ocr.vietnamese.syllables import is_legal

Fit = Callable[[Sequence[str]], float | None]
Choice = Literal["layer", "compare", "picture"]

_FEW_WORDS: Final = TUNING.choose.few_words
_PURE: Final = TUNING.choose.pure
_PURE_HIDDEN: Final = TUNING.choose.pure_hidden
_PURE_LEARNED: Final = TUNING.choose.pure_learned
_LEGAL: Final = TUNING.choose.legal
_LEGAL_HIDDEN: Final = TUNING.choose.legal_hidden
_FIT: Final = TUNING.choose.fit
_FIT_HIDDEN: Final = TUNING.choose.fit_hidden
_SENSELESS: Final = TUNING.choose.senseless
_UNMAPPED: Final = TUNING.choose.unmapped
_PICTURE_SHARE: Final = TUNING.choose.picture_share
_MISSED: Final = TUNING.choose.missed
_USUAL_PURE: Final = TUNING.choose.usual_pure
_BETTER: Final = TUNING.choose.better
_MORE_WORDS: Final = TUNING.choose.more_words
_SKETCH_DPI: Final = TUNING.choose.sketch_dpi
_MOST_POINTS: Final = TUNING.choose.most_points


class LayerVerdict(NamedTuple):
    """What to do with a page, how good its layer is (0 to 1), and why."""

    choice: Choice
    quality: float
    reasons: tuple[str, ...]
    partial: bool = False
    """Whether the layer is good as far as it goes, but much of the page is a picture."""

    @property
    def use_layer(self) -> bool:
        """Whether the layer is taken without looking at the page's picture."""
        return self.choice == "layer"


class WordScore(NamedTuple):
    """What the words of a text look like."""

    words: int
    pure: float
    legal: float
    fit: float | None = None

    @property
    def quality(self) -> float:
        """From 0 (no Vietnamese at all) to 1 (as in good print)."""
        sense = 1.0 if self.fit is None or self.fit >= _FIT else _SENSELESS
        return round(min(1.0, self.pure / _USUAL_PURE) * self.legal * sense, 3)


def score_words(text: str, fit: Fit = lambda _: None) -> WordScore:
    """Shares of words with a letter only Vietnamese has, and of legal syllables; how they fit one another."""
    words = [word for word in WORD.findall(text) if len(word) > 1]
    if not words:
        return WordScore(0, 0.0, 0.0)
    pure = sum(map(has_vietnamese_letter, words)) / len(words)
    legal = sum(map(is_legal, words)) / len(words)
    # Whether words that are no Vietnamese fit one another says nothing.
    return WordScore(len(words), pure, legal, fit(words) if pure >= _PURE else None)


def text_of(lines: Sequence[Line], tables: Sequence[Table]) -> str:
    """All that was read on a page."""
    cells = (line.raw for table in tables for cell in table.cells for line in cell.lines)
    return "\n".join([*(line.raw for line in lines), *cells])


def words_fit(dictionaries: str | None) -> Fit:
    """Return a judge of how words fit one another, which opens the dictionaries when first asked; None without them."""

    def ask(words: Sequence[str]) -> float | None:
        # Not at the top: a page image has no layer to be judged.
        from vnreport_ocr.language.fit import fit
        from vnreport_ocr.language.knowledge import open_language

        try:
            return fit(open_language(dictionaries).ngrams, words)
        except DictionaryError:
            # Repair will tell it, where there is any; a page can be read without.
            return None

    return ask


def judge_layer(layer: TextLayer, page: PdfPage, fit: Fit = lambda _: None) -> LayerVerdict:
    """Judge a layer by its words and by how much of the page it accounts for."""
    if not layer.letters:
        mark = "a watermark is the page's only text" if layer.slanted else "the page has no text layer"
        return LayerVerdict("picture", 0.0, (mark,))
    if layer.unmapped > _UNMAPPED * layer.letters:
        return LayerVerdict("picture", 0.0, ("the text layer holds codes of glyphs instead of letters",))
    score = score_words(layer.text, fit)
    pictures = page.pictures()
    missed = _missed(layer, page, pictures) if _matters(pictures, page) or score.words < _FEW_WORDS else 0.0
    if missed > _MISSED:
        reason = f"the text layer leaves out {missed:.0%} of the letters on the page"
        good = not _is_hidden(layer) and score.pure >= _PURE and score.legal >= _LEGAL
        return LayerVerdict("picture", min(score.quality, 1 - missed), (reason,), partial=good)
    said = (
        f"text layer: {score.words} words, {score.pure:.0%} with a letter only Vietnamese has, {score.legal:.0%} legal"
    )
    if score.fit is not None and score.fit < (_FIT_HIDDEN if _is_hidden(layer) else _FIT):
        said += ", which make no sense together"
    if score.words < _FEW_WORDS or _is_good(score, layer):
        return LayerVerdict(
            "layer", score.quality if score.words >= _FEW_WORDS else 1.0, (said, *_charset_notes(layer))
        )
    if _is_hidden(layer) or _covering(pictures, page):
        return LayerVerdict("picture", score.quality, (f"{said}: a poor reading over a picture",))
    return LayerVerdict("compare", score.quality, (said, *_charset_notes(layer)))


def _is_hidden(layer: TextLayer) -> bool:
    return layer.hidden > layer.letters / 2


def _is_good(score: WordScore, layer: TextLayer) -> bool:
    pure, legal, fit = (_PURE_HIDDEN, _LEGAL_HIDDEN, _FIT_HIDDEN) if _is_hidden(layer) else (_PURE, _LEGAL, _FIT)
    if layer.learned > layer.letters / 2 and score.pure >= _PURE_LEARNED:
        # What its numbers stand for made the words of the whole file legal: pages of program text or names, too.
        return True
    return score.pure >= pure and score.legal >= legal and (score.fit is None or score.fit >= fit)


def _charset_notes(layer: TextLayer) -> tuple[str, ...]:
    return tuple(charset_note(font, charset) for font, charset in sorted(layer.charsets.items()))


def _share(picture: PlacedPicture, page: PdfPage) -> float:
    box = picture.box
    wide = min(box.right, page.size[0]) - max(box.left, 0.0)
    high = min(box.bottom, page.size[1]) - max(box.top, 0.0)
    return max(0.0, wide) * max(0.0, high) / max(1.0, page.size[0] * page.size[1])


def _matters(pictures: Sequence[PlacedPicture], page: PdfPage) -> bool:
    """Whether pictures take up so much of the page that they may hold text."""
    return sum(_share(picture, page) for picture in pictures) > _PICTURE_SHARE


def _covering(pictures: Sequence[PlacedPicture], page: PdfPage) -> bool:
    """Whether one picture is the page."""
    return any(_share(picture, page) > 0.5 for picture in pictures)


def _missed(layer: TextLayer, page: PdfPage, pictures: Sequence[PlacedPicture]) -> float:
    """Share of the letters seen on the page that the layer does not account for."""
    if max(page.size) > _MOST_POINTS or not (pictures or page.drawn_lines(1)):
        return 0.0
    scale = _SKETCH_DPI / 72
    lines = [*layer.lines, *(line for table in layer.tables for cell in table.cells for line in cell.lines)]
    boxes = [PixelBox(*(e * scale for e in token.box)) for line in lines for token in line.tokens if token.box]
    return missed_letters(Picture(page.sketch(_SKETCH_DPI), _SKETCH_DPI), boxes)


def is_better(reading: WordScore, layer: WordScore) -> bool:
    """Whether a reading of the picture beats the layer: better words, or many more of them that are no worse."""
    if reading.quality > layer.quality + _BETTER:
        return True
    return reading.words > _MORE_WORDS * layer.words and reading.quality > layer.quality - _BETTER
