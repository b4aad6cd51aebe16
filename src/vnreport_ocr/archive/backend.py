"""What a worker does with a file: a small protocol, and the real thing behind it."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

from vnreport_ocr.errors import UsageError
from vnreport_ocr.model import Page
from vnreport_ocr.options import Options


class Backend(Protocol):
    """Reads pages and writes outputs. Every page is one pure job: the same bytes give the same page."""

    def page_numbers(self, path: Path) -> Sequence[int]:
        """The pages to be read; none when the file is one job as a whole (a text)."""
        ...

    def clean_page(self, path: Path, number: int) -> Page:
        """One page, read and repaired; a page that cannot be read comes back with its error."""
        ...

    def clean_whole(self, path: Path) -> Iterable[Page]:
        """All pages of a file that is one job."""
        ...

    def write(self, pages: Iterable[Page], name: str, stem: Path) -> None:
        """Write every format asked for to ``stem`` with its own ending; ``name`` is the document's."""
        ...


def open_named(name: str, options: Options, formats: tuple[str, ...]) -> Backend:
    """Open the backend that ``module:function`` names."""
    module, _, function = name.partition(":")
    opened: Backend = getattr(import_module(module), function)(options, formats)
    if not callable(getattr(opened, "clean_page", None)):
        raise UsageError(f"{name} opens nothing that can read a page.")
    return opened
