"""How a run is watched: a live view on a terminal, elsewhere a line a minute."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from vnreport_ocr.archive.outcome import Outcome
from vnreport_ocr.archive.progress import Progress
from vnreport_ocr.cli.batch_lines import live_line, progress_line
from vnreport_ocr.cli.saying import say

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

_LINE_EVERY = 60.0


class Display(Protocol):
    """Shows a run to whoever started it."""

    def watch(self, now: Progress) -> None:
        """Show how far the run has come."""
        ...

    def tell(self, told: Outcome) -> None:
        """Show that a file is finished."""
        ...

    def say(self, sentence: str) -> None:
        """Something to be said at once."""
        ...


@contextmanager
def open_display(quiet: bool) -> Iterator[Display]:
    """Choose the display that fits where the output goes."""
    if quiet or not sys.stderr.isatty():
        yield _Lines(quiet)
        return
    from rich.console import Console  # slow to load, and of use on a terminal only
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as RichProgress

    columns = (BarColumn(bar_width=12), TextColumn("{task.description}"))
    with RichProgress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=2) as rich:
        yield _Live(rich)


class _Lines:
    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._last = time.monotonic()

    def watch(self, now: Progress) -> None:
        if not self._quiet and time.monotonic() - self._last >= _LINE_EVERY:
            self._last = time.monotonic()
            self.say(progress_line(now))

    def tell(self, told: Outcome) -> None:
        if sentence := _failure(told):
            say(sentence)

    def say(self, sentence: str) -> None:
        if not self._quiet:
            say(sentence)


class _Live:
    def __init__(self, rich: "RichProgress") -> None:
        self._rich = rich
        self._task = rich.add_task("starting", total=None)

    def watch(self, now: Progress) -> None:
        self._rich.update(self._task, description=live_line(now), total=now.todo_files, completed=now.files)

    def tell(self, told: Outcome) -> None:
        if sentence := _failure(told):
            self.say(sentence)

    def say(self, sentence: str) -> None:
        self._rich.console.print(sentence, markup=False, highlight=False)


def _failure(told: Outcome) -> str | None:
    """Return what is said of a file at once: only that something of it could not be read."""
    if told.state == "failed":
        return f"failed: {told.name}: {told.error}"
    if told.state == "partial":
        return f"{told.unread} of {told.pages} pages not read whole: {told.name}: {told.error}"
    return None
