"""Pictures of pages, drawn by a worker under the limits of a page, and kept for a while."""

import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

from vnreport_ocr.errors import VnocrError
from vnreport_ocr.jobs.crew import Crew
from vnreport_ocr.jobs.documents import DocumentReader
from vnreport_ocr.model import Page
from vnreport_ocr.options import Options

_WORKERS: Final = 2
_IDLE: Final = 60.0
_MOST_BYTES: Final = 64_000_000
_A_FAILURE: Final = 20_000
"""Bytes that a page which cannot be drawn counts for: it is not tried again at once, nor remembered for ever."""
_TIMEOUT: Final = 20.0
"""Processor seconds for drawing a page for the screen; an ordinary one takes a tenth of one."""


class Pictures:
    """Draws pages; any thread may ask."""

    def __init__(self, password: str | None = None, most_bytes: int = _MOST_BYTES) -> None:
        options = Options(page_timeout=_TIMEOUT, password=password)
        self._reader = DocumentReader(self._crew_at_hand, options)
        self._lock = threading.Lock()
        self._drawing = threading.BoundedSemaphore(_WORKERS)
        self._crew: Crew | None = None
        self._closed = False
        self._most_bytes = most_bytes
        self._kept: OrderedDict[tuple[object, ...], bytes | None] = OrderedDict()
        self.bytes_kept = 0

    def draw(self, path: Path, sha256: str | None, page: Page) -> bytes | None:
        """Return a page as a WebP picture, None where it cannot be drawn."""
        key = (str(path), sha256, page.number, page.posture)
        known, found = self._known(key)
        if known:
            return found
        with self._drawing:
            known, found = self._known(key)  # somebody else may have asked for the same
            if known or self._closed:
                return found
            try:
                found = self._reader.draw(path, page)
            except VnocrError:
                found = None
            self._keep(key, found)
        return found

    def close(self) -> None:
        """End the workers."""
        with self._lock:
            self._closed = True
            crew, self._crew = self._crew, None
        if crew is not None:
            crew.close()

    def _crew_at_hand(self) -> Crew:
        with self._lock:
            if self._crew is None or self._crew.closed:
                self._crew = Crew(_WORKERS, idle=_IDLE)
            return self._crew

    def _known(self, key: tuple[object, ...]) -> tuple[bool, bytes | None]:
        with self._lock:
            if key not in self._kept:
                return False, None
            self._kept.move_to_end(key)
            return True, self._kept[key]

    def _keep(self, key: tuple[object, ...], picture: bytes | None) -> None:
        with self._lock:
            self._kept[key] = picture
            self.bytes_kept += _size(picture)
            while self.bytes_kept > self._most_bytes and len(self._kept) > 1:
                _, old = self._kept.popitem(last=False)
                self.bytes_kept -= _size(old)


def _size(picture: bytes | None) -> int:
    return _A_FAILURE if picture is None else len(picture)
