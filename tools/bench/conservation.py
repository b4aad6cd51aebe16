"""Words in and words out: what a file or the engine says of a page, and what of it reaches no text and no record."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tools.bench.checks import Check
from tools.bench.tables import markdown_table
from vnreport_ocr.document import Document
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.model import Box, Page
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline, tesseract
from vnreport_ocr.raised import SUPERSCRIPTS
from vnreport_ocr.sources.engine.protocol import Engine, ReadLine, Request
from vnreport_ocr.sources.pdf.files import PdfFile
from vnreport_ocr.sources.pdf.layer import clean, read_layer
from vnreport_ocr.sources.picture.value import Picture, Turn

_WHOLE_PAGE = ("page", "column", "sparse")
_RAISED = {raised: plain for plain, raised in SUPERSCRIPTS.items()}
_HYPHEN = str.maketrans({"\2": "-", "\ufffe": "-"})


class WordsKept(NamedTuple):
    """What became of the words of a file: letters of layers, words of readings."""

    name: str
    pages: int
    letters: int = 0
    letters_lost: int = 0
    words: int = 0
    words_lost: int = 0
    left_out: int = 0
    disagreeing: int = 0


class Listening:
    """An engine that remembers what it read of whole pages."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.readings: list[list[tuple[str, Box]]] = []

    @property
    def name(self) -> str:
        """What notes and records call it."""
        return self._engine.name

    @property
    def one_look(self) -> bool:
        """Whether it is asked only once."""
        return self._engine.one_look

    def read(self, picture: Picture, request: Request) -> tuple[ReadLine, ...]:
        """Read the picture, and remember the words where they stand in points."""
        lines = self._engine.read(picture, request)
        if request.layout in _WHOLE_PAGE and not request.letters:
            scale = 72 / picture.dpi
            words = [(w.text, Box(*(edge * scale for edge in w.box))) for line in lines for w in line.words]
            self.readings.append(words)
        return lines

    def orientation(self, picture: Picture, timeout: float) -> Turn | None:
        """Ask the engine."""
        return self._engine.orientation(picture, timeout)


def measure(files: Iterable[Path]) -> Iterator[WordsKept]:
    """Read every file without repair, and count what was lost of each page."""
    engine = Listening(tesseract(Options()))
    cleaner = Pipeline(Options(repair=False), engine=lambda _: engine)
    for path in files:
        try:
            pages = list(_with_readings(cleaner, engine, path))
        except VnocrError:
            continue
        parts = [_layer(path, page) if page.source == "layer" else _scan(page, heard) for page, heard in pages]
        totals = [sum(column) for column in zip(*(part[2:] for part in parts), strict=True)]
        yield WordsKept(path.stem, len(parts), *totals)


def _with_readings(
    cleaner: Pipeline, engine: Listening, path: Path
) -> Iterator[tuple[Page, list[list[tuple[str, Box]]]]]:
    for page in cleaner.iter_pages(path):
        yield page, engine.readings
        engine.readings = []


def _layer(path: Path, page: Page) -> WordsKept:
    """Return the letters that pdfium finds against those of the layer, before old charsets are decoded."""
    with PdfFile(path) as file, file.page(page.number) as held:
        text = held.page.get_textpage().get_text_range()
        layer = read_layer(held, decode=False)
    said = _letters(clean(text.translate(_HYPHEN), raised=False))
    out = _letters(layer.text + "".join(part.text for part in layer.left_out))
    # Glyph numbers stand for other letters, and for blanks: they are no letters that could be looked for.
    lost = 0 if layer.learned else max(0, (said - out).total() - _signs(out - said))
    return WordsKept("", 1, said.total(), lost, 0, 0, _aside(page), _disagreement(page))


def _signs(gained: Counter[str]) -> int:
    """Count the signs that stand for letters: fonts of signs have a ``D`` for an arrow."""
    return sum(n for sign, n in gained.items() if not sign.isalnum() or "GREEK" in unicodedata.name(sign, ""))


def _scan(page: Page, readings: Sequence[Sequence[tuple[str, Box]]]) -> WordsKept:
    """Compare the words of the reading that was taken with those that stand on the page where they stood."""
    boxes = [token.box for line in page.all_lines() for token in line.tokens if token.box is not None]
    boxes += [part.box for part in page.left_out if part.box is not None]
    lost = [[text for text, box in reading if not any(_over(box, other) for other in boxes)] for reading in readings]
    best = min(range(len(lost)), key=lambda i: len(lost[i]), default=None)
    words, missing = (0, 0) if best is None else (len(readings[best]), len(lost[best]))
    return WordsKept("", 1, 0, 0, words, missing, _aside(page), _disagreement(page))


def _over(one: Box, other: Box) -> bool:
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0 and high > 0


def _aside(page: Page) -> int:
    return sum(len(part.text.split()) for part in page.left_out)


def _disagreement(page: Page) -> int:
    """Letters by which the text, and that of the JSON, differ from the lines and cells."""
    document = Document((page,))
    held = _letters("".join(line.text for line in page.all_lines()))
    written = _letters(document.to_dict()["pages"][0]["text"])
    return sum(((held - said) + (said - held)).total() for said in (_letters(document.text), written))


def _letters(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFC", text.translate(_RAISED))
    return Counter(c for c in plain if not c.isspace())


def conservation_table(measured: Sequence[WordsKept]) -> str:
    """Return one row per file."""
    head = [
        "file",
        "pages",
        "letters in layers",
        "lost",
        "words read",
        "lost",
        "left out, reported",
        "outputs differ in",
    ]
    rows = [[kept.name, *(f"{value:,}" for value in kept[1:])] for kept in measured]
    rows.append(["all", *(f"{sum(column):,}" for column in zip(*(kept[1:] for kept in measured), strict=True))])
    return markdown_table(head, rows)


def checks(measured: Sequence[WordsKept]) -> tuple[Check, ...]:
    """Nothing may be lost unseen."""
    lost = sum(kept.letters_lost + kept.words_lost + kept.disagreeing for kept in measured)
    return (Check("letters and words lost unseen", lost, 0),)
