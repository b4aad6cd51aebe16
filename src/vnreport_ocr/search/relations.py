"""What a document says of others: on what it is based, what it amends, replaces, repeals, and who proposed it."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from vnreport_ocr.search.words import number_key

_KINDS: Final = (
    "Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|"
    "Chỉ thị|Kết luận|Kế hoạch|Công văn|Tờ trình|Báo cáo|Thông báo|Hướng dẫn|Quy định|Quy chế|Chương trình|Đề án"
)
_NUMBER: Final = (
    r"\d{1,5}[A-Za-z]?\s?[/-]\s?(?:\d{4}\s?[/-]\s?)?[A-ZĐƯ]{1,6}\d{0,2}(?:\s?[-\N{EN DASH}/]\s?[A-ZĐƯa-zđ&]{1,10})*"
)
_DATE: Final = r"ngày\s+(\d{1,2})\s*(?:tháng\s+|[/.-])\s*(\d{1,2})\s*(?:năm\s+|[/.-])\s*(\d{4})"

_CITED: Final = re.compile(
    rf"\b(?P<kind>{_KINDS})(?:\s+số|\s+Số)?\s*:?\s*(?P<number>{_NUMBER})(?=(?P<after>[^;.\n]{{0,160}}))", re.IGNORECASE
)
_LAW: Final = re.compile(
    r"\b(?P<kind>Bộ luật|Luật|Pháp lệnh|Hiến pháp)\s+(?P<name>[^\W\d_][^;.,\d\n]{2,90}?)\s+(?:số\s+\S+\s+)?"
    rf"(?:{_DATE}|năm\s+(?P<year>\d{{4}}))"
)
_SAID_DATE: Final = re.compile(_DATE)
_ISSUER: Final = re.compile(
    r"\bcủa\s+([^\W\d_]+(?:,?\s+[^\W\d_]+){0,11}?)"
    r"(?=\s+(?:về|quy định|ban hành|phê duyệt|sửa đổi|hướng dẫn|V/v)\b|\s*[,(]|\s*$)"
)
_ARTICLE: Final = re.compile(r"(?:(?:điểm\s+\w+\s*,?\s+)?(?:khoản\s+\d+\s*,?\s+))?Điều\s+\d+[a-zđ]?", re.IGNORECASE)

_WHAT: Final = (
    r"(?:một\s+số\s+\w+|các\s+|điểm|khoản|Điều|Phụ\s+lục|Nghị|Quyết|Luật|Bộ\s+luật|Thông|Chỉ\s+thị|Pháp\s+lệnh|"
    r"Kế\s+hoạch)"
)
_LEADS: Final[tuple[tuple[str, re.Pattern[str], float], ...]] = (
    ("bãi bỏ", re.compile(r"\bbãi\s+bỏ\b", re.IGNORECASE), 0.9),
    ("thay thế", re.compile(r"\bthay\s+thế\b", re.IGNORECASE), 0.9),
    (
        "sửa đổi, bổ sung",
        re.compile(rf"\b(?:sửa\s+đổi\s*(?:,|và)?\s*(?:bổ\s+sung)?|bổ\s+sung)\s+{_WHAT}", re.IGNORECASE),
        0.88,
    ),
    ("căn cứ", re.compile(r"\b(?:căn\s+cứ|theo\s+quy\s+định\s+(?:tại|của)|thực\s+hiện)\b", re.IGNORECASE), 0.95),
)
_PASSIVE: Final = re.compile(r"(?:được|bị)\s*$", re.IGNORECASE)
"""Before such a word: what another document did, not this one."""

_NO_LONGER: Final = re.compile(r"\bhết\s+hiệu\s+lực\b", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"((?:^|\s)(?:của|số|tại|về|và|ngày|theo|tháng|năm)|,)[ \t]*\n\s*", re.IGNORECASE)
"""The end of a line after which a clause cannot end."""

_PROPOSED: Final = re.compile(
    r"^\W*(?:theo|xét)\s+đề\s+nghị\s+của\s+(?P<who>[^;.\n]{3,140}?)"
    r"(?=\s+tại\s+(?:Tờ trình|Công văn|Báo cáo|văn bản)|[;.,\n]|$)",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(r"\W*căn\s+cứ\b", re.IGNORECASE)
"""Laws without a number are named so where a document says what it is based on."""

_STOP: Final = re.compile(r"[;\n]|\.(?=\s+[A-ZĐ]|\s*$)")


class Relation(NamedTuple):
    """What a page says of another document."""

    relation: str
    kind: str
    number: str
    date: str
    issuer: str
    article: str
    span: str
    confidence: float


def relations_of(text: str, own_number: str = "") -> Iterator[Relation]:
    """Find what a page says of other documents, sentence by sentence; the page's own number is none."""
    own = number_key(own_number) if own_number else ""
    seen: set[tuple[str, str, str]] = set()
    for sentence in _sentences(text):
        for relation in _in_sentence(sentence):
            number = number_key(relation.number) if relation.number else ""
            key = (relation.relation, number or relation.kind.lower(), "" if number else relation.issuer)
            if key not in seen and (not own or number != own):
                seen.add(key)
                yield relation


