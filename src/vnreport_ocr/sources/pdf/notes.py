"""What is written on a page as a note: stamps of the time it was signed, numbers put in later, fields of a form.

PDF calls them annotations and keeps them apart from the page; a reader sees no difference. They are made part of the
page before it is read, in memory only.
"""

from typing import Any, Final

import pypdfium2.raw as raw

_WORDED: Final = frozenset(
    {
        raw.FPDF_ANNOT_FREETEXT,
        raw.FPDF_ANNOT_STAMP,
        raw.FPDF_ANNOT_WIDGET,
        raw.FPDF_ANNOT_REDACT,
        raw.FPDF_ANNOT_WATERMARK,
    }
)
"""Kinds that may show words; the others mark words of the page or lead somewhere."""
_LEAST_DRAWING: Final = 2
"""Bytes of a drawing that draws nothing, its final zero included."""
_MOST: Final = 2000


def with_notes(document: Any, number: int) -> tuple[Any, int | None]:  # noqa: ANN401 - pypdfium2 has no types
    """Load page ``number`` (from 1) of an open document with its notes among what is drawn on it.

    How many letters the page has of its own comes with it; None where it has no notes that may show words.
    """
    page = document[number - 1]
    if not _has_worded_notes(page):
        return page, None
    own = _letters(page)
    done = raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
    if done != raw.FLATTEN_SUCCESS:
        return page, None
    page.close()
    return document[number - 1], own


def _letters(page: Any) -> int:  # noqa: ANN401 - pypdfium2 has no types
    text = page.get_textpage()
    try:
        return int(raw.FPDFText_CountChars(text))
    finally:
        text.close()


def _has_worded_notes(page: Any) -> bool:  # noqa: ANN401 - pypdfium2 has no types
    for index in range(min(_MOST, raw.FPDFPage_GetAnnotCount(page))):
        note = raw.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(note) in _WORDED and _draws(note):
                return True
        finally:
            raw.FPDFPage_CloseAnnot(note)
    return False


def _draws(note: Any) -> bool:  # noqa: ANN401 - a ctypes handle
    return int(raw.FPDFAnnot_GetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)) > _LEAST_DRAWING
