"""Capitals that an old font had none of: ``ấn Độ`` is ``Ấn Độ``, ``châu á`` is ``châu Á``.

The ABC fonts have no toned capitals, so that a word which begins with a toned vowel came out small wherever it
stood. Only such words are asked about here, a few dozen that may be names; the neighbours decide, by rules
that hold of nine in ten such places in print.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from vnreport_ocr.vietnamese.charset_tables import is_toned

_MARKS = "\"'“”\u2018\u2019()[].,;:!?…"


class Around(NamedTuple):
    """The chunks of the same line that stand beside a word; empty where there is none."""

    before: str
    after: str
    then: str


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NAMES = _words("á úc ất")
"""What is hardly ever written small: Asia, Australia, the second of the ten stems."""

_SMALL_COMPOUNDS = _words("quân khôi phiện khẩu sừng kim à")
"""After ``á`` these make words of their own."""

_FAMILY_NAMES = _words(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn Lương Đào Hà Mai Tô Trương"
    " Tạ Cao Lâm Châu Chu Thị Văn Ngọc Hữu Xuân Minh Hồng Kim Thanh Nguyệt Phúc Quang Thái"
)
"""Family names, and what commonly stands between them and the given name."""

_GIVEN = _words("ánh ái á út ấp ý ảnh ích úc ẩn áng ất ức ấn ỷ áo")
_FORMS_OF_ADDRESS = _words("ông bà chị")
_CALLED = _words("ánh ái út én ích")
_AFTER_CAPITAL = _words("á ái áng úc ất")
_BEFORE_CAPITAL = _words("ấn ái ả á ất ánh úc óc ỷ áng")
_BETWEEN_CAPITALS = _words("ứng ý út ích áo")
_PAIRS = frozenset(
    ("ấn độ", "ấn giáo", "ả rập", "óc eo", "ứng hòa", "ứng hoà", "ý yên", "áp lục", "ức trai", "Như ý", "Xê út")
)
_COUNTRIES = _words("ý áo")
_BEFORE_COUNTRY = _words("người nước tiếng tại ở")
_COMMON = frozenset(("bác ái", "nhân ái", "thân ái", "ý thức", "ý định", "ý kiến", "ý nghĩa", "ý tưởng", "ý chí"))
"""What is no name although a neighbour speaks for one."""


_SEVERAL = _words("các những một nhiều mọi hai ba tiểu")
_OF_NO_NAME = _words("này trên đó ấy mới gồm độc đặc nhà cải")
"""What follows where ``ủy ban`` is no institution but any committee."""

_COMMITTEES = _words("đảng tỉnh thành huyện quận thị xã cấp chi khu quân xứ")
"""Before ``ủy`` these make one word with it: a committee of the party."""

_OFFICES = _words("dự thường kiêm trưởng phụ chính ủy uỷ")

_OPENING = re.compile(r"(?:(?<!\.\.)[.!?][\"'”\u2019)]*|^(?:[-\u2013+*•|]|\(?\w{1,3}[.)])?)$")
_GOING_ON = (",", ";", ":", "-", "\u2013")
_ROOM = 0.75
"""A line that is shorter than this share of the longest around it ended before its end was reached."""

_NEAR = 5
_UNWRAPPED = 200
"""Lines longer than this are whole paragraphs."""


def opens(before: str) -> bool:
    """Whether a sentence begins after this chunk: after its end, a bullet, a number, the bar of a table."""
    return _OPENING.search(before) is not None


def line_opens(lines: Sequence[str], number: int) -> bool:
    """Whether a sentence begins with a line: the one before it ends a sentence, is a heading, or ended early."""
    before = lines[number - 1].rstrip() if number else ""
    if opens(before):
        return True
    if before.endswith(_GOING_ON):
        return False
    longest = max(map(len, lines[max(0, number - _NEAR) : number + _NEAR]))
    return before.isupper() or longest > _UNWRAPPED or len(before) < _ROOM * longest


def asks_capital(word: str, around: Around) -> bool:
    """Whether a small word that begins with a toned vowel is the beginning of a name in this place."""
    if not is_toned(word[:1]) or not word.islower():
        return False
    before, after = _adjoining(around.before, ends=True), _adjoining(around.after, ends=False)
    if word in ("ủy", "uỷ"):
        return _opens_institution(around)
    if word in _NAMES:
        return not (word == "á" and after in _SMALL_COMPOUNDS)
    high_before, high_after = _is_title(before), _is_title(after)
    pairs = (f"{before} {word}", f"{word} {after.lower()}")
    if any(pair.lower() in _COMMON for pair in pairs):
        return False
    return (
        any(pair in _PAIRS for pair in pairs)
        or (word in _GIVEN and before in _FAMILY_NAMES)
        or (word in _CALLED and before.lower() in _FORMS_OF_ADDRESS)
        or (word in _AFTER_CAPITAL and high_before)
        or (word in _BEFORE_CAPITAL and high_after)
        or (word in _BETWEEN_CAPITALS and high_before and high_after)
        or (word in _COUNTRIES and before.lower() in _BEFORE_COUNTRY)
    )


def _opens_institution(around: Around) -> bool:
    """Whether ``ủy`` begins the name of an institution or office: ``Ủy ban nhân dân``, ``Ủy viên Bộ Chính trị``."""
    before = _adjoining(around.before, ends=True).lower()
    after, then = around.after.rstrip(_MARKS), _adjoining(around.then, ends=False)
    named = after == around.after and then[:1].isupper()
    if after.lower() == "ban":
        if before in _SEVERAL:
            return named or (after == around.after and then in ("nhân", "của", "khác"))
        return then not in _OF_NO_NAME
    if after.lower() == "viên":
        return before not in _COMMITTEES and (named or (after == around.after and then in _OFFICES))
    return after.lower() == "hội"


def _adjoining(chunk: str, *, ends: bool) -> str:
    """Return the word of a neighbour, empty where a sign parts them; ``ends`` for the one before."""
    word = chunk.strip(_MARKS)
    parted = not chunk.endswith(word) if ends else not chunk.startswith(word)
    return "" if parted else word


def _is_title(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper()
