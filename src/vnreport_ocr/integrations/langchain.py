"""A document loader for LangChain (extra ``langchain``).

A document of the loader is a passage: a few paragraphs under their headings, or rows of a table, never half a row.
"""

from collections.abc import Iterator
from pathlib import Path

from langchain_core.document_loaders import BaseLoader
from langchain_core.documents import Document

from vnreport_ocr.export.chunks import CHUNK_SIZE
from vnreport_ocr.export.passages import passages
from vnreport_ocr.options import Options


class VnocrLoader(BaseLoader):
    """Load a PDF, a page image, a text, a Word file, or the results of ``vnocr batch``."""

    def __init__(self, path: Path | str, options: Options | None = None, chunk_size: int = CHUNK_SIZE) -> None:
        self.path = Path(path)
        self.options = options
        self.chunk_size = chunk_size

    def lazy_load(self) -> Iterator[Document]:
        """Yield the passages, each with file, page, boxes, quality and letterhead in its metadata."""
        for passage in passages(self.path, self.options, self.chunk_size):
            name = f"{passage.file}#{passage.number}"
            yield Document(page_content=passage.chunk.text, metadata=passage.metadata(), id=name)
