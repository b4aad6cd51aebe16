"""Lines of print joined to paragraphs."""

import re
from collections.abc import Iterable, Iterator, Sequence

from vnreport_ocr.model import Line, Role

_BEGINS = re.compile(
    r"\s*(?:[-\N{EN DASH}\N{EM DASH}+*•]\s|\(?\d{1,3}(?:\.\d{1,3})*[.)]\s|[IVXLC]{1,6}[.)]\s|\(?[a-zđ]\)|"
    r"(?:Điều|Chương|Mục|Phần|Phụ lục|Khoản|Nơi nhận|Kính gửi)\b)"
)
_ENDS = re.compile(r"[.:;!?…/]\W?$")
_HYPHENATED = re.compile(r"\d-$|[A-ZĐ]-$")
_APART = frozenset({Role.HEADING, Role.LETTERHEAD, Role.SIGNATURE, Role.RECIPIENTS, Role.FURNITURE})


def paragraphs(lines: Iterable[Line]) -> Iterator[str]:
    """Paragraphs, each as one line."""
    together: list[Line] = []
    for line in lines:
        if not line.text.strip():
            if together:
                yield _joined(together)
            together = []
            continue
        if together and _begins(together, line):
            yield _joined(together)
            together = []
        together.append(line)
    if together:
        yield _joined(together)


def _begins(before: Sequence[Line], line: Line) -> bool:
    last = before[-1]
    if last.end.count("\n") > 1 or last.role in _APART or line.role in _APART or last.role is not line.role:
        return True
    text, start = last.text.rstrip(), line.text.lstrip()
    if _BEGINS.match(start):
        return True
    full = len(text) > 0.8 * max(len(other.text) for other in before)
    if _ENDS.search(text):
        return not full or (start[:1].isupper() and len(before) > 1 and len(text) < 0.95 * _longest(before))
    return text.isupper() != start.isupper() and len(text) > 1


def _longest(lines: Sequence[Line]) -> int:
    return max(len(line.text) for line in lines)


def _joined(lines: Sequence[Line]) -> str:
    text = lines[0].text.strip()
    for line in lines[1:]:
        more = line.text.strip()
        # A number or symbol divided at its hyphen (20-/NQ-TW) closes up again; nothing else was ever hyphenated.
        text += more if _HYPHENATED.search(text) and more[:1].isupper() else " " + more
    return text
