"""Who issued a document, and which superior office is named above it."""

import re
from collections.abc import Sequence
from typing import Final

from vnreport_ocr.structure.segments import Segment
from vnreport_ocr.structure.tuning import TUNING
from vnreport_ocr.structure.wording import capital_share
from vnreport_ocr.vietnamese.syllables import is_legal

_OFFICE = re.compile(
    r"(?:UBND|BCH|BCĐ|BQL|VKSND|TAND|LĐLĐ|BHXH|TTYT|U[ỶY]\s+BAN|ỦY\s+BAN|SỞ|BỘ|TỔNG\s+CỤC|CỤC|CHI\s+CỤC|PHÒNG(?!,|\s+CHỐNG)|TRƯỜNG|BAN|VĂN\s+PHÒNG|TỈNH\s+[ỦU][ỶY]|"
    r"THÀNH\s+[ỦU][ỶY]|HUYỆN\s+[ỦU][ỶY]|QUẬN\s+[ỦU][ỶY]|THỊ\s+[ỦU][ỶY]|ĐẢNG\s+[ỦU][ỶY]|ĐẢNG\s+BỘ|CHI\s+BỘ|ĐẢNG\s+ĐOÀN|"
    r"HỘI|LIÊN\s+ĐOÀN|ĐOÀN|TRUNG\s+TÂM|BỆNH\s+VIỆN|CÔNG\s+TY|TẬP\s+ĐOÀN|TỔNG\s+CÔNG\s+TY|VIỆN|TÒA\s+ÁN|TOÀ\s+ÁN|HỌC\s+VIỆN|"
    r"ĐẠI\s+HỌC|HĐND|CHÍNH\s+PHỦ|QUỐC\s+HỘI|THỦ\s+TƯỚNG|CHỦ\s+TỊCH|KHO\s+BẠC|NGÂN\s+HÀNG|BẢO\s+HIỂM|CÔNG\s+AN|THANH\s+TRA|"
    r"BÁO|ĐÀI|MẶT\s+TRẬN|CÔNG\s+ĐOÀN|KIỂM\s+TOÁN|TRẠM|HẠT|QUỸ|TIỂU\s+BAN|TỔ\s+CÔNG\s+TÁC|HỘI\s+ĐỒNG)\b"
)
"""What the name of an office begins with."""
_PLACE = re.compile(
    r"(?:TỈNH|THÀNH\s+PHỐ|TP\.?|HUYỆN|QUẬN|THỊ\s+XÃ|XÃ|PHƯỜNG|THỊ\s+TRẤN|KHÓA|KHOÁ|ĐẶC\s+KHU)\s(?![ỦU][ỶY]\b)"
)
_GOES_ON = re.compile(r"(?:VÀ|CỦA|-|\N{EN DASH}|&|TẠI)\s")
_LEADS_ON = re.compile(r"(?:\bVÀ|\bCỦA|,|-|\N{EN DASH}|&|\bTHÔN|\bTHUỘC)$")
_INCOMPLETE = re.compile(
    r"(?:ỦY BAN NHÂN DÂN|U[ỶY] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|BAN CHẤP HÀNH|BAN CHỈ ĐẠO|ĐẢNG BỘ|BAN CHỈ HUY)$|"
    r"^(?:TRƯỜNG|(?:PHÓ )?CHỦ TỊCH|BỘ TRƯỞNG|THỦ TƯỚNG|(?:TỔNG )?GIÁM ĐỐC|CỤC TRƯỞNG|CHÁNH ÁN|VIỆN TRƯỞNG|HIỆU TRƯỞNG)$"
)
"""What cannot be a complete name: local offices, and posts whose office is named on the next line."""
_ORGAN = re.compile(r"(?:BAN )?THƯỜNG (?:TRỰC|VỤ)|BAN CHẤP HÀNH")
"""A body of the office named above it, without a name of its own."""
_NUMBER_LINE = re.compile(r"\W*S[ốôòóồ]\S*[/\d]|\W*\S*/")
"""A number read too badly to be one; no name of an office contains a slash."""
_NUMBERED = re.compile(r" (\d{1,4})(?![\d/.,])")
_TOUCHED = re.compile(r"(?<!\S)([^\W\d_]{2,})(\d{1,4})(?!\S)")
"""Letters and a number without a space between them."""
_SPECKS: Final = " .:*_|'`-\N{EN DASH}\N{EM DASH}\N{MODIFIER LETTER CIRCUMFLEX ACCENT}\N{SMALL TILDE}"
"""What specks at the edge of a word are read as."""
_CAPITALS: Final = TUNING.issuer.capitals
_SHORTEST: Final = TUNING.issuer.shortest