def _sentences(text: str) -> Iterator[str]:
    """Cut a page into clauses; lines that go on in small letters belong together."""
    joined = re.sub(r"[ \t]*\n(?=[ \t]*[^\W\d_A-ZĐ\n])", " ", _GOES_ON.sub(r"\1 ", text))
    start = 0
    for stop in _STOP.finditer(joined):
        yield joined[start : stop.start()].strip()
        start = stop.end()
    yield joined[start:].strip()


def _in_sentence(sentence: str) -> Iterator[Relation]:
    if proposed := _PROPOSED.search(sentence):
        letter = _CITED.search(sentence, proposed.end())
        date = _SAID_DATE.search(letter["after"]) if letter else None
        kind, number = (letter["kind"].capitalize(), " ".join(letter["number"].split())) if letter else ("", "")
        who = " ".join(proposed["who"].split())
        yield Relation("theo đề nghị", kind, number, _iso(date), who, "", _short(sentence), 0.93)
        return
    lead = _lead(sentence)
    if lead is None:
        return
    name, begin, confidence = lead
    article = _ARTICLE.search(sentence, begin)
    for cited in _CITED.finditer(sentence, begin):
        after = cited["after"]
        next_one = _CITED.search(after)
        after = after[: next_one.start()] if next_one else after
        date, issuer = _SAID_DATE.search(after), _ISSUER.search(after)
        said = article[0] if article and article.start() < cited.start() and name != "căn cứ" else ""
        sure = confidence if date or "/" in cited["number"] else confidence - 0.15
        yield Relation(
            name, cited["kind"].capitalize(), " ".join(cited["number"].split()), _iso(date),
            " ".join(issuer[1].split()) if issuer else "", said, _short(sentence), round(sure, 2),
        )  # fmt: skip
    if not _FIRST.match(sentence):
        return
    for law in _LAW.finditer(sentence, begin):
        title = f"{law['kind']} {' '.join(law['name'].split())}"
        yield Relation(
            name, title, "", _iso(law) or law["year"] or "", "", "", _short(sentence), round(confidence - 0.03, 2)
        )


def _lead(sentence: str) -> tuple[str, int, float] | None:
    """Return the word that decides the relation: the first, but to repeal weighs more than to be based on."""
    if ended := _NO_LONGER.search(sentence):
        # What ends stands before that it does.
        return ("bãi bỏ", 0, 0.85) if _CITED.search(sentence, 0, ended.start()) else None
    found = [
        (match.start(), order, name, sure)
        for order, (name, pattern, sure) in enumerate(_LEADS)
        for match in pattern.finditer(sentence)
        if not _PASSIVE.search(sentence, max(0, match.start() - 10), match.start())
    ]
    if not found:
        return None
    start, _, name, sure = min(found)
    return name, start, sure


def _iso(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    groups = [group for group in found.groups() if group and group.isdigit()]
    if len(groups) < 3:
        return ""
    day, month, year = map(int, groups[-3:])
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _short(sentence: str, most: int = 300) -> str:
    text = " ".join(sentence.split())
    return text if len(text) <= most else text[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"
