"""Pictures of pages, drawn by a worker under the limits of a page, and kept for a while."""

import contextlib
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
        self._turn = threading.Condition(self._lock)
        self._under_way: set[tuple[object, ...]] = set()
        self._crew: Crew | None = None
        self._closed = False
        self._most_bytes = most_bytes
        self._kept: OrderedDict[tuple[object, ...], bytes | None] = OrderedDict()
        self.bytes_kept = 0

    def draw(self, path: Path, sha256: str | None, page: Page) -> bytes | None:
        """Return a page as a WebP picture, None where it cannot be drawn."""
        key = (str(path), sha256, page.number, page.posture)
        with self._turn:
            # Somebody else may have asked for the same, or all workers are busy.
            while key not in self._kept and (key in self._under_way or len(self._under_way) >= _WORKERS):
                if self._closed:
                    return None
                self._turn.wait()
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            if self._closed:
                return None
            self._under_way.add(key)
        found: bytes | None = None
        try:
            with contextlib.suppress(VnocrError):
                found = self._reader.draw(path, page)
        finally:
            with self._turn:
                self._under_way.discard(key)
                self._keep(key, found)
                self._turn.notify_all()
        return found

    def close(self) -> None:
        """End the workers."""
        with self._lock:
            self._closed = True
            crew, self._crew = self._crew, None
            self._turn.notify_all()
        if crew is not None:
            crew.close()

    def _crew_at_hand(self) -> Crew:
        with self._lock:
            if self._crew is None or self._crew.closed:
                self._crew = Crew(_WORKERS, idle=_IDLE)
            return self._crew

    def _keep(self, key: tuple[object, ...], picture: bytes | None) -> None:
        self._kept[key] = picture
        self.bytes_kept += _size(picture)
        while self.bytes_kept > self._most_bytes and len(self._kept) > 1:
            _, old = self._kept.popitem(last=False)
            self.bytes_kept -= _size(old)


def _size(picture: bytes | None) -> int:
    return _A_FAILURE if picture is None else len(picture)
