"""An archive for assistants, over the Model Context Protocol (extra ``mcp``): search, read a page, repair a text."""

import threading
from typing import Any, Final

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from vnreport_ocr import __version__
from vnreport_ocr.archive.opened import Archive
from vnreport_ocr.errors import QueryError
from vnreport_ocr.jobs.cleaner import Cleaner

MOST_FOUND: Final = 50
LONGEST_TEXT: Final = 100_000
"""Characters of a text that is repaired in one call."""

_INSTRUCTIONS: Final = (
    "Vietnamese official documents, read from scans and repaired. Quote figures and numbers of documents only from "
    "read_page, with file and page; where its doubts name a word, say that the scan should be checked."
)
_QUERIES: Final = (
    'Find pages, the best first. Words are all wanted; bare letters find every mark (hoi dong finds "hội đồng"), typed '
    'marks are meant. "A phrase", a OR b, NOT c, begin*, a NEAR/5 b; fields so:18/NQ-HĐND (number of a document), '
    "nam:2020..2023 (year), ngay:14/9/2023 or ngay:9/2023 (day), co-quan: (issuer), loai: (kind), nguoi-ky: (signer), "
    "trich-yeu: (subject), tep: (file)."
)


class _Tools:
    """What an assistant may ask of one archive; it changes nothing."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._cleaner = Cleaner()
        # Tools are called in threads.
        self._lock = threading.Lock()

    def search(self, query: str, limit: int = 10, offset: int = 0) -> dict[str, Any]:
        """Find pages of the archive."""
        if not 1 <= limit <= MOST_FOUND or offset < 0:
            raise ToolError(f"limit is 1 to {MOST_FOUND}, offset 0 or more.")
        try:
            with self._lock:
                answer = self._archive.search(query, limit=limit, offset=offset)
        except QueryError as error:
            raise ToolError(str(error)) from error
        found = [
            {
                "file": hit.path,
                "page": hit.page,
                "snippet": hit.snippet,
                "quality": hit.quality,
                "number": hit.number,
                "kind": hit.kind,
                "title": hit.title,
                "issuer": hit.issuer,
                "date": hit.date,
            }
            for hit in answer.found
        ]
        return {
            "total": answer.total,
            "total_is_a_minimum": answer.more,
            "loosened": answer.loosened,
            "found": found,
        }

    def read_page(self, file: str, page: int) -> dict[str, Any]:
        """Return a page of the archive: its text, what its letterhead says, and words to be checked on the scan."""
        with self._lock:
            document = self._archive.document(file)
            text = self._archive.page(file, page)
        if document is None:
            raise ToolError(f"There is no file {file!r} in this archive. Take the names that search gives.")
        if text is None:
            raise ToolError(f"{file!r} has no page {page}; it has {document.pages} pages.")
        return {
            "file": file,
            "page": page,
            "pages": document.pages,
            "quality": document.quality,
            "letterhead": document.facts,
            "text": text.text,
            "read_otherwise": text.as_read.split(),
        }

    def repair_text(self, text: str) -> dict[str, Any]:
        """Repair a Vietnamese text that was misread or lost its marks; figures, dates and numbers are never changed."""
        if len(text) > LONGEST_TEXT:
            raise ToolError(f"The text has {len(text):,} characters; give at most {LONGEST_TEXT:,} at once.")
        document = self._cleaner.clean_text(text)
        changes = [
            {"before": change.before, "after": change.after, "confidence": round(change.confidence, 3)}
            for change in document.corrections
        ]
        doubts = [{"text": doubt.text, "reason": doubt.reason} for doubt in document.doubts]
        return {"text": document.text, "corrections": changes, "doubts": doubts}


def server(archive: Archive) -> MCPServer[Any]:
    """Return a server of one archive; ``run()`` talks over standard input and output."""
    tools = _Tools(archive)
    served: MCPServer[Any] = MCPServer("vnocr", version=__version__, instructions=_INSTRUCTIONS, log_level="WARNING")
    served.tool(description=_QUERIES)(tools.search)
    served.tool()(tools.read_page)
    served.tool()(tools.repair_text)
    return served
