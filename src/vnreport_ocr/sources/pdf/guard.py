"""Pages of a PDF looked at before any library draws them, so that none of them draws without a bound.

It costs an ordinary page well under a millisecond. What it does not see, or cannot judge, dies at the limits that
hold for the process.
"""

from pathlib import Path
from typing import Final

import pikepdf

from vnreport_ocr.errors import UnboundedPdfError
from vnreport_ocr.sources.pdf.beside import attached_to_document, attached_to_page, hides_a_form
from vnreport_ocr.sources.pdf.drawing import Drawing, says_something
from vnreport_ocr.sources.pdf.fontload import FontLoad
from vnreport_ocr.sources.pdf.functions import check_functions
from vnreport_ocr.sources.pdf.pagetree import FEW, PageTree
from vnreport_ocr.sources.pdf.qpdf import BROKEN, MOST_UNPACKED, open_pdf
from vnreport_ocr.sources.pdf.spoilt import has_spoilt_contents
from vnreport_ocr.sources.pdf.unpack import TooMuchError

_UNJUDGED: Final = (*BROKEN, RecursionError)


class PageGuard:
    """Judges the pages of one file, which it opens when the first of them is asked for."""

    def __init__(self, source: Path | bytes, password: str | None) -> None:
        self._source = source
        self._password = password
        self._pdf: pikepdf.Pdf | None = None
        self._tree: PageTree | None = None
        self._asked = False
        self._fonts = FontLoad()

    def check(self, number: int, pages: int, file: str) -> None:
        """Raise where page ``number`` of ``pages`` draws more than may be; a page that cannot be judged passes."""
        try:
            self._open(pages)
            page = self._page(number)
            if page is None:
                return
            resources = page.resources
            self._fonts.check(resources)
            check_functions(resources)
            Drawing(MOST_UNPACKED).check(page.obj, resources)
        except TooMuchError as error:
            raise UnboundedPdfError(f"The page exceeds the limits: {error}.", file=file, page=number) from error
        except _UNJUDGED:
            return

    def says_something(self, number: int) -> bool:
        """Whether the contents of a page that was checked, and shows nothing, may be meant to show something."""
        try:
            page = self._page(number)
            return page is None or says_something(page.obj)
        except (TooMuchError, *_UNJUDGED):
            return True

    def attached(self) -> tuple[str, ...] | None:
        """Name the files that are attached to the document, once a page of it was checked; None where it is unknown."""
        try:
            return None if self._pdf is None else attached_to_document(self._pdf)
        except _UNJUDGED:
            return None

    def attached_to(self, number: int) -> tuple[str, ...] | None:
        """Name the files that are pinned to a page that was checked; None where it is unknown."""
        try:
            page = self._page(number)
            return None if page is None else attached_to_page(page.obj)
        except _UNJUDGED:
            return None

    def is_spoilt(self, number: int) -> bool:
        """Whether something that draws a page which was checked is damaged, so that it may show less than it should."""
        try:
            page = self._page(number)
            return page is not None and has_spoilt_contents(page)
        except _UNJUDGED:
            return False

    def hides_a_form(self) -> bool:
        """Whether the document, a page of which was checked, is a form that its pages do not show."""
        try:
            return self._pdf is not None and hides_a_form(self._pdf)
        except _UNJUDGED:
            return False

    def _page(self, number: int) -> pikepdf.Page | None:
        tree = self._tree
        return None if tree is None or not tree.is_as_counted else tree.page(number)

    def _open(self, pages: int) -> None:
        if not self._asked:
            self._asked = True
            self._pdf = open_pdf(self._source, self._password, all_pages=pages <= FEW)
            self._tree = PageTree(self._pdf, pages)

    def close(self) -> None:
        """Let go of the file."""
        if self._pdf is not None:
            self._pdf.close()
        self._pdf = self._tree = None
