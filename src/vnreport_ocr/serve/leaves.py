"""One page out of a JSON output of any length: found once, then read from where it lies."""

import json
import re
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

from vnreport_ocr.errors import NotADocumentError
from vnreport_ocr.model import Page
from vnreport_ocr.outputs.json import FORMAT, FORMAT_VERSION
from vnreport_ocr.review.documents import document_from_json

_NUMBER: Final = re.compile(rb'^ "number": (\d{1,9}),?\s*$')
_MOST_FILES: Final = 200
_MOST_BYTES: Final = 30_000_000
"""Of one page: none that can be read is longer."""


class Leaves:
    """Knows where the pages lie in the JSON files that were asked for last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[str, int, int], dict[int, tuple[int, int]]] = OrderedDict()

    def page(self, path: Path, number: int) -> Page | None:
        """Return a page with all that is known of it; None where the file does not hold it, or is no document."""
        try:
            place = self._places(path).get(number)
            if place is None or place[1] - place[0] > _MOST_BYTES:
                return None
            with path.open("rb") as file:
                file.seek(place[0])
                text = file.read(place[1] - place[0]).decode("utf-8", "surrogatepass").strip().strip(",")
            head = json.dumps({"format": FORMAT, "format_version": FORMAT_VERSION})
            return document_from_json(f'{head[:-1]}, "pages": [{text}]}}').pages[0]
        except (OSError, UnicodeError, NotADocumentError, IndexError):
            return None

    def _places(self, path: Path) -> dict[int, tuple[int, int]]:
        stat = path.stat()
        key = (str(path), stat.st_size, stat.st_mtime_ns)
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        found = _look_through(path)
        with self._lock:
            self._known[key] = found
            while len(self._known) > _MOST_FILES:
                self._known.popitem(last=False)
        return found


def _look_through(path: Path) -> dict[int, tuple[int, int]]:
    """Find where each page begins and ends: an object at the edge of the line, as ``JsonStream`` writes it."""
    found: dict[int, tuple[int, int]] = {}
    place = begin = 0
    number: int | None = None
    inside = False
    with path.open("rb") as file:
        for line in file:
            if line.startswith(b"{") and line.strip() == b"{":
                begin, inside, number = place, True, None
            elif inside and number is None and (told := _NUMBER.match(line)):
                number = int(told[1])
            place += len(line)
            if inside and line.startswith(b"}"):
                if number is not None:
                    found.setdefault(number, (begin, place))
                inside = False
    return found
