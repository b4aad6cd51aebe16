"""What a file is like and what would be done with it, without reading any picture."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Cleaner, page_numbers
from vnreport_ocr.reading.choose import Verdict, judge_layer, score_words, words_fit
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.pdf.files import PdfFile, PdfPage
from vnreport_ocr.sources.pdf.layer import TextLayer, read_layer
from vnreport_ocr.sources.picture.files import load_frame


class TextLook(NamedTuple):
    """A page of a text: what is wrong with it and what repair would do."""

    number: int
    damage: str
    quality: float
    words: int
    corrections: int
    doubts: int


class PageLook(NamedTuple):
    """A page of a PDF or a page image: what it holds and what would be done with it."""

    number: int
    width: float
    height: float
    turned: int
    dpi: float
    fonts: tuple[str, ...]
    charset: str
    words: int
    legal: float
    quality: float
    plan: str
    reasons: tuple[str, ...]


def look_at_text(path: Path, options: Options) -> Iterator[TextLook]:
    """Every chosen page of a text, as ``clean`` divides it."""
    for page in Cleaner(options).iter_pages(path):
        yield TextLook(
            page.number,
            str(page.damage),
            page.quality,
            sum(len(line.raw.split()) for line in page.lines),
            sum(len(line.corrections) for line in page.lines),
            sum(len(line.doubts) for line in page.lines),
        )


def look_at_pages(path: Path, options: Options) -> Iterator[PageLook]:
    """Every chosen page of a PDF, a picture or a folder of pictures."""
    numbers = page_numbers(path, options)
    if kind_of(path) != "pdf":
        for number in numbers:
            picture = load_frame(path, number)
            scale = 72 / picture.dpi
            yield PageLook(number, picture.width * scale, picture.height * scale, 0, picture.dpi, (), "", 0, 0.0, 0.0,
                           _PLANS["picture"], ("it is a picture",))  # fmt: skip
        return
    with PdfFile(path, options.password) as file:
        for number in numbers:
            with file.page(number) as page:
                yield _look(page, options)


def _look(page: PdfPage, options: Options) -> PageLook:
    layer = read_layer(page)
    verdict = judge_layer(layer, page, words_fit(options.dictionaries))
    score = score_words(layer.text)
    plan, reasons = _plan(page, layer, options, verdict)
    largest = max(page.pictures(), key=lambda p: p.pixel_width * p.pixel_height, default=None)
    return PageLook(
        number=page.number,
        width=page.size[0],
        height=page.size[1],
        turned=page.rotation,
        dpi=0.0 if largest is None else largest.dpi,
        fonts=layer.fonts,
        charset=", ".join(sorted(set(layer.charsets.values()))) or ("Unicode" if layer.letters else ""),
        words=score.words,
        legal=score.legal,
        quality=verdict.quality,
        plan=plan,
        reasons=reasons,
    )


_PLANS = {
    "layer": "take the layer",
    "picture": "read the picture",
    "compare": "read the picture too, take the better",
}


def _plan(page: PdfPage, layer: TextLayer, options: Options, verdict: Verdict) -> tuple[str, tuple[str, ...]]:
    """What would be done with the page, and why."""
    if page.is_blank() and not layer.letters:
        return "nothing", ("the page is blank",)
    if options.source != "auto":
        return _PLANS["layer" if options.source == "layer" else "picture"], (f"--source {options.source}",)
    return _PLANS[verdict.choice], verdict.reasons
