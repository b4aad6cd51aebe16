"""Documents that a sentence cites: kind, number, date and issuer, each only if it is close by."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

CAPITAL: Final = "[" + "".join(filter(str.isupper, map(chr, (*range(0x41, 0x250), *range(0x1EA0, 0x1EFA))))) + "]"
"""A capital letter, in an expression."""
KINDS: Final = (
    "Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|"
    "Chỉ thị|Thông báo kết luận|Kết luận|Kế hoạch|Công văn|Tờ trình|Báo cáo|Thông báo|Hướng dẫn|Quy định|Quy chế|"
    "Chương trình hành động|Chương trình phối hợp|Chương trình|Đề án|Văn bản hợp nhất|Văn bản|Công điện|Lệnh|Biên bản"
).replace(" ", r"\s+")
"""Kinds of documents, in an expression."""
_FIRMER: Final = KINDS.partition("|Chương")[0]
"""Kinds for which a bare number names a document and not a part of one."""
_OF_WHAT: Final = r"(?:thẩm\s+(?:tra|định)|thanh\s+tra|kiểm\s+tra|giám\s+sát|liên\s+ngành|giải\s+trình|cá\s+biệt)"
"""What may stand between a kind and its number: "Kết luận thanh tra số"."""
_PART: Final = r"[A-ZĐƯ][A-ZĐƯa-zđư&]{0,15}\d{0,2}"
_NUMBER: Final = (
    rf"\d{{1,5}}[A-Za-z]?(?:\s?[/-]\s?|\s(?=(?-i:[A-ZĐ][A-ZĐa-zđ]{{0,6}}[/-][A-ZĐ])))(?:\d{{4}}\s?[/-]\s?)?{_PART}"
    rf"(?:\s?[-\N{{EN DASH}}/.]\s?(?!(?-i:[A-ZĐ][a-zđ]))[A-ZĐƯa-zđư&]{{1,15}}\d{{0,2}})*"
)
_DAY: Final = r"ngày\s+(?P<day>\d{1,2})\s*(?:tháng\s+|[/.-])\s*(?P<month>\d{1,2})\s*(?:năm\s+|[/.-])\s*(?P<year>\d{4})"
_CITED: Final = re.compile(
    rf"\b(?P<kind>{KINDS})"
    r"(?P<name>(?<=uật)\s+(?:(?!\b(?:Nghị|Thông tư|Quyết|Luật|số(?=\s+\d))\b)[^;,.\d\n]){2,90}?(?=\s+số\s))?"
    rf"(?:\s+{_OF_WHAT}(?=\s+số))?(?:\s*:?\s+số)?\s*:?\s*(?P<number>{_NUMBER})(?![^\W\d_])(?P<torn>\s(?-i:[A-ZĐ]{{1,5}}-[A-ZĐ]|[A-ZĐ]{{2}}[A-Za-zĐ]{{0,7}}(?=\s+ngày|[,;.)]|\s*$)))?",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(
    rf"\b(?P<kind>{_FIRMER})\s+số\s*:?\s*"
    rf"(?P<number>\d{{1,4}})(?![\d/]|\s?[-/]|[.,]\d|\s*%)"
    rf"(?:\s+năm\s+(?P<only>\d{{4}})(?!\d))?",
    re.IGNORECASE,
)
"""Named by its bare number: "Nghị định số 30", "Thông tư số 04 năm 2031"."""
_NEXT: Final = re.compile(rf"(?P<gap>\s*(?:,|;|,?\s*và)\s+)(?:số\s*:?\s*)?(?P<number>{_NUMBER})(?![^\W\d_])")
"""Another of the same kind in a list that names the kind once."""
_TITLED: Final = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+(?:" + CAPITAL + r"|sửa\s+đổi)")
_LAW: Final = re.compile(
    r"\b(?P<kind>Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+"
    r"(?P<name>(?:sửa\s+đổi(?:,\s+|\s+và\s+|\s+)bổ\s+sung\s+)?[^\W\d_][^;.,\d\n]{2,140}?)\s+"
    rf"(?:{_DAY}|năm\s+(?P<only>\d{{4}}))"
)
_NUMBERLESS: Final = re.compile(rf"\b(?P<kind>{KINDS})(?:\s+{_OF_WHAT})?\s*,?\s+{_DAY}(?=\s*,?\s+của\s+{CAPITAL})")
"""Named by its day and whose it is: "Công văn ngày 14/9/2031 của Sở Xây dựng"."""
_KIND: Final = re.compile(KINDS, re.IGNORECASE)
_DATED: Final = re.compile(rf"\s*[,(]?\s*{_DAY}", re.IGNORECASE)
_LISTED_DAY: Final = re.compile(r"\s+(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\d/])")
"""The day behind a number in a list of documents, where nothing says that it is one."""
_OFFICES: Final = (
    r"Chính|Thủ|Quốc|[UỦ][ỷy]|Ủy|Hội|Bộ|Ban|Tỉnh|Thành|Huyện|Quận|Thị|Sở|Chủ|Giám|Phó|Văn|Tổng|Cục|Chi|Trung|Đảng|Liên|"
    r"Viện|Tòa|Toà|Ngân|Bảo|Thanh|Kiểm|Trường|Công|Phòng|Ủỷ|UBND|HĐND|Đại|Mặt|Đoàn|Trưởng|Thống|Kho|Bí"
)
_SECOND: Final = (
    r"Xã\s+hội|Du\s+lịch|Đầu\s+tư|Phát\s+triển\s+nông\s+thôn|Đào\s+tạo|Công\s+nghệ|Môi\s+trường|Truyền\s+thông|"
    r"Gia\s+đình|Trẻ\s+em"
)
"""The second half of an office's name: "Bộ Giáo dục và Đào tạo"."""
_ISSUER: Final = re.compile(
    rf"\s*[,)]?\s*của\s+(?P<who>(?:{_OFFICES})\w*(?:,?\s+(?!(?:và|của|về|theo|tại|để|từ|cho|đã)\s)[^\W\d_]+|"
    rf"\s+(?:và|[-\N{{EN DASH}}])\s+(?=[A-ZĐỦ])[^\W\d_]+)*?)"
    r"(?=\s+(?:về|[Qq]uy\s+định|ban\s+hành|phê\s+duyệt|sửa\s+đổi|hướng\s+dẫn|thực\s+hiện|triển\s+khai|bổ\s+sung|hành\s+động|thông\s+qua|"
    rf"cụ\s+thể|tổng\s+kết|tiếp\s+tục|đã|được|và(?!\s+(?:{_SECOND})\b)|theo|tại|để|từ|cho|gắn|có|nhằm|khi|là|trên|"
    r"xây\s+dựng|nâng\s+cao|tăng\s+cường|đẩy\s+mạnh|phát\s+triển|đổi\s+mới|lãnh\s+đạo|hết|còn|không|bị|như|vẫn|nêu|nay|trước|trong|với|do|V/v)(?:[\s,;:]|$)|\s*[,():<;.\"“”]|\s*$)"
)
_LONGEST_ISSUER: Final = 14
_LONGEST_TITLE: Final = 16


