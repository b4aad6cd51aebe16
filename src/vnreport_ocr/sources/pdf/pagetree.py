"""The pages of a PDF in their order, found as they are asked for.

qpdf's own list is made at once, with a copy of a page for each further time that it is named: a file of a few bytes a
page would take gigabytes before its first page is seen.
"""

from collections.abc import Iterator
from typing import Final

import pikepdf

FEW: Final = 2000
"""So many pages are left to qpdf, which also mends what is wrong with them."""

_DEEPEST: Final = 1000
"""Branches above a page; readers follow no more."""

_MOST_NODES: Final = 4_000_000


class PageTree:
    """The pages of one open file, for whoever knows how many there are."""

    def __init__(self, pdf: pikepdf.Pdf, count: int) -> None:
        self._pdf = pdf
        self._all = len(pdf.pages) if count <= FEW else None
        self.is_as_counted = self._all in (count, None)
        """Whether there are as many as others found; where not, its numbers may be of other pages."""
        self._found: list[tuple[int, int]] = []
        self._walk = _leaves(pdf)

    def page(self, number: int) -> pikepdf.Page | None:
        """Return page ``number``, counted from 1; nothing where it cannot be found by itself."""
        if self._all is not None:
            return self._pdf.pages[number - 1]
        while len(self._found) < number and (following := next(self._walk, None)) is not None:
            self._found.append(following)
        if number > len(self._found) or self._found[number - 1] == (0, 0):
            return None
        page = self._pdf.get_object(self._found[number - 1])
        if "/Resources" not in page and (inherited := _inherited(page)) is not None:
            page["/Resources"] = inherited
        return pikepdf.Page(page)


def _leaves(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int]]:
    """Yield the pages of a tree by their numbers, in their order; no branch leads back to one above it."""
    root = pdf.Root.Pages
    branches = [(root.objgen, iter(_kids(root)))]
    for _ in range(_MOST_NODES):
        if not branches:
            return
        node = next(branches[-1][1], None)
        if node is None:
            branches.pop()
        elif not isinstance(node, pikepdf.Dictionary):
            continue
        elif "/Kids" not in node:
            yield node.objgen
        elif len(branches) < _DEEPEST and node.objgen not in (above for above, _ in branches):
            branches.append((node.objgen, iter(_kids(node))))


def _inherited(page: pikepdf.Object) -> pikepdf.Object | None:
    """Return the resources of the nearest branch above a page that has any."""
    node = page.get("/Parent")
    for _ in range(_DEEPEST):
        if not isinstance(node, pikepdf.Dictionary):
            return None
        if "/Resources" in node:
            return node["/Resources"]
        node = node.get("/Parent")
    return None


def _kids(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = node.get("/Kids")
    if isinstance(kids, pikepdf.Array):
        # One after the other: an array's own iterator holds all of them.
        yield from (kids[place] for place in range(len(kids)))
