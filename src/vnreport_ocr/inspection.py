"""What a file is like and what would be done with it, without reading any picture."""

from pathlib import Path

from vnreport_ocr.looks import PageLook, TextLook
from vnreport_ocr.model import Page
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.reading.choose import LayerVerdict, judge_layer, score_words, words_fit
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.pdf.files import PdfPage
from vnreport_ocr.sources.pdf.layer import TextLayer, read_layer
from vnreport_ocr.sources.pdf.opened import OpenedPdf
from vnreport_ocr.sources.picture.files import load_frame


class Inspection:
    """Looks at pages; one of them serves any number of files."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._pipeline = Pipeline(options)
        self._opened = OpenedPdf()

    def look_at(self, path: Path, number: int) -> TextLook | PageLook:
        """Say what page ``number`` of a file is like."""
        kind = kind_of(path)
        if kind in ("text", "docx"):
            return _text_look(self._pipeline.clean_page(path, number))
        if kind == "pdf":
            with self._opened.page(path, number, self._options.password) as page:
                return _look(page, self._options)
        picture = load_frame(path, number)
        scale = 72 / picture.dpi
        return PageLook(number, picture.width * scale, picture.height * scale, 0, picture.dpi, (), "", 0, 0.0, 0.0,
                        _PLANS["picture"], ("it is a picture",))  # fmt: skip


def _text_look(page: Page) -> TextLook:
    return TextLook(
        page.number,
        str(page.damage),
        page.quality,
        sum(len(line.raw.split()) for line in page.lines),
        sum(len(line.corrections) for line in page.lines),
        sum(len(line.doubts) for line in page.lines),
    )


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


def _plan(page: PdfPage, layer: TextLayer, options: Options, verdict: LayerVerdict) -> tuple[str, tuple[str, ...]]:
    """Return what would be done with the page, and why."""
    if page.is_blank() and not layer.letters:
        return "nothing", ("the page is blank",)
    if options.source != "auto":
        return _PLANS["layer" if options.source == "layer" else "picture"], (f"--source {options.source}",)
    return _PLANS[verdict.choice], verdict.reasons
