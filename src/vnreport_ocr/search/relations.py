"""What a document says of others: its bases, what it amends, replaces, repeals, who proposed it, what it cites.

A sentence may tell what a third document does: in "Căn cứ Nghị định A sửa đổi Nghị định B" it is A that amends B.
Such a relation says by whom. What is named and no more than named is cited (``dẫn chiếu``).
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from vnreport_ocr.search.citations import Citation, citations, laws
from vnreport_ocr.search.clauses import clauses
from vnreport_ocr.search.words import number_key

BASED, AMENDED, REPLACED, REPEALED = "căn cứ", "sửa đổi, bổ sung", "thay thế", "bãi bỏ"
PROPOSED, CITED = "theo đề nghị", "dẫn chiếu"

_OPENING: Final = 3000
"""Characters of the first page in which a document says what it carries out."""

_WHAT: Final = (
    r"(?:nội\s+dung\s+)?(?:một\s+số\s+(?:điều|khoản|điểm|mục|nội\s+dung|quy\s+định|chính\s+sách)|các\s+(?:điều|khoản|điểm|mục)|điểm|khoản|Điều|Phụ\s+lục|Nghị|Quyết|Luật|Bộ\s+luật|Thông|Chỉ\s+thị|"
    r"Pháp\s+lệnh|Kế\s+hoạch|Quy\s+|Đề\s+án|Chương\s+trình)"
)
_VERBS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (REPEALED, re.compile(r"\bbãi\s+bỏ\b", re.IGNORECASE)),
    (REPLACED, re.compile(r"\bthay\s+thế\b", re.IGNORECASE)),
    (
        AMENDED,
        re.compile(
            rf"\b(?:sửa\s+đổi\s*(?:,|và)?\s*(?:bổ\s+sung)?|bổ\s+sung)\s+(?:{_WHAT}|(?=(?:bởi|theo|tại)\s))",
            re.IGNORECASE,
        ),
    ),
)
_PASSIVE: Final = re.compile(r"(?:được|bị)\s*$", re.IGNORECASE)
_AGENT: Final = re.compile(r"\b(?:bởi|bằng|tại|theo)\b", re.IGNORECASE)
_NO_LONGER: Final = re.compile(r"\bhết\s+hiệu\s+lực\b", re.IGNORECASE)
_ITSELF: Final = re.compile(r"\b(?:này|kèm\s+theo)\b", re.IGNORECASE)
_BASED: Final = re.compile(r"[\W_]*(?:\d+[.)]\s*)?căn\s+cứ\b(?!\s+(?:để|quan\s+trọng|xác\s+định))", re.IGNORECASE)
_CARRIED_OUT: Final = re.compile(
    r"\W*(?:thực\s+hiện|thi\s+hành)\s+(?:ý\s+kiến\s+[^;]{0,80}?tại\s+)?(?=\S)", re.IGNORECASE
)
_ABOUT: Final = re.compile(
    r"\b(?:về|V/v|quy\s+định|hướng\s+dẫn|ban\s+hành|phê\s+duyệt|sửa\s+đổi|bổ\s+sung|thay\s+thế|tổng\s+kết|thực\s+hiện|triển\s+khai|"
    r"thi\s+hành|thông\s+qua|cụ\s+thể\s+hóa)\b",
    re.IGNORECASE,
)
_BESIDE: Final = re.compile(r"(?:,|;|\bvà|\bcùng|\bcác)\s*$", re.IGNORECASE)
_AND: Final = re.compile(r"^\W*và\s*$", re.IGNORECASE)
_ACCORDING: Final = re.compile(r"\b(?:theo|nêu\s+tại|căn\s+cứ)\b", re.IGNORECASE)
_NAMELESS: Final = re.compile(
    r"\bban\s+hành\s+(?:Luật|Nghị\s+định|Nghị\s+quyết|Thông\s+tư|Quyết\s+định)\s*$", re.IGNORECASE
)
"""Before such a word: what a document does whose number is not told."""
_ALSO: Final = re.compile(r"\b(?:và|,)\s+(?P<who>[^;,.\n]{3,100}?)\s+tại\s*$", re.IGNORECASE)
_ARTICLE: Final = re.compile(r"(?:(?:điểm\s+\w+\s*,?\s+)?(?:khoản\s+\d+\s*,?\s+))?Điều\s+\d+[a-zđ]?", re.IGNORECASE)
_PROPOSED: Final = re.compile(
    r"^[\W_]*(?:theo|xét)\s+đề\s+nghị\s+của\s+(?P<who>[^;.\n]{3,140}?)"
    r"(?=\s+tại\s+(?:Tờ trình|Công văn|Báo cáo|văn bản)|[;.,\n]|$)",
    re.IGNORECASE,
)
_NEAR: Final = 120
_SHORT: Final = 12


class Relation(NamedTuple):
    """What a page says of another document; ``by_kind`` and ``by_number`` name who does it where it is a third one."""

    relation: str
    kind: str
    number: str
    date: str
    issuer: str
    article: str
    span: str
    confidence: float
    by_kind: str = ""
    by_number: str = ""


class _Verb(NamedTuple):
    name: str
    start: int
    end: int
    passive: bool


def relations_of(text: str, own_number: str = "", *, first: bool = True) -> Iterator[Relation]:
    """Find what a page says of other documents, sentence by sentence; the page's own number is none.

    On the ``first`` page a document opens with what it carries out.
    """
    own = number_key(own_number) if own_number else ""
    told: dict[tuple[str, str, str], Relation] = {}
    place = 0
    hanging = False
    for sentence in clauses(text):
        opening = first and place < _OPENING
        place += len(sentence)
        # A list of bases goes on behind a semicolon without its first words.
        goes_on = hanging and bool(cited := citations(sentence)) and cited[0].start == 0
        hanging = goes_on or _BASED.match(sentence) is not None
        for found in _in_sentence(f"Căn cứ {sentence}" if goes_on else sentence, opening=opening):
            if goes_on:
                found = found._replace(
                    span=found.span.removeprefix("Căn cứ "), confidence=round(found.confidence - 0.15, 2)
                )
            by_itself = bool(own) and number_key(found.by_number) == own if found.by_number else False
            relation = found._replace(by_kind="", by_number="") if by_itself else found
            number = number_key(relation.number) if relation.number else ""
            key = (
                relation.relation,
                number or relation.kind.lower(),
                relation.by_number if number else relation.issuer,
            )
            before = told.get(key)
            if not (own and number == own) and (before is None or _fuller(relation, before)):
                told[key] = relation
    named = {number_key(r.number) for r in told.values() if r.number and r.relation != CITED}
    for relation in told.values():
        # What is said more closely elsewhere on the page is not told as named once more.
        if relation.relation != CITED or number_key(relation.number) not in named:
            yield relation


def _fuller(one: Relation, other: Relation) -> bool:
    return bool(one.date) > bool(other.date) or (
        bool(one.date) == bool(other.date) and one.confidence > other.confidence
    )


def _in_sentence(sentence: str, *, opening: bool) -> Iterator[Relation]:
    cited = citations(sentence)
    if proposed := _PROPOSED.search(sentence):
        yield from _proposal(sentence, proposed, cited)
        return
    if not cited and not _BASED.match(sentence):
        return
    based = _BASED.match(sentence)
    carried = _CARRIED_OUT.match(sentence) if opening else None
    verbs = list(_verbs(sentence))
    ended = _NO_LONGER.search(sentence)
    done: set[int] = set()
    for verb in verbs:
        for relation, place in _of_verb(sentence, verb, verbs, cited, hanging=bool(based)):
            done.add(place)
            yield relation
    for number, one in enumerate(cited):
        if number in done:
            continue
        if ended is not None and one.start < ended.start():
            yield _relation(REPEALED, one, sentence, 0.85)
        elif (lead := based or carried) is not None and (sure := _is_basis(sentence, lead, cited, number)):
            yield _relation(BASED, one, sentence, sure if based else sure - 0.15)
        else:
            yield _relation(CITED, one, sentence, 0.85)
    if based is not None:
        for law in laws(sentence, based.end(), cited):
            yield _relation(BASED, law, sentence, 0.92)


def _proposal(sentence: str, proposed: re.Match[str], cited: list[Citation]) -> Iterator[Relation]:
    letter = next((one for one in cited if one.start >= proposed.end()), None)
    who = " ".join(proposed["who"].split())
    kind, number, date = (letter.kind, letter.number, letter.date) if letter else ("", "", "")
    yield Relation(PROPOSED, kind, number, date, who, "", _short(sentence), 0.93)
    last = letter.end if letter else len(sentence)
    for one in cited:
        if one.start >= last:
            if also := _ALSO.search(sentence[last : one.start]):
                who = " ".join(also["who"].split())
                yield Relation(PROPOSED, one.kind, one.number, one.date, who, "", _short(sentence), 0.9)
            else:
                yield _relation(CITED, one, sentence, 0.85)
            last = one.end


def _verbs(sentence: str) -> Iterator[_Verb]:
    found = [
        _Verb(
            name, match.start(), match.end(), bool(_PASSIVE.search(sentence, max(0, match.start() - 10), match.start()))
        )
        for name, pattern in _VERBS
        for match in pattern.finditer(sentence)
    ]
    yield from sorted(found, key=lambda verb: verb.start)


def _of_verb(
    sentence: str, verb: _Verb, verbs: list[_Verb], cited: list[Citation], *, hanging: bool
) -> Iterator[tuple[Relation, int]]:
    """Find what a verb is said of, and who does it."""
    until = min((other.start for other in verbs if other.start > verb.start), default=len(sentence))
    before = [place for place, one in enumerate(cited) if one.end <= verb.start]
    after = [place for place, one in enumerate(cited) if verb.start < one.start < until]
    if _NAMELESS.search(sentence, 0, verb.start):
        return
    doer = _doer(sentence, verb, cited, before)
    if verb.passive:
        # What was done to the one before, by the one behind.
        agent = next((place for place in after if _AGENT.search(sentence, verb.end, cited[place].start)), None)
        if before and agent is not None and cited[before[-1]].end + 30 > verb.start:
            by, what = cited[agent], cited[before[-1]]
            yield _relation(verb.name, what, sentence, 0.85, by=by), -1
            if hanging:
                yield _relation(BASED, by, sentence, 0.85), agent
        return
    last = verb.end
    for place in after:
        one = cited[place]
        between = sentence[last : one.start]
        if place != after[0] and not (_AND if doer or hanging else _BESIDE).search(between):
            break  # described by the one before, or another thing in the same list
        if place == after[0] and _too_far(between):
            break
        said = _ARTICLE.search(sentence, verb.start, one.start)
        sure = 0.92 - (0.15 if len(between) > 100 else 0.0) - (0.05 if doer or hanging else 0.0)
        if doer is not None and verb.start - doer.end > _NEAR:
            sure -= 0.2
        if hanging and doer is None:
            sure = 0.6  # a basis that amends, whose number is not told
        yield _relation(verb.name, one, sentence, sure, article=said[0] if said else "", by=doer), place
        last = one.end


def _too_far(between: str) -> bool:
    """Whether more stands between a verb and a document than what of it is meant."""
    return len(between) > 200 or bool(_ACCORDING.search(between))


def _doer(sentence: str, verb: _Verb, cited: list[Citation], before: list[int]) -> Citation | None:
    """Return the document that does it: the one named before the verb, unless this document is."""
    if not before:
        return None
    one = cited[before[-1]]
    between = sentence[one.end : verb.start]
    return None if _ITSELF.search(between) else one


def _is_basis(sentence: str, lead: re.Match[str], cited: list[Citation], number: int) -> float:
    """How sure a document is what this one is based on; 0 where it only says what such a one is about."""
    one = cited[number]
    begin = max([lead.end(), *(other.end for other in cited[:number])])
    between = sentence[begin : one.start]
    if not number and lead.re is _CARRIED_OUT and len(between) > _SHORT:
        return 0.0
    if not _ABOUT.search(between):
        return 0.95 if len(between) < 60 else 0.8
    return 0.75 if number and _BESIDE.search(between) else 0.8 if not number and len(between) < 120 else 0.0


def _relation(
    name: str, one: Citation, sentence: str, sure: float, *, article: str = "", by: Citation | None = None
) -> Relation:
    """Return a relation, less sure where its number says no year, its date is missing, or a part may be lost."""
    if one.number and not one.date:
        sure -= 0.05 if re.search(r"/(?:19|20)\d\d/", one.number) else 0.1
    if one.torn:
        sure = min(sure, 0.5)
    return Relation(
        name, one.kind, one.number, one.date, one.issuer, article, _short(sentence), round(sure, 2),
        by.kind if by else "", by.number if by else "",
    )  # fmt: skip


def _short(sentence: str, most: int = 300) -> str:
    text = " ".join(sentence.split())
    return text if len(text) <= most else text[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"
