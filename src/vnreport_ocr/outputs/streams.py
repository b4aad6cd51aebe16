"""What every format is that takes pages one at a time."""

from typing import Protocol

from vnreport_ocr.model import Page


class Stream(Protocol):
    """A format that takes pages one at a time."""

    def page(self, page: Page) -> str:
        """Return what this page adds to the file."""

    def end(self) -> str:
        """Return what closes the file."""
