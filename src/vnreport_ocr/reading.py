"""One page read: its text layer or its picture, whichever tells more, before anything is repaired."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from vnreport_ocr.choose import Verdict, judge_layer
from vnreport_ocr.errors import InputError
from vnreport_ocr.model import Damage, Page
from vnreport_ocr.options import Options
from vnreport_ocr.sources.engine import Engine, Picture
from vnreport_ocr.sources.imagefile import load_frame
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.opened import OpenedPdf
from vnreport_ocr.sources.pdffile import PdfPage
from vnreport_ocr.sources.render import page_resolution, render
from vnreport_ocr.sources.scan import read_scan
from vnreport_ocr.sources.textlayer import TextLayer, read_layer


class PageReader:
    """Reads pages of PDFs and page images; the engine is only made when a page needs it."""

    def __init__(self, options: Options, make_engine: Callable[[], Engine]) -> None:
        self._options = options
        self._make_engine = make_engine
        self._engine: Engine | None = None
        self._opened = OpenedPdf()

    def read(self, path: Path, number: int) -> Page:
        """Page ``number`` (from 1) as it stands in the file."""
        if kind_of(path) == "pdf":
            with self._opened.page(path, number, self._options.password) as page:
                return self._read_pdf_page(path, page)
        return self._read_picture(load_frame(path, number), number)

    def close(self) -> None:
        """Let go of the file that was read last."""
        self._opened.close()

    def _read_pdf_page(self, path: Path, page: PdfPage) -> Page:
        layer = read_layer(page)
        if page.is_blank():
            return Page(
                page.number, (), source="none", damage=Damage.EMPTY, size=page.size, notes=("the page is blank",)
            )
        verdict = self._verdict(layer, page)
        if verdict.use_layer:
            return Page(
                page.number,
                layer.lines,
                layer.tables,
                source="layer",
                quality=verdict.quality,
                size=page.size,
                notes=verdict.reasons,
            )
        started = monotonic()
        picture = render(
            path,
            page,
            page_resolution(page.size, page.pictures()),
            self._options.page_timeout,
            self._options.password,
        )
        left = max(1.0, self._options.page_timeout - (monotonic() - started))
        return self._read_picture(picture, page.number, verdict.reasons, left)

    def _verdict(self, layer: TextLayer, page: PdfPage) -> Verdict:
        if self._options.source == "layer":
            return Verdict(True, judge_layer(layer, page).quality, ("the text layer was asked for",))
        if self._options.source == "ocr":
            return Verdict(False, 0.0, ("a reading of the picture was asked for",))
        return judge_layer(layer, page)

    def _read_picture(
        self, picture: Picture, number: int, reasons: tuple[str, ...] = (), timeout: float | None = None
    ) -> Page:
        if self._options.source == "layer" and not reasons:
            raise InputError("A page image has no text layer.", page=number, cure="Leave out --source layer.")
        if self._engine is None:
            self._engine = self._make_engine()
        reading = read_scan(picture, self._engine, timeout or self._options.page_timeout)
        return Page(
            number,
            reading.lines,
            reading.tables,
            source="ocr",
            damage=Damage.CLEAN if reading.lines or reading.tables else Damage.EMPTY,
            quality=reading.quality,
            size=reading.size,
            notes=(*reasons, *reading.notes),
        )
