"""PDF/A-2b: a copy prepared for archiving, and checked against the rules of ISO 19005 before it is delivered."""

import logging
from typing import BinaryIO, Final

import pikepdf

from vnreport_ocr.errors import MissingExtraError, NotPdfAError
from vnreport_ocr.outputs.pdf.unusedfonts import Steps, without_unused_fonts
from vnreport_ocr.sources.pdf.qpdf import BROKEN
from vnreport_ocr.sources.pdf.unpack import TooMuchError, unpacked

_FLAVOUR: Final = "2b"
_MOST_TOLD: Final = 3
_MOST: Final = 64 << 20


def save_archival(pdf: pikepdf.Pdf, file: BinaryIO, name: str) -> None:
    """Write a PDF as PDF/A-2b into a file that can be read back; raises if it breaks a rule or cannot be checked."""
    if pdf.is_encrypted:
        raise NotPdfAError("It is encrypted, which PDF/A does not allow.", file=name)
    try:
        # Not at the top: it belongs to an extra, and few ask for it.
        from pikepdf import pdfa
    except ImportError as error:
        raise MissingExtraError(
            "PDF/A needs the checks of an extra.", cure="Run: pip install 'vnreport-ocr[pdfa]'"
        ) from error
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells of every font that is old
    for page in pdf.pages:
        _tidy(pdf, page)
    try:
        pdfa.save(pdf, file, _FLAVOUR)
    except pdfa.PdfaError as error:
        found = list(dict.fromkeys(finding.message for finding in error.report.findings))
        more = f"; and {len(found) - _MOST_TOLD} more" if len(found) > _MOST_TOLD else ""
        raise NotPdfAError(f"It cannot be PDF/A: {'; '.join(found[:_MOST_TOLD])}{more}.", file=name) from error


def _tidy(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Remove what some programs write into every page and shows nothing: a transition without a style, fonts."""
    if "/Trans" in page.obj and not page.obj["/Trans"].keys():
        del page.obj["/Trans"]
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    try:
        for part in parts:
            if isinstance(part, pikepdf.Stream):
                unpacked(part, _MOST)
        steps: Steps = list(pikepdf.parse_content_stream(page))
    except (TooMuchError, *BROKEN):
        return
    kept = without_unused_fonts(page, steps)
    if kept is not steps:
        page.obj["/Contents"] = pdf.make_stream(pikepdf.unparse_content_stream(kept))
