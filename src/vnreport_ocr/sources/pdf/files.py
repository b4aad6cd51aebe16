"""A PDF opened: its pages, their size and rotation, the pictures on them, and what may be wrong with the file."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
import pypdfium2
import pypdfium2.raw as raw
from numpy.typing import NDArray

from vnreport_ocr.errors import (
    DamagedPdfError,
    EmptyDocumentError,
    EncryptedPdfError,
    InputError,
    NotAPdfError,
    UnboundedPdfError,
)
from vnreport_ocr.model import Box
from vnreport_ocr.sources.kind import head_of
from vnreport_ocr.sources.pdf.besidebroken import told_of_document, told_of_page
from vnreport_ocr.sources.pdf.guard import PageGuard
from vnreport_ocr.sources.pdf.journey import joined_files, was_taken_for_text
from vnreport_ocr.sources.pdf.notes import with_notes
from vnreport_ocr.sources.pdf.salvage import ends_early, saved_pages
from vnreport_ocr.sources.pdf.skeleton import check_skeleton
from vnreport_ocr.sources.pdf.unlocked import Unlocked
from vnreport_ocr.sources.pdf.unpack import TooMuchError
from vnreport_ocr.vietnamese.glyph_codes import GlyphCodes

if TYPE_CHECKING:
    from PIL import Image

_MOST_OBJECTS = 20000
_COLOUR_DPI = 36.0
_COLOUR_SPAN = 40
_COLOUR_FEW = 8


class PlacedPicture(NamedTuple):
    """A picture as it lies on the page."""

    box: Box
    pixel_width: int
    pixel_height: int

    @property
    def dpi(self) -> float:
        """Its own resolution: the larger one, so that nothing of it is lost."""
        width, height = self.box.right - self.box.left, self.box.bottom - self.box.top
        if width <= 0 or height <= 0:
            return 0.0
        turned = (width > height) != (self.pixel_width > self.pixel_height)
        across, down = (self.pixel_height, self.pixel_width) if turned else (self.pixel_width, self.pixel_height)
        return max(across / width, down / height) * 72


class PdfPage:
    """A page of an open PDF; coordinates are those of the page as it is shown, from the upper left."""

    def __init__(
        self,
        page: Any,  # noqa: ANN401 - pypdfium2 has no types
        number: int,
        saved: bytes | None = None,
        own_letters: int | None = None,
        guard: PageGuard | None = None,
    ) -> None:
        self.page = page
        self.own_letters = own_letters
        """How many letters the page's text begins with before those of its notes; None where it has no notes."""
        self.number = number
        self.saved = saved
        """The file that the page is in where it is not the one on disk, but what could be saved of it."""
        self._guard = guard
        self.file: PdfFile | None = None
        """The open file that it is a page of."""
        self.rotation: int = page.get_rotation() % 360
        self.size: tuple[float, float] = page.get_size()
        self._crop: tuple[float, float, float, float] = page.get_cropbox()

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Turn a point of the page's own coordinates to where the reader sees it."""
        left, bottom, right, top = self._crop
        if self.rotation == 90:
            return y - bottom, x - left
        if self.rotation == 180:
            return right - x, y - bottom
        if self.rotation == 270:
            return top - y, right - x
        return x - left, top - y

    def shown_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Turn a rectangle of the page's own coordinates to where the reader sees it."""
        x1, y1 = self.shown(left, bottom)
        x2, y2 = self.shown(right, top)
        return Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def is_blank(self) -> bool:
        """Whether nothing at all is drawn on the page."""
        return int(raw.FPDFPage_CountObjects(self.page)) == 0

    def is_lost(self) -> bool:
        """Whether a page that shows nothing was meant to show something."""
        return self.saved is not None or (self._guard is not None and self._guard.says_something(self.number))

    def drawn_lines(self, most: int) -> int:
        """How many points of lines and areas are drawn on the page, counted up to about ``most``."""
        points = 0
        for path in self.page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
            points += max(1, raw.FPDFPath_CountSegments(path.raw))
            if points >= most:
                break
        return points

    def sketch(self, dpi: float) -> NDArray[np.uint8]:
        """Return the page drawn small and in grey, for measuring only."""
        bitmap = self.page.render(scale=dpi / 72, grayscale=True, draw_annots=False)
        pixels = np.array(bitmap.to_numpy(), dtype=np.uint8)
        return pixels.reshape(pixels.shape[0], pixels.shape[1])

    def drawn(self, dpi: float) -> "Image.Image":
        """Return the page as pdfium draws it, where poppler cannot be given it."""
        image: Image.Image = self.page.render(scale=dpi / 72, grayscale=not self.has_colour()).to_pil()
        return image

    def has_colour(self) -> bool:
        """Whether a small drawing of the page shows any colour."""
        bitmap = self.page.render(scale=_COLOUR_DPI / 72, draw_annots=True)
        pixels = np.array(bitmap.to_numpy(), dtype=np.int16)[:, :, :3]
        return bool((pixels.max(axis=2) - pixels.min(axis=2) > _COLOUR_SPAN).sum() > _COLOUR_FEW)

    def pictures(self) -> list[PlacedPicture]:
        """List the pictures on the page, also those inside forms."""
        found = []
        for seen, item in enumerate(self.page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
            if seen > _MOST_OBJECTS:
                break
            try:
                width, height = item.get_px_size()
                box = self.shown_box(*_place(item))
            except pypdfium2.PdfiumError:
                continue
            found.append(PlacedPicture(box, width, height))
        return found


def filters_of(item: Any) -> list[str]:  # noqa: ANN401 - pypdfium2 has no types
    """Return the ways in which a picture is packed; a name that is no text is shown as far as it can be."""
    try:
        return [str(name) for name in item.get_filters()]
    except UnicodeDecodeError:
        return ["?"]


def _place(item: Any) -> tuple[float, float, float, float]:  # noqa: ANN401 - pypdfium2 has no types
    """Where a picture lies on the page, through all the forms around it."""
    matrix, container = item.get_matrix(), item.container
    while container is not None:
        matrix, container = matrix.multiply(container.get_matrix()), container.container
    left, bottom, right, top = matrix.on_rect(0, 0, 1, 1)
    return left, bottom, right, top


class PdfFile:
    """An open PDF; use it as a context.

    Of a file that is cut off or broken inside the pages that can be found are saved, in memory.
    """

    def __init__(self, path: Path, password: str | None = None) -> None:
        self.path = path
        self.saved: bytes | None = None
        try:
            self._document = _open(path, password)
        except DamagedPdfError:
            self.saved = saved_pages(path)
            if self.saved is None:
                raise
            self._document = pypdfium2.PdfDocument(self.saved)
        self._guard = PageGuard(path if self.saved is None else self.saved, password if self.saved is None else None)
        self.unlocked = Unlocked(path, password)
        """Where programs find it that must not be told the password."""
        self.damaged = self.saved is not None or ends_early(path)
        self.glyph_codes: Mapping[str, GlyphCodes] | None = None
        """What the glyph numbers of its fonts stand for, once that was learned."""
        self.font_charsets: Mapping[str, str] | None = None
        """The old charsets of its fonts, once that was asked for."""
        if len(self._document) == 0:
            self._document.close()
            raise EmptyDocumentError("The PDF has no pages.", file=str(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._guard.close()
        self._document.close()
        self.unlocked.close()

    def __len__(self) -> int:
        return len(self._document)

    @contextmanager
    def page(self, number: int) -> Iterator[PdfPage]:
        """Page ``number``, counted from 1."""
        if not 1 <= number <= len(self):
            raise InputError(f"The PDF has {len(self)} pages.", file=str(self.path), page=number)
        self._guard.check(number, len(self), str(self.path))
        try:
            page, own = with_notes(self._document, number)
        except pypdfium2.PdfiumError as error:
            raise DamagedPdfError("The page cannot be loaded.", file=str(self.path), page=number) from error
        try:
            made = PdfPage(page, number, self.saved, own, self._guard)
            made.file = self
            yield made
        except pypdfium2.PdfiumError as error:
            raise DamagedPdfError("The page is broken inside.", file=str(self.path), page=number) from error
        finally:
            page.close()

    def attached_to(self, number: int) -> tuple[str, ...]:
        """Name the files that are pinned to a page that was read."""
        named = self._guard.attached_to(number)
        return told_of_page(self._document, number) if named is None else named

    def is_spoilt(self, number: int) -> bool:
        """Whether the contents of a page that was read are damaged."""
        return self._guard.is_spoilt(number)

    @cached_property
    def attached(self) -> tuple[str, ...]:
        """The names of the files attached to the whole document, known once a page was read."""
        named = self._guard.attached()
        return told_of_document(self._document) if named is None else named

    @cached_property
    def was_taken_for_text(self) -> bool:
        """Whether a transfer or an editor took the file for a text, and changed it."""
        return was_taken_for_text(self.path)

    @cached_property
    def holds_another(self) -> bool:
        """Whether another PDF lies behind the first in the same file; it takes a look at all of it."""
        return joined_files(self.path) > 1

    @cached_property
    def hides_a_form(self) -> bool:
        """Whether it is a form that its pages do not show, known once a page was read."""
        return self._guard.hides_a_form()

    def properties(self) -> dict[str, str]:
        """Return what the file says of itself (title, author, producer, dates)."""
        values = self._document.get_metadata_dict(skip_empty=True)
        return {str(key): str(value) for key, value in values.items()}


def _open(path: Path, password: str | None) -> Any:  # noqa: ANN401 - pypdfium2 has no types
    if b"%PDF-" not in (head_of(path) or b""):
        raise NotAPdfError("The file is not a PDF.", file=str(path))
    try:
        check_skeleton(path)
    except TooMuchError as error:
        raise UnboundedPdfError(f"The PDF exceeds the limits: {error}.", file=str(path)) from error
    try:
        return pypdfium2.PdfDocument(path, password=password)
    except pypdfium2.PdfiumError as error:
        raise _refusal(path, password) from error


def _refusal(path: Path, password: str | None) -> InputError:
    """Return why PDFium does not open a file.

    It is asked once more: of a file without pages it tells the last error that it had with any other.
    """
    opened = raw.FPDF_LoadDocument(os.fsencode(path) + b"\0", None if password is None else f"{password}\0".encode())
    if opened:
        raw.FPDF_CloseDocument(opened)
        return EmptyDocumentError("The PDF has no pages.", file=str(path))
    if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD:
        problem = "The password does not open the PDF." if password else "The PDF is encrypted."
        return EncryptedPdfError(problem, file=str(path))
    return DamagedPdfError("The PDF is cut off or broken inside.", file=str(path))
