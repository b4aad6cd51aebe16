"""The PDF that is written: a copy of the one that was read, with the repaired text on every page."""

import warnings
from pathlib import Path
from typing import BinaryIO

import pikepdf

from vnreport_ocr.errors import DamagedPdfError
from vnreport_ocr.model import Page
from vnreport_ocr.outputs.pdf.archival import save_archival
from vnreport_ocr.outputs.pdf.glyphless import GlyphlessFont
from vnreport_ocr.outputs.pdf.oldlayer import remove_old_layer
from vnreport_ocr.outputs.pdf.owntext import OwnText
from vnreport_ocr.outputs.pdf.picture import add_picture
from vnreport_ocr.outputs.pdf.retold import add_to
from vnreport_ocr.outputs.pdf.textlayer import FONT, layer_of
from vnreport_ocr.pagelist import written
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.pdf.qpdf import BROKEN, open_pdf, save_pdf
from vnreport_ocr.sources.pdf.salvage import saved_pages


class PdfCopy:
    """A copy of a document that pages are given to one after the other."""

    def __init__(self, source: Path, password: str | None = None, *, archival: bool = False) -> None:
        self._source = source
        self._archival = archival
        self._kind = kind_of(source)
        self._pdf = _opened(source, password) if self._kind == "pdf" else pikepdf.new()
        self._font: GlyphlessFont | None = None
        self._own_text = OwnText(source, password, self._pdf, self._unseen_font) if self._kind == "pdf" else None

    def page(self, page: Page) -> None:
        """Give a page its text."""
        try:
            self._page(page)
        except BROKEN as error:
            problem = "The page cannot be rewritten."
            raise DamagedPdfError(problem, file=str(self._source), page=page.number) from error

    def _page(self, page: Page) -> None:
        if self._kind != "pdf":
            self._write(add_picture(self._pdf, self._source, page.number), page)
        elif page.source == "ocr":
            target = self._pdf.pages[page.number - 1]
            remove_old_layer(self._pdf, target)
            self._write(target, page)
        elif page.source == "layer" and self._own_text is not None:
            self._own_text.mend(page)

    def _write(self, target: pikepdf.Page, page: Page) -> None:
        """Put the words below everything that is drawn, where no setting of the page affects them."""
        if page.size is None:
            return
        font = self._unseen_font()
        words = layer_of(page, font, target)
        if not words:
            return
        own = pikepdf.Dictionary(dict(target.resources.items()))
        add_to(own, "/Font", {FONT: font.object})
        target.obj["/Resources"] = own
        target.contents_add(words, prepend=True)

    def _unseen_font(self) -> GlyphlessFont:
        if self._font is None:
            self._font = GlyphlessFont(self._pdf)
        return self._font

    def save(self, file: BinaryIO) -> tuple[str, ...]:
        """Write the copy into a file that can be read back; return what the user should know about it."""
        if self._font is not None:
            self._font.finish()
        try:
            kept = self._own_text.finish() if self._own_text is not None else []
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                if self._archival:
                    save_archival(self._pdf, file, str(self._source))
                    return _said(kept)
                save_pdf(
                    self._pdf,
                    file,
                    object_stream_mode=pikepdf.ObjectStreamMode.generate,
                    compress_streams=True,
                    # What is packed stays as it is: nothing is unpacked here that nobody has counted. Of a file that is
                    # to be encrypted qpdf does not let that be said.
                    stream_decode_level=None if self._pdf.is_encrypted else pikepdf.StreamDecodeLevel.none,
                    encryption=True if self._pdf.is_encrypted else None,
                    # What is said of the file stays to the byte.
                    fix_metadata_version=False,
                    # The same copy has the same bytes; what is encrypted never has.
                    deterministic_id=not self._pdf.is_encrypted,
                )
        except BROKEN as error:
            raise DamagedPdfError("The PDF cannot be rewritten.", file=str(self._source)) from error
        return _said(kept)

    def close(self) -> None:
        """Close the source."""
        self._pdf.close()
        if self._own_text is not None:
            self._own_text.close()


def _said(kept: list[int]) -> tuple[str, ...]:
    """Say which pages keep their own words."""
    if not kept:
        return ()
    pages = f"Page {kept[0]}" if len(kept) == 1 else f"Pages {written(kept)}"
    verb = "keeps its own words" if len(kept) == 1 else "keep their own words"
    return (f"{pages} {verb} in the PDF: with the text's they would not look the same to the pixel.",)


def is_signed(source: Path, password: str | None = None) -> bool:
    """Whether a PDF has a signature, which is not valid for a copy with other text."""
    try:
        with open_pdf(source, password) as pdf:
            form = pdf.Root.get("/AcroForm")
            flags = form.get("/SigFlags", 0) if isinstance(form, pikepdf.Dictionary) else 0
            return bool(int(flags) & 1)
    except BROKEN:
        return False


def _opened(source: Path, password: str | None) -> pikepdf.Pdf:
    try:
        pdf = open_pdf(source, password)
        if len(pdf.pages):
            # Of a file whose end was lost qpdf knows no size, and would write none: most readers open no such copy.
            if "/Size" not in pdf.trailer:
                pdf.trailer["/Size"] = 0
            return pdf
    except BROKEN:
        pass
    saved = saved_pages(source)
    if saved is None:
        raise DamagedPdfError("The PDF is broken inside.", file=str(source))
    return open_pdf(saved)