class Citation(NamedTuple):
    """A cited document; ``start`` and ``end`` are its position in the sentence."""

    start: int
    end: int
    kind: str
    number: str
    date: str
    issuer: str
    torn: bool = False
    """Whether its number continues after a gap, so that a part of it may be missing."""
    is_short: bool = False
    """Whether only the first part of its number is given."""


def citations(sentence: str) -> list[Citation]:
    """Find the documents that a sentence names: by number, in whole or in part, by day, and laws by title and year."""
    found: list[Citation] = []
    for match in _CITED.finditer(sentence):
        one = _cited(sentence, match)
        if not found or one.start >= found[-1].end:
            found += _same_kind(sentence, one)
    found += [
        _cited_shortly(sentence, match)
        for match in _SHORT.finditer(sentence)
        if not any(one.start < match.end() and match.start() < one.end for one in found)
    ]
    found += [
        Citation(
            match.start(), match.end(), " ".join(match["kind"].split()), "", _iso(match), _issuer(sentence, match.end())
        )
        for match in _NUMBERLESS.finditer(sentence)
        if _iso(match) and not any(one.start < match.end() and match.start() < one.end for one in found)
    ]
    return sorted([*found, *_titled(sentence, found)])


def is_bare_kind(kind: str) -> bool:
    """Whether this is a kind of document and not the title of a law."""
    return _KIND.fullmatch(kind) is not None


def _issuer(sentence: str, begin: int) -> str:
    found = _ISSUER.match(sentence, begin)
    who = " ".join(found["who"].split()) if found else ""
    return "" if len(who.split()) > _LONGEST_ISSUER else who


def laws(sentence: str, begin: int, known: list[Citation]) -> Iterator[Citation]:
    """Find the laws that are named by their title and day or year alone."""
    for law in _LAW.finditer(sentence, begin):
        if not any(cited.start < law.end() and law.start() < cited.end for cited in known):
            title = f"{law['kind']} {' '.join(law['name'].split())}"
            yield Citation(law.start(), law.end(), title, "", _iso(law) or law["only"] or "", "")


def _titled(sentence: str, known: list[Citation]) -> Iterator[Citation]:
    """Find laws whose title is capitalised; except in a basis, a lower-case word may begin any sentence."""
    return (
        law for law in laws(sentence, 0, known) if _TITLED.match(law.kind) and len(law.kind.split()) < _LONGEST_TITLE
    )


def _cited(sentence: str, found: re.Match[str]) -> Citation:
    rest = (found["torn"] or "").strip()
    # What follows the gap up to a comma or the day is most likely the rest of the number, a blank in place of its dash.
    told = _told(sentence, found.start(), found["kind"], found, rest="" if "-" in rest else rest)
    return told._replace(torn=bool(rest))


def _same_kind(sentence: str, first: Citation) -> Iterator[Citation]:
    """Yield a citation and the others of a list that names their kind once; the issuer of the last issued them all."""
    listed = [first]
    while following := _NEXT.match(sentence, listed[-1].end):
        listed.append(_told(sentence, following.end("gap"), first.kind, following))
    for one in listed:
        yield one if one.issuer or len(listed) == 1 else one._replace(issuer=listed[-1].issuer)


def _cited_shortly(sentence: str, found: re.Match[str]) -> Citation:
    one = _told(sentence, found.start(), found["kind"], found)
    return one._replace(date=one.date or found["only"] or "", is_short=True)


def _told(sentence: str, start: int, kind: str, found: re.Match[str], *, rest: str = "") -> Citation:
    end = found.end() if found.re is _SHORT or rest else found.end("number")
    dated = _DATED.match(sentence, end) or _LISTED_DAY.match(sentence, end)
    end = dated.end() if dated else end
    issuer = _ISSUER.match(sentence, end)
    number = " ".join([*found["number"].split(), *rest.split()])
    for sign in "/-\N{EN DASH}":
        number = number.replace(f" {sign}", sign).replace(f"{sign} ", sign)
    who, end = _issuer(sentence, end), issuer.end("who") if issuer else end
    return Citation(start, end, " ".join(kind.split()).capitalize(), number.rstrip("."), _iso(dated), who)


def _iso(found: re.Match[str] | None) -> str:
    if found is None or found["day"] is None:
        return ""
    day, month, year = int(found["day"]), int(found["month"]), int(found["year"])
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
