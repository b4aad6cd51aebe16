"""The letterhead as data: who wrote it, number, place, date, kind, title, signer; absent where it is not certain."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from vnreport_ocr.model import Doubt, Letterhead, Line, Reading, Role
from vnreport_ocr.structure.roles import is_kind, line_box

_PRINTED: Final = 0.98
_BELIEVED: Final = 0.6
_CERTAIN: Final = 0.8
_TITLE_LINES: Final = 5

_NUMBER = re.compile(r"[Ss][ốóôò]\s*[:.]?\s*(?P<number>.*)$")
_WELL_FORMED = re.compile(
    r"\d{1,6}[a-zA-Z]?\s*(?:/\s*\d{4}\s*)?[-/\N{EN DASH}]\s*[A-ZĐƯ][A-ZĐƯa-zđ\d&.]*"
    r"(?:\s*[-/\N{EN DASH}]\s*[A-ZĐƯ\d][\w.]*)*"
)
_DATE = re.compile(
    r"(?:(?P<place>[^\W\d_][^,\d]{1,40}),\s*)?(?P<date>ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*"
    r"năm\s*(?P<year>\d{4}))"
)
_DATED = re.compile(r"ngày.*tháng.*năm", re.IGNORECASE)
_STATE = re.compile(r"C[ỘÔO]NG\s+H|Đ[ẢÁA]NG\s+C[ỘÔ]NG|Độc\s*lập", re.IGNORECASE)
_ABOUT = re.compile(r"(?:V/v|Về việc)\b\s*[:.]?\s*", re.IGNORECASE)
_PART_OF_NAME = re.compile(r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN)\s")
_BODY_BEGINS = re.compile(r"(?:Kính gửi|Căn cứ|Thực hiện|Xét|Theo đề nghị|Thi hành|Điều \d|Phần|I\.|1\.)")
_NAME = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+")


def read_letterhead(lines: Sequence[Line], size: tuple[float, float]) -> Letterhead | None:
    """What the page's head and foot say, or None where it has no letterhead."""
    head = [line for line in lines if line.role is Role.LETTERHEAD]
    if not head:
        return None
    found = Letterhead(
        issuer=_issuer(head, size),
        number=_number(head),
        place=_place(head),
        date=_date(head),
        kind=_kind(lines),
        title=_title(lines, head),
        signer=_signer(lines),
    )
    return found if found != Letterhead() else None


def with_doubts(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Numbers and dates of the letterhead that were not read for certain, often handwriting, marked for a person."""
    return tuple(_doubted(line) if line.role is Role.LETTERHEAD else line for line in lines)


def _doubted(line: Line) -> Line:
    text = line.text
    number = _NUMBER.match(text)
    if number is not None:
        said = number["number"].strip()
        if _WELL_FORMED.fullmatch(said) and _sureness(line, said) >= _CERTAIN:
            return line
        doubt = Doubt(number.start("number"), number["number"], "the number may be written by hand")
    elif _DATED.search(text):
        match = _DATE.search(text)
        if match is not None and _is_date(match) and _sureness(line, match["date"]) >= _CERTAIN:
            return line
        start = text.lower().index("ngày")
        doubt = Doubt(start, text[start:], "the date may be written by hand")
    else:
        return line
    return replace(line, doubts=(*line.doubts, doubt))


def _sureness(line: Line, part: str) -> float:
    """How sure the engine was of the words in a part of a line; a text layer is as sure as print."""
    words = set(part.split())
    sure = [token.confidence for token in line.tokens if token.confidence is not None and token.text in words]
    known = [token.confidence for token in line.tokens if token.confidence is not None]
    return min(sure) if sure else (min(known) if known else _PRINTED)


def _reading(text: str, line: Line, part: str | None = None) -> Reading | None:
    sure = _sureness(line, part if part is not None else text)
    return Reading(" ".join(text.split()), round(sure, 3)) if text.strip() and sure >= _BELIEVED else None


def _issuer(head: Sequence[Line], size: tuple[float, float]) -> Reading | None:
    """The lines in capitals at the left, above the number."""
    names: list[Line] = []
    for line in head:
        box = line_box(line)
        if _NUMBER.match(line.text) or _STATE.search(line.text):
            break
        if box is not None and box.left < size[0] / 2 and line.text.upper() == line.text and len(line.text) > 3:
            names.append(line)
    if not names:
        return None
    text = names[0].text.strip()
    for line in names[1:3]:
        text += (" " if _PART_OF_NAME.match(line.text) else " - ") + line.text.strip()
    sure = min(_sureness(line, line.text) for line in names[:3])
    return Reading(" ".join(text.split()), round(sure, 3)) if sure >= _BELIEVED else None


def _number(head: Sequence[Line]) -> Reading | None:
    for line in head:
        match = _NUMBER.match(line.text)
        if match is not None:
            said = match["number"].strip()
            return _reading(said, line) if _WELL_FORMED.fullmatch(said) and _sureness(line, said) >= _CERTAIN else None
    return None


def _is_date(match: re.Match[str]) -> bool:
    try:
        date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return 1930 <= int(match["year"]) <= 2100


def _date(head: Sequence[Line]) -> Reading | None:
    for line in head:
        match = _DATE.search(line.text)
        if match is not None and _is_date(match) and _sureness(line, match["date"]) >= _CERTAIN:
            return _reading(match["date"], line)
    return None


def _place(head: Sequence[Line]) -> Reading | None:
    for line in head:
        if _DATED.search(line.text) and "," in line.text:
            place = line.text.split(",", 1)[0]
            if place[:1].isupper() and len(place) < 40 and not any(c.isdigit() for c in place):
                return _reading(place, line)
    return None


def _kind(lines: Sequence[Line]) -> Reading | None:
    line = next((line for line in lines if is_kind(line.text)), None)
    return _reading(line.text.strip(" .:*-"), line) if line is not None else None


def _title(lines: Sequence[Line], head: Sequence[Line]) -> Reading | None:
    """What follows the kind, or what a letter is about (``V/v``)."""
    start = next((i for i, line in enumerate(lines) if is_kind(line.text)), None)
    if start is not None:
        title = _until_body(lines[start + 1 : start + 1 + _TITLE_LINES])
        return _joined(title)
    about = next((i for i, line in enumerate(lines) if _ABOUT.match(line.text)), None)
    if about is None or (lines[about] not in head and about > len(head) + 3):
        return None
    block = [lines[about]]
    for line in lines[about + 1 : about + _TITLE_LINES]:
        if block[-1].end.count("\n") > 1 or line.role is not block[0].role:
            break
        block.append(line)
    found = _joined(block)
    return None if found is None else Reading(_ABOUT.sub("", found.text, count=1), found.confidence)


def _until_body(lines: Sequence[Line]) -> list[Line]:
    title: list[Line] = []
    for line in lines:
        if _BODY_BEGINS.match(line.text) or (title and title[-1].end.count("\n") > 1):
            break
        title.append(line)
    return title if len(title) < _TITLE_LINES else []


def _joined(lines: Sequence[Line]) -> Reading | None:
    text = " ".join(line.text.strip() for line in lines)
    sure = min((_sureness(line, line.text) for line in lines), default=0.0)
    return Reading(" ".join(text.split()), round(sure, 3)) if text and sure >= _BELIEVED else None


def _signer(lines: Sequence[Line]) -> Reading | None:
    block = [line for line in lines if line.role is Role.SIGNATURE]
    named = next((line for line in reversed(block) if _NAME.fullmatch(line.text.strip())), None)
    return _reading(named.text, named) if named is not None and len(block) > 1 else None
