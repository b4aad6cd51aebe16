"""PDFs opened by qpdf (through pikepdf), which unpacks no stream of theirs beyond a bound."""

import io
import warnings
from pathlib import Path
from typing import Any, BinaryIO, Final

import pikepdf
from pikepdf.settings import get_qpdf_limits, set_qpdf_limits

BROKEN: Final = (
    pikepdf.PdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RuntimeError,
    NotImplementedError,
)
"""What pikepdf fails with over broken files, besides an honest ``PdfError``."""

MOST_UNPACKED: Final = 64 << 20
"""Bytes that one stream of objects, of references or of drawing may unpack to; those of books have a few."""

_LARGEST: Final = 256 << 20


def open_pdf(source: Path | bytes, password: str | None = None, *, all_pages: bool = True) -> pikepdf.Pdf:
    """Open a file, or one in memory; the limits are the process's and hold from the first time on.

    With ``all_pages`` each page is found at once, and given what it inherits.
    """
    if not get_qpdf_limits()["flate_max_memory"]:
        most = _LARGEST
        set_qpdf_limits(flate_max_memory=most, png_max_memory=most, run_length_max_memory=most)
        set_qpdf_limits(tiff_max_memory=most, dct_max_memory=most)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file = io.BytesIO(source) if isinstance(source, bytes) else source
        return pikepdf.open(file, password=password or "", inherit_page_attributes=all_pages)


def save_pdf(pdf: pikepdf.Pdf, target: BinaryIO | Path, **how: Any) -> None:  # noqa: ANN401 - the options of pikepdf
    """Write a PDF into a file that can be read back, or to a new one; raises ``OSError`` where it cannot be written."""
    if isinstance(target, Path):
        with target.open("w+b") as file:
            save_pdf(pdf, file, **how)
        return
    outgoing = _Outgoing(target)
    pdf.save(outgoing, **how)  # type: ignore[arg-type] # as much of a file as is asked for
    outgoing.flush()
    if outgoing.error is not None:
        raise outgoing.error


class _Outgoing:
    """A file for qpdf, which aborts the process where writing fails while it tidies up: it is not told of it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write as far as possible."""
        try:
            return self._file.write(data)
        except OSError as error:
            self.error = self.error or error
            return len(data)

    def flush(self) -> None:
        """Write what is held."""
        try:
            self._file.flush()
        except OSError as error:
            self.error = self.error or error

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a file has
        return getattr(self._file, name)
