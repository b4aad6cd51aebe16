"""Documents that a sentence cites: kind, number, date and issuer, each only where it stands close by."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_KINDS: Final = (
    "Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|"
    "Chỉ thị|Kết luận|Kế hoạch|Công văn|Tờ trình|Báo cáo|Thông báo|Hướng dẫn|Quy định|Quy chế|Chương trình|Đề án"
)
_PART: Final = r"[A-ZĐƯ][A-ZĐƯa-zđư&]{0,15}\d{0,2}"
_NUMBER: Final = (
    rf"\d{{1,5}}[A-Za-z]?\s?[/-]\s?(?:\d{{4}}\s?[/-]\s?)?{_PART}"
    rf"(?:\s?[-\N{{EN DASH}}/.]\s?(?!(?-i:[A-ZĐ][a-zđ]))[A-ZĐƯa-zđư&]{{1,15}}\d{{0,2}})*"
)
_DAY: Final = r"ngày\s+(?P<day>\d{1,2})\s*(?:tháng\s+|[/.-])\s*(?P<month>\d{1,2})\s*(?:năm\s+|[/.-])\s*(?P<year>\d{4})"
_CITED: Final = re.compile(
    rf"\b(?P<kind>{_KINDS})"
    r"(?P<name>(?<=uật)\s+(?:(?!\b(?:Nghị|Thông tư|Quyết|Luật|số)\b)[^;,.\d\n]){2,90}?(?=\s+số\s))?"
    rf"(?:\s+số)?\s*:?\s*(?P<number>{_NUMBER})(?![^\W\d_])(?P<torn>\s(?-i:[A-ZĐ]{{1,5}}-[A-ZĐ]|[A-ZĐ]{{2}}[A-Za-zĐ]{{0,7}}(?=\s+ngày|[,;.)]|\s*$)))?",
    re.IGNORECASE,
)
_LAW: Final = re.compile(
    r"\b(?P<kind>Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+"
    r"(?P<name>(?:sửa\s+đổi(?:,\s+|\s+và\s+|\s+)bổ\s+sung\s+)?[^\W\d_][^;.,\d\n]{2,140}?)\s+"
    rf"(?:{_DAY}|năm\s+(?P<only>\d{{4}}))"
)
_DATED: Final = re.compile(rf"\s*[,(]?\s*{_DAY}", re.IGNORECASE)
_OFFICES: Final = (
    r"Chính|Thủ|Quốc|[UỦ][ỷy]|Ủy|Hội|Bộ|Ban|Tỉnh|Thành|Huyện|Quận|Thị|Sở|Chủ|Giám|Phó|Văn|Tổng|Cục|Chi|Trung|Đảng|Liên|"
    r"Viện|Tòa|Toà|Ngân|Bảo|Thanh|Kiểm|Trường|Công|Phòng|Ủỷ|UBND|HĐND|Đại|Mặt|Đoàn|Trưởng|Thống|Kho|Bí"
)
_ISSUER: Final = re.compile(
    rf"\s*[,)]?\s*của\s+(?P<who>(?:{_OFFICES})\w*(?:,?\s+(?!(?:và|của|về|theo|tại|để|từ|cho|đã)\s)[^\W\d_]+|"
    rf"\s+và\s+(?=[A-ZĐỦ])[^\W\d_]+)*?)"
    r"(?=\s+(?:về|[Qq]uy\s+định|ban\s+hành|phê\s+duyệt|sửa\s+đổi|hướng\s+dẫn|thực\s+hiện|triển\s+khai|bổ\s+sung|hành\s+động|thông\s+qua|"
    r"cụ\s+thể|tổng\s+kết|tiếp\s+tục|đã|được|và|theo|tại|để|từ|cho|gắn|có|nhằm|khi|là|trên|V/v)(?:[\s,;:]|$)|\s*[,(:<;.\"“]|\s*$)"
)
_LONGEST_ISSUER: Final = 14


class Citation(NamedTuple):
    """A document that is named; ``start`` and ``end`` say where in its sentence."""

    start: int
    end: int
    kind: str
    number: str
    date: str
    issuer: str
    torn: bool = False
    """Whether its number goes on behind a gap, so that a part of it may be missing."""


def citations(sentence: str) -> list[Citation]:
    """Find the documents with a number that a sentence names."""
    return [_cited(sentence, found) for found in _CITED.finditer(sentence)]


def laws(sentence: str, begin: int, known: list[Citation]) -> Iterator[Citation]:
    """Find the laws that are named by their title and day or year alone."""
    for law in _LAW.finditer(sentence, begin):
        if not any(cited.start < law.end() and law.start() < cited.end for cited in known):
            title = f"{law['kind']} {' '.join(law['name'].split())}"
            yield Citation(law.start(), law.end(), title, "", _iso(law) or law["only"] or "", "")


def _cited(sentence: str, found: re.Match[str]) -> Citation:
    end = found.end("number")
    dated = _DATED.match(sentence, end)
    end = dated.end() if dated else end
    issuer = _ISSUER.match(sentence, end)
    who = " ".join(issuer["who"].split()) if issuer else ""
    if len(who.split()) > _LONGEST_ISSUER:
        who = ""
    number = " ".join(found["number"].split())
    for sign in "/-\N{EN DASH}":
        number = number.replace(f" {sign}", sign).replace(f"{sign} ", sign)
    end = issuer.end("who") if issuer else end
    kind = found["kind"].capitalize()
    return Citation(found.start(), end, kind, number.rstrip("."), _iso(dated), who, found["torn"] is not None)


def _iso(found: re.Match[str] | None) -> str:
    if found is None or found["day"] is None:
        return ""
    day, month, year = int(found["day"]), int(found["month"]), int(found["year"])
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
