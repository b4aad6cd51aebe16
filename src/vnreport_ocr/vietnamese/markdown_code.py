"""What Markdown sets as code, where a character reference is meant as it stands."""

import re
from collections.abc import Iterator, Sequence

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_SPAN = re.compile(r"(?<!`)(`{1,2})(?!`).+?(?<!`)\1(?!`)")


def fenced(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines between two fences; a fence that is never closed is none."""
    found: set[int] = set()
    opened: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if fence is None:
            continue
        if opened is None:
            opened = (number, fence[1])
        elif fence[1].startswith(opened[1]) and not line[fence.end() :].strip():
            found.update(range(opened[0], number + 1))
            opened = None
    return frozenset(found)


def spans(line: str) -> Iterator[tuple[int, int]]:
    """Where code begins and ends within a line."""
    if "`" in line:
        for match in _SPAN.finditer(line):
            yield match.span()
