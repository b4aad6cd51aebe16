"""What part each line plays on its page: letterhead, heading, furniture, footnote, recipients, signature, body."""

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from vnreport_ocr.model import Box, Line, Role

_EDGE: Final = 0.1
_HEAD: Final = 0.38
_SMALLER: Final = 0.92
_RIGHT: Final = 0.42
_MIDDLE: Final = 0.07

_PAGE_NUMBER = re.compile(r"[-\N{EN DASH} ]*(?:[Tt]rang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-\N{EN DASH} ]*")
_RUNNING_HEAD = re.compile(r"(?:\d{1,4}\s+)?CÔNG BÁO\s*/\s*Số\b|.{3,60}\bTrang \d+(?:/\d+)?$")
_FOOTNOTE = re.compile(r"[¹²³⁴-⁹]+\s*\S|\(?\d{1,2}\)?\s+\S|\*+\s*\S")
_STATE = re.compile(r"C[ỘÔO]NG\s+H[ÒOÓ][AÀ]?\S*\s+XÃ\s+H[ỘÔ]I|Đ[ẢÁA]NG\s+C[ỘÔ]NG\s+S[ẢÁ]N")
_MOTTO = re.compile(r"Độc\s*lập\s*[-\N{EN DASH}\N{EM DASH}]\s*Tự\s*do")
_NUMBER = re.compile(r"[Ss][ốóôò]\s*[:.]|Số\s+\d")
_DATED = re.compile(r"\D{0,40}ngày.{0,14}tháng.{0,10}năm.{0,8}$", re.IGNORECASE)
_BODY = re.compile(r"(?:Kính gửi|Căn cứ|Thực hiện)\b")
_RECIPIENTS = re.compile(r"Nơi\s+nhận\b", re.IGNORECASE)
_SIGNER = re.compile(
    r"(?:T/?M\.?|KT\.?|T/?L\.?|TUQ\.?|Q\.)\s*[A-ZĐÀ-Ỹ]|(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|CHÁNH VĂN PHÒNG|"
    r"BỘ TRƯỞNG|THỨ TRƯỞNG|TỔNG GIÁM ĐỐC|TRƯỞNG BAN|CHỦ NHIỆM|CỤC TRƯỞNG|VỤ TRƯỞNG|HIỆU TRƯỞNG|"
    r"THỦ TƯỚNG|NGƯỜI LẬP|KẾ TOÁN)"
)
_NUMBERED = re.compile(
    r"(?:CHƯƠNG|Chương|PHẦN|Phần|MỤC|Mục|PHỤ LỤC|Phụ lục)\s+(?:[IVXLC]+|\d+|thứ\s|THỨ\s)|[IVXLC]{1,6}\s*[.\-]\s*\S|"
    r"(?:Điều|ĐIỀU)\s+\d+\s*[.:]"
)
KINDS: Final = (
    "QUYẾT ĐỊNH", "NGHỊ QUYẾT", "BÁO CÁO", "THÔNG BÁO", "KẾ HOẠCH", "TỜ TRÌNH", "CHỈ THỊ", "CHƯƠNG TRÌNH", "HƯỚNG DẪN",
    "THƯ MỜI", "GIẤY MỜI", "QUY ĐỊNH", "QUY CHẾ", "KẾT LUẬN", "THÔNG TƯ", "THÔNG TRI", "NGHỊ ĐỊNH", "LUẬT", "PHÁP LỆNH",
    "ĐỀ ÁN", "PHƯƠNG ÁN", "BIÊN BẢN", "CÔNG ĐIỆN", "ĐIỀU LỆ", "GIẤY GIỚI THIỆU", "DIỄN VĂN", "LỜI KÊU GỌI", "CÔNG BỐ",
)  # fmt: skip
"""The kinds of documents that are named in a line of their own above the title."""


def line_box(line: Line) -> Box | None:
    """The box around a line's words."""
    boxes = [token.box for token in line.tokens if token.box is not None]
    if not boxes:
        return None
    return Box(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )


def with_roles(lines: Sequence[Line], size: tuple[float, float]) -> tuple[Line, ...]:
    """The lines with their parts; what is nothing in particular is body."""
    boxes = [line_box(line) for line in lines]
    roles = [Role.BODY] * len(lines)
    _mark_furniture(lines, boxes, size, roles)
    _mark_letterhead(lines, boxes, size, roles)
    _mark_endings(lines, boxes, size, roles)
    _mark_footnotes(lines, boxes, size, roles)
    _mark_headings(lines, boxes, size, roles)
    return tuple(
        line if role is line.role else replace(line, role=role) for line, role in zip(lines, roles, strict=True)
    )


Boxes = Sequence[Box | None]
Size = tuple[float, float]


def _mark_furniture(lines: Sequence[Line], boxes: Boxes, size: Size, roles: list[Role]) -> None:
    """Page numbers and running heads at the upper and lower edge."""
    for index, (line, box) in enumerate(zip(lines, boxes, strict=True)):
        if box is None or _EDGE * size[1] < (box.top + box.bottom) / 2 < (1 - _EDGE) * size[1]:
            continue
        if _PAGE_NUMBER.fullmatch(line.text) or _RUNNING_HEAD.match(line.text):
            roles[index] = Role.FURNITURE


