"""Files attached to a PDF that qpdf cannot open, as PDFium tells them."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from vnreport_ocr.sources.pdf.beside import MOST_NAMES, MOST_NOTES, harmless, more_than

_LONGEST = 4096
"""Bytes of a name that are looked at."""


def told_of_document(document: Any) -> tuple[str, ...]:  # noqa: ANN401 - pypdfium2 has no types
    """Name the files that are attached to the document."""
    count = int(raw.FPDFDoc_GetAttachmentCount(document))
    found = (raw.FPDFDoc_GetAttachment(document, place) for place in range(min(count, MOST_NAMES)))
    names = tuple(_name(file) for file in found if file)
    return (*names, more_than(MOST_NAMES)) if count > MOST_NAMES else names


def told_of_page(document: Any, number: int) -> tuple[str, ...]:  # noqa: ANN401
    """Name the files that are pinned to a page."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return ()
    try:
        return tuple(_pinned(page))
    finally:
        page.close()


def _pinned(page: Any) -> Iterator[str]:  # noqa: ANN401
    for place in range(min(int(raw.FPDFPage_GetAnnotCount(page)), MOST_NOTES)):
        note = raw.FPDFPage_GetAnnot(page, place)
        if not note:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_FILEATTACHMENT:
                yield _name(raw.FPDFAnnot_GetFileAttachment(note))
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _name(file: Any) -> str:  # noqa: ANN401
    size = int(raw.FPDFAttachment_GetName(file, None, 0)) if file else 0
    held = ctypes.create_string_buffer(max(2, size))
    if size:
        raw.FPDFAttachment_GetName(file, ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return harmless(held.raw[: min(size, _LONGEST)].decode("utf-16-le", "replace").rstrip("\0"))
