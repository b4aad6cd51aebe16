"""A reader for LlamaIndex (extra ``llamaindex``); a node of it is a passage, as in the loader for LangChain."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from llama_index.core.readers.base import BaseReader
from llama_index.core.schema import Document

from vnreport_ocr.export.chunks import CHUNK_SIZE
from vnreport_ocr.export.passages import passages
from vnreport_ocr.options import Options

_NOT_TO_EMBED = ["boxes", "pages", "chunk", "doubts", "quality"]


class VnocrReader(BaseReader):
    """Load a PDF, a page image, a text, a Word file, or the results of ``vnocr batch``."""

    def __init__(self, options: Options | None = None, chunk_size: int = CHUNK_SIZE) -> None:
        self.options = options
        self.chunk_size = chunk_size

    def lazy_load_data(self, path: Path | str, **_more: Any) -> Iterator[Document]:  # noqa: ANN401 - theirs
        """Yield the passages, each with file, page, boxes, quality and letterhead in its metadata."""
        for passage in passages(path, self.options, self.chunk_size):
            yield Document(
                text=passage.chunk.text,
                id_=f"{passage.file}#{passage.number}",
                metadata=passage.metadata(),
                excluded_embed_metadata_keys=_NOT_TO_EMBED,
                excluded_llm_metadata_keys=_NOT_TO_EMBED,
            )