def _mark_letterhead(lines: Sequence[Line], boxes: Boxes, size: Size, roles: list[Role]) -> None:
    """Everything from the top to the number or the date, where the state's or the party's name stands there."""
    begin = next((i for i, line in enumerate(lines) if is_kind(line.text) or _BODY.match(line.text)), len(lines))
    upper = [i for i, box in enumerate(boxes[:begin]) if box is not None and box.top < _HEAD * size[1]]
    texts = [lines[i].text for i in upper]
    named = any(_STATE.search(text) or _MOTTO.search(text) for text in texts)
    if not named and not (any(map(_NUMBER.match, texts)) and any(map(_DATED.match, texts))):
        return
    signs = [
        i
        for i in upper
        if any(p.search(lines[i].text) for p in (_STATE, _MOTTO, _DATED)) or _NUMBER.match(lines[i].text)
    ]
    last = max(signs)
    lowest = max(box.bottom for i in signs if (box := boxes[i]) is not None)
    for i in upper:
        box = boxes[i]
        if (
            roles[i] is Role.BODY
            and (i <= last or (box is not None and box.bottom <= lowest))
            and not is_kind(lines[i].text)
        ):
            roles[i] = Role.LETTERHEAD


def is_kind(text: str) -> bool:
    """Whether a line names a kind of document and nothing else."""
    return " ".join(text.split()).strip(" .:*-") in KINDS


def _mark_endings(lines: Sequence[Line], boxes: Boxes, size: Size, roles: list[Role]) -> None:
    """Recipients on the left and the signature block on the right, at the document's end."""
    start = next((i for i, line in enumerate(lines) if _RECIPIENTS.match(line.text)), None)
    for index, (line, box) in enumerate(zip(lines, boxes, strict=True)):
        if box is None or roles[index] is not Role.BODY:
            continue
        aside = box.left > _RIGHT * size[0]
        follows = index > 0 and roles[index - 1] is Role.SIGNATURE
        if (
            aside
            and line.text[:1].isupper()
            and (follows or (_SIGNER.match(line.text) and line.text.upper() == line.text))
        ):
            roles[index] = Role.SIGNATURE
        elif start is not None and index >= start and box.right < 0.6 * size[0]:
            roles[index] = Role.RECIPIENTS


def _sizes(lines: Sequence[Line]) -> list[float]:
    found = []
    for line in lines:
        sizes = [t.style.size for t in line.tokens if t.style and t.style.size and not t.style.superscript]
        found.append(median(sizes) if sizes else 0.0)
    return found


def _mark_footnotes(lines: Sequence[Line], boxes: Boxes, size: Size, roles: list[Role]) -> None:
    """Smaller lines at the foot of the page, from the first one that begins with a mark."""
    sizes = _sizes(lines)
    body = [s for s, line in zip(sizes, lines, strict=True) if s and len(line.text) > 40]
    usual = max(body, default=0.0) if len(body) < 6 else sorted(body)[-len(body) // 4]
    small = [bool(s) and s < _SMALLER * usual for s in sizes]
    index = len(lines)
    while index and (small[index - 1] or roles[index - 1] is Role.FURNITURE):
        index -= 1
    begin = next((i for i in range(index, len(lines)) if small[i] and _FOOTNOTE.match(lines[i].text)), None)
    if begin is None or roles[begin] is not Role.BODY:
        return
    box = boxes[begin]
    if box is not None and box.top < 0.2 * size[1]:
        return
    for i in range(begin, len(lines)):
        if roles[i] is Role.BODY:
            roles[i] = Role.FOOTNOTE


def _mark_headings(lines: Sequence[Line], boxes: Boxes, size: Size, roles: list[Role]) -> None:
    """Lines that name a kind, lines in capitals or bold that stand in the middle, and numbered ones in such type."""
    left = min((b.left for b, r in zip(boxes, roles, strict=True) if b is not None and r is Role.BODY), default=0.0)
    right = max(
        (b.right for b, r in zip(boxes, roles, strict=True) if b is not None and r is Role.BODY), default=size[0]
    )
    for index, (line, box) in enumerate(zip(lines, boxes, strict=True)):
        if box is None or roles[index] is not Role.BODY:
            continue
        middle = abs((box.left + box.right) / 2 - (left + right) / 2) < _MIDDLE * size[0]
        short = box.right - box.left < 0.85 * (right - left) and not line.text.endswith((",", ";"))
        letters = [c for c in line.text if c.isalpha()]
        capitals = len(letters) > 3 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
        bold = bool(line.tokens) and all(t.style is not None and t.style.bold for t in line.tokens)
        numbered = _NUMBERED.match(line.text) is not None
        stands_out = capitals or bold
        centred = middle and short
        if is_kind(line.text) or (centred and stands_out) or (numbered and (stands_out or centred)):
            roles[index] = Role.HEADING
