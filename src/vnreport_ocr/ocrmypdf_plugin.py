"""A plug-in of OCRmyPDF: ``ocrmypdf --ocr-engine vnocr IN.pdf OUT.pdf`` (extra ``ocrmypdf``).

OCRmyPDF draws the page, cleans and turns it if it is asked to, and writes the PDF; the page is read and repaired here.
Orientation and skew are measured by OCRmyPDF's own use of Tesseract.
"""

import threading
from argparse import Action, ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ocrmypdf import hookimpl
from ocrmypdf.builtin_plugins.tesseract_ocr import TesseractOcrEngine
from ocrmypdf.exceptions import BadArgsError, ExitCodeException, MissingDependencyError
from ocrmypdf.hocrtransform import BoundingBox, OcrClass, OcrElement
from PIL import Image

import vnreport_ocr
from vnreport_ocr.errors import SetupError
from vnreport_ocr.model import Box, Line, Page
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline
from vnreport_ocr.spans import around, placed_words

if TYPE_CHECKING:
    from ocrmypdf._options import OcrOptions

NAME = "vnocr"
_DEFAULT_LANGUAGES = ["eng"]
"""What OCRmyPDF asks for when nobody says which language; this engine is there for Vietnamese."""

_here = threading.local()


class VnocrEngine(TesseractOcrEngine):
    """Reads and repairs a page picture."""

    @staticmethod
    def version() -> str:
        """Return the version of vnocr."""
        return vnreport_ocr.__version__

    @staticmethod
    def creator_tag(options: "OcrOptions") -> str:
        """Say which engine made the text."""
        return f"vnocr {vnreport_ocr.__version__}"

    def __str__(self) -> str:
        return f"vnocr {vnreport_ocr.__version__}"

    @staticmethod
    def supports_generate_ocr() -> bool:
        """Say that words with their boxes are returned as they are."""
        return True

    @staticmethod
    def generate_ocr(input_file: Path, options: "OcrOptions", page_number: int = 0) -> tuple[OcrElement, str]:
        """Read and repair a page picture; return its words with their boxes, and its text."""
        page = _read(Path(input_file), options)
        with Image.open(input_file) as picture:
            width, height = picture.size
        scale = width / page.size[0] if page.size else 1.0
        lines = [element for line in page.all_lines() if (element := _line(line, scale)) is not None]
        paragraph = OcrElement(OcrClass.PARAGRAPH, bbox=_around(lines, width, height), children=lines, language="vi")
        root = OcrElement(
            OcrClass.PAGE,
            bbox=BoundingBox(0, 0, width, height),
            children=[paragraph] if lines else [],
            dpi=72 * scale,
            page_number=page_number,
        )
        return root, page.text

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: "OcrOptions") -> None:
        """Refuse: what OCRmyPDF would do instead is text that was not repaired."""
        raise BadArgsError("--ocr-engine vnocr returns words, not hOCR. Use 'vnocr clean FILE -f hocr'.")

    @staticmethod
    def generate_pdf(input_file: Path, output_pdf: Path, output_text: Path, options: "OcrOptions") -> None:
        """Refuse: what OCRmyPDF would do instead is text that was not repaired."""
        raise BadArgsError("--ocr-engine vnocr needs OCRmyPDF's usual renderer: leave out --pdf-renderer sandwich.")


def _read(picture: Path, options: "OcrOptions") -> Page:
    languages = "vie" if options.languages == _DEFAULT_LANGUAGES else "+".join(options.languages)
    pipeline = getattr(_here, "pipeline", None)
    if pipeline is None or pipeline.options.language != languages:
        # OCRmyPDF reads pages in threads or processes of its own; each has a pipeline that stays warm.
        pipeline = _here.pipeline = Pipeline(Options(source="ocr", language=languages))
    try:
        page: Page = pipeline.clean_page(picture, 1)
    except SetupError as error:
        raise MissingDependencyError(str(error)) from error
    if page.error is not None:
        raise ExitCodeException(f"vnocr: {page.error}")
    return page


def _line(line: Line, scale: float) -> OcrElement | None:
    placed = [(word, word.box) for word in placed_words(line) if word.box is not None]
    whole = around(box for _, box in placed)
    if whole is None:
        return None
    words = [
        OcrElement(OcrClass.WORD, bbox=_box(box, scale), text=word.text, confidence=word.confidence, language="vi")
        for word, box in placed
    ]
    return OcrElement(OcrClass.LINE, bbox=_box(whole, scale), children=words, language="vi")


def _box(box: Box, scale: float) -> BoundingBox:
    return BoundingBox(*(edge * scale for edge in box))


def _around(lines: list[OcrElement], width: int, height: int) -> BoundingBox:
    """Draw the box around lines; around none, that of the page."""
    whole = around(Box(b.left, b.top, b.right, b.bottom) for line in lines if (b := line.bbox) is not None)
    return BoundingBox(0, 0, width, height) if whole is None else BoundingBox(*whole)


@hookimpl
def add_options(parser: ArgumentParser) -> None:
    """Add this engine to those that ``--ocr-engine`` knows."""
    for action in _engine_options(parser):
        if action.choices is not None and NAME not in action.choices:
            action.choices = [*action.choices, NAME]


def _engine_options(parser: ArgumentParser) -> Iterator[Action]:
    return (action for action in parser._actions if "--ocr-engine" in action.option_strings)


@hookimpl(tryfirst=True)
def get_ocr_engine(options: "OcrOptions | None") -> VnocrEngine | None:
    """Give this engine where it is asked for."""
    return VnocrEngine() if options is not None and options.ocr_engine == NAME else None
