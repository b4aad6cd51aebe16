"""How far a run has come, and how long the rest may take."""

import time
from collections import deque
from dataclasses import dataclass

_WINDOW = 120.0
"""Seconds over which the present speed is counted."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A look at a run, for a person who waits for it."""

    todo_files: int
    files: int
    pages: int
    failed: int
    partial: int
    workers: int
    in_hand: int
    elapsed: float
    pages_a_minute: float
    seconds_left: float | None
    stopping: bool = False


class Counter:
    """Counts what is done as it is done."""

    def __init__(self, todo_files: int, todo_bytes: int) -> None:
        self.todo_files = todo_files
        self.todo_bytes = max(1, todo_bytes)
        self.files = self.pages = self.failed = self.partial = 0
        self.bytes = 0.0
        self._begun = time.monotonic()
        self._marks: deque[tuple[float, int]] = deque([(self._begun, 0)])

    def take(self, pages: int, share_of_bytes: float) -> None:
        """Note that pages of a long file were read, each a share of it."""
        self.pages += pages
        self.bytes += pages * share_of_bytes

    def look(self, workers: int, in_hand: int, *, stopping: bool = False) -> Progress:
        """Return the state now."""
        now = time.monotonic()
        self._marks.append((now, self.pages))
        while len(self._marks) > 2 and now - self._marks[0][0] > _WINDOW:
            self._marks.popleft()
        since, before = self._marks[0]
        elapsed = now - self._begun
        share = min(1.0, self.bytes / self.todo_bytes)
        return Progress(
            todo_files=self.todo_files,
            files=self.files,
            pages=self.pages,
            failed=self.failed,
            partial=self.partial,
            workers=workers,
            in_hand=in_hand,
            elapsed=elapsed,
            pages_a_minute=60 * (self.pages - before) / max(0.001, now - since),
            # The first moments say nothing yet.
            seconds_left=elapsed * (1 - share) / share if elapsed > 5 and share > 0.005 else None,
            stopping=stopping,
        )
