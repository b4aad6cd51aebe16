"""What one sentence says of other documents: verbs, who does it, bases, proposals, and what is only named.

A sentence may tell what a third document does: in "Căn cứ Nghị định A sửa đổi Nghị định B" it is A that amends B.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from vnreport_ocr.search.citations import CAPITAL, Citation, citations, laws
from vnreport_ocr.search.verbs import AMENDED, BASED, CITED, PROPOSED, Verb, ended_by, verbs_of

_WORDS_ONLY: Final = re.compile(
    r"\s*(?:các\s+|một\s+số\s+)?(?:cụm\s+từ|từ\s+[\"\N{LEFT DOUBLE QUOTATION MARK}])", re.IGNORECASE
)
"""Words of a document that are replaced or struck out: it is amended."""
_AS_FOLLOWS: Final = re.compile(r"\b(?:như\s+sau|bằng|kể\s+từ|từ\s+ngày)\b", re.IGNORECASE)
_SUPPOSED: Final = re.compile(r"\W*(?:trường\s+hợp|khi|nếu)\b", re.IGNORECASE)
_AGENT: Final = re.compile(r"\b(?:bởi|bằng|tại|theo)\b", re.IGNORECASE)
_QUOTED: Final = re.compile(
    r"[\"\N{LEFT DOUBLE QUOTATION MARK}][^\"\N{RIGHT DOUBLE QUOTATION MARK}]*[\"\N{RIGHT DOUBLE QUOTATION MARK}]"
)
_ITSELF: Final = re.compile(r"\b(?:này|kèm\s+theo)\b", re.IGNORECASE)
_LEAD_IN: Final = r"(?:(?:bên\s+cạnh\s+đó|ngoài\s+ra|đồng\s+thời|tuy\s+nhiên|do\s+đó|lưu\s+ý|và|theo)\s*[,:]?\s+)?"
BASIS: Final = re.compile(
    rf"[\W_]*(?:\d+[.)]\s*)?{_LEAD_IN}căn\s+cứ\b(?!\s+(?:để|quan\s+trọng|xác\s+định))", re.IGNORECASE
)
_CARRIED_OUT: Final = re.compile(
    r"\W*(?:thực\s+hiện|thi\s+hành)\s+(?:ý\s+kiến\s+[^;]{0,80}?tại\s+)?(?=\S)", re.IGNORECASE
)
_ABOUT: Final = re.compile(
    r"\b(?:về|V/v|quy\s+định|hướng\s+dẫn|ban\s+hành|phê\s+duyệt|sửa\s+đổi|bổ\s+sung|thay\s+thế|tổng\s+kết|thực\s+hiện|triển\s+khai|"
    r"thi\s+hành|thông\s+qua|cụ\s+thể\s+hóa)\b",
    re.IGNORECASE,
)
_PARTS: Final = (
    r"(?:(?:(?:điểm|khoản|Điều|Chương|Mục|Phụ\s+lục)\s+\w{1,5}|một\s+số\s+(?:điều|khoản))"
    r"(?:\s*,)?\s+(?:và\s+)?)*(?:của\s+)?"
)
"""Parts of a document that may stand before it in a list."""
_BESIDE: Final = re.compile(rf"(?:,|;|\bvà|\bcùng|\bcác)\s*{_PARTS}$", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"\s*(?:số\b|\d)", re.IGNORECASE)
_AND: Final = re.compile(rf"^\W*và\s*{_PARTS}$", re.IGNORECASE)
_AND_ALSO: Final = re.compile(r"[\s;)]*(?:,|\bvà\b|\bđồng\s+thời\b)[\s,]*(?:và\s+|đồng\s+thời\s+)?$", re.IGNORECASE)
_ACCORDING: Final = re.compile(r"\b(?:(?<!kèm )theo|nêu\s+tại|căn\s+cứ)\b", re.IGNORECASE)
_NAMELESS: Final = re.compile(
    r"\b(?:ban\s+hành|xây\s+dựng|soạn\s+thảo|trình)\s+(?:Luật|Nghị\s+định|Nghị\s+quyết|Thông\s+tư|Quyết\s+định)\s*$|"
    r"\bdự\s+(?:thảo|án)\s+(?:Luật|Nghị\s+định|Nghị\s+quyết|Thông\s+tư|Quyết\s+định)\b[^;:\d]{0,120}$",
    re.IGNORECASE,
)
"""Before such a word: what a document does whose number is not told, or which is no more than a draft."""
_ALSO: Final = re.compile(r"\b(?:và|,)\s+(?P<who>[^;,.\n]{3,100}?)\s+tại\s*$", re.IGNORECASE)
_ONE_ARTICLE: Final = r"(?:(?:điểm\s+\w+\s*,?\s+)?(?:khoản\s+\d+\s*,?\s+))?Điều\s+\d+[a-zđ]?"
_ARTICLE: Final = re.compile(rf"{_ONE_ARTICLE}(?:(?:\s*,\s*|\s+và\s+)(?:{_ONE_ARTICLE}))*", re.IGNORECASE)
_OFFICE: Final = r"(?:Giám|Phó|Chủ|Trưởng|Chánh|Bộ|Ban|Ủy|Uỷ|Hội|Thường|Tổng|Viện|Cục|Chi)\s"
_PROPOSED: Final = re.compile(
    r"^[\W_]*(?:theo|xét)\s+đề\s+nghị\s+của\s+"
    rf"(?P<who>(?:[^;.,\n]|,(?=\s+(?-i:(?!{_OFFICE}){CAPITAL}[^\W\d_A-ZĐ]))){{3,140}}?)"
    r"(?=\s+tại\s+(?:Tờ trình|Công văn|Báo cáo|văn bản)|[;.\n]|,(?!\s+(?-i:(?!"
    rf"{_OFFICE}){CAPITAL}[^\W\d_A-ZĐ]))|$)",
    re.IGNORECASE,
)
"""Who proposed it; the name of an office may contain a comma."""
_LONGEST_NAMELESS: Final = 200
_NEAR: Final = 120
_CLOSE: Final = 12


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


def in_sentence(sentence: str, *, opening: bool) -> Iterator[Relation]:
    """Find what a sentence says of other documents; one that opens a document may say what is carried out."""
    cited = citations(sentence)
    if proposed := _PROPOSED.search(sentence):
        yield from _proposal(sentence, proposed, cited)
        return
    based = BASIS.match(sentence)
    if not cited and based is None:
        return
    carried = _CARRIED_OUT.match(sentence) if opening else None
    verbs = list(verbs_of(sentence))
    ended = ended_by(sentence)
    done: dict[int, Citation | None] = {}
    for verb in verbs:
        for told, place in _of_verb(sentence, verb, verbs, cited, done, hanging=bool(based)):
            done[place] = next((one for one in cited if one.number and one.number == told.by_number), None)
            yield told
    for number, one in enumerate(cited):
        if number in done:
            continue
        if ended is not None and _is_ended(sentence, ended, cited, number):
            yield relation(ended.name, one, sentence, 0.85)
        elif (lead := based or carried) is not None and (sure := _is_basis(sentence, lead, cited, number)):
            yield relation(BASED, one, sentence, sure if based else sure - 0.15)
        else:
            yield relation(CITED, one, sentence, 0.85)
    if based is not None:
        for law in laws(sentence, based.end(), cited):
            yield relation(BASED, law, sentence, 0.92)


def _is_ended(sentence: str, ended: Verb, cited: list[Citation], number: int) -> bool:
    """Whether a document is said to be no longer in force: named before that, or in the list after it."""
    one = cited[number]
    if _SUPPOSED.match(sentence):
        return False
    if one.start < ended.start:
        return not _ACCORDING.search(sentence, cited[number - 1].end if number else 0, one.start)
    return ":" in sentence[ended.end : cited[0].start] and cited[0].start > ended.end


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
                yield relation(CITED, one, sentence, 0.85)
            last = one.end


def _of_verb(
    sentence: str,
    verb: Verb,
    verbs: list[Verb],
    cited: list[Citation],
    done: dict[int, Citation | None],
    *,
    hanging: bool,
) -> Iterator[tuple[Relation, int]]:
    """Find what a verb refers to, and who does it."""
    if _NAMELESS.search(sentence, max(0, verb.start - _LONGEST_NAMELESS), verb.start):
        return
    until = min((other.start for other in verbs if other.start > verb.start), default=len(sentence))
    before = [place for place, one in enumerate(cited) if one.end <= verb.start]
    after = [place for place, one in enumerate(cited) if verb.start < one.start < until]
    if verb.passive:
        yield from _of_passive(sentence, verb, cited, before, after, hanging=hanging)
    else:
        doer = _doer(sentence, verb, cited, before, done)
        yield from _of_active(sentence, verb, cited, after, doer, hanging=hanging)


def _of_passive(
    sentence: str, verb: Verb, cited: list[Citation], before: list[int], after: list[int], *, hanging: bool
) -> Iterator[tuple[Relation, int]]:
    """Find what was done to the document before the verb, by those behind it."""
    if not before or cited[before[-1]].end + 30 <= verb.start:
        return
    what, last = cited[before[-1]], verb.end
    for place in after:
        between = sentence[last : cited[place].start]
        if last != verb.end and not (_BESIDE.search(between) and _is_untitled(sentence, cited[place])):
            break  # another document in the list to which this one belongs
        if last == verb.end and not _AGENT.search(between):
            break
        yield relation(verb.name, what, sentence, 0.85, by=cited[place]), -1
        if hanging:
            yield relation(BASED, cited[place], sentence, 0.85), place
        last = cited[place].end
        if _AND.match(between):
            break
    if last == verb.end and _AS_FOLLOWS.match(sentence[verb.end :].lstrip()) and not hanging:
        begin = cited[before[-2]].end if len(before) > 1 else 0
        said = _ARTICLE.search(sentence, begin, what.start)
        yield relation(verb.name, what, sentence, 0.85, article=said[0] if said else ""), before[-1]


def _of_active(
    sentence: str, verb: Verb, cited: list[Citation], after: list[int], doer: Citation | None, *, hanging: bool
) -> Iterator[tuple[Relation, int]]:
    """Find what the verb does to the documents behind it."""
    last = verb.end
    only_words = _WORDS_ONLY.match(sentence, verb.end) is not None
    quoted = [found.span() for found in _QUOTED.finditer(sentence, verb.end)] if only_words else []
    for place in after:
        one = cited[place]
        if any(start < one.start < end for start, end in quoted):
            continue  # named in the words that are exchanged
        if doer is not None and one.number and one.number == doer.number:
            break  # nothing repeals itself: it is named once more
        between = sentence[last : one.start]
        if last != verb.end and not (_AND if doer or hanging else _BESIDE).search(between):
            break  # described by the one before, or another thing in the same list
        if last == verb.end and _too_far(between):
            break
        said = _ARTICLE.search(sentence, verb.start, one.start)
        sure = 0.92 - (0.15 if len(between) > 100 else 0.0) - (0.05 if doer or hanging else 0.0)
        if doer is not None and verb.start - doer.end > _NEAR:
            sure -= 0.2
        if hanging and doer is None:
            sure = 0.6  # a basis that amends, whose number is not told
        name = AMENDED if only_words else verb.name
        yield relation(name, one, sentence, sure, article=said[0] if said else "", by=doer), place
        last = one.end


def _is_untitled(sentence: str, one: Citation) -> bool:
    """Whether a document is named by its kind and number: what amended another is, what stands beside that is not."""
    named = sentence[one.start :].casefold().removeprefix(one.kind.casefold())
    return _NUMBERED.match(named) is not None


def _too_far(between: str) -> bool:
    """Whether more stands between a verb and a document than what of it is meant."""
    return len(between) > 200 or bool(_ACCORDING.search(between))


def _doer(
    sentence: str, verb: Verb, cited: list[Citation], before: list[int], done: dict[int, Citation | None]
) -> Citation | None:
    """Return the document that does it: the one named before the verb, unless this document is.

    "This one repeals A and replaces B": what something was done to does not do the next thing.
    """
    if not before:
        return None
    one = cited[before[-1]]
    between = sentence[one.end : verb.start]
    if before[-1] in done and _AND_ALSO.match(between):
        return done[before[-1]]
    return None if _ITSELF.search(between) else one


def _is_basis(sentence: str, lead: re.Match[str], cited: list[Citation], number: int) -> float:
    """How sure a document is what this one is based on; 0 where it only says what such a one is about."""
    one = cited[number]
    begin = max([lead.end(), *(other.end for other in cited[:number])])
    between = sentence[begin : one.start]
    if not number and lead.re is _CARRIED_OUT and len(between) > _CLOSE:
        return 0.0
    if not _ABOUT.search(between):
        return 0.95 if len(between) < 60 else 0.8
    return 0.75 if number and _BESIDE.search(between) else 0.8 if not number and len(between) < 120 else 0.0


def relation(
    name: str, one: Citation, sentence: str, sure: float, *, article: str = "", by: Citation | None = None
) -> Relation:
    """Return a relation, less sure where its number says no year, its date is missing, or a part may be lost."""
    if one.number and not one.date:
        sure -= 0.05 if re.search(r"/(?:19|20)\d\d/", one.number) else 0.1
    if one.torn or one.is_short:
        sure = min(sure, 0.7 if one.is_short and len(one.date) > len("2030") else 0.5)
    return Relation(
        name, one.kind, one.number, one.date, one.issuer, article, _short(sentence), round(sure, 2),
        by.kind if by else "", by.number if by else "",
    )  # fmt: skip


def _short(sentence: str, most: int = 300) -> str:
    text = " ".join(sentence[: 8 * most].split())
    return text if len(text) <= most else text[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"
