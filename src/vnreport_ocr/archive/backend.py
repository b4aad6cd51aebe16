"""What a worker does with a file: a small protocol, and the real thing behind it."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

from vnreport_ocr.errors import CopyError, UsageError
from vnreport_ocr.model import Page
from vnreport_ocr.options import Options
from vnreport_ocr.outputs.original import WITHOUT_PAGES, OriginalHere, is_copied
from vnreport_ocr.sources.kind import kind_of


class Backend(Protocol):
    """Reads pages and writes outputs. Every page is one pure job: the same bytes give the same page."""

    def page_numbers(self, path: Path) -> Sequence[int]:
        """Return the pages to be read."""
        ...

    def together(self, path: Path, numbers: Sequence[int]) -> Sequence[int]:
        """How many pages are best read at once, one group after the other; where nothing is said, each by itself."""
        ...

    def clean_pages(self, path: Path, numbers: Sequence[int], terms: tuple[str, ...] = ()) -> Iterable[Page]:
        """Pages, each read and repaired by itself; one that cannot be read comes back with its error.

        ``terms`` are names and words of this document, known besides those of the options.
        """
        ...

    def write(
        self, pages: Iterable[Page], name: str, stem: Path, source: Path, *, copies: bool = True
    ) -> Sequence[Path]:
        """Write every format asked for to ``stem`` with its own ending; returns what was written.

        Each file is written beside its place, as ``.(32 hexadecimal digits).part``, and then moved into
        it. ``name`` is the document's, ``source`` the file that was read. Without ``copies`` the source is not opened
        again: no page of it is drawn, and what would be a copy of it is left out.
        """
        ...


def open_named(name: str, options: Options, formats: tuple[str, ...]) -> Backend:
    """Open the backend that ``module:function`` names."""
    module, _, function = name.partition(":")
    opened: Backend = getattr(import_module(module), function)(options, formats)
    if not callable(getattr(opened, "clean_pages", None)):
        raise UsageError(f"{name} opens nothing that can read a page.")
    return opened


class RealBackend:
    """The pipeline and the outputs."""

    def __init__(self, options: Options, formats: tuple[str, ...]) -> None:
        # Not at the top: the parent names this module and must not load what reads and draws pages.
        from vnreport_ocr.outputs.write import write
        from vnreport_ocr.pipeline import Pipelines

        self._options = options
        self._formats = formats
        self._pipelines = Pipelines(options)
        self._pipeline = self._pipelines.knowing(())
        self._write = write

    def page_numbers(self, path: Path) -> Sequence[int]:
        """Return the pages to be read."""
        return self._pipeline.page_numbers(path)

    def together(self, path: Path, numbers: Sequence[int]) -> Sequence[int]:
        """How many pages are best read at once."""
        return self._pipeline.together(path, numbers)

    def clean_pages(self, path: Path, numbers: Sequence[int], terms: tuple[str, ...] = ()) -> Iterable[Page]:
        """Pages, each read and repaired by itself."""
        return self._pipelines.knowing(terms).clean_pages(path, numbers)

    def write(
        self, pages: Iterable[Page], name: str, stem: Path, source: Path, *, copies: bool = True
    ) -> Sequence[Path]:
        """Every format asked for."""
        formats = self._formats
        if len(formats) > 1 and kind_of(source) in WITHOUT_PAGES:
            # A text has no pages to make a PDF of; what else is wanted of it is written.
            formats = tuple(wish for wish in formats if wish != "pdf")
        if not copies:
            formats = tuple(wish for wish in formats if not is_copied(wish, source))
            if not formats:
                raise CopyError("A copy cannot be made within the limits.", file=str(source))
        properties = self._pipeline.properties(source)
        original = OriginalHere(source, self._options) if copies else None
        return self._write(pages, formats, stem, name, self._options, original, properties)


def open_backend(options: Options, formats: tuple[str, ...]) -> Backend:
    """Return the backend of every run that is no test."""
    return RealBackend(options, formats)
