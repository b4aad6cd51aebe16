"""The review page as this site gives it, and decisions on their way back into the archive."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, Final

from vnreport_ocr.archive.deliver import kept_decisions
from vnreport_ocr.archive.names import real_name
from vnreport_ocr.archive.record import Record
from vnreport_ocr.errors import DecisionsError
from vnreport_ocr.review.decisions import Decisions, ReviewDecision, from_json, merged, to_json
from vnreport_ocr.review.kept import keep, read_kept

MOST_BYTES: Final = 8_000_000
"""Of decisions that are taken at once."""

_PIECE: Final = 1 << 18
_META: Final = b'<meta http-equiv="Content-Security-Policy"'


class ReviewPage:
    """A review page out of the output folder, with this site's policy in the place of its own.

    Only the script and the style of this version run: whatever else a file holds stays a text.
    """

    def __init__(self, path: Path, tail: str = "") -> None:
        self._path = path
        self._tail = tail.encode("ascii")
        hashes = {name: _hash(name) for name in ("review.css", "review.js")}
        self.policy = (
            f"default-src 'none'; img-src data:; style-src 'sha256-{hashes['review.css']}' 'self'; "
            f"script-src 'sha256-{hashes['review.js']}' 'self'; connect-src 'self'; base-uri 'none'; "
            "form-action 'none'; frame-ancestors 'none'"
        )
        with path.open("rb") as file:
            self._head = file.read(_PIECE)
        self.is_ours = all(f"'sha256-{value}'".encode() in self._head for value in hashes.values())

    def pieces(self) -> Iterator[bytes]:
        """Give the page, piece by piece."""
        begin = self._head.find(_META)
        end = self._head.find(b">", begin) + 1 if begin >= 0 else -1
        yield self._head[:begin] + self._head[end:] if 0 <= begin < end else self._head
        with self._path.open("rb") as file:
            file.seek(len(self._head))
            while piece := file.read(_PIECE):
                yield piece
        yield self._tail


def _hash(name: str) -> str:
    text = resources.files("vnreport_ocr.review").joinpath(name).read_text(encoding="utf-8")
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


class DecisionStore:
    """Reads and writes the decisions that are kept, one writer at a time."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._lock = threading.Lock()

    def kept(self, record: Record) -> Decisions:
        """Return the decisions about a document; none where none are kept."""
        name = Path(real_name(record.path)).name
        return read_kept(self._place(record)) or Decisions(name)

    def told(self, record: Record) -> str:
        """Return them as JSON."""
        return to_json(self.kept(record))

    def take(self, record: Record, text: str) -> int:
        """Add what a page sends to what is kept, and let go of what was undone; returns how many are kept now.

        Raises ``DecisionsError`` where it is something else, or about another document.
        """
        made, undone = _sent(text)
        names = {Path(real_name(record.path)).name, Path(record.path).name}
        if made.document not in names:
            raise DecisionsError("These decisions belong to another document.")
        with self._lock:
            kept = self.kept(record)
            gone = {(decision.place, decision.when) for decision in undone}
            left = tuple(one for one in kept.made if (one.place, one.when) not in gone)
            now = merged(Decisions(made.document, left), made)
            keep(self._place(record), now)
        return len(now.made)

    def _place(self, record: Record) -> Path:
        return kept_decisions(self._out, real_name(record.path))


def _sent(text: str) -> tuple[Decisions, tuple[ReviewDecision, ...]]:
    try:
        record: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DecisionsError("It is not JSON.") from error
    undone = record.get("undone", []) if isinstance(record, dict) else []
    made = from_json(text)
    return made, from_json(json.dumps(dict(record, decisions=undone))).made
