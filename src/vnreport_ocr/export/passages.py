"""Chunks with what a retriever keeps beside them: of a file that is read now, or of an archive that was read before."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from vnreport_ocr.archive.ledger import LEDGER
from vnreport_ocr.archive.opened import Archive, ArchivedDocument
from vnreport_ocr.export.chunks import CHUNK_SIZE, Chunk, chunks_of
from vnreport_ocr.jobs.cleaner import Cleaner
from vnreport_ocr.model import Letterhead, Line, Page
from vnreport_ocr.options import Options
from vnreport_ocr.review.documents import read_document
from vnreport_ocr.structure.fieldnames import facts
from vnreport_ocr.structure.letterhead import merged


class ExportedChunk(NamedTuple):
    """A chunk, the file it comes from, and what the letterhead of that file says."""

    file: str
    number: int
    """Which chunk of the file it is, from 1 on."""
    chunk: Chunk
    letterhead: dict[str, str]

    def metadata(self) -> dict[str, Any]:
        """Return all but the text as plain values."""
        chunk = self.chunk
        return {
            "source": self.file,
            "chunk": self.number,
            "page": chunk.pages[0],
            "pages": list(chunk.pages),
            "boxes": [{"page": place.page, "box": [round(edge, 2) for edge in place.box]} for place in chunk.places],
            "headings": list(chunk.headings),
            "quality": round(chunk.quality, 4),
            "doubts": chunk.doubts,
            "letterhead": dict(self.letterhead),
        }


def passages(path: Path | str, options: Options | None = None, size: int = CHUNK_SIZE) -> Iterator[ExportedChunk]:
    """Yield the passages of a file, which is read and repaired, or of everything in the results of ``vnocr batch``."""
    place = Path(path)
    if (place / LEDGER).is_file():
        with Archive(place) as archive:
            for document in archive.documents():
                pages = _stored_pages(archive, document)
                yield from _numbered(document.path, chunks_of(pages, size), dict(document.facts))
        return
    heads: list[Letterhead | None] = []
    with Cleaner(options) as cleaner:
        # The letterhead may end on the last page, and belongs to every passage; pages take far more room than chunks.
        chunks = list(chunks_of(_noted(cleaner.iter_pages(place), heads), size))
    yield from _numbered(str(path), chunks, _said(heads))


def _numbered(file: str, chunks: Iterable[Chunk], letterhead: dict[str, str]) -> Iterator[ExportedChunk]:
    return (ExportedChunk(file, number, chunk, letterhead) for number, chunk in enumerate(chunks, 1))


def _noted(pages: Iterable[Page], heads: list[Letterhead | None]) -> Iterator[Page]:
    for page in pages:
        heads.append(page.letterhead)
        yield page


def _stored_pages(archive: Archive, document: ArchivedDocument) -> Iterator[Page]:
    """Yield the pages of an archived document: out of its JSON where there is one, else their text alone."""
    stored = next((path for path in document.outputs if path.suffix == ".json" and path.is_file()), None)
    if stored is not None:
        yield from read_document(stored).pages
        return
    quality = document.quality if document.quality is not None else 1.0
    for page in archive.pages(document.path):
        lines = tuple(Line(line) for line in page.text.splitlines())
        yield Page(page.number, lines, quality=quality)


def _said(letterheads: Iterable[Letterhead | None]) -> dict[str, str]:
    whole = merged(letterheads)
    said: dict[str, str] = {}
    for name, _, reading in facts(whole) if whole is not None else ():
        said[name] = f"{said[name]}; {reading.text}" if name in said else reading.text
    return said
