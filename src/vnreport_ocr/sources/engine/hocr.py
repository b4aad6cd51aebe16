"""Lines of words out of hOCR, with the words that the engine thought of besides."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from vnreport_ocr.errors import EngineError
from vnreport_ocr.sources.engine.protocol import ReadLine, ReadWord
from vnreport_ocr.sources.engine.tuning import TUNING
from vnreport_ocr.sources.picture.value import PixelBox

_SPACE: Final = "{http://www.w3.org/1999/xhtml}"
_LINE_KINDS: Final = frozenset({"ocr_line", "ocr_caption", "ocr_textfloat", "ocr_header"})
_DOUBTFUL: Final = TUNING.hocr.doubtful
_LEAST: Final = TUNING.hocr.least
_MOST_WORDS: Final = TUNING.hocr.most_words

_BOX = re.compile(r"bbox (-?\d{1,7}) (-?\d{1,7}) (-?\d{1,7}) (-?\d{1,7})(?!\d)")
_WORD_SURE = re.compile(r"x_wconf (\d+)")
_LETTER_SURE = re.compile(r"x_confs ([\d.]+)")

Choices = list[list[tuple[str, float]]]


def parse_hocr(text: str) -> tuple[ReadLine, ...]:
    """Lines of words; raises ``EngineError`` where the text is no hOCR."""
    try:
        return tuple(_lines(ElementTree.fromstring(text)))
    except (ElementTree.ParseError, ValueError, RecursionError) as error:
        raise EngineError("The engine's output cannot be understood.") from error


def _lines(page: ElementTree.Element) -> Iterator[ReadLine]:
    areas = page.iter(f"{_SPACE}div")
    for block, area in enumerate(area for area in areas if area.get("class") == "ocr_carea"):
        for paragraph, part in enumerate(area.iter(f"{_SPACE}p")):
            for line in part:
                if line.get("class") not in _LINE_KINDS:
                    continue
                words = tuple(word for element in line if (word := _word(element)).text)
                if words:
                    yield ReadLine(words, block, paragraph)


def _word(element: ElementTree.Element) -> ReadWord:
    title = element.get("title", "")
    box = _BOX.search(title)
    sure = _WORD_SURE.search(title)
    edges = [int(value) for value in box.groups()] if box else [0, 0, 0, 0]
    confidence = min(int(sure[1]), 100) / 100 if sure else 0.0
    text = _own_text(element)
    alternatives = () if confidence > _DOUBTFUL else combine(text, _choices(element))
    return ReadWord(text, PixelBox(*edges), confidence, alternatives)


def _own_text(element: ElementTree.Element) -> str:
    """Return the word itself, which bold or slanted type may wrap once more; its letters' choices left out."""
    parts = [element.text or ""]
    parts.extend(_own_text(child) for child in element if child.get("class") != "ocrx_cinfo")
    return "".join(parts).strip()


def _choices(element: ElementTree.Element) -> Choices:
    """For each letter what the engine thought of, best first."""
    found: Choices = []
    for letter in element.iter(f"{_SPACE}span"):
        if not letter.get("id", "").startswith("lstm_choices"):
            continue
        options = []
        for choice in letter:
            sure = _LETTER_SURE.search(choice.get("title", ""))
            options.append((choice.text or "", float(sure[1]) / 100 if sure else 0.0))
        if options and options[0][0].strip():
            found.append(options)
    return found


def combine(text: str, choices: Choices) -> tuple[tuple[str, float], ...]:
    """Words made of other letters than ``text``, best first, each with the product of its letters' weights.

    A weight is the letter's confidence by that of the best letter in its place, so that ``text`` itself would
    weigh one.
    """
    words: dict[str, float] = {"": 1.0}
    for options in choices:
        if len(options) == 1 and options[0][1] > 0:
            letter = options[0][0].strip()
            words = {stem + letter: weight for stem, weight in words.items()}
            continue
        best = max(weight for _, weight in options) or 1.0
        longer: dict[str, float] = {}
        for stem, weight in words.items():
            for letter, confidence in options:
                share = confidence / best
                if share >= _LEAST:
                    whole = stem + letter.strip()
                    longer[whole] = max(longer.get(whole, 0.0), weight * min(1.0, share))
        ranked = sorted(longer.items(), key=lambda item: (-item[1], item[0]))
        words = dict(ranked[: _MOST_WORDS * 2])
    words.pop(text, None)
    ranked = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    return tuple((word, round(weight, 3)) for word, weight in ranked[:_MOST_WORDS] if word)
