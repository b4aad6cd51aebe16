"""A progress bar on a terminal, and nothing anywhere else."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress


class PageProgress(Protocol):
    """What a run tells about its pages."""

    def document(self, name: str, pages: int | None) -> None:
        """Begin a document; its number of pages may be unknown."""

    def page(self) -> None:
        """Count a page as done."""


class Silent:
    """Says nothing."""

    def document(self, name: str, pages: int | None) -> None:
        """Say nothing."""

    def page(self) -> None:
        """Say nothing."""


@contextmanager
def progress_bar(wanted: bool) -> Iterator[PageProgress]:
    """Show a bar on standard error if that is a terminal; it clears itself away at the end."""
    if not (wanted and sys.stderr.isatty()):
        yield Silent()
        return
    from rich.console import Console  # slow to load, and seldom needed
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=Console(stderr=True), transient=True) as rich:
        yield _Bar(rich)


class _Bar:
    def __init__(self, rich: "RichProgress") -> None:
        self._rich = rich
        self._task = rich.add_task("", total=None, rate="")
        self._pages = 0
        self._total: int | None = 0
        self._started = time.monotonic()

    def document(self, name: str, pages: int | None) -> None:
        self._total = None if pages is None or self._total is None else self._total + pages
        self._rich.update(self._task, description=name[-40:], total=self._total)

    def page(self) -> None:
        self._pages += 1
        minutes = (time.monotonic() - self._started) / 60
        rate = f"{self._pages / minutes:.0f} pages/min" if minutes > 0.02 else ""
        self._rich.update(self._task, advance=1, rate=rate)
