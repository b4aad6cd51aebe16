"""Pages read and repaired once, for the numbers of the rooms that come after the repair.

What these numbers move begins where the pages are kept: a measurement takes a second instead of ten, and pages count
that an engine has read.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from vnreport_ocr.document import Document
from vnreport_ocr.errors import VnocrError
from vnreport_ocr.jobs.codec import packed, unpacked
from vnreport_ocr.model import Page
from vnreport_ocr.options import Options
from vnreport_ocr.pipeline import Pipeline

FIRST_PAGES: Final = "1-3"
"""As much of a file is read."""

_TRUTHS: Final = (".truth.txt", ".ref.txt")

_Kept = tuple[tuple[str, Document], ...]


class _Keeping(Pipeline):
    """Reads and repairs; what the pages are is told later."""

    def structured(self, page: Page) -> Page:
        """Leave the page as it is."""
        return page


def keep_pages(folder: Path, place: Path) -> Path:
    """Read and repair the PDFs and texts of a folder; return the file in which their pages are kept."""
    kept: list[tuple[str, Document]] = []
    with _Keeping(Options(pages=FIRST_PAGES)) as pipeline:
        for path in sorted(chain(folder.rglob("*.pdf"), folder.rglob("*.txt"))):
            if path.name.endswith(_TRUTHS):
                continue
            try:
                kept.append((str(path), pipeline.clean_file(path)))
            except VnocrError:
                continue  # encrypted or damaged: there is no page to measure
    file = place / f"{folder.name}.pages"
    file.write_bytes(packed(tuple(kept)))
    return file


def structured_documents(kept: Path) -> Iterator[tuple[Path, Document]]:
    """Yield the documents of kept pages, each with the file it was read from."""
    pipeline = Pipeline(Options())
    for path, document in unpacked(kept.read_bytes(), _Kept):
        yield Path(path), Document(tuple(map(pipeline.structured, document.pages)), document.name, document.properties)
