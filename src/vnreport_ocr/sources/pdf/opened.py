"""The PDF that was opened last, kept open: pages are mostly asked for one after the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vnreport_ocr.errors import MissingFileError
from vnreport_ocr.sources.pdf.files import PdfFile, PdfPage

_Mark = tuple[str, int, int, str | None]


class OpenedPdf:
    """Holds at most one open file; a file that changed on disk is opened anew."""

    def __init__(self) -> None:
        self._file: PdfFile | None = None
        self._mark: _Mark | None = None

    @contextmanager
    def page(self, path: Path, number: int, password: str | None) -> Iterator[PdfPage]:
        """Page ``number`` of the file."""
        with self.file(path, password).page(number) as page:
            yield page

    def file(self, path: Path, password: str | None) -> PdfFile:
        """Return the open file."""
        mark = _mark(path, password)
        if self._file is None or mark != self._mark:
            self.close()
            self._file, self._mark = PdfFile(path, password), mark
        return self._file

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.__exit__(None, None, None)
        self._file = self._mark = None


def _mark(path: Path, password: str | None) -> _Mark:
    try:
        state = path.stat()
    except OSError as error:
        raise MissingFileError("There is no such file.", file=str(path)) from error
    return str(path), state.st_mtime_ns, state.st_size, password
