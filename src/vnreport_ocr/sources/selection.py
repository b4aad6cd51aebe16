"""Page numbers as a person writes them: ``1-3,7``."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from vnreport_ocr.errors import UsageError

T = TypeVar("T")

_PART = re.compile(r"(\d+)?\s*(-)?\s*(\d+)?")


class _Range(NamedTuple):
    """Pages from one to another, or to the end."""

    first: int
    last: int | None

    def holds(self, number: int) -> bool:
        return self.first <= number and (self.last is None or number <= self.last)


def selected_pages(wish: str | None, count: int) -> list[int]:
    """The pages wished for, in rising order; all of them where nothing was said.

    ``2-4,9`` means 2, 3, 4 and 9; ``5-`` from 5 to the end; ``-3`` the first three.
    """
    return [number for number, _ in select(wish, range(1, count + 1))]


def select(wish: str | None, pages: Iterable[T]) -> Iterator[tuple[int, T]]:
    """The pages wished for with their numbers, as they come; it is told in the end that some are not there."""
    if wish is None:
        yield from enumerate(pages, 1)
        return
    ranges = [_range(part, wish) for part in wish.split(",")]
    count = 0
    for count, page in enumerate(pages, 1):
        if any(wished.holds(count) for wished in ranges):
            yield count, page
        if all(wished.last is not None and wished.last <= count for wished in ranges):
            return
    beyond = max(wished.first for wished in ranges)
    if beyond > count:
        raise UsageError(f"There is no page {beyond}; the document ends with page {count}.", cure="")


def _range(part: str, wish: str) -> _Range:
    match = _PART.fullmatch(part.strip())
    if match is None or not part.strip() or (match[1] is None and match[3] is None):
        raise UsageError(f"'{wish}' names no pages.", cure="Write pages like 1-3,7.")
    first = int(match[1] or 1)
    last = int(match[3]) if match[3] else (None if match[2] else first)
    if first < 1 or (last is not None and first > last):
        raise UsageError(f"'{part.strip()}' names no pages.", cure="Write pages like 1-3,7, counting from 1.")
    return _Range(first, last)
