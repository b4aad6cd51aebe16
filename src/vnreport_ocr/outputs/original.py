"""The original file, for what is made from it: page pictures for the review page, copies with the repaired text."""

from pathlib import Path
from typing import BinaryIO, Final, Protocol

from vnreport_ocr.errors import InputError, VnocrError
from vnreport_ocr.model import Page
from vnreport_ocr.options import Options
from vnreport_ocr.sources.kind import kind_of

WITHOUT_PAGES: Final = ("text", "docx")
"""Kinds of files that cannot become a PDF."""
NAMES: Final = {"pdf": "PDF", "docx": "Word file"}


class Copy(Protocol):
    """A copy of the original in the making."""

    def page(self, page: Page) -> None:
        """Give a page its text."""
        ...

    def save(self, file: BinaryIO) -> tuple[str, ...]:
        """Write the copy into a file on the disk; return what the caller should know about it."""
        ...

    def close(self) -> None:
        """Release the original."""
        ...


class Original(Protocol):
    """The original, for whoever may open it: files from strangers are only opened in workers."""

    path: Path

    def draw(self, page: Page) -> bytes | None:
        """Draw a page as it was laid to be read; None where there is nothing to draw or it cannot be."""
        ...

    def copy(self, wish: str) -> Copy:
        """Begin a copy."""
        ...


class OriginalHere:
    """The original in a worker, which opens it itself."""

    def __init__(self, path: Path, options: Options | None = None) -> None:
        self.path = path
        self._options = options or Options()

    def draw(self, page: Page) -> bytes | None:
        """Draw a page as it was laid to be read."""
        # Not at the top: most runs draw no page.
        from vnreport_ocr.reading.preview import preview

        try:
            return None if page.size is None else preview(self.path, page.number, page.posture, self._options.password)
        except VnocrError:
            return None

    def copy(self, wish: str) -> Copy:
        """Begin a copy."""
        return open_copy(wish, self.path, self._options)


def is_copied(wish: str, path: Path | None) -> bool:
    """Return whether a format is written as a copy of the original; raises if it would have to be and cannot."""
    if wish == "pdf" and path is not None and kind_of(path) in WITHOUT_PAGES:
        raise InputError("A text has no pages to make a PDF of.", file=str(path), cure="Leave pdf out of -f.")
    return wish == "pdf" or (wish == "docx" and path is not None and kind_of(path) == "docx")


def open_copy(wish: str, path: Path, options: Options) -> Copy:
    """Open the original for a copy; only where opening it is allowed."""
    # Not at the top: most runs write no copy.
    if wish == "pdf":
        from vnreport_ocr.outputs.pdf.file import PdfCopy

        return PdfCopy(path, options.password, archival=options.pdfa)
    from vnreport_ocr.outputs.word.copy import WordCopy

    return WordCopy(path, doubts=options.docx_doubts)