def office_lines(left: Sequence[Segment]) -> list[Segment]:
    """Return the lines in capitals that name offices."""
    named = [
        part
        for part in left
        if capital_share(part.text) > _CAPITALS
        and _letters(part.text) >= _SHORTEST
        and not _NUMBER_LINE.match(part.text)
    ]
    return [part._replace(text=_name(part.text)) for part in named]


def _name(text: str) -> str:
    """Return the name of an office without specks; a number at its end belongs to it."""
    bare = tidy(text)
    number = _NUMBERED.match(text, text.find(bare) + len(bare)) if bare else None
    return _TOUCHED.sub(_apart, f"{bare} {number[1]}" if number is not None else bare)


def _apart(found: re.Match[str]) -> str:
    """Return a word and the number that was read as its end: of offices, no syllable ends in figures."""
    return f"{found[1]} {found[2]}" if is_legal(found[1].lower()) else found[0]


def tidy(text: str) -> str:
    """Return a name without the specks and strokes around it, with single spaces."""
    words = text.split()
    while words and not _letters(words[0]):
        words.pop(0)
    while words and not _letters(words[-1]):
        words.pop()
    return " ".join(words).strip(_SPECKS)


def offices(lines: Sequence[Segment]) -> list[list[Segment]]:
    """Return the lines of each office, the highest office first."""
    groups: list[list[Segment]] = []
    for part in lines:
        if groups and not _begins(groups[-1], part):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _begins(group: Sequence[Segment], part: Segment) -> bool:
    """Whether a line names a different office than the lines before it."""
    before = group[-1].text
    if _PLACE.match(part.text) or _GOES_ON.match(part.text) or _LEADS_ON.search(before):
        return False
    if _INCOMPLETE.search(before) or _ORGAN.fullmatch(part.text):
        return False
    if not part.read_by_engine and group[-1].bold != part.bold:
        return True
    return bool(_OFFICE.match(part.text) or (_BELOW.match(part.text) and _COMPLETE.match(group[0].text)))


_COMPLETE = re.compile(
    r"(?:SỞ|BỘ(?!\s+(?:TƯ\s+LỆNH|CHỈ\s+HUY|THAM\s+MƯU))|UBND|[ỦU][ỶY]\s+BAN\s+NHÂN\s+DÂN|TỔNG\s+CỤC|CỤC|CHI\s+CỤC|PHÒNG|"
    r"QUÂN\s+KHU|LIÊN\s+ĐOÀN|ĐẠI\s+HỌC|NGÂN\s+HÀNG)\b"
)
"""Offices whose names never go on with what an office below them is called."""
_BELOW = re.compile(
    r"(?:NHÀ|LÂM\s+TRƯỜNG|NÔNG\s+TRƯỜNG|HỢP\s+TÁC\s+XÃ|XÍ\s+NGHIỆP|TẠP\s+CHÍ|THƯ\s+VIỆN|BẢO\s+TÀNG|CHI\s+NHÁNH|"
    r"SƯ\s+ĐOÀN|TRUNG\s+ĐOÀN|LỮ\s+ĐOÀN|VƯỜN\s+QUỐC\s+GIA|(?:THÀNH|TỈNH|HUYỆN|QUẬN|XÃ|THỊ)\s+ĐOÀN)\b"
)
"""What the name of an office begins with below one of these; below others it may go on with it."""
_ALSO = re.compile(
    r"(?:NHÀ|LÂM\s+TRƯỜNG|NÔNG\s+TRƯỜNG|HỢP\s+TÁC|XÍ\s+NGHIỆP|KHOA|QUÂN|BINH|SƯ\s+ĐOÀN|TRUNG\s+ĐOÀN|ĐỘI|TẠP\s+CHÍ|"
    r"THƯ\s+VIỆN|BẢO\s+TÀNG|KHU|VƯỜN|DOANH\s+NGHIỆP|CHI\s+NHÁNH|(?:THÀNH|TỈNH|HUYỆN|QUẬN|XÃ|THỊ)\s+ĐOÀN|LIÊN|UBMTTQ|"
    r"TRUNG\s+ƯƠNG|TỔNG|VỤ|ỦY\s+BAN|XÃ\s+ĐỘI|CÁC|PHÂN|NGÀNH|TÒA|HỆ\s+THỐNG|CƠ\s+QUAN)\b"
)
"""Other beginnings of an office's name: not enough to separate it from the office above it."""


def is_cut(text: str) -> bool:
    """Whether a name begins as no office's name does: its beginning may not have been read."""
    bare = tidy(text)
    return not (_OFFICE.match(bare) or _ALSO.match(bare) or _PLACE.match(bare))


def begins_as_office(text: str) -> bool:
    """Whether a line begins like the name of an office."""
    return _OFFICE.match(tidy(text)) is not None


def _letters(text: str) -> int:
    return sum(c.isalpha() and c not in _SPECKS for c in text)
