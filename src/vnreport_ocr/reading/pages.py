"""One page read: its text layer or its picture, whichever tells more, before anything is repaired."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Final

from vnreport_ocr.errors import (
    DamagedImageError,
    DamagedPdfError,
    EngineError,
    InputError,
    SetupError,
    UndrawnFormError,
)
from vnreport_ocr.model import Damage, Page, Posture
from vnreport_ocr.options import CLOCK, Options
from vnreport_ocr.reading.choose import LayerVerdict, is_better, judge_layer, score_words, text_of, words_fit
from vnreport_ocr.sources.engine.heard import Hearer
from vnreport_ocr.sources.engine.protocol import Engine
from vnreport_ocr.sources.kind import kind_of
from vnreport_ocr.sources.pdf.files import PdfFile, PdfPage
from vnreport_ocr.sources.pdf.layer import TextLayer, read_layer
from vnreport_ocr.sources.pdf.opened import OpenedPdf
from vnreport_ocr.sources.picture.files import frame_count, load_frame
from vnreport_ocr.sources.picture.value import Picture
from vnreport_ocr.sources.selection import selected_pages

_CUT_SHORT: Final = "The PDF is cut off or broken inside: pages may be missing. Fetch or scan the file again."

_SPOILT: Final = "Some contents of the page are damaged: words may be missing or wrong. Fetch or scan the file again."

_TAKEN_FOR_TEXT: Final = (
    "The PDF was changed on its way as only a text may be: words may be missing or wrong. "
    "Fetch it again as a binary file."
)

_JOINED: Final = (
    "The file holds several PDFs one behind the other, and not all of their pages were read. "
    "Fetch them again one by one, or join them with a program for PDFs."
)

_UNSEEN_FORM: Final = (
    "It is a form (XFA) that only Adobe's programs show; what it says was not read. "
    "Open it in Adobe Reader, print it to a PDF, and use that."
)

_TOO_MANY_LETTERS: Final = (
    "The page has more letters than are read from one page; only the first 200,000 were read. Split the page."
)


class PageReader:
    """Reads pages of PDFs and page images; the engine is only made when a page needs it."""

    def __init__(
        self, options: Options, make_engine: Callable[[], Engine], make_hearer: Callable[[], Hearer | None]
    ) -> None:
        self._options = options
        self._make_engine = make_engine
        self._make_hearer = make_hearer
        self._engine: Engine | None = None
        self._hearer: Hearer | None = None
        self._opened = OpenedPdf()
        self._fit = words_fit(options.dictionaries)

    def read(self, path: Path, number: int) -> Page:
        """Page ``number`` (from 1) as it stands in the file."""
        # The parent counts processor time; here only what hangs without working is given up, and the clock is slow.
        until = monotonic() + CLOCK * self._options.page_timeout
        if kind_of(path) == "pdf":
            file = self._opened.file(path, self._options.password)
            with file.page(number) as page:
                read = self._read_pdf_page(path, page, until)
            return self._with_what_is_beside(file, read)
        if self._options.source == "layer":
            raise InputError(
                "A page image has no text layer.", file=str(path), page=number, cure="Leave out --source layer."
            )
        picture = load_frame(path, number)
        reading = self._read_picture(picture, number, until)
        return self._seen_image(path, picture, reading)

    def _with_what_is_beside(self, file: PdfFile, page: Page) -> Page:
        """Tell with the first page, or the last, what is wrong with the file as a whole or lies beside its pages."""
        pinned = file.attached_to(page.number)
        if pinned:
            page = replace(page, attached=pinned)
        if file.was_taken_for_text or file.is_spoilt(page.number):
            told = _TAKEN_FOR_TEXT if file.was_taken_for_text else _SPOILT
            page = _incomplete(page, told)
        first, last = _ends(self._options.pages, len(file))
        if page.number == first and file.hides_a_form:
            page = replace(page, incomplete=_UNSEEN_FORM, error_class=UndrawnFormError.__name__)
        if page.number == first and file.attached:
            page = replace(page, attached=(*file.attached, *page.attached))
        if page.number == last and (file.damaged or file.holds_another):
            page = _incomplete(page, _JOINED if file.holds_another else _CUT_SHORT)
        return page

    def count(self, path: Path) -> int:
        """How many pages a PDF, a picture or a folder of pictures has."""
        return len(self._opened.file(path, self._options.password)) if kind_of(path) == "pdf" else frame_count(path)

    def properties(self, path: Path) -> dict[str, str]:
        """Return what a PDF says of itself."""
        return self._opened.file(path, self._options.password).properties()

    def is_quick(self, path: Path, number: int) -> bool:
        """Whether a page's text layer will do, so that the engine is not needed."""
        if kind_of(path) != "pdf":
            return False
        with self._opened.page(path, number, self._options.password) as page:
            return page.is_blank() or self._verdict(read_layer(page), page).use_layer

    def close(self) -> None:
        """Let go of the file that was read last."""
        self._opened.close()

    def _read_pdf_page(self, path: Path, page: PdfPage, until: float) -> Page:
        if page.is_blank():
            if page.is_lost():
                raise DamagedPdfError(
                    "The contents of the page are lost.",
                    file=str(path),
                    page=page.number,
                    cure="Fetch or scan the file again.",
                )
            notes = ("the page is blank",)
            return Page(page.number, source="none", damage=Damage.EMPTY, size=page.size, notes=notes)
        layer = read_layer(page)
        verdict = self._verdict(layer, page)
        as_layer = Page(
            page.number,
            layer.lines,
            layer.tables,
            source="layer",
            damage=Damage.CLEAN if layer.lines or layer.tables else Damage.EMPTY,
            quality=verdict.quality,
            size=layer.size,
            notes=verdict.reasons,
            incomplete=_TOO_MANY_LETTERS if layer.cut else None,
            left_out=layer.left_out,
            posture=Posture(layer.turn),
        )
        if verdict.choice == "layer":
            return as_layer
        try:
            reading = self._read_picture(self._draw(path, page, until), page.number, until)
        except (EngineError, SetupError) as error:
            if verdict.choice == "picture":
                raise
            return replace(as_layer, notes=(*verdict.reasons, f"its picture could not be read: {error.problem}"))
        better = self._better(as_layer, self._seen(path, page, reading))
        return _with_own_text(better, as_layer) if verdict.partial and better.source == "ocr" else better

    def _seen(self, path: Path, page: PdfPage, reading: Page) -> Page:
        """Return the reading, marked where a part of the picture is broken; raise if nothing was read because of it."""
        # Not at the top: pages with a good text layer have no use for it.
        from vnreport_ocr.sources.pdf.unseen import refuse_unseen, unseen_part

        if not (reading.lines or reading.tables):
            refuse_unseen(page, str(path))
            return reading
        return replace(reading, incomplete=reading.incomplete or unseen_part(page, path))

    def _seen_image(self, path: Path, picture: Picture, reading: Page) -> Page:
        """Do the same for a page image."""
        if picture.whole or reading.lines or reading.tables:
            return reading
        raise DamagedImageError("The picture cannot be decoded.", file=str(path), page=reading.number)

    def _better(self, layer: Page, reading: Page) -> Page:
        read = score_words(text_of(reading.lines, reading.tables), self._fit)
        held = score_words(text_of(layer.lines, layer.tables), self._fit)
        if self._options.source == "ocr" or not held.words or is_better(read, held):
            return replace(reading, notes=(*layer.notes, *reading.notes))
        if held.quality == 0 and read.words >= held.words:
            return replace(reading, notes=(*layer.notes, *reading.notes))
        told = (
            f"the text layer was kept: a reading of the picture was no better ({read.quality:.2f}, {read.words} words)"
        )
        return replace(layer, notes=(*layer.notes, told))

    def _verdict(self, layer: TextLayer, page: PdfPage) -> LayerVerdict:
        if self._options.source == "layer":
            quality = judge_layer(layer, page, self._fit).quality
            return LayerVerdict("layer", quality, ("the text layer was asked for",))
        if self._options.source == "ocr":
            return LayerVerdict("picture", 0.0, ("a reading of the picture was asked for",))
        return judge_layer(layer, page, self._fit)

    def _draw(self, path: Path, page: PdfPage, until: float) -> Picture:
        # Not at the top: pages with a good text layer are never drawn.
        from vnreport_ocr.sources.pdf.barepicture import bare_picture
        from vnreport_ocr.sources.pdf.render import page_resolution, render

        bare = bare_picture(page)
        if bare is not None:
            return bare
        dpi = page_resolution(page.size, page.pictures())
        return render(path, page, dpi, max(1.0, until - monotonic()))

    def _read_picture(self, picture: Picture, number: int, until: float) -> Page:
        # Not at the top, for the same reason.
        from vnreport_ocr.sources.ocr.page import read_scan
        from vnreport_ocr.sources.pdf.unseen import CUT_OFF, ends_in_grey

        if self._engine is None:
            self._hearer = self._make_hearer()
            self._engine = self._make_engine()
        reading = read_scan(picture, self._engine, until, self._options.dictionaries, self._hearer)
        cut_off = not picture.whole or ends_in_grey(picture)
        return Page(
            number,
            reading.lines,
            reading.tables,
            source="ocr",
            damage=Damage.CLEAN if reading.lines or reading.tables else Damage.EMPTY,
            quality=reading.quality,
            size=reading.size,
            notes=reading.notes,
            incomplete=CUT_OFF if cut_off and (reading.lines or reading.tables) else None,
            left_out=reading.left_out,
            posture=reading.posture,
        )


def _incomplete(page: Page, why: str) -> Page:
    """Tell that the file is at fault, where nothing else is told of the page."""
    if page.incomplete is not None:
        return page
    return replace(page, incomplete=why, error_class=DamagedPdfError.__name__)


@lru_cache(maxsize=1)
def _ends(wish: str | None, count: int) -> tuple[int, int]:
    """Return the first and the last page wished for; kept, as it is asked with every page of a file."""
    chosen = selected_pages(wish, count)
    return chosen[0], chosen[-1]


def _with_own_text(reading: Page, layer: Page) -> Page:
    # Not at the top: hardly any page is partly text and partly picture.
    from vnreport_ocr.reading.overlay import with_own_text

    return with_own_text(reading, layer)
