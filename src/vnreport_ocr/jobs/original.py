"""The original in the hands of workers: what is made of it is ordered from them, under the limits of a page."""

from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Protocol

from vnreport_ocr.jobs.codec import packed
from vnreport_ocr.jobs.frames import framed
from vnreport_ocr.model import Page
from vnreport_ocr.outputs.original import Copy
from vnreport_ocr.sources.scratch import scratch_folder
from vnreport_ocr.sources.unchanged import FileState, check_unchanged


class OriginalOrders(Protocol):
    """Whoever gives workers the orders: the reader of the document."""

    def draw(self, path: Path, page: Page) -> bytes | None:
        """Draw a page that was read; None where there is nothing to draw or it cannot be."""
        ...

    def copy(self, path: Path, shown: str, wish: str, pages: Path, target: Path) -> tuple[str, ...]:
        """Make a copy of a file with pages that lie in another; returns what is to be said of it."""
        ...


class OrderedOriginal:
    """Orders drawings and copies of a file."""

    def __init__(self, orders: OriginalOrders, path: Path, shown: str, state: FileState | None = None) -> None:
        self.path = path
        self.shown = shown
        self.state = state
        self.orders = orders
        self.remarks: list[str] = []
        """What is to be said of the copies that were made."""

    def draw(self, page: Page) -> bytes | None:
        """Draw a page as it was laid to be read; None where there is nothing to draw or it cannot be."""
        return self.orders.draw(self.path, page)

    def copy(self, wish: str) -> Copy:
        """Begin a copy."""
        return _OrderedCopy(self, wish)


class _OrderedCopy:
    """Keeps the pages on the disk until all of them are there; then a worker makes the copy."""

    def __init__(self, original: OrderedOriginal, wish: str) -> None:
        self._original = original
        self._wish = wish
        self._held = ExitStack()
        folder = self._held.enter_context(scratch_folder())
        self._pages = self._held.enter_context((folder / "pages").open("wb"))

    def page(self, page: Page) -> None:
        self._pages.write(framed(packed(page)))

    def save(self, file: BinaryIO) -> tuple[str, ...]:
        self._pages.close()
        original = self._original
        names = (original.path, original.shown)
        said = original.orders.copy(*names, self._wish, Path(self._pages.name), Path(file.name))
        check_unchanged(original.path, original.state, original.shown)
        original.remarks += said
        return said

    def close(self) -> None:
        self._held.close()
