"""The words by which one document does something to another: amends, replaces, repeals, suspends, corrects it.

Words that may stand before anything (``hủy bỏ hợp đồng``, ``thu hồi đất``, ``điều chỉnh giá``) count only before a
document or a part of one.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from vnreport_ocr.search.citations import KINDS

BASED, AMENDED, REPLACED, REPEALED = "căn cứ", "sửa đổi, bổ sung", "thay thế", "bãi bỏ"
SUSPENDED, CORRECTED, CONSOLIDATED = "ngưng hiệu lực", "đính chính", "hợp nhất"
PROPOSED, CITED = "theo đề nghị", "dẫn chiếu"

_WHAT: Final = (
    r"(?:nội\s+dung\s+)?(?:một\s+số\s+(?:điều|khoản|điểm|mục|nội\s+dung|quy\s+định|chính\s+sách|định\s+mức|mẫu|biểu|phụ\s+lục)|"
    r"danh\s+mục|định\s+mức|mẫu\s+số|các\s+(?:điều|khoản|điểm|mục)|điểm|khoản|Điều|Phụ\s+lục|Nghị|Quyết|Luật|Bộ\s+luật|Thông|Chỉ\s+thị|"
    r"Pháp\s+lệnh|Kế\s+hoạch|Quy\s+|Đề\s+án|Chương\s+trình)"
)
_HOW_MUCH: Final = (
    r"(?:(?:toàn\s+bộ|một\s+phần|nội\s+dung|các|những|quy\s+định|của|đối\s+với|tại|trong|"
    r"một\s+số\s+(?:điều|khoản|nội\s+dung))\s+)*"
)
_DOCUMENT: Final = (
    rf"(?=\s+{_HOW_MUCH}(?:(?-i:{KINDS})\s*:?\s+(?:số\b|ngày\b|\d)|(?-i:Bộ\s+luật|Luật|Pháp\s+lệnh)\s|"
    r"(?:điểm\s+\w|khoản\s+\d|Điều\s+\d|Mục\s+[\dIVX]|Chương\s+[\dIVX]|Phụ\s+lục\s)))"
)
"""What follows a word that may stand before anything: a document, or a part of one."""
_EFFECT: Final = r"hiệu\s+lực(?:\s+(?:thi\s+hành|pháp\s+luật))?"


def _verb(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_VERBS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (REPEALED, _verb(r"\bbãi\s+bỏ\b")),
    (REPEALED, _verb(rf"\b(?:h(?:ủy|uỷ)\s+bỏ|thu\s+hồi|chấm\s+dứt\s+{_EFFECT}){_DOCUMENT}")),
    (REPLACED, _verb(r"\bthay\s+thế\b")),
    (REPLACED, _verb(rf"\bthay(?:\s+cho)?{_DOCUMENT}")),
    (SUSPENDED, _verb(rf"\b(?:ngưng|ngừng)\s+{_EFFECT}{_DOCUMENT}")),
    (SUSPENDED, _verb(rf"\bđình\s+chỉ\s+(?:việc\s+)?(?:thi\s+hành|thực\s+hiện|{_EFFECT}){_DOCUMENT}")),
    (CORRECTED, _verb(r"\bđính\s+chính\b")),
    (CONSOLIDATED, _verb(rf"\bhợp\s+nhất{_DOCUMENT}")),
    (AMENDED, _verb(rf"\b(?:điều\s+chỉnh|bổ\s+sung\s+(?:vào|cho)){_DOCUMENT}")),
    (
        AMENDED,
        _verb(
            rf"\b(?:sửa\s+đổi\s*(?:,|và)?\s*(?:bổ\s+sung)?|bổ\s+sung)\s+(?:{_WHAT}|(?=(?:bởi|theo|tại)\s|(?:như\s+sau|bằng)\b))"
        ),
    ),
)
_DONE_TO: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (REPEALED, _verb(r"(?<=\sbị\s)h(?:ủy|uỷ)\s+bỏ\b|(?<=\sđược\s)h(?:ủy|uỷ)\s+bỏ\b")),
    (CONSOLIDATED, _verb(r"(?<=\sđược\s)hợp\s+nhất\b")),
    (AMENDED, _verb(r"(?<=\sđược\s)điều\s+chỉnh(?=\s+(?:bởi|tại|theo|như)\b)")),
)
"""Words that mean a document where something before them was the object."""
_CHAINED: Final = r"(?:sửa\s+đổi|bổ\s+sung|điều\s+chỉnh|thay\s+thế|bãi\s+bỏ|h(?:ủy|uỷ)\s+bỏ|đính\s+chính)"
_PASSIVE: Final = _verb(rf"(?:được|bị)\s+(?:{_CHAINED}(?:\s*,|\s+và|\s+hoặc)\s+)*$")
_BY: Final = _verb(r"\s*(?:một\s+số\s+(?:điều|khoản|điểm)\s+)?bởi\b")
"""Behind a verb: who did it, ``(sửa đổi bởi ...)``."""
_ENDED: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        REPEALED,
        _verb(r"\b(?:hết|(?:không|chẳng)\s+còn)\s+(?:giá\s+trị\s+và\s+)?hiệu\s+lực\b|\bbị\s+chấm\s+dứt\s+hiệu\s+lực\b"),
    ),
    (SUSPENDED, _verb(rf"\b(?:ngưng|ngừng)\s+{_EFFECT}(?!{_DOCUMENT})")),
)
_LONGEST_CHAIN: Final = 60


class Verb(NamedTuple):
    """Such a word in a sentence; ``passive`` where it is done to the document before it."""

    name: str
    start: int
    end: int
    passive: bool = False


def verbs_of(sentence: str) -> Iterator[Verb]:
    """Find what a sentence says that documents do, in its order."""
    found = {
        match.start(): Verb(name, match.start(), match.end(), _is_passive(sentence, match))
        for name, pattern in (*_DONE_TO, *_VERBS)
        for match in pattern.finditer(sentence)
    }
    yield from (found[start] for start in sorted(found))


def ended_by(sentence: str) -> Verb | None:
    """Find where a sentence says that documents are no longer in force, or not for a while."""
    for name, pattern in _ENDED:
        if found := pattern.search(sentence):
            return Verb(name, found.start(), found.end())
    return None


def _is_passive(sentence: str, verb: re.Match[str]) -> bool:
    before = _PASSIVE.search(sentence, max(0, verb.start() - _LONGEST_CHAIN), verb.start())
    return before is not None or _BY.match(sentence, verb.end()) is not None
