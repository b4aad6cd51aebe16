"""PDFs opened by qpdf (through pikepdf), which unpacks no stream of theirs beyond a bound."""

import io
import warnings
from pathlib import Path
from typing import Final

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
