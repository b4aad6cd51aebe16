"""The pages that were wished for, out of those that there are."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice, repeat
from typing import TypeVar

from vnreport_ocr.errors import UsageError
from vnreport_ocr.pagelist import page_ranges

T = TypeVar("T")


def selected_pages(wish: str | None, count: int) -> list[int]:
    """List the pages wished for, in rising order; all of them where nothing was said."""
    return [number for number, _ in select(wish, range(1, count + 1))]


def select(wish: str | None, pages: Iterable[T]) -> Iterator[tuple[int, T]]:
    """Yield the pages wished for with their numbers; tell in the end that some are not there."""
    if wish is None:
        yield from enumerate(pages, 1)
        return
    ranges = page_ranges(wish)
    count = 0
    for count, page in enumerate(pages, 1):
        if any(wished.holds(count) for wished in ranges):
            yield count, page
        if all(wished.last is not None and wished.last <= count for wished in ranges):
            return
    beyond = max(wished.first for wished in ranges)
    if beyond > count:
        raise UsageError(f"There is no page {beyond}; the document ends with page {count}.", cure="")


def grouped(numbers: Iterable[int], together: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Yield the pages in their order, those that go together at a time; where nothing is said, each by itself."""
    upcoming = iter(numbers)
    for count in chain(together, repeat(1)):
        if not (group := tuple(islice(upcoming, max(1, count)))):
            return
        yield group
