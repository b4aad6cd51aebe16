"""Plain text: lines as they stand, tables in aligned columns, pages apart by an empty line."""

from vnreport_ocr.model import Page, Table, ended, lead, set_apart
from vnreport_ocr.outputs.reflow import paragraphs


class TextStream:
    """Pages to text, one after the other."""

    def __init__(self, *, reflow: bool = False) -> None:
        self._reflow = reflow
        self._begun = False

    def page(self, page: Page) -> str:
        """What this page adds to the file."""
        text = page_text(page, reflow=self._reflow)
        before = lead(page, text, self._begun)
        self._begun = self._begun or bool(text)
        return before + text

    def end(self) -> str:
        """What closes the file: nothing."""
        return ""


def page_text(page: Page, *, reflow: bool = False) -> str:
    """One page, its lines as they were read or joined to paragraphs; a page that could not be read says so."""
    if page.error is not None or not reflow:
        return page.text
    parts: list[str] = []
    for piece in page.pieces():
        if isinstance(piece, Table):
            parts.append(set_apart(parts, piece.text))
        else:
            parts.extend(paragraph + "\n" for paragraph in paragraphs(piece))
    return ended("".join(parts), page.source)
