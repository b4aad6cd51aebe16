"""Whether a page's text layer can be trusted, with the reasons; it knows what Vietnamese looks like."""

from typing import Final, NamedTuple

from vnreport_ocr.sources.pdffile import PdfPage
from vnreport_ocr.sources.textlayer import TextLayer
from vnreport_ocr.vietnamese.letters import WORD, has_vietnamese_letter
from vnreport_ocr.vietnamese.syllables import is_legal

_FEW_WORDS: Final = 8


class Verdict(NamedTuple):
    """Which source to take, how good the layer is (0 to 1), and why."""

    use_layer: bool
    quality: float
    reasons: tuple[str, ...]


class LayerScore(NamedTuple):
    """What a layer's words look like."""

    words: int
    purely_vietnamese: float
    legal: float
    quality: float


def score_words(text: str) -> LayerScore:
    """Shares of words with a letter only Vietnamese has, and of legal syllables."""
    words = [word for word in WORD.findall(text) if len(word) > 1]
    if not words:
        return LayerScore(0, 0.0, 0.0, 0.0)
    pure = sum(map(has_vietnamese_letter, words)) / len(words)
    legal = sum(map(is_legal, words)) / len(words)
    return LayerScore(len(words), pure, legal, min(1.0, pure / 0.35) * legal)


def judge_layer(layer: TextLayer, page: PdfPage) -> Verdict:
    """Judge the layer of a page by its words and by how much of the page it accounts for."""
    score = score_words(layer.text)
    if not layer.lines:
        return Verdict(False, 0.0, ("the page has no text layer",))
    if layer.unmapped > 0.2 * layer.letters:
        return Verdict(False, 0.0, ("the text layer holds codes instead of letters",))
    return Verdict(score.purely_vietnamese > 0.2, round(score.quality, 3), ())
