"""What can be saved of a PDF that is cut off or broken inside: its pages, found one by one where their list is lost."""

import io
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

import pikepdf

from vnreport_ocr.sources.pdf.qpdf import BROKEN, open_pdf, save_pdf

_TAIL: Final = 2048
_BLOCK: Final = 1 << 18
_PADDING: Final = b"\0 \t\r\n"
_HEAD_OF_OBJECT: Final = 4096
_OBJECT: Final = re.compile(rb"(?<!\d)(\d{1,7})\s+(\d{1,5})\s+obj\b")
_NUMBERED: Final = re.compile(rb"(?<!\d)(\d{1,7})\s+\d{1,5}\s+(?:obj|R)\b")
_MOST_OBJECTS: Final = 8_000_000
_PAGE: Final = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_ENCRYPTED: Final = re.compile(rb"/Encrypt\s*(?:\d|<<)")


def ends_early(path: Path) -> bool:
    """Whether the mark that ends every PDF is missing, so that a part of the file may be."""
    with path.open("rb") as file:
        end = _end_of_contents(file)
        start = max(0, end - _TAIL)
        file.seek(start)
        return b"%%EOF" not in file.read(end - start)


def _end_of_contents(file: BinaryIO) -> int:
    """Where a file ends that was filled up with zeros or blanks, as tapes and disks that were saved do."""
    end = file.seek(0, io.SEEK_END)
    while end:
        start = max(0, end - _BLOCK)
        file.seek(start)
        if left := file.read(end - start).rstrip(_PADDING):
            return start + len(left)
        end = start
    return 0


def saved_pages(path: Path) -> bytes | None:
    """Build a PDF of the pages that can still be found in the file; None where there are none, or it is encrypted."""
    data = path.read_bytes()
    if _ENCRYPTED.search(data):
        return None
    found = [pages for pages in (_with_new_list(data), _as_it_is(data)) if pages is not None]
    return max(found, key=lambda pages: pages[0], default=(0, None))[1]


def write_alone(saved: bytes, number: int, target: Path) -> None:
    """Write one page of a saved file as a file of its own."""
    with warnings.catch_warnings(), open_pdf(saved) as pdf, pikepdf.new() as alone:
        warnings.simplefilter("ignore")
        alone.pages.append(pdf.pages[number - 1])
        save_pdf(alone, target)


def _as_it_is(data: bytes) -> tuple[int, bytes] | None:
    """Return the pages as the file lists them, where its list of pages has survived."""
    try:
        with warnings.catch_warnings(), open_pdf(data) as pdf, pikepdf.new() as whole:
            # Forms and links of the pages are of no use here.
            warnings.simplefilter("ignore")
            # Nothing but the pages: what else the file refers to may be lost.
            for page in pdf.pages:
                whole.pages.append(page)
                _drop_lost_contents(whole.pages[-1])
            kept = io.BytesIO()
            whole.save(kept)
            shown = any(_shows_something(page) for page in whole.pages)
            return (len(whole.pages), kept.getvalue()) if shown else None
    except BROKEN:
        return None


def _drop_lost_contents(page: pikepdf.Page) -> None:
    """Leave out the parts of a page's contents that are gone: poppler draws nothing at all where one is missing.

    A page that lost a font is emptied: what would be drawn in its place reads as nonsense.
    """
    contents = page.obj.get("/Contents")
    if _lost_a_font(page):
        page.obj["/Contents"] = pikepdf.Array()
    elif isinstance(contents, pikepdf.Array):
        page.obj["/Contents"] = pikepdf.Array([part for part in contents if isinstance(part, pikepdf.Stream)])


def _shows_something(page: pikepdf.Page) -> bool:
    contents = page.obj.get("/Contents")
    return isinstance(contents, pikepdf.Stream) or (isinstance(contents, pikepdf.Array) and len(contents) > 0)


def _lost_a_font(page: pikepdf.Page) -> bool:
    fonts = page.resources.get("/Font", pikepdf.Dictionary())
    try:
        asked_for = [step.operands[0] for step in pikepdf.parse_content_stream(page, "Tf") if step.operands]
    except BROKEN:
        return False
    return any(_is_lost(fonts.get(str(name))) for name in asked_for)


def _is_lost(font: pikepdf.Object | None) -> bool:
    """Whether a font, or the part of it that draws its letters, is gone."""
    if not isinstance(font, pikepdf.Dictionary):
        return True
    inner = font.get("/DescendantFonts")
    if inner is None:
        return False
    parts = [part for part in inner if isinstance(part, pikepdf.Dictionary)]
    return not parts or not isinstance(parts[0].get("/FontDescriptor"), pikepdf.Dictionary)


def _with_new_list(data: bytes) -> tuple[int, bytes] | None:
    """Build the pages in the order they lie in the file, under a new list of pages put at its end."""
    pages = list(dict.fromkeys(_pages_in(data)))
    if not pages:
        return None
    # Numbers that nothing refers to: what lay behind the cut must not be mistaken for the new list.
    last = max(n for match in _NUMBERED.finditer(data) if (n := int(match[1])) < _MOST_OBJECTS)
    kids = b" ".join(b"%d %d R" % page for page in pages)
    tail = (
        b"\nendstream\nendobj\n"
        b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n"
        % (last + 1, len(pages), kids)
        + b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (last + 2, last + 1)
        + b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n0\n%%%%EOF\n" % (last + 3, last + 2)
    )
    return _as_it_is(data + tail)


def _pages_in(data: bytes) -> Iterator[tuple[int, int]]:
    """Find number and generation of every object that says it is a page."""
    for match in _OBJECT.finditer(data):
        head = data[match.end() : match.end() + _HEAD_OF_OBJECT]
        if _PAGE.search(head.partition(b"endobj")[0].partition(b"stream")[0]):
            yield int(match[1]), int(match[2])
