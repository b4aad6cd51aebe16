"""Page numbers as a person writes them: ``1-3,7``."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from vnreport_ocr.errors import OptionError

_PART = re.compile(r"(\d{1,9})?\s*([-\N{NON-BREAKING HYPHEN}\N{EN DASH}])?\s*(\d{1,9})?")


class PageRange(NamedTuple):
    """Pages from one to another, or to the end."""

    first: int
    last: int | None

    def holds(self, number: int) -> bool:
        """Whether a page is among them."""
        return self.first <= number and (self.last is None or number <= self.last)


def page_ranges(wish: str) -> tuple[PageRange, ...]:
    """Read what was wished for: ``2-4,9`` means 2, 3, 4 and 9; ``5-`` from 5 to the end; ``-3`` the first three."""
    return tuple(_range(part, wish) for part in wish.split(","))


def written(pages: Iterable[int]) -> str:
    """Write page numbers as a person would: 1, 2, 3 and 7 are ``1-3,7``."""
    runs: list[list[int]] = []
    for number in sorted(set(pages)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _range(part: str, wish: str) -> PageRange:
    match = _PART.fullmatch(part.strip())
    if match is None or not part.strip() or (match[1] is None and match[3] is None):
        raise OptionError(f"'{wish}' names no pages.", cure="Write pages like 1-3,7.")
    first = int(match[1] or 1)
    last = int(match[3]) if match[3] else (None if match[2] else first)
    if first < 1 or (last is not None and first > last):
        raise OptionError(f"'{part.strip()}' names no pages.", cure="Write pages like 1-3,7, counting from 1.")
    return PageRange(first, last)
