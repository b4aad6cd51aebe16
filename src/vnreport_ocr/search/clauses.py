"""A page of text as clauses: continued lines belong together, across the end of the page as well."""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import quantiles
from typing import Final, NamedTuple

from vnreport_ocr.search.crossing import Running

_STOP: Final = re.compile(
    r";(?!\s*(?:đã\s+)?(?:được|bị)\s+(?:sửa|bổ\s+sung|thay\s+thế|bãi\s+bỏ))|\n|\.(?=\s+[A-ZĐ]|\s*$)"
)
_GOES_ON: Final = re.compile(r"((?:^|\s)(?:của|số|tại|về|và|ngày|theo|tháng|năm)|,)[ \t]*\n\s*", re.IGNORECASE)
"""The end of a line after which a clause cannot end."""
_BEGINS: Final = re.compile(
    r"\s*(?:$|[-+*•#|(]|\d+[.)\s]|[a-zđ]\)|[IVX]+[.\s]|Căn cứ|Theo đề nghị|Xét đề nghị|Điều\s+\d|Chương\s|QUYẾT|NGHỊ|"
    r"Nơi nhận|Số\s*:|Kính gửi)"
)
_STOP_OVER: Final = re.compile(rf"[;]|\.(?=\s+[A-ZĐ]|\s*$)|\n(?={_BEGINS.pattern})")
_FULL: Final = 0.75
_LONG: Final = 220
_LONGEST_REST: Final = 600
"""How many characters of a clause may be on the next page."""


class Clause(NamedTuple):
    """A clause, and what ended it."""

    text: str
    stop: str


def clauses(text: str) -> Iterator[Clause]:
    """Cut a page into clauses; continued lines belong together."""
    joined = re.sub(r"[ \t]*\n(?=[ \t]*[^\W\d_A-ZĐ\n])", " ", _GOES_ON.sub(r"\1 ", _unwrapped(text)))
    start = 0
    for stop in _STOP.finditer(joined):
        yield Clause(joined[start : stop.start()].strip(), stop[0])
        start = stop.end()
    yield Clause(joined[start:].strip(), "")


def _unwrapped(text: str) -> str:
    """Join a full line with the next one if nothing ends it and nothing begins there."""
    lines = text.split("\n")
    lengths = [len(line) for line in lines if len(line) > 20]
    usual = quantiles(lengths, n=10)[-1] if len(lengths) > 4 else 0
    if not 20 < usual < _LONG:
        return text
    made = [lines[0]]
    for before, line in pairwise(lines):
        ends = len(before) < _FULL * usual or before.rstrip()[-1:] in ".;:!?" or _BEGINS.match(line)
        made.append(("\n" if ends else " ") + line)
    return "".join(made)


def rest_of_clause(text: str, running: Running, following: str, next_running: Running) -> int:
    """Return how many characters of the next page's running text end the clause that this page's begins."""
    last = text[running.start : running.stop].rstrip()
    first = following[next_running.start : next_running.stop]
    if not last or last[-1] in ".;:!?":
        return 0
    if not _GOES_ON.search(last.rpartition("\n")[2] + "\n"):
        begun = first.lstrip()[:1]
        if _BEGINS.match(first) or not (begun.islower() or begun.isdigit() or _is_full(last)):
            return 0
    # A clause goes on to its stop, or to a line at which another begins.
    stop = _STOP_OVER.search(first)
    end = stop.start() if stop else len(first)
    return end if end <= _LONGEST_REST else 0


def _is_full(text: str) -> bool:
    lengths = [len(line) for line in text.split("\n") if len(line) > 20]
    return len(lengths) > 4 and len(text.rpartition("\n")[2]) >= _FULL * quantiles(lengths, n=10)[-1]
