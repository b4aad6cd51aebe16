"""JSON of a document read one page at a time: a long document needs no more memory than its longest page."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, TextIO

_PIECE: Final = 1 << 20
_LONGEST: Final = 100_000_000
"""Letters of one page; a page of a thousand lines with every word in its box has a million."""
_TAIL: Final = 4
"""Letters behind a number that may be the beginning of more of it (``1e-``)."""
_BLANKS: Final = re.compile(r"[ \t\n\r]*")


class EndlessPageError(Exception):
    """A page that is longer than any is."""


class JsonPages:
    """An object whose ``pages`` are handed out; what else it says is known in ``rest`` as far as it was read."""

    def __init__(self, file: TextIO) -> None:
        self.rest: dict[str, Any] = {}
        self.has_pages = False
        self._file = file
        self._held = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def pages(self) -> Iterator[Any]:
        """Yield the pages; raises ``ValueError`` or ``RecursionError`` where it is no JSON."""
        if self._next() != "{":
            self.rest = {"": self._value()}
        else:
            yield from self._members()
        if self._next():
            raise ValueError("something follows")

    def _members(self) -> Iterator[Any]:
        self._take("{")
        if self._next() == "}":
            self._take("}")
            return
        while True:
            name = self._value()
            if not isinstance(name, str):
                raise ValueError("a name is no text")
            self._take(":")
            if name == "pages" and self._next() == "[":
                self.has_pages = True
                yield from self._elements()
            else:
                self.rest[name] = self._value()
            if self._next() == "}":
                self._take("}")
                return
            self._take(",")

    def _elements(self) -> Iterator[Any]:
        self._take("[")
        if self._next() == "]":
            self._take("]")
            return
        while True:
            yield self._value()
            if self._next() == "]":
                self._take("]")
                return
            self._take(",")

    def _take(self, sign: str) -> None:
        if self._next() != sign:
            raise ValueError(f"there is no {sign}")
        self._at += 1

    def _next(self) -> str:
        """Return the sign that follows blanks; nothing at the end."""
        while True:
            self._at = _BLANKS.match(self._held, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._held) or not self._more():
                return self._held[self._at : self._at + 1]

    def _value(self) -> Any:  # noqa: ANN401 - JSON
        self._next()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._held, self._at)
            except json.JSONDecodeError:
                if not self._more():
                    raise
                continue
            if end + _TAIL > len(self._held) and self._more():
                continue  # a number may go on
            self._at = end
            return found

    def _more(self) -> bool:
        """Read on; twice as much as is held, so that a long page is not tried too often."""
        left = len(self._held) - self._at
        if left > _LONGEST:
            raise EndlessPageError
        more = self._file.read(max(_PIECE, left))
        if more:
            self._held, self._at = self._held[self._at :] + more, 0
        return bool(more)
