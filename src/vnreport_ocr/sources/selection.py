"""Page numbers as a person writes them: ``1-3,7``."""

import re

from vnreport_ocr.errors import UsageError

_PART = re.compile(r"(\d+)?\s*(-)?\s*(\d+)?")


def selected_pages(wish: str | None, count: int) -> list[int]:
    """The pages wished for, in rising order; all of them where nothing was said.

    ``2-4,9`` means 2, 3, 4 and 9; ``5-`` from 5 to the end; ``-3`` the first three.
    """
    if wish is None:
        return list(range(1, count + 1))
    chosen: set[int] = set()
    for part in wish.split(","):
        match = _PART.fullmatch(part.strip())
        if match is None or not part.strip() or (match[1] is None and match[3] is None):
            raise UsageError(f"'{wish}' names no pages.", cure="Write pages like 1-3,7.")
        first = int(match[1] or 1)
        last = int(match[3]) if match[3] else (count if match[2] else first)
        if first < 1 or first > last:
            raise UsageError(f"'{part.strip()}' names no pages.", cure="Write pages like 1-3,7, counting from 1.")
        chosen.update(range(first, min(last, count) + 1))
        if first > count:
            raise UsageError(f"There is no page {first}; the document ends with page {count}.", cure="")
    return sorted(chosen)
